//! Bytes become one text with blocks. This folder decides what the text *is*; what it *says* is for `analysis`.
//!
//! For plain text the document's text is the decoded file, exactly: line ends as they are, only a leading byte-order
//! mark dropped. Every place in it is a byte offset.

pub mod address;
mod beginning;
mod builder;
mod built_in;
mod date;
mod dating;
mod day;
mod decode;
mod draft;
mod error;
mod foreign;
pub mod format;
mod source;
mod unpack;

pub use beginning::{BEGINNING, beginning};
pub use builder::Builder;
pub use built_in::{STORY, is_story, story};
pub use day::Day;
pub use decode::{Decoded, decode};
pub use draft::Draft;
pub use error::ReadError;
pub use source::Source;

use std::ops::Range;

use serde::Serialize;

use crate::text::{Pos, Span};

/// The largest text that is opened, in bytes.
pub const MAX_TEXT: usize = 64 << 20;
/// The largest file that is opened, in bytes: books hold pictures.
pub const MAX_FILE: usize = 256 << 20;

/// What is known of a document besides its text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Meta {
    /// The title; the file's name when the text has none.
    pub title: String,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
    /// Publication date, ISO 8601.
    pub published: Option<String>,
    /// The paper, site or publisher.
    pub outlet: Option<String>,
    /// The address on the web that the file gives for itself.
    pub url: Option<String>,
}

/// What part of a text a block is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The title of the whole.
    Title,
    /// The line that names the author.
    Byline,
    /// A heading, 1 the highest.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An entry of a list.
    ListItem,
    /// A quotation set apart.
    BlockQuote,
    /// Lines that stay as they are.
    Verse,
    /// `* * *`
    SceneBreak,
}

/// A paragraph, heading or the like. Blocks are in order and never overlap; only white space lies between them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where it stands; no white space at either end.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A text that was opened. Made only by [`Builder`].
#[derive(Clone, Debug)]
pub struct Document {
    id: String,
    meta: Meta,
    text: String,
    blocks: Vec<Block>,
}

impl Document {
    /// The name it was opened under.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Title, author, date.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks, in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text of a span; empty when the span is not of this document.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The block a position lies in, or the next one after it; the last for the end of the text.
    pub fn block_at(&self, pos: Pos) -> usize {
        let after = self.blocks.partition_point(|b| b.span.end() <= pos);
        after.min(self.blocks.len().saturating_sub(1))
    }

    /// The blocks that share text with a span.
    pub fn blocks_in(&self, span: Span) -> Range<usize> {
        let first = self.blocks.partition_point(|b| b.span.end() <= span.start());
        let last = self.blocks.partition_point(|b| b.span.start() < span.end());
        first..last.max(first)
    }
}

/// Reads a file's bytes: unpacks and decodes them, chooses the format and builds the document.
///
/// For plain text the document's text is the decoded file, exactly; for other formats it is the text for reading, without
/// markup, the title and the byline first.
///
/// # Errors
/// When the bytes are no text, too many, damaged or locked; see [`ReadError`].
pub fn read(bytes: &[u8], name: &str) -> Result<Document, ReadError> {
    let (bytes, inner) = unpack::unpack(bytes, name)?;
    foreign::refuse(&bytes, name)?;
    let source = Source::new(&bytes, name, inner);
    let format = format::choose(&source);
    if bytes.len() > format.limit {
        let (size, limit) = (bytes.len() >> 20, format.limit >> 20);
        return Err(ReadError::TooLarge { name: name.to_owned(), size, format: format.name, limit });
    }
    let mut document = dating::dated((format.read)(&source)?);
    document.meta.url = document.meta.url.as_deref().and_then(address::of_the_web).map(str::to_owned);
    Ok(document)
}

/// Builds a document from plain text that is already decoded. The document's text is exactly the one given, whatever
/// markup is in it.
pub fn from_text(text: String, name: &str) -> Document {
    let mut builder = Builder::new(text, name);
    format::plain(&mut builder);
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_by_place() {
        let document = from_text("A title\n\nFirst one.\n\nSecond one.".into(), "a.txt");
        assert_eq!(document.blocks().len(), 3);
        assert_eq!(document.block_at(Pos::at(0)), 0);
        assert_eq!(document.block_at(Pos::at(8)), 1);
        assert_eq!(document.block_at(Pos::at(999)), 2);
        assert_eq!(document.blocks_in(Span::of(9, 25)), 1..3);
        assert_eq!(document.slice(document.blocks()[1].span), "First one.");
    }

    #[test]
    fn an_empty_file_is_a_document_too() {
        let document = read(b"", "empty.txt").expect("reads");
        assert!(document.blocks().is_empty());
        assert_eq!(document.block_at(Pos::at(0)), 0);
        assert_eq!(document.meta().title, "empty.txt");
    }
}
