//! The text, paragraph by paragraph, with what is found in each.

use super::{Article, Errand, State};
use crate::app::words;
use crate::document::{Block, BlockKind};

impl State {
    /// Reads a paragraph by its number, or the next one.
    pub(super) fn read(&mut self, number: &str) -> String {
        if !number.is_empty() {
            return match number.parse::<usize>().ok().and_then(|n| self.block_of(n)) {
                Some(block) => self.read_block(block),
                None => format!("There are {}.", super::counted(self.paragraphs(), "paragraph")),
            };
        }
        let count = self.document().map_or(0, |d| d.blocks().len());
        if self.block >= count { "This is the end of the text.".to_owned() } else { self.read_block(self.block) }
    }

    /// Reads the paragraph of what was said last, or one by its number.
    pub(super) fn go(&mut self, number: &str) -> String {
        if !number.is_empty() {
            return self.read(number);
        }
        let block = self.said().and_then(|entry| Some(self.document()?.block_at(entry.span.start())));
        match block {
            Some(block) => self.read_block(block),
            None => "Nothing was said yet to go to: say next first.".to_owned(),
        }
    }

    fn read_block(&mut self, number: usize) -> String {
        self.block = number + 1;
        let Some(block) = self.document().and_then(|d| d.blocks().get(number)) else { return String::new() };
        let (kind, span) = (block.kind, block.span);
        self.errands.push(Errand::Place(span.start().byte()));
        let head = match kind {
            BlockKind::Title => "title".to_owned(),
            BlockKind::Byline => "byline".to_owned(),
            BlockKind::Heading(_) => "heading".to_owned(),
            BlockKind::SceneBreak => return "scene break".to_owned(),
            _ => format!("paragraph {} of {}", self.paragraph(number), self.paragraphs()),
        };
        let found = self.found_in(number);
        format!("{head}: {}{found}", self.line(span))
    }

    /// What the margin of the screen shows.
    fn found_in(&self, number: usize) -> String {
        let Some(Article { document, found: Some((analysis, _)), .. }) = self.article() else { return String::new() };
        let Some(block) = document.blocks().get(number) else { return String::new() };
        let begins = |at| block.span.contains(at);
        let mut lines = Vec::new();
        for (i, quote) in analysis.quotes.iter().enumerate().filter(|(_, q)| begins(q.span().start())) {
            lines.push(format!("quote {}, {}", i + 1, words::speaker(quote)));
        }
        for (i, claim) in analysis.claims.iter().enumerate().filter(|(_, c)| begins(c.content.start())) {
            let holder = words::holder(claim, &analysis.people);
            lines.push(format!("claim {}, {}, {holder}", i + 1, words::certainty(claim)));
        }
        for thread in analysis.threads.iter().filter(|t| t.mentions.iter().any(|m| begins(m.start()))) {
            lines.push(format!("thread {}", thread.name));
        }
        lines.into_iter().fold(String::new(), |out, line| out + "\n  " + &line)
    }

    fn paragraphs(&self) -> usize {
        self.document().map_or(0, |d| d.blocks().iter().filter(|b| is_counted(b)).count())
    }

    /// The number of the paragraph that a block is.
    fn paragraph(&self, number: usize) -> usize {
        self.document().map_or(0, |d| d.blocks().iter().take(number + 1).filter(|b| is_counted(b)).count())
    }

    /// The block of a paragraph's number.
    fn block_of(&self, paragraph: usize) -> Option<usize> {
        let blocks = self.document()?.blocks().iter().enumerate();
        blocks.filter(|(_, b)| is_counted(b)).nth(paragraph.checked_sub(1)?).map(|(number, _)| number)
    }
}

fn is_counted(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Title | BlockKind::Byline | BlockKind::Heading(_) | BlockKind::SceneBreak)
}
