//! A document that is open, with what is known about it so far: first only the text, then the findings.

use std::sync::Arc;

use super::msg::DocumentId;
use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadId};
use crate::document::Document;
use crate::index::Index;
use crate::remarks::Remarks;
use crate::text::{Pos, Span};

/// An open document.
pub struct Reading {
    /// Which opening this is.
    pub id: DocumentId,
    /// The text.
    pub document: Arc<Document>,
    /// What was found; none until the analysis has answered.
    pub found: Option<Found>,
    /// The findings before the reader's corrections.
    pub original: Option<Arc<Analysis>>,
    /// What the reader says.
    pub remarks: Remarks,
}

/// The findings of a document, in the forms the panes need.
pub struct Found {
    /// The findings.
    pub analysis: Arc<Analysis>,
    /// The findings, ready to be searched.
    pub index: Arc<Index>,
    /// The findings by place.
    pub touches: Touches,
    /// Whether they are those of the whole text, not only of its beginning.
    pub whole: bool,
}

impl Reading {
    /// A document of which nothing is known yet.
    pub fn new(id: DocumentId, document: Arc<Document>) -> Self {
        Self { id, document, found: None, original: None, remarks: Remarks::default() }
    }

    /// Takes in the findings.
    pub fn learn(&mut self, analysis: Arc<Analysis>, index: Arc<Index>) {
        self.remarks.settle(&self.document, &analysis);
        let touches = Touches::new(&analysis);
        self.found = Some(Found { analysis, index, touches, whole: true });
    }

    /// Takes in the findings of the beginning; remarks wait for the others.
    pub fn begin(&mut self, analysis: Arc<Analysis>, index: Arc<Index>) {
        let touches = Touches::new(&analysis);
        self.found = Some(Found { analysis, index, touches, whole: false });
    }

    /// The findings of the whole text.
    pub fn found_all(&self) -> Option<&Found> {
        self.found.as_ref().filter(|found| found.whole)
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.document.slice(span)
    }

    /// The number of the paragraph a position lies in, from 1; headings and titles are not counted.
    pub fn paragraph(&self, pos: Pos) -> usize {
        use crate::document::BlockKind::{Byline, Heading, SceneBreak, Title};
        let blocks = self.document.blocks();
        let at = self.document.block_at(pos);
        let counted =
            blocks.iter().take(at + 1).filter(|b| !matches!(b.kind, Title | Byline | Heading(_) | SceneBreak));
        counted.count().max(1)
    }
}

impl Found {
    /// Where a finding stands: for a thread its evidence, or the first place it is named.
    pub fn span(&self, finding: FindingId) -> Option<Span> {
        self.analysis.span(finding)
    }

    /// The stretches a finding covers.
    pub fn pieces(&self, finding: FindingId) -> &[Span] {
        match finding {
            FindingId::Quote(id) => self.analysis.quotes.get(id.index()).map_or(&[], |q| q.content.as_slice()),
            FindingId::Claim(id) => {
                self.analysis.claims.get(id.index()).map_or(&[], |c| std::slice::from_ref(&c.content))
            }
            FindingId::Thread(id) => self.analysis.threads.get(id.index()).map_or(&[], |t| t.mentions.as_slice()),
            FindingId::Person(_) => &[],
        }
    }
}

/// All findings by place, to be asked which of them a row touches.
#[derive(Default)]
pub struct Touches {
    all: Vec<(Span, FindingId)>,
    /// For each entry the furthest end of it and all before it.
    reach: Vec<Pos>,
}

impl Touches {
    /// Sorts the findings.
    pub fn new(analysis: &Analysis) -> Self {
        let mut all = Vec::new();
        for (i, quote) in analysis.quotes.iter().enumerate() {
            all.extend(quote.content.iter().map(|&s| (s, FindingId::Quote(QuoteId::at(i)))));
        }
        for (i, claim) in analysis.claims.iter().enumerate() {
            all.push((claim.content, FindingId::Claim(ClaimId::at(i))));
        }
        for (i, thread) in analysis.threads.iter().enumerate() {
            all.extend(thread.mentions.iter().map(|&s| (s, FindingId::Thread(ThreadId::at(i)))));
        }
        all.sort_unstable();
        let mut reach = Vec::with_capacity(all.len());
        let mut furthest = Pos::default();
        for (span, _) in &all {
            furthest = furthest.max(span.end());
            reach.push(furthest);
        }
        Self { all, reach }
    }

    /// The findings that share text with a span, in order.
    pub fn touching(&self, span: Span) -> Vec<(Span, FindingId)> {
        let end = self.all.partition_point(|(s, _)| s.start() < span.end());
        let mut start = end;
        while start > 0 && self.reach[start - 1] > span.start() {
            start -= 1;
        }
        self.all[start..end].iter().copied().filter(|(s, _)| s.overlaps(span)).collect()
    }

    /// The finding of a kind that lies nearest to a stretch: one that touches it, else the next one after it, else the last.
    pub fn nearest(&self, span: Span, kind: fn(&FindingId) -> bool) -> Option<FindingId> {
        let touched = self.touching(span).into_iter().find(|(_, f)| kind(f));
        let after = self.all.partition_point(|(s, _)| s.start() < span.start());
        touched
            .or_else(|| self.all[after..].iter().copied().find(|(_, f)| kind(f)))
            .or_else(|| self.all.iter().rev().copied().find(|(_, f)| kind(f)))
            .map(|(_, finding)| finding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::sample;

    #[test]
    fn rows_know_what_touches_them() {
        let (document, analysis) = sample::article();
        let touches = Touches::new(&analysis);
        let at = document.text().find("second story").expect("in the sample");
        let found = touches.touching(Span::of(at, at + 6));
        assert_eq!(found.iter().map(|(_, f)| *f).collect::<Vec<_>>(), [FindingId::Quote(QuoteId(4))]);
        assert!(touches.touching(Span::of(0, 3)).is_empty());
    }

    #[test]
    fn the_nearest_is_the_touching_then_the_next_then_the_last() {
        let (document, analysis) = sample::article();
        let touches = Touches::new(&analysis);
        let quote = |f: &FindingId| matches!(f, FindingId::Quote(_));
        assert_eq!(touches.nearest(Span::of(0, 3), quote), Some(FindingId::Quote(QuoteId(0))));
        let end = document.text().len();
        assert_eq!(touches.nearest(Span::of(end - 1, end), quote), Some(FindingId::Quote(QuoteId(9))));
    }
}
