//! The bytes of the terminal. One thread reads them, this one, and no other part of the program ever does; so that keys,
//! pasted text and the terminal's answers never take bytes from each other.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::OwnedFd;
use std::sync::mpsc::SyncSender;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::Happening;
use super::event::Event;
use super::parse::Parser;

/// The terminal's keyboard: standard input, or, when that is a file or a pipe, the terminal itself.
///
/// # Errors
/// When there is no terminal.
pub fn keyboard() -> io::Result<OwnedFd> {
    if io::stdin().is_terminal() {
        return Ok(rustix::io::dup(rustix::stdio::stdin())?);
    }
    Ok(File::open("/dev/tty")?.into())
}

/// Reads events until nobody listens or the terminal has gone, and tells which: true when it has gone.
pub fn listen(keyboard: &OwnedFd, out: &SyncSender<Happening>) -> bool {
    let mut parser = Parser::default();
    let mut bytes = [0; 4096];
    let mut events = Vec::new();
    loop {
        match wait(keyboard, &parser) {
            Come::Bytes => match rustix::io::read(keyboard, &mut bytes) {
                Ok(read @ 1..) => parser.feed(&bytes[..read], &mut events),
                Err(Errno::INTR | Errno::AGAIN) => {}
                // crossterm's reader would spin for ever here (its issue 793).
                Ok(0) | Err(_) => return true,
            },
            Come::Silence => parser.give_up(&mut events),
            Come::Nothing => {}
            Come::End => return true,
        }
        if !events.drain(..).all(|event| send(out, event)) {
            return false;
        }
    }
}

/// What a wait ended with.
enum Come {
    Bytes,
    /// The rest of a sequence did not come.
    Silence,
    Nothing,
    End,
}

fn wait(keyboard: &OwnedFd, parser: &Parser) -> Come {
    let limit = parser.patience().and_then(|time| Timespec::try_from(time).ok());
    let mut watched = [PollFd::new(keyboard, PollFlags::IN)];
    match poll(&mut watched, limit.as_ref()) {
        Ok(0) => Come::Silence,
        // What was typed before the line went is read first.
        Ok(_) if watched[0].revents().contains(PollFlags::IN) => Come::Bytes,
        Ok(_) if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => Come::End,
        Ok(_) | Err(Errno::INTR | Errno::AGAIN) => Come::Nothing,
        Err(_) => Come::End,
    }
}

fn send(out: &SyncSender<Happening>, event: Event) -> bool {
    out.send(Happening::Event(event)).is_ok()
}
