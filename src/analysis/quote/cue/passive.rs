//! Passives as cues: *it was alleged that*, *prices are expected to rise*, *she was told that*, *was dismissed as “…”*.

use std::ops::Range;

use super::finder::Finder;
use super::{Cue, CueKind, Source};
use crate::analysis::phrase;
use crate::lexicon::{CueWord, Frame, Frames};
use crate::tag::Tag;

impl Finder<'_> {
    /// The cue that a participle behind a form of *be* is.
    pub(super) fn passive(&self, start: usize, at: usize, end: usize, frames: Frames, word: &CueWord) -> Option<Cue> {
        let (by, after) = self.by_phrase(end);
        let kinds = word.passive;
        let clause = self.is_complementizer(after) || self.is_marked(after);
        let question = self.is_question(after);
        let how = if by.is_some() { Source::Phrase } else { Source::Nobody };
        let cue = |kind, source, how| Some(Cue { kind, words: start..end, source, how, frames, reports: true });
        if kinds.has(Frame::That) && (clause || question && self.is_impersonal(start)) {
            return cue(CueKind::Passive, by, how);
        }
        // “…, it was announced Monday.”
        let inserted = self.is_impersonal(start) && start > self.floor() + 1 && self.parse.lower(start - 2) == ",";
        if kinds.has(Frame::That) && inserted && self.ends_insertion(end) {
            let (kind, words) = (CueKind::Passive, start - 1..end);
            return Some(Cue { kind, words, source: None, how: Source::Nobody, frames, reports: true });
        }
        if kinds.has(Frame::To) && self.parse.tag(after) == Tag::To {
            let (subject, _) = phrase::subject(self.parse, start, self.clause_floor(start))?;
            return cue(CueKind::Raising, Some(subject), Source::Nobody);
        }
        if kinds.has(Frame::Of) && by.is_none() && self.parse.lower(after) == "of" {
            let (subject, _) = phrase::subject(self.parse, start, self.clause_floor(start))?;
            return cue(CueKind::Raising, Some(subject), Source::Nobody);
        }
        let infinitive = self.parse.tag(after) == Tag::To || self.parse.lower(after) == "not";
        let told = kinds.has(Frame::Person) && (clause || question || self.is_explicit(after, frames));
        let asked = kinds.has(Frame::PersonTo) && infinitive && self.parse.tag(at) == Tag::VerbParticiple;
        if told || asked {
            return cue(CueKind::Passive, by, how);
        }
        let named =
            kinds.has(Frame::As) && self.parse.lower(after) == "as" && self.marks.opening_at(after + 1).is_some();
        if named { cue(CueKind::Passive, by, how) } else { None }
    }

    /// *by the majority* behind a participle: the phrase, and the token behind it.
    pub(super) fn by_phrase(&self, end: usize) -> (Option<Range<usize>>, usize) {
        if self.parse.lower(end) != "by" {
            return (None, end);
        }
        match phrase::named_from(self.parse, end + 1, self.ceiling()) {
            // “told by email that”: a means, not a source.
            Some(phrase) if phrase.len() == 1 && self.parse.tag(phrase.start) == Tag::Noun => (None, phrase.end),
            Some(phrase) => (Some(phrase.clone()), phrase.end),
            None => (None, end),
        }
    }

    /// *it is not known who*
    fn is_impersonal(&self, start: usize) -> bool {
        start > self.floor() && self.parse.lower(start - 1) == "it"
    }
}
