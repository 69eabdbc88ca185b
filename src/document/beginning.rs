//! The beginning of a plain text, to be on the screen before a long file has been read. Bytes that are in it stand at the same
//! places in the whole text.

use std::borrow::Cow;

use super::{Document, dating, decode, foreign, format, from_text, unpack};
use crate::document::Source;

/// How much of a file is looked at, in bytes: more than a screen holds.
pub const BEGINNING: usize = 16 << 10;

/// Makes a document of the first bytes of a longer file, up to the end of a paragraph. None when only the whole tells what the
/// text is: for other formats, packed files, and encodings that must be guessed.
pub fn beginning(bytes: &[u8], name: &str) -> Option<Document> {
    let (Cow::Borrowed(bytes), inner) = unpack::unpack(bytes, name).ok()? else { return None };
    foreign::refuse(bytes, name).ok()?;
    if !format::is_plain(&Source::new(bytes, name, inner)) || bytes.contains(&0) {
        return None;
    }
    let known = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    let end = ["\n\n", "\r\n\r\n", "\n", " "].iter().find_map(|end| known.rfind(end)).unwrap_or(known.len());
    let decoded = decode(known.get(..end)?.as_bytes(), name).ok()?;
    Some(dating::dated(from_text(decoded.text, name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    #[test]
    fn it_is_how_the_whole_begins() {
        let text: String = (0..400).map(|i| format!("CHAPTER {i}\n\nIt went\non — and “on”.\n\n")).collect();
        let whole = read(text.as_bytes(), "a.txt").expect("reads");
        // Cut anywhere, also within a character.
        for cut in (1000..1100).chain([9000]) {
            let first = beginning(&text.as_bytes()[..cut], "a.txt").expect("is plain text");
            assert!(whole.text().starts_with(first.text()) && first.text().len() > cut - 60);
            assert!(whole.blocks().starts_with(first.blocks()) && first.blocks().len() > 10, "{cut}");
            assert_eq!((first.meta(), first.id()), (whole.meta(), whole.id()));
        }
    }

    #[test]
    fn what_the_beginning_does_not_tell_is_left_to_the_whole() {
        for (bytes, name) in [
            (b"<!DOCTYPE html><html><body><p>One\n\ntwo".as_slice(), "a.html"),
            (b"\x1F\x8B\x08\0\0\0\0\0", "a.txt.gz"),
            (b"caf\xE9 and more\n\nof it", "a.txt"),
            (b"O\0n\0e\0 \0", "a.txt"),
            (b"# One\n\ntwo", "a.md"),
        ] {
            assert!(beginning(bytes, name).is_none(), "{name}");
        }
    }
}
