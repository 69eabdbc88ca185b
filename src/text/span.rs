//! Places in a text: a byte position and a stretch between two of them.
//!
//! Rows, columns, lines and code points exist only at the edges of the program; everything in between speaks of bytes
//! through these two types, so that a resize, a theme or an export never moves a finding.

use std::fmt;
use std::ops::Range;

/// A byte offset into a document's text, always on a character boundary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Pos(u32);

impl Pos {
    /// Makes a position from a byte offset; offsets past 4 GiB stick to the last one.
    pub fn at(byte: usize) -> Self {
        Self(u32::try_from(byte).unwrap_or(u32::MAX))
    }

    /// The offset in bytes.
    pub fn byte(self) -> usize {
        self.0 as usize
    }
}

/// A half-open stretch of text, in bytes. Its start is never after its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: Pos,
    end: Pos,
}

impl Span {
    /// Makes a span; of two positions in the wrong order the later one gives way.
    pub fn new(start: Pos, end: Pos) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Makes a span from byte offsets.
    pub fn of(start: usize, end: usize) -> Self {
        Self::new(Pos::at(start), Pos::at(end))
    }

    /// An empty span at a place.
    pub fn empty(at: Pos) -> Self {
        Self { start: at, end: at }
    }

    /// The first byte.
    pub fn start(self) -> Pos {
        self.start
    }

    /// The byte after the last.
    pub fn end(self) -> Pos {
        self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.byte() - self.start.byte()
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same stretch as a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start.byte()..self.end.byte()
    }

    /// Whether a position lies inside (the end is outside).
    pub fn contains(self, pos: Pos) -> bool {
        self.start <= pos && pos < self.end
    }

    /// Whether another span lies wholly inside this one.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part both share, if any.
    pub fn intersection(self, other: Span) -> Option<Span> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Span { start, end })
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start.0, self.end.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_in_the_wrong_order_is_empty() {
        let span = Span::of(7, 3);
        assert!(span.is_empty());
        assert_eq!(span.range(), 7..7);
    }

    #[test]
    fn joining_and_cutting() {
        let (a, b) = (Span::of(2, 6), Span::of(4, 9));
        assert_eq!(a.join(b), Span::of(2, 9));
        assert_eq!(a.intersection(b), Some(Span::of(4, 6)));
        assert_eq!(a.intersection(Span::of(6, 8)), None);
        assert!(a.overlaps(b) && !a.overlaps(Span::of(6, 8)));
        assert!(Span::of(0, 9).covers(a) && a.contains(Pos::at(2)) && !a.contains(Pos::at(6)));
    }
}
