//! Text and a width make rows. Rows are spans of the source, so a highlight never has to be moved along.

use super::{Pos, Span, glyphs};

/// Whether a line end in the source is a place to break or just white space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Breaks {
    /// Line ends are white space: the paragraph flows.
    Flow,
    /// Every line end starts a row: verse, lists, addresses.
    Lines,
}

/// One row of wrapped text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// The source bytes it shows; the white space at a break belongs to no row.
    pub span: Span,
}

/// Wraps the text of a block into rows of at most `cells` cells.
///
/// `base` is where `text` starts in its document; the rows' spans count from there. There is always at least one row;
/// a word wider than the row is cut between clusters. Linear in the text.
pub fn wrap(text: &str, base: Pos, cells: usize, breaks: Breaks) -> Vec<Row> {
    let mut wrapper =
        Wrapper { rows: Vec::new(), base: base.byte(), cells: cells.max(1), start: 0, used: 0, last: None };
    for glyph in glyphs(text) {
        let hard = breaks == Breaks::Lines && glyph.is_space() && is_line_end(text, glyph.offset);
        wrapper.take(glyph.offset, glyph.length, glyph.width, kind(glyph.as_str(), glyph.width), hard);
    }
    wrapper.finish(text.len())
}

fn is_line_end(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b'\n' | b'\r'))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    /// A break may follow: hyphens, dashes, wide characters.
    BreakAfter,
    Other,
}

fn kind(text: &str, width: usize) -> Kind {
    match text {
        "-" | "–" | "—" | "/" => Kind::BreakAfter,
        _ if text.starts_with(' ') => Kind::Space,
        // Kinsoku in its smallest form: a closing mark stays with what it closes, because it is tried as part of a word.
        _ if width == 2 && !matches!(text, "、" | "。" | "」" | "』" | "）" | "，" | "．") => Kind::BreakAfter,
        _ => Kind::Other,
    }
}

/// A place where the row may end: the text before `end` stays, what starts at `next` goes to the next row.
#[derive(Clone, Copy)]
struct Chance {
    end: usize,
    next: usize,
    /// Cells up to `next`.
    used: usize,
}

struct Wrapper {
    rows: Vec<Row>,
    base: usize,
    cells: usize,
    start: usize,
    used: usize,
    last: Option<Chance>,
}

impl Wrapper {
    fn take(&mut self, at: usize, length: usize, width: usize, kind: Kind, hard: bool) {
        if hard {
            self.push(at, at + length);
            return;
        }
        if kind == Kind::Space {
            self.space(at, length, width);
            return;
        }
        while self.used + width > self.cells && at > self.start {
            self.overflow(at);
        }
        self.used += width;
        if kind == Kind::BreakAfter {
            self.last = Some(Chance { end: at + length, next: at + length, used: self.used });
        }
    }

    fn space(&mut self, at: usize, length: usize, width: usize) {
        if at == self.start {
            // White space at the head of a row is not shown.
            self.start = at + length;
            return;
        }
        self.used += width;
        let end = match self.last {
            Some(chance) if chance.next == at => chance.end,
            _ => at,
        };
        self.last = Some(Chance { end, next: at + length, used: self.used });
    }

    /// Ends the row before the cluster at `at`, at the last chance there was.
    fn overflow(&mut self, at: usize) {
        match self.last.take() {
            Some(chance) if chance.end > self.start => {
                let rest = self.used - chance.used;
                self.push(chance.end, chance.next);
                self.used = rest;
            }
            _ => self.push(at, at),
        }
    }

    fn push(&mut self, end: usize, next: usize) {
        self.rows.push(Row { span: Span::of(self.base + self.start, self.base + end.max(self.start)) });
        self.start = next;
        self.used = 0;
        self.last = None;
    }

    fn finish(mut self, end: usize) -> Vec<Row> {
        let end = match self.last {
            Some(chance) if chance.next == end => chance.end,
            _ => end,
        };
        if self.start < end || self.rows.is_empty() {
            self.push(end, end);
        }
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn rows(text: &str, cells: usize, breaks: Breaks) -> Vec<String> {
        wrap(text, Pos::at(0), cells, breaks).iter().map(|r| text[r.span.range()].to_owned()).collect()
    }

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, cells: usize, breaks: Breaks, expected: Expect) {
        let drawn: String = rows(text, cells, breaks).iter().map(|r| format!("{r}|\n")).collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn words_move_to_the_next_row_whole() {
        check(
            "“It still might happen,” she said.",
            12,
            Breaks::Flow,
            expect![[r#"
            “It still|
            might|
            happen,” she|
            said.|
        "#]],
        );
    }

    #[test]
    fn line_ends_flow_or_break() {
        check(
            "one two\nthree",
            20,
            Breaks::Flow,
            expect![[r#"
            one two
            three|
        "#]],
        );
        check(
            "one two\nthree",
            20,
            Breaks::Lines,
            expect![[r#"
            one two|
            three|
        "#]],
        );
    }

    #[test]
    fn long_words_hyphens_and_wide_characters() {
        check(
            "incomprehensibilities well-known 木城木城木城",
            9,
            Breaks::Flow,
            expect![[r#"
            incompreh|
            ensibilit|
            ies well-|
            known 木|
            城木城木|
            城|
        "#]],
        );
    }

    #[test]
    fn nothing_makes_one_empty_row() {
        assert_eq!(rows("", 10, Breaks::Flow), [""]);
        assert_eq!(rows("   ", 10, Breaks::Flow), [""]);
    }

    proptest! {
        #[test]
        fn rows_fit_keep_order_and_lose_only_space(text in "[a-z木é \n\u{2014}-]{0,80}", cells in 2usize..20) {
            let found = wrap(&text, Pos::at(0), cells, Breaks::Flow);
            let mut at = 0;
            for row in &found {
                let span = row.span.range();
                prop_assert!(text[at..span.start].trim().is_empty());
                prop_assert!(crate::text::width(&text[span.clone()]) <= cells);
                at = span.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
