//! Two screens make bytes: what the terminal shows now, what it shall show, and the fewest bytes that lead from one to the
//! other. When rows have only moved, the terminal is told to scroll; what it then shows is worked out here cell by cell, so
//! that a wrong guess costs bytes and never a wrong cell.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::style;

/// Gaps of this many unchanged cells or fewer are written again: that is cheaper than a move.
const SHORT_GAP: u16 = 4;
/// Rows that a scroll must save before it is tried.
const WORTH_SCROLLING: usize = 3;

/// What the terminal shows, and the state its next byte meets.
#[derive(Debug)]
pub struct Screen {
    shown: Buffer,
    /// Where the terminal's cursor is; none when it cannot be known.
    cursor: Option<(u16, u16)>,
    style: Style,
    /// First and last row of the scroll region that is set.
    region: Option<(u16, u16)>,
}

impl Screen {
    /// A screen of which nothing is known: the first frame clears it.
    pub fn new() -> Self {
        Self { shown: Buffer::default(), cursor: None, style: Style::default(), region: None }
    }

    /// Forgets what the terminal shows, so that the next frame draws everything.
    pub fn forget(&mut self) {
        *self = Self::new();
    }

    /// The bytes that turn what is shown into `next`; nothing when there is no change.
    pub fn draw(&mut self, next: &Buffer) -> String {
        let mut out = String::new();
        if self.shown.area != next.area {
            self.clear(next, &mut out);
        }
        self.scroll(next, &mut out);
        for y in 0..next.area.height {
            self.row(next, y, &mut out);
        }
        self.shown.content.clone_from(&next.content);
        out
    }

    /// Starts with an empty screen, everything at its default.
    fn clear(&mut self, next: &Buffer, out: &mut String) {
        out.push_str("\x1b[0m\x1b[r\x1b[H\x1b[2J");
        self.shown = Buffer::empty(next.area);
        self.cursor = Some((0, 0));
        self.style = Style::default();
        self.region = None;
    }

    fn size(&self) -> Size {
        self.shown.area.as_size()
    }

    // ------------------------------------------------------------------ scrolling

    /// Moves rows that are the same at another height, when that saves bytes.
    fn scroll(&mut self, next: &Buffer, out: &mut String) {
        let Some(shift) = best_shift(&row_hashes(&self.shown), &row_hashes(next)) else { return };
        let (top, bottom) = (cells(shift.top), cells(shift.bottom - 1));
        self.set_style(Style::default(), out);
        if self.region != Some((top, bottom)) {
            let _ = write!(out, "\x1b[{};{}r", top + 1, bottom + 1);
            self.region = Some((top, bottom));
            // Terminals differ on where this leaves the cursor.
            self.cursor = None;
        }
        if shift.up {
            self.move_to(0, bottom, out);
            (0..shift.by).for_each(|_| out.push('\n'));
        } else {
            self.move_to(0, top, out);
            (0..shift.by).for_each(|_| out.push_str("\x1bM"));
        }
        self.shift_shown(&shift);
    }

    /// Does to the picture of the screen what the terminal does to the screen.
    fn shift_shown(&mut self, shift: &Shift) {
        let width = usize::from(self.size().width);
        let region = &mut self.shown.content[shift.top * width..shift.bottom * width];
        let moved = shift.by * width;
        if shift.up {
            region.rotate_left(moved);
            let end = region.len();
            region[end - moved..].iter_mut().for_each(Cell::reset);
        } else {
            region.rotate_right(moved);
            region[..moved].iter_mut().for_each(Cell::reset);
        }
    }

    // ------------------------------------------------------------------ rows

    fn row(&mut self, next: &Buffer, y: u16, out: &mut String) {
        let width = self.size().width;
        let blank_from = blank_tail(next, y, width);
        let mut x = 0;
        while x < width {
            if x >= blank_from && self.tail_differs(y, x, width) && width - x > 3 {
                self.erase_tail(x, y, out);
                return;
            }
            let cell = &next[(x, y)];
            let wide = columns(cell);
            if self.shown[(x, y)] == *cell {
                x += wide;
                continue;
            }
            self.reach(next, x, y, out);
            self.put(cell, x, y, out);
            // A wide character that was cut leaves its other half to be written again.
            let last = (x + wide - 1).min(width - 1);
            let cut = last + columns(&self.shown[(last, y)]);
            if cut > x + wide && x + wide < width {
                self.shown[(x + wide, y)].set_symbol("\u{0}");
            }
            x += wide;
        }
    }

