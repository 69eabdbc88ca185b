//! Small words, endings and quotation marks of a language.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// What part of speech a small word is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordKind {
    /// *the*, *a*
    Determiner,
    /// *his*
    Possessive,
    /// *he*
    Pronoun,
    /// *in*
    Preposition,
    /// *and*
    Coordinator,
    /// *because*
    Subordinator,
    /// *who*, *which*
    Relative,
    /// *then*
    Adverb,
    /// A form of *have* or *be* that goes with a participle.
    Auxiliary,
    /// Another verb form with an ending of its own.
    Finite,
    /// *go*, *to go*
    Infinitive,
    /// *two*
    Number,
    /// *yes*, *oh*
    Interjection,
}

/// A pair of quotation marks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkPair {
    /// What opens.
    pub open: String,
    /// What closes it.
    pub close: Vec<String>,
    /// Whether it opens wherever it stands; other marks only before a word, with nothing but space before.
    #[serde(default)]
    pub always: bool,
    /// Whether it may also be something else, so that it opens nothing where nothing closes it.
    #[serde(default)]
    pub weak: bool,
}

/// Words of several letters that end alike.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// What they are.
    pub kind: WordKind,
    /// How they end.
    pub ends: Vec<String>,
}

/// `grammar.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GrammarFile {
    large_nouns: bool,
    words: FxHashMap<WordKind, Vec<String>>,
    endings: Vec<Ending>,
    marks: Vec<MarkPair>,
    dashes: FxHashSet<String>,
    owners: FxHashSet<String>,
    oblique: FxHashSet<String>,
    joins: FxHashSet<String>,
    between: FxHashSet<String>,
    several: FxHashSet<String>,
    stories: FxHashSet<String>,
    reports: FxHashSet<String>,
    name_endings: Vec<String>,
    reported: FxHashSet<String>,
    unreal: FxHashSet<String>,
}

/// The small words of a language, its endings and its quotation marks.
#[derive(Debug)]
pub struct Grammar {
    /// Whether common nouns are written large.
    pub large_nouns: bool,
    words: FxHashMap<String, WordKind>,
    endings: Vec<Ending>,
    /// The quotation marks.
    pub marks: Vec<MarkPair>,
    /// What opens a turn of dialogue at the head of a paragraph.
    pub dashes: FxHashSet<String>,
    /// Determiners that join an owner to the noun before them.
    pub owners: FxHashSet<String>,
    /// Words that never open the subject of a clause.
    pub oblique: FxHashSet<String>,
    /// Prepositions that join more to the noun before them.
    pub joins: FxHashSet<String>,
    /// What may stand between a verb and its subject.
    pub between: FxHashSet<String>,
    /// Pronouns that are of several people when the verb is.
    pub several: FxHashSet<String>,
    /// Words by which a story is told.
    pub stories: FxHashSet<String>,
    /// Words by which a report is told.
    pub reports: FxHashSet<String>,
    /// What a name may have at its end.
    pub name_endings: Vec<String>,
    /// Verb forms that say that somebody else says so.
    pub reported: FxHashSet<String>,
    /// Verb forms that say so in a clause that hangs on a verb of saying.
    pub unreal: FxHashSet<String>,
}

impl Grammar {
    /// Reads `grammar.toml`.
    pub(super) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: GrammarFile = toml::from_str(text)?;
        let mut words = FxHashMap::default();
        for (kind, list) in file.words {
            for word in list {
                let other = words.insert(word.clone(), kind);
                if let Some(other) = other {
                    return Err(serde::de::Error::custom(format!("“{word}” is listed as {other:?} and as {kind:?}")));
                }
            }
        }
        Ok(Self {
            large_nouns: file.large_nouns,
            words,
            endings: file.endings,
            marks: file.marks,
            dashes: file.dashes,
            owners: file.owners,
            oblique: file.oblique,
            joins: file.joins,
            between: file.between,
            several: file.several,
            stories: file.stories,
            reports: file.reports,
            name_endings: file.name_endings,
            reported: file.reported,
            unreal: file.unreal,
        })
    }

    /// What a small word (lower case) is.
    pub fn word(&self, lower: &str) -> Option<WordKind> {
        self.words.get(lower).copied()
    }

    /// What the ending of a word tells; endings further up in the list come first.
    pub fn by_ending(&self, lower: &str) -> Option<WordKind> {
        let fits = |e: &&Ending| e.ends.iter().any(|end| lower.len() > end.len() + 1 && lower.ends_with(end.as_str()));
        self.endings.iter().find(fits).map(|e| e.kind)
    }
}
