//! Finds reporting cues in a sentence and whose they are. What they report is for `content`.

use std::ops::Range;

use crate::analysis::phrase::{self, Found};
use crate::analysis::quote::marks::Marks;
use crate::analysis::token::{Parse, Sentence};
use crate::lexicon::{CueTable, CueWord, Frame, Frames, Lexicon};
use crate::tag::Tag;

/// What sort of word attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::analysis) enum CueKind {
    /// *said*
    Verb,
    /// *according to*
    Phrase,
    /// *her claim that*
    Noun,
    /// *are convinced*
    Adjective,
    /// *it was alleged*
    Passive,
}

/// Whose cue it is, as far as the sentence shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::analysis) enum Source {
    /// The subject before the verb.
    Subject(Found),
    /// “…,” said Nell.
    Inverted,
    /// According to Lund.
    Phrase,
    /// Her claim that.
    Owner,
    /// The main clause's: *…, adding that*.
    Main,
    /// The sentence names nobody.
    Nobody,
}

/// A cue in the text.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Cue {
    /// What sort.
    pub kind: CueKind,
    /// The words, auxiliaries included.
    pub words: Range<usize>,
    /// The phrase that stands for the source.
    pub source: Option<Range<usize>>,
    /// How that was found.
    pub how: Source,
    /// What may follow.
    pub frames: Frames,
}

impl Cue {
    /// From the first to the last token of cue and source.
    pub fn extent(&self) -> Range<usize> {
        match &self.source {
            Some(source) if self.how != Source::Main => {
                self.words.start.min(source.start)..self.words.end.max(source.end)
            }
            _ => self.words.clone(),
        }
    }
}

/// The cue words of a text's forms.
pub(in crate::analysis) struct CueForms<'l> {
    table: Vec<Option<&'l CueWord>>,
}

impl<'l> CueForms<'l> {
    /// Looks every form up once.
    pub fn of(parse: &Parse, lexicon: &'l Lexicon) -> Self {
        let cues: &'l CueTable = lexicon.cues();
        Self { table: parse.forms.map(|lower| cues.get(lower)) }
    }

    /// What a token can be as a cue.
    pub fn get(&self, parse: &Parse, token: usize) -> Option<&'l CueWord> {
        self.table.get(parse.tokens.get(token)?.form.index()).copied().flatten()
    }
}

/// The cues of a sentence that stand outside quotation marks, in order.
pub(in crate::analysis) fn find(parse: &Parse, forms: &CueForms, marks: &Marks, sentence: &Sentence) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let word = forms.get(parse, at).filter(|_| marks.around(at).is_none());
        let finder = Finder { parse, marks, sentence };
        match word.and_then(|word| finder.cue(at, word, &cues)) {
            Some(cue) => {
                at = cue.words.end.max(at + 1);
                cues.push(cue);
            }
            None => at += 1,
        }
    }
    cues
}

struct Finder<'p> {
    parse: &'p Parse,
    marks: &'p Marks,
    sentence: &'p Sentence,
}

