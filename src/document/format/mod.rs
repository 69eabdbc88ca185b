//! The table of input formats. A new one is a file beside this and a line in [`FORMATS`].

mod epub;
mod feed;
mod html;
mod mail;
mod markdown;
mod plain;
mod subtitle;

pub(super) use plain::read as plain;

use super::source::ending;
use super::{Document, MAX_FILE, MAX_TEXT, ReadError, Source};

/// How surely a file is written in a format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// It begins as only this format does.
    Sure,
    /// It may be, if its name says so.
    ByName,
    /// It is not.
    No,
}

/// An input format: how it is recognised and how it is read.
pub struct Format {
    /// Its name for messages.
    pub name: &'static str,
    /// File endings it usually has, without the dot, in lower case.
    pub extensions: &'static [&'static str],
    /// The largest file of it that is opened, in bytes.
    pub limit: usize,
    /// Whether a file is written in it, judged by its beginning.
    pub fit: fn(&Source) -> Fit,
    /// Makes the document.
    pub read: fn(&Source) -> Result<Document, ReadError>,
}

/// The largest page that is opened.
const MAX_PAGE: usize = 16 << 20;

/// All formats, the most particular first; plain text takes what no other claims.
pub const FORMATS: &[Format] = &[
    Format { name: "EPUB book", extensions: &["epub"], limit: MAX_FILE, fit: epub::fit, read: epub::read },
    Format { name: "feed", extensions: &["rss", "atom", "xml"], limit: MAX_PAGE, fit: feed::fit, read: feed::read },
    Format {
        name: "web page",
        extensions: &["html", "htm", "xhtml", "shtml", "xml"],
        limit: MAX_PAGE,
        fit: html::fit,
        read: html::read,
    },
    Format {
        name: "subtitles",
        extensions: &["srt", "vtt"],
        limit: MAX_PAGE,
        fit: subtitle::fit,
        read: subtitle::read,
    },
    Format {
        name: "mail",
        extensions: &["eml", "mbox", "mhtml", "mht"],
        limit: MAX_TEXT,
        fit: mail::fit,
        read: mail::read,
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        limit: MAX_TEXT,
        fit: markdown::fit,
        read: markdown::read,
    },
    Format {
        name: "plain text",
        extensions: &["txt", "text"],
        limit: MAX_TEXT,
        fit: |_| Fit::ByName,
        read: plain::document,
    },
];

/// Chooses a format: by what only one begins with, else by the file's ending where the content allows it.
pub fn choose(source: &Source) -> &'static Format {
    let sure = FORMATS.iter().find(|f| (f.fit)(source) == Fit::Sure);
    let named = || {
        let listed = |f: &&Format| f.extensions.contains(&source.ending.as_str());
        FORMATS.iter().find(|f| listed(f) && (f.fit)(source) != Fit::No)
    };
    sure.or_else(named).unwrap_or(&FORMATS[FORMATS.len() - 1])
}

/// Whether nothing but plain text comes into question.
pub(super) fn is_plain(source: &Source) -> bool {
    choose(source).name == FORMATS[FORMATS.len() - 1].name
}

/// The names of the months in order, in lower case.
pub(super) fn months() -> &'static [String] {
    &html::PHRASES.date.months
}

/// Whether a file's name ends like one of the formats, packed or not.
pub fn has_known_ending(name: &str) -> bool {
    let inner = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(name);
    let ending = ending(inner);
    FORMATS.iter().any(|f| f.extensions.contains(&ending.as_str()))
}