    fn tail_differs(&self, y: u16, from: u16, width: u16) -> bool {
        (from..width).any(|x| self.shown[(x, y)] != Cell::EMPTY)
    }

    fn erase_tail(&mut self, x: u16, y: u16, out: &mut String) {
        self.move_to(x, y, out);
        self.set_style(Style::default(), out);
        out.push_str("\x1b[K");
    }

    /// Brings the cursor to a cell, over a short gap by writing the cells in it again.
    fn reach(&mut self, next: &Buffer, x: u16, y: u16, out: &mut String) {
        if let Some((from, row)) = self.cursor
            && row == y
            && from < x
            && x - from <= SHORT_GAP
            && (from..x).all(|g| {
                next[(g, y)].style() == self.style && columns(&next[(g, y)]) == 1 && next[(g, y)].symbol().len() == 1
            })
        {
            for gap in from..x {
                out.push_str(next[(gap, y)].symbol());
            }
            self.cursor = Some((x, y));
        }
        self.move_to(x, y, out);
    }

    fn put(&mut self, cell: &Cell, x: u16, y: u16, out: &mut String) {
        self.set_style(cell.style(), out);
        out.push_str(if cell.symbol().is_empty() { " " } else { cell.symbol() });
        let after = x + columns(cell);
        // In the last column terminals differ on where the cursor is now.
        self.cursor = (after < self.size().width).then_some((after, y));
    }

    fn move_to(&mut self, x: u16, y: u16, out: &mut String) {
        if self.cursor == Some((x, y)) {
            return;
        }
        let bottom = self.region.map_or(self.size().height.saturating_sub(1), |(_, bottom)| bottom);
        match self.cursor {
            Some((from, row)) if row == y && x == from + 1 => out.push_str("\x1b[C"),
            Some((from, row)) if row == y && x > from => drop(write!(out, "\x1b[{}C", x - from)),
            Some((_, row)) if row == y && x == 0 => out.push('\r'),
            Some((_, row)) if x == 0 && row + 1 == y && row != bottom => out.push_str("\r\n"),
            _ if x == 0 && y == 0 => out.push_str("\x1b[H"),
            _ if x == 0 => drop(write!(out, "\x1b[{}H", y + 1)),
            _ => drop(write!(out, "\x1b[{};{}H", y + 1, x + 1)),
        }
        self.cursor = Some((x, y));
    }

    fn set_style(&mut self, wanted: Style, out: &mut String) {
        out.push_str(&style::change(self.style, wanted));
        self.style = wanted;
    }
}

fn cells(row: usize) -> u16 {
    u16::try_from(row).unwrap_or(u16::MAX)
}

/// Columns a cell takes on the screen.
fn columns(cell: &Cell) -> u16 {
    let symbol = cell.symbol();
    if symbol.len() == 1 { 1 } else { cells(symbol.width()).clamp(1, 2) }
}

/// The column from which a row is empty and plain.
fn blank_tail(buffer: &Buffer, y: u16, width: u16) -> u16 {
    (0..width).rev().find(|&x| buffer[(x, y)] != Cell::EMPTY).map_or(0, |x| x + columns(&buffer[(x, y)]))
}

/// A hash for each row; 0 for an empty one.
fn row_hashes(buffer: &Buffer) -> Vec<u64> {
    use std::hash::{Hash, Hasher};
    let width = usize::from(buffer.area.width).max(1);
    let hash = |row: &[Cell]| {
        if row.iter().all(|c| *c == Cell::EMPTY) {
            return 0;
        }
        let mut hasher = rustc_hash::FxHasher::default();
        row.hash(&mut hasher);
        hasher.finish().max(1)
    };
    buffer.content.chunks(width).map(hash).collect()
}

/// Rows `top..bottom` move by `by`.
#[derive(Debug, PartialEq, Eq)]
struct Shift {
    top: usize,
    bottom: usize,
    by: usize,
    up: bool,
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
            if saved >= WORTH_SCROLLING + by / 4 && best.as_ref().is_none_or(|(most, _)| saved > *most) {
                best = Some((saved, shift));
            }
        }
    }
    best.map(|(_, shift)| shift)
}

