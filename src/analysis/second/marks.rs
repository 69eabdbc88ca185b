//! Pairs the quotation marks that a language uses, and finds turns of dialogue behind dashes and labels.

use rustc_hash::FxHashSet;

use crate::analysis::Notice;
use crate::analysis::form::Shape;
use crate::analysis::quote::label;
use crate::analysis::quote::marks::{Marked, Marks};
use crate::analysis::sentence::Side;
use crate::analysis::token::Parse;
use crate::document::{BlockKind, Document};
use crate::lexicon::{Language, MarkPair, Number, WordKind};
use std::ops::Range;

/// How many paragraphs a quotation may run on without opening its marks again.
const PARAGRAPHS_AHEAD: usize = 3;

/// The longest attribution inside a turn, in tokens.
const LONGEST_ATTRIBUTION: usize = 8;

/// For each token whether it opens or closes a quotation.
pub(super) type Sides = Vec<Option<Side>>;

/// Finds the outermost marked stretches of every block, and on which side of one each mark stands.
pub(super) fn pair(document: &Document, parse: &Parse, language: &Language) -> (Marks, Sides) {
    let labels = label::find(parse);
    let known = language.grammar.marks.as_slice();
    let of_form = parse.forms.map_written(|written| known.iter().position(|m| m.open == written));
    let says = parse.forms.map(|lower| language.speech.get(lower).iter().any(|s| s.number != Number::Participle));
    let closes: FxHashSet<&str> = known.iter().flat_map(|m| &m.close).map(String::as_str).collect();
    let any_close = parse.forms.map_written(|written| closes.contains(written));
    let mut pairing = Pairing {
        parse,
        language,
        of_form,
        says,
        any_close,
        marks: Marks::default(),
        sides: vec![None; parse.tokens.len()],
        open: None,
    };
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
    (pairing.marks, pairing.sides)
}

struct Pairing<'a> {
    parse: &'a Parse,
    language: &'a Language,
    /// By form: the pair that it opens.
    of_form: Vec<Option<usize>>,
    /// By form: whether it is a verb of saying with an ending of its own.
    says: Vec<bool>,
    /// By form: whether it closes any pair.
    any_close: Vec<bool>,
    marks: Marks,
    sides: Sides,
    /// The pair that runs on from the block before, and the last block that it may reach.
    open: Option<(usize, usize)>,
}

