//! Words that tell how a plot thread stands.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Inflector;

/// What a word or phrase says of a thread in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Unresolved.
    Open,
    /// Something happened.
    Advanced,
    /// It ended.
    Resolved,
}

/// What a thread is, as far as it matters for reading its name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Kind {
    /// A character: *she* may stand for it, and a title may come with the name.
    Person,
    /// A place: nobody is meant by *Mr Hallow*, and there is only one.
    Place,
    /// A game, a thing, an office, a sum: it may have a plural.
    Thing,
    /// The reader did not say.
    #[default]
    Unknown,
}

impl Kind {
    /// Whether the name may be somebody's.
    pub fn may_be_person(self) -> bool {
        matches!(self, Kind::Person | Kind::Unknown)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    open: Group,
    advanced: Group,
    resolved: Group,
    words: Words,
    kinds: Kinds,
    suggested: Suggested,
}

/// Small words that turn what the others say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    negations: FxHashSet<String>,
    hedges: FxHashSet<String>,
    missing: FxHashSet<String>,
    back: FxHashSet<String>,
}

/// What stories and reports leave open.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggested {
    nouns: Vec<String>,
    examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    person: FxHashSet<String>,
    place: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    strong: Vec<String>,
    medium: Vec<String>,
    weak: Vec<String>,
    examples: Vec<String>,
}

/// A phrase and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusPhrase {
    /// The words behind the first.
    pub rest: Vec<String>,
    /// What it says.
    pub standing: Standing,
    /// How much it says: 3, 2 or 1.
    pub weight: u8,
    /// Whether it is a verb in its base form, which as an adjective means something else: *close*.
    pub base: bool,
}

impl StatusPhrase {
    /// Whether it needs no thread for its subject or object: *unresolved*, not *approved*.
    pub fn says_itself(&self) -> bool {
        self.weight != 2 || self.standing == Standing::Open
    }
}

/// All such words by their first word.
#[derive(Debug)]
pub struct StatusTable {
    phrases: FxHashMap<String, Vec<StatusPhrase>>,
    examples: Vec<String>,
    words: Words,
    kinds: Kinds,
    /// Singular by singular and plural.
    matters: FxHashMap<String, String>,
    suggestions: Vec<String>,
}

impl StatusTable {
    /// The English table that comes with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english(inflector: &Inflector) -> Self {
        let file: File = toml::from_str(include_str!("../../assets/lang/en/status.toml")).expect("embedded and tested");
        let (phrases, examples) = (FxHashMap::default(), Vec::new());
        let forms = |noun: &String| [(noun.clone(), noun.clone()), (inflector.plural(noun), noun.clone())];
        let mut table = StatusTable {
            phrases,
            examples,
            words: file.words,
            kinds: file.kinds,
            matters: file.suggested.nouns.iter().flat_map(forms).collect(),
            suggestions: file.suggested.examples,
        };
        for (group, standing) in
            [(file.open, Standing::Open), (file.advanced, Standing::Advanced), (file.resolved, Standing::Resolved)]
        {
            for (words, weight) in [(&group.strong, 3), (&group.weak, 1)] {
                for phrase in words {
                    table.add(phrase, standing, weight, false);
                }
            }
            for word in &group.medium {
                // Verbs stand in their base form; words of `open` are listed as they are.
                table.add(word, standing, 2, standing != Standing::Open);
                if standing != Standing::Open {
                    inflector.verb(word).all().for_each(|form| table.add(form, standing, 2, false));
                }
            }
            table.examples.extend(group.examples);
        }
        // The longest phrase first.
        table.phrases.values_mut().for_each(|list| list.sort_by_key(|p| std::cmp::Reverse(p.rest.len())));
        table
    }

    fn add(&mut self, phrase: &str, standing: Standing, weight: u8, base: bool) {
        let mut words = phrase.split(' ').map(str::to_owned);
        let first = words.next().unwrap_or_default();
        let phrase = StatusPhrase { rest: words.collect(), standing, weight, base };
        let list = self.phrases.entry(first).or_default();
        if !list.iter().any(|p| p.rest == phrase.rest && p.standing == standing) {
            list.push(phrase);
        }
    }

    /// The phrases that start with a lower-case word, the longest first.
    pub fn get(&self, lower: &str) -> &[StatusPhrase] {
        self.phrases.get(lower).map_or(&[], Vec::as_slice)
    }

    /// Example sentences with the status they give, parted by `=>`.
    pub fn examples(&self) -> &[String] {
        &self.examples
    }

    /// The singular of a lower-case noun for what stories and reports leave open.
    pub fn matter(&self, lower: &str) -> Option<&str> {
        self.matters.get(lower).map(String::as_str)
    }

    /// Texts with the threads they suggest, parted by `=>`; `-` for none.
    pub fn suggestions(&self) -> &[String] {
        &self.suggestions
    }

    /// Whether a lower-case word denies what follows.
    pub fn negates(&self, lower: &str) -> bool {
        self.words.negations.contains(lower)
    }

    /// Whether a lower-case word leaves open what follows.
    pub fn hedges(&self, lower: &str) -> bool {
        self.words.hedges.contains(lower)
    }

    /// Whether a determiner says that there is none: *no budget*.
    pub fn is_missing(&self, lower: &str) -> bool {
        self.words.missing.contains(lower)
    }

    /// Whether a sentence that starts so speaks of the one before.
    pub fn refers_back(&self, lower: &str) -> bool {
        self.words.back.contains(lower)
    }

    /// What a thread is, by the reader's word for it.
    pub fn kind(&self, word: Option<&str>) -> Kind {
        let Some(word) = word.map(str::to_lowercase).filter(|w| !w.trim().is_empty()) else { return Kind::Unknown };
        let any = |list: &FxHashSet<String>| word.split_whitespace().any(|w| list.contains(w));
        match () {
            () if any(&self.kinds.person) => Kind::Person,
            () if any(&self.kinds.place) => Kind::Place,
            () => Kind::Thing,
        }
    }
}
