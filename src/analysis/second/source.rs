//! Sources that are named without a verb: *according to the ministry*.

use std::ops::Range;

use super::content::{By, Reader};
use crate::analysis::form::Shape;
use crate::analysis::quote::cue::Source;
use crate::lexicon::Construction;
use crate::tag::Tag;

/// How far the end of an aside may be behind its source, in tokens.
const REACH: usize = 8;

impl Reader<'_, '_> {
    /// Reads a construction that begins at a token; says whether there is one.
    pub(super) fn source_phrase(&mut self, at: usize) -> bool {
        if self.marks.around(at).is_some() {
            return false;
        }
        let language = self.ground.language;
        let best = |stands: Construction| {
            let phrases = language.speech.sources.iter().filter(move |s| s.stands == stands).flat_map(|s| &s.words);
            phrases.filter_map(|words| self.match_words(at, words)).max()
        };
        if let Some(end) = best(Construction::Before) {
            return self.source_after(at, end);
        }
        if let Some(end) = best(Construction::Behind) {
            return self.source_before(at, end);
        }
        match best(Construction::Aside) {
            Some(end) => self.set_off(at, end),
            None => false,
        }
    }

    /// The end of some words that stand at a token.
    fn match_words(&self, at: usize, words: &str) -> Option<usize> {
        let mut end = at;
        for word in words.split(' ') {
            if end >= self.tokens.end || self.lower(end) != word {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The phrase of a source, which may open with the determiner of an owner.
    fn source_at(&self, start: usize) -> Option<Range<usize>> {
        let owner =
            self.ground.language.grammar.owners.contains(self.lower(start)) && self.tag(start) == Tag::Preposition;
        let first = start + usize::from(owner);
        let phrase = self.ground.phrase(first, self.tokens.end)?;
        Some(start..phrase.end)
    }

    fn source_after(&mut self, at: usize, end: usize) -> bool {
        let Some(source) = self.source_at(end).filter(|s| self.ground.is_somebody(s)) else { return false };
        let until = source.end;
        let by = By { cue: at..end, source: Some(source), how: Source::Phrase };
        self.place(at, until, &by)
    }

    /// *… a report behind it*: the words stand at the end of the phrase.
    fn source_before(&mut self, at: usize, end: usize) -> bool {
        let floor = self.ground.floor(self.marks, at, self.tokens.start);
        let Some(source) = self.ground.phrase(floor, at).filter(|p| p.end == at) else { return false };
        let start = source.start;
        let by = By { cue: at..end, source: Some(source), how: Source::Phrase };
        self.place(start, end, &by)
    }

    /// A source at the head, at the end, set off inside or right inside what is said.
    fn place(&mut self, start: usize, end: usize, by: &By) -> bool {
        if self.aside(start, end, by) {
            return true;
        }
        let floor = self.ground.floor(self.marks, start, self.tokens.start);
        let right = self.extent(end);
        self.push(vec![floor..start, right], by, None)
    }

    /// *…, so Holm*: behind a comma, and nothing but time and place up to the next mark.
    fn set_off(&mut self, at: usize, end: usize) -> bool {
        let comma = at > self.tokens.start && self.lower(at - 1) == ",";
        if !comma && self.closed_before(at).is_none() {
            return false;
        }
        let Some(source) = self.ground.phrase(end, self.tokens.end).filter(|s| self.ground.is_somebody(s)) else {
            return false;
        };
        let close = (source.end..self.tokens.end.min(source.end + REACH))
            .find(|&t| self.ground.parse.shape(t) == Shape::Mark)
            .or_else(|| (source.end + REACH >= self.tokens.end).then_some(self.tokens.end));
        let Some(close) = close.filter(|&c| (source.end..c).all(|t| !self.tag(t).is_finite_verb())) else {
            return false;
        };
        let by = By { cue: at..end, source: Some(source), how: Source::Phrase };
        self.aside(at, close, &by)
    }
}
