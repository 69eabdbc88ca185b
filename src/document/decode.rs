//! Bytes become text: byte-order marks, UTF-8, UTF-16 and the old single-byte encodings.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// How much of a file is looked at to tell text from something else, in bytes.
const PROBE: usize = 64 << 10;

/// Text and the encoding it was in.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text without a byte-order mark.
    pub text: String,
    /// The encoding's WHATWG name.
    pub encoding: &'static str,
    /// Whether some bytes were not valid and became U+FFFD.
    pub damaged: bool,
}

/// Decodes a file: byte-order mark, else valid UTF-8, else UTF-16 by its NULs, else the likeliest old encoding.
///
/// # Errors
/// For UTF-32 and for bytes that are no text.
pub fn decode(bytes: &[u8], name: &str) -> Result<Decoded, ReadError> {
    decode_declared(bytes, name, None)
}

/// As [`decode`], for files that name their encoding themselves: what they say counts when the bytes are no UTF-8.
/// (Browsers save pages as UTF-8 and leave the old declaration in them.)
///
/// # Errors
/// As [`decode`].
pub fn decode_declared(bytes: &[u8], name: &str, label: Option<&str>) -> Result<Decoded, ReadError> {
    if is_utf32(bytes) {
        return Err(ReadError::Encoding { name: name.to_owned(), encoding: "UTF-32" });
    }
    let declared = label.and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    let decoded = with(bytes, encoding_of(bytes, declared));
    if is_binary(&decoded.text) {
        return Err(ReadError::Binary { name: name.to_owned() });
    }
    Ok(decoded)
}

/// The beginning of a file as text, whatever it is.
pub fn lenient(bytes: &[u8]) -> String {
    with(bytes, encoding_of(whole_characters(bytes), None)).text
}

/// The bytes without a last character that was cut in two.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.get(..error.valid_up_to()).unwrap_or(bytes),
        _ => bytes,
    }
}

fn with(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, used, damaged) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: used.name(), damaged }
}

fn encoding_of(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(encoding) = declared.filter(|&e| e != UTF_16LE && e != UTF_16BE) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a mark: in text of Latin letters every other byte is NUL.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(PROBE) & !1)?;
    let pairs = head.len() / 2;
    if pairs == 0 || bytes.len() % 2 == 1 {
        return None;
    }
    let count = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (count(0), count(1));
    if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_utf32(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF])
}

/// More than a tenth of the first characters are controls or replacements.
fn is_binary(text: &str) -> bool {
    let (mut odd, mut all) = (0usize, 0usize);
    for c in text.chars().take(PROBE) {
        all += 1;
        let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}' | '\u{1b}');
        odd += usize::from(control || c == '\u{FFFD}');
    }
    odd * 10 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, "a.txt").expect("decodes").text
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn marks_are_dropped_and_obeyed() {
        assert_eq!(text(b"\xEF\xBB\xBFcaf\xC3\xA9"), "café");
        assert_eq!(text(&[b"\xFF\xFE".to_vec(), utf16("“so”", u16::to_le_bytes)].concat()), "“so”");
        assert_eq!(text(&[b"\xFE\xFF".to_vec(), utf16("“so”", u16::to_be_bytes)].concat()), "“so”");
    }

    #[test]
    fn utf16_without_a_mark_is_seen_by_its_nuls() {
        assert_eq!(text(&utf16("She said so.", u16::to_le_bytes)), "She said so.");
        assert_eq!(text(&utf16("She said so.", u16::to_be_bytes)), "She said so.");
    }

    #[test]
    fn windows_1252_quotes_are_quotes() {
        assert_eq!(text(b"\x93It\x92s still open,\x94 she said \x97 caf\xE9."), "“It’s still open,” she said — café.");
    }

    #[test]
    fn a_declared_encoding_counts_unless_the_bytes_are_utf8() {
        let declared = |bytes: &[u8], label| decode_declared(bytes, "a.html", Some(label)).expect("decodes").text;
        assert_eq!(declared(b"p\xB1yta", "iso-8859-2"), "pąyta");
        assert_eq!(declared(b"caf\xC3\xA9", "iso-8859-1"), "café");
        assert_eq!(declared(b"\x93So\x94", "ISO-8859-1"), "“So”");
    }

    #[test]
    fn binary_and_utf32_are_refused_by_name() {
        let error = decode(&[0, 1, 2, 3, 4, 5, 0x80, 0xFF], "photo.jpg").expect_err("binary");
        assert!(error.to_string().contains("photo.jpg"), "{error}");
        assert!(decode(b"\xFF\xFE\0\0a\0\0\0", "x").is_err());
    }
}
