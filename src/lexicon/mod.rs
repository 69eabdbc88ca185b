//! The tables in `assets/lang/` as Rust values: what the passes know of a language. No pass has words of its own.

mod claim;
mod cue;
mod dialogue;
mod inflect;
mod language;
mod people;
mod status;
pub mod threads;

use rustc_hash::FxHashSet;
use serde::Deserialize;

pub use claim::{ClaimKind, ClaimWord, ClaimWords, Class, ClassId, CueKind, Flags, Modifier, Place, Slot, Use};
pub use cue::{CueClass, CueTable, CueWord, Frame, Frames};
pub use dialogue::{DialogueTable, DialogueWeights};
pub use inflect::{Inflector, VerbForms};
pub use language::{
    Clause, Construction, Grammar, Language, LanguageCode, Languages, MarkPair, Number, Reading, Saying, SourcePhrase,
    Speech, Takes, WordKind,
};
pub use people::{PeopleTable, PersonWord};
pub use status::{Kind, Standing, StatusPhrase, StatusTable};

use crate::tag::Tagger;

/// All that is known of one language.
#[derive(Debug)]
pub struct Lexicon {
    tokens: TokenTable,
    inflector: Inflector,
    tagger: Tagger,
    cues: CueTable,
    people: PeopleTable,
    dialogue: DialogueTable,
    statuses: StatusTable,
    claims: ClaimWords,
    languages: Languages,
    reading: Reading,
}

/// `tokens.toml`: words that matter for cutting a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenTable {
    /// Abbreviations after which no sentence ends, lower case, without the full stop.
    before_names: FxHashSet<String>,
    /// Abbreviations that may end a sentence, lower case, without the full stop.
    abbreviations: FxHashSet<String>,
    /// Words written with an apostrophe in front, without it.
    elided: FxHashSet<String>,
    /// Words that often start a sentence.
    starters: FxHashSet<String>,
    /// What a word is cut behind: *l'* + *eau*. Lower case, straight apostrophe.
    #[serde(default)]
    heads: Vec<String>,
    /// What a word is cut before: *dit* + *-elle*. Lower case, straight apostrophe.
    #[serde(default)]
    tails: Vec<String>,
}

impl TokenTable {
    /// Whether a word (any case, without full stop) is an abbreviation.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.before_names.contains(&lower) || self.abbreviations.contains(&lower)
    }

    /// Whether a word (any case) loses its head to an apostrophe: *em*, *tis*.
    pub fn is_elided(&self, word: &str) -> bool {
        self.elided.contains(&word.to_lowercase())
    }

    /// Whether a word (lower case) often starts a sentence.
    pub fn starts_sentences(&self, lower: &str) -> bool {
        self.starters.contains(lower)
    }

    /// Whether a sentence may end with an abbreviation (lower case, with its full stop).
    pub fn may_end_sentence(&self, lower: &str) -> bool {
        !self.before_names.contains(lower.trim_end_matches('.'))
    }

    /// Where a word is cut in two by the language's own habits, in bytes.
    pub fn cut(&self, word: &str) -> Option<usize> {
        if self.heads.is_empty() && self.tails.is_empty() {
            return None;
        }
        let tail = |t: &&String| {
            let start = word.len().checked_sub(t.len()).filter(|&s| s > 0 && word.is_char_boundary(s));
            start.and_then(|s| word.get(s..)).is_some_and(|end| end.eq_ignore_ascii_case(t))
        };
        let head = |h: &&String| same_head(word, h);
        let tail = self.tails.iter().find(tail).map(|t| word.len() - t.len());
        tail.or_else(|| self.heads.iter().find_map(|h| head(&h)))
    }
}

/// The length of the head of a word, in bytes, when more follows; a curly apostrophe is as good as a straight one.
fn same_head(word: &str, head: &str) -> Option<usize> {
    let mut rest = word.char_indices();
    for wanted in head.chars() {
        let (_, c) = rest.next()?;
        if !(c.eq_ignore_ascii_case(&wanted) || wanted == '\'' && c == '’') {
            return None;
        }
    }
    rest.next().map(|(at, _)| at)
}

impl Lexicon {
    /// The English tables that come with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english() -> Self {
        let tokens = toml::from_str(include_str!("../../assets/lang/en/tokens.toml")).expect("embedded and tested");
        let inflector = Inflector::english();
        let cues = CueTable::english(&inflector);
        let statuses = StatusTable::english(&inflector);
        let claims = ClaimWords::english(&inflector);
        let dialogue = DialogueTable::embedded();
        Self {
            tokens,
            inflector,
            tagger: Tagger::embedded(),
            cues,
            people: PeopleTable::english(),
            dialogue,
            statuses,
            claims,
            languages: Languages::default(),
            reading: Reading::Auto,
        }
    }

    /// Words that matter for cutting a text.
    pub fn tokens(&self) -> &TokenTable {
        &self.tokens
    }

    /// The language to read a text in, when it is not English: the one asked for, else the one that the text shows.
    pub fn second(&self, text: &str) -> Option<&Language> {
        match self.reading {
            Reading::Auto => self.languages.shown_by(text),
            Reading::In(code) => self.languages.get(code),
        }
    }

    /// The languages.
    pub fn languages(&self) -> &Languages {
        &self.languages
    }

    /// Reads every text in one language, or in the one it shows.
    #[must_use]
    pub fn reading(mut self, reading: Reading) -> Self {
        self.reading = reading;
        self
    }

    /// Verb and noun forms.
    pub fn inflector(&self) -> &Inflector {
        &self.inflector
    }

    /// Parts of speech.
    pub fn tagger(&self) -> &Tagger {
        &self.tagger
    }

    /// Reporting cues.
    pub fn cues(&self) -> &CueTable {
        &self.cues
    }

    /// Words that tell of people.
    pub fn people(&self) -> &PeopleTable {
        &self.people
    }

    /// How much each hint about a speaker weighs.
    pub fn dialogue(&self) -> &DialogueTable {
        &self.dialogue
    }

    /// Words that tell how a thread stands.
    pub fn statuses(&self) -> &StatusTable {
        &self.statuses
    }

    /// Words that govern or colour claims.
    pub fn claims(&self) -> &ClaimWords {
        &self.claims
    }
}
