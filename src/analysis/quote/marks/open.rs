//! Marks that nothing closes in their paragraph: a quote that runs on over paragraphs, or an odd mark.

use std::ops::Range;

use super::{Family, Marked, Pairing, Side};
use crate::analysis::Notice;
use crate::tag::Tag;

/// How many paragraphs a quote may run on without opening its marks again.
const PARAGRAPHS_AHEAD: usize = 3;

impl Pairing<'_> {
    /// Nothing closes the mark in its block: a quote over several paragraphs, or an odd mark.
    pub(super) fn left_open(&mut self, block: usize, at: usize, family: Family, tokens: &Range<usize>) {
        if self.runs_on_after(block, family) {
            return;
        }
        if let Some(last) = self.closing_block(block, family) {
            self.open_until = Some(last);
            return;
        }
        let span = self.parse.span(at..(at + 1).min(tokens.end));
        self.marks.notices.push(Notice { span, message: "this quotation mark is never closed".into() });
    }

    /// The block, a few ahead at most, in which a mark closes before any opens.
    fn closing_block(&self, block: usize, family: Family) -> Option<usize> {
        if family == Family::Single {
            return None;
        }
        for ahead in block + 1..=block + PARAGRAPHS_AHEAD {
            let tokens = self.parse.blocks.get(ahead)?;
            for at in tokens.clone() {
                match self.mark(at, tokens, Some(family)) {
                    Some((f, Side::Close)) if f == family && self.opens_by_space(at, tokens) => return None,
                    Some((f, Side::Close)) if f == family => return Some(ahead),
                    Some((f, Side::Open)) if f == family => return None,
                    _ => {}
                }
            }
        }
        None
    }

    /// A block that goes on inside a quote without opening it again.
    pub(super) fn carry_on(&mut self, block: usize, tokens: &Range<usize>) -> usize {
        let close = tokens
            .clone()
            .find(|&at| matches!(self.mark(at, tokens, Some(Family::Double)), Some((Family::Double, Side::Close))));
        let end = close.unwrap_or(tokens.end);
        let outer = tokens.start..close.map_or(tokens.end, |c| c + 1);
        if close.is_none() {
            self.open_until = Some(block + 1);
        }
        self.push(Marked {
            inner: tokens.start..end,
            outer: outer.clone(),
            block,
            continues: true,
            closed: close.is_some(),
        });
        outer.end
    }

    /// Where the words end that a mark opens and nothing closes, when an attribution follows a comma: *"It was, joked one
    /// lender*, *"They left, he wrote.*
    pub(super) fn attribution(&self, open: usize, tokens: &Range<usize>) -> Option<usize> {
        let verb = |t: usize| matches!(self.parse.tag(t), Tag::VerbPast | Tag::VerbThird);
        let subject = |t: usize| {
            let tag = self.parse.tag(t);
            tag.is_proper() || matches!(tag, Tag::Pronoun | Tag::Determiner | Tag::Number | Tag::Noun)
        };
        let ends = |t: usize| t >= tokens.end || self.parse.tag(t).is_punctuation();
        (open + 2..tokens.end).find(|&after| {
            let comma = matches!(self.parse.lower(after - 1), "," | "?" | "!");
            let inverted = verb(after) && subject(after + 1);
            let straight = self.parse.tag(after) == Tag::Pronoun && verb(after + 1) && ends(after + 2);
            comma && (inverted || straight)
        })
    }

    /// A straight mark with a space before it and none behind.
    fn opens_by_space(&self, at: usize, tokens: &Range<usize>) -> bool {
        self.written(at) == "\"" && self.gap_before(at, tokens) && !self.gap_after(at)
    }
}
