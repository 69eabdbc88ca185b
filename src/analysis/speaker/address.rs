//! Names and words that speak to somebody: “You may go, Tom.” “My dear Watson, …” “Yes, sir.”

use std::ops::Range;

use crate::analysis::form::Shape;
use crate::analysis::person::{Cast, NameMention};
use crate::analysis::token::Parse;

/// Tells who is spoken to.
#[derive(Clone, Copy)]
pub(super) struct Address<'a, 'p> {
    /// The text.
    pub parse: &'a Parse,
    /// Everybody.
    pub cast: &'a Cast<'p>,
}

impl Address<'_, '_> {
    /// Whether a name inside quoted words addresses its bearer: it is set off on both sides.
    pub fn is_spoken_to(self, name: &NameMention, piece: &Range<usize>) -> bool {
        self.is_set_off(&name.tokens, piece)
    }

    /// The single words that address somebody without a name: *sir*, *doctor*.
    pub fn words(self, piece: &Range<usize>) -> impl Iterator<Item = usize> {
        let piece = piece.clone();
        piece.clone().filter(move |&at| {
            let word = self.cast.word(at);
            (word.is_address() || word.is_person())
                && self.cast.named_at(at).is_none()
                && self.is_set_off(&(at..at + 1), &piece)
        })
    }

    fn is_set_off(self, tokens: &Range<usize>, piece: &Range<usize>) -> bool {
        let mut start = tokens.start;
        while start > piece.start && self.cast.word(start - 1).is_before_address() {
            start -= 1;
        }
        let mark = |at: usize| self.parse.shape(at) == Shape::Mark && !matches!(self.parse.lower(at), "'" | "(" | ")");
        (start == piece.start || mark(start - 1)) && (tokens.end >= piece.end || mark(tokens.end))
    }
}
