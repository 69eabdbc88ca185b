//! JSON that is safe to look at in a terminal: besides what JSON must escape, DEL, C1 controls, bidirectional marks and
//! hidden characters are written as `\uXXXX`. The value read back is the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Writes a value on one line, without a line end.
///
/// # Errors
/// When the writer fails.
pub fn write_compact<W: Write + ?Sized>(value: &impl Serialize, out: &mut W) -> io::Result<()> {
    write(value, Safe(CompactFormatter), out)
}

/// Writes a value indented, without a line end.
///
/// # Errors
/// When the writer fails.
pub fn write_pretty<W: Write + ?Sized>(value: &impl Serialize, out: &mut W) -> io::Result<()> {
    write(value, Safe(Indented::default()), out)
}

fn write<W: Write + ?Sized>(value: &impl Serialize, formatter: impl Formatter, out: &mut W) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, formatter)).map_err(io::Error::from)
}

/// Passes everything on to another formatter and escapes what a terminal must not get.
struct Safe<F>(F);

macro_rules! passed_on {
    ($($name:ident($($argument:ident: $kind:ty)?))*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $kind)?) -> io::Result<()> {
            self.0.$name(writer $(, $argument)?)
        }
    )*};
}

impl<F: Formatter> Formatter for Safe<F> {
    passed_on! {
        begin_array() end_array() begin_array_value(first: bool) end_array_value()
        begin_object() end_object() begin_object_key(first: bool) end_object_key() begin_object_value() end_object_value()
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if is_plain(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = first_to_escape(rest) {
            let (before, from) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.split_at(c.len_utf8()).1;
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Indents by two spaces, each line end in one write: a novel's findings are half a million lines.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether the innermost list or object has anything in it.
    filled: bool,
}

/// A comma, a line end and the indentation of the deepest usual line.
const LINE: &[u8; 34] = b",\n                                ";

impl Indented {
    fn line<W: ?Sized + Write>(&self, writer: &mut W, comma: bool) -> io::Result<()> {
        let start = usize::from(!comma);
        if let Some(line) = LINE.get(start..2 + self.depth * 2) {
            return writer.write_all(line);
        }
        writer.write_all(&LINE[start..2])?;
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }

    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(mark)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled {
            self.line(writer, false)?;
        }
        writer.write_all(mark)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, !first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, !first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

/// Whether a text is ASCII without the control character at its end, as keys and names are; eight bytes at a time.
fn is_plain(text: &str) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (eights, rest) = text.as_bytes().as_chunks();
    let is_plain = |word: u64| (word | word.wrapping_add(0x0101_0101_0101_0101)) & HIGH == 0;
    eights.iter().all(|eight| is_plain(u64::from_le_bytes(*eight))) && rest.iter().all(|&byte| byte < 0x7F)
}

/// The first character that must be escaped, and where. Bytes that start none are passed over without decoding them.
fn first_to_escape(text: &str) -> Option<(usize, char)> {
    let mut from = 0;
    while let Some(at) = text.as_bytes().get(from..)?.iter().position(|&b| MAY_START[usize::from(b)]).map(|n| from + n)
    {
        let c = text.get(at..)?.chars().next()?;
        if must_escape(c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
    None
}

/// For each byte whether a character that [`must_escape`] can start with it.
const MAY_START: [bool; 256] = {
    let mut table = [false; 256];
    let starts = [0x7F, 0xC2, 0xD8, 0xE1, 0xE2, 0xEF, 0xF3];
    let mut i = 0;
    while i < starts.len() {
        table[starts[i]] = true;
        i += 1;
    }
    table
};

fn must_escape(c: char) -> bool {
    matches!(c,
        '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangerous_characters_are_escaped_and_come_back() {
        let text = "a\u{1b}\u{9b}\u{7f}\u{202e}\u{e0041}“é”\n";
        let mut out = Vec::new();
        write_compact(&text, &mut out).expect("writes");
        let json = String::from_utf8(out).expect("utf-8");
        assert_eq!(json, r#""a\u001b\u009b\u007f\u202e\udb40\udc41“é”\n""#);
        assert_eq!(serde_json::from_str::<String>(&json).expect("reads"), text);
    }

    #[test]
    fn no_character_that_must_be_escaped_is_passed_over() {
        for c in ('\0'..=char::MAX).filter(|&c| must_escape(c)) {
            assert_eq!(first_to_escape(&format!("é{c}a")), Some((2, c)));
        }
        assert_eq!(first_to_escape("“Zażółć” — ё 木城 🦀"), None);
    }

    #[test]
    fn plain_is_ascii_without_its_end() {
        for at in [0, 3, 7, 8, 12] {
            for c in ['~', '\u{7F}', '\u{80}', '\u{FF}', '“', '\u{1FFFF}'] {
                let mut text = "abc ~~~0123 z".to_owned();
                text.insert(at, c);
                assert_eq!(is_plain(&text), c == '~', "{text:?}");
            }
        }
        assert!(is_plain(""));
    }

    #[test]
    fn pretty_output_is_indented() {
        let mut deep = serde_json::json!([{"a": 1, "b": {}}, []]);
        for _ in 0..20 {
            deep = serde_json::json!({"d": [deep, null], "e": "é"});
        }
        for value in [serde_json::json!({"a": [1, 2], "b": [], "c": {}, "d": [[], {}]}), deep] {
            let mut out = Vec::new();
            write_pretty(&value, &mut out).expect("writes");
            let known = serde_json::to_string_pretty(&value).expect("writes");
            assert_eq!(String::from_utf8(out).expect("utf-8"), known);
        }
    }
}
