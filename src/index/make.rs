//! Findings become an index: each a few numbers, with what many of them have in common kept once.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::facets::Facets;
use super::{Entry, Index, Piece};
use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadId};
use crate::document::{Day, Document};
use crate::text::{Folded, Span, fold, fold_plain};

impl Index {
    /// Reads the findings once.
    pub fn new(document: &Document, analysis: &Analysis) -> Self {
        let facets = Facets::new(analysis);
        let mut maker = Maker { facets, text: fold(document.text()), pieces: Vec::new(), sets: Sets::default() };
        let quotes = analysis.quotes.iter().enumerate();
        let quotes = quotes.map(|(i, q)| maker.entry(FindingId::Quote(QuoteId::at(i)), &q.content)).collect();
        let claims = analysis.claims.iter().enumerate();
        let claims = claims.map(|(i, c)| maker.entry(FindingId::Claim(ClaimId::at(i)), &[c.content])).collect();
        let threads = analysis.threads.iter().enumerate();
        let threads = threads.map(|(i, t)| maker.entry(FindingId::Thread(ThreadId::at(i)), &t.mentions)).collect();
        let Maker { text, mut pieces, sets, .. } = maker;
        pieces.shrink_to_fit();
        let meta = document.meta();
        Self {
            text,
            pieces,
            quotes,
            claims,
            threads,
            names: sets.names.all,
            thread_sets: sets.threads.all,
            trait_sets: sets.traits.all,
            day: meta.published.as_deref().and_then(Day::from_iso),
            name: fold_plain(&format!(
                "{} {} {}",
                meta.title,
                meta.outlet.as_deref().unwrap_or_default(),
                document.id()
            )),
        }
    }
}

/// Where a stretch of the document stands in its folded text.
pub(super) fn place(text: &Folded, span: Span) -> Span {
    Span::of(text.place(span.start()), text.place(span.end()))
}

/// Makes entries one by one.
struct Maker<'a> {
    facets: Facets<'a>,
    text: Folded,
    pieces: Vec<Piece>,
    sets: Sets,
}

/// What findings have in common is kept once.
#[derive(Default)]
struct Sets {
    names: Kept<String>,
    threads: Kept<Vec<String>>,
    traits: Kept<Vec<&'static str>>,
}

struct Kept<T> {
    all: Vec<T>,
    numbers: FxHashMap<T, u32>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { all: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + Hash> Kept<T> {
    fn number(&mut self, thing: T) -> u32 {
        if let Some(&number) = self.numbers.get(&thing) {
            return number;
        }
        let number = small(self.all.len());
        self.all.push(thing.clone());
        self.numbers.insert(thing, number);
        number
    }
}

impl Maker<'_> {
    fn entry(&mut self, finding: FindingId, spans: &[Span]) -> Entry {
        let start = small(self.pieces.len());
        let text = &self.text;
        self.pieces.extend(spans.iter().map(|&span| Piece { span, folded: place(text, span) }));
        Entry {
            pieces: (start, small(self.pieces.len())),
            speaker: self.sets.names.number(self.facets.speaker(finding)),
            threads: self.sets.threads.number(self.facets.threads(finding)),
            traits: self.sets.traits.number(self.facets.traits(finding)),
        }
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
