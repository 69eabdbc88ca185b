//! The only maker of documents: it keeps the promise that blocks lie in order, apart, and without white space at their ends.

use super::{Block, BlockKind, Document, Meta};
use crate::text::{Pos, Span};

/// Collects the blocks of one text.
pub struct Builder {
    document: Document,
    titled: bool,
}

impl Builder {
    /// Starts with the whole text; formats add blocks over it.
    pub fn new(text: String, id: &str) -> Self {
        let meta = Meta { title: id.to_owned(), ..Meta::default() };
        Self { document: Document { id: id.to_owned(), meta, text, blocks: Vec::new() }, titled: false }
    }

    /// The text the blocks are cut from.
    pub fn text(&self) -> &str {
        &self.document.text
    }

    /// Adds a block, trimmed; one that is empty or starts before the end of the last is left out.
    pub fn push(&mut self, span: Span, kind: BlockKind) {
        let span = self.trimmed(span);
        let end = self.document.blocks.last().map_or(Pos::at(0), |b| b.span.end());
        if span.is_empty() || span.start() < end {
            return;
        }
        if kind == BlockKind::Title && !self.titled {
            self.titled = true;
            self.document.meta.title = one_line(self.document.slice(span));
        }
        if kind == BlockKind::Byline {
            self.document.meta.byline = Some(one_line(self.document.slice(span)));
        }
        self.document.blocks.push(Block { span, kind });
    }

    /// Adds a block at the end of the text, set apart from the last one; of an empty one nothing is added.
    pub fn append(&mut self, text: &str, kind: BlockKind) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let listed = |k: BlockKind| k == BlockKind::ListItem;
        let between = match self.document.blocks.last() {
            None => "",
            Some(last) if listed(last.kind) && listed(kind) => "\n",
            Some(_) => "\n\n",
        };
        self.document.text.push_str(between);
        let start = self.document.text.len();
        self.document.text.push_str(text);
        self.push(Span::of(start, start + text.len()), kind);
    }

    /// Says what is known of the document; without a title it keeps the one it has.
    pub fn describe(&mut self, meta: Meta) {
        let title = if meta.title.is_empty() { std::mem::take(&mut self.document.meta.title) } else { meta.title };
        self.document.meta = Meta { title, ..meta };
    }

    /// The finished document.
    pub fn finish(self) -> Document {
        self.document
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = self.document.slice(span);
        let lead = text.len() - text.trim_start().len();
        let start = span.start().byte() + lead;
        Span::of(start, start + text.trim().len())
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_trimmed_and_stay_in_order() {
        let mut builder = Builder::new("  one \n two ".into(), "x");
        builder.push(Span::of(0, 7), BlockKind::Paragraph);
        builder.push(Span::of(3, 9), BlockKind::Paragraph);
        builder.push(Span::of(7, 12), BlockKind::Paragraph);
        builder.push(Span::of(12, 12), BlockKind::Paragraph);
        let document = builder.finish();
        let texts: Vec<_> = document.blocks().iter().map(|b| document.slice(b.span)).collect();
        assert_eq!(texts, ["one", "two"]);
    }
}
