//! By which small words a text shows its language.

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// How many words of a text are looked at before its language is settled.
const MOST_WORDS: usize = 2000;
/// A text with fewer words shows nothing.
const FEWEST_WORDS: usize = 12;
/// How many words in a hundred must be small words of a language.
const SHARE: usize = 18;
/// How many times as many small words it must have as any other language.
const LEAD: usize = 3;

/// `languages.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignFile {
    language: Vec<Sign>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sign {
    pub code: String,
    pub name: String,
    pub words: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test reads them"))]
    pub yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test reads them"))]
    pub no: Vec<String>,
}

/// The small words by which a text shows its language.
#[derive(Debug)]
pub(super) struct Signs {
    pub languages: Vec<Sign>,
    /// The place of a word's language in the list.
    of_word: FxHashMap<String, usize>,
    longest: usize,
}

impl Signs {
    /// Those that come with the program.
    pub fn embedded() -> Self {
        let file: SignFile =
            toml::from_str(include_str!("../../../assets/lang/languages.toml")).expect("embedded and tested");
        let words = file.language.iter().enumerate().flat_map(|(n, l)| l.words.iter().map(move |w| (w.clone(), n)));
        let of_word: FxHashMap<String, usize> = words.collect();
        let longest = of_word.keys().map(String::len).max().unwrap_or(0);
        Self { languages: file.language, of_word, longest }
    }

    /// The language that a text shows by its small words.
    pub fn shown_by(&self, text: &str) -> Option<&Sign> {
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
