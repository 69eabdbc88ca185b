//! Words that tell how a plot thread stands.

use rustc_hash::FxHashMap;
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    open: Group,
    advanced: Group,
    resolved: Group,
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
}

/// All such words by their first word.
#[derive(Debug)]
pub struct StatusTable {
    phrases: FxHashMap<String, Vec<StatusPhrase>>,
    examples: Vec<String>,
}

impl StatusTable {
    /// The English table that comes with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english(inflector: &Inflector) -> Self {
        let file: File = toml::from_str(include_str!("../../assets/lang/en/status.toml")).expect("embedded and tested");
        let mut table = StatusTable { phrases: FxHashMap::default(), examples: Vec::new() };
        for (group, standing) in
            [(file.open, Standing::Open), (file.advanced, Standing::Advanced), (file.resolved, Standing::Resolved)]
        {
            for (words, weight) in [(&group.strong, 3), (&group.weak, 1)] {
                for phrase in words {
                    table.add(phrase, standing, weight);
                }
            }
            for word in &group.medium {
                table.add(word, standing, 2);
                // Verbs stand in their base form; words of `open` are listed as they are.
                if standing != Standing::Open && !word.contains(' ') {
                    inflector.verb(word).all().for_each(|form| table.add(form, standing, 2));
                }
            }
            table.examples.extend(group.examples);
        }
        // The longest phrase first.
        table.phrases.values_mut().for_each(|list| list.sort_by_key(|p| std::cmp::Reverse(p.rest.len())));
        table
    }

    fn add(&mut self, phrase: &str, standing: Standing, weight: u8) {
        let mut words = phrase.split(' ').map(str::to_owned);
        let first = words.next().unwrap_or_default();
        let phrase = StatusPhrase { rest: words.collect(), standing, weight };
        let list = self.phrases.entry(first).or_default();
        if !list.contains(&phrase) {
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
}
