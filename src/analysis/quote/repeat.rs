//! The same words quoted again, exactly, in part or nearly, are linked to the first time.

use rustc_hash::FxHashMap;

use crate::analysis::{Quote, QuoteId, QuoteKind};
use crate::document::Document;
use crate::text::fold_plain;

/// A repeat must share at least this many words in a row.
const SHORTEST: usize = 3;
/// How many words in a row are remembered for finding earlier quotes.
const GRAM: usize = 3;
/// More quotes than this behind one run of words and the run says nothing.
const CROWD: usize = 12;

/// Sets [`Quote::repeats`] for quotes in marks whose words stand in an earlier one. Linear in the number of words.
pub(in crate::analysis) fn link(document: &Document, quotes: &mut [Quote]) {
    let mut seen: FxHashMap<[u32; GRAM], Vec<u32>> = FxHashMap::default();
    let words = Words::of(document, quotes);
    let mut shared = FxHashMap::default();
    for (number, quote) in quotes.iter_mut().enumerate().filter(|(_, q)| q.kind != QuoteKind::Indirect) {
        quote.repeats = earlier(&words, number, &seen, &mut shared).map(QuoteId::at);
        for gram in grams(&words.of[number]) {
            let places = seen.entry(gram).or_default();
            if places.len() < CROWD {
                places.push(u32::try_from(number).unwrap_or(u32::MAX));
            }
        }
    }
}

/// The words of all quotes as numbers.
struct Words {
    of: Vec<Vec<u32>>,
    /// Whether the word of a number is long enough to mean something.
    long: Vec<bool>,
}

impl Words {
    fn of(document: &Document, quotes: &[Quote]) -> Self {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut words = Self { of: Vec::with_capacity(quotes.len()), long: Vec::new() };
        for quote in quotes {
            let mut own = Vec::new();
            for &piece in quote.content.iter().filter(|_| quote.kind != QuoteKind::Indirect) {
                let folded = fold_plain(document.slice(piece));
                for word in folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()) {
                    let number = numbers.get(word).copied().unwrap_or_else(|| {
                        let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        numbers.insert(word.to_owned(), number);
                        words.long.push(word.len() > 3);
                        number
                    });
                    own.push(number);
                }
            }
            words.of.push(own);
        }
        words
    }
}

fn grams(words: &[u32]) -> impl Iterator<Item = [u32; GRAM]> + '_ {
    words.windows(GRAM).map(|w| [w[0], w[1], w[2]])
}

/// The first earlier quote that shares nearly all words of this one, in their order. `shared` is only kept to be used again.
fn earlier(
    words: &Words,
    number: usize,
    seen: &FxHashMap<[u32; GRAM], Vec<u32>>,
    shared: &mut FxHashMap<u32, usize>,
) -> Option<usize> {
    let own = &words.of[number];
    if own.len() < SHORTEST || !own.iter().any(|&w| words.long[w as usize]) {
        return None;
    }
    shared.clear();
    for gram in grams(own) {
        for &place in seen.get(&gram).into_iter().flatten() {
            *shared.entry(place).or_default() += 1;
        }
    }
    let fits =
        |(&place, &count): (&u32, &usize)| is_repeat(own, &words.of[place as usize], count).then_some(place as usize);
    shared.iter().filter_map(fits).min()
}

/// Most runs of the shorter one stand in the other, and few words were changed.
fn is_repeat(own: &[u32], other: &[u32], shared: usize) -> bool {
    let runs = |words: &[u32]| words.len() + 1 - GRAM.min(words.len());
    let shorter = runs(own).min(runs(other)).max(1);
    if shared * 10 < shorter * 8 {
        return false;
    }
    let same = own.iter().filter(|w| other.contains(w)).count();
    same * 10 >= own.len() * 7 || shared * 10 >= runs(other) * 8
}
