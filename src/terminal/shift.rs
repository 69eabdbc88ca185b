//! Which rows, or parts of rows, have only moved: pure guesses about two screens. Each is tried with the bytes that it costs,
//! so that a wrong one loses nothing.

use std::hash::{Hash, Hasher};

use ratatui::buffer::{Buffer, Cell};

/// Rows that a scroll must save before it is tried.
const WORTH_SCROLLING: usize = 2;

/// Rows `top..bottom` move by `by`, whole or between two columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    pub top: usize,
    pub bottom: usize,
    pub by: usize,
    pub up: bool,
    /// First column, and the one after the last.
    pub columns: Option<(u16, u16)>,
}

/// What a terminal is able to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Able {
    /// It scrolls by a number of rows (SU, SD); the Linux console and older ones do not.
    pub modern: bool,
    /// It scrolls between two columns (DECLRMM).
    pub margins: bool,
}

/// The shifts worth trying between two screens of one size.
pub fn candidates(old: &Buffer, new: &Buffer, region: Option<(u16, u16)>, able: Able) -> Vec<Shift> {
    let width = new.area.width;
    let (before, after) = (hashes(old, 0, width), hashes(new, 0, width));
    let differing: Vec<usize> = (0..before.len()).filter(|&row| before[row] != after[row]).collect();
    let &[first, .., last] = differing.as_slice() else { return Vec::new() };
    let standing = region.map(|(top, bottom)| (usize::from(top), usize::from(bottom) + 1));
    let standing = standing.filter(|&(_, bottom)| bottom <= usize::from(new.area.height));
    let mut out = Vec::new();
    if let Some(best) = best_shift(&before, &after) {
        // The region that stands costs nothing to set.
        if let Some((top, bottom)) = standing.filter(|(top, bottom)| bottom - top > best.by) {
            out.push(Shift { top, bottom, ..best.clone() });
        }
        out.push(best);
    }
    // A region scrolled away whole is the shortest way to empty rows.
    let around = standing.filter(|&(top, bottom)| top <= first && last < bottom);
    for (top, bottom) in around.into_iter().chain([(first, last + 1)]) {
        if able.modern && differing.len() * 2 > bottom - top {
            out.push(Shift { top, bottom, by: bottom - top, up: true, columns: None });
        }
    }
    if able.margins {
        out.extend(beside(old, new));
    }
    out
}

/// Shifts in the columns left and right of a bar that stands in both screens.
fn beside(old: &Buffer, new: &Buffer) -> Vec<Shift> {
    let width = new.area.width;
    let Some(bar) = (1..width.saturating_sub(1)).find(|&x| is_bar(old, x) && is_bar(new, x)) else { return Vec::new() };
    let sides = [(0, bar), (bar + 1, width)];
    let shift = |(left, right)| {
        let best = best_shift(&hashes(old, left, right), &hashes(new, left, right))?;
        Some(Shift { columns: Some((left, right)), ..best })
    };
    sides.into_iter().filter_map(shift).collect()
}

/// Whether one sign, no letter, stands in most rows of a column.
fn is_bar(buffer: &Buffer, x: u16) -> bool {
    let rows = (0..buffer.area.height).filter(|&y| matches!(buffer[(x, y)].symbol(), "│" | "|")).count();
    rows * 2 > usize::from(buffer.area.height)
}

/// A hash for each row between two columns; 0 for an empty one.
fn hashes(buffer: &Buffer, left: u16, right: u16) -> Vec<u64> {
    let width = usize::from(buffer.area.width).max(1);
    let hash = |row: &[Cell]| {
        let row = &row[usize::from(left)..usize::from(right)];
        if row.iter().all(|c| *c == Cell::EMPTY) {
            return 0;
        }
        let mut hasher = rustc_hash::FxHasher::default();
        row.hash(&mut hasher);
        hasher.finish().max(1)
    };
    buffer.content.chunks(width).map(hash).collect()
}

/// The shift that puts most rows where they belong; none when it would save too little.
fn best_shift(old: &[u64], new: &[u64]) -> Option<Shift> {
    if old.len() != new.len() || old == new {
        return None;
    }
    let mut best: Option<(usize, Shift)> = None;
    for by in 1..old.len() {
        for up in [true, false] {
            let (saved, shift) = longest_run(old, new, by, up);
            if saved >= WORTH_SCROLLING && best.as_ref().is_none_or(|(most, _)| saved > *most) {
                best = Some((saved, shift));
            }
        }
    }
    best.map(|(_, shift)| shift)
}

/// The longest run of rows that are `by` rows higher (or lower) in the new screen, and how many of them would else be
/// written anew.
fn longest_run(old: &[u64], new: &[u64], by: usize, up: bool) -> (usize, Shift) {
    let mut best = (0, Shift { top: 0, bottom: 0, by, up, columns: None });
    let mut start = 0;
    let mut saved = 0usize;
    let rows = old.len() - by;
    for row in 0..=rows {
        // In the new screen the row stands at `target`, in the old one at `source`.
        let (target, source) = if up { (row, row + by) } else { (row + by, row) };
        if row < rows && new[target] == old[source] {
            saved += usize::from(new[target] != old[target] && new[target] != 0);
            continue;
        }
        if saved > best.0 {
            best = (saved, Shift { top: start, bottom: row + by, by, up, columns: None });
        }
        start = row + 1;
        saved = 0;
    }
    best
}
