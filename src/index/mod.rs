//! Findings become answers: what a reader types is looked up in quotes, claims, threads and the article's text.
//!
//! An [`Index`] is made once for a document and its analysis and then only read. It knows nothing of panes or keys, and it
//! keeps no copy of the article: the text is folded paragraph by paragraph when it is searched.

mod facets;
mod query;
#[doc(hidden)]
pub mod sample;

pub use query::{Query, TRAITS};

use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadId};
use crate::document::{Day, Document};
use crate::text::{Folded, Span, fold, fold_plain};

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

/// A finding made ready for questions.
struct Entry {
    finding: FindingId,
    span: Span,
    pieces: Vec<(Span, Folded)>,
    /// Folded names of the speaker or holder.
    speaker: String,
    /// Folded names of the threads it touches.
    threads: Vec<String>,
    traits: Vec<&'static str>,
}

/// The findings of one document, ready to be searched.
pub struct Index {
    quotes: Vec<Entry>,
    claims: Vec<Entry>,
    threads: Vec<Entry>,
    /// When the article appeared.
    day: Option<Day>,
    /// Its folded title, paper and file.
    name: String,
}

impl Index {
    /// Reads the findings once.
    pub fn new(document: &Document, analysis: &Analysis) -> Self {
        let facets = facets::Facets::new(analysis);
        let meta = document.meta();
        let entry = |finding, pieces: &[Span]| Entry {
            finding,
            span: pieces.iter().copied().reduce(Span::join).unwrap_or_default(),
            pieces: pieces.iter().map(|&p| (p, fold(document.slice(p)))).collect(),
            speaker: facets.speaker(finding),
            threads: facets.threads(finding),
            traits: facets.traits(finding),
        };
        let quotes = analysis.quotes.iter().enumerate();
        let claims = analysis.claims.iter().enumerate();
        let threads = analysis.threads.iter().enumerate();
        Self {
            quotes: quotes.map(|(i, q)| entry(FindingId::Quote(QuoteId::at(i)), &q.content)).collect(),
            claims: claims.map(|(i, c)| entry(FindingId::Claim(ClaimId::at(i)), &[c.content])).collect(),
            threads: threads.map(|(i, t)| entry(FindingId::Thread(ThreadId::at(i)), &t.mentions)).collect(),
            day: meta.published.as_deref().and_then(Day::from_iso),
            name: fold_plain(&format!(
                "{} {} {}",
                meta.title,
                meta.outlet.as_deref().unwrap_or_default(),
                document.id()
            )),
        }
    }

    /// What `is:` calls a finding; nothing for one that is not of this index.
    pub fn traits(&self, finding: FindingId) -> &[&'static str] {
        let entry = match finding {
            FindingId::Quote(id) => self.quotes.get(id.index()),
            FindingId::Claim(id) => self.claims.get(id.index()),
            FindingId::Thread(id) => self.threads.get(id.index()),
            FindingId::Person(_) => None,
        };
        entry.map_or(&[], |e| e.traits.as_slice())
    }

    /// All that fits, in the order of the text, scope by scope. The document is the one the index was made of.
    pub fn search(&self, document: &Document, analysis: &Analysis, query: &Query, scope: Scope) -> Vec<Hit> {
        if query.is_empty() || !query.fits_article(self.day, &self.name) {
            return Vec::new();
        }
        match scope {
            Scope::Quotes => found(&self.quotes, query),
            Scope::Claims => found(&self.claims, query),
            Scope::Threads => found(&self.threads, query),
            Scope::Text => in_text(document, analysis, query),
            Scope::All => {
                let mut hits = found(&self.quotes, query);
                hits.extend(found(&self.claims, query));
                hits.extend(found(&self.threads, query));
                hits.extend(in_text(document, analysis, query));
                hits
            }
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
        (0..entries.len()).filter(|&i| marks(&entries[i], query).is_some()).collect()
    }
}

fn found(entries: &[Entry], query: &Query) -> Vec<Hit> {
    let hit = |entry: &Entry| Some(Hit { finding: Some(entry.finding), span: entry.span, marks: marks(entry, query)? });
    entries.iter().filter_map(hit).collect()
}

/// The matched words of an entry that fits the query.
fn marks(entry: &Entry, query: &Query) -> Option<Vec<Span>> {
    let fits = query.unknown.is_empty()
        && query.speakers.iter().all(|s| entry.speaker.contains(s.as_str()))
        && query.threads.iter().all(|t| entry.threads.iter().any(|name| name.contains(t.as_str())))
        && query.traits.iter().all(|t| facets::has(&entry.traits, t));
    if !fits {
        return None;
    }
    let mut marks = Vec::new();
    for word in &query.words {
        let before = marks.len();
        for (span, folded) in &entry.pieces {
            marks.extend(occurrences(folded, word).map(|local| shifted(local, *span)));
        }
        if marks.len() == before {
            return None;
        }
    }
    marks.sort_unstable();
    Some(marks)
}

/// The sentences that hold all words; nothing for a query that asks for findings only.
fn in_text(document: &Document, analysis: &Analysis, query: &Query) -> Vec<Hit> {
    let fields = query.speakers.len() + query.threads.len() + query.traits.len() + query.unknown.len();
    if query.words.is_empty() || fields > 0 {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for block in document.blocks() {
        let folded = fold(document.slice(block.span));
        if !query.words.iter().all(|w| occurrences(&folded, w).next().is_some()) {
            continue;
        }
        let mut marks: Vec<Span> =
            query.words.iter().flat_map(|w| occurrences(&folded, w)).map(|local| shifted(local, block.span)).collect();
        marks.sort_unstable();
        hits.extend(sentences(analysis, block.span, &marks, query.words.len()));
        if hits.len() >= MOST_TEXT_HITS {
            break;
        }
    }
    hits
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

fn shifted(local: Span, base: Span) -> Span {
    let start = base.start().byte();
    Span::of(start + local.start().byte(), start + local.end().byte())
}

/// Where a folded word stands, in source bytes of the folded text.
fn occurrences<'t>(folded: &'t Folded, word: &'t str) -> impl Iterator<Item = Span> + 't {
    let anywhere = word.chars().count() >= ANYWHERE_FROM || !word.chars().all(char::is_alphanumeric);
    folded
        .text
        .match_indices(word)
        .filter(move |(at, _)| {
            anywhere || !folded.text.get(..*at).is_some_and(|before| before.ends_with(char::is_alphanumeric))
        })
        .map(|(at, found)| folded.source(Span::of(at, at + found.len())))
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
