//! Findings become answers: what a reader types is looked up in quotes, claims, threads and the article's text.
//!
//! An [`Index`] is made once for a document and its analysis and then only read. It knows nothing of panes or keys. It keeps
//! the article folded, once; what it knows of a finding are places in that, so that a finding takes a few bytes.

mod facets;
mod make;
mod query;
#[doc(hidden)]
pub mod sample;

pub use query::{Query, TRAITS};

use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadId};
use crate::document::{Day, Document};
use crate::text::{Folded, Span};
use make::place;

/// Words this short match only at the start of a word; longer ones anywhere, so that *ball* finds *Motorball*.
const ANYWHERE_FROM: usize = 3;
/// More hits than this are not collected from the article's text.
const MOST_TEXT_HITS: usize = 2000;

/// Where to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scope {
    /// What is said.
    #[default]
    Quotes,
    /// What is asserted.
    Claims,
    /// The threads.
    Threads,
    /// Every sentence.
    Text,
    /// Quotes, claims and threads, then the text.
    All,
}

/// Something that fits a query.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The finding; none for a sentence of the article.
    pub finding: Option<FindingId>,
    /// The passage.
    pub span: Span,
    /// The matched words in the text, in order.
    pub marks: Vec<Span>,
}

/// A finding made ready for questions, in few bytes: a book has a hundred thousand of them.
#[derive(Clone, Copy)]
struct Entry {
    /// Its first piece among all, and the one after its last.
    pieces: (u32, u32),
    /// The number of the speaker's or holder's folded names.
    speaker: u32,
    /// The number of its set of threads.
    threads: u32,
    /// The number of its set of traits.
    traits: u32,
}

/// A stretch of a finding, in bytes of the document and of its folded text.
#[derive(Clone, Copy)]
struct Piece {
    span: Span,
    folded: Span,
}

/// The findings of one document, ready to be searched.
pub struct Index {
    /// The whole text, folded; findings are stretches of it.
    text: Folded,
    pieces: Vec<Piece>,
    quotes: Vec<Entry>,
    claims: Vec<Entry>,
    threads: Vec<Entry>,
    names: Vec<String>,
    /// Folded names of threads.
    thread_sets: Vec<Vec<String>>,
    trait_sets: Vec<Vec<&'static str>>,
    /// When the article appeared.
    day: Option<Day>,
    /// Its folded title, paper and file.
    name: String,
}

impl Index {
    /// What `is:` calls a finding; nothing for one that is not of this index.
    pub fn traits(&self, finding: FindingId) -> &[&'static str] {
        let entry = match finding {
            FindingId::Quote(id) => self.quotes.get(id.index()),
            FindingId::Claim(id) => self.claims.get(id.index()),
            FindingId::Thread(id) => self.threads.get(id.index()),
            FindingId::Person(_) => None,
        };
        entry.map_or(&[], |e| self.trait_sets[e.traits as usize].as_slice())
    }

    /// All that fits, in the order of the text, scope by scope. The document is the one the index was made of.
    pub fn search(&self, document: &Document, analysis: &Analysis, query: &Query, scope: Scope) -> Vec<Hit> {
        if query.is_empty() || !query.fits_article(self.day, &self.name) {
            return Vec::new();
        }
        match scope {
            Scope::Quotes => self.found(&self.quotes, |i| FindingId::Quote(QuoteId::at(i)), query),
            Scope::Claims => self.found(&self.claims, |i| FindingId::Claim(ClaimId::at(i)), query),
            Scope::Threads => self.found(&self.threads, |i| FindingId::Thread(ThreadId::at(i)), query),
            Scope::Text => self.in_text(document, analysis, query),
            Scope::All => [Scope::Quotes, Scope::Claims, Scope::Threads, Scope::Text]
                .into_iter()
                .flat_map(|scope| self.search(document, analysis, query, scope))
                .collect(),
        }
    }

    /// The places of the findings of one kind that fit; an empty query fits all.
    pub fn filter(&self, query: &Query, scope: Scope) -> Vec<usize> {
        let entries = match scope {
            Scope::Claims => &self.claims,
            Scope::Threads => &self.threads,
            _ => &self.quotes,
        };
        if !query.fits_article(self.day, &self.name) {
            return Vec::new();
        }
        let fits = Fits::of(self, query);
        (0..entries.len()).filter(|&i| self.marks(entries[i], query, &fits).is_some()).collect()
    }

    fn found(&self, entries: &[Entry], finding: impl Fn(usize) -> FindingId, query: &Query) -> Vec<Hit> {
        let fits = Fits::of(self, query);
        let hit = |(i, &entry): (usize, &Entry)| {
            let marks = self.marks(entry, query, &fits)?;
            let span = self.pieces(entry).iter().map(|p| p.span).reduce(Span::join).unwrap_or_default();
            Some(Hit { finding: Some(finding(i)), span, marks })
        };
        entries.iter().enumerate().filter_map(hit).collect()
    }

    fn pieces(&self, entry: Entry) -> &[Piece] {
        &self.pieces[entry.pieces.0 as usize..entry.pieces.1 as usize]
    }

    /// The matched words of an entry that fits the query.
    fn marks(&self, entry: Entry, query: &Query, fits: &Fits) -> Option<Vec<Span>> {
        if !fits.fit(entry) {
            return None;
        }
        let mut marks = Vec::new();
        for word in &query.words {
            let before = marks.len();
            for piece in self.pieces(entry) {
                marks.extend(self.occurrences(piece.folded, word));
            }
            if marks.len() == before {
                return None;
            }
        }
        marks.sort_unstable();
        Some(marks)
    }

