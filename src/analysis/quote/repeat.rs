//! The same words quoted again, exactly, in part or nearly, are linked to the first time.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::analysis::{Quote, QuoteId, QuoteKind};
use crate::document::Document;
use crate::text::fold_plain;

/// A repeat must share at least this many words in a row.
const SHORTEST: usize = 3;
/// How many words in a row are remembered for finding earlier quotes.
const GRAM: usize = 3;
/// More quotes than this behind one run of words and the run says nothing.
const CROWD: usize = 12;

/// Runs of words that are sorted at once; more of them take several passes, so that memory stays small.
const SORTED: usize = 1 << 18;

/// Sets [`Quote::repeats`] for quotes in marks whose words stand in an earlier one. Linear in the number of words.
pub(in crate::analysis) fn link(document: &Document, quotes: &mut [Quote]) {
    let words = Words::of(document, quotes);
    let crowds = Crowds::of(&words);
    let mut shared = FxHashMap::default();
    for (number, quote) in quotes.iter_mut().enumerate().filter(|(_, q)| q.kind != QuoteKind::Indirect) {
        quote.repeats = earlier(&words, number, &crowds, &mut shared).map(QuoteId::at);
    }
}

/// The words of all quotes as numbers, one quote behind the other.
struct Words {
    all: Vec<u32>,
    /// Where the words of each quote begin, and where the last ones end.
    starts: Vec<u32>,
    /// Whether the word of a number is long enough to mean something.
    long: Vec<bool>,
}

impl Words {
    fn of(document: &Document, quotes: &[Quote]) -> Self {
        let mut numbers: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut words = Self { all: Vec::new(), starts: vec![0], long: Vec::new() };
        for quote in quotes {
            for &piece in quote.content.iter().filter(|_| quote.kind != QuoteKind::Indirect) {
                let folded = fold_plain(document.slice(piece));
                for word in folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()) {
                    let number = numbers.get(word).copied().unwrap_or_else(|| {
                        let number = number(numbers.len());
                        numbers.insert(word.into(), number);
                        words.long.push(word.len() > 3);
                        number
                    });
                    words.all.push(number);
                }
            }
            words.starts.push(number(words.all.len()));
        }
        words
    }

    fn quotes(&self) -> usize {
        self.starts.len() - 1
    }

    fn of_quote(&self, quote: usize) -> &[u32] {
        &self.all[self.starts[quote] as usize..self.starts[quote + 1] as usize]
    }

    /// The run of words at a place, which is the lower half of a number.
    fn gram(&self, place: u64) -> Gram {
        let place = lower_half(place) as usize;
        [self.all[place], self.all[place + 1], self.all[place + 2]]
    }

    /// The quote that a place is in.
    fn quote_at(&self, place: u64) -> u32 {
        let place = lower_half(place);
        number(self.starts.partition_point(|&start| start <= place) - 1)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn lower_half(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

type Gram = [u32; GRAM];

fn grams(words: &[u32]) -> impl Iterator<Item = Gram> + '_ {
    words.windows(GRAM).map(|w| [w[0], w[1], w[2]])
}

/// The runs of words that stand in several places, and the first quotes they stand in. Most runs of a text stand in one.
#[derive(Default)]
struct Crowds {
    /// Where the quotes of a run begin in `quotes`, and how many there are.
    of: FxHashMap<Gram, (u32, u8)>,
    quotes: Vec<u32>,
}

impl Crowds {
    fn of(words: &Words) -> Self {
        let mut crowds = Self::default();
        let passes = (words.all.len() / SORTED + 1) as u64;
        let mut places: Vec<u64> = Vec::with_capacity(words.all.len().min(SORTED * 5 / 4));
        for pass in 0..passes {
            places.clear();
            for quote in 0..words.quotes() {
                let start = u64::from(words.starts[quote]);
                for (place, gram) in (start..).zip(grams(words.of_quote(quote))) {
                    let hash = FxBuildHasher.hash_one(gram);
                    if hash % passes == pass {
                        places.push(hash >> 32 << 32 | place);
                    }
                }
            }
            // One number sorts faster than a run of words and its place; runs that only share half a hash are told apart after.
            places.sort_unstable();
            for crowd in places.chunk_by_mut(|a, b| a >> 32 == b >> 32).filter(|c| c.len() > 1) {
                let first = words.gram(crowd[0]);
                if crowd.iter().any(|&place| words.gram(place) != first) {
                    crowd.sort_by_key(|&place| words.gram(place));
                }
                for same in crowd.chunk_by(|&a, &b| words.gram(a) == words.gram(b)).filter(|c| c.len() > 1) {
                    crowds.add(words, same);
                }
            }
        }
        crowds
    }

    /// Notes the places of one run, in order.
    fn add(&mut self, words: &Words, places: &[u64]) {
        let first = places.get(..CROWD).unwrap_or(places);
        let size = u8::try_from(first.len()).unwrap_or(u8::MAX);
        self.of.insert(words.gram(first[0]), (number(self.quotes.len()), size));
        self.quotes.extend(first.iter().map(|&place| words.quote_at(place)));
    }

    /// The quotes behind a run before the one of a number; one that has the run twice is there twice.
    fn before(&self, gram: Gram, quote: u32) -> impl Iterator<Item = u32> + '_ {
        let &(start, size) = self.of.get(&gram).unwrap_or(&(0, 0));
        let crowd = &self.quotes[start as usize..start as usize + usize::from(size)];
        crowd.iter().copied().take_while(move |&place| place < quote)
    }
}

/// The first earlier quote that shares nearly all words of this one, in their order. `shared` is only kept to be used again.
fn earlier(words: &Words, number: usize, crowds: &Crowds, shared: &mut FxHashMap<u32, usize>) -> Option<usize> {
    let own = words.of_quote(number);
    if own.len() < SHORTEST || !own.iter().any(|&w| words.long[w as usize]) {
        return None;
    }
    shared.clear();
    for gram in grams(own) {
        for place in crowds.before(gram, self::number(number)) {
            *shared.entry(place).or_default() += 1;
        }
    }
    let fits = |(&place, &count): (&u32, &usize)| {
        is_repeat(own, words.of_quote(place as usize), count).then_some(place as usize)
    };
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
