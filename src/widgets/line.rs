//! Lines of styled pieces, and the one way by which text reaches a cell.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Role, Theme};
use crate::text::{Breaks, Pos, Shown, Span, glyphs, width, wrap};

/// Some text of one meaning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The text; cleaned when it is drawn.
    pub text: String,
    /// What it means.
    pub role: Role,
}

/// One row: pieces from the left, and pieces that end at its right edge.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    left: Vec<Piece>,
    right: Vec<Piece>,
}

impl Line {
    /// An empty row.
    pub fn new() -> Self {
        Self::default()
    }

    /// A row of one piece.
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        Self::new().say(text, role)
    }

    /// Adds a piece.
    #[must_use]
    pub fn say(mut self, text: impl Into<String>, role: Role) -> Self {
        self.left.push(Piece { text: text.into(), role });
        self
    }

    /// Adds several pieces.
    #[must_use]
    pub fn pieces(mut self, pieces: impl IntoIterator<Item = Piece>) -> Self {
        self.left.extend(pieces);
        self
    }

    /// Adds another row's pieces.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.left.extend(other.left);
        self.right.extend(other.right);
        self
    }

    /// Adds spaces up to a column, at least one.
    #[must_use]
    pub fn to(self, column: usize) -> Self {
        let used = self.width();
        let gap = if used == 0 { column } else { column.saturating_sub(used).max(1) };
        self.say(" ".repeat(gap), Role::Text)
    }

    /// Adds a piece at the right edge.
    #[must_use]
    pub fn end(mut self, text: impl Into<String>, role: Role) -> Self {
        self.right.push(Piece { text: text.into(), role });
        self
    }

    /// Cells the left pieces take.
    pub fn width(&self) -> usize {
        self.left.iter().map(|p| width(&p.text)).sum()
    }

    /// What it says, without roles.
    #[cfg(test)]
    pub fn text(&self) -> String {
        self.left.iter().chain(&self.right).map(|p| p.text.as_str()).collect()
    }

    /// Draws into the first row of an area; the right pieces win where both do not fit.
    pub fn draw(&self, area: Rect, theme: Theme, buf: &mut Buffer) {
        let right: usize = self.right.iter().map(|p| width(&p.text)).sum();
        let room = usize::from(area.width);
        let right = right.min(room);
        let left_room = if right == 0 { room } else { room.saturating_sub(right + 1) };
        draw_pieces(&self.left, area.x, area.y, left_room, theme, buf);
        draw_pieces(&self.right, area.x + cells(room - right), area.y, right, theme, buf);
    }
}

fn draw_pieces(pieces: &[Piece], x: u16, y: u16, room: usize, theme: Theme, buf: &mut Buffer) {
    let total: usize = pieces.iter().map(|p| width(&p.text)).sum();
    let cut = total > room;
    let mut used = 0;
    for piece in pieces {
        let limit = room.saturating_sub(used + usize::from(cut));
        used += put(buf, x + cells(used), y, limit, &piece.text, theme.style(piece.role), theme);
        if used + usize::from(cut) >= room {
            break;
        }
    }
    if cut && room > 0 {
        put(buf, x + cells(used), y, 1, "…", theme.style(Role::Dim), theme);
    }
}

