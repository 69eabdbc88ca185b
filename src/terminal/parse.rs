//! Bytes to events: pure, one byte at a time, so that it does not matter how the bytes were cut into reads. What is not
//! known is swallowed whole, up to its last byte; nothing the terminal or a forger sends can panic it or make it keep much.
//!
//! The states are those of ECMA-48 as terminals themselves read it (Williams, *A parser for DEC's ANSI-compatible video
//! terminals*), with two differences that a reader of keys needs: ESC may be a key, and so may ESC before a letter (two keys
//! typed fast, or over a slow line sent together). Only the caller knows the time; it asks [`Parser::patience`] how long to
//! wait for the rest and says [`Parser::give_up`] when nothing came.

use std::time::Duration;

use super::decode::{Sequence, control, keypad, sequence};
use super::event::{Event, Reply};
use crate::app::{Code, Key};

/// How long ESC may be the start of a sequence.
const ESC_WAIT: Duration = Duration::from_millis(50);
/// How long the rest of a sequence that has begun may take.
const REST_WAIT: Duration = Duration::from_secs(1);
/// How long the end of pasted text may take: a slow line stops now and then.
const PASTE_WAIT: Duration = Duration::from_secs(10);
/// Bytes kept of a sequence or a string; the rest is swallowed unseen.
const LONGEST: usize = 256;
/// Bytes kept of pasted text.
const LONGEST_PASTE: usize = 1 << 16;
const PASTE_END: &[u8] = b"\x1b[201~";
const ESC: u8 = 0x1b;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Inside a character of so many bytes.
    Character(usize),
    Escape,
    /// After `ESC O`.
    Keypad,
    /// After `ESC [`.
    Sequence,
    /// After `ESC [ [`, as the Linux console begins F1 to F5.
    Console,
    /// After `ESC [ M`: three bytes of a mouse report.
    Mouse,
    /// After `ESC` and a byte that may begin a string.
    Lead(u8),
    /// Inside a string begun by that byte.
    Text(u8),
    /// After ESC inside a string.
    TextEscape(u8),
    /// Inside pasted text; so many bytes of its end have come.
    Paste(usize),
}

/// Where the reading of bytes stands.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
    bytes: Vec<u8>,
    paste: Vec<u8>,
}

