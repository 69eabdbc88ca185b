//! Words of a language that report what somebody says.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// How many a verb form is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    /// *says*
    One,
    /// *say*
    Many,
    /// *said*, with *has*
    Participle,
}

/// What may follow a verb.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// A quotation.
    Marks,
    /// A clause that is reported.
    Clause,
    /// A clause with an infinitive: promised *to pay*.
    To,
    /// Something of which some words are quoted: *called the plan “a gift”*.
    Object,
}

/// What the words of a clause are after a verb of saying.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clause {
    /// *that*: no part of what is said.
    pub that: FxHashSet<String>,
    /// *whether*, *why*: part of what is said.
    pub asks: FxHashSet<String>,
    /// *to*, before an infinitive.
    pub to: FxHashSet<String>,
    /// *as*: as the ministry said, …
    pub like: FxHashSet<String>,
}

/// A form of a verb of saying.
#[derive(Clone, Debug)]
pub struct Saying {
    /// One, many, or a participle.
    pub number: Number,
    /// What may follow.
    pub takes: Vec<Takes>,
    /// Words that must stand further on in its clause.
    pub particle: Vec<String>,
    /// Whether nobody is named by its subject: *it was said*.
    pub impersonal: bool,
}

/// A construction that names a source without a verb.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Construction {
    /// Before the source: *according to the ministry*.
    Before,
    /// Behind the source.
    Behind,
    /// Before the source, set off by a comma, behind what is said.
    Aside,
}

/// `speech.toml`: a construction and the words for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcePhrase {
    /// Where they stand.
    pub stands: Construction,
    /// The words, each entry one way to put it.
    pub words: Vec<String>,
    /// Sentences for the test.
    pub examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    name: String,
    one: Vec<String>,
    many: Vec<String>,
    participle: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    takes: Vec<Takes>,
    #[serde(default)]
    pattern: Option<String>,
    #[serde(default)]
    stems: Vec<String>,
    #[serde(default)]
    one: Vec<String>,
    #[serde(default)]
    many: Vec<String>,
    #[serde(default)]
    participle: Vec<String>,
    #[serde(default)]
    particle: String,
    #[serde(default)]
    impersonal: bool,
    examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechFile {
    clause: Clause,
    patterns: Vec<Pattern>,
    verbs: Vec<Verbs>,
    sources: Vec<SourcePhrase>,
    scenes: Vec<String>,
}

/// The words that report, and what may follow them.
#[derive(Debug)]
pub struct Speech {
    forms: FxHashMap<String, Vec<Saying>>,
    /// Words of clauses.
    pub clause: Clause,
    /// Sources without a verb.
    pub sources: Vec<SourcePhrase>,
    examples: Vec<String>,
    scenes: Vec<String>,
}

impl Speech {
    /// Reads `speech.toml`.
    pub(super) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: SpeechFile = toml::from_str(text)?;
        let mut speech = Self {
            forms: FxHashMap::default(),
            clause: file.clause,
            examples: Vec::new(),
            scenes: file.scenes,
            sources: Vec::new(),
        };
        for verbs in &file.verbs {
            speech.examples.extend(verbs.examples.iter().cloned());
            speech.add(verbs, Number::One, &verbs.one);
            speech.add(verbs, Number::Many, &verbs.many);
            speech.add(verbs, Number::Participle, &verbs.participle);
            let Some(pattern) = file.patterns.iter().find(|p| Some(&p.name) == verbs.pattern.as_ref()) else {
                continue;
            };
            for stem in &verbs.stems {
                let made = |list: &[String]| list.iter().map(|p| p.replace('~', stem)).collect::<Vec<_>>();
                speech.add(verbs, Number::One, &made(&pattern.one));
                speech.add(verbs, Number::Many, &made(&pattern.many));
                speech.add(verbs, Number::Participle, &made(&pattern.participle));
            }
        }
        speech.examples.extend(file.sources.iter().flat_map(|s| s.examples.iter().cloned()));
        speech.sources = file.sources;
        Ok(speech)
    }

    fn add(&mut self, verbs: &Verbs, number: Number, forms: &[String]) {
        let particle: Vec<String> = verbs.particle.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        for form in forms {
            // At the end of a clause, and in a participle, the particle is written with the verb.
            if let [particle] = &particle[..] {
                let whole = Saying { number, takes: verbs.takes.clone(), particle: Vec::new(), impersonal: false };
                self.forms.entry([particle, form.as_str()].concat()).or_default().push(whole);
                if number == Number::Participle {
                    continue;
                }
            }
            let saying =
                Saying { number, takes: verbs.takes.clone(), particle: particle.clone(), impersonal: verbs.impersonal };
            self.forms.entry(form.clone()).or_default().push(saying);
        }
    }

    /// What a word (lower case) can be as a verb of saying.
    pub fn get(&self, lower: &str) -> &[Saying] {
        self.forms.get(lower).map_or(&[], Vec::as_slice)
    }

    /// Whether a construction that stands before a source ends with a word (lower case).
    pub fn ends_source(&self, lower: &str) -> bool {
        let before = self.sources.iter().filter(|s| s.stands == Construction::Before);
        before.flat_map(|s| &s.words).any(|words| words.split(' ').next_back() == Some(lower))
    }

    /// Sentences with `{source}`, `<cue>` and `[content]`.
    pub fn examples(&self) -> &[String] {
        &self.examples
    }

    /// Short scenes: a text, `=>`, and the speakers of its quotes in order, `-` for none.
    pub fn scenes(&self) -> &[String] {
        &self.scenes
    }
}
