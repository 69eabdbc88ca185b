//! The terminal is always given back: one function undoes what was done, whoever calls it and how often.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::Duration;

use crossterm::terminal;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// What is ours of the terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    Nothing,
    /// Only the keyboard: the screen is the shell's again.
    Keyboard,
    All,
}

/// What is ours. The lock is held while bytes are written, so that giving back never falls into a frame.
static HOLD: Mutex<Hold> = Mutex::new(Hold::Nothing);
static MOUSE: AtomicBool = AtomicBool::new(false);
static MARGINS: AtomicBool = AtomicBool::new(false);

/// Takes the terminal: raw mode, alternate screen, cursor hidden, pasted text marked as such.
///
/// # Errors
/// When the terminal does not obey.
pub fn take() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    let mut hold = HOLD.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    *hold = Hold::All;
    let mut out = io::stdout().lock();
    out.write_all(b"\x1b[?1049h\x1b[?25l\x1b[?2004h")?;
    if MOUSE.load(Ordering::Relaxed) {
        out.write_all(MOUSE_ON)?;
    }
    out.flush()
}

const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";
const MARGINS_OFF: &[u8] = b"\x1b[?69l";

/// Gives the terminal back: each step even if the one before fails. Does nothing when it is not ours.
pub fn give_back() {
    let held = held();
    // When somebody writes to a terminal that takes nothing: no byte more, but it shall not stay raw.
    let had = held.map(|mut hold| {
        let had = std::mem::replace(&mut *hold, Hold::Nothing);
        if had == Hold::All {
            leave_the_screen();
        }
        had
    });
    if had != Some(Hold::Nothing) {
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives the screen back but keeps the keyboard a little, for an answer of the terminal that is on its way.
pub fn show_the_shell() {
    if let Some(mut hold) = held()
        && *hold == Hold::All
    {
        *hold = Hold::Keyboard;
        leave_the_screen();
    }
}

fn leave_the_screen() {
    let mut bytes = Vec::new();
    if MOUSE.load(Ordering::Relaxed) {
        bytes.extend_from_slice(MOUSE_OFF);
    }
    if MARGINS.load(Ordering::Relaxed) {
        bytes.extend_from_slice(MARGINS_OFF);
    }
    // Marks of pasted text, style, scroll region, cursor, screen.
    bytes.extend_from_slice(b"\x1b[?2004l\x1b[m\x1b[r\x1b[?25h\x1b[?1049l");
    let mut out = io::stdout().lock();
    let _ = out.write_all(&bytes);
    let _ = out.flush();
}

/// The lock, waited for only so long.
fn held() -> Option<MutexGuard<'static, Hold>> {
    for _ in 0..50 {
        match HOLD.try_lock() {
            Ok(hold) => return Some(hold),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(10)),
        }
    }
    None
}

/// Forgets the terminal without a byte: it has gone.
pub fn abandon() {
    if let Ok(mut hold) = HOLD.try_lock() {
        *hold = Hold::Nothing;
    }
}

/// Writes a frame in one piece; nothing once the terminal is given back.
///
/// # Errors
/// When the terminal does not take the bytes.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let hold = HOLD.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if *hold != Hold::All || bytes.is_empty() {
        return Ok(());
    }
    write_all(bytes)
}

/// One write, where the terminal takes all of it: standard output of the library would make two of a frame with a line end.
fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    let out = rustix::stdio::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(out, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Whoever shares the terminal may have told it not to wait.
            Err(Errno::AGAIN) => drop(poll(&mut [PollFd::new(&out, PollFlags::OUT)], None)),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Has the terminal report clicks and the wheel, or not.
///
/// # Errors
/// When the terminal does not take the bytes.
pub fn mouse(on: bool) -> io::Result<()> {
    MOUSE.store(on, Ordering::Relaxed);
    write(if on { MOUSE_ON } else { MOUSE_OFF })
}

/// Margins will be switched on; giving back switches them off.
pub fn margins() {
    MARGINS.store(true, Ordering::Relaxed);
}

/// Gives the terminal back when it goes out of scope.
pub struct Guard;

impl Guard {
    /// Takes the terminal, and has a panic give it back before its message is printed.
    ///
    /// # Errors
    /// When the terminal does not obey.
    pub fn new() -> io::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // A worker's panic is caught and told in the footer; only the program's own end gives the screen back.
            if std::thread::current().name() == Some("main") {
                give_back();
                before(panic);
            }
        }));
        let guard = Self;
        take()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}
