//! The article: where it is scrolled to, and its rows.
//!
//! A place on the screen is a block and a row in it, never a row of the whole text, so a text of any length opens at once
//! and its end is as near as its start. Rows are wrapped when they are first looked at.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::document::{BlockKind, Document};
use crate::text::{Breaks, Pos, Row, Span, wrap};

/// A block longer than this many bytes is wrapped in parts.
const PART: usize = 32 << 10;
/// Wrapped parts that are kept.
const KEPT: usize = 600;

/// A row of the text: the part of a block it is in, and its number there. The first part of a block may begin with a gap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Spot {
    block: usize,
    part: usize,
    row: usize,
}

/// What a row shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shows {
    /// Nothing: the space between two blocks.
    Gap,
    /// Text of a block of some kind.
    Text(Span, BlockKind),
}

type Parts = FxHashMap<(usize, usize), Rc<[Row]>>;

/// The state of the article pane.
#[derive(Default)]
pub struct TextPane {
    top: Spot,
    /// The first byte shown; it stays when the width changes.
    anchor: Pos,
    /// Rows from the top to the row that is being read.
    reading: usize,
    cells: usize,
    height: usize,
    wrapped: RefCell<Parts>,
}

impl TextPane {
    /// Takes a new size, in cells of text and rows; the first sentence stays where it is.
    pub fn resize(&mut self, document: &Document, cells: usize, height: usize) {
        if (self.cells, self.height) == (cells, height) {
            return;
        }
        if self.cells != cells {
            self.wrapped.borrow_mut().clear();
        }
        self.cells = cells;
        self.height = height;
        let anchor = self.anchor;
        self.top = self.locate(document, anchor).min(self.last_top(document));
        self.reading = self.reading.min(height.saturating_sub(1));
    }

    /// The first byte shown.
    pub fn anchor(&self) -> Pos {
        self.anchor
    }

    /// The first byte shown and the row that is read, to come back to.
    pub fn place(&self) -> (Pos, usize) {
        (self.anchor, self.reading)
    }

    /// Goes back to a place.
    pub fn restore(&mut self, document: &Document, (anchor, reading): (Pos, usize)) {
        let target = self.locate(document, anchor);
        self.set_top(document, target.min(self.last_top(document)));
        self.reading = reading.min(self.rows(document).len().saturating_sub(1));
    }

    /// Scrolls by rows, down if positive. At either end the row that is read moves on alone.
    pub fn scroll(&mut self, document: &Document, rows: i32) {
        let before = self.top;
        let steps = rows.unsigned_abs() as usize;
        let rows_shown = self.rows(document).len().saturating_sub(1);
        if rows > 0 {
            self.set_top(document, self.down(document, self.top, steps).min(self.last_top(document)));
            let moved = self.distance(document, before, self.top, steps);
            self.reading = (self.reading + steps - moved).min(rows_shown);
        } else {
            let back = steps.min(self.reading);
            self.reading -= back;
            self.set_top(document, self.up(document, self.top, steps - back));
        }
    }

    /// Scrolls by pages of `rows`; the row that is read goes to the top of the page, or to the end of the text.
    pub fn page(&mut self, document: &Document, rows: i32) {
        let target = if rows > 0 {
            self.down(document, self.top, rows.unsigned_abs() as usize)
        } else {
            self.up(document, self.top, rows.unsigned_abs() as usize)
        };
        let last = self.last_top(document);
        if rows > 0 && self.top >= last {
            self.reading = self.rows(document).len().saturating_sub(1);
        } else {
            self.reading = 0;
        }
        self.set_top(document, target.min(last));
    }

    /// Goes to the start.
    pub fn home(&mut self, document: &Document) {
        self.reading = 0;
        self.set_top(document, Spot::default());
    }

    /// Goes to the end.
    pub fn end(&mut self, document: &Document) {
        self.set_top(document, self.last_top(document));
        self.reading = self.rows(document).len().saturating_sub(1);
    }