impl Parser {
    /// Takes in bytes and adds what they mean.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Event>) {
        for &byte in bytes {
            self.byte(byte, out);
        }
    }

    /// How long to wait for the rest of what has begun; none when nothing has.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape | State::Keypad | State::Lead(_) => Some(ESC_WAIT),
            State::Sequence if self.bytes.is_empty() => Some(ESC_WAIT),
            State::Paste(_) => Some(PASTE_WAIT),
            _ => Some(REST_WAIT),
        }
    }

    /// The rest did not come: what may have been keys are keys, the other is dropped.
    pub fn give_up(&mut self, out: &mut Vec<Event>) {
        let typed = match self.state {
            State::Escape => Some(None),
            State::Keypad => Some(Some(b'O')),
            State::Lead(byte) => Some(Some(byte)),
            State::Sequence if self.bytes.is_empty() => Some(Some(b'[')),
            _ => None,
        };
        if let Some(after) = typed {
            out.push(key(Code::Esc));
            out.extend(after.map(|byte| key(Code::Char(char::from(byte)))));
        }
        if let State::Paste(matched) = self.state {
            self.paste.extend_from_slice(&PASTE_END[..matched]);
            self.pasted(out);
        }
        self.start(State::Ground);
    }

    fn start(&mut self, state: State) {
        self.bytes.clear();
        self.state = state;
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Event>) {
        match self.state {
            State::Ground => self.ground(byte, out),
            State::Character(length) => self.character(byte, length, out),
            State::Escape => self.escape(byte, out),
            State::Keypad => self.keypad(byte, out),
            State::Sequence => self.sequence(byte, out),
            State::Console => self.console(byte, out),
            State::Mouse => self.mouse(byte, out),
            State::Lead(lead) => self.lead(lead, byte, out),
            State::Text(lead) => self.text(lead, byte, out),
            State::TextEscape(lead) => self.text_escape(lead, byte, out),
            State::Paste(matched) => self.pasting(byte, matched, out),
        }
    }

    // ------------------------------------------------------------------ characters

    fn ground(&mut self, byte: u8, out: &mut Vec<Event>) {
        match byte {
            ESC => self.start(State::Escape),
            0..0x20 | 0x7f => out.push(Event::Key(control(byte))),
            0x20..0x7f => out.push(key(Code::Char(char::from(byte)))),
            0xc2..=0xf4 => {
                let length = if byte < 0xe0 { 2 } else { 3 + usize::from(byte >= 0xf0) };
                self.start(State::Character(length));
                self.bytes.push(byte);
            }
            // No character begins so.
            _ => {}
        }
    }

    fn character(&mut self, byte: u8, length: usize, out: &mut Vec<Event>) {
        if byte & 0xc0 != 0x80 {
            self.start(State::Ground);
            return self.ground(byte, out);
        }
        self.bytes.push(byte);
        if self.bytes.len() == length {
            let typed = std::str::from_utf8(&self.bytes).ok().and_then(|s| s.chars().next());
            out.extend(typed.filter(|c| !c.is_control()).map(|c| key(Code::Char(c))));
            self.start(State::Ground);
        }
    }

    // ------------------------------------------------------------------ sequences

    fn escape(&mut self, byte: u8, out: &mut Vec<Event>) {
        match byte {
            b'[' => self.start(State::Sequence),
            b'O' => self.start(State::Keypad),
            b']' | b'P' | b'X' | b'^' | b'_' => self.start(State::Lead(byte)),
            _ => {
                out.push(key(Code::Esc));
                self.start(State::Ground);
                self.ground(byte, out);
            }
        }
    }

    fn keypad(&mut self, byte: u8, out: &mut Vec<Event>) {
        self.start(State::Ground);
        if let Some(known) = keypad(byte) {
            out.push(Event::Key(known));
        } else {
            out.extend([key(Code::Esc), key(Code::Char('O'))]);
            self.ground(byte, out);
        }
    }

    fn sequence(&mut self, byte: u8, out: &mut Vec<Event>) {
        match byte {
            b'[' if self.bytes.is_empty() => self.start(State::Console),
            b'M' if self.bytes.is_empty() => self.start(State::Mouse),
            // rxvt ends its keys with Shift so; elsewhere the sign stands before the last byte.
            b'$' if !self.bytes.is_empty() && self.bytes.iter().all(u8::is_ascii_digit) => self.finish(byte, out),
            0x20..0x40 => self.keep(byte),
            0x40..0x7f => self.finish(byte, out),
            // A sequence that is broken off is nothing, and what broke it off counts.
            _ => {
                self.start(State::Ground);
                self.ground(byte, out);
            }
        }
    }

    fn finish(&mut self, last: u8, out: &mut Vec<Event>) {
        // One that was cut has lost its meaning.
        let found = if self.bytes.len() < LONGEST { sequence(&self.bytes, last) } else { Sequence::Nothing };
        self.start(State::Ground);
        match found {
            Sequence::Event(event) => out.push(event),
            Sequence::Paste => {
                self.paste.clear();
                self.state = State::Paste(0);
            }
            Sequence::Nothing => {}
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.bytes.len() < LONGEST {
            self.bytes.push(byte);
        }
    }

    fn console(&mut self, byte: u8, out: &mut Vec<Event>) {
        self.start(State::Ground);
        match byte {
            b'A'..=b'E' => out.push(key(Code::Function(byte - b'A' + 1))),
            0x20..0x7f => {}
            _ => self.ground(byte, out),
        }
    }

    fn mouse(&mut self, byte: u8, out: &mut Vec<Event>) {
        self.bytes.push(byte);
        if let [what, x, y] = self.bytes[..] {
            let cell = |b: u8| u16::from(b.saturating_sub(33));
            out.extend(super::decode::mouse(u16::from(what.saturating_sub(32)), cell(x), cell(y), true));
            self.start(State::Ground);
        }
    }

    // ------------------------------------------------------------------ strings

    /// Terminals begin their strings with few bytes; before any other these were keys.
    fn lead(&mut self, lead: u8, byte: u8, out: &mut Vec<Event>) {
        let string = match lead {
            b']' => byte.is_ascii_digit() || b"lLI".contains(&byte),
            b'P' => byte.is_ascii_digit() || b">!$+|".contains(&byte),
            _ => (0x20..0x7f).contains(&byte),
        };
        if string {
            self.start(State::Text(lead));
            return self.text(lead, byte, out);
        }
        out.extend([key(Code::Esc), key(Code::Char(char::from(lead)))]);
        self.start(State::Ground);
        self.ground(byte, out);
    }

    fn text(&mut self, lead: u8, byte: u8, out: &mut Vec<Event>) {
        match byte {
            7 => self.said(lead, out),
            ESC => self.state = State::TextEscape(lead),
            // Cancel and substitute break off.
            0x18 | 0x1a => self.start(State::Ground),
            _ => self.keep(byte),
        }
    }

    fn text_escape(&mut self, lead: u8, byte: u8, out: &mut Vec<Event>) {
        if byte == b'\\' {
            return self.said(lead, out);
        }
        self.start(State::Escape);
        self.escape(byte, out);
    }

    fn said(&mut self, lead: u8, out: &mut Vec<Event>) {
        if lead == b']' && self.bytes.len() < LONGEST {
            out.push(Event::Reply(Reply::Text(String::from_utf8_lossy(&self.bytes).into_owned())));
        }
        self.start(State::Ground);
    }

    // ------------------------------------------------------------------ pasted text

    fn pasting(&mut self, byte: u8, matched: usize, out: &mut Vec<Event>) {
        if byte == PASTE_END[matched] {
            if matched + 1 == PASTE_END.len() {
                self.pasted(out);
                return self.start(State::Ground);
            }
            self.state = State::Paste(matched + 1);
            return;
        }
        self.paste.extend_from_slice(&PASTE_END[..matched]);
        self.state = State::Paste(usize::from(byte == ESC));
        if byte != ESC {
            self.paste.push(byte);
        }
        self.paste.truncate(LONGEST_PASTE);
    }

    fn pasted(&mut self, out: &mut Vec<Event>) {
        let bytes = std::mem::take(&mut self.paste);
        out.push(Event::Paste(String::from_utf8_lossy(&bytes).into_owned()));
    }
}

