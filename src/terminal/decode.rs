//! What single controls and complete sequences mean: the tables of several families of terminals (xterm, rxvt, the Linux
//! console, and the extended keyboards of xterm and kitty).

use super::event::{Event, Reply};
use crate::app::{Code, Key};

/// What a complete control sequence is.
pub enum Sequence {
    /// An event.
    Event(Event),
    /// The start of pasted text.
    Paste,
    /// Nothing that is known.
    Nothing,
}

/// The key of a control character.
pub fn control(byte: u8) -> Key {
    match byte {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0x1b => Key::plain(Code::Esc),
        1..=0x1a => Key { code: Code::Char(char::from(byte + 0x60)), ctrl: true },
        0x1c..0x20 => Key { code: Code::Char(char::from(byte + 0x18)), ctrl: true },
        _ => Key { code: Code::Char(' '), ctrl: true },
    }
}

/// The key of the byte after `ESC O`: arrows and the number pad in their application modes.
pub fn keypad(byte: u8) -> Option<Key> {
    let code = match byte {
        b'A'..=b'D' | b'H' | b'F' | b'P'..=b'S' => return letter(byte).map(Key::plain),
        b'M' => Code::Enter,
        b'j'..=b'y' => Code::Char(char::from(byte - 0x40)),
        b'a'..=b'd' => return letter(byte.to_ascii_uppercase()).map(|code| Key { code, ctrl: true }),
        _ => return None,
    };
    Some(Key::plain(code))
}

/// The key of a sequence that ends in a letter.
fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::Function(last - b'P' + 1),
        _ => return None,
    })
}

/// The key of a sequence `CSI number ~`.
fn numbered(number: u16) -> Option<Code> {
    let function = |first: u16, f: u8| Code::Function(f + u8::try_from(number - first).unwrap_or(0));
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=26 => function(23, 11),
        28..=29 => function(28, 15),
        31..=34 => function(31, 17),
        _ => return None,
    })
}

/// Parameters: numbers divided by `;`, each with its own parts divided by `:`.
struct Numbers<'a>(&'a str);

impl Numbers<'_> {
    fn get(&self, place: usize, part: usize) -> Option<u32> {
        self.0.split(';').nth(place)?.split(':').nth(part)?.parse().ok()
    }

    fn small(&self, place: usize) -> Option<u16> {
        self.get(place, 0).and_then(|n| u16::try_from(n).ok())
    }

    fn ctrl(&self) -> bool {
        self.modifiers() & 4 != 0
    }

    /// Shift 1, Alt 2, Ctrl 4, counted from the second parameter.
    fn modifiers(&self) -> u32 {
        self.get(1, 0).unwrap_or(1).saturating_sub(1)
    }
}

/// What the bytes between `CSI` and its last byte, and that byte, mean.
pub fn sequence(bytes: &[u8], last: u8) -> Sequence {
    let Ok(text) = std::str::from_utf8(bytes) else { return Sequence::Nothing };
    if text == "200" && last == b'~' {
        return Sequence::Paste;
    }
    let (mark, rest) = match text.chars().next() {
        Some(mark @ ('<' | '=' | '>' | '?')) => (Some(mark), text.get(1..).unwrap_or_default()),
        _ => (None, text),
    };
    let (numbers, signs) = rest.split_at(rest.find(|c: char| c < '0').unwrap_or(rest.len()));
    let numbers = Numbers(numbers);
    let event = match (mark, signs, last) {
        (None, "", _) => key(&numbers, last).map(Event::Key).or_else(|| plain(&numbers, last)),
        (Some('<'), "", b'M' | b'm') => clicked(&numbers, 0, last == b'M'),
        (Some('?'), "$", b'y') => answer(numbers.small(0).zip(numbers.small(1)).map(|(m, s)| Reply::Mode(m, s))),
        (Some('?' | '>'), "", b'c') => answer(Some(Reply::Attributes(list(numbers.0)))),
        _ => None,
    };
    event.map_or(Sequence::Nothing, Sequence::Event)
}

fn answer(reply: Option<Reply>) -> Option<Event> {
    reply.map(Event::Reply)
}

fn list(numbers: &str) -> Vec<u16> {
    numbers.split(';').filter_map(|n| n.parse().ok()).collect()
}

/// Sequences without a mark that are no keys.
fn plain(numbers: &Numbers, last: u8) -> Option<Event> {
    match last {
        b'n' if numbers.small(0) == Some(0) => answer(Some(Reply::Ready)),
        b'R' => answer(numbers.small(0).zip(numbers.small(1)).map(|(row, column)| Reply::Cursor(row, column))),
        b'M' => clicked(numbers, 32, true),
        _ => None,
    }
}

fn key(numbers: &Numbers, last: u8) -> Option<Key> {
    let alone = numbers.0.is_empty() || numbers.small(0) == Some(1);
    match last {
        b'A'..=b'D' | b'H' | b'F' | b'P' | b'Q' | b'S' if alone => {
            letter(last).map(|code| Key { code, ctrl: numbers.ctrl() })
        }
        // F3 and the cursor's place look alike; only the first row's place is lost, which nobody asks for.
        b'R' if alone => Some(Key { code: Code::Function(3), ctrl: numbers.ctrl() }),
        b'a'..=b'd' => letter(last.to_ascii_uppercase()).map(Key::plain),
        b'Z' => Some(Key::plain(Code::BackTab)),
        b'~' if numbers.small(0) == Some(27) => spoken(numbers.get(2, 0)?, numbers, None),
        b'~' => numbered(numbers.small(0)?).map(|code| Key { code, ctrl: numbers.ctrl() }),
        b'$' => numbered(numbers.small(0)?).map(Key::plain),
        b'^' | b'@' => numbered(numbers.small(0)?).map(|code| Key { code, ctrl: true }),
        // The second part of the modifiers tells that the key was let go.
        b'u' if numbers.get(1, 1) != Some(3) => spoken(numbers.get(0, 0)?, numbers, numbers.get(0, 1)),
        _ => None,
    }
}

/// A key that is sent as the number of its character.
fn spoken(number: u32, numbers: &Numbers, shifted: Option<u32>) -> Option<Key> {
    let shift = numbers.modifiers() & 1 != 0;
    let code = match number {
        9 if shift => Code::BackTab,
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        // Keys that no character stands for.
        0..32 | 57344..63744 => return None,
        _ => {
            let plain = char::from_u32(number).filter(|c| !c.is_control())?;
            let upper = shifted.and_then(char::from_u32).filter(|c| !c.is_control());
            Code::Char(if shift { upper.unwrap_or(plain.to_ascii_uppercase()) } else { plain })
        }
    };
    Some(Key { code, ctrl: numbers.ctrl() })
}

fn clicked(numbers: &Numbers, base: u16, down: bool) -> Option<Event> {
    let cell = |place| numbers.small(place).and_then(|n| n.checked_sub(1));
    mouse(numbers.small(0)?.checked_sub(base)?, cell(1)?, cell(2)?, down)
}

/// A report of the mouse: the wheel and the left button count, motion and letting go do not.
pub fn mouse(what: u16, x: u16, y: u16, down: bool) -> Option<Event> {
    // Shift, Alt and Ctrl are not looked at.
    match what & !0b1_1100 {
        0 if down => Some(Event::Press(x, y)),
        64 => Some(Event::Wheel(-1)),
        65 => Some(Event::Wheel(1)),
        _ => None,
    }
}