    /// Puts a position on the first row.
    pub fn go(&mut self, document: &Document, pos: Pos) {
        let target = self.locate(document, pos);
        let last = self.last_top(document);
        self.set_top(document, target.min(last));
        self.reading = self.distance(document, self.top, target, self.height).min(self.height.saturating_sub(1));
    }

    /// Brings a span into view: nothing moves when all of it is there; else its start goes to a third of the height.
    pub fn show(&mut self, document: &Document, span: Span) {
        let (start, end) = (self.locate(document, span.start()), self.locate(document, before(span)));
        let last_row = self.down(document, self.top, self.height.saturating_sub(1));
        if start >= self.top && end <= last_row {
            self.reading = self.distance(document, self.top, start, self.height);
            return;
        }
        let target = self.up(document, start, self.height / 3).min(self.last_top(document));
        self.set_top(document, target);
        self.reading = self.distance(document, self.top, start, self.height).min(self.height.saturating_sub(1));
    }

    /// Whether all of a span, or as much as there is room for, is on the screen.
    pub fn shows(&self, document: &Document, span: Span) -> bool {
        let start = self.locate(document, span.start());
        start >= self.top && start <= self.down(document, self.top, self.height.saturating_sub(1))
    }

    /// The text of the row that is being read.
    pub fn reading_row(&self, document: &Document) -> Span {
        let rows = self.rows(document);
        let mut from = rows.get(self.reading..).unwrap_or_default().iter().chain(rows.iter().rev());
        from.find_map(|shows| if let Shows::Text(span, _) = shows { Some(*span) } else { None }).unwrap_or_default()
    }

    /// The text of a row on the screen.
    pub fn row_at(&self, document: &Document, row: usize) -> Option<Span> {
        match self.rows(document).get(row) {
            Some(Shows::Text(span, _)) => Some(*span),
            _ => None,
        }
    }

    /// The rows on the screen.
    pub fn rows(&self, document: &Document) -> Vec<Shows> {
        let mut out = Vec::with_capacity(self.height);
        let mut spot = Some(self.top);
        while let Some(at) = spot
            && out.len() < self.height
        {
            out.extend(self.shown(document, at));
            spot = self.next(document, at);
        }
        out
    }

    /// How much of the text has been seen, 0 to 100; by bytes, because rows are not counted. `whole` has the bytes of the text
    /// when the document is only its beginning.
    pub fn per_cent(&self, document: &Document, whole: Option<usize>) -> usize {
        let last =
            self.rows(document).iter().rev().find_map(|r| if let Shows::Text(s, _) = r { Some(s.end()) } else { None });
        let end = whole.unwrap_or_else(|| document.blocks().last().map_or(0, |b| b.span.end().byte())).max(1);
        last.map_or(100, |pos| pos.byte() * 100 / end)
    }

    fn set_top(&mut self, document: &Document, top: Spot) {
        self.top = top;
        let first =
            self.rows(document).iter().find_map(|r| if let Shows::Text(s, _) = r { Some(s.start()) } else { None });
        self.anchor = first.unwrap_or_default();
    }

    /// The row a position is on.
    fn locate(&self, document: &Document, pos: Pos) -> Spot {
        let Some(block) = document.blocks().get(document.block_at(pos)) else { return Spot::default() };
        let index = document.block_at(pos);
        let mut part = 0;
        while part + 1 < parts(block.span) && part_span(document, index, part + 1).start() <= pos {
            part += 1;
        }
        let rows = self.wrapped(document, index, part);
        let row = rows.partition_point(|r| r.span.start() <= pos).saturating_sub(1);
        Spot { block: index, part, row: row + gap(document, index, part) }
    }

    /// The first row of the last screenful.
    fn last_top(&self, document: &Document) -> Spot {
        let Some(block) = document.blocks().len().checked_sub(1) else { return Spot::default() };
        let part = parts(document.blocks()[block].span) - 1;
        let row = self.count(document, block, part).saturating_sub(1);
        self.up(document, Spot { block, part, row }, self.height.saturating_sub(1))
    }

