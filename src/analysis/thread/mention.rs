//! Where threads are named: aliases as whole words, the longest first, told apart from the common word and from people
//! who bear the same name.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::bearer::Bearers;
use super::name::Names;
use crate::analysis::form::Shape;
use crate::analysis::token::{Parse, split};
use crate::analysis::{Quote, ThreadDefinition};
use crate::document::Document;
use crate::lexicon::{Kind, Lexicon};
use crate::text::Span;

/// A place where a thread is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hit {
    pub thread: usize,
    pub tokens: Range<usize>,
    /// The name itself: less than its token in *Nova-like*.
    pub span: Span,
}

/// A word of a name to look for.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Word {
    lower: String,
    capital: bool,
}

/// A name to look for.
#[derive(Debug)]
struct Alias {
    thread: usize,
    words: Vec<Word>,
    plural: bool,
}

impl Alias {
    fn is_capital(&self) -> bool {
        self.words.iter().any(|w| w.capital)
    }
}

/// All places where threads are named, in order.
pub(super) fn find(
    document: &Document,
    parse: &Parse,
    lexicon: &Lexicon,
    definitions: &[ThreadDefinition],
    kinds: &[Kind],
    quotes: &[Quote],
) -> Vec<Hit> {
    let finder = Finder {
        parse,
        aliases: aliases(lexicon, definitions, kinds),
        kinds,
        names: Names::new(document, parse, lexicon),
    };
    let (hits, others) = finder.all();
    Bearers::new(parse, kinds, quotes, others).without(hits)
}

/// The aliases by their first word, the longest first. Each is cut as the text is, so that *Dr. Nova* meets its tokens.
fn aliases(lexicon: &Lexicon, definitions: &[ThreadDefinition], kinds: &[Kind]) -> FxHashMap<String, Vec<Alias>> {
    let mut aliases: FxHashMap<String, Vec<Alias>> = FxHashMap::default();
    for (thread, definition) in definitions.iter().enumerate() {
        for name in std::iter::once(&definition.name).chain(&definition.aliases) {
            let words = words(lexicon, name);
            let capital = words.iter().any(|w| w.capital);
            // Several of a thing are still that thing; *the Novas* are a family.
            let several = (!capital || kinds[thread] == Kind::Thing).then(|| plural(lexicon, &words)).flatten();
            for (words, plural) in std::iter::once((words, false)).chain(several.map(|w| (w, true))) {
                let Some(first) = words.first().map(|w| w.lower.clone()) else { continue };
                aliases.entry(first).or_default().push(Alias { thread, words, plural });
            }
        }
    }
    for list in aliases.values_mut() {
        list.sort_by_key(|a| Reverse(a.words.len()));
    }
    aliases
}

fn words(lexicon: &Lexicon, name: &str) -> Vec<Word> {
    let document = crate::document::from_text(name.to_owned(), "");
    let cut = split(&document, lexicon.tokens());
    let capital = |t: usize| document.slice(cut.tokens[t].span).starts_with(char::is_uppercase);
    (0..cut.tokens.len()).map(|t| Word { lower: cut.lower(t).to_owned(), capital: capital(t) }).collect()
}

fn plural(lexicon: &Lexicon, words: &[Word]) -> Option<Vec<Word>> {
    let mut words = words.to_vec();
    let last = words.last_mut().filter(|w| w.lower.is_ascii())?;
    last.lower = lexicon.inflector().plural(&last.lower);
    Some(words)
}

struct Finder<'a> {
    parse: &'a Parse,
    aliases: FxHashMap<String, Vec<Alias>>,
    kinds: &'a [Kind],
    names: Names<'a>,
}

impl Finder<'_> {
    /// The threads' mentions, and the places where somebody else is named in full with the same last word.
    fn all(&self) -> (Vec<Hit>, Vec<Hit>) {
        let starts = self.parse.forms.map(|lower| self.may_start(lower));
        let (mut hits, mut others) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < self.parse.tokens.len() {
            if !starts[self.parse.tokens[at].form.index()] {
                at += 1;
                continue;
            }
            match self.match_at(at) {
                Some(hit) if self.is_somebody_else(&hit) => {
                    at = hit.tokens.end;
                    others.push(hit);
                }
                Some(hit) => {
                    at = hit.tokens.end;
                    hits.push(hit);
                }
                None => {
                    hits.extend(self.inside_compound(at));
                    at += 1;
                }
            }
        }
        (hits, others)
    }

    fn may_start(&self, lower: &str) -> bool {
        self.aliases.contains_key(lower) || is_compound(lower) && lower.split('-').any(|p| self.aliases.contains_key(p))
    }

    fn match_at(&self, at: usize) -> Option<Hit> {
        let list = self.aliases.get(self.parse.lower(at))?;
        let alias = list.iter().find(|alias| self.fits(alias, at))?;
        let tokens = at..at + alias.words.len();
        Some(Hit { thread: alias.thread, span: self.parse.span(tokens.clone()), tokens })
    }

    fn fits(&self, alias: &Alias, at: usize) -> bool {
        let tokens = at..at + alias.words.len();
        let same = |(t, word): (usize, &Word)| {
            self.parse.lower(t) == word.lower && (!word.capital || self.is_written_large(t))
        };
        if !tokens.clone().zip(&alias.words).all(same) {
            return false;
        }
        if !alias.is_capital() {
            let alone = alias.words.len() > 1 || !self.names.describes_noun(at);
            return alone && self.names.is_noun(&tokens);
        }
        // A capital first in its sentence proves nothing: *Keys are sold here.*
        if alias.words.len() == 1 && self.names.is_common_word(at, alias.plural) {
            return false;
        }
        // *an Ember*, one of many; *a Motorball race* is the sport.
        self.kinds[alias.thread] == Kind::Thing || !self.names.is_one_of_many(&tokens)
    }

    /// A thread with a capital letter is not the common word: *Nova*, not *a nova*. Scripts without capitals pass.
    fn is_written_large(&self, at: usize) -> bool {
        let written = self.parse.tokens.get(at).map_or("", |t| self.parse.forms.written(t.form));
        written.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
    }

    fn is_somebody_else(&self, hit: &Hit) -> bool {
        let capital = self.parse.shape(hit.tokens.start) != Shape::Lower;
        capital && self.names.is_other_name(&hit.tokens, self.kinds[hit.thread])
    }

    /// *Hallow-born*, *pre-Motorball*: the name is a part of its own, written large, and the other parts are small.
    fn inside_compound(&self, at: usize) -> Option<Hit> {
        let token = self.parse.tokens.get(at)?;
        let written = self.parse.forms.written(token.form);
        if !is_compound(written) {
            return None;
        }
        let parts: Vec<&str> = written.split('-').collect();
        let named =
            |part: &&str| self.aliases.get(&part.to_lowercase())?.iter().find(|a| a.words.len() == 1 && a.is_capital());
        let is_large = |part: &str| part.starts_with(char::is_uppercase);
        let place = parts.iter().position(|p| is_large(p) && named(p).is_some())?;
        if parts.iter().enumerate().any(|(i, p)| i != place && is_large(p)) {
            return None;
        }
        let thread = named(&parts[place])?.thread;
        let start = token.span.start().byte() + parts[..place].iter().map(|p| p.len() + 1).sum::<usize>();
        Some(Hit { thread, tokens: at..at + 1, span: Span::of(start, start + parts[place].len()) })
    }
}

fn is_compound(word: &str) -> bool {
    word.contains('-')
}