/// The longest run of rows that are `by` rows higher (or lower) in the new screen, and how many of them would else be
/// written anew.
fn longest_run(old: &[u64], new: &[u64], by: usize, up: bool) -> (usize, Shift) {
    let mut best = (0, Shift { top: 0, bottom: 0, by, up });
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
            best = (saved, Shift { top: start, bottom: row + by, by, up });
        }
        start = row + 1;
        saved = 0;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier};

    const WIDTH: u16 = 24;
    const HEIGHT: u16 = 9;

    fn page(lines: &[(String, u8)]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for (y, (line, look)) in lines.iter().take(usize::from(HEIGHT)).enumerate() {
            let style = match look % 5 {
                1 => Style::default().fg(Color::Green),
                2 => Style::default().add_modifier(Modifier::BOLD | Modifier::REVERSED),
                3 => Style::default().fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::ITALIC),
                4 => Style::default().fg(Color::Cyan).add_modifier(Modifier::DIM),
                _ => Style::default(),
            };
            buffer.set_stringn(0, cells(y), line, usize::from(WIDTH), style);
        }
        buffer
    }

    fn expected(buffer: &Buffer, x: u16, y: u16) -> String {
        buffer[(x, y)].symbol().trim_end().to_owned()
    }

    fn check(terminal: &vt100::Parser, buffer: &Buffer) {
        for y in 0..HEIGHT {
            let mut x = 0;
            while x < WIDTH {
                let cell = &buffer[(x, y)];
                let seen = terminal.screen().cell(y, x).expect("on screen");
                assert_eq!(seen.contents().trim_end(), expected(buffer, x, y), "at {x},{y}");
                let modifier = cell.modifier;
                if !cell.symbol().trim().is_empty() {
                    assert_eq!(seen.bold(), modifier.contains(Modifier::BOLD), "bold at {x},{y}");
                    assert_eq!(seen.italic(), modifier.contains(Modifier::ITALIC), "italic at {x},{y}");
                    let colour = match cell.fg {
                        Color::Green => vt100::Color::Idx(2),
                        Color::Cyan => vt100::Color::Idx(6),
                        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
                        _ => vt100::Color::Default,
                    };
                    assert_eq!(seen.fgcolor(), colour, "colour at {x},{y}");
                }
                assert_eq!(seen.inverse(), modifier.contains(Modifier::REVERSED), "reverse at {x},{y}");
                x += columns(cell);
            }
        }
    }

    fn terminal() -> vt100::Parser {
        let some = |n| std::num::NonZero::new(n).expect("not zero");
        vt100::Parser::new(some(HEIGHT), some(WIDTH), 0)
    }

    #[test]
    fn a_frame_without_change_is_no_bytes() {
        let buffer = page(&[("one".into(), 0), ("two".into(), 1)]);
        let mut screen = Screen::new();
        assert!(!screen.draw(&buffer).is_empty());
        assert_eq!(screen.draw(&buffer), "");
    }

    #[test]
    fn a_line_down_costs_little_more_than_its_text() {
        let line = |n: usize| (format!("line number {n}"), 0);
        let mut screen = Screen::new();
        screen.draw(&page(&(0..9).map(line).collect::<Vec<_>>()));
        let first = screen.draw(&page(&(1..10).map(line).collect::<Vec<_>>()));
        let second = screen.draw(&page(&(2..11).map(line).collect::<Vec<_>>()));
        assert!(second.len() <= "line number 10".len() + 12, "{second:?}");
        assert!(first.len() < 60, "{first:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_terminal_shows_what_was_drawn(
            pages in prop::collection::vec(prop::collection::vec(("[a-c 木é]{0,26}", 0u8..5), 0..10), 1..7),
            turns in prop::collection::vec((0usize..7, -4isize..5), 1..14),
        ) {
            let mut terminal = terminal();
            let mut screen = Screen::new();
            let mut lines: Vec<(String, u8)> = Vec::new();
            for (pick, shift) in turns {
                let page = &pages[pick % pages.len()];
                match shift {
                    0 => lines.clone_from(page),
                    1.. => {
                        lines.drain(..shift.unsigned_abs().min(lines.len()));
                        lines.extend(page.iter().take(3).cloned());
                    }
                    ..0 => page.iter().take(shift.unsigned_abs()).for_each(|line| lines.insert(0, line.clone())),
                }
                let buffer = self::page(&lines);
                terminal.process(screen.draw(&buffer).as_bytes());
                check(&terminal, &buffer);
            }
        }
    }
}
