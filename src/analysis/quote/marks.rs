//! Pairs quotation marks. Papers nest “double ‘single’”, British fiction turns that around, and a quote that runs over
//! paragraphs opens each of them again but closes only the last; this file knows those habits and nothing about speech.

mod open;
mod turn;

use std::ops::Range;

use super::cue::CueForms;
use super::label;
use crate::analysis::Notice;
use crate::analysis::form::Shape;
use crate::analysis::token::Parse;
use crate::document::{BlockKind, Document};
use crate::tag::Tag;

/// How many tokens a quotation in single marks may hold.
const LONGEST_SINGLE: usize = 1500;

/// A stretch of tokens between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::analysis) struct Marked {
    /// The tokens between the marks.
    pub inner: Range<usize>,
    /// The tokens with the marks.
    pub outer: Range<usize>,
    /// The block it stands in.
    pub block: usize,
    /// Whether it goes on from the block before.
    pub continues: bool,
    /// Whether the text closes it.
    pub closed: bool,
}

/// What the marks of a text yielded.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Marks {
    /// The outermost stretches, in order, never overlapping.
    pub list: Vec<Marked>,
    /// For each token up to the last mark the stretch it lies in, marks included, counted from 1.
    around: Vec<u32>,
    /// Odd marks.
    pub notices: Vec<Notice>,
}

impl Marks {
    /// The stretch a token lies in, marks included.
    pub fn around(&self, token: usize) -> Option<&Marked> {
        let number = *self.around.get(token)?;
        self.list.get((number as usize).checked_sub(1)?)
    }

    /// Notes for each token where it lies.
    pub fn spread(&mut self) {
        self.around = vec![0; self.list.last().map_or(0, |m| m.outer.end)];
        for (number, marked) in (1..).zip(&self.list) {
            self.around[marked.outer.clone()].fill(number);
        }
    }

    /// The number of the stretch that starts exactly at a token.
    pub fn opening_at(&self, token: usize) -> Option<usize> {
        let at = self.list.partition_point(|m| m.outer.start < token);
        (self.list.get(at)?.outer.start == token).then_some(at)
    }

    /// The number of the stretch that ends just before a token.
    pub fn closing_before(&self, token: usize) -> Option<usize> {
        let at = self.list.partition_point(|m| m.outer.end < token);
        (self.list.get(at)?.outer.end == token).then_some(at)
    }

    /// The numbers of the stretches that share tokens with a range.
    pub fn within(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.list.partition_point(|m| m.outer.end <= tokens.start);
        let last = self.list.partition_point(|m| m.outer.start < tokens.end);
        first..last.max(first)
    }
}

/// The families of marks, told apart so that one closes only its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Family {
    Double,
    Single,
    Guillemet,
    Corner,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Open,
    Close,
}

/// Finds the outermost marked stretches of every block. A mark left open ends with its block; one odd mark never costs
/// more than its paragraph.
pub(in crate::analysis) fn pair(document: &Document, parse: &Parse, forms: &CueForms) -> Marks {
    let labels = label::find(parse);
    let mut pairing = Pairing { parse, forms, marks: Marks::default(), open_until: None };
    for (block, tokens) in parse.blocks.iter().enumerate() {
        if document.blocks()[block].kind == BlockKind::SceneBreak {
            continue;
        }
        match labels.get(&block) {
            Some(&colon) => pairing.labelled(block, colon, tokens),
            None => pairing.block(block, tokens.clone()),
        }
    }
    pairing.marks.spread();
    pairing.marks
}

struct Pairing<'p> {
    parse: &'p Parse,
    forms: &'p CueForms<'p>,
    marks: Marks,
    /// Up to which block a quote without new opening marks runs on.
    open_until: Option<usize>,
}

