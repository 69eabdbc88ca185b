//! The files inside an EPUB, or any other ZIP archive. Its directory is looked through before anything is unpacked, so that
//! an archive made to unpack to gigabytes is refused; names are only looked up, nothing is ever written.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::document::ReadError;

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
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(name, &reason(&error)))?;
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

/// The error for a book that is broken.
pub fn damaged(name: &str, reason: &str) -> ReadError {
    ReadError::Damaged {
        name: name.to_owned(),
        kind: "an EPUB book",
        reason: format!("{reason}; fetch the file again"),
    }
}
