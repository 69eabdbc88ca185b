//! Content that starts with a noun phrase, or lies on both sides of its cue: *accused Lund of theft*, *called the bill a
//! gift*, *prices are expected to rise*.

use std::ops::Range;

use super::{Content, Search};
use crate::analysis::form::Shape;
use crate::analysis::phrase;
use crate::analysis::quote::cue::Cue;
use crate::analysis::quote::marks::Marked;
use crate::lexicon::Frame;
use crate::tag::Tag;

/// How far behind an object its *as* or *to* may stand.
const LINK_REACH: usize = 16;

impl Search<'_> {
    /// Frames that need a noun phrase first.
    pub(super) fn with_object(&self, cue: &Cue, at: usize, hi: usize) -> Option<Content> {
        let (parse, frames) = (self.parse, cue.frames);
        let object = self.object_from(at, hi)?;
        if frames.has(Frame::PersonTo)
            && let Some(to) = self.link_ahead(object.end, hi, Self::opens_infinitive)
        {
            return self.nominal(cue, to);
        }
        let done = matches!(parse.tag(object.end), Tag::VerbParticiple | Tag::VerbGerund);
        if frames.has(Frame::AllTo) && (self.opens_infinitive(object.end) || done) {
            return self.nominal(cue, at);
        }
        let of = |s: &Self, t: usize| s.lower(t) == "of";
        if frames.has(Frame::Of)
            && (object.clone().any(|t| of(self, t)) || self.link_ahead(object.end, hi, of).is_some())
        {
            return self.nominal(cue, at);
        }
        if frames.has(Frame::As) && self.link_ahead(object.end, hi, |s, t| s.lower(t) == "as").is_some() {
            return self.naming(cue, at);
        }
        if frames.has(Frame::Call) && self.is_called(&object, hi) {
            return self.naming(cue, at);
        }
        if frames.has(Frame::Small) && at == cue.words.end && self.is_measured(cue, &object) {
            return self.nominal(cue, at);
        }
        let plain =
            frames.has(Frame::Noun) && at == cue.words.end && parse.tag(at) != Tag::Pronoun && !self.is_time(at);
        if plain { self.nominal(cue, at).map(|c| Content { bare_noun: true, ..c }) } else { None }
    }

    /// *A poll found [support slipping]*, *[Lund ahead]*, *[the share at 41 percent]*.
    fn is_measured(&self, cue: &Cue, object: &Range<usize>) -> bool {
        let measures =
            |s: &Range<usize>| s.clone().any(|t| self.parse.tag(t).is_noun() && self.word_is(t, |w| w.measures));
        let state = match self.parse.tag(object.end) {
            Tag::VerbGerund | Tag::VerbParticiple => true,
            tag => tag.is_adjective() || tag.is_adverb() && !self.parse.tag(object.end + 1).is_punctuation(),
        };
        let share =
            object.clone().any(|t| self.parse.tag(t) == Tag::Preposition && self.parse.tag(t + 1) == Tag::Number);
        (state || share) && cue.source.as_ref().is_some_and(measures)
    }

    /// The noun phrase here; *that* may be its determiner, or all of it.
    fn object_from(&self, at: usize, hi: usize) -> Option<Range<usize>> {
        if self.lower(at) == "that" && self.parse.tag(at) != Tag::DeterminerAlone {
            let noun = phrase::full_from(self.parse, at + 1, hi).filter(|p| self.parse.tag(p.start) != Tag::Pronoun);
            return Some(at..noun.map_or(at + 1, |p| p.end));
        }
        phrase::full_from(self.parse, at, hi)
    }

    fn opens_infinitive(&self, at: usize) -> bool {
        self.parse.tag(at) == Tag::To || self.lower(at) == "not" && self.parse.tag(at + 1) == Tag::To
    }

    /// The first token behind an object, over its prepositional phrases, that a test accepts.
    fn link_ahead(&self, from: usize, hi: usize, accepts: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        for at in from..hi.min(from + LINK_REACH) {
            if self.marks.around(at).is_some() {
                return None;
            }
            if accepts(self, at) {
                return Some(at);
            }
            let tag = self.parse.tag(at);
            if tag.is_finite_verb() || tag.is_punctuation() || matches!(tag, Tag::To | Tag::Subordinator) {
                return None;
            }
        }
        None
    }

    /// *the bill “a gift”*, *the bill a gift*: a name follows the object.
    fn is_called(&self, object: &Range<usize>, hi: usize) -> bool {
        let next = self.parse.tag(object.end);
        let reach = object.start..hi.min(object.end + LINK_REACH);
        let marked = self.marks.within(&reach).next().is_some_and(|n| {
            let opening = self.marks.list[n].outer.start;
            !(object.end..opening).any(|t| self.parse.tag(t).is_finite_verb() || self.parse.tag(t) == Tag::Comma)
        });
        marked && !self.is_named(&reach)
            || !marked && object.end < hi && matches!(next, Tag::Determiner | Tag::Adjective | Tag::Possessive)
    }

    /// *called it “Pepper”*: a name, not what somebody thinks of it.
    fn is_named(&self, reach: &Range<usize>) -> bool {
        let marked = self.marks.within(reach).next().map(|n| &self.marks.list[n]);
        marked.is_some_and(|m| m.inner.len() <= 3 && m.inner.clone().all(|t| self.parse.shape(t) != Shape::Lower))
    }

    /// *called the bill “a gift” on Monday*: the content ends with the marks that name the thing.
    fn naming(&self, cue: &Cue, start: usize) -> Option<Content> {
        let end = self.clause_end(cue, start, true);
        let last = self.marks.within(&(start..end)).last().map(|n| &self.marks.list[n]);
        // described the case as “… . …”: sentences, or words behind a colon, stand for themselves.
        if let Some(marked) = last.filter(|m| self.stands_alone(m)) {
            return Some(Content::quoted(vec![marked.outer.clone()]));
        }
        let end = last.map_or(end, |m| m.outer.end);
        (start < end).then(|| Content::clause(start..end))
    }

    fn stands_alone(&self, marked: &Marked) -> bool {
        let inner = marked.inner.start..marked.inner.end.saturating_sub(1);
        let behind_colon = marked.outer.start.checked_sub(1).is_some_and(|before| self.lower(before) == ":");
        behind_colon || inner.into_iter().any(|t| self.parse.tag(t) == Tag::Stop)
    }

    /// *Prices are expected to rise*: the subject and what it is expected to do.
    pub(super) fn both_sides(&self, cue: &Cue) -> Option<Content> {
        let subject = cue.source.as_ref()?;
        let of = Some(cue.words.end).filter(|&t| self.lower(t) == "of");
        let infinitive = || (cue.words.end..self.hi().min(cue.words.end + 8)).find(|&t| self.parse.tag(t) == Tag::To);
        let to = of.or_else(infinitive)?;
        let end = self.clause_end(cue, to, true);
        // “The trial, which is expected to last six weeks”
        let relative = |t: &usize| self.is_break(*t) && self.opens_relative(*t + 1) || self.opens_relative(*t);
        let first = (subject.start + 1..cue.words.start).find(relative).unwrap_or(cue.words.start);
        (subject.start < first && to < end).then(|| Content {
            pieces: vec![subject.start..first, to..end],
            quoted: false,
            bare_noun: false,
        })
    }
    /// *[Prices] allegedly [rose]*
    pub(super) fn around_adverb(&self, cue: &Cue) -> Option<Content> {
        let subject = cue.source.as_ref()?;
        let end = self.clause_end(cue, cue.words.end, false);
        (cue.words.end < end).then(|| Content {
            pieces: vec![subject.start..cue.words.start, cue.words.end..end],
            quoted: false,
            bare_noun: false,
        })
    }
}
