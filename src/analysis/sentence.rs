//! Sentences. A sentence ends at a full stop, question mark or exclamation mark with the marks that close after it, unless
//! what follows shows that it goes on. No sentence runs from one block into another.

use std::ops::Range;

use super::form::Shape;
use super::token::{Parse, Sentence};
use crate::lexicon::TokenTable;

/// A sentence longer than this many tokens is cut, so that no pass meets one without end.
const LONGEST: usize = 600;

/// Cuts the tokens of every block into sentences.
pub(super) fn split(parse: &mut Parse, table: &TokenTable) {
    split_by(parse, table, &[]);
}

/// As [`split`], with what is known of the sides of marks: for each token up to the last mark whether it opens or closes.
pub(super) fn split_by(parse: &mut Parse, table: &TokenTable, sides: &[Option<Side>]) {
    let starters = parse.forms.map(|lower| table.starts_sentences(lower));
    let mut sentences = Vec::new();
    for (block, tokens) in parse.blocks.clone().into_iter().enumerate() {
        let mut start = tokens.start;
        for at in tokens.clone() {
            let end = at + 1;
            let last = end == tokens.end;
            if last
                || end - start >= LONGEST
                || (Cut { parse, table, starters: &starters, tokens: &tokens, sides }).ends_before(end)
            {
                sentences.push(Sentence { span: parse.span(start..end), tokens: start..end, block });
                start = end;
            }
        }
    }
    parse.sentences = sentences;
}

/// Which side of a quotation a mark stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Open,
    Close,
}

struct Cut<'p> {
    table: &'p TokenTable,
    parse: &'p Parse,
    starters: &'p [bool],
    tokens: &'p Range<usize>,
    sides: &'p [Option<Side>],
}

impl Cut<'_> {
    /// Whether a sentence starts at `next`, the tokens before it being its predecessor.
    fn ends_before(&self, next: usize) -> bool {
        // Only a mark or an abbreviation can end one.
        if self.parse.shape(next - 1) != Shape::Mark && !self.parse.lower(next - 1).ends_with('.') {
            return false;
        }
        if self.is_closer(next) && !self.is_opener(next) {
            return false;
        }
        let mut end = next;
        while end > self.tokens.start && self.is_closer(end - 1) {
            end -= 1;
        }
        if end == self.tokens.start {
            return false;
        }
        let closed = end < next;
        let mark = self.parse.lower(end - 1);
        match mark {
            "." | "!" | "?" => self.may_start(next, closed),
            "…" => self.space_before(next) && self.may_start(next, closed) && !closed,
            _ if is_dots(mark) => self.space_before(next) && self.may_start(next, closed),
            _ if mark.len() > 1 && mark.ends_with('.') => self.abbreviation_ends(end - 1, next, closed),
            _ => false,
        }
    }

    /// A sentence starts with a capital, a number, an opening mark or a dash; a small letter carries the old one on.
    fn may_start(&self, next: usize, closed: bool) -> bool {
        if self.parse.lower(next) == "," || self.parse.lower(next) == ";" {
            return false;
        }
        match self.parse.shape(next) {
            Shape::Lower => self.is_elided_start(next),
            Shape::Mark if self.is_opener(next) => self.may_start_after_opener(next + 1),
            Shape::Mark => !closed && !matches!(self.parse.lower(next), ")" | "-" | "--" | "—" | "–" | ":"),
            _ => true,
        }
    }

    fn may_start_after_opener(&self, mut next: usize) -> bool {
        while self.is_opener(next) {
            next += 1;
        }
        self.parse.shape(next) != Shape::Lower || self.is_elided_start(next)
    }

    /// `’Tis` starts a sentence though its first letter is small in the table of forms.
    fn is_elided_start(&self, next: usize) -> bool {
        self.parse.lower(next).starts_with('\'') && self.parse.lower(next).len() > 2 && self.space_before(next)
    }

    /// `U.S.`, `Inc.`, `p.m.` end a sentence only before a word that starts one; `Mr.` and initials never do.
    fn abbreviation_ends(&self, at: usize, next: usize, closed: bool) -> bool {
        let lower = self.parse.lower(at);
        let initial = self.parse.shape(at) == Shape::Initial;
        if (initial && !closed) || !self.table.may_end_sentence(lower) {
            return false;
        }
        let opened = self.is_opener(next) && self.parse.lower(next) != "(";
        let starter = self.parse.tokens.get(next).is_some_and(|t| self.starters[t.form.index()]);
        closed && self.may_start(next, closed) || opened || starter && self.parse.shape(next).is_capital()
    }

    fn space_before(&self, next: usize) -> bool {
        let place = |t: usize| self.parse.tokens.get(t).map(|t| t.span);
        match (next.checked_sub(1).and_then(place), place(next)) {
            (Some(before), Some(after)) => before.end() < after.start(),
            _ => true,
        }
    }

    fn is_closer(&self, at: usize) -> bool {
        if let Some(Some(side)) = self.sides.get(at) {
            return *side == Side::Close;
        }
        match self.parse.lower(at) {
            "”" | ")" | "]" | "»" => true,
            // Written ’ or ', folded to one shape: a closer when it hangs on the word before it.
            "'" | "\"" | "''" => !self.space_before(at),
            _ => false,
        }
    }

    fn is_opener(&self, at: usize) -> bool {
        if let Some(Some(side)) = self.sides.get(at) {
            return *side == Side::Open;
        }
        match self.parse.lower(at) {
            "“" | "„" | "«" | "(" | "[" | "``" | "「" => true,
            "'" | "\"" | "''" => self.space_before(at),
            _ => false,
        }
    }
}

fn is_dots(mark: &str) -> bool {
    mark.len() > 1 && mark.bytes().all(|b| b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::token;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = from_text(text.into(), "a.txt");
        let lexicon = Lexicon::english();
        let mut parse = token::split(&document, lexicon.tokens());
        split(&mut parse, lexicon.tokens());
        let drawn: String = parse.sentences.iter().map(|s| format!("{}\n", document.slice(s.span))).collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn quotes_close_with_their_sentence() {
        check(
            "“Not today,” Vera said. “Ask me on Monday.” He left. “Stop!” the officer yelled. “Yes?” she said.",
            expect![[r#"
                “Not today,” Vera said.
                “Ask me on Monday.”
                He left.
                “Stop!” the officer yelled.
                “Yes?” she said.
            "#]],
        );
    }

    #[test]
    fn titles_initials_and_states_do_not_end_one() {
        check(
            "Mr. J. R. Lund met Gov. Ames in the U.S. Senate at 2 p.m. Tuesday. The firm, Acme Inc. of Ohio, left the U.S. “Fine,” he said.",
            expect![[r#"
                Mr. J. R. Lund met Gov. Ames in the U.S. Senate at 2 p.m. Tuesday.
                The firm, Acme Inc. of Ohio, left the U.S.
                “Fine,” he said.
            "#]],
        );
    }

    #[test]
    fn dots_end_one_only_before_a_capital() {
        check(
            "It was… strange. He waited... Then it rang. 'Go,' she said. 'Now.' \"All right.\" It cost 3.5 m.",
            expect![[r#"
                It was… strange.
                He waited...
                Then it rang.
                'Go,' she said.
                'Now.'
                "All right."
                It cost 3.5 m.
            "#]],
        );
    }
}