    fn count(&self, document: &Document, block: usize, part: usize) -> usize {
        self.wrapped(document, block, part).len() + gap(document, block, part)
    }

    fn shown(&self, document: &Document, spot: Spot) -> Option<Shows> {
        let kind = document.blocks().get(spot.block)?.kind;
        let gap = gap(document, spot.block, spot.part);
        let Some(row) = spot.row.checked_sub(gap) else { return Some(Shows::Gap) };
        self.wrapped(document, spot.block, spot.part).get(row).map(|r| Shows::Text(r.span, kind))
    }

    fn next(&self, document: &Document, spot: Spot) -> Option<Spot> {
        if spot.row + 1 < self.count(document, spot.block, spot.part) {
            return Some(Spot { row: spot.row + 1, ..spot });
        }
        let block = document.blocks().get(spot.block)?;
        if spot.part + 1 < parts(block.span) {
            return Some(Spot { part: spot.part + 1, row: 0, ..spot });
        }
        (spot.block + 1 < document.blocks().len()).then_some(Spot { block: spot.block + 1, part: 0, row: 0 })
    }

    fn previous(&self, document: &Document, spot: Spot) -> Option<Spot> {
        if let Some(row) = spot.row.checked_sub(1) {
            return Some(Spot { row, ..spot });
        }
        let (block, part) = if let Some(part) = spot.part.checked_sub(1) {
            (spot.block, part)
        } else {
            let block = spot.block.checked_sub(1)?;
            (block, parts(document.blocks()[block].span) - 1)
        };
        Some(Spot { block, part, row: self.count(document, block, part).saturating_sub(1) })
    }

    fn down(&self, document: &Document, from: Spot, rows: usize) -> Spot {
        (0..rows).try_fold(from, |at, _| self.next(document, at).ok_or(at)).unwrap_or_else(|end| end)
    }

    fn up(&self, document: &Document, from: Spot, rows: usize) -> Spot {
        (0..rows).try_fold(from, |at, _| self.previous(document, at).ok_or(at)).unwrap_or_else(|start| start)
    }

    /// Rows from one spot down to another, at most `most`.
    fn distance(&self, document: &Document, from: Spot, to: Spot, most: usize) -> usize {
        let mut at = from;
        for count in 0..most {
            if at >= to {
                return count;
            }
            match self.next(document, at) {
                Some(next) => at = next,
                None => return count,
            }
        }
        most
    }

    fn wrapped(&self, document: &Document, block: usize, part: usize) -> Rc<[Row]> {
        if let Some(rows) = self.wrapped.borrow().get(&(block, part)) {
            return Rc::clone(rows);
        }
        let Some(kind) = document.blocks().get(block).map(|b| b.kind) else { return Rc::new([]) };
        let breaks = if kind == BlockKind::Verse { Breaks::Lines } else { Breaks::Flow };
        let span = part_span(document, block, part);
        let rows: Rc<[Row]> = wrap(document.slice(span), span.start(), self.cells.max(1), breaks).into();
        let mut kept = self.wrapped.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert((block, part), Rc::clone(&rows));
        rows
    }
}

/// The last position of a span.
fn before(span: Span) -> Pos {
    Pos::at(span.end().byte().saturating_sub(1).max(span.start().byte()))
}

/// Rows of space above a part.
fn gap(document: &Document, block: usize, part: usize) -> usize {
    let blocks = document.blocks();
    if part > 0 || block == 0 {
        return 0;
    }
    let close = matches!(
        (blocks[block - 1].kind, blocks[block].kind),
        (BlockKind::Title, BlockKind::Byline) | (BlockKind::ListItem, BlockKind::ListItem)
    );
    usize::from(!close)
}

fn parts(span: Span) -> usize {
    span.len().div_ceil(PART).max(1)
}

