//! Turns of dialogue that are not set in marks: a paragraph behind a dash, or behind the label of its speaker.

use std::ops::Range;

use super::{Marked, Pairing};
use crate::analysis::form::Shape;
use crate::lexicon::Frame;
use crate::tag::Tag;

impl Pairing<'_> {
    /// *LUND: We never met.*: what stands behind a label is said, with or without marks.
    pub(super) fn labelled(&mut self, block: usize, colon: usize, tokens: &Range<usize>) {
        if self.mark(colon + 1, tokens, None).is_some() {
            return self.block(block, tokens.clone());
        }
        let words = colon + 1..tokens.end;
        self.push(Marked { inner: words.clone(), outer: words, block, continues: false, closed: true });
    }

    /// A paragraph that starts with a dash is a turn of dialogue; attributions inside it are not part of the words. Returns
    /// the token behind the turn.
    pub(super) fn dialogue_dash(&mut self, block: usize, tokens: &Range<usize>) -> Option<usize> {
        let dash = tokens.start;
        if !matches!(self.parse.lower(dash), "—" | "–" | "―" | "--") || tokens.len() < 3 {
            return None;
        }
        let (mut outer, mut start) = (dash, dash + 1);
        loop {
            let end = self.words_end(start, tokens.end);
            self.push(Marked { inner: start..end, outer: outer..end, block, continues: false, closed: true });
            // Behind the sentence that attributes the speaker goes on, unless the story does.
            let stop = (end..tokens.end).find(|&t| self.parse.tag(t) == Tag::Stop).unwrap_or(tokens.end);
            if end >= tokens.end || stop + 1 >= tokens.end || self.tells(stop + 1) {
                return Some(tokens.end);
            }
            start = stop + 1;
            outer = start;
        }
    }

    /// Where words that a dash opens end: at a further dash with its attribution, or where one follows a mark.
    fn words_end(&self, start: usize, end: usize) -> usize {
        let ends = |at: usize| {
            let dash = matches!(self.parse.lower(at), "—" | "–" | "--") && self.attributes(at + 1);
            let mark = matches!(self.parse.lower(at), "," | "!" | "?");
            dash || mark && self.attributes(at + 1)
        };
        match (start + 1..end).find(|&at| ends(at)) {
            Some(at) if matches!(self.parse.lower(at), "!" | "?") => at + 1,
            Some(at) => at,
            None => end,
        }
    }

    /// *said Wren*, *he said sternly*, *the old man asked*: a verb of saying and its subject, in either order.
    fn attributes(&self, at: usize) -> bool {
        let says = |t: usize| {
            matches!(self.parse.tag(t), Tag::VerbPast | Tag::VerbThird | Tag::VerbParticiple)
                && self.forms.get(self.parse, t).is_some_and(|w| w.verb.has(Frame::Quote))
        };
        let subject =
            |t: usize| matches!(self.parse.tag(t), Tag::Proper | Tag::Pronoun | Tag::Determiner | Tag::Possessive);
        if says(at) {
            return subject(at + 1);
        }
        let pronoun = self.parse.tag(at) == Tag::Pronoun && self.parse.shape(at) == Shape::Lower;
        let opens = pronoun || matches!(self.parse.tag(at), Tag::Proper | Tag::Determiner | Tag::Possessive);
        let passed = |t: &usize| {
            self.parse.tag(*t).is_noun() || self.parse.tag(*t).is_adjective() || self.parse.tag(*t).is_adverb()
        };
        let verb = (at + 1..at + 5).find(|t| !passed(t)).unwrap_or(at + 1);
        opens && says(verb)
    }

    /// Whether a sentence reads as the story's own: somebody does something.
    fn tells(&self, start: usize) -> bool {
        let third = matches!(self.parse.lower(start), "he" | "she" | "they") || self.parse.tag(start).is_proper();
        let verb = start + 1 + usize::from(self.parse.tag(start + 1).is_adverb());
        third && self.parse.tag(verb) == Tag::VerbPast
    }
}