impl Finder<'_> {
    fn cue(&self, at: usize, word: &CueWord, before: &[Cue]) -> Option<Cue> {
        if let Some(cue) = self.phrase(at, word) {
            return Some(cue);
        }
        let tag = self.parse.tag(at);
        let longer = word.longer.iter().find(|(rest, _)| self.follows(at + 1, rest));
        let (end, frames) = longer.map_or((at + 1, word.verb), |(rest, frames)| (at + 1 + rest.len(), *frames));
        if !frames.is_empty()
            && (tag.is_verb() || self.reads_as_verb(at, end, frames))
            && let Some(cue) = self.verb(at, end, frames, word, before)
        {
            return Some(cue);
        }
        if word.adjective.is_some() && self.after_copula(at) {
            return self.adjective(at);
        }
        let complement = self.is_complementizer(at + 1) && self.parse.tag(at + 1) != Tag::WhDeterminer;
        (word.noun.is_some() && tag.is_noun() && complement).then(|| self.noun(at))
    }

    fn follows(&self, at: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.parse.lower(at + i) == word)
    }

    fn floor(&self) -> usize {
        self.sentence.tokens.start
    }

    fn ceiling(&self) -> usize {
        self.sentence.tokens.end
    }

    /// *Analysts fear prices will rise*: taken for a noun, but a clause follows it.
    fn reads_as_verb(&self, at: usize, end: usize, frames: Frames) -> bool {
        let noun = matches!(self.parse.tag(at), Tag::Noun | Tag::NounPlural);
        let subject =
            at > self.floor() && matches!(self.parse.tag(at - 1), Tag::NounPlural | Tag::Pronoun | Tag::Proper);
        noun && subject
            && frames.has(Frame::That)
            && (super::content::is_clause(self.parse, end, self.ceiling())
                || self.is_complementizer(end) && self.parse.tag(at - 1) != Tag::Proper)
    }

    /// *according to the ministry*
    fn phrase(&self, at: usize, word: &CueWord) -> Option<Cue> {
        let rest = word.phrases.iter().find(|rest| self.follows(at + 1, rest) && !rest.is_empty())?;
        let end = at + 1 + rest.len();
        let source = phrase::named_from(self.parse, end, self.ceiling())?;
        Some(Cue {
            kind: CueKind::Phrase,
            words: at..end,
            source: Some(source),
            how: Source::Phrase,
            frames: Frames::default(),
        })
    }

    fn verb(&self, at: usize, end: usize, frames: Frames, word: &CueWord, before: &[Cue]) -> Option<Cue> {
        let parse = self.parse;
        let start = phrase::verb_group_start(parse, at, self.floor());
        let cue = |kind, words, source, how| Some(Cue { kind, words, source, how, frames });
        let passive = parse.tag(at) == Tag::VerbParticiple && self.has_be(start, at);
        if passive {
            let reported = word.passive && (self.is_complementizer(end) || self.is_marked(end));
            return if reported { cue(CueKind::Passive, start..end, None, Source::Nobody) } else { None };
        }
        if at > self.floor() && parse.tag(at - 1) == Tag::To {
            return self.infinitive(at, end, frames);
        }
        if let Some(source) = self.inverted(start, at, end, frames) {
            return cue(CueKind::Verb, start..end, Some(source), Source::Inverted);
        }
        match parse.tag(at) {
            Tag::VerbGerund if start == at => self.gerund(at, end, frames, before),
            Tag::VerbParticiple if start == at => self.bare_participle(at, end, frames),
            Tag::VerbBase if start == at && !self.is_bare_complement(at) => None,
            _ => {
                let (source, found) = phrase::subject(parse, start, self.clause_floor(start))?;
                cue(CueKind::Verb, start..end, Some(source), Source::Subject(found))
            }
        }
    }

    /// The subject stands after the close of a quote before the cue, not before its opening.
    fn clause_floor(&self, start: usize) -> usize {
        let after = self.marks.list.partition_point(|m| m.outer.end <= start);
        let close = after.checked_sub(1).map_or(0, |last| self.marks.list[last].outer.end);
        // A short quoted word inside the subject does not end it: the so-called “frog crowd” said.
        let close = if close > self.floor()
            && self.parse.shape(close - 2) != crate::analysis::form::Shape::Mark
            && self.parse.lower(close) != ","
        {
            self.floor().max(close.saturating_sub(12))
        } else {
            close
        };
        self.floor().max(close)
    }

    fn has_be(&self, start: usize, at: usize) -> bool {
        (start..at).any(|t| {
            matches!(self.parse.lower(t), "be" | "am" | "is" | "are" | "was" | "were" | "been" | "being" | "'re" | "'m")
                || self.parse.lower(t) == "'s" && self.parse.tag(t) == Tag::VerbThird
        })
    }

    /// *declined to say*, *went on to argue*: the subject is the governing verb's.
    fn infinitive(&self, at: usize, end: usize, frames: Frames) -> Option<Cue> {
        let parse = self.parse;
        let governor = (self.floor()..at - 1).rev().take(3).find(|&t| parse.tag(t).is_verb())?;
        let explicit = self.is_complementizer(end) || self.is_marked(end) || self.is_question(end);
        if !explicit || !frames.has(Frame::That) {
            return None;
        }
        let start = phrase::verb_group_start(parse, governor, self.floor());
        let (source, found) = phrase::subject(parse, start, self.clause_floor(start))?;
        Some(Cue { kind: CueKind::Verb, words: start..end, source: Some(source), how: Source::Subject(found), frames })
    }

    /// “…,” said Nell; said the tall man.
    fn inverted(&self, start: usize, at: usize, end: usize, frames: Frames) -> Option<Range<usize>> {
        if !frames.has(Frame::Quote)
            || start != at
            || !matches!(self.parse.tag(at), Tag::VerbPast | Tag::VerbThird | Tag::VerbParticiple | Tag::VerbPresent)
        {
            return None;
        }
        let block_start = self.parse.blocks.get(self.sentence.block).map_or(0, |b| b.start);
        let comma = at > block_start.max(self.floor()) && self.parse.lower(at - 1) == ",";
        let in_block = |n: &usize| self.marks.list[*n].block == self.sentence.block;
        let after_quote = self.marks.closing_before(at).as_ref().is_some_and(in_block)
            || comma && self.marks.closing_before(at - 1).is_some();
        if !after_quote && !comma {
            return None;
        }
        let source = phrase::named_from(self.parse, end, self.ceiling())?;
        // “…, Lund, 61, said she had won”: what follows is a clause, not the speaker.
        if !after_quote && self.parse.shape(source.end) != crate::analysis::form::Shape::Mark {
            return None;
        }
        let object =
            matches!(self.parse.lower(source.start), "him" | "her" | "them" | "me" | "us") && source.len() == 1;
        (!object).then_some(source)
    }

    /// *…, adding that*: the main clause's subject; *Speaking …, Lund said* is no cue.
    fn gerund(&self, at: usize, end: usize, frames: Frames, before: &[Cue]) -> Option<Cue> {
        let parse = self.parse;
        if self.parse.lower(at) == "according" {
            return None;
        }
        let cue = |source, how| Some(Cue { kind: CueKind::Verb, words: at..end, source, how, frames });
        if let Some(last) = before.iter().rev().find(|c| c.source.is_some()) {
            return cue(last.source.clone(), Source::Main);
        }
        if at == self.floor()
            || matches!(parse.tag(at - 1), Tag::Preposition | Tag::Determiner | Tag::Adjective | Tag::Possessive)
        {
            return None;
        }
        let main = (self.floor()..at).find(|&t| parse.tag(t).is_finite_verb())?;
        let start = phrase::verb_group_start(parse, main, self.floor());
        let (source, _) = phrase::subject(parse, start, self.clause_floor(start))?;
        cue(Some(source), Source::Main)
    }

    /// *Asked whether…, he said*; a participle after a noun reports nothing here.
    fn bare_participle(&self, at: usize, end: usize, frames: Frames) -> Option<Cue> {
        let parse = self.parse;
        let follows_noun = at > self.floor() && (parse.tag(at - 1).is_noun() || parse.tag(at - 1) == Tag::Pronoun);
        let explicit = self.is_complementizer(end) || self.is_marked(end);
        if follows_noun && (explicit || frames.has(Frame::Quote)) {
            // Taken for a participle, but it reads as the verb of its clause.
            let (source, found) = phrase::subject(parse, at, self.clause_floor(at))?;
            return Some(Cue {
                kind: CueKind::Verb,
                words: at..end,
                source: Some(source),
                how: Source::Subject(found),
                frames,
            });
        }
        let asked = at == self.floor() && frames.has(Frame::Wh);
        let by = (end..self.ceiling().min(end + 1)).find(|&t| parse.lower(t) == "by");
        let source = by.and_then(|by| phrase::full_from(parse, by + 1, self.ceiling()));
        asked.then_some(Cue { kind: CueKind::Verb, words: at..end, source, how: Source::Nobody, frames })
    }

    /// *hearing the star say she is ready*: a base form right after its subject.
    fn is_bare_complement(&self, at: usize) -> bool {
        at > self.floor() && (self.parse.tag(at - 1).is_noun() || self.parse.tag(at - 1) == Tag::Pronoun)
    }

    fn after_copula(&self, at: usize) -> bool {
        let start = (self.floor()..at).rev().take(4).find(|&t| !self.parse.tag(t).is_adverb());
        start.is_some_and(|t| {
            phrase::is_auxiliary(self.parse, t) && !matches!(self.parse.lower(t), "have" | "has" | "had")
        })
    }

    fn adjective(&self, at: usize) -> Option<Cue> {
        let copula = (self.floor()..at).rev().find(|&t| phrase::is_auxiliary(self.parse, t))?;
        let start = phrase::verb_group_start(self.parse, copula, self.floor());
        let (source, found) = phrase::subject(self.parse, start, self.clause_floor(start))?;
        let impersonal = self.parse.lower(source.start) == "it" && source.len() == 1;
        let clause = self.is_complementizer(at + 1) || super::content::is_clause(self.parse, at + 1, self.ceiling());
        (clause && !impersonal).then_some(Cue {
            kind: CueKind::Adjective,
            words: start..at + 1,
            source: Some(source),
            how: Source::Subject(found),
            frames: Frames::default(),
        })
    }

    /// *her claim that*, *Lund's fear that*, *the union's warning that*
    fn noun(&self, at: usize) -> Cue {
        let phrase = phrase::core_before(self.parse, at + 1, self.floor()).unwrap_or(at..at + 1);
        let owner = phrase.clone().find(|&t| matches!(self.parse.tag(t), Tag::Possessive | Tag::PossessiveEnding));
        let source = owner.map(|t| match self.parse.tag(t) {
            Tag::Possessive => t..t + 1,
            _ => phrase.start..t,
        });
        let how = if source.is_some() { Source::Owner } else { Source::Nobody };
        Cue { kind: CueKind::Noun, words: at..at + 1, source, how, frames: Frames::default() }
    }

    /// *that* opening a clause.
    fn is_complementizer(&self, at: usize) -> bool {
        at < self.ceiling()
            && self.parse.lower(at) == "that"
            && matches!(self.parse.tag(at), Tag::Subordinator | Tag::Preposition | Tag::WhDeterminer | Tag::Determiner)
            && !(self.parse.tag(at) == Tag::Determiner
                && self.parse.tag(at + 1).is_noun()
                && !super::content::is_clause(self.parse, at + 1, self.ceiling()))
    }

    fn is_marked(&self, at: usize) -> bool {
        self.marks.opening_at(at).is_some()
            || matches!(self.parse.lower(at), "," | ":") && self.marks.opening_at(at + 1).is_some()
    }

    fn is_question(&self, at: usize) -> bool {
        matches!(self.parse.tag(at), Tag::WhAdverb | Tag::WhPronoun | Tag::WhDeterminer)
            || matches!(self.parse.lower(at), "if" | "whether")
    }
}
