//! Languages besides English, as data: `assets/lang/languages.toml` tells them apart, `assets/lang/CODE/` holds what one of
//! them knows. Nothing here or in the passes is a word of any language.

use std::sync::OnceLock;

mod grammar;
mod sign;
mod speech;

pub use self::grammar::{Grammar, MarkPair, WordKind};
use self::sign::Signs;
pub use self::speech::{Clause, Construction, Number, Saying, SourcePhrase, Speech, Takes};
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
            tokens: include_str!(concat!("../../../assets/lang/", $code, "/tokens.toml")),
            people: include_str!(concat!("../../../assets/lang/", $code, "/people.toml")),
            given_names: include_str!(concat!("../../../assets/lang/", $code, "/given-names.tsv")),
            grammar: include_str!(concat!("../../../assets/lang/", $code, "/grammar.toml")),
            speech: include_str!(concat!("../../../assets/lang/", $code, "/speech.toml")),
        }
    };
}

/// A language of its own besides English: one line each.
const SECOND: &[Files] = &[files!("de"), files!("fr")];

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
