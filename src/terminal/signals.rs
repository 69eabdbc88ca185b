//! Signals, and a terminal that goes away. Each thread here can end the program by itself, so that not even a hanging pass
//! keeps a terminal that should be given back.

use std::io::{self, IsTerminal};
use std::process::exit;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::{Happening, guard};

/// Exit status when the terminal has gone: 128 + SIGHUP.
const HUNG_UP: i32 = 129;

/// Starts the threads.
///
/// # Errors
/// When the signals cannot be caught.
pub fn watch(out: &Sender<Happening>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let sender = out.clone();
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            obey(signal, &sender);
        }
    })?;
    thread::Builder::new().name("watch".into()).spawn(terminal_gone)?;
    Ok(())
}

fn obey(signal: i32, out: &Sender<Happening>) {
    match signal {
        SIGTSTP => drop(out.send(Happening::Suspend)),
        SIGCONT => drop(out.send(Happening::Resumed)),
        SIGHUP => {
            // Nothing is written to a terminal that hangs up.
            guard::abandon();
            exit(HUNG_UP);
        }
        other => {
            guard::give_back();
            exit(128 + other);
        }
    }
}

/// Waits for the terminal to hang up. crossterm's reader would spin for ever on one that has gone (its issue 793).
fn terminal_gone() {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return;
    }
    loop {
        let mut watched = [PollFd::new(&stdin, PollFlags::HUP | PollFlags::ERR)];
        match poll(&mut watched, None) {
            Ok(_) if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                guard::abandon();
                exit(HUNG_UP);
            }
            Ok(_) => thread::sleep(Duration::from_millis(200)),
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

/// Stops the process as Ctrl-Z does; returns when it is told to go on.
pub fn stop() {
    // SIGSTOP cannot be caught, so that every thread stops, the reader of standard input too.
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
}
