//! JSON that is safe to look at in a terminal: besides what JSON must escape, DEL, C1 controls, bidirectional marks and
//! hidden characters are written as `\uXXXX`. The value read back is the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

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
    write(value, Safe(PrettyFormatter::new()), out)
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
        // Keys and names are short and plain; ASCII but for the one control character at its end.
        if fragment.bytes().all(|byte| byte < 0x7F) {
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
    fn pretty_output_is_indented() {
        let mut out = Vec::new();
        write_pretty(&serde_json::json!({"a": [1, 2]}), &mut out).expect("writes");
        assert_eq!(String::from_utf8(out).expect("utf-8"), "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
    }
}
