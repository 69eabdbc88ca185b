//! Content before its cue: *“…,” she said*; *…, officials said, …*; *…, according to Lund*; *as Lund said, …*.

use super::{Content, Search};
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::quote::cue::{Cue, CueKind, Source};
use crate::analysis::quote::speech;
use crate::lexicon::Frame;
use crate::tag::Tag;

/// How far into a paragraph the place and agency may reach that it starts with.
const DATELINE_REACH: usize = 14;

impl Search<'_> {
    /// The content before a cue that is set off: *“…,” she said*; *…, officials said, …*.
    pub(super) fn left(&self, cue: &Cue, cue_end: usize) -> Option<Content> {
        let impersonal = cue.kind == CueKind::Passive && self.lower(cue.words.start) == "it";
        if !(cue.kind == CueKind::Verb || impersonal) || cue.how == Source::Main {
            return None;
        }
        let start = cue.extent().start;
        let here = |n: &usize| self.marks.list[*n].block == self.sentence.block;
        let closing = self.marks.closing_before(start).or_else(|| self.comma_then_close(start)).filter(here);
        let closing = closing.filter(|&n| cue.how == Source::Inverted || self.is_quotation_before(n, start));
        let frames = cue.frames;
        if let Some(number) = closing {
            let says = frames.has(Frame::That) || frames.has(Frame::Bare);
            if says || frames.has(Frame::Quote) && (cue.how == Source::Inverted || !self.ends_with_stop(number)) {
                return Some(self.left_quoted(cue, number, cue_end));
            }
        }
        let comma = start.checked_sub(1).filter(|&c| c > self.sentence.tokens.start && self.is_break(c))?;
        if !(frames.has(Frame::Bare) || frames.has(Frame::That))
            || matches!(cue.how, Source::Subject(Found::Shared | Found::Relative))
            || self.is_inside_report(cue)
        {
            return None;
        }
        self.left_clause(cue, comma, cue_end)
    }

    /// *She says that when she saw the house, she knew*: the words before are what an earlier cue reports.
    fn is_inside_report(&self, cue: &Cue) -> bool {
        !cue.reports
            && self.cues.iter().any(|c| {
                let own = c.reports && c.kind == CueKind::Verb && c.how != Source::Inverted;
                let parted =
                    (c.words.end..cue.words.start).any(|t| self.lower(t) == ";" || self.marks.around(t).is_some());
                let opened = (c.words.end..cue.words.start)
                    .any(|t| matches!(self.parse.tag(t), Tag::Subordinator | Tag::WhAdverb) && self.lower(t) != "that");
                own && opened && c.words.end < cue.words.start && !self.is_inserted(c) && !parted
            })
    }

    fn ends_with_stop(&self, number: usize) -> bool {
        self.marks.list[number].inner.end.checked_sub(1).is_some_and(|last| self.lower(last) == ".")
    }

    /// Whether source and cue stand right behind a quotation that ends without a full stop.
    pub(super) fn follows_quotation(&self, cue: &Cue) -> bool {
        let start = cue.extent().start;
        let closes = self.marks.closing_before(start).or_else(|| self.comma_then_close(start));
        let quotes =
            cue.frames.has(Frame::Quote) && matches!(cue.how, Source::Subject(Found::Before | Found::Apposition));
        quotes
            && closes.is_some_and(|n| {
                !self.ends_with_stop(n)
                    && self.marks.list[n].block == self.sentence.block
                    && self.is_quotation_before(n, start)
            })
    }

    /// Whether marks before a source are set off from it as words said are; not the “History” section, nor, at the end of
    /// a phrase, of “Night Mail,”.
    fn is_quotation_before(&self, number: usize, source: usize) -> bool {
        let marked = &self.marks.list[number];
        let set_off = self.ends_with_comma_or_stop(number) || marked.outer.end < source;
        let starts_sentence = marked.outer.start <= self.content_start();
        let long = marked.inner.len() > 3;
        let title = !starts_sentence && speech::is_title(self.parse, marked);
        // “Never” he said: a phrase of its own behind the marks; in “the ‘History’ section” the noun goes on.
        let fresh = matches!(self.parse.tag(source), Tag::Pronoun | Tag::Determiner | Tag::Possessive)
            || self.parse.tag(source).is_proper();
        (set_off || starts_sentence && (long || fresh)) && !title
    }

    fn comma_then_close(&self, start: usize) -> Option<usize> {
        let comma = start.checked_sub(1).filter(|&c| self.is_break(c))?;
        self.marks.closing_before(comma)
    }

    /// A quotation before the cue, and the one behind it when the sentence goes on.
    fn left_quoted(&self, cue: &Cue, number: usize, cue_end: usize) -> Content {
        let marked = &self.marks.list[number];
        // Transport cuts ‘a betrayal’, says Holm: the clause around the marks is reported.
        if let Some(start) = self.clause_around(number) {
            let mut pieces = vec![start..marked.outer.end];
            // … , if the school were to close.
            let goes_on = matches!(self.lower(cue_end + 1), "if" | "unless" | "and" | "but");
            pieces.extend(self.rest_behind(cue, start, marked.outer.end, cue_end, self.hi()).filter(|_| goes_on));
            return Content { pieces, quoted: false, bare_noun: false };
        }
        let mut pieces = vec![marked.outer.clone()];
        // “A” and “B,” he said: both are his when only “and” lies between.
        let mut first = number;
        while first > 0 {
            let before = &self.marks.list[first - 1];
            let between = before.outer.end..self.marks.list[first].outer.start;
            if before.block != marked.block
                || between.len() > 2
                || !between.clone().all(|t| matches!(self.lower(t), "and" | "," | "or" | "…" | "..."))
                || between.is_empty()
            {
                break;
            }
            first -= 1;
            pieces.insert(0, before.outer.clone());
        }
        if let Some(next) = self.resumed(cue_end) {
            pieces.push(self.marks.list[next].outer.clone());
        }
        Content::quoted(pieces)
    }

    /// Where the clause starts that ends with marks which hold no sentence of their own.
    fn clause_around(&self, number: usize) -> Option<usize> {
        if self.narrative {
            return None;
        }
        let marked = &self.marks.list[number];
        let first = marked.inner.clone().find(|&t| self.parse.shape(t) != Shape::Mark)?;
        let start = self.content_start();
        let fragment = self.parse.shape(first) == Shape::Lower && start < marked.outer.start;
        let words = (start..marked.outer.start)
            .all(|t| self.marks.around(t).is_none() && !self.is_break(t) && self.lower(t) != ":");
        // It would be “a tragedy,” he said: with a comma in the marks the words before need a verb.
        let verb = (start..marked.outer.start).any(|t| self.parse.tag(t).is_finite_verb());
        let predicate = self.parse.tag(first).is_finite_verb();
        let reported = verb || predicate || !self.ends_with_comma_or_stop(number);
        (fragment && words && reported && !self.is_cue(start)).then_some(start)
    }

    fn ends_with_comma_or_stop(&self, number: usize) -> bool {
        let last = self.marks.list[number].inner.end.checked_sub(1);
        last.is_some_and(|last| self.parse.tag(last).is_punctuation())
    }

    /// The quotation that goes on behind the cue within the sentence: *“If you cry,” she said at last, “bring a towel.”*
    fn resumed(&self, from: usize) -> Option<usize> {
        let end = self.sentence.tokens.end;
        let limit = (from..end).find(|&t| self.marks.around(t).is_some_and(|m| m.outer.start == t))?;
        let other_cue = self.cues.iter().any(|c| c.words.start >= from && c.words.end <= limit);
        let stop = (from..limit)
            .any(|t| self.lower(t) == ":" || self.lower(t) == ";" && t + 1 < limit || self.parse.tag(t) == Tag::Stop);
        let set_off = limit == from || matches!(self.lower(limit - 1), "," | ";" | "—" | "–" | "--");
        (set_off && !other_cue && !stop).then(|| self.marks.opening_at(limit)).flatten()
    }

    fn left_clause(&self, cue: &Cue, comma: usize, cue_end: usize) -> Option<Content> {
        let start = self.left_start(cue, comma);
        // “In May, officials said the road was closed” was found to the right; here the sentence must end or go on.
        let hi = self.hi();
        let mut after = cue_end;
        while after < hi && !self.is_break(after) {
            match self.skip_circumstance(cue, after, hi) {
                Some(next) => after = next,
                None => break,
            }
        }
        if after < hi && !self.is_break(after) && !matches!(self.lower(after), ";" | ":" | "-" | ")") {
            return None;
        }
        let rest = self.rest_behind(cue, start, comma, after, hi);
        let verb = (start..comma).any(|t| self.parse.tag(t).is_verb() || self.marks.around(t).is_some());
        let headline = self.sentence.tokens.end - self.sentence.tokens.start < 16;
        if start >= comma || !(verb || headline || rest.is_some()) || comma - start < 2 && rest.is_none() {
            return None;
        }
        let mut pieces = vec![start..comma];
        pieces.extend(rest);
        Some(Content { pieces, quoted: false, bare_noun: false })
    }

    /// What goes on of the clause behind an inserted cue.
    fn rest_behind(
        &self,
        cue: &Cue,
        start: usize,
        comma: usize,
        after: usize,
        hi: usize,
    ) -> Option<std::ops::Range<usize>> {
        if after >= hi || !self.is_break(after) || after + 1 >= hi {
            return None;
        }
        let end = self.clause_end(cue, after + 1, false);
        let leaves = self.leaves_clause(cue, start, after + 1, hi, false);
        // “It was not clear, she added, who had made it”
        let relative = matches!(self.lower(after + 1), "who" | "which" | "where" | "when")
            && (self.parse.tag(comma - 1).is_noun() || self.parse.tag(comma - 1) == Tag::Pronoun);
        (!leaves && !relative && end > after + 1).then_some(after + 1..end)
    }

    /// Where the clause before a cue starts: after the last cue's content, or with the sentence.
    fn left_start(&self, cue: &Cue, comma: usize) -> usize {
        let mut start = self.content_start();
        for other in self.cues.iter().filter(|c| c.reports && c.words.start < cue.words.start) {
            let end = other.extent().end;
            let next_comma = (end..comma).find(|&t| self.lower(t) == ",");
            // Asked what she thought, Lund thinks for a while.
            if other.kind == CueKind::Participle && next_comma.is_none() {
                return comma;
            }
            // “Six in ten say it is so, the poll found”: all that comes before is what the poll found.
            start = start.max(next_comma.map_or(start, |c| c + 1));
        }
        let breaks = |t: &usize| matches!(self.lower(*t), ";" | ":") && self.marks.around(*t).is_none();
        start = (start..comma).rev().find(breaks).map_or(start, |t| t + 1);
        while start < comma && matches!(self.lower(start), "and" | "but" | "so" | "yet" | ",") {
            start += 1;
        }
        start
    }

    /// Where the words of a sentence start: behind *GENEVA (Interpress) —* or *EXCLUSIVE:* at the head of a paragraph.
    pub(super) fn content_start(&self) -> usize {
        let tokens = &self.sentence.tokens;
        let heads_block = self.parse.blocks.get(self.sentence.block).is_some_and(|b| b.start == tokens.start);
        let shouted = self.parse.shape(tokens.start) == Shape::Upper;
        if !heads_block || !shouted {
            return self.past_opening_bracket(tokens.start);
        }
        let limit = tokens.end.min(tokens.start + DATELINE_REACH);
        let ends = |t: &usize| matches!(self.lower(*t), "—" | "–" | "--" | "-" | ":");
        let Some(dash) = (tokens.start + 1..limit).find(ends) else { return tokens.start };
        let capital = |t: usize| self.parse.shape(t) != Shape::Lower;
        if (tokens.start..dash).all(capital) { dash + 1 } else { tokens.start }
    }

    fn past_opening_bracket(&self, start: usize) -> usize {
        start + usize::from(self.lower(start) == "(")
    }

    // ------------------------------------------------------------------ according to, as X said

    /// *As Lund told the paper, prices fell*; *prices fell, as Lund noted*.
    pub(super) fn is_as_clause(&self, cue: &Cue) -> bool {
        let before = cue.extent().start.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start);
        let opens = |b: usize| b == self.sentence.tokens.start || self.is_break(b - 1);
        before.is_some_and(|b| self.lower(b) == "as" && opens(b)) && cue.frames.has(Frame::That)
    }

    pub(super) fn beside_as_clause(&self, cue: &Cue) -> Option<Content> {
        let before = cue.extent().start.checked_sub(1)?;
        if before > self.content_start() {
            return self.left_clause(cue, before.checked_sub(1)?, cue.words.end);
        }
        let hi = self.hi();
        let comma = (cue.words.end..hi).find(|&t| self.is_break(t) && self.marks.around(t).is_none());
        let Some(comma) = comma.filter(|&c| (cue.words.end..c).all(|t| self.lower(t) != ":")) else {
            return self.right(cue);
        };
        match self.marks.opening_at(comma + 1) {
            Some(number) => Some(Content::quoted(vec![self.marks.list[number].outer.clone()])),
            None => self.clause(cue, comma + 1),
        }
    }

    /// The content of *according to X*, before, behind or around it.
    pub(super) fn around_phrase(&self, cue: &Cue) -> Option<Content> {
        let extent = cue.extent();
        let (lo, hi) = (self.content_start(), self.hi());
        let leads_in = |t: usize| self.parse.shape(t) == Shape::Mark || matches!(self.lower(t), "but" | "and" | "so");
        // “We learned that, according to Lund, it fell”
        let before = extent.start - usize::from(extent.start > lo && self.lower(extent.start - 1) == ",");
        let first_word = (lo..extent.start).all(leads_in) || before > lo && self.lower(before - 1) == "that";
        if first_word {
            // An apposition to the source ends with the comma that opens the content.
            let comma = (extent.end..hi).find(|&t| self.lower(t) == ",");
            return self.clause(cue, self.behind_source(cue, comma, hi));
        }
        let start = self.phrase_start(cue, lo);
        let end = if self.lower(extent.start - 1) == "," { extent.start - 1 } else { extent.start };
        let mut pieces = vec![start..end];
        if self.lower(extent.end) == "," && extent.end + 1 < hi && self.lower(extent.start - 1) == "," {
            let rest = extent.end + 1..self.clause_end(cue, extent.end + 1, false);
            let relative = (rest.start..rest.end.min(rest.start + 3)).any(|t| self.opens_relative(t));
            let goes_on = !relative && !self.word_is(rest.start, |w| w.link);
            if goes_on && !rest.is_empty() {
                pieces.push(rest);
            }
        }
        (start < end).then_some(Content { pieces, quoted: false, bare_noun: false })
    }

    /// Where the content starts behind *according to X* at the head of a sentence; the comma may be missing.
    fn behind_source(&self, cue: &Cue, comma: Option<usize>, hi: usize) -> usize {
        let end = cue.extent().end;
        let Some(comma) = comma else { return end };
        // According to Lund, the mayor, prices fell.
        let verb = (comma + 1..hi).find(|&t| self.parse.tag(t).is_finite_verb());
        let second = (comma + 1..hi).find(|&t| self.lower(t) == ",");
        // A verb before the comma is the content's, unless a relative clause holds it.
        let early = (end..comma)
            .take_while(|&t| !self.opens_relative(t))
            .any(|t| self.parse.tag(t).is_finite_verb() && self.marks.around(t).is_none());
        match (second, verb) {
            _ if early => end,
            (Some(second), Some(verb)) if second < verb && self.is_name_after(comma, second) => second + 1,
            _ => comma + 1,
        }
    }

    fn is_name_after(&self, comma: usize, end: usize) -> bool {
        (comma + 1..end).all(|t| self.parse.tag(t).is_proper())
    }

    /// Where the content before *according to* starts: with its sentence, or behind a semicolon.
    fn phrase_start(&self, cue: &Cue, lo: usize) -> usize {
        let before = cue.words.start;
        let start = lo;
        (start..before).rev().find(|&t| self.lower(t) == ";" && self.marks.around(t).is_none()).map_or(start, |t| t + 1)
    }
}