fn key(code: Code) -> Event {
    Event::Key(Key::plain(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Everything that bytes mean when nothing follows them, keys by their names.
    fn read(bytes: &[u8]) -> Vec<Event> {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        parser.feed(bytes, &mut out);
        parser.give_up(&mut out);
        out
    }

    fn shown(bytes: &[u8]) -> String {
        let name = |event: &Event| match event {
            Event::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        };
        read(bytes).iter().map(name).collect::<Vec<_>>().join(" ")
    }

    const TABLE: &[(&[u8], &str)] = &[
        (b"jG ", "j G Space"),
        ("é木😀".as_bytes(), "é 木 😀"),
        (b"\r\n\t\x7f\x08\x03\x1a\x00", "Enter Enter Tab Backspace Backspace Ctrl-c Ctrl-z Ctrl-Space"),
        // ESC alone, twice, and before other keys.
        (b"\x1b", "Esc"),
        (b"\x1b\x1bq", "Esc Esc q"),
        (b"\x1bq\x1b]\x1b[", "Esc q Esc ] Esc ["),
        (b"\x1b]j\x1bOx\x1bPq", "Esc ] j 8 Esc P q"),
        ("\u{1b}é".as_bytes(), "Esc é"),
        // Arrows and their like, as several families of terminals send them.
        (b"\x1b[A\x1bOB\x1b[1;5C\x1b[d\x1bOH\x1b[F", "Up Down Ctrl-Right Left Home End"),
        (b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[3~\x1b[5~\x1b[6;2~", "Home End Home End Delete PgUp PgDn"),
        (b"\x1b[5^\x1b[6$\x1b[Z", "Ctrl-PgUp PgDn Shift-Tab"),
        (b"\x1bOP\x1b[11~\x1b[[A\x1b[P\x1b[24~\x1b[1;2S", "F1 F1 F1 F1 F12 F4"),
        // Keyboards that say more: kitty's and xterm's.
        (b"\x1b[27u\x1b[9;2u\x1b[106;5u\x1b[106;1:3u\x1b[97:65;2u", "Esc Shift-Tab Ctrl-j A"),
        (b"\x1b[27;5;100~\x1b[57441u", "Ctrl-d"),
        // The mouse: SGR, urxvt, X10.
        (b"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<64;1;1M\x1b[<65;1;1M", "Press(9, 4) Wheel(-1) Wheel(1)"),
        (b"\x1b[M *%\x1b[32;3;4M\x1b[<35;7;7M", "Press(9, 4) Press(2, 3)"),
        // Answers.
        (b"\x1b[0n\x1b[?69;2$y\x1b[12;40R", "Reply(Ready) Reply(Mode(69, 2)) Reply(Cursor(12, 40))"),
        (b"\x1b[?64;1;2c", "Reply(Attributes([64, 1, 2]))"),
        (b"\x1b]11;rgb:0/0/0\x1b\\\x1b]10;x\x07q", "Reply(Text(\"11;rgb:0/0/0\")) Reply(Text(\"10;x\")) q"),
        // Pasted text, with what looks like its end.
        (b"\x1b[200~a\nq\x1b[20x\x1b[201~j", "Paste(\"a\\nq\\u{1b}[20x\") j"),
        // Unknown ones are swallowed whole, broken ones do not swallow what follows.
        (b"\x1b[?1;2;3 qj\x1b[>0;1mk\x1b[I\x1b[O", "j k"),
        (b"\x1bP>|XTerm(1)\x1b\\j\x1b_Gi=1;OK\x1b\\k", "j k"),
        (b"\x1b[1;\x1b[Aj\x1b[12\rj", "Up j Enter j"),
        (b"\xc3\xe9\xff\xc0j\xe2\x80", "j"),
        (b"\xc2\x9bj\xed\xa0\x80k", "j k"),
        (b"\x1b[99999999999;1R\x1b[;;;;;~\x1b[1;5", ""),
    ];

    #[test]
    fn bytes_are_read() {
        for (bytes, expected) in TABLE {
            assert_eq!(shown(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_has_begun_is_waited_for() {
        let patience = |bytes: &[u8]| {
            let mut parser = Parser::default();
            parser.feed(bytes, &mut Vec::new());
            parser.patience()
        };
        assert_eq!(patience(b"j"), None);
        assert_eq!(patience(b"\x1b"), Some(ESC_WAIT));
        assert_eq!(patience(b"\x1b[1"), Some(REST_WAIT));
        assert_eq!(patience(b"\x1b[200~a"), Some(PASTE_WAIT));
    }

    #[test]
    fn a_flood_is_not_kept() {
        let mut parser = Parser::default();
        let mut out = Vec::new();
        for head in ["\x1b[", "\x1b]0;", "\x1b[200~"] {
            parser.feed(head.as_bytes(), &mut out);
            parser.feed(&vec![b'1'; 1 << 20], &mut out);
            assert!(parser.bytes.len() <= LONGEST && parser.paste.len() <= LONGEST_PASTE + PASTE_END.len());
            parser.give_up(&mut out);
        }
        assert_eq!(out.len(), 1);
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            3 => prop::sample::select(TABLE).prop_map(|(bytes, _)| bytes.to_vec()),
            2 => prop::collection::vec(any::<u8>(), 0..6),
            2 => prop::sample::select(vec!["\x1b", "\x1b[", "\x1b]", "\x1b[200~", "\x1b[201~", "M", "\x07"])
                .prop_map(|piece| piece.as_bytes().to_vec()),
        ]
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_bytes_are_cut(
            pieces in prop::collection::vec(piece(), 0..12),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let bytes = pieces.concat();
            let mut cuts: Vec<usize> = cuts.iter().map(|c| c.index(bytes.len() + 1)).collect();
            cuts.sort_unstable();
            let (mut parser, mut out, mut start) = (Parser::default(), Vec::new(), 0);
            for cut in cuts.into_iter().chain([bytes.len()]) {
                parser.feed(&bytes[start..cut], &mut out);
                start = cut;
            }
            parser.give_up(&mut out);
            prop_assert_eq!(out, read(&bytes));
        }
    }
}