/// Where a part of a block stands: cut at the first white space after a multiple of [`PART`].
fn part_span(document: &Document, block: usize, part: usize) -> Span {
    let span = document.blocks()[block].span;
    let edge = |part: usize| -> usize {
        let at = span.start().byte() + part * PART;
        if part == 0 || at >= span.end().byte() {
            return at.min(span.end().byte());
        }
        let near = document.text().as_bytes().get(at..span.end().byte().min(at + 400)).unwrap_or_default();
        let space = near.iter().position(u8::is_ascii_whitespace).unwrap_or(0);
        let at = at + space;
        (at..=span.end().byte()).find(|&i| document.text().is_char_boundary(i)).unwrap_or(at)
    };
    Span::of(edge(part), edge(part + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;
    use proptest::prelude::*;

    fn pane(document: &Document, cells: usize, height: usize) -> TextPane {
        let mut pane = TextPane::default();
        pane.resize(document, cells, height);
        pane
    }

    fn text(pane: &TextPane, document: &Document) -> Vec<String> {
        let draw = |shows: &Shows| match shows {
            Shows::Gap => String::new(),
            Shows::Text(span, _) => document.slice(*span).to_owned(),
        };
        pane.rows(document).iter().map(draw).collect()
    }

    fn numbered(count: usize) -> Document {
        let text: String = (0..count).map(|i| format!("Paragraph {i} goes on.\n\n")).collect();
        from_text(text, "n.txt")
    }

    #[test]
    fn lines_pages_and_ends() {
        let document = numbered(50);
        let mut pane = pane(&document, 40, 4);
        pane.scroll(&document, 2);
        assert_eq!(text(&pane, &document)[0], "Paragraph 1 goes on.");
        pane.end(&document);
        assert_eq!(text(&pane, &document).last().map(String::as_str), Some("Paragraph 49 goes on."));
        assert_eq!(pane.per_cent(&document, None), 100);
        pane.page(&document, -4);
        pane.home(&document);
        assert_eq!(text(&pane, &document)[0], "Paragraph 0 goes on.");
    }

    #[test]
    fn the_row_that_is_read_walks_when_the_text_cannot() {
        let document = numbered(3);
        let mut pane = pane(&document, 40, 20);
        pane.scroll(&document, 2);
        assert_eq!(document.slice(pane.reading_row(&document)), "Paragraph 1 goes on.");
        pane.scroll(&document, -1);
        pane.scroll(&document, -1);
        assert_eq!(document.slice(pane.reading_row(&document)), "Paragraph 0 goes on.");
    }

    #[test]
    fn a_narrow_window_and_back_keeps_the_sentence() {
        let document = from_text("word ".repeat(4000), "w.txt");
        let mut pane = pane(&document, 66, 20);
        pane.page(&document, 20);
        pane.page(&document, 20);
        let before = pane.rows(&document)[0];
        pane.resize(&document, 17, 4);
        pane.resize(&document, 66, 20);
        assert_eq!(pane.rows(&document)[0], before);
    }

    #[test]
    fn parts_of_a_giant_block_cover_it_once() {
        let document = from_text("木城 word ".repeat(20_000), "g.txt");
        let span = document.blocks()[0].span;
        let mut at = span.start();
        for part in 0..parts(span) {
            let piece = part_span(&document, 0, part);
            assert_eq!(piece.start(), at);
            assert!(!document.slice(piece).is_empty());
            at = piece.end();
        }
        assert_eq!(at, span.end());
    }

    proptest! {
        #[test]
        fn any_walk_stays_inside(steps in prop::collection::vec(-30i32..30, 0..30), cells in 1usize..50, height in 1usize..30) {
            let document = numbered(12);
            let mut pane = pane(&document, cells, height);
            for step in steps {
                if step % 3 == 0 { pane.page(&document, step) } else { pane.scroll(&document, step) }
                prop_assert!(!pane.rows(&document).is_empty());
                // A screen of one row may show the gap between two paragraphs.
                prop_assert!(height < 2 || !pane.reading_row(&document).is_empty());
            }
        }
    }
}