impl Pairing<'_> {
    fn block(&mut self, block: usize, tokens: Range<usize>) {
        let mut at = tokens.start;
        if let Some((pair, _)) = self.open.take().filter(|(_, last)| block <= *last) {
            at = self.carry_on(block, pair, &tokens);
        } else if self.language.grammar.dashes.contains(self.parse.lower(at)) && tokens.len() > 2 {
            return self.turn(block, &tokens);
        }
        while at < tokens.end {
            at = match self.opens(at, &tokens) {
                Some(pair) => self.stretch(block, at, pair, &tokens),
                None => at + 1,
            };
        }
    }

    fn written(&self, at: usize) -> &str {
        self.parse.tokens.get(at).map_or("", |t| self.parse.forms.written(t.form))
    }

    fn pairs(&self) -> &[MarkPair] {
        &self.language.grammar.marks
    }

    /// The pair that a mark outside all quotations opens.
    fn opens(&self, at: usize, tokens: &Range<usize>) -> Option<usize> {
        let pair = self.of_form[self.parse.tokens.get(at)?.form.index()]?;
        let before = at == tokens.start
            || self.gap_before(at)
            || matches!(self.parse.lower(at - 1), "(" | "[" | "—" | "–" | "-" | ":");
        let fits = self.pairs()[pair].always || before && !self.gap_before(at + 1) && at + 1 < tokens.end;
        fits.then_some(pair)
    }

    /// White space stands before a token.
    fn gap_before(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|b| self.parse.tokens.get(b)), self.parse.tokens.get(at)) {
            (Some(before), Some(here)) => before.span.end() < here.span.start(),
            _ => true,
        }
    }

    /// Where a quotation ends that opened before `from`, and the token to go on from: at a mark that closes it, or at the
    /// same mark opening again.
    fn close(&self, pair: usize, from: usize, end: usize) -> Option<(usize, usize)> {
        let pair = &self.pairs()[pair];
        let same = pair.close.contains(&pair.open);
        for at in from..end {
            if self.parse.shape(at) != Shape::Mark {
                continue;
            }
            let written = self.written(at);
            let opens_again = same && self.gap_before(at) && !self.gap_before(at + 1) && at + 1 < end;
            if pair.close.iter().any(|c| c == written) && !opens_again {
                return Some((at, at + 1));
            }
            if pair.open == written {
                return Some((at, at));
            }
        }
        None
    }

    /// A mark opens at `at`: finds where it closes and notes the stretch. Returns the token to go on from.
    fn stretch(&mut self, block: usize, at: usize, pair: usize, tokens: &Range<usize>) -> usize {
        let continues = at == tokens.start && self.marks.list.last().is_some_and(|m| !m.closed && m.block + 1 == block);
        if let Some((end, next)) = self.close(pair, at + 1, tokens.end) {
            self.push(Marked { inner: at + 1..end, outer: at..next, block, continues, closed: true });
            return next;
        }
        let again = self.parse.blocks.get(block + 1).is_some_and(|b| self.opens(b.start, b) == Some(pair));
        if self.pairs()[pair].weak && !again {
            return at + 1;
        }
        if !again {
            self.left_open(block, at, pair);
        }
        self.push(Marked { inner: at + 1..tokens.end, outer: at..tokens.end, block, continues, closed: false });
        tokens.end
    }

    /// Nothing closes the mark in its block: it runs on over a few more, or is odd.
    fn left_open(&mut self, block: usize, at: usize, pair: usize) {
        let known = &self.pairs()[pair];
        for ahead in block + 1..=block + PARAGRAPHS_AHEAD {
            let tokens = self.parse.blocks.get(ahead).cloned().unwrap_or_default();
            let first = tokens.clone().find(|&t| {
                let opens = self.opens(t, &tokens).is_some();
                opens || self.any_close[self.parse.tokens[t].form.index()]
            });
            let Some(first) = first else { continue };
            if known.close.iter().any(|c| c == self.written(first)) && self.opens(first, &tokens).is_none() {
                self.open = Some((pair, ahead));
                return;
            }
            break;
        }
        let span = self.parse.span(at..at + 1);
        self.marks.notices.push(Notice { span, message: "this quotation mark is never closed".into() });
    }

    /// A block that goes on inside a quotation without opening it again.
    fn carry_on(&mut self, block: usize, pair: usize, tokens: &Range<usize>) -> usize {
        let close = self.close(pair, tokens.start, tokens.end);
        let (end, next) = close.unwrap_or((tokens.end, tokens.end));
        if close.is_none() {
            self.open = Some((pair, block + 1));
        }
        let closed = close.is_some();
        self.push(Marked { inner: tokens.start..end, outer: tokens.start..next, block, continues: true, closed });
        next.max(tokens.start + 1)
    }

    fn push(&mut self, marked: Marked) {
        if marked.inner.start > marked.outer.start {
            self.sides[marked.outer.start] = Some(Side::Open);
        }
        if marked.outer.end > marked.inner.end {
            self.sides[marked.outer.end - 1] = Some(Side::Close);
        }
        if !marked.inner.is_empty() {
            self.marks.list.push(marked);
        }
    }

    /// What stands behind a label is said, with or without marks.
    fn labelled(&mut self, block: usize, colon: usize, tokens: &Range<usize>) {
        if self.opens(colon + 1, tokens).is_some() {
            return self.block(block, tokens.clone());
        }
        let words = colon + 1..tokens.end;
        self.push(Marked { inner: words.clone(), outer: words, block, continues: false, closed: true });
    }

    /// A paragraph that starts with a dash is a turn of dialogue; attributions inside it are not part of the words.
    fn turn(&mut self, block: usize, tokens: &Range<usize>) {
        let (mut outer, mut start) = (tokens.start, tokens.start + 1);
        while start < tokens.end {
            let end = self.words_end(start, tokens.end);
            self.push(Marked { inner: start..end, outer: outer..end, block, continues: false, closed: true });
            // Behind the attribution the speaker goes on where the same sentence does, or where *I* do something.
            let dash = |t: usize| self.language.grammar.dashes.contains(self.parse.lower(t));
            let stops = |t: usize| matches!(self.parse.lower(t), "." | "!" | "?" | "…") || t > end + 1 && dash(t);
            if let Some(resumes) = self.resumes(end, tokens.end) {
                start = resumes;
                outer = resumes;
                continue;
            }
            let Some(stop) = (end..tokens.end).find(|&t| stops(t)) else { return };
            let word = self.language.people.get(self.parse.lower(stop + 1));
            if !dash(stop) && !((word.is_first() || word.is_first_plural()) && word.is_subjective()) {
                return;
            }
            start = stop + 1;
            outer = start;
        }
    }

    /// – Yes, he said softly, I saw him: behind a short attribution and a comma the words go on.
    fn resumes(&self, end: usize, ceiling: usize) -> Option<usize> {
        let near = end + 2..ceiling.min(end + LONGEST_ATTRIBUTION);
        let pause = near.clone().find(|&t| self.parse.shape(t) == Shape::Mark && t > end + 1)?;
        let next = self.language.grammar.word(self.parse.lower(pause + 1));
        let tells = matches!(next, Some(WordKind::Coordinator | WordKind::Relative | WordKind::Determiner));
        (self.parse.lower(pause) == "," && pause + 1 < ceiling && !tells).then_some(pause + 1)
    }

    /// Where words that a dash opens end: where an attribution follows a mark.
    fn words_end(&self, start: usize, end: usize) -> usize {
        let dashes = &self.language.grammar.dashes;
        let pauses = |at: usize| {
            matches!(self.parse.lower(at), "," | "!" | "?" | "…" | "...") || dashes.contains(self.parse.lower(at))
        };
        let ends = |&at: &usize| pauses(at) && self.attributes(at + 1);
        match (start + 1..end).find(ends) {
            Some(at) if matches!(self.parse.lower(at), "!" | "?" | "…" | "...") => at + 1,
            Some(at) => at,
            None => end,
        }
    }

    /// A verb of saying and whoever may be its subject.
    fn attributes(&self, at: usize) -> bool {
        let says = |t: usize| self.parse.tokens.get(t).is_some_and(|t| self.says[t.form.index()]);
        let kind = |t: usize| self.language.grammar.word(self.parse.lower(t));
        let subject = |t: usize| {
            matches!(kind(t), Some(WordKind::Pronoun | WordKind::Determiner | WordKind::Possessive))
                || self.parse.shape(t).is_capital()
        };
        let has = kind(at) == Some(WordKind::Auxiliary) && subject(at + 1);
        self.parse.shape(at) == Shape::Lower && (says(at) && subject(at + 1) || has)
    }
}