/// Draws a text of any origin into at most `room` cells of a row and returns the cells used.
///
/// Only clean clusters are drawn ([`glyphs`]); what does not fit is left out. Cells outside the buffer are ignored.
pub fn put(buf: &mut Buffer, x: u16, y: u16, room: usize, text: &str, style: Style, theme: Theme) -> usize {
    let mut used = 0;
    for glyph in glyphs(text) {
        if used + glyph.width > room {
            break;
        }
        if glyph.width == 0 {
            continue;
        }
        let symbol = theme.twin(glyph.as_str(), glyph.width);
        if glyph.is_space() || (glyph.width > 1 && symbol.is_ascii()) {
            for (i, c) in symbol.chars().enumerate() {
                set(buf, x + cells(used + i), y, c.encode_utf8(&mut [0; 4]), style);
            }
        } else {
            set(buf, x + cells(used), y, &symbol, style);
            for covered in 1..glyph.width {
                if let Some(cell) = buf.cell_mut((x + cells(used + covered), y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
        used += glyph.width;
    }
    used
}

fn set(buf: &mut Buffer, x: u16, y: u16, symbol: &str, style: Style) {
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
}

/// Draws a line across an area.
pub fn rule(area: Rect, theme: Theme, buf: &mut Buffer) {
    let line = "─".repeat(usize::from(area.width));
    put(buf, area.x, area.y, usize::from(area.width), &line, theme.style(Role::Rule), theme);
}

/// Cuts a text into rows of at most `room` cells; of more than `most` rows the last kept one ends with `…`.
pub fn wrapped(text: &str, room: usize, most: usize) -> Vec<String> {
    let clean = Shown::line(text);
    let rows = wrap(clean.as_str(), Pos::at(0), room, Breaks::Flow);
    let mut out: Vec<String> =
        rows.iter().take(most).map(|r| clean.as_str().get(r.span.range()).unwrap_or_default().to_owned()).collect();
    if rows.len() > most
        && let Some(last) = out.last_mut()
    {
        *last = format!("{} …", shorten(last, room.saturating_sub(2)).trim_end_matches(['…', ' ']));
    }
    out
}

/// A text cut to `room` cells, with `…` where something was left out.
pub fn shorten(text: &str, room: usize) -> String {
    let clean = Shown::line(text);
    if width(clean.as_str()) <= room {
        return clean.to_string();
    }
    let mut out = String::new();
    let mut used = 0;
    for glyph in glyphs(clean.as_str()) {
        if used + glyph.width + 1 > room {
            break;
        }
        used += glyph.width;
        out.push_str(glyph.as_str());
    }
    out.truncate(out.trim_end().len());
    if room > 0 {
        out.push('…');
    }
    out
}

/// A text as pieces, the matched stretches (bytes of `text`, in order) marked, with `[ ]` where no colour shows them.
pub fn matched(text: &str, marks: &[Span], role: Role, theme: Theme) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, role| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), role });
        }
    };
    for mark in marks.iter().filter(|m| !m.is_empty()) {
        let range = mark.range();
        if range.start < at {
            continue;
        }
        let (Some(before), Some(words)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        push(before, role);
        if theme.brackets() {
            push(&format!("[{words}]"), Role::Match);
        } else {
            push(words, Role::Match);
        }
        at = range.end;
    }
    push(text.get(at..).unwrap_or_default(), role);
    pieces
}

/// A count of cells as the screen counts them.
fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(line: &Line, cells: u16) -> String {
        let area = Rect::new(0, 0, cells, 1);
        let mut buf = Buffer::empty(area);
        line.draw(area, Theme::default(), &mut buf);
        (0..cells).map(|x| buf[(x, 0)].symbol()).collect()
    }

    #[test]
    fn the_right_side_keeps_its_place() {
        let line = Line::of(" QUOTES", Role::Active).end("everyone", Role::Dim);
        assert_eq!(drawn(&line, 20), " QUOTES     everyone");
        assert_eq!(drawn(&line, 14), " QUO… everyone");
    }

    #[test]
    fn columns_hold_and_controls_become_pictures() {
        let line = Line::of("a\u{1b}[0m", Role::Text).to(8).say("b", Role::Text);
        assert_eq!(drawn(&line, 10), "a␛[0m   b ");
    }

    #[test]
    fn a_wide_cluster_is_never_cut_in_half() {
        assert_eq!(shorten("木城木城", 6), "木城…");
        let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
        assert_eq!(put(&mut buf, 0, 0, 3, "木城", Style::new(), Theme::default()), 2);
    }

    #[test]
    fn long_texts_end_with_an_ellipsis() {
        assert_eq!(wrapped("one two three four", 8, 2), ["one two", "three …"]);
        assert_eq!(wrapped("one two", 8, 2), ["one two"]);
    }

    #[test]
    fn matches_get_brackets_without_colour() {
        let mono = Theme { palette: super::super::Palette::Mono, ascii: false };
        let texts: String =
            matched("it might be", &[Span::of(3, 8)], Role::Text, mono).iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, "it [might] be");
    }
}
