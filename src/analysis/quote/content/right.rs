//! Content behind its cue: which construction follows, over addressees and circumstances.

use super::{Content, Search, is_clause, opens_clause, that_ahead};
use crate::analysis::form::Shape;
use crate::analysis::phrase;
use crate::analysis::quote::cue::{Cue, CueKind};
use crate::analysis::quote::speech;
use crate::lexicon::Frame;
use crate::tag::Tag;

/// How many addressees and circumstances may stand between a cue and its content.
const MOST_BETWEEN: usize = 7;

impl Search<'_> {
    pub(super) fn right(&self, cue: &Cue) -> Option<Content> {
        match cue.kind {
            CueKind::Noun | CueKind::Adjective => {
                let that = self.lower(cue.words.end) == "that";
                self.clause(cue, cue.words.end + usize::from(that))
            }
            CueKind::Passive | CueKind::Participle => self.behind_passive(cue),
            _ => self.behind_verb(cue),
        }
    }

    fn behind_verb(&self, cue: &Cue) -> Option<Content> {
        let hi = self.hi();
        let mut at = cue.words.end;
        // Adverbs, addressees and circumstances between cue and content: told reporters in a statement on Tuesday that.
        for between in 0..MOST_BETWEEN {
            // “If he knew of the note, she paused”: the comma ends the clause with the cue.
            if between > 0 && self.lower(at) == "," && self.is_in_opening_clause(cue) {
                return None;
            }
            if let Some(content) = self.framed(cue, at, hi) {
                return Some(content);
            }
            // “said in a note, prices would rise”
            if between > 0
                && self.lower(at) == ","
                && cue.frames.has(Frame::Bare)
                && is_clause(self.parse, at + 1, hi)
                && !self.is_cue(at + 1)
            {
                return self.clause(cue, at + 1);
            }
            match self.skip_circumstance(cue, at, hi) {
                Some(next) => at = next,
                None => break,
            }
        }
        if cue.frames.has(Frame::That)
            && let Some(that) = that_ahead(self.parse, self.marks, cue.words.end, hi)
        {
            return self.clause(cue, that + 1);
        }
        self.after_colon(cue, hi)
    }

    /// *was told (by X) that*, *asked by X whether*, *was dismissed by X as “…”*
    fn behind_passive(&self, cue: &Cue) -> Option<Content> {
        let hi = self.hi();
        // A source before the cue owns it; one behind it is to be passed.
        let mut at = cue.source.as_ref().map_or(cue.words.end, |by| by.end.max(cue.words.end));
        for _ in 0..MOST_BETWEEN {
            let tag = self.parse.tag(at);
            if self.lower(at) == "that" && tag != Tag::DeterminerAlone {
                return self.clause(cue, at + 1);
            }
            if self.is_question(at) || tag == Tag::To || self.lower(at) == "not" && self.parse.tag(at + 1) == Tag::To {
                return self.clause(cue, at);
            }
            // Asked about the remarks, she said
            if cue.kind == CueKind::Participle && self.lower(at) == "about" {
                return self.nominal(cue, at + 1);
            }
            let open = at + usize::from(matches!(self.lower(at), "as" | "," | ":"));
            if let Some(number) = self.marks.opening_at(open) {
                return Some(Content::quoted(vec![self.marks.list[number].outer.clone()]));
            }
            if cue.frames.has(Frame::Bare) && is_clause(self.parse, at, hi) && cue.kind == CueKind::Passive {
                return self.clause(cue, at);
            }
            at = self.skip_circumstance(cue, at, hi).or_else(|| (self.lower(at) == ",").then_some(at + 1))?;
        }
        None
    }

    fn is_question(&self, at: usize) -> bool {
        matches!(self.parse.tag(at), Tag::WhAdverb | Tag::WhPronoun | Tag::WhDeterminer)
            || matches!(self.lower(at), "whether" | "if")
    }

    pub(super) fn skip_circumstance(&self, cue: &Cue, at: usize, hi: usize) -> Option<usize> {
        if at >= hi {
            return None;
        }
        let tag = self.parse.tag(at);
        if tag.is_adverb() || tag == Tag::Particle {
            return Some(at + 1);
        }
        if tag == Tag::Comma {
            return self.skip_insertion(at, hi);
        }
        if matches!(tag, Tag::Preposition | Tag::To) || self.is_adjunct_link(at) {
            let phrase = phrase::core_from(self.parse, at + 1, hi)?;
            return Some(self.circumstance_end(phrase.end, hi));
        }
        if self.is_time(at) {
            let mut end = at + 1;
            while end < hi && (self.is_time(end) || self.parse.tag(end) == Tag::Number) {
                end += 1;
            }
            return Some(end);
        }
        self.skip_addressee(cue, at, hi)
    }

    /// *after the vote*, *before reporters* when the word was taken for one that joins clauses.
    fn is_adjunct_link(&self, at: usize) -> bool {
        self.parse.tag(at) == Tag::Subordinator
            && matches!(self.lower(at), "after" | "before" | "since" | "as")
            && !is_clause(self.parse, at + 1, self.hi())
    }

    /// Over *, however,* and *, in a note to staff,*.
    fn skip_insertion(&self, comma: usize, hi: usize) -> Option<usize> {
        let end = (comma + 1..hi.min(comma + 10)).find(|&t| self.lower(t) == ",")?;
        let plain = (comma + 1..end).all(|t| {
            let tag = self.parse.tag(t);
            !tag.is_verb() && tag != Tag::Coordinator && self.marks.around(t).is_none() && !self.is_question(t)
        });
        let opens = self.parse.tag(comma + 1);
        (plain && (opens.is_adverb() || opens == Tag::Preposition)).then_some(end + 1)
    }

    fn skip_addressee(&self, cue: &Cue, at: usize, hi: usize) -> Option<usize> {
        let speaks_to = cue.frames.has(Frame::Person) || cue.frames.has(Frame::PersonTo);
        if !(speaks_to || self.word_is(at, |w| w.addressee)) {
            return None;
        }
        let from = at + usize::from(self.lower(at) == "both" || self.lower(at) == "all");
        let phrase = phrase::core_from(self.parse, from, hi).or_else(|| phrase::core_from(self.parse, at, hi))?;
        // “told us we won” has an addressee, “said we won” has none.
        if self.parse.tag(phrase.end).is_finite_verb() {
            return None;
        }
        Some(self.circumstance_end(phrase.end, hi))
    }

    /// Over *of*, *for*, *outside* … that belong to a circumstance already begun.
    fn circumstance_end(&self, mut end: usize, hi: usize) -> usize {
        while end < hi
            && (self.parse.tag(end) == Tag::Preposition && !matches!(self.lower(end), "that" | "as" | "than")
                || self.parse.tag(end) == Tag::VerbParticiple && self.parse.tag(end + 1) == Tag::Preposition)
        {
            let from = end + 1 + usize::from(self.parse.tag(end) == Tag::VerbParticiple);
            match phrase::core_from(self.parse, from, hi) {
                Some(phrase) if !is_clause(self.parse, from, hi) => end = phrase.end,
                Some(phrase) if self.parse.tag(phrase.end) != Tag::Preposition => {
                    end = self.subject_apart(from, phrase.end);
                }
                Some(phrase) => end = phrase.end,
                None => break,
            }
        }
        end
    }

    /// Where a circumstance ends that runs straight into a clause: *in May | prices rose*. Not known: all of it is taken.
    fn subject_apart(&self, from: usize, end: usize) -> usize {
        let pronoun = (from + 1..end).find(|&t| self.parse.tag(t) == Tag::Pronoun);
        pronoun.unwrap_or(end)
    }

    pub(super) fn is_time(&self, at: usize) -> bool {
        if matches!(self.lower(at), "this" | "last" | "next") {
            return self.word_is(at + 1, |w| w.time);
        }
        self.word_is(at, |w| w.time)
    }

    /// Content that starts at a token, by the frames of the cue.
    fn framed(&self, cue: &Cue, at: usize, hi: usize) -> Option<Content> {
        if at >= hi {
            return None;
        }
        let (parse, frames) = (self.parse, cue.frames);
        // “has said publicly he would go”: how it was said is no part of it.
        if at == cue.words.end && self.word_is(at, |w| w.manner) && at + 1 < hi {
            return None;
        }
        if let Some(content) = self.quoted(cue, at, hi).or_else(|| self.named_as(cue, at)) {
            return Some(content);
        }
        if self.lower(at) == "that" && frames.has(Frame::That) && self.opens_that_clause(at, hi) {
            return self.clause(cue, at + 1);
        }
        if self.is_question(at) && frames.has(Frame::Wh) {
            return self.clause(cue, at);
        }
        // “declined to elaborate”: the verb may have been taken for a noun.
        let to_noun = self.lower(at) == "to" && at == cue.words.end && parse.tag(at + 1) == Tag::Noun;
        if to_noun && frames.has(Frame::To) {
            return self.nominal(cue, at);
        }
        if parse.tag(at) == Tag::To || self.lower(at) == "not" && parse.tag(at + 1) == Tag::To {
            let verb = (at + 1..at + 4).any(|t| parse.tag(t) == Tag::VerbBase || self.lower(t) == "be");
            return (frames.has(Frame::To) && verb && !self.is_part_of_longer(cue))
                .then(|| self.nominal(cue, at))
                .flatten();
        }
        let gerund = parse.tag(at) == Tag::VerbGerund
            || parse.tag(at).is_adverb() && parse.tag(at + 1) == Tag::VerbGerund && at == cue.words.end;
        if gerund && frames.has(Frame::Gerund) {
            return self.nominal(cue, at);
        }
        // “which they felt had come from a foul”: the clause's subject stands before the cue.
        if frames.has(Frame::Bare)
            && parse.tag(at).is_finite_verb()
            && at == cue.words.end
            && self.has_subject_elsewhere(cue)
        {
            return self.clause(cue, at);
        }
        if frames.has(Frame::Bare) && !self.is_time(at) && self.opens_bare_clause(cue, at, hi) {
            return self.clause(cue, at);
        }
        self.with_object(cue, at, hi)
    }

    /// *that* before a clause, not before a noun of its own: *called that suggestion absurd*.
    fn opens_that_clause(&self, at: usize, hi: usize) -> bool {
        // *denied that, saying …*: the word itself is what was denied.
        if self.lower(at + 1) == "," && self.parse.tag(at + 2) == Tag::VerbGerund {
            return false;
        }
        let behind_adjunct = matches!(self.parse.tag(at + 1), Tag::Preposition | Tag::Comma)
            && (at + 1..hi.min(at + 14)).any(|t| self.parse.tag(t).is_finite_verb());
        self.parse.tag(at) != Tag::DeterminerAlone || is_clause(self.parse, at + 1, hi) || behind_adjunct
    }

    fn opens_bare_clause(&self, cue: &Cue, at: usize, hi: usize) -> bool {
        // “told the Ledger that sales fell”: somebody is spoken to.
        let spoken_to = || phrase::core_from(self.parse, at, hi).is_some_and(|p| self.lower(p.end) == "that");
        if cue.frames.has(Frame::Person) && spoken_to() {
            return false;
        }
        if cue.frames.has(Frame::Person) || cue.frames.has(Frame::Noun) || cue.frames.has(Frame::Call) {
            return is_clause(self.parse, at, hi);
        }
        opens_clause(self.parse, self.marks, at, hi)
    }

    /// “declined to say when”: the longer cue reports what follows.
    fn is_part_of_longer(&self, cue: &Cue) -> bool {
        self.cues.iter().any(|c| c.words.start == cue.words.start && c.words.end > cue.words.end)
    }

    fn has_subject_elsewhere(&self, cue: &Cue) -> bool {
        let Some(before) = cue.source.as_ref().and_then(|s| s.start.checked_sub(1)) else { return false };
        let tag = self.parse.tag(before);
        let relative = matches!(self.lower(before), "which" | "who" | "that")
            && before.checked_sub(1).is_none_or(|b| self.parse.tag(b) != Tag::Preposition);
        before >= self.sentence.tokens.start && (relative || tag.is_noun())
    }

    /// A quotation right here, after at most a comma or a colon.
    fn quoted(&self, cue: &Cue, at: usize, hi: usize) -> Option<Content> {
        let set_off = matches!(self.lower(at), "," | ":");
        let open = if set_off { at + 1 } else { at };
        let marked = &self.marks.list[self.marks.opening_at(open)?];
        let frames = cue.frames;
        let takes = frames.has(Frame::Quote) || frames.has(Frame::That) || frames.has(Frame::Noun) && !set_off;
        if cue.kind != CueKind::Verb || !(takes || self.lower(at) == ":" || frames.has(Frame::Call) && !set_off) {
            return None;
        }
        // sang “See-Saw”: a word for the manner of speech takes a sentence, or marks that are set off.
        let only_manner = frames.has(Frame::Quote) && !frames.has(Frame::That) && !frames.has(Frame::Call);
        let headline =
            marked.inner.len() >= 3 && self.parse.shape(marked.inner.start).is_capital() && marked.outer.end >= hi;
        if only_manner && !set_off && !headline && !speech::is_sentence(self.parse, marked) {
            return None;
        }
        let after = marked.outer.end;
        // He said “A” was B: the clause goes on behind the marks.
        let goes_on = !set_off
            && after < hi
            && self.parse.shape(after) == Shape::Lower
            && self.parse.tag(after) != Tag::Coordinator
            && !(frames.has(Frame::Call)
                || matches!(self.parse.tag(after), Tag::Preposition) && !frames.has(Frame::Noun));
        if goes_on && !self.is_cue(after) {
            return self.clause(cue, open);
        }
        Some(Content::quoted(vec![marked.outer.clone()]))
    }

    /// *the claim that his camp dismissed as “fantasy”*
    fn named_as(&self, cue: &Cue, at: usize) -> Option<Content> {
        let here = self.lower(at) == "as" && cue.frames.has(Frame::As) && at == cue.words.end;
        let number = self.marks.opening_at(at + 1).filter(|_| here)?;
        Some(Content::quoted(vec![self.marks.list[number].outer.clone()]))
    }

    /// *adding a hopeful check on where things stand: “…”*
    /// *He said, with a bow to Ann:* and the quotation; at the end of a block a comma or a dash leads in as well.
    fn after_colon(&self, cue: &Cue, hi: usize) -> Option<Content> {
        if !cue.frames.has(Frame::Quote) {
            return None;
        }
        let leads = |t: usize| {
            self.marks.around(t).is_none()
                && (self.lower(t) == ":" || self.leads_out(t) && self.marks.opening_at(t + 1).is_some())
        };
        let colon = (cue.words.end..hi).find(|&t| leads(t))?;
        let marked = &self.marks.list[self.marks.opening_at(colon + 1)?];
        let between = self.cues.iter().any(|c| c.words.start > cue.words.start && c.words.start < colon)
            || (cue.words.end..colon).any(|t| self.parse.tag(t) == Tag::VerbPast);
        (!between).then(|| Content::quoted(vec![marked.outer.clone()]))
    }

    /// A comma or dash that is the last token of its block.
    fn leads_out(&self, at: usize) -> bool {
        let last = self.parse.blocks.get(self.sentence.block).is_some_and(|b| at + 1 == b.end);
        last && matches!(self.lower(at), "," | "--" | "—" | "–" | ":--" | "-")
    }
}
