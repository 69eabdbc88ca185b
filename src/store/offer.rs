//! What a reader corrected in one article may hold in the others of its story: which, and how it would be said there.

use super::{Anchor, Field, Remark, Store, StoreError};
use crate::document::Day;
use crate::story::{Entry, Kept, Sort};
use crate::text::fold_plain;

/// A correction that was made in one article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Spread {
    /// Somebody of one name is the one of another.
    Same {
        /// The one name.
        one: String,
        /// The other, which stays.
        name: String,
    },
    /// Somebody says these words.
    Speaker {
        /// The words.
        words: String,
        /// Who.
        name: String,
    },
}

/// The same correction in another article, to be accepted or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The file of the article.
    pub path: String,
    /// Its title, or the paper it is from.
    pub paper: String,
    /// When it appeared.
    pub day: Option<Day>,
    /// Where what it is about stands, in bytes.
    pub start: usize,
    /// The quote or claim it is about.
    pub words: String,
    /// Who is taken to say it now; empty for nobody.
    pub who: String,
    /// What would be said.
    pub remark: Remark,
}

impl Spread {
    /// The first finding of an article that it is about.
    pub fn touched<'e>(&self, entry: &'e Entry) -> Option<&'e Kept> {
        match self {
            Self::Same { one, .. } => entry.kept.iter().find(|k| k.who == *one),
            Self::Speaker { words, name } => {
                let words = compared(words);
                let quotes = entry.kept.iter().filter(|k| k.sort == Sort::Quote && k.who != *name);
                quotes.into_iter().find(|k| compared(&k.content) == words)
            }
        }
    }

    /// How it is said of a finding of another article, by its anchor.
    pub fn remark(&self, anchor: impl FnOnce() -> Option<Anchor>) -> Option<Remark> {
        Some(match self {
            Self::Same { one, name } => Remark { anchor: Anchor::person(one), field: Field::Same, value: name.clone() },
            Self::Speaker { name, .. } => Remark { anchor: anchor()?, field: Field::Speaker, value: name.clone() },
        })
    }
}

/// Words without what two prints of a quote may differ in: case, accents, marks around and between them.
fn compared(words: &str) -> String {
    let folded = fold_plain(words);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Store {
    /// Says something of the article of a file as if it were open; answers false when the library does not hold it, or when
    /// something is said there already.
    ///
    /// # Errors
    /// When the library cannot be read or written.
    pub fn say_in(&mut self, path: &str, remark: &Remark) -> Result<bool, StoreError> {
        let Some(key) = self.key_of_file(path)? else { return Ok(false) };
        let same = |r: &Remark| r.field == remark.field && r.anchor == remark.anchor;
        if self.remarks(key)?.iter().any(same) {
            return Ok(false);
        }
        self.say(key, remark, &super::Turn::New(String::new()))?;
        Ok(true)
    }

    /// Whether something is said already of what a correction is about.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn is_said(&self, path: &str, remark: &Remark) -> Result<bool, StoreError> {
        let Some(key) = self.key_of_file(path)? else { return Ok(false) };
        let same = |r: &Remark| r.field == remark.field && r.anchor.exact == remark.anchor.exact;
        Ok(self.remarks(key)?.iter().any(same))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn entry(quotes: &[(&str, &str)]) -> Entry {
        let kept = |&(who, words): &(&str, &str)| Kept {
            sort: Sort::Quote,
            span: Span::of(0, words.len()),
            content: words.to_owned(),
            who: who.to_owned(),
            head: String::new(),
            traits: String::new(),
            threads: Vec::new(),
            hedges: Vec::new(),
            factuality: 0.0,
        };
        Entry { kept: quotes.iter().map(kept).collect(), ..Entry::default() }
    }

    #[test]
    fn a_correction_touches_the_same_name_or_the_same_words() {
        let other = entry(&[("Hale", "We shall see."), ("", "The mill may close"), ("Ada Quill", "It may.")]);
        let touched = |spread: Spread| spread.touched(&other).map(|k| k.content.as_str());
        let same = |one: &str| Spread::Same { one: one.into(), name: "Tom Hale".into() };
        assert_eq!((touched(same("Hale")), touched(same("Hal"))), (Some("We shall see."), None));
        let speaker = |words: &str, name: &str| Spread::Speaker { words: words.into(), name: name.into() };
        assert_eq!(touched(speaker("the mill may close,", "Ada Quill")), Some("The mill may close"));
        assert_eq!(touched(speaker("It may", "Ada Quill")), None, "it is said by her there too");
    }
}