    /// The sentences that hold all words; nothing for a query that asks for findings only.
    fn in_text(&self, document: &Document, analysis: &Analysis, query: &Query) -> Vec<Hit> {
        let fields = query.speakers.len() + query.threads.len() + query.traits.len() + query.unknown.len();
        if query.words.is_empty() || fields > 0 {
            return Vec::new();
        }
        let mut hits = Vec::new();
        for block in document.blocks() {
            let folded = place(&self.text, block.span);
            if !query.words.iter().all(|w| self.occurrences(folded, w).next().is_some()) {
                continue;
            }
            let mut marks: Vec<Span> = query.words.iter().flat_map(|w| self.occurrences(folded, w)).collect();
            marks.sort_unstable();
            hits.extend(sentences(analysis, block.span, &marks, query.words.len()));
            if hits.len() >= MOST_TEXT_HITS {
                break;
            }
        }
        hits
    }

    /// Where a folded word stands in a stretch of the folded text, in bytes of the document.
    fn occurrences<'t>(&'t self, folded: Span, word: &'t str) -> impl Iterator<Item = Span> + 't {
        let anywhere = word.chars().count() >= ANYWHERE_FROM || !word.chars().all(char::is_alphanumeric);
        let text = self.text.text.get(folded.range()).unwrap_or_default();
        text.match_indices(word)
            .filter(move |(at, _)| {
                anywhere || !text.get(..*at).is_some_and(|before| before.ends_with(char::is_alphanumeric))
            })
            .map(move |(at, found)| {
                let start = folded.start().byte() + at;
                self.text.source(Span::of(start, start + found.len()))
            })
    }
}

/// Which names, sets of threads and sets of traits a query allows.
struct Fits {
    speakers: Vec<bool>,
    threads: Vec<bool>,
    traits: Vec<bool>,
    /// The query asks for nothing that is not known.
    known: bool,
}

impl Fits {
    fn of(index: &Index, query: &Query) -> Self {
        let speaker = |name: &String| query.speakers.iter().all(|s| name.contains(s.as_str()));
        let threads =
            |set: &Vec<String>| query.threads.iter().all(|t| set.iter().any(|name| name.contains(t.as_str())));
        let traits = |set: &Vec<&'static str>| query.traits.iter().all(|t| facets::has(set, t));
        Self {
            speakers: index.names.iter().map(speaker).collect(),
            threads: index.thread_sets.iter().map(threads).collect(),
            traits: index.trait_sets.iter().map(traits).collect(),
            known: query.unknown.is_empty(),
        }
    }

    fn fit(&self, entry: Entry) -> bool {
        self.known
            && self.speakers[entry.speaker as usize]
            && self.threads[entry.threads as usize]
            && self.traits[entry.traits as usize]
    }
}

/// One hit for each sentence with a match; the whole block when its words are spread over sentences.
fn sentences(analysis: &Analysis, block: Span, marks: &[Span], words: usize) -> Vec<Hit> {
    let first = analysis.sentences.partition_point(|s| s.end() <= block.start());
    let inside = analysis.sentences.iter().skip(first).take_while(|s| s.start() < block.end());
    let mut hits = Vec::new();
    for &sentence in inside {
        let own: Vec<Span> = marks.iter().copied().filter(|m| sentence.overlaps(*m)).collect();
        if !own.is_empty() {
            hits.push(Hit { finding: None, span: sentence, marks: own });
        }
    }
    if words > 1 || hits.is_empty() {
        let span = marks.iter().copied().reduce(Span::join).unwrap_or(block);
        let covering = hits.iter().find(|h| h.span.covers(span)).cloned();
        return vec![covering.unwrap_or(Hit { finding: None, span, marks: marks.to_vec() })];
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(typed: &str, scope: Scope, expected: Expect) {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        let hits = index.search(&document, &analysis, &Query::parse(typed), scope);
        let drawn: String = hits
            .iter()
            .map(|hit| {
                let marks: Vec<_> = hit.marks.iter().map(|m| document.slice(*m)).collect();
                format!("{:.40} {marks:?}\n", document.slice(hit.span).replace('\n', " "))
            })
            .collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn words_in_any_order_folded() {
        check(
            "STORY nova",
            Scope::Quotes,
            expect![[r#"
            Nova is the whole reason there is a seco ["Nova", "story"]
        "#]],
        );
        check("\"story nova\"", Scope::Quotes, expect![""]);
    }

    #[test]
    fn fields_narrow_down() {
        check(
            "speaker:reyes might",
            Scope::Quotes,
            expect![[r#"
            might return to Austin next year ["might"]
        "#]],
        );
        check(
            "is:indirect",
            Scope::Quotes,
            expect![[r#"
            might return to Austin next year []
        "#]],
        );
        check(
            "thread:nova",
            Scope::Quotes,
            expect![[r#"
            Nova is the whole reason there is a seco []
        "#]],
        );
        check(
            "is:denied",
            Scope::Claims,
            expect![[r#"
            the studio has not yet approved a budget []
        "#]],
        );
        check(
            "certainty:possible",
            Scope::Claims,
            expect![[r#"
            the team might return to Austin next yea []
        "#]],
        );
    }

    #[test]
    fn the_text_is_searched_by_sentences() {
        check(
            "oath",
            Scope::Text,
            expect![[r#"
            “We have sworn an oath to make at least  ["oath"]
        "#]],
        );
        check("na", Scope::Quotes, expect![""]);
    }

    #[test]
    fn a_filter_without_words_keeps_all() {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        assert_eq!(index.filter(&Query::default(), Scope::Quotes).len(), analysis.quotes.len());
        assert_eq!(index.filter(&Query::parse("is:unsure"), Scope::Quotes).len(), 1);
    }
}
