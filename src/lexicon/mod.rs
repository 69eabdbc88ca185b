//! The tables in `assets/lang/` as Rust values: what the passes know of a language. No pass has words of its own.

mod claim;
mod cue;
mod dialogue;
mod inflect;
mod people;
mod status;
pub mod threads;

use rustc_hash::FxHashSet;
use serde::Deserialize;

pub use claim::{ClaimKind, ClaimWord, ClaimWords, Class, ClassId, CueKind, Flags, Modifier, Place, Slot, Use};
pub use cue::{CueClass, CueTable, CueWord, Frame, Frames};
pub use dialogue::{DialogueTable, DialogueWeights};
pub use inflect::{Inflector, VerbForms};
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
}

/// `tokens.toml`: words that matter for cutting a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenTable {
    /// Abbreviations after which no sentence ends, lower case, without the full stop.
    before_names: FxHashSet<String>,
    /// Abbreviations that may end a sentence, lower case, without the full stop.
    abbreviations: FxHashSet<String>,
    /// Words written with an apostrophe in front, without it.
    elided: FxHashSet<String>,
    /// Words that often start a sentence.
    starters: FxHashSet<String>,
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
        }
    }

    /// Whether a word (any case, without full stop) is an abbreviation.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.tokens.before_names.contains(&lower) || self.tokens.abbreviations.contains(&lower)
    }

    /// Whether a word (any case) loses its head to an apostrophe: *em*, *tis*.
    pub fn is_elided(&self, word: &str) -> bool {
        self.tokens.elided.contains(&word.to_lowercase())
    }

    /// Whether a word (lower case) often starts a sentence.
    pub fn starts_sentences(&self, lower: &str) -> bool {
        self.tokens.starters.contains(lower)
    }

    /// Whether a sentence may end with an abbreviation (lower case, with its full stop).
    pub fn may_end_sentence(&self, lower: &str) -> bool {
        !self.tokens.before_names.contains(lower.trim_end_matches('.'))
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
