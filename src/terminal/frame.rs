//! Two screens make bytes: what the terminal shows now, what it shall show, and the fewest bytes that lead from one to the
//! other. When rows have only moved, the terminal is told to scroll; what it then shows is worked out here cell by cell, so
//! that a wrong guess costs bytes and never a wrong cell.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::shift::{self, Able, Shift};
use super::style;

/// Gaps of this many unchanged cells or fewer are written again: that is cheaper than a move.
const SHORT_GAP: u16 = 4;

/// A scroll by more rows than this is said as a number (SU, SD), where the terminal knows that.
const LONG_SCROLL: usize = 4;

/// What the terminal shows, and the state its next byte meets.
#[derive(Clone, Debug)]
pub struct Screen {
    shown: Buffer,
    /// Where the terminal's cursor is; none when it cannot be known.
    cursor: Option<(u16, u16)>,
    style: Style,
    /// Whether the cursor is shown, where text is typed.
    caret: bool,
    /// First and last row of the scroll region that is set.
    region: Option<(u16, u16)>,
    able: Able,
    /// Left and right margins are switched on.
    margins_on: bool,
}

impl Screen {
    /// A screen of which nothing is known: the first frame clears it.
    pub fn new(modern: bool) -> Self {
        Self {
            shown: Buffer::default(),
            cursor: None,
            style: Style::default(),
            caret: false,
            region: None,
            able: Able { modern, margins: false },
            margins_on: false,
        }
    }

    /// The terminal's cursor was hidden by somebody else.
    pub fn caret_is_hidden(&mut self) {
        self.caret = false;
    }

    /// Forgets what the terminal shows, so that the next frame draws everything.
    pub fn forget(&mut self) {
        *self = Self { able: self.able, caret: self.caret, ..Self::new(self.able.modern) };
    }

    /// The terminal can scroll between two columns (DECLRMM).
    pub fn has_margins(&mut self) {
        self.able.margins = true;
    }

    /// The bytes that turn what is shown into `next`, with the cursor shown where text is typed, if it is; nothing when there is no change. Of all ways tried the shortest is taken.
    pub fn draw(&mut self, next: &Buffer, caret: Option<(u16, u16)>) -> String {
        let mut out = String::new();
        if self.caret && (caret.is_none() || self.shown.area != next.area) {
            out.push_str("\x1b[?25l");
            self.caret = false;
        }
        self.draw_cells(next, &mut out);
        if let Some((x, y)) = caret {
            self.move_to(x, y, &mut out);
            if !std::mem::replace(&mut self.caret, true) {
                out.push_str("\x1b[?25h");
            }
        }
        out
    }

    fn draw_cells(&mut self, next: &Buffer, out: &mut String) {
        if self.shown.area != next.area {
            // Nothing can be kept of an empty screen: there is one way only.
            self.clear(next, out);
            (0..next.area.height).for_each(|y| self.row(next, y, out));
            self.shown.content.clone_from(&next.content);
            return;
        }
        if self.shown.content == next.content {
            return;
        }
        let shifts = shift::candidates(&self.shown, next, self.region, self.able);
        let (mut bytes, mut screen) = self.attempt(next, None);
        for shift in &shifts {
            let other = self.attempt(next, Some(shift));
            if other.0.len() < bytes.len() {
                (bytes, screen) = other;
            }
        }
        *self = screen;
        self.shown.content.clone_from(&next.content);
        out.push_str(&bytes);
    }

