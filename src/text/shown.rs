//! What may be shown. Text from a file reaches a terminal only through this file, which lets no control, bidirectional
//! or hidden character pass: an escape sequence in an article becomes visible symbols, never an order to the terminal.
//!
//! Nothing here parses escape sequences. Every dangerous character is replaced on its own, so there is no state that a
//! malformed sequence could put out of step.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Marks after a base character that are still drawn; terminals have crashed on more.
const MARKS_PER_BASE: usize = 8;
/// Cells after which a name or a title is cut.
const NAME_WIDTH: usize = 200;

/// Text that is safe to write to a terminal: no C0, C1, DEL, bidirectional, tag or zero-width characters.
///
/// Newlines are kept; everything else that moves a cursor has become a picture of itself.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Shown(String);

impl Shown {
    /// Cleans a text; newlines stay, tabs become spaces.
    pub fn text(source: &str) -> Self {
        let mut out = String::with_capacity(source.len());
        for (i, line) in lines(source).enumerate() {
            if i > 0 {
                out.push('\n');
            }
            glyphs(line).for_each(|g| g.push_to(&mut out));
        }
        Self(out)
    }

    /// Cleans a text into one line: every run of white space becomes one space.
    pub fn line(source: &str) -> Self {
        let mut out = String::with_capacity(source.len());
        for word in source.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            glyphs(word).for_each(|g| g.push_to(&mut out));
        }
        Self(out)
    }

    /// The clean text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Cleans a name, a path or a title: one line, cut with `…` at 200 cells.
pub fn name(source: &str) -> Shown {
    let line = Shown::line(source);
    if width(line.as_str()) <= NAME_WIDTH {
        return line;
    }
    let mut cells = 0;
    let mut out = String::new();
    for glyph in glyphs(line.as_str()) {
        cells += glyph.width;
        if cells >= NAME_WIDTH {
            break;
        }
        glyph.push_to(&mut out);
    }
    out.push('…');
    Shown(out)
}

/// Splits at every kind of line end.
fn lines(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(source);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some((at, c)) = text.char_indices().find(|&(_, c)| is_line_end(c)) else {
            rest = None;
            return Some(text);
        };
        let (line, tail) = text.split_at(at);
        let skip = if tail.starts_with("\r\n") { 2 } else { c.len_utf8() };
        rest = Some(tail.split_at(skip).1);
        Some(line)
    })
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}')
}

/// One cluster of characters as it is drawn: where it stands in the source, what to draw, and the cells that takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Glyph<'t> {
    /// Byte offset of the cluster in the text given to [`glyphs`].
    pub offset: usize,
    /// Length of the cluster in source bytes.
    pub length: usize,
    /// Cells it takes on a terminal: 0, 1 or 2, or up to 4 for a tab.
    pub width: usize,
    cell: Cell<'t>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Cell<'t> {
    Same(&'t str),
    Changed(String),
}

impl Glyph<'_> {
    /// The clean characters to draw; empty for what is hidden.
    pub fn as_str(&self) -> &str {
        match &self.cell {
            Cell::Same(text) => text,
            Cell::Changed(text) => text,
        }
    }

    /// Whether it is white space, drawn as such.
    pub fn is_space(&self) -> bool {
        !self.as_str().is_empty() && self.as_str().chars().all(|c| c == ' ')
    }

    fn push_to(&self, out: &mut String) {
        out.push_str(self.as_str());
    }
}

/// Walks a text cluster by cluster, each made safe to draw. Line ends come out as one space.
pub fn glyphs(source: &str) -> impl Iterator<Item = Glyph<'_>> {
    source.grapheme_indices(true).map(|(offset, cluster)| {
        let cell = clean(cluster);
        let text = match &cell {
            Cell::Same(text) => text,
            Cell::Changed(text) => text.as_str(),
        };
        let width = if text.len() == 1 { 1 } else { text.width() };
        Glyph { offset, length: cluster.len(), width, cell }
    })
}

