//! Signals. Each ends the program by itself when the main thread does not, so that not even a hanging pass or a terminal that
//! takes nothing keeps a terminal that should be given back.

use std::io;
use std::process::exit;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{Happening, guard};

/// Exit status when the terminal has gone: 128 + SIGHUP.
pub const HUNG_UP: i32 = 128 + SIGHUP;
/// How long the main thread may take to write what is unsaved.
const GRACE: Duration = Duration::from_secs(1);

/// Catches the signals from now on; [`watch`] obeys them, also those that came before.
///
/// # Errors
/// When the signals cannot be caught.
pub fn catch() -> io::Result<Signals> {
    Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGUSR1, SIGWINCH])
}

/// Starts the thread that obeys signals.
///
/// # Errors
/// When there can be no more threads.
pub fn watch(mut signals: Signals, out: &SyncSender<Happening>) -> io::Result<()> {
    let sender = out.clone();
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            obey(signal, &sender);
        }
    })?;
    Ok(())
}

fn obey(signal: i32, out: &SyncSender<Happening>) {
    match signal {
        SIGTSTP => drop(out.try_send(Happening::Suspend)),
        SIGCONT => drop(out.try_send(Happening::Resumed)),
        // When the queue is full the size is looked at before the next frame all the same.
        SIGWINCH => drop(out.try_send(Happening::Resized)),
        SIGUSR1 => drop(out.try_send(Happening::Dump)),
        SIGHUP => hung_up(out),
        other => end(out, 128 + other, guard::give_back),
    }
}

/// The terminal has gone: nothing more is written to it, and the program ends, whatever the main thread does.
pub fn hung_up(out: &SyncSender<Happening>) {
    guard::abandon();
    end(out, HUNG_UP, guard::abandon);
}

fn end(out: &SyncSender<Happening>, status: i32, then: impl Fn()) {
    let _ = out.try_send(Happening::End(status));
    thread::sleep(GRACE);
    then();
    exit(status);
}

/// Stops the process as Ctrl-Z does; returns when it is told to go on.
pub fn stop() {
    // SIGSTOP cannot be caught, so that every thread stops, the reader of standard input too.
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
}
