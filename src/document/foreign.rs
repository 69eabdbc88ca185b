//! Kinds of files that sayso leaves to better tools, recognised by their first bytes, with the command that turns each into
//! text for `sayso -`.

use super::ReadError;

/// A kind of file: the bytes it begins with, what it is, and the command that makes text of it.
struct Kind {
    magic: &'static [u8],
    at: usize,
    is: &'static str,
    advice: &'static str,
}

const fn kind(magic: &'static [u8], is: &'static str, advice: &'static str) -> Kind {
    Kind { magic, at: 0, is, advice }
}

const RTF: &[u8] = b"{\\rtf";
const OCR: &str = "read its words with tesseract {} - | sayso -";
const SOUND: &str = "sayso reads transcripts: subtitles (.srt, .vtt) or plain text";
const UNPACK: &str = "unpack it first and open the files in it";

const KINDS: &[Kind] = &[
    kind(b"%PDF-", "a PDF file", "pipe its text in: pdftotext -layout {} - | sayso -"),
    kind(b"%!PS", "a PostScript file", "pipe its text in: ps2ascii {} | sayso -"),
    kind(RTF, "an RTF document", "pipe its text in: pandoc -f rtf -t plain --wrap=none {} | sayso -"),
    kind(&[0xD0, 0xCF, 0x11, 0xE0], "an old Word or Office document", "pipe its text in: antiword {} | sayso -"),
    Kind { magic: b"BOOKMOBI", at: 60, is: "a Kindle book", advice: "make an EPUB of it: ebook-convert {} book.epub" },
    kind(b"AT&TFORM", "a DjVu file", "pipe its text in: djvutxt {} | sayso -"),
    kind(&[0x89, b'P', b'N', b'G'], "a picture", OCR),
    kind(&[0xFF, 0xD8, 0xFF], "a picture", OCR),
    kind(b"GIF8", "a picture", OCR),
    kind(b"II*\0", "a picture", OCR),
    kind(b"MM\0*", "a picture", OCR),
    Kind { magic: b"WEBP", at: 8, is: "a picture", advice: OCR },
    Kind { magic: b"WAVE", at: 8, is: "a sound file", advice: SOUND },
    Kind { magic: b"ftyp", at: 4, is: "a video or sound file", advice: SOUND },
    kind(b"ID3", "a sound file", SOUND),
    kind(b"OggS", "a sound file", SOUND),
    kind(b"fLaC", "a sound file", SOUND),
    kind(&[0x1A, 0x45, 0xDF, 0xA3], "a video", SOUND),
    kind(&[0xFD, b'7', b'z', b'X', b'Z'], "an xz file", "pipe it in: xz -dc {} | sayso -"),
    kind(b"BZh", "a bzip2 file", "pipe it in: bzip2 -dc {} | sayso -"),
    kind(b"7z\xBC\xAF", "a 7z archive", UNPACK),
    kind(b"Rar!", "a RAR archive", UNPACK),
    Kind { magic: b"ustar", at: 257, is: "a tar archive", advice: UNPACK },
    kind(b"SQLite format 3\0", "a database", "export the text it holds first"),
    kind(b"\x7FELF", "a program", "sayso reads text"),
];

/// Refuses a file of such a kind.
///
/// # Errors
/// [`ReadError::Foreign`], with the command to use instead.
pub fn refuse(bytes: &[u8], name: &str) -> Result<(), ReadError> {
    // A text may begin with the letters that a sound file begins with, but holds no NULs.
    let binary = bytes.iter().take(4096).any(|&b| b == 0);
    let starts = |k: &&Kind| bytes.get(k.at..).is_some_and(|rest| rest.starts_with(k.magic));
    let found = KINDS
        .iter()
        .find(starts)
        .filter(|k| binary || k.magic.starts_with(b"%") || !k.magic.is_ascii() || k.magic == RTF);
    found.map_or(Ok(()), |kind| Err(foreign(name, kind.is, kind.advice)))
}

/// The error for a file that another tool must turn into text first; `{}` in the advice becomes the file's name.
pub fn foreign(name: &str, kind: &'static str, advice: &str) -> ReadError {
    let file = if name == "-" { "FILE" } else { name };
    ReadError::Foreign { name: name.to_owned(), kind, advice: advice.replace("{}", file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_comes_with_the_command_that_reads_it() {
        let error = refuse(b"%PDF-1.7 ...", "a.pdf").expect_err("refused");
        let told =
            "a.pdf is a PDF file, which sayso does not read; pipe its text in: pdftotext -layout a.pdf - | sayso -";
        assert_eq!(error.to_string(), told);
        assert!(refuse(b"It rained.", "a.txt").is_ok());
    }

    #[test]
    fn pictures_are_known_by_their_bytes() {
        assert!(refuse(b"RIFF\x10\0\0\0WEBPVP8 ", "x").expect_err("refused").to_string().contains("tesseract"));
    }
}
