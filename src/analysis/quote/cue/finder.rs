//! Tries a word as a cue: as a phrase that attributes, a verb, an adjective, a noun.

use super::{Cue, CueForms, CueKind, Source};
use crate::analysis::form::Shape;
use crate::analysis::phrase;
use crate::analysis::quote::content::{is_clause, that_ahead};
use crate::analysis::quote::marks::Marks;
use crate::analysis::token::{Parse, Sentence};
use crate::lexicon::{CueWord, Frame, Frames};
use crate::tag::Tag;

/// Looks at the words of one sentence.
pub(super) struct Finder<'p> {
    pub parse: &'p Parse,
    pub marks: &'p Marks,
    pub sentence: &'p Sentence,
    pub forms: &'p CueForms<'p>,
}

impl Finder<'_> {
    /// The cue that a word is here, if it is one.
    pub fn cue(&self, at: usize, word: &CueWord, before: &[Cue]) -> Option<Cue> {
        if let Some(cue) = self.phrase(at, word).or_else(|| self.impersonal(at, word)) {
            return Some(cue);
        }
        if word.adverb {
            return self.adverb(at);
        }
        let longer = word.longer.iter().find(|(rest, _)| self.follows(at + 1, rest));
        let (end, frames) = longer.map_or((at + 1, word.verb), |(rest, frames)| (at + 1 + rest.len(), *frames));
        if !(frames.is_empty() && word.passive.is_empty())
            && let Some(cue) = self.verb(at, end, frames, word, before)
        {
            return Some(cue);
        }
        if !word.adjective.is_empty() && self.after_copula(at) {
            return self.adjective(at, word);
        }
        if word.noun.is_empty() || !self.parse.tag(at).is_noun() {
            return None;
        }
        self.noun(at, word, before)
    }

    pub fn follows(&self, at: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.parse.lower(at + i) == word)
    }

    pub fn floor(&self) -> usize {
        self.sentence.tokens.start
    }

    pub fn ceiling(&self) -> usize {
        self.sentence.tokens.end
    }

    /// *according to the ministry*
    fn phrase(&self, at: usize, word: &CueWord) -> Option<Cue> {
        let rest = word.phrases.iter().find(|rest| self.follows(at + 1, rest) && !rest.is_empty())?;
        let end = at + 1 + rest.len();
        let source = phrase::named_from(self.parse, end, self.ceiling())?;
        let (kind, how) = (CueKind::Phrase, Source::Phrase);
        Some(Cue { kind, words: at..end, source: Some(source), how, frames: Frames::default(), reports: true })
    }

    /// *Prices have allegedly risen*
    fn adverb(&self, at: usize) -> Option<Cue> {
        let verb = (at + 1..self.ceiling()).find(|&t| !self.parse.tag(t).is_adverb())?;
        let auxiliary = at > self.floor() && phrase::is_auxiliary(self.parse, at - 1);
        if !(self.parse.tag(verb).is_finite_verb() || auxiliary && self.parse.tag(verb).is_verb()) {
            return None;
        }
        let start = if auxiliary { phrase::verb_group_start(self.parse, at - 1, self.floor()) } else { at };
        let (subject, found) = phrase::subject(self.parse, start, self.clause_floor(start))?;
        let (kind, how) = (CueKind::Adverb, Source::Nobody);
        let own = matches!(found, phrase::Found::Before | phrase::Found::Apposition) && subject.start < at;
        let cue =
            Cue { kind, words: at..at + 1, source: Some(subject), how, frames: Frames::default(), reports: false };
        own.then_some(cue)
    }

    /// *word is that*, *legend has it that*
    fn impersonal(&self, at: usize, word: &CueWord) -> Option<Cue> {
        let rest = word.impersonal.iter().find(|rest| self.follows(at + 1, rest) && !rest.is_empty())?;
        let end = at + 1 + rest.len();
        let opens = at == self.floor() || self.parse.tag(at - 1).is_punctuation() || self.parse.lower(at - 1) == "the";
        (opens && self.is_complementizer(end)).then(|| Self::sourceless(at, end))
    }

    /// A cue that names nobody, with its clause behind it.
    pub fn sourceless(start: usize, end: usize) -> Cue {
        let (kind, how) = (CueKind::Passive, Source::Nobody);
        Cue { kind, words: start..end, source: None, how, frames: Frames::default(), reports: true }
    }

    fn after_copula(&self, at: usize) -> bool {
        let start = (self.floor()..at).rev().take(4).find(|&t| !self.parse.tag(t).is_adverb());
        start.is_some_and(|t| {
            phrase::is_auxiliary(self.parse, t) && !matches!(self.parse.lower(t), "have" | "has" | "had")
        })
    }

    fn adjective(&self, at: usize, word: &CueWord) -> Option<Cue> {
        let copula = (self.floor()..at).rev().find(|&t| phrase::is_auxiliary(self.parse, t))?;
        let start = phrase::verb_group_start(self.parse, copula, self.floor());
        let (source, found) = phrase::subject(self.parse, start, self.clause_floor(start))?;
        let impersonal = self.parse.lower(source.start) == "it" && source.len() == 1;
        // “it is unclear who fired”
        if impersonal && self.is_question(at + 1) {
            return Some(Self::sourceless(start, at + 1));
        }
        let that = word.adjective.has(Frame::That);
        let clause = that && (self.is_complementizer(at + 1) || is_clause(self.parse, at + 1, self.ceiling()));
        let infinitive = word.adjective.has(Frame::To)
            && self.parse.tag(at + 1) == Tag::To
            && self.parse.tag(at + 2) == Tag::VerbBase;
        let (kind, how) = (CueKind::Adjective, Source::Subject(found));
        ((clause || infinitive) && !impersonal).then_some(Cue {
            kind,
            words: start..at + 1,
            source: Some(source),
            how,
            frames: Frames::default(),
            reports: true,
        })
    }

    /// *her claim that*, *Lund's fear that*, *the union's refusal to*
    fn noun(&self, at: usize, word: &CueWord, before: &[Cue]) -> Option<Cue> {
        let phrase = phrase::core_before(self.parse, at + 1, self.floor()).unwrap_or(at..at + 1);
        if self.is_manner(&phrase, before) {
            return None;
        }
        let owner = phrase.clone().find(|&t| matches!(self.parse.tag(t), Tag::Possessive | Tag::PossessiveEnding));
        let that =
            word.noun.has(Frame::That) && self.is_complementizer(at + 1) && self.parse.tag(at + 1) != Tag::WhDeterminer;
        if !that
            && word.noun.has(Frame::That)
            && let Some(end) = self.copula_ahead(at + 1)
        {
            let source = owner.map(|t| self.owner_phrase(t, phrase.start));
            let how = if source.is_some() { Source::Owner } else { Source::Nobody };
            let (kind, frames) = (CueKind::Passive, Frames::default());
            return Some(Cue { kind, words: at..end, source, how, frames, reports: true });
        }
        let to = word.noun.has(Frame::To)
            && owner.is_some()
            && self.parse.tag(at + 1) == Tag::To
            && self.parse.tag(at + 2) == Tag::VerbBase;
        if !that && !to {
            return None;
        }
        let source = owner.map(|t| self.owner_phrase(t, phrase.start));
        let how = if source.is_some() { Source::Owner } else { Source::Nobody };
        Some(Cue { kind: CueKind::Noun, words: at..at + 1, source, how, frames: word.noun, reports: true })
    }

    /// *said [in a statement] that*: where something was said, behind a verb that takes the clause.
    fn is_manner(&self, phrase: &std::ops::Range<usize>, before: &[Cue]) -> bool {
        let linked = phrase.start.checked_sub(1).filter(|&p| self.parse.tag(p) == Tag::Preposition);
        let (Some(link), Some(verb)) = (linked, before.last()) else { return false };
        let passable = |t: usize| {
            let tag = self.parse.tag(t);
            tag.is_noun()
                || tag.is_adverb()
                || tag.is_adjective()
                || tag == Tag::Pronoun
                || matches!(tag, Tag::Preposition | Tag::Determiner | Tag::Possessive | Tag::Number)
        };
        let near = verb.words.end <= link && (verb.words.end..link).all(passable);
        let takes_it = verb.kind == CueKind::Verb && verb.frames.has(Frame::That) && verb.reports;
        near && takes_it && self.parse.lower(phrase.end) == "that"
    }

    /// *her*, or what stands before *'s*.
    fn owner_phrase(&self, owner: usize, start: usize) -> std::ops::Range<usize> {
        if self.parse.tag(owner) == Tag::Possessive { owner..owner + 1 } else { start..owner }
    }

    /// *her theory is that*, *the feeling in the village was that*: the token of *that* behind a form of *be*.
    fn copula_ahead(&self, from: usize) -> Option<usize> {
        let passable = |t: usize| {
            let tag = self.parse.tag(t);
            tag.is_noun() || tag.is_adjective() || tag.is_adverb() || matches!(tag, Tag::Preposition | Tag::Determiner)
        };
        let verb = (from..self.ceiling().min(from + 7)).find(|&t| !passable(t))?;
        let copula = matches!(self.parse.lower(verb), "is" | "was" | "remains");
        (copula && self.is_complementizer(verb + 1)).then_some(verb + 1)
    }

    /// The subject stands after the close of a quote before the cue, not before its opening.
    pub fn clause_floor(&self, start: usize) -> usize {
        let after = self.marks.list.partition_point(|m| m.outer.end <= start);
        let close = after.checked_sub(1).map_or(0, |last| self.marks.list[last].outer.end);
        // A short quoted word inside the subject does not end it: the so-called “frog crowd” said.
        let inserted = close == start && self.parse.lower(close.saturating_sub(2)) == ",";
        let close = if inserted {
            // Lund, known as “the Duke,” said: the marks end an insertion.
            self.floor()
        } else if close > self.floor()
            && self.parse.shape(close.saturating_sub(2)) != Shape::Mark
            && self.parse.lower(close) != ","
        {
            self.floor().max(close.saturating_sub(12))
        } else {
            close
        };
        self.floor().max(close)
    }

    /// *that* opening a clause.
    pub fn is_complementizer(&self, at: usize) -> bool {
        at < self.ceiling()
            && self.parse.lower(at) == "that"
            && matches!(self.parse.tag(at), Tag::Subordinator | Tag::Preposition | Tag::WhDeterminer | Tag::Determiner)
            && !(self.parse.tag(at) == Tag::Determiner
                && self.parse.tag(at + 1).is_noun()
                && !is_clause(self.parse, at + 1, self.ceiling()))
    }

    /// A *that* opens a clause here or behind circumstances: *warned in a note to staff that*.
    pub fn is_that_ahead(&self, end: usize) -> bool {
        self.is_complementizer(end) || that_ahead(self.parse, self.marks, end, self.ceiling()).is_some()
    }

    pub fn is_marked(&self, at: usize) -> bool {
        self.marks.opening_at(at).is_some()
            || matches!(self.parse.lower(at), "," | ":") && self.marks.opening_at(at + 1).is_some()
    }

    pub fn is_question(&self, at: usize) -> bool {
        matches!(self.parse.tag(at), Tag::WhAdverb | Tag::WhPronoun | Tag::WhDeterminer)
            || matches!(self.parse.lower(at), "if" | "whether")
    }
}
