//! What a cue reports: where its content starts and ends, to its right, to its left, or around it.

use std::ops::Range;

use super::cue::{Cue, CueForms, CueKind, Source};
use super::marks::Marks;
use crate::analysis::form::Shape;
use crate::analysis::phrase;
use crate::analysis::token::{Parse, Sentence};
use crate::lexicon::Frame;
use crate::tag::Tag;

/// The content of one cue.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Content {
    /// The pieces, in reading order, as tokens; marks may be among them.
    pub pieces: Vec<Range<usize>>,
    /// Whether the words are quoted as the object of the cue, not a reported clause.
    pub quoted: bool,
}

/// What the search for content may look at.
pub(in crate::analysis) struct Search<'p> {
    /// The text.
    pub parse: &'p Parse,
    /// Its quotation marks.
    pub marks: &'p Marks,
    /// Cue words by form.
    pub forms: &'p CueForms<'p>,
    /// The sentence of the cue.
    pub sentence: &'p Sentence,
    /// All cues of the sentence.
    pub cues: &'p [Cue],
}

/// Whether a clause with its own subject and finite verb starts at a token.
pub(in crate::analysis) fn is_clause(parse: &Parse, start: usize, ceiling: usize) -> bool {
    let subject = match phrase::full_from(parse, start, ceiling) {
        Some(subject) => subject.end,
        None if parse.tag(start) == Tag::Existential => start + 1,
        None => return false,
    };
    let mut at = subject;
    let mut left = 14;
    while at < ceiling && left > 0 {
        left -= 1;
        let tag = parse.tag(at);
        if tag.is_finite_verb() {
            return true;
        }
        if tag == Tag::VerbParticiple && at == subject && parse.tag(start) == Tag::Pronoun {
            return true;
        }
        // “reporters the game was late”: a second phrase opens, the first was an addressee.
        let opens = matches!(tag, Tag::Determiner | Tag::Possessive);
        if opens && at == subject {
            return false;
        }
        if tag == Tag::Coordinator && (parse.tag(at + 1).is_verb() || parse.tag(at + 1).is_adverb()) {
            return false;
        }
        // Prepositional phrases may stand between subject and verb.
        if !(tag.is_adverb()
            || tag == Tag::Preposition
            || tag.is_noun()
            || tag.is_adjective()
            || matches!(
                tag,
                Tag::Determiner | Tag::Number | Tag::Possessive | Tag::PossessiveEnding | Tag::Coordinator
            ))
        {
            return false;
        }
        at += 1;
    }
    false
}

