//! Keys as the program speaks of them, whatever terminal they came from.

use std::fmt;

/// Which key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Code {
    /// A letter, digit or sign, as typed (upper case with Shift).
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Tabulator with Shift.
    BackTab,
    /// The key that erases to the left.
    Backspace,
    /// The key that erases to the right.
    Delete,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// A page back.
    PageUp,
    /// A page on.
    PageDown,
    /// F1 and on.
    Function(u8),
}

/// A key press.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
}

const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Space", Code::Char(' ')),
    ("F1", Code::Function(1)),
    ("F2", Code::Function(2)),
];

impl Key {
    /// A key without Ctrl.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false }
    }

    /// A character key.
    pub fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Reads a name such as `j`, `G`, `Ctrl-d`, `Space`, `PgDn`; names in any case.
    pub fn named(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("ctrl-") {
            let mut chars = rest.chars();
            let c = chars.next().filter(|_| chars.next().is_none())?;
            return Some(Self { code: Code::Char(c), ctrl: true });
        }
        if let Some((_, code)) = NAMES.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
            return Some(Self::plain(*code));
        }
        let mut chars = name.chars();
        chars.next().filter(|_| chars.next().is_none()).map(Self::char)
    }

    /// The character typed, if it is one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::Function(n)) => write!(f, "F{n}"),
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

/// Reads a script of keys, separated by spaces, names in angle brackets: `<tab> j j <enter>`; a run of letters is typed one
/// by one. Unknown names are left out.
pub fn script(keys: &str) -> Vec<Key> {
    let mut out = Vec::new();
    for word in keys.split_whitespace() {
        match word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
            Some(name) => out.extend(Key::named(name)),
            None => out.extend(word.chars().map(Key::char)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for name in ["j", "G", "Ctrl-d", "Space", "PgDn", "Shift-Tab", "F1", "]"] {
            assert_eq!(Key::named(name).expect(name).to_string(), name);
        }
        assert_eq!(Key::named("nonsense"), None);
    }

    #[test]
    fn scripts_type_words_letter_by_letter() {
        assert_eq!(script("<tab> gg <ctrl-d>").len(), 4);
    }
}
