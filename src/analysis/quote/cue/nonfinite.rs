//! Infinitives, gerunds and participles as cues: *declined to say*, *adding that*, *asked whether*.

use std::ops::Range;

use super::finder::Finder;
use super::{Cue, CueKind, Source};
use crate::analysis::phrase;
use crate::analysis::quote::content::is_clause;
use crate::lexicon::{Frame, Frames};
use crate::tag::Tag;

impl Finder<'_> {
    /// *declined to say*, *went on to argue*: the subject is the governing verb's.
    pub(super) fn infinitive(&self, at: usize, end: usize, frames: Frames) -> Option<Cue> {
        let parse = self.parse;
        let governor = self.governor(at - 1, frames)?;
        let that = frames.has(Frame::That) && self.is_complementizer(end);
        let question = frames.has(Frame::Wh) && self.is_question(end);
        let bare = frames.has(Frame::Bare) && is_clause(parse, end, self.ceiling());
        let marked = frames.has(Frame::Quote) && self.is_marked(end);
        if !(that || question || bare || marked) {
            return None;
        }
        let start = phrase::verb_group_start(parse, governor, self.floor());
        let (source, found) = phrase::subject(parse, start, self.clause_floor(start))?;
        let impersonal = source.len() == 1 && parse.lower(source.start) == "it";
        let (kind, how) = (CueKind::Verb, Source::Subject(found));
        (!impersonal).then_some(Cue { kind, words: start..end, source: Some(source), how, frames, reports: true })
    }

    /// *took to Twitter to say*: a verb further off, when it leaves the infinitive to its subject.
    fn far_governor(&self, to: usize) -> Option<usize> {
        let lowest = self.floor().max(to.saturating_sub(8));
        let stops = |t: usize| self.parse.tag(t).is_verb() || self.parse.tag(t).is_punctuation();
        let verb = (lowest..to).rev().find(|&t| stops(t)).filter(|&t| self.parse.tag(t).is_finite_verb())?;
        let gives_away = self
            .forms
            .get(self.parse, verb)
            .is_some_and(|w| [Frame::AllTo, Frame::PersonTo, Frame::Of, Frame::Noun].iter().any(|&f| w.verb.has(f)));
        (!gives_away).then_some(verb)
    }

    /// The verb that an infinitive hangs on, right before its *to*; not one whose own content the infinitive is.
    fn governor(&self, to: usize, frames: Frames) -> Option<usize> {
        let passable = |t: usize| {
            self.parse.tag(t).is_adverb() || self.parse.tag(t) == Tag::Particle || self.parse.lower(t) == "on"
        };
        let near = (self.floor()..to).rev().take(3).find(|&t| !passable(t)).filter(|&t| self.parse.tag(t).is_verb());
        let governor = near.or_else(|| if frames.is_thought(Frame::That) { None } else { self.far_governor(to) })?;
        let takes_it = self.forms.get(self.parse, governor).is_some_and(|w| w.verb.has(Frame::To));
        (!(takes_it && frames.is_thought(Frame::That))).then_some(governor)
    }

    /// *…, adding that*: the main clause's subject; *a man saying that*: the noun before; *Speaking …, Lund said* is no cue.
    pub(super) fn gerund(&self, at: usize, end: usize, frames: Frames, before: &[Cue]) -> Option<Cue> {
        if self.parse.lower(at) == "according" || at == self.floor() {
            return None;
        }
        let previous = self.parse.tag(at - 1);
        if matches!(previous, Tag::Preposition | Tag::Subordinator) && self.parse.lower(at - 1) == "as" {
            return self.quoted_as(at, end, frames).or_else(|| self.object_as(at, end, frames));
        }
        // *with smiling interest*
        let describes = previous == Tag::Preposition && self.parse.tag(at + 1).is_noun();
        if describes || matches!(previous, Tag::Determiner | Tag::Adjective | Tag::Possessive | Tag::PossessiveEnding) {
            return None;
        }
        let cue = |source, how| {
            Some(Cue { kind: CueKind::Verb, words: at..end, source: Some(source), how, frames, reports: true })
        };
        // “something promising to hold onto” is no promise.
        if self.parse.lower(at - 1).ends_with("thing") && previous == Tag::Noun {
            return None;
        }
        if (previous.is_noun() || matches!(previous, Tag::Pronoun | Tag::Number | Tag::DeterminerAlone))
            && !self.is_sent(at - 1)
            && !self.forms.is(self.parse, at - 1, |w| w.time)
            && let Some(source) = phrase::full_before(self.parse, at, self.floor())
        {
            return cue(source, Source::Subject(phrase::Found::Before));
        }
        let (source, how) = self.main_source(at, before)?;
        cue(source, how)
    }

    /// *issued a statement*: something written that is the object of a verb.
    fn is_sent(&self, noun: usize) -> bool {
        let text = self.forms.is(self.parse, noun, |w| w.text);
        let phrase = phrase::core_before(self.parse, noun + 1, self.floor());
        text && phrase.and_then(|p| p.start.checked_sub(1)).is_some_and(|before| self.parse.tag(before).is_verb())
    }

    /// The source of the last cue of the sentence, else the subject of its first verb.
    fn main_source(&self, at: usize, before: &[Cue]) -> Option<(Range<usize>, Source)> {
        if let Some(source) =
            before.iter().rev().filter(|c| c.reports && !self.is_nested(c, before)).find_map(|c| c.source.clone())
        {
            return Some((source, Source::Main));
        }
        let first = |reads: fn(Tag) -> bool| (self.floor() + 1..at).find(|&t| reads(self.parse.tag(t)));
        // A past tense may have been taken for a participle.
        let main = first(Tag::is_finite_verb).or_else(|| first(|tag| tag == Tag::VerbParticiple))?;
        let start = phrase::verb_group_start(self.parse, main, self.floor());
        let (source, _) = phrase::subject(self.parse, start, self.clause_floor(start))?;
        Some((source, Source::Main))
    }

    /// *The coach hinted Smith thought so*: a cue in the clause of another, with no comma between.
    fn is_nested(&self, cue: &Cue, before: &[Cue]) -> bool {
        before.iter().any(|outer| {
            let front = cue.extent().start;
            let parted = (outer.words.end..front).any(|t| self.parse.tag(t).is_punctuation());
            outer.reports && outer.words.end <= front && !cue.is_shared() && !parted
        })
    }

    /// *was quoted by the broadcaster as saying*: the one who is quoted says it.
    fn quoted_as(&self, at: usize, end: usize, frames: Frames) -> Option<Cue> {
        let parse = self.parse;
        let lowest = self.floor().max(at.saturating_sub(12));
        let quoted = (lowest..at).rev().find(|&t| parse.tag(t) == Tag::VerbParticiple)?;
        let start = phrase::verb_group_start(parse, quoted, self.floor());
        if !self.has_be(start, quoted) {
            return None;
        }
        let (source, found) = phrase::subject(parse, start, self.clause_floor(start))?;
        let (kind, how) = (CueKind::Verb, Source::Subject(found));
        Some(Cue { kind, words: start..end, source: Some(source), how, frames, reports: true })
    }

    /// *quoted a former aide as saying*: what stands before *as* says it.
    fn object_as(&self, at: usize, end: usize, frames: Frames) -> Option<Cue> {
        let source = phrase::full_before(self.parse, at - 1, self.floor())?;
        let object = source.start.checked_sub(1).is_some_and(|before| self.parse.tag(before).is_verb());
        let (kind, how) = (CueKind::Verb, Source::Subject(phrase::Found::Before));
        let (words, source) = (at..end, Some(source));
        object.then_some(Cue { kind, words, source, how, frames, reports: true })
    }

    /// Whether a form reads as *asked* in *Asked by reporters whether …, she …*: first in its sentence or behind a comma.
    pub(super) fn is_asked(&self, at: usize, end: usize, frames: Frames) -> bool {
        let speaks_to = frames.has(Frame::Person) || frames.has(Frame::PersonTo);
        let comes_first = at == self.floor() || at == self.floor() + 1 && self.parse.lower(at - 1) == "when";
        if !speaks_to || !(comes_first || self.parse.lower(at - 1) == ",") {
            return false;
        }
        let end = end + usize::from(self.parse.tag(end).is_adverb());
        let by = self.parse.lower(end) == "by" || self.parse.lower(end) == "on";
        let question = self.is_question(end) || self.is_complementizer(end) || self.parse.lower(end) == "about";
        (by || question) && (comes_first || self.verb_behind_comma(end))
    }

    /// *Tidwell, asked whether he would stay, laughed*: behind the next comma the sentence has its verb.
    fn verb_behind_comma(&self, from: usize) -> bool {
        let comma = (from..self.ceiling()).find(|&t| self.parse.lower(t) == "," && self.marks.around(t).is_none());
        comma.is_some_and(|c| {
            let next = self.parse.tag(c + 1);
            next.is_finite_verb() || next == Tag::VerbParticiple || next.is_adverb() && self.parse.tag(c + 2).is_verb()
        })
    }

    /// Whether the clause of a verb opens with *what* or *which*.
    fn is_in_question(&self, at: usize) -> bool {
        let subject = phrase::subject(self.parse, at, self.clause_floor(at));
        subject.and_then(|(phrase, _)| phrase.start.checked_sub(1)).is_some_and(|before| self.is_question(before))
    }

    /// “…,” a spokesman said by telephone.
    fn stands_behind_quotation(&self, at: usize) -> bool {
        let subject = phrase::subject(self.parse, at, self.clause_floor(at));
        subject.is_some_and(|(phrase, _)| self.marks.closing_before(phrase.start).is_some())
    }

    /// A participle alone: what somebody was asked or told, or a past tense that was taken for a participle.
    pub(super) fn bare_participle(&self, at: usize, end: usize, frames: Frames, before: &[Cue]) -> Option<Cue> {
        if self.is_asked(at, end, frames) {
            let (source, _) = self.by_phrase(end);
            let (kind, how) = (CueKind::Participle, Source::Nobody);
            return Some(Cue { kind, words: at..end, source, how, frames, reports: true });
        }
        let after_noun = at > self.floor() && self.parse.tag(at - 1).is_noun();
        let said_it =
            frames.has(Frame::That) && (!after_noun || self.is_that_ahead(end) || self.stands_behind_quotation(at));
        if at == self.floor() || self.parse.lower(end) == "by" && !said_it {
            return None;
        }
        // “a winger nicknamed ‘the Postman’”, but “what the studio termed ‘a pause’”
        let names = frames.has(Frame::Call) || frames.has(Frame::As);
        if after_noun && names && self.is_marked(end) && !self.is_in_question(at) {
            return None;
        }
        let reads_as_past = self.is_explicit(end, frames)
            || !self.finite_after(end, 1)
            || frames.has(Frame::Quote) && self.parse.tag(end).is_punctuation();
        if reads_as_past { self.finite(at, end, frames, before) } else { None }
    }
}
