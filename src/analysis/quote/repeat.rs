//! The same words quoted again, exactly, in part or nearly, are linked to the first time.

use rustc_hash::{FxHashMap, FxHashSet};

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
    let mut seen: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    let words: Vec<Vec<String>> = quotes.iter().map(|q| words(document, q)).collect();
    for number in 0..quotes.len() {
        if quotes[number].kind == QuoteKind::Indirect {
            continue;
        }
        quotes[number].repeats = earlier(&words, number, &seen).map(QuoteId::at);
        for gram in words[number].windows(GRAM) {
            let places = seen.entry(hash(gram)).or_default();
            if places.len() < CROWD {
                places.push(u32::try_from(number).unwrap_or(u32::MAX));
            }
        }
    }
}

/// The first earlier quote that shares nearly all words of this one, in their order.
fn earlier(words: &[Vec<String>], number: usize, seen: &FxHashMap<u64, Vec<u32>>) -> Option<usize> {
    let own = &words[number];
    if own.len() < SHORTEST {
        return None;
    }
    let mut candidates: FxHashMap<u32, usize> = FxHashMap::default();
    for gram in own.windows(GRAM) {
        for &place in seen.get(&hash(gram)).into_iter().flatten() {
            *candidates.entry(place).or_default() += 1;
        }
    }
    let grams = own.len() + 1 - GRAM;
    let mut fits: Vec<usize> = candidates
        .into_iter()
        .filter(|&(place, count)| is_repeat(own, &words[place as usize], count, grams))
        .map(|(place, _)| place as usize)
        .collect();
    fits.sort_unstable();
    fits.first().copied()
}

/// Most runs of the shorter one stand in the other, and few words were changed.
fn is_repeat(own: &[String], other: &[String], shared: usize, grams: usize) -> bool {
    let of_other = other.len() + 1 - GRAM.min(other.len());
    let shorter = grams.min(of_other).max(1);
    let content = own.iter().filter(|w| w.len() > 3).count();
    let known: FxHashSet<&str> = other.iter().map(String::as_str).collect();
    let same = own.iter().filter(|w| known.contains(w.as_str())).count();
    shared * 10 >= shorter * 8 && (same * 10 >= own.len() * 7 || shared * 10 >= of_other * 8) && (content >= 1)
}

fn words(document: &Document, quote: &Quote) -> Vec<String> {
    let mut words = Vec::new();
    for &piece in &quote.content {
        let folded = fold_plain(document.slice(piece));
        words.extend(
            folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).map(str::to_owned),
        );
    }
    words
}

fn hash(gram: &[String]) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    gram.hash(&mut hasher);
    hasher.finish()
}
