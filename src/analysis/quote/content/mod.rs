//! What a cue reports: where its content starts and ends, to its right, to its left, or around it.

mod clause;
mod extent;
mod left;
mod object;
mod right;

use std::ops::Range;

use super::cue::{Cue, CueForms, CueKind, Source};
use super::marks::Marks;
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::token::{Parse, Sentence};
use crate::lexicon::CueWord;
use crate::tag::Tag;

pub(in crate::analysis) use clause::{is_clause, opens_clause, that_ahead};

/// The content of one cue.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Content {
    /// The pieces, in reading order, as tokens; marks may be among them.
    pub pieces: Vec<Range<usize>>,
    /// Whether the words are quoted as the object of the cue, not a reported clause.
    pub quoted: bool,
    /// Whether they are a noun phrase, without a verb of their own.
    pub bare_noun: bool,
}

impl Content {
    /// A reported clause of one piece.
    fn clause(piece: Range<usize>) -> Self {
        Self { pieces: vec![piece], quoted: false, bare_noun: false }
    }

    /// Quotations, with their marks.
    fn quoted(pieces: Vec<Range<usize>>) -> Self {
        Self { pieces, quoted: true, bare_noun: false }
    }
}

/// What the search for content may look at.
pub(in crate::analysis) struct Search<'p> {
    /// The text.
    pub parse: &'p Parse,
    /// Its quotation marks.
    pub marks: &'p Marks,
    /// Cue words by form.
    pub forms: &'p CueForms<'p>,
    /// The sentence of the cue.
    pub sentence: &'p Sentence,
    /// All cues of the sentence.
    pub cues: &'p [Cue],
    /// Whether the text tells a story; there only marked words are quotes.
    pub narrative: bool,
}

impl Search<'_> {
    /// The content of the cue at a place in the list, if it reports any.
    pub fn content(&self, number: usize) -> Option<Content> {
        let cue = &self.cues[number];
        match cue.kind {
            CueKind::Phrase => self.around_phrase(cue),
            CueKind::Raising => self.both_sides(cue),
            CueKind::Verb if self.follows_quotation(cue) => self.left(cue, cue.words.end),
            _ if cue.how == Source::Inverted => self.left(cue, cue.extent().end),
            CueKind::Verb if self.is_as_clause(cue) => self.beside_as_clause(cue),
            // There was evidence, he alleged, that boxes had been opened.
            CueKind::Verb if self.is_inserted(cue) => self.left(cue, cue.words.end).or_else(|| self.right(cue)),
            _ => self.right(cue).or_else(|| self.left(cue, cue.words.end)),
        }
    }

    /// The end of what a sentence can hold: its final stop and closing marks belong to no content.
    fn hi(&self) -> usize {
        let mut end = self.sentence.tokens.end;
        while end > self.sentence.tokens.start
            && (self.parse.tag(end - 1) == Tag::Stop || matches!(self.parse.lower(end - 1), ")" | "…"))
        {
            end -= 1;
        }
        end
    }

    fn lower(&self, at: usize) -> &str {
        self.parse.lower(at)
    }

    fn word_is(&self, at: usize, property: fn(&CueWord) -> bool) -> bool {
        self.forms.is(self.parse, at, property)
    }

    /// Whether commas stand on both sides of a cue and its source.
    fn is_inserted(&self, cue: &Cue) -> bool {
        let extent = cue.extent();
        let starts_late = extent.start > self.sentence.tokens.start + 1;
        // He was, she said, “the best of friends”; but: On Monday, she said, “Go.”
        let fragment = self.parse.shape(cue.words.end + 2) == Shape::Lower
            && (self.content_start()..extent.start).any(|t| self.parse.tag(t).is_finite_verb());
        let before_words = self.marks.opening_at(cue.words.end + 1).is_some() && !fragment;
        starts_late
            && self.is_break(extent.start - 1)
            && self.is_break(cue.words.end)
            && !before_words
            && cue.how == Source::Subject(Found::Before)
    }

    /// Whether a comma, dash or bracket stands at a token.
    fn is_break(&self, at: usize) -> bool {
        matches!(self.lower(at), "," | "—" | "–" | "--")
    }

    fn is_cue(&self, at: usize) -> bool {
        self.cues.iter().any(|c| c.extent().contains(&at))
    }
}
