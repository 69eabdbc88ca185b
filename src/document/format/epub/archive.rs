//! The files inside an EPUB, or any other ZIP archive. Its directory is looked through before anything is unpacked, so that
//! an archive made to unpack to gigabytes is refused; names are only looked up, nothing is ever written.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::document::ReadError;
use crate::document::source::ending;

const MOST_ENTRIES: usize = 20_000;
/// All entries together, as they say they unpack.
const LARGEST_TOTAL: u64 = 512 << 20;
/// One text in the archive.
const LARGEST_TEXT: u64 = 32 << 20;
/// Above a size of 1 MiB nothing honest shrinks more.
const LARGEST_RATIO: u64 = 1_000;

/// An archive whose directory has been looked through.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    name: &'a str,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it is damaged, or made to be too large.
    pub fn open(bytes: &'a [u8], name: &'a str) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(bytes, name, &reason(&error)))?;
        let archive = Self { zip, name };
        archive.scan()?;
        Ok(archive)
    }

    fn scan(&self) -> Result<(), ReadError> {
        let bomb = || ReadError::Bomb { name: self.name.to_owned(), limit: 512 };
        if self.zip.len() > MOST_ENTRIES {
            return Err(bomb());
        }
        let mut total = 0u64;
        let mut starts = Vec::with_capacity(self.zip.len());
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_data(index).map_err(|error| damaged(self.name, &reason(&error)))?;
            total = total.saturating_add(entry.size());
            let shrunk = entry.size() > 1 << 20 && entry.size() / entry.compressed_size().max(1) > LARGEST_RATIO;
            if shrunk || total > LARGEST_TOTAL {
                return Err(bomb());
            }
            starts.push(entry.header_start());
        }
        starts.sort_unstable();
        if starts.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(damaged(self.name, "two of its entries are the same piece of it"));
        }
        Ok(())
    }

    /// Whether an entry is there.
    pub fn has(&self, path: &str) -> bool {
        self.zip.index_for_name(path).is_some()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.zip.is_empty()
    }

    /// The bytes of an entry.
    ///
    /// # Errors
    /// When it is missing, locked, damaged or too large.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, ReadError> {
        let name = self.name;
        let entry = match self.zip.by_name(path) {
            Ok(entry) if entry.encrypted() => return Err(ReadError::Locked { name: name.to_owned() }),
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Err(damaged(name, &format!("{path} is missing from it"))),
            Err(error) => return Err(damaged(name, &reason(&error))),
        };
        let mut bytes = Vec::new();
        entry.take(LARGEST_TEXT + 1).read_to_end(&mut bytes).map_err(|error| damaged(name, &error.to_string()))?;
        if bytes.len() as u64 > LARGEST_TEXT {
            return Err(ReadError::Bomb { name: name.to_owned(), limit: 32 });
        }
        Ok(bytes)
    }
}

fn reason(error: &ZipError) -> String {
    error.to_string()
}

/// Kinds of files that are ZIP archives inside: what they are, the folder or file that only they hold, their endings, and
/// the command that makes text of them.
pub const KINDS: &[(&str, &str, &[&str], &str)] = &[
    (
        "a Word document",
        "word/document.xml",
        &["docx", "docm", "dotx"],
        "pipe its text in: pandoc -f docx -t plain --wrap=none {} | sayso -",
    ),
    (
        "an OpenDocument file",
        "content.xml",
        &["odt", "ott"],
        "pipe its text in: pandoc -f odt -t plain --wrap=none {} | sayso -",
    ),
    ("a spreadsheet", "xl/workbook.xml", &["xlsx", "xlsm", "ods"], "save the sheet as text first"),
    ("a presentation", "ppt/presentation.xml", &["pptx", "odp"], "save its text first"),
];

/// The error for an archive whose directory cannot be read. What it was to be, the names in it tell, which stand before each of
/// its files, or else its ending.
fn broken(bytes: &[u8], name: &str, reason: &str) -> ReadError {
    let holds = |what: &str| bytes.windows(what.len()).any(|window| window == what.as_bytes());
    let ending = ending(name);
    if ending == "epub" || holds("META-INF/container.xml") {
        return damaged(name, reason);
    }
    let told = KINDS.iter().find(|(_, inside, ..)| holds(inside));
    let named = || KINDS.iter().find(|(_, _, endings, _)| endings.contains(&ending.as_str()));
    let file = if name == "-" { "FILE" } else { name };
    let (kind, then) = match told.or_else(named) {
        Some((kind, _, _, advice)) => (*kind, advice.replace("{}", file)),
        None => ("a ZIP archive", "unpack it and open the files in it".to_owned()),
    };
    let reason = format!("it is cut off or damaged ({reason}); fetch it again, then {then}");
    ReadError::Damaged { name: name.to_owned(), kind, reason }
}

/// The error for a book that is broken.
pub fn damaged(name: &str, reason: &str) -> ReadError {
    ReadError::Damaged {
        name: name.to_owned(),
        kind: "an EPUB book",
        reason: format!("{reason}; fetch the file again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(inside: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["[Content_Types].xml", inside] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("starts");
            zip.write_all(b"<x>It rained.</x>").expect("writes");
        }
        zip.finish().expect("ends").into_inner()
    }

    fn told(bytes: &[u8], name: &str) -> String {
        Archive::open(bytes, name).map(|_| ()).expect_err("broken").to_string()
    }

    #[test]
    fn a_stump_is_called_what_it_was() {
        let stump = |inside: &str| {
            let whole = packed(inside);
            whole[..whole.len() / 2].to_vec()
        };
        let word = told(&stump("word/document.xml"), "a");
        assert!(word.contains("as a Word document") && word.contains("pandoc -f docx -t plain"), "{word}");
        assert!(told(&stump("content.xml"), "a.odt").contains("pandoc -f odt"));
        assert!(told(b"PK\x03\x04 and no more", "letter.docx").contains("as a Word document"));
        assert!(told(b"PK\x03\x04 and no more", "a.zip").contains("as a ZIP archive"));
        assert!(told(&stump("META-INF/container.xml"), "a").contains("as an EPUB book"));
        assert!(told(b"PK\x03\x04 and no more", "a.epub").contains("as an EPUB book"));
    }
}
