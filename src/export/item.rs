//! What an export is made of: documents with the findings that were asked for, in the order they were asked for in, and with
//! what the reader said of them.

use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::analysis::{Analysis, FindingId};
use crate::document::Document;

/// Everything that goes into one file.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// The documents, in the order in which they were opened.
    pub documents: Vec<Bundle>,
}

/// One document with what is exported of it.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The text.
    pub document: Arc<Document>,
    /// Everything found in it, with the reader's corrections.
    pub analysis: Arc<Analysis>,
    /// Where it is from.
    pub source: Source,
    /// The findings to export, in their order.
    pub items: Vec<Item>,
}

/// A finding with what the reader says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The finding.
    pub finding: FindingId,
    /// The reader's words.
    pub reader: Reader,
}

/// What a reader said of a finding; all empty when they said nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reader {
    /// *confirmed*, *disputed*, *false* or *open*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Where the verdict is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// A note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// *accepted* or *rejected*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged: Option<String>,
    /// The speaker the reader set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The status of a thread the reader set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

impl Reader {
    /// Whether the reader said nothing.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a document is from, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The title.
    pub title: String,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
    /// The day it was published, ISO 8601.
    pub published: Option<String>,
    /// The paper, site or publisher.
    pub outlet: Option<String>,
    /// Its address on the web, where the file tells.
    pub url: Option<String>,
    /// The file as it was named; none for standard input.
    pub path: Option<String>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: Option<String>,
    /// SHA-256 of the text in which places are counted.
    pub text_sha256: String,
    /// The language of the text.
    pub language: &'static str,
    /// The byte of the file at which the text starts, when the text is the file's own bytes from there on.
    #[serde(skip)]
    pub first_byte: Option<usize>,
}

impl Source {
    /// What a document says of itself.
    pub fn of(document: &Document) -> Self {
        let meta = document.meta();
        Self {
            title: meta.title.clone(),
            byline: meta.byline.clone(),
            published: meta.published.clone(),
            outlet: meta.outlet.clone(),
            url: meta.url.clone(),
            text_sha256: sha256(document.text().as_bytes()),
            language: "en",
            ..Self::default()
        }
    }

    /// Adds what its file tells.
    #[must_use]
    pub fn in_file(mut self, path: Option<&str>, bytes: &[u8], document: &Document) -> Self {
        const MARK: &[u8] = "\u{FEFF}".as_bytes();
        self.path = path.map(str::to_owned);
        self.sha256 = Some(sha256(bytes));
        let start = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        self.first_byte = (bytes.get(start..) == Some(document.text().as_bytes())).then_some(start);
        self
    }

    /// What names the document to other programs: its address, else its file, else the hash of its text.
    pub fn iri(&self) -> String {
        match (&self.path, &self.url) {
            (Some(path), _) => file_iri(path),
            (None, Some(url)) => url.clone(),
            (None, None) => format!("urn:sha256:{}", self.text_sha256),
        }
    }

    /// Its address on the web, else as [`Source::iri`].
    pub fn address(&self) -> String {
        self.url.clone().unwrap_or_else(|| self.iri())
    }
}

/// A file's name as an IRI: absolute ones with `file://`, others relative, as they were given.
fn file_iri(path: &str) -> String {
    let encoded = percent_encoded(path);
    if path.starts_with('/') { format!("file://{encoded}") } else { encoded }
}

/// Encodes all but letters, digits and what may stand in a path.
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    #[test]
    fn bytes_are_known_where_the_text_is_the_file() {
        let source = |bytes: &[u8]| {
            let document = read(bytes, "a.txt").expect("reads");
            Source::of(&document).in_file(Some("a.txt"), bytes, &document)
        };
        assert_eq!(source("“Go,” said Ann.".as_bytes()).first_byte, Some(0));
        assert_eq!(source("\u{FEFF}“Go,” said Ann.".as_bytes()).first_byte, Some(3));
        assert_eq!(source(b"\x93Go,\x94 said Ann.").first_byte, None);
    }

    #[test]
    fn a_file_is_named_so_that_others_find_it() {
        let named = |path: &str| Source { path: Some(path.into()), ..Source::default() }.iri();
        assert_eq!(named("/a b/é#1.txt"), "file:///a%20b/%C3%A9%231.txt");
        assert_eq!(named("seeds/a.txt"), "seeds/a.txt");
        assert!(Source { text_sha256: "00".into(), ..Source::default() }.iri().starts_with("urn:sha256:"));
    }
}