/// Cells that a text takes once it is clean.
pub fn width(source: &str) -> usize {
    if source.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return source.len();
    }
    glyphs(source).map(|g| g.width).sum()
}

fn clean(cluster: &str) -> Cell<'_> {
    let bytes = cluster.as_bytes();
    if let [byte] = bytes
        && (0x20..0x7F).contains(byte)
    {
        return Cell::Same(cluster);
    }
    let joins = cluster.chars().any(joins_clusters);
    let mut marks = 0;
    let mut out = String::new();
    for c in cluster.chars() {
        match replacement(c, joins) {
            Some(text) => out.push_str(text),
            None if is_mark(c) => {
                marks += 1;
                if marks <= MARKS_PER_BASE && !out.is_empty() {
                    out.push(c);
                }
            }
            None => push_picture(c, &mut out),
        }
    }
    if out == cluster { Cell::Same(cluster) } else { Cell::Changed(out) }
}

/// What stands for a character that must not be drawn as it is; `None` when it may, or has a picture.
fn replacement(c: char, joins: bool) -> Option<&'static str> {
    match c {
        '\t' => Some("    "),
        '\0' => Some(""),
        _ if is_line_end(c) => Some(" "),
        '\u{80}'..='\u{9F}' => Some("\u{FFFD}"),
        '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' if joins => None,
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => Some(""),
        _ => None,
    }
}

/// Controls become their pictures (U+2400 and on); all else stays.
fn push_picture(c: char, out: &mut String) {
    match c as u32 {
        code @ 1..=0x1F => out.push(char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}')),
        0x7F => out.push('\u{2421}'),
        _ => out.push(c),
    }
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && (unicode_normalization::char::is_combining_mark(c) || c == '\u{200D}')
}

/// Emoji and the scripts in which a joiner changes the letter before it.
fn joins_clusters(c: char) -> bool {
    matches!(u32::from(c), 0x600..=0x6FF | 0x900..=0xDFF | 0x2190..=0x2BFF | 0x1F000..=0x1FAFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_becomes_visible_symbols() {
        assert_eq!(Shown::text("a\u{1b}]52;c;x\u{7}b").as_str(), "a␛]52;c;x␇b");
        assert_eq!(Shown::text("\u{9b}31mred").as_str(), "\u{FFFD}31mred");
    }

    #[test]
    fn hidden_and_turning_characters_go() {
        assert_eq!(Shown::text("a\u{202E}b\u{200B}c\u{E0041}d\u{FEFF}").as_str(), "abcd");
    }

    #[test]
    fn joined_emoji_and_accents_stay() {
        let family = "👩\u{200D}👧 e\u{301} 木城";
        assert_eq!(Shown::text(family).as_str(), family);
        assert_eq!(width("木城"), 4);
    }

    #[test]
    fn a_tower_of_marks_is_capped() {
        let tower = format!("o{}", "\u{301}".repeat(9000));
        assert_eq!(Shown::text(&tower).as_str().chars().count(), 1 + MARKS_PER_BASE);
    }

    #[test]
    fn names_are_one_line_and_short() {
        assert_eq!(name("two\nlines\r\nhere").as_str(), "two lines here");
        assert!(width(name(&"x".repeat(900)).as_str()) <= NAME_WIDTH);
    }

    fn is_safe(text: &str) -> bool {
        text.chars().all(|c| {
            c == '\n'
                || !(c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}'))
        })
    }

    proptest! {
        #[test]
        fn clean_text_is_safe_and_stays_so(source in "\\PC{0,40}|(?s).{0,60}") {
            let once = Shown::text(&source);
            prop_assert!(is_safe(once.as_str()));
            prop_assert_eq!(&Shown::text(once.as_str()), &once);
        }

        #[test]
        fn glyphs_cover_the_source_in_order(source in "(?s).{0,60}") {
            let mut at = 0;
            for glyph in glyphs(&source) {
                prop_assert_eq!(glyph.offset, at);
                at += glyph.length;
            }
            prop_assert_eq!(at, source.len());
        }
    }
}
