//! A stretch of the text with two ends that keys move, by words or by sentences.

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::Analysis;
use crate::document::Document;
use crate::text::{Pos, Span};

/// Which end the keys move.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    Start,
    Last,
}

/// By how much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    Word,
    Sentence,
}

/// The stretch, never empty, and where it may reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Selection {
    pub span: Span,
    pub end: End,
    /// What it must stay within.
    pub within: Span,
}

impl Selection {
    /// Moves the end on, or back; it stays where it is when it cannot go there.
    pub fn step(&mut self, document: &Document, analysis: &Analysis, by: By, on: bool) {
        let at = if self.end == End::Start { self.span.start() } else { self.span.end() };
        let stops = self.stops(document, analysis, by, at);
        let next = if on {
            stops.into_iter().filter(|&stop| stop > at).min()
        } else {
            stops.into_iter().filter(|&stop| stop < at).max()
        };
        let Some(next) = next else { return };
        let span = match self.end {
            End::Start if next < self.span.end() => Span::new(next, self.span.end()),
            End::Last if next > self.span.start() => Span::new(self.span.start(), next),
            _ => return,
        };
        if self.within.covers(span) {
            self.span = span;
        }
    }

    /// Moves the other end from now on.
    pub fn turn(&mut self) {
        self.end = if self.end == End::Start { End::Last } else { End::Start };
    }

    /// Where the end that is moved is: an empty stretch, to be shown.
    pub fn place(&self) -> Span {
        Span::empty(if self.end == End::Start { self.span.start() } else { self.span.end() })
    }

    /// Where the end may stop in the paragraph it is in and those beside it.
    fn stops(&self, document: &Document, analysis: &Analysis, by: By, at: Pos) -> Vec<Pos> {
        let block = document.block_at(at);
        let near = document.blocks().iter().skip(block.saturating_sub(1)).take(3).map(|b| b.span);
        let parts: Vec<Span> = match by {
            By::Word => near.flat_map(|span| words(document, span)).collect(),
            By::Sentence => {
                let near = near.reduce(Span::join).unwrap_or_default();
                analysis.sentences.iter().copied().filter(|s| s.overlaps(near)).map(|s| trimmed(document, s)).collect()
            }
        };
        parts.into_iter().map(|part| if self.end == End::Start { part.start() } else { part.end() }).collect()
    }
}

/// The words and marks of a stretch.
fn words(document: &Document, span: Span) -> Vec<Span> {
    let parts = document.slice(span).split_word_bound_indices();
    let first = span.start().byte();
    let words = parts.filter(|(_, word)| !word.trim().is_empty());
    words.map(|(at, word)| Span::of(first + at, first + at + word.len())).collect()
}

/// Without the spaces at its ends.
fn trimmed(document: &Document, span: Span) -> Span {
    let text = document.slice(span);
    let start = span.start().byte() + text.len() - text.trim_start().len();
    Span::of(start, start + text.trim().len())
}

/// The sentence at a place, without the spaces around it.
pub(super) fn sentence_at(document: &Document, analysis: &Analysis, row: Span) -> Option<Span> {
    let at = analysis.sentences.partition_point(|s| s.end() <= row.start());
    analysis.sentences.get(at).map(|&s| trimmed(document, s))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    const TEXT: &str = "“The mill didn’t close,” she said. It rained.\n\n木城 is next.";

    #[track_caller]
    fn check(words: &str, end: End, steps: &[(By, bool)], expected: &str) {
        let document = from_text(TEXT.into(), "a.txt");
        let analysis = analyse(&document, &Lexicon::english(), &[]);
        let at = TEXT.find(words).expect("in the text");
        let span = Span::of(at, at + words.len());
        let mut selection = Selection { span, end, within: Span::of(0, TEXT.len()) };
        for &(by, on) in steps {
            selection.step(&document, &analysis, by, on);
        }
        assert_eq!(document.slice(selection.span), expected);
    }

    #[test]
    fn ends_go_by_words_and_marks() {
        let word = |on| (By::Word, on);
        check("The mill didn’t close,", End::Last, &[word(false)], "The mill didn’t close");
        check("The mill didn’t close,", End::Last, &[word(false), word(false)], "The mill didn’t");
        check("The mill", End::Last, &[word(true)], "The mill didn’t");
        check("The mill", End::Start, &[word(true)], "mill");
        check("mill", End::Start, &[word(true)], "mill");
        check("The", End::Last, &[word(false)], "The");
        check("It rained", End::Last, &[word(true), word(true)], "It rained.\n\n木");
    }

    #[test]
    fn ends_go_by_sentences_and_stay_inside() {
        check("mill", End::Last, &[(By::Sentence, true)], "mill didn’t close,” she said.");
        check("It", End::Start, &[(By::Sentence, false)], "“The mill didn’t close,” she said. It");
        check("next.", End::Last, &[(By::Word, true)], "next.");
    }
}
