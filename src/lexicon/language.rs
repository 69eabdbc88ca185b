//! Languages besides English, as data: `assets/lang/languages.toml` tells them apart, `assets/lang/CODE/` holds what one of
//! them knows. Nothing here or in the passes is a word of any language.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{PeopleTable, TokenTable};

/// The files of a language.
#[derive(Debug)]
struct Files {
    code: &'static str,
    tokens: &'static str,
    people: &'static str,
    given_names: &'static str,
    grammar: &'static str,
    speech: &'static str,
}

macro_rules! files {
    ($code:literal) => {
        Files {
            code: $code,
            tokens: include_str!(concat!("../../assets/lang/", $code, "/tokens.toml")),
            people: include_str!(concat!("../../assets/lang/", $code, "/people.toml")),
            given_names: include_str!(concat!("../../assets/lang/", $code, "/given-names.tsv")),
            grammar: include_str!(concat!("../../assets/lang/", $code, "/grammar.toml")),
            speech: include_str!(concat!("../../assets/lang/", $code, "/speech.toml")),
        }
    };
}

/// A language of its own besides English: one line each.
const SECOND: &[Files] = &[files!("de")];

/// How many words of a text are looked at before its language is settled.
const MOST_WORDS: usize = 2000;
/// A text with fewer words shows nothing.
const FEWEST_WORDS: usize = 12;
/// How many words in a hundred must be small words of a language.
const SHARE: usize = 18;
/// How many times as many small words it must have as any other language.
const LEAD: usize = 3;

/// The ISO 639 code of a language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LanguageCode(&'static str);

impl Default for LanguageCode {
    fn default() -> Self {
        Self("en")
    }
}

impl LanguageCode {
    /// The code itself.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// In which language texts are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reading {
    /// Each in the one it shows.
    #[default]
    Auto,
    /// All in one.
    In(LanguageCode),
}

/// The languages that texts can be read in.
#[derive(Debug, Default)]
pub struct Languages {
    signs: OnceLock<Signs>,
    second: [OnceLock<Language>; SECOND.len()],
}

/// `languages.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignFile {
    language: Vec<Sign>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    code: String,
    name: String,
    words: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test reads them"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test reads them"))]
    no: Vec<String>,
}

/// The small words by which a text shows its language.
#[derive(Debug)]
struct Signs {
    languages: Vec<Sign>,
    /// The place of a word's language in the list.
    of_word: FxHashMap<String, usize>,
    longest: usize,
}

impl Signs {
    fn embedded() -> Self {
        let file: SignFile =
            toml::from_str(include_str!("../../assets/lang/languages.toml")).expect("embedded and tested");
        let words = file.language.iter().enumerate().flat_map(|(n, l)| l.words.iter().map(move |w| (w.clone(), n)));
        let of_word: FxHashMap<String, usize> = words.collect();
        let longest = of_word.keys().map(String::len).max().unwrap_or(0);
        Self { languages: file.language, of_word, longest }
    }

    /// The language that a text shows by its small words.
    fn shown_by(&self, text: &str) -> Option<&Sign> {
        let mut counts = vec![0usize; self.languages.len()];
        let mut all = 0;
        let mut lower = String::new();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(MOST_WORDS) {
            all += 1;
            if word.len() > self.longest {
                continue;
            }
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            if let Some(&language) = self.of_word.get(lower.as_str()) {
                counts[language] += 1;
            }
        }
        let best = (0..counts.len()).max_by_key(|&n| (counts[n], usize::MAX - n))?;
        let next = (0..counts.len()).filter(|&n| n != best).map(|n| counts[n]).max().unwrap_or(0);
        let shows = all >= FEWEST_WORDS && counts[best] * 100 >= all * SHARE && counts[best] >= next * LEAD;
        shows.then(|| &self.languages[best])
    }
}

impl Languages {
    fn signs(&self) -> &Signs {
        self.signs.get_or_init(Signs::embedded)
    }

    /// The codes of all languages, English first, with their names.
    pub fn all(&self) -> Vec<(LanguageCode, &str)> {
        let codes = std::iter::once(LanguageCode::default()).chain(SECOND.iter().map(|f| LanguageCode(f.code)));
        codes.map(|code| (code, self.name(code))).collect()
    }

    /// The language with a code, if texts can be read in it.
    pub fn code(&self, code: &str) -> Option<LanguageCode> {
        self.all().into_iter().map(|(known, _)| known).find(|known| known.0 == code)
    }

    /// What a language is called.
    pub fn name(&self, code: LanguageCode) -> &str {
        self.signs().languages.iter().find(|l| l.code == code.0).map_or(code.0, |l| l.name.as_str())
    }

    /// A language by its code; none for English.
    pub fn get(&self, code: LanguageCode) -> Option<&Language> {
        let place = SECOND.iter().position(|f| f.code == code.0)?;
        Some(self.second[place].get_or_init(|| Language::embedded(&SECOND[place])))
    }

    /// The language that a text shows by its small words; none when that is English, or when it shows none clearly.
    pub fn shown_by(&self, text: &str) -> Option<&Language> {
        let sign = self.signs().shown_by(text)?;
        self.get(self.code(&sign.code)?)
    }
}

/// All that is known of a language besides English.
#[derive(Debug)]
pub struct Language {
    /// Its code.
    pub code: LanguageCode,
    /// Words that matter for cutting a text.
    pub tokens: TokenTable,
    /// Words that tell of people.
    pub people: PeopleTable,
    /// Small words, endings and marks.
    pub grammar: Grammar,
    /// Words that report.
    pub speech: Speech,
}

impl Language {
    fn embedded(files: &Files) -> Self {
        Self {
            code: LanguageCode(files.code),
            tokens: toml::from_str(files.tokens).expect("embedded and tested"),
            people: PeopleTable::read(files.people, files.given_names, "").expect("embedded and tested"),
            grammar: Grammar::read(files.grammar).expect("embedded and tested"),
            speech: Speech::read(files.speech).expect("embedded and tested"),
        }
    }
}

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
    fn read(text: &str) -> Result<Self, toml::de::Error> {
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
    fn read(text: &str) -> Result<Self, toml::de::Error> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_show_their_language() {
        let languages = Languages::default();
        let signs = languages.signs();
        for language in &signs.languages {
            let shown = |text: &str| signs.shown_by(text).is_some_and(|l| l.code == language.code);
            for text in &language.yes {
                assert!(shown(text), "{text} is {}", language.name);
            }
            for text in &language.no {
                assert!(!shown(text), "{text} is not {}", language.name);
            }
        }
    }

    #[test]
    fn no_small_word_is_of_two_languages() {
        let languages = Languages::default();
        let signs = languages.signs();
        let mut words: Vec<&String> = signs.languages.iter().flat_map(|l| &l.words).collect();
        words.sort();
        let twice: Vec<_> = words.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn every_language_reads() {
        let languages = Languages::default();
        for (code, name) in languages.all().into_iter().skip(1) {
            let language = languages.get(code).expect("is there");
            assert!(!language.speech.examples().is_empty() && !language.speech.scenes().is_empty(), "{name}");
        }
        assert_eq!(languages.code("xx"), None);
    }
}