impl Search<'_> {
    /// The content of the cue at a place in the list, if it reports any.
    pub fn content(&self, number: usize) -> Option<Content> {
        let cue = &self.cues[number];
        match cue.kind {
            CueKind::Phrase => self.around_phrase(cue),
            CueKind::Verb if self.follows_quotation(cue) => self.left(cue, cue.words.end),
            _ if cue.how == Source::Inverted => self.left(cue, cue.extent().end),
            _ => self.right(cue).or_else(|| self.left(cue, cue.words.end)),
        }
    }

    fn hi(&self) -> usize {
        // The final stop and closing marks belong to no content.
        let mut end = self.sentence.tokens.end;
        while end > self.sentence.tokens.start
            && (self.parse.tag(end - 1) == Tag::Stop || matches!(self.parse.lower(end - 1), ")" | "…"))
        {
            end -= 1;
        }
        end
    }

    fn lower(&self, at: usize) -> &str {
        self.parse.lower(at)
    }

    // ------------------------------------------------------------------ right

    fn right(&self, cue: &Cue) -> Option<Content> {
        if matches!(cue.kind, CueKind::Noun | CueKind::Adjective | CueKind::Passive) {
            let start = if self.lower(cue.words.end) == "that" { cue.words.end + 1 } else { cue.words.end };
            return self.clause(cue, start);
        }
        let hi = self.hi();
        let mut at = cue.words.end;
        if let Some(content) = self.framed(cue, at, hi) {
            return Some(content);
        }
        // Adverbs, addressees and circumstances between cue and content: told reporters in a statement on Tuesday that.
        for _ in 0..6 {
            let Some(next) = self.skip_circumstance(cue, at, hi) else { break };
            at = next;
            if let Some(content) = self.framed(cue, at, hi) {
                return Some(content);
            }
        }
        self.after_colon(cue, hi)
    }

    fn skip_circumstance(&self, cue: &Cue, at: usize, hi: usize) -> Option<usize> {
        if at >= hi {
            return None;
        }
        let tag = self.parse.tag(at);
        if tag.is_adverb() || tag == Tag::Particle {
            return Some(at + 1);
        }
        if tag == Tag::Preposition || tag == Tag::To {
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
        let addressee = cue.frames.has(Frame::Person)
            || cue.frames.has(Frame::PersonTo)
            || self.forms.get(self.parse, at).is_some_and(|w| w.addressee);
        if addressee {
            let phrase = phrase::core_from(self.parse, at, hi)?;
            // “told us we won” has an addressee, “said we won” has none.
            if self.parse.tag(phrase.end).is_finite_verb() {
                return None;
            }
            return Some(self.circumstance_end(phrase.end, hi));
        }
        None
    }

    /// Over *of*, *for*, *outside* … that belong to a circumstance already begun.
    fn circumstance_end(&self, mut end: usize, hi: usize) -> usize {
        while end < hi
            && matches!(
                self.lower(end),
                "of" | "outside"
                    | "inside"
                    | "after"
                    | "before"
                    | "from"
                    | "with"
                    | "at"
                    | "in"
                    | "on"
                    | "for"
                    | "about"
            )
        {
            match phrase::core_from(self.parse, end + 1, hi) {
                Some(phrase) => end = phrase.end,
                None => break,
            }
        }
        end
    }

    fn is_time(&self, at: usize) -> bool {
        matches!(
            self.lower(at),
            "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "today"
                | "yesterday"
                | "tonight"
                | "late"
                | "early"
                | "earlier"
                | "later"
                | "last"
                | "this"
                | "week"
                | "month"
                | "year"
                | "morning"
                | "evening"
                | "afternoon"
                | "night"
        ) && (!matches!(self.lower(at), "this" | "last")
            || matches!(
                self.lower(at + 1),
                "week"
                    | "month"
                    | "year"
                    | "morning"
                    | "evening"
                    | "afternoon"
                    | "night"
                    | "summer"
                    | "winter"
                    | "spring"
                    | "fall"
                    | "autumn"
            ))
    }

    /// Content that starts at a token, by the frames of the cue.
    fn framed(&self, cue: &Cue, at: usize, hi: usize) -> Option<Content> {
        if at >= hi {
            return None;
        }
        let frames = cue.frames;
        if let Some(content) = self.quoted(cue, at, hi) {
            return Some(content);
        }
        let parse = self.parse;
        // *the claim that his camp dismissed as “fantasy”*
        if self.lower(at) == "as"
            && frames.has(Frame::As)
            && at == cue.words.end
            && let Some(number) = self.marks.opening_at(at + 1)
        {
            return Some(Content { pieces: vec![self.marks.list[number].outer.clone()], quoted: true });
        }
        if self.lower(at) == "that" && frames.has(Frame::That) && parse.tag(at) != Tag::DeterminerAlone {
            return self.clause(cue, at + 1);
        }
        let question = matches!(parse.tag(at), Tag::WhAdverb | Tag::WhPronoun | Tag::WhDeterminer)
            || matches!(self.lower(at), "whether" | "if");
        if question && frames.has(Frame::Wh) && parse.tag(at) != Tag::Comma {
            return self.clause(cue, at);
        }
        if parse.tag(at) == Tag::To || self.lower(at) == "not" && parse.tag(at + 1) == Tag::To {
            let verb_follows = parse.tag(at + 1) == Tag::VerbBase
                || parse.tag(at + 2) == Tag::VerbBase
                || parse.tag(at + 1).is_adverb();
            // “declined to say when”: the longer cue reports what follows.
            let longer = self.cues.iter().any(|c| c.words.start == cue.words.start && c.words.end > cue.words.end);
            return (frames.has(Frame::To) && verb_follows && !longer).then(|| self.clause(cue, at)).flatten();
        }
        if parse.tag(at) == Tag::VerbGerund && frames.has(Frame::Gerund) {
            return self.clause(cue, at);
        }
        self.with_object(cue, at, hi)
    }

    /// Frames that need a noun phrase first.
    fn with_object(&self, cue: &Cue, at: usize, hi: usize) -> Option<Content> {
        let frames = cue.frames;
        let parse = self.parse;
        if frames.has(Frame::Bare) && is_clause(parse, at, hi) && !self.is_time(at) {
            return self.clause(cue, at);
        }
        let object = phrase::full_from(parse, at, hi)?;
        let to =
            parse.tag(object.end) == Tag::To || self.lower(object.end) == "not" && parse.tag(object.end + 1) == Tag::To;
        if to && frames.has(Frame::PersonTo) {
            return self.clause(cue, object.end);
        }
        if to && frames.has(Frame::AllTo) {
            return self.clause(cue, at);
        }
        if self.lower(object.end) == "of" && frames.has(Frame::Of) || self.of_inside(&object) && frames.has(Frame::Of) {
            return self.clause(cue, at);
        }
        if frames.has(Frame::As) && (object.end..hi.min(object.end + 12)).any(|t| self.lower(t) == "as") {
            return self.naming(cue, at);
        }
        if frames.has(Frame::Call) && self.has_marks(at..hi.min(at + 40)) {
            return self.naming(cue, at);
        }
        if frames.has(Frame::Noun) {
            return self.clause(cue, at);
        }
        None
    }

    /// *called the bill “a gift” on Monday*: the content ends with the marks that name the thing.
    fn naming(&self, cue: &Cue, start: usize) -> Option<Content> {
        let end = self.clause_end(cue, start);
        let last = self.marks.within(&(start..end)).last().map(|n| self.marks.list[n].outer.end);
        let end = last.unwrap_or(end);
        (start < end).then(|| Content { pieces: vec![start..end], quoted: false })
    }

    fn of_inside(&self, object: &Range<usize>) -> bool {
        object.clone().any(|t| self.lower(t) == "of")
    }

    fn has_marks(&self, tokens: Range<usize>) -> bool {
        !self.marks.within(&tokens).is_empty()
    }

    /// A quotation right here, after at most a comma or a colon.
    fn quoted(&self, cue: &Cue, at: usize, hi: usize) -> Option<Content> {
        let set_off = matches!(self.lower(at), "," | ":");
        let open = if set_off { at + 1 } else { at };
        let marked = &self.marks.list[self.marks.opening_at(open)?];
        if cue.kind != CueKind::Verb
            || !(cue.frames.has(Frame::Quote) || cue.frames.has(Frame::That) || set_off && self.lower(at) == ":")
        {
            return None;
        }
        let after = marked.outer.end;
        // He said “A” was B: the clause goes on behind the marks.
        let goes_on = !set_off
            && after < hi
            && self.parse.shape(after) == Shape::Lower
            && self.parse.tag(after) != Tag::Coordinator;
        if goes_on && !self.is_cue(after) {
            return self.clause(cue, open);
        }
        Some(Content { pieces: vec![marked.outer.clone()], quoted: true })
    }

    fn is_cue(&self, at: usize) -> bool {
        self.cues.iter().any(|c| c.extent().contains(&at))
    }

    /// *adding a hopeful check on where things stand: “…”*
    fn after_colon(&self, cue: &Cue, hi: usize) -> Option<Content> {
        if !cue.frames.has(Frame::Quote) {
            return None;
        }
        let colon = (cue.words.end..hi).find(|&t| self.lower(t) == ":" && self.marks.around(t).is_none())?;
        let marked = &self.marks.list[self.marks.opening_at(colon + 1)?];
        let between = self.cues.iter().any(|c| c.words.start > cue.words.start && c.words.start < colon);
        (!between).then(|| Content { pieces: vec![marked.outer.clone()], quoted: true })
    }

    /// A reported clause from `start` to its end.
    fn clause(&self, cue: &Cue, start: usize) -> Option<Content> {
        let end = self.clause_end(cue, start);
        (start < end).then(|| Content { pieces: vec![start..end], quoted: false })
    }

    /// Where a reported clause that starts at `start` ends.
    fn clause_end(&self, cue: &Cue, start: usize) -> usize {
        let hi = self.hi();
        let mut at = start;
        while at < hi {
            if let Some(marked) = self.marks.around(at) {
                at = marked.outer.end;
                continue;
            }
            if self.ends_clause(cue, start, at, hi) {
                return at;
            }
            at += 1;
        }
        at.max(hi.min(at))
    }

    /// Whether the clause stops before a token.
    fn ends_clause(&self, cue: &Cue, start: usize, at: usize, hi: usize) -> bool {
        match self.lower(at) {
            ";" => true,
            "," | "—" | "–" | "--" => at > start && self.leaves_clause(cue, at, hi),
            ")" => (start..at).all(|t| self.lower(t) != "("),
            "and" | "but" => self.same_source_goes_on(cue, at + 1),
            "is" | "was" | "are" | "were" | "has" | "had" | "will" | "would" => self.closes_complement(cue, start, at),
            "according" | "per" => self.cues.iter().any(|c| c.kind == CueKind::Phrase && c.words.start == at),
            // A wish or a duty does not reach over “because”, “but” and the like when they lead to another cue.
            _ => false,
        }
    }

    /// *… and said it would die*: the same source says something else.
    fn same_source_goes_on(&self, cue: &Cue, next: usize) -> bool {
        self.cues.iter().any(|c| {
            c.kind == CueKind::Verb
                && c.words.start >= next
                && c.words.start <= next + 2
                && c.how == Source::Subject(phrase::Found::Shared)
                && c.source.is_some()
                && c.source == cue.source
        })
    }

    /// *her claim that the paper lied was false*; *hearing her say she is ready is a sign*: the clause has its verb, and
    /// this one belongs to what holds it.
    fn closes_complement(&self, cue: &Cue, start: usize, at: usize) -> bool {
        let perceived = cue.source.as_ref().and_then(|s| s.start.checked_sub(1)).is_some_and(|before| {
            matches!(
                self.lower(before),
                "hear"
                    | "hears"
                    | "heard"
                    | "hearing"
                    | "see"
                    | "saw"
                    | "seeing"
                    | "watch"
                    | "watching"
                    | "having"
                    | "letting"
            )
        });
        let inside_subject = cue.kind == CueKind::Noun || perceived;
        if !inside_subject || at == start {
            return false;
        }
        let verb = (start..at).rev().find(|&t| self.parse.tag(t).is_finite_verb());
        verb.is_some_and(|v| {
            let opened = (v + 1..at).any(|t| {
                matches!(
                    self.parse.tag(t),
                    Tag::Coordinator
                        | Tag::Subordinator
                        | Tag::WhPronoun
                        | Tag::WhDeterminer
                        | Tag::WhAdverb
                        | Tag::Comma
                )
            });
            let own_subject = matches!(self.parse.tag(at - 1), Tag::Pronoun | Tag::Existential);
            !opened && !own_subject
        })
    }

    /// Whether what follows a comma or dash is no longer reported.
    fn leaves_clause(&self, cue: &Cue, comma: usize, hi: usize) -> bool {
        let mut next = comma + 1;
        let linked =
            matches!(self.lower(next), "and" | "but" | "though" | "although" | "while" | "as" | "yet" | "whereas");
        if linked {
            next += 1;
        }
        if self.lower(next) == "that" && linked {
            return false;
        }
        let other = self
            .cues
            .iter()
            .find(|c| c.words.start > cue.words.start && c.extent().start >= comma && c.extent().start <= next + 3);
        if let Some(other) = other {
            let own = other.extent().start <= next || other.how == Source::Main;
            let same_clause = !linked && other.how == Source::Subject(phrase::Found::Relative);
            if own && !same_clause {
                return true;
            }
        }
        self.is_comment(comma + 1, hi) || !linked && self.is_tail(comma + 1)
    }

    /// *…, hours after the vote*, *…, as the panel met*, *…, raising fears*: what the report adds to what was said.
    fn is_tail(&self, at: usize) -> bool {
        let verbal = self.parse.tag(at) == Tag::VerbGerund
            && !matches!(self.lower(at), "including" | "according" | "being" | "depending");
        let later = matches!(
            self.lower(at),
            "hours" | "days" | "weeks" | "months" | "years" | "minutes" | "moments" | "shortly"
        ) && matches!(self.lower(at + 1), "after" | "before");
        let setting = self.lower(at) == "amid"
            || self.lower(at) == "in" && self.lower(at + 1) == "what"
            || self.lower(at) == "as" && is_clause(self.parse, at + 1, self.hi());
        verbal || later || setting
    }

    /// *…, a claim that the camp dismissed*: a noun phrase that comments on the whole clause.
    fn is_comment(&self, at: usize, hi: usize) -> bool {
        if !matches!(self.lower(at), "a" | "an") {
            return false;
        }
        phrase::core_from(self.parse, at, hi).is_some_and(|phrase| {
            let noun = self.forms.get(self.parse, phrase.end - 1).is_some_and(|w| w.noun.is_some())
                || matches!(
                    self.lower(phrase.end - 1),
                    "move" | "step" | "figure" | "decision" | "sign" | "charge" | "view"
                );
            noun && (self.parse.tag(phrase.end) == Tag::WhDeterminer
                || self.lower(phrase.end) == "that"
                || phrase.end >= hi)
        })
    }

    // ------------------------------------------------------------------ left

    /// The content before a cue that is set off: *“…,” she said*; *…, officials said, …*.
    fn left(&self, cue: &Cue, cue_end: usize) -> Option<Content> {
        if cue.kind != CueKind::Verb || cue.how == Source::Main {
            return None;
        }
        let start = cue.extent().start;
        let here = |n: &usize| self.marks.list[*n].block == self.sentence.block;
        let closing = self.marks.closing_before(start).or_else(|| self.comma_then_close(start)).filter(here);
        if let Some(number) = closing {
            let quote_like = cue.frames.has(Frame::Quote) || cue.frames.has(Frame::That) || cue.frames.has(Frame::Bare);
            if quote_like {
                return Some(self.left_quoted(number, cue_end));
            }
        }
        let comma = start
            .checked_sub(1)
            .filter(|&c| c > self.sentence.tokens.start && matches!(self.lower(c), "," | "—" | "–" | "--"))?;
        if !(cue.frames.has(Frame::Bare) || cue.frames.has(Frame::That))
            || matches!(cue.how, Source::Subject(phrase::Found::Shared | phrase::Found::Relative))
        {
            return None;
        }
        self.left_clause(cue, comma, cue_end)
    }

    /// Whether source and cue stand right behind a quotation that ends without a full stop.
    fn follows_quotation(&self, cue: &Cue) -> bool {
        let start = cue.extent().start;
        let closes = self.marks.closing_before(start).or_else(|| self.comma_then_close(start));
        let quotes = cue.frames.has(Frame::Quote)
            && matches!(cue.how, Source::Subject(phrase::Found::Before | phrase::Found::Apposition));
        quotes
            && closes.is_some_and(|n| {
                let marked = &self.marks.list[n];
                marked.inner.end.checked_sub(1).is_some_and(|last| self.lower(last) != ".")
                    && marked.block == self.sentence.block
            })
    }

    fn comma_then_close(&self, start: usize) -> Option<usize> {
        let comma = start.checked_sub(1).filter(|&c| matches!(self.lower(c), "," | "—" | "–" | "--"))?;
        self.marks.closing_before(comma)
    }

    /// A quotation before the cue, and the one behind it when the sentence goes on.
    fn left_quoted(&self, number: usize, cue_end: usize) -> Content {
        let marked = &self.marks.list[number];
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
        Content { pieces, quoted: true }
    }

    /// The quotation that goes on behind the cue within the sentence: *“If you cry,” she said at last, “bring a towel.”*
    fn resumed(&self, from: usize) -> Option<usize> {
        let end = self.sentence.tokens.end;
        let limit = (from..end).find(|&t| self.marks.around(t).is_some_and(|m| m.outer.start == t))?;
        let other_cue = self.cues.iter().any(|c| c.words.start >= from && c.words.end <= limit);
        let stop = (from..limit)
            .any(|t| self.lower(t) == ":" || self.lower(t) == ";" && t + 1 < limit || self.parse.tag(t) == Tag::Stop);
        let set_off = limit > from && matches!(self.lower(limit - 1), "," | ";" | "—" | "–" | "--");
        (set_off && !other_cue && !stop).then(|| self.marks.opening_at(limit)).flatten()
    }

    fn left_clause(&self, cue: &Cue, comma: usize, cue_end: usize) -> Option<Content> {
        let start = self.left_start(cue, comma);
        let verb = (start..comma).any(|t| self.parse.tag(t).is_finite_verb() || self.marks.around(t).is_some());
        let headline = self.sentence.tokens.end - self.sentence.tokens.start < 16;
        if start >= comma || !(verb || headline) || comma - start < 2 {
            return None;
        }
        // “In May, officials said the road was closed” was found to the right; here the sentence must end or go on.
        let mut after = cue_end;
        let hi = self.hi();
        while after < hi && !matches!(self.lower(after), "," | "—" | "–" | "--") {
            match self.skip_circumstance(cue, after, hi) {
                Some(next) => after = next,
                None => break,
            }
        }
        if after < hi && !matches!(self.lower(after), "," | "—" | "–" | "--" | ";" | ":") {
            return None;
        }
        let mut pieces = vec![start..comma];
        let goes_on =
            after < hi && matches!(self.lower(after), "," | "—" | "–" | "--") && !self.leaves_clause(cue, after, hi);
        if goes_on && after + 1 < hi && !matches!(self.lower(after + 1), "who" | "which" | "where" | "when") {
            pieces.push(after + 1..self.clause_end(cue, after + 1));
        }
        Some(Content { pieces, quoted: false })
    }

    /// Where the clause before a cue starts: after the last cue's content, or with the sentence.
    fn left_start(&self, cue: &Cue, comma: usize) -> usize {
        let mut start = self.sentence.tokens.start;
        for other in self.cues.iter().filter(|c| c.words.start < cue.words.start) {
            let end = other.extent().end;
            let next_comma = (end..comma).find(|&t| self.lower(t) == ",");
            start = start.max(next_comma.map_or(end, |c| c + 1));
        }
        while start < comma && matches!(self.lower(start), "and" | "but" | "so" | "yet" | ",") {
            start += 1;
        }
        start
    }

    // ------------------------------------------------------------------ according to

    fn around_phrase(&self, cue: &Cue) -> Option<Content> {
        let extent = cue.extent();
        let (lo, hi) = (self.sentence.tokens.start, self.hi());
        let first_word = (lo..extent.start)
            .all(|t| self.parse.shape(t) == Shape::Mark || matches!(self.lower(t), "but" | "and" | "so"));
        if first_word {
            let mut start = extent.end;
            // An apposition to the source ends with the comma that opens the content.
            while start < hi && self.lower(start) != "," {
                start += 1;
            }
            let start = if start < hi { start + 1 } else { extent.end };
            return self.clause(cue, start);
        }
        let mut start = lo;
        for other in self.cues.iter().filter(|c| c.words.start < cue.words.start && c.kind != CueKind::Phrase) {
            if self.lower(other.words.end) == "that" {
                start = start.max(other.words.end + 1);
            }
        }
        let end = if self.lower(extent.start - 1) == "," { extent.start - 1 } else { extent.start };
        let mut pieces = vec![start..end];
        if self.lower(extent.end) == "," && extent.end + 1 < hi && self.lower(extent.start - 1) == "," {
            let rest = extent.end + 1..self.clause_end(cue, extent.end + 1);
            let goes_on = !matches!(
                self.lower(rest.start),
                "who" | "which" | "but" | "and" | "while" | "though" | "although" | "as"
            );
            if goes_on && !rest.is_empty() {
                pieces.push(rest);
            }
        }
        (start < end).then_some(Content { pieces, quoted: false })
    }
}