impl Pairing<'_> {
    fn block(&mut self, block: usize, tokens: Range<usize>) {
        let mut at = tokens.start;
        if self.open_until.take().is_some_and(|last| block <= last) {
            at = self.carry_on(block, &tokens);
        } else if let Some(after) = self.dialogue_dash(block, &tokens) {
            at = after;
        }
        while at < tokens.end {
            let Some((family, Side::Open)) = self.mark(at, &tokens, None) else {
                at += 1;
                continue;
            };
            at = self.open(block, at, family, &tokens);
        }
    }

    /// A mark opens at `at`: finds where it closes and notes the stretch. Returns the token to go on from.
    fn open(&mut self, block: usize, at: usize, family: Family, tokens: &Range<usize>) -> usize {
        let continues = at == tokens.start && self.runs_on_from_before(block);
        match self.close_of(at, family, tokens) {
            Some((end, next)) => {
                self.push(Marked { inner: at + 1..end, outer: at..next, block, continues, closed: true });
                next
            }
            None if family == Family::Single && !self.runs_on_after(block, family) => at + 1,
            None if family == Family::Double
                && !self.runs_on_after(block, family)
                && self.attribution(at, tokens).is_some() =>
            {
                let end = self.attribution(at, tokens).unwrap_or(tokens.end);
                self.push(Marked { inner: at + 1..end, outer: at..end, block, continues, closed: true });
                end
            }
            None => {
                self.left_open(block, at, family, tokens);
                self.push(Marked { inner: at + 1..tokens.end, outer: at..tokens.end, block, continues, closed: false });
                tokens.end
            }
        }
    }

    fn push(&mut self, marked: Marked) {
        if !marked.inner.is_empty() {
            self.marks.list.push(marked);
        }
    }

    /// Whether the next block opens with a mark of the same family.
    fn runs_on_after(&self, block: usize, family: Family) -> bool {
        let next = self.parse.blocks.get(block + 1);
        next.is_some_and(|tokens| matches!(self.mark(tokens.start, tokens, None), Some((f, Side::Open)) if f == family))
    }

    fn runs_on_from_before(&self, block: usize) -> bool {
        self.marks.list.last().is_some_and(|m| !m.closed && m.block + 1 == block)
    }

    /// Where a stretch opened at `open` ends, and the token to go on from.
    fn close_of(&self, open: usize, family: Family, tokens: &Range<usize>) -> Option<(usize, usize)> {
        let mut weak = None;
        // A single mark that opens may be an apostrophe; the search for its end is kept short.
        let end = if family == Family::Single { tokens.end.min(open + LONGEST_SINGLE) } else { tokens.end };
        for at in open + 1..end {
            match self.mark(at, tokens, Some(family)) {
                Some((f, Side::Close)) if f == family => {
                    if family != Family::Single || self.closes_surely(at, end) {
                        return Some((at, at + 1));
                    }
                    weak = weak.or(Some((at, at + 1)));
                }
                // The same mark opens again: the first was never closed, and ends where the second begins.
                Some((f, Side::Open)) if f == family && self.is_curly(at) => return Some((at, at)),
                _ => {}
            }
        }
        weak
    }

    fn is_curly(&self, at: usize) -> bool {
        matches!(self.written(at), "“" | "«" | "「" | "„")
    }

    fn written(&self, at: usize) -> &str {
        self.parse.tokens.get(at).map_or("", |t| self.parse.forms.written(t.form))
    }

    /// A single mark after punctuation, or before it, closes; one after a bare *s* may be a possessive.
    fn closes_surely(&self, at: usize, end: usize) -> bool {
        let before = self.parse.lower(at - 1);
        let possessive = before.ends_with('s') && self.parse.shape(at - 1) != Shape::Mark;
        let next_is_word = self.parse.shape(at + 1) != Shape::Mark;
        if !(possessive && next_is_word && self.gap_after(at)) {
            return true;
        }
        // Of two marks that could close before another opens, the first is a possessive.
        let next = (at + 1..end).find(|&t| matches!(self.written(t), "‘" | "’" | "'"));
        !next.is_some_and(|t| self.written(t) == "’" || self.written(t) == "'" && !self.gap_after(t - 1))
    }

    /// Which family and side a token is, seen from inside an open quote or from outside.
    fn mark(&self, at: usize, tokens: &Range<usize>, inside: Option<Family>) -> Option<(Family, Side)> {
        if !tokens.contains(&at) || self.parse.shape(at) != Shape::Mark {
            return None;
        }
        match self.parse.lower(at) {
            // “Gone,“ he said: the wrong mark, but it hangs on the word before it.
            "“" if inside == Some(Family::Double) && !self.gap_before(at, tokens) && self.gap_after(at) => {
                Some((Family::Double, Side::Close))
            }
            // Two apostrophes may open as well as close.
            "''" if inside != Some(Family::Double) && self.gap_before(at, tokens) && !self.gap_after(at) => {
                Some((Family::Double, Side::Open))
            }
            "“" | "„" | "``" => Some((Family::Double, Side::Open)),
            "”" | "''" => Some((Family::Double, Side::Close)),
            "«" => Some((Family::Guillemet, Side::Open)),
            "»" => Some((Family::Guillemet, Side::Close)),
            "「" | "『" => Some((Family::Corner, Side::Open)),
            "」" | "』" => Some((Family::Corner, Side::Close)),
            "\"" => self.straight_double(at, tokens, inside).map(|side| (Family::Double, side)),
            "'" => self.single(at, tokens, inside).map(|side| (Family::Single, side)),
            _ => None,
        }
    }

    /// Inside a quote every straight mark closes; outside, one that hangs on a word or a number opens nothing.
    fn straight_double(&self, at: usize, tokens: &Range<usize>, inside: Option<Family>) -> Option<Side> {
        if inside == Some(Family::Double) {
            return Some(Side::Close);
        }
        let (before, after) = (self.gap_before(at, tokens), self.gap_after(at));
        let inches = at > tokens.start && !before && self.parse.shape(at - 1) == Shape::Number;
        (!inches && (before || !after)).then_some(Side::Open)
    }

    fn single(&self, at: usize, tokens: &Range<usize>, inside: Option<Family>) -> Option<Side> {
        // Inside double marks single ones are nested.
        if inside.is_some_and(|f| f != Family::Single) {
            return None;
        }
        let (before, after) = (self.gap_before(at, tokens), self.gap_after(at));
        match self.written(at) {
            "‘" => (!after).then_some(Side::Open),
            "’" => (inside.is_some() && (!before || after)).then_some(Side::Close),
            _ if inside.is_some() => (!before).then_some(Side::Close),
            _ => (before && !after).then_some(Side::Open),
        }
    }

    /// White space, the start of the block, a bracket, a dash or another opening mark stands before a token.
    fn gap_before(&self, at: usize, tokens: &Range<usize>) -> bool {
        if at == tokens.start {
            return true;
        }
        let (before, here) = (&self.parse.tokens[at - 1], &self.parse.tokens[at]);
        before.span.end() < here.span.start()
            || matches!(self.parse.lower(at - 1), "(" | "[" | "—" | "–" | "--" | "“" | "‘" | "\"" | "_" | "*")
                && self.parse.tag(at - 1) != Tag::QuoteClose
    }

    fn gap_after(&self, at: usize) -> bool {
        match (self.parse.tokens.get(at), self.parse.tokens.get(at + 1)) {
            (Some(here), Some(next)) => here.span.end() < next.span.start(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = from_text(text.into(), "a.txt");
        let lexicon = Lexicon::english();
        let parse = crate::analysis::parse(&document, &lexicon);
        let marks = pair(&document, &parse, &CueForms::of(&parse, &lexicon));
        let mut drawn: String = marks
            .list
            .iter()
            .map(|m| {
                format!("{}{}\n", if m.continues { "+ " } else { "" }, document.slice(parse.span(m.inner.clone())))
            })
            .collect();
        for notice in &marks.notices {
            drawn.push_str(&["! ", &notice.message, "\n"].concat());
        }
        expected.assert_eq(&drawn);
    }

    #[test]
    fn two_apostrophes_open_and_close() {
        check(
            "''We are not done,'' he said. ''Not by far.''\n\n“Gone,“ she said. “All of it.”",
            expect![[r#"
                We are not done,
                Not by far.
                Gone,
                All of it.
            "#]],
        );
    }

    #[test]
    fn curly_straight_and_old_marks() {
        check(
            "“One,” he said. \"Two.\" ``Three,'' she said. «Four» 「Six」.",
            expect![[r#"
            One,
            Two.
            Three,
            Four
            Six
        "#]],
        );
    }

    #[test]
    fn single_marks_against_apostrophes() {
        check(
            "‘I don’t know the boys’ names,’ said Nell. ‘Nor do I.’\n\n‘The ’90s were ours,’ he said; it’s the dogs’ house.",
            expect![[r#"
                I don’t know the boys’ names,
                Nor do I.
                The ’90s were ours,
            "#]],
        );
    }

    #[test]
    fn quotes_over_paragraphs() {
        check(
            "“It began in May.\n\n“It ended in June,” she said.\n\nNothing.",
            expect![[r#"
            It began in May.
            + It ended in June,
        "#]],
        );
        check(
            "“It began in May.\n\nIt ended in June,” she said.",
            expect![[r#"
            It began in May.
            + It ended in June,
        "#]],
        );
    }

    #[test]
    fn dialogue_by_dashes() {
        check(
            "—Back to the boats! he said sternly.\n\n—It is late, Nora said. They will not wait for us.\n\n—How long is he staying? asked Wren. He looked at the sea.\n\n—Well, he went home.",
            expect![[r#"
                Back to the boats!
                It is late
                They will not wait for us.
                How long is he staying?
                Well, he went home.
            "#]],
        );
    }

    #[test]
    fn an_odd_mark_costs_its_paragraph() {
        check(
            "He said “it is over and left.\n\n“Fine,” she said. The 12\" record broke.",
            expect![[r#"
            it is over and left.
            + Fine,
        "#]],
        );
        check(
            "It measured 6' 2\" in all.\n\n\"Fine,\" she said.",
            expect![[r#"
            Fine,
        "#]],
        );
    }
}
