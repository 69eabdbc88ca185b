//! Verbs of saying in a sentence, with the helping verb and the particle that belong to them, and their subjects.

use std::ops::Range;

use super::Ground;
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::quote::cue::Source;
use crate::analysis::quote::marks::Marks;
use crate::lexicon::{Number, Saying, Takes, WordKind};
use crate::tag::Tag;

/// How far a particle or a participle stands from its verb, in tokens.
const REACH: usize = 30;

/// A verb of saying in its clause.
#[derive(Clone, Debug)]
pub(super) struct Verb {
    /// The words to show.
    pub words: Range<usize>,
    /// The token with the ending: the verb itself, or its helping verb.
    pub finite: usize,
    /// What may follow.
    pub takes: Vec<Takes>,
    /// Whether several say it.
    pub many: bool,
    /// Whether nobody says it.
    pub impersonal: bool,
    /// Where the particle ends, else the verb.
    pub end: usize,
    /// Where its clause begins.
    pub floor: usize,
    /// Whether the verb stands at the end of its clause.
    pub last: bool,
}

impl Verb {
    /// Whether something may follow it.
    pub fn takes(&self, what: Takes) -> bool {
        self.takes.contains(&what)
    }
}

impl Ground<'_> {
    /// The start of the clause that a token is in: behind the last mark outside quotations.
    pub(super) fn floor(self, marks: &Marks, at: usize, start: usize) -> usize {
        let bound = |t: usize| {
            let shape = self.parse.shape(t) == Shape::Mark && self.parse.tag(t) != Tag::Symbol;
            shape || marks.around(t).is_some()
        };
        (start..at).rev().find(|&t| bound(t)).map_or(start, |t| t + 1)
    }

    /// The end of the clause that a token is in.
    pub(super) fn ceiling(self, marks: &Marks, at: usize, end: usize) -> usize {
        let bound = |t: &usize| self.parse.shape(*t) == Shape::Mark || marks.around(*t).is_some();
        (at..end).find(bound).unwrap_or(end)
    }

    /// The verb of saying at a token, if it is one there.
    pub(super) fn verb(self, marks: &Marks, at: usize, sentence: &Range<usize>) -> Option<Verb> {
        let sayings = self.forms.sayings(self.parse, at);
        if sayings.is_empty() || marks.around(at).is_some() || !self.parse.tag(at).is_verb() {
            return None;
        }
        let floor = self.floor(marks, at, sentence.start);
        let ceiling = self.ceiling(marks, at + 1, sentence.end);
        // A verb with a particle tells more than the same verb without.
        let with = sayings.iter().filter(|s| !s.particle.is_empty()).find_map(|s| {
            let end = self.particle(&s.particle, at + 1, ceiling.max(self.far(marks, at, sentence.end)))?;
            Some((s, end))
        });
        let plain = || sayings.iter().filter(|s| s.particle.is_empty());
        let has = self.helper(at, floor);
        let (saying, end) = if let Some(found) = with {
            found
        } else {
            let wanted = |s: &&Saying| (s.number == Number::Participle) == has.is_some();
            (plain().find(wanted)?, at + 1)
        };
        let finite = if saying.number == Number::Participle { has? } else { at };
        let mut takes = saying.takes.clone();
        let same = |s: &&Saying| s.particle == saying.particle && s.number == saying.number;
        takes.extend(sayings.iter().filter(same).flat_map(|s| s.takes.iter().copied()));
        let words = if finite + 1 == at { finite..at + 1 } else { at..at + 1 };
        Some(Verb {
            words,
            finite,
            takes,
            many: saying.number == Number::Many,
            impersonal: saying.impersonal,
            end,
            floor,
            last: at + 1 == ceiling && finite == at,
        })
    }

    /// A few tokens on, over insertions, for the particle of a verb whose clause is interrupted.
    fn far(self, marks: &Marks, at: usize, end: usize) -> usize {
        let stop = |t: &usize| matches!(self.parse.lower(*t), ":" | "." | ";") || marks.around(*t).is_some();
        (at + 1..end.min(at + REACH)).find(stop).unwrap_or_else(|| end.min(at + REACH))
    }

    /// Where the particle of a verb ends.
    fn particle(self, words: &[String], from: usize, end: usize) -> Option<usize> {
        let at =
            |t: usize| words.iter().enumerate().all(|(i, w)| self.parse.lower(t + i) == w) && t + words.len() <= end;
        // It ends its clause.
        let closes = |t: usize| t >= self.parse.tokens.len() || self.parse.shape(t) == Shape::Mark;
        (from..end).find(|&t| at(t) && closes(t + words.len())).map(|t| t + words.len())
    }

    /// The helping verb of a participle.
    fn helper(self, participle: usize, floor: usize) -> Option<usize> {
        let helps = |&t: &usize| self.forms.kind(self.parse, t) == Some(WordKind::Auxiliary);
        (floor.max(participle.saturating_sub(REACH))..participle).rev().find(helps)
    }

    /// Who does what a verb tells.
    pub(super) fn subject(self, verb: &Verb, marks: &Marks, sentence: &Range<usize>) -> Option<(Range<usize>, Source)> {
        if verb.impersonal {
            return None;
        }
        if let Some(found) = self.before(verb.finite, verb.floor) {
            return Some(found);
        }
        // Die Zeitschrift „Takt“ schrieb
        if verb.finite == verb.floor
            && let Some(number) = marks.closing_before(verb.floor)
        {
            let marked = &marks.list[number].outer;
            let floor = self.floor(marks, marked.start, sentence.start);
            if let Some(named) = self.phrase(floor, marked.start).filter(|p| p.end == marked.start && self.acts(p)) {
                return Some((named.start..marked.end, Source::Subject(Found::Before)));
            }
        }
        // A clause that was interrupted: Holm, die den Hafen leitet, sagte.
        if verb.finite == verb.floor && verb.floor > sentence.start {
            let outside = (sentence.start..verb.finite).all(|t| marks.around(t).is_none());
            let found = if outside { self.before(verb.finite, sentence.start) } else { None };
            if found.is_some() {
                return found;
            }
        }
        let ceiling = self.ceiling(marks, verb.finite + 1, sentence.end);
        let from = if verb.words.start == verb.finite { verb.words.end } else { verb.finite + 1 };
        let phrase = self.behind(from, ceiling)?;
        Some((phrase, Source::Inverted))
    }
}