    /// One way to the next screen.
    fn attempt(&self, next: &Buffer, shift: Option<&Shift>) -> (String, Self) {
        let (mut screen, mut out) = (self.clone(), String::new());
        if let Some(shift) = shift {
            screen.scroll(shift, &mut out);
        }
        for y in 0..next.area.height {
            screen.row(next, y, &mut out);
        }
        (out, screen)
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

    /// Moves rows that are the same at another height.
    fn scroll(&mut self, shift: &Shift, out: &mut String) {
        self.need_plain_ground(out);
        self.set_region(cells(shift.top), cells(shift.bottom - 1), out);
        match shift.columns {
            Some((left, right)) => self.scroll_between(left, right, shift, out),
            None => self.scroll_rows(shift, out),
        }
        self.shift_shown(shift);
    }

    fn set_region(&mut self, top: u16, bottom: u16, out: &mut String) {
        if self.region != Some((top, bottom)) {
            let _ = write!(out, "\x1b[{};{}r", top + 1, bottom + 1);
            self.region = Some((top, bottom));
            // Terminals differ on where this leaves the cursor.
            self.cursor = None;
        }
    }

    fn scroll_rows(&mut self, shift: &Shift, out: &mut String) {
        if self.able.modern && shift.by > LONG_SCROLL {
            let _ = write!(out, "\x1b[{}{}", shift.by, if shift.up { 'S' } else { 'T' });
        } else if shift.up {
            self.move_to(0, cells(shift.bottom - 1), out);
            (0..shift.by).for_each(|_| out.push('\n'));
        } else {
            self.move_to(0, cells(shift.top), out);
            (0..shift.by).for_each(|_| out.push_str("\x1bM"));
        }
    }

    /// Moves the part of the rows between two columns. The margins stand no longer than that: what is written across one of
    /// them would be wrapped.
    fn scroll_between(&mut self, left: u16, right: u16, shift: &Shift, out: &mut String) {
        if !std::mem::replace(&mut self.margins_on, true) {
            out.push_str("\x1b[?69h");
        }
        let (letter, by) = (if shift.up { 'S' } else { 'T' }, shift.by);
        let _ = write!(out, "\x1b[{};{right}s\x1b[{by}{letter}\x1b[s", left + 1);
        self.cursor = None;
    }

    /// Does to the picture of the screen what the terminal does to the screen.
    fn shift_shown(&mut self, shift: &Shift) {
        let width = usize::from(self.size().width);
        let (left, right) = shift.columns.map_or((0, width), |(l, r)| (usize::from(l), usize::from(r)));
        let rows = shift.bottom - shift.top;
        for step in 0..rows {
            let row = if shift.up { shift.top + step } else { shift.bottom - 1 - step };
            for x in left..right {
                let moved = (step + shift.by < rows).then(|| {
                    let source = if shift.up { row + shift.by } else { row - shift.by };
                    self.shown.content[source * width + x].clone()
                });
                self.shown.content[row * width + x] = moved.unwrap_or(Cell::EMPTY);
            }
        }
    }

    // ------------------------------------------------------------------ rows

    fn row(&mut self, next: &Buffer, y: u16, out: &mut String) {
        let width = self.size().width;
        let blank_from = blank_tail(next, y, width);
        let mut x = 0;
        while x < width {
            if x >= blank_from {
                if !self.tail_differs(y, x, width) {
                    return;
                }
                if width - x > 3 {
                    self.reach(next, x, y, out);
                    self.erase_tail(out);
                    return;
                }
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

    /// Erases from the cursor to the end of the row.
    fn erase_tail(&mut self, out: &mut String) {
        self.need_plain_ground(out);
        out.push_str("\x1b[K");
    }

    /// What is erased or scrolled in takes the background and nothing else of the style that is set.
    fn need_plain_ground(&mut self, out: &mut String) {
        if !style::has_plain_ground(self.style) {
            self.set_style(Style::default(), out);
        }
    }

    /// Whether a cell looks the same in the style that is set: its own, or none that a blank shows.
    fn needs_no_style(&self, cell: &Cell) -> bool {
        cell.style() == self.style
            || cell.symbol() == " " && style::has_plain_ground(cell.style()) && style::has_plain_ground(self.style)
    }

    /// Brings the cursor to a cell, over a short gap by writing the cells in it again.
    fn reach(&mut self, next: &Buffer, x: u16, y: u16, out: &mut String) {
        if let Some((from, row)) = self.cursor
            && row == y
            && from < x
            && x - from <= SHORT_GAP
            && (from..x).all(|g| {
                self.needs_no_style(&next[(g, y)]) && columns(&next[(g, y)]) == 1 && next[(g, y)].symbol().len() == 1
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
        if !self.needs_no_style(cell) {
            self.set_style(cell.style(), out);
        }
        out.push_str(if cell.symbol().is_empty() { " " } else { cell.symbol() });
        let after = x + columns(cell);
        // In the last column terminals differ on where the cursor is now.
        self.cursor = (after < self.size().width).then_some((after, y));
    }

    /// Moves the cursor by the shortest of the ways there are.
    fn move_to(&mut self, x: u16, y: u16, out: &mut String) {
        if self.cursor == Some((x, y)) {
            return;
        }
        let mut way = match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let mut try_way = |other: String| {
            if other.len() < way.len() {
                way = other;
            }
        };
        let bottom = self.region.map_or(self.size().height.saturating_sub(1), |(_, bottom)| bottom);
        if let Some((from, row)) = self.cursor {
            if row == y && x > from {
                try_way(right(x - from));
            } else if row == y {
                try_way(format!("\r{}", right(x)));
            } else if row + 1 == y && row != bottom {
                // Below the bottom of the region this would scroll.
                try_way(format!("\r\n{}", right(x)));
                if from <= x {
                    try_way(format!("\n{}", right(x - from)));
                }
            }
        }
        out.push_str(&way);
        self.cursor = Some((x, y));
    }

    fn set_style(&mut self, wanted: Style, out: &mut String) {
        out.push_str(&style::change(self.style, wanted));
        self.style = wanted;
    }
}

/// Moves the cursor so many columns to the right.
fn right(columns: u16) -> String {
    match columns {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        _ => format!("\x1b[{columns}C"),
    }
}

fn cells(row: usize) -> u16 {
    u16::try_from(row).unwrap_or(u16::MAX)
}

/// Columns a cell takes on the screen.
pub(super) fn columns(cell: &Cell) -> u16 {
    let symbol = cell.symbol();
    if symbol.len() == 1 { 1 } else { cells(symbol.width()).clamp(1, 2) }
}

/// The column from which a row is empty and plain.
fn blank_tail(buffer: &Buffer, y: u16, width: u16) -> u16 {
    (0..width).rev().find(|&x| buffer[(x, y)] != Cell::EMPTY).map_or(0, |x| x + columns(&buffer[(x, y)]))
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
        let mut screen = Screen::new(true);
        assert!(!screen.draw(&buffer, None).is_empty());
        assert_eq!(screen.draw(&buffer, None), "");
    }

    #[test]
    fn a_letter_at_the_cursor_is_a_byte() {
        let mut screen = Screen::new(true);
        screen.draw(&page(&[("ab".into(), 0)]), Some((2, 0)));
        assert_eq!(screen.draw(&page(&[("abc".into(), 0)]), Some((3, 0))), "c");
        assert_eq!(screen.draw(&page(&[("abc".into(), 0)]), None), "\x1b[?25l");
    }

    #[test]
    fn a_line_down_costs_little_more_than_its_text() {
        let line = |n: usize| (format!("line number {n}"), 0);
        let mut screen = Screen::new(true);
        screen.draw(&page(&(0..9).map(line).collect::<Vec<_>>()), None);
        let first = screen.draw(&page(&(1..10).map(line).collect::<Vec<_>>()), None);
        let second = screen.draw(&page(&(2..11).map(line).collect::<Vec<_>>()), None);
        assert!(second.len() <= "line number 10".len() + 12, "{second:?}");
        assert!(first.len() < 60, "{first:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_terminal_shows_what_was_drawn(
            pages in prop::collection::vec(prop::collection::vec(("[a-c 木é]{0,26}", 0u8..5), 0..10), 1..7),
            turns in prop::collection::vec((0usize..7, -8isize..9), 1..14),
            modern: bool,
        ) {
            let mut terminal = terminal();
            let mut screen = Screen::new(modern);
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
                terminal.process(screen.draw(&buffer, None).as_bytes());
                check(&terminal, &buffer);
            }
        }
    }

    /// Applies the few sequences that a scroll between columns needs, as xterm does; all other text is not looked at.
    fn scrolled(shown: &Buffer, bytes: &str) -> Buffer {
        let mut after = shown.clone();
        let (mut rows, mut columns) = ((1, HEIGHT), (1, WIDTH));
        for part in bytes.split('\x1b').skip(1) {
            let Some(end) = part.find(|c: char| c.is_ascii_alphabetic()) else { continue };
            let numbers: Vec<u16> = part[1..end].split(';').filter_map(|n| n.parse().ok()).collect();
            match (&part[end..=end], &numbers[..]) {
                ("r", &[top, bottom]) => rows = (top, bottom),
                ("s", &[left, right]) => columns = (left, right),
                ("s", []) => columns = (1, WIDTH),
                ("S" | "T", &[by]) => {
                    let before = after.clone();
                    let up = &part[end..=end] == "S";
                    for y in rows.0..=rows.1 {
                        let source = if up { y + by } else { y.wrapping_sub(by) };
                        for x in columns.0..=columns.1 {
                            let inside = (rows.0..=rows.1).contains(&source);
                            let cell = if inside { before[(x - 1, source - 1)].clone() } else { Cell::EMPTY };
                            after[(x - 1, y - 1)] = cell;
                        }
                    }
                }
                _ => {}
            }
        }
        after
    }

    /// Two columns with a bar between them, each scrolled to its own line.
    fn beside(left: usize, right: usize) -> Buffer {
        let line = |y: usize| {
            (format!("{:<12}│{:<11}", format!("left {}", (left + y) * 7), format!("r {}", (right + y) * 5)), 0)
        };
        page(&(0..9).map(line).collect::<Vec<_>>())
    }

    #[test]
    fn a_column_beside_another_is_scrolled_between_margins() {
        let mut screen = Screen::new(true);
        screen.draw(&beside(0, 0), None);
        let without = screen.clone().draw(&beside(1, 0), None);
        screen.has_margins();
        for (left, right) in [(1, 0), (3, 0), (2, 0), (2, 1), (2, 0)] {
            let before = screen.clone();
            let bytes = screen.draw(&beside(left, right), None);
            assert!(bytes.contains("s\x1b[") && bytes.len() < without.len(), "{bytes:?}");
            // What was scrolled and not written again stands where it should.
            let shift = bytes.split_once("\x1b[s").expect("margins are taken away").0;
            let mut picture = before.clone();
            let columns = if bytes.contains(";12s") { (0, 12) } else { (13, WIDTH) };
            let by = if left > 2 { 2 } else { 1 };
            let up = bytes.contains('S');
            picture.shift_shown(&Shift { top: 0, bottom: 9, by, up, columns: Some(columns) });
            assert_eq!(scrolled(&before.shown, shift).content, picture.shown.content, "{bytes:?}");
        }
    }
}
