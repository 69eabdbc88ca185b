//! The terminal is always given back: one function undoes what was done, whoever calls it and how often.

use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal;

/// Whether the terminal is ours. The lock is held while bytes are written, so that giving back never falls into a frame.
static OURS: Mutex<bool> = Mutex::new(false);
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Takes the terminal: raw mode, alternate screen, cursor hidden.
///
/// # Errors
/// When the terminal does not obey.
pub fn take() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    let mut ours = OURS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    *ours = true;
    let mut out = io::stdout().lock();
    out.write_all(b"\x1b[?1049h\x1b[?25l")?;
    if MOUSE.load(Ordering::Relaxed) {
        out.write_all(MOUSE_ON)?;
    }
    out.flush()
}

const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// Gives the terminal back: each step even if the one before fails. Does nothing when it is not ours.
pub fn give_back() {
    let mut ours = OURS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !std::mem::take(&mut *ours) {
        return;
    }
    let mut out = io::stdout().lock();
    let mut bytes = Vec::new();
    if MOUSE.load(Ordering::Relaxed) {
        bytes.extend_from_slice(MOUSE_OFF);
    }
    // Style, scroll region, cursor, screen.
    bytes.extend_from_slice(b"\x1b[m\x1b[r\x1b[?25h\x1b[?1049l");
    let _ = out.write_all(&bytes);
    let _ = out.flush();
    let _ = terminal::disable_raw_mode();
}

/// Forgets the terminal without a byte: it has gone.
pub fn abandon() {
    if let Ok(mut ours) = OURS.try_lock() {
        *ours = false;
    }
}

/// Writes a frame in one piece; nothing once the terminal is given back.
///
/// # Errors
/// When the terminal does not take the bytes.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let ours = OURS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !*ours || bytes.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Has the terminal report clicks and the wheel, or not.
///
/// # Errors
/// When the terminal does not take the bytes.
pub fn mouse(on: bool) -> io::Result<()> {
    MOUSE.store(on, Ordering::Relaxed);
    write(if on { MOUSE_ON } else { MOUSE_OFF })
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
