//! Finds reporting cues in a sentence and whose they are. What they report is for `content`.

mod finder;
mod nonfinite;
mod passive;
mod verb;

use std::ops::Range;

use crate::analysis::phrase::Found;
use crate::analysis::quote::marks::Marks;
use crate::analysis::token::{Parse, Sentence};
use crate::lexicon::{CueTable, CueWord, Frames, Lexicon};
use finder::Finder;

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
    /// *it was alleged*, *she was told*, *word is*
    Passive,
    /// *asked whether …, she …*: what somebody was asked or told.
    Participle,
    /// *prices [allegedly] rose*: the clause around it.
    Adverb,
    /// *prices [are expected] to rise*: the content stands on both sides.
    Raising,
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
    /// Whether anything it could report stands near it.
    pub reports: bool,
}

impl Cue {
    /// From the first to the last token of cue and source, where they stand together.
    pub fn extent(&self) -> Range<usize> {
        match &self.source {
            Some(source) if !self.is_apart() => self.words.start.min(source.start)..self.words.end.max(source.end),
            _ => self.words.clone(),
        }
    }

    /// Whether the source stands in another clause or behind the content.
    fn is_apart(&self) -> bool {
        matches!(self.how, Source::Main | Source::Nobody | Source::Subject(Found::Shared))
    }

    /// Whether the cue leans on the subject of an earlier verb.
    pub fn is_shared(&self) -> bool {
        self.how == Source::Subject(Found::Shared)
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

    /// Whether a token's word has a property.
    pub fn is(&self, parse: &Parse, token: usize, property: fn(&CueWord) -> bool) -> bool {
        self.get(parse, token).is_some_and(property)
    }
}

/// The cues of a sentence that stand outside quotation marks, in order.
pub(in crate::analysis) fn find(parse: &Parse, forms: &CueForms, marks: &Marks, sentence: &Sentence) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let finder = Finder { parse, marks, sentence, forms };
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let word = forms.get(parse, at).filter(|_| marks.around(at).is_none());
        match word.and_then(|word| finder.cue(at, word, &cues)) {
            Some(cue) => {
                at = cue.words.end.max(at + 1);
                let reports = finder.reports(&cue, &cues);
                cues.push(Cue { reports, ..cue });
            }
            None => at += 1,
        }
    }
    cues
}
