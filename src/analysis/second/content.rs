//! One sentence: what is said in it, in the quotation or the clauses around a verb of saying.

use std::ops::Range;

use super::Ground;
use super::cue::Verb;
use super::draft::{kind, without_stop};
use crate::analysis::QuoteKind;
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::quote::cue::Source;
use crate::analysis::quote::marks::Marks;
use crate::analysis::quote::{Draft, Hint};
use crate::lexicon::{Takes, WordKind};
use crate::tag::Tag;

/// Who says something, as far as the sentence shows.
#[derive(Clone, Debug)]
pub(super) struct By {
    /// The words that attribute.
    pub cue: Range<usize>,
    /// The phrase that stands for the speaker.
    pub source: Option<Range<usize>>,
    /// How that was found.
    pub how: Source,
}
/// Reads one sentence.
pub(super) struct Reader<'a, 'c> {
    pub ground: Ground<'a>,
    pub marks: &'a Marks,
    pub tokens: Range<usize>,
    pub block: usize,
    pub claimed: &'c mut Vec<bool>,
    pub found: Vec<Draft>,
    /// Who says something here that the sentence does not tell.
    pub saying: Option<By>,
}

impl Reader<'_, '_> {
    /// Reads it from its first to its last word.
    pub fn read(&mut self) {
        for at in self.tokens.clone() {
            if self.is_reported(at) {
                continue;
            }
            if self.source_phrase(at) {
                continue;
            }
            match self.ground.verb(self.marks, at, &self.tokens) {
                Some(verb) => self.says(&verb),
                None => self.any_verb(at),
            }
        }
    }

    /// “…”, rejoiced Holm: behind a quotation and its comma any verb says, when somebody stands right behind it.
    fn any_verb(&mut self, at: usize) {
        let parse = self.ground.parse;
        let comma = at > self.tokens.start && self.lower(at - 1) == ",";
        let known = self.ground.forms.kind(parse, at).is_some_and(|kind| kind != WordKind::Finite);
        if !comma || known || parse.shape(at) != Shape::Lower || self.marks.around(at).is_some() {
            return;
        }
        let Some(number) = self.marks.closing_before(at - 1).filter(|&n| !self.claimed[n]) else { return };
        let ceiling = self.ground.ceiling(self.marks, at + 1, self.tokens.end);
        let Some(source) = self.ground.behind(at + 1, ceiling).filter(|s| self.ground.is_somebody(s)) else { return };
        let end = source.end;
        let by = By { cue: at..at + 1, source: Some(source), how: Source::Inverted };
        if self.behind_marks(number, &by) {
            self.resumed(end);
        }
    }

    /// Whether a token is part of what is reported already.
    fn is_reported(&self, at: usize) -> bool {
        self.found.iter().any(|d| d.kind != QuoteKind::Direct && d.pieces.iter().any(|p| p.contains(&at)))
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.ground.parse.lower(at)
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        self.ground.parse.tag(at)
    }

    /// The quotation that closes right before a token, or before the comma there.
    pub(super) fn closed_before(&self, at: usize) -> Option<usize> {
        let direct = self.marks.closing_before(at);
        let pause = |t: usize| matches!(self.lower(t), "," | "–" | "—");
        let inside = |&n: &usize| self.marks.list[n].outer.end > self.tokens.start;
        direct
            .or_else(|| at.checked_sub(1).filter(|&t| pause(t)).and_then(|t| self.marks.closing_before(t)))
            .filter(inside)
    }

    fn says(&mut self, verb: &Verb) {
        let clause = &self.ground.language.speech.clause;
        if verb.last && clause.like.contains(self.lower(verb.floor)) {
            return self.like(verb);
        }
        let subject = self.ground.subject(verb, self.marks, &self.tokens);
        if subject.is_none() && !verb.impersonal {
            // “…”, says the 51-year-old: that it was said is sure, not by whom.
            let comma = verb.floor > self.tokens.start && self.lower(verb.floor - 1) == ",";
            if comma
                && verb.finite == verb.floor
                && let Some(number) = self.closed_before(verb.finite)
            {
                let by = By { cue: verb.words.clone(), source: None, how: Source::Nobody };
                self.behind_marks(number, &by);
            }
            return;
        }
        let by = self.by(verb, subject);
        // « … », s’écria Jeanne: an object pronoun goes before the verb.
        let object = |t: usize| self.ground.language.grammar.between.contains(self.lower(t));
        let turned = (verb.floor..verb.finite).all(object) && !matches!(by.how, Source::Subject(_));
        if turned && self.turned(verb, &by) {
            return;
        }
        if self.straight(verb, &by) {
            return;
        }
        if !self.right(verb, &by) && verb.takes(Takes::Clause) && by.source.is_some() {
            self.saying = Some(by);
        }
    }

    fn by(&self, verb: &Verb, subject: Option<(Range<usize>, Source)>) -> By {
        let cue = verb.words.clone();
        match subject {
            // *They* said: the word may be *she* as well, and would be taken for her.
            Some((phrase, _)) if verb.many && self.is_several(&phrase) => By { cue, source: None, how: Source::Nobody },
            Some((phrase, how)) => By { cue, source: Some(phrase), how },
            None => By { cue, source: None, how: Source::Nobody },
        }
    }

    fn is_several(&self, phrase: &Range<usize>) -> bool {
        phrase.len() == 1 && self.ground.language.grammar.several.contains(self.lower(phrase.start))
    }

    /// The end of verb and subject, where they stand together.
    pub(super) fn end(verb: &Verb, by: &By) -> usize {
        let phrase = by.source.as_ref().filter(|_| by.how == Source::Inverted).map_or(0, |s| s.end);
        let own = if verb.words.start < verb.finite { verb.finite + 1 } else { verb.words.end };
        own.max(phrase)
    }

    /// “…”, said Holm; *the harbour is safe, said Holm*; *the harbour, said Holm, is safe*.
    fn turned(&mut self, verb: &Verb, by: &By) -> bool {
        let end = Self::end(verb, by).max(verb.end);
        if let Some(number) = self.closed_before(verb.floor) {
            let found = self.behind_marks(number, by);
            if found {
                self.resumed(end);
            }
            return found;
        }
        let comma = verb.floor.checked_sub(1).filter(|&c| c > self.tokens.start && self.lower(c) == ",");
        // To the question whether he would go, said Holm: “No.”
        let colon = (end..self.tokens.end).find(|&t| self.ground.parse.shape(t) == Shape::Mark);
        let answers = colon.is_some_and(|c| self.lower(c) == ":");
        let leads = matches!(self.tag(self.tokens.start), Tag::Preposition | Tag::Subordinator);
        if (answers || leads) && self.right(verb, by) {
            return true;
        }
        match comma {
            Some(comma) if verb.takes(Takes::Clause) => self.around(comma, end, by),
            _ => false,
        }
    }

    /// *“And then”, she went on, “came the storm.”*: the words that go on behind their attribution.
    fn resumed(&mut self, end: usize) {
        let pause = (end..self.tokens.end).find(|&t| self.ground.parse.shape(t) == Shape::Mark);
        let Some(pause) = pause.filter(|&p| matches!(self.lower(p), "," | ":" | "–" | "—")) else { return };
        let Some(number) = self.marks.opening_at(pause + 1).filter(|&n| !self.claimed[n]) else { return };
        if let Some(last) = self.found.last_mut().filter(|d| d.kind == QuoteKind::Direct) {
            last.pieces.push(self.marks.list[number].inner.clone());
            self.claimed[number] = true;
        }
    }

    /// Marked words right before their attribution; with what leads in to them in the same clause they are a mixed quote.
    pub(super) fn behind_marks(&mut self, number: usize, by: &By) -> bool {
        let marked = &self.marks.list[number];
        let (inner, outer) = (marked.inner.clone(), marked.outer.clone());
        let lead = self.ground.floor(self.marks, outer.start, self.tokens.start);
        let words = outer.start.saturating_sub(lead);
        let opens = lead == self.tokens.start || matches!(self.lower(lead - 1), ",");
        if words > 0 && opens && lead < outer.start && self.tag(outer.start - 1) != Tag::Pause {
            // *The plan is “a mistake”, said Holm.*
            let start = self.tokens.start;
            if self.marks.within(&(start..lead)).is_empty() {
                return self.push(vec![start..outer.end], by, Some(number));
            }
        }
        self.push(vec![inner], by, Some(number))
    }

    /// What stands before a comma with its attribution, and what goes on behind it.
    pub(super) fn around(&mut self, comma: usize, end: usize, by: &By) -> bool {
        let mut start = self.tokens.start;
        while start < comma && self.tag(start) == Tag::Coordinator {
            start += 1;
        }
        let mut pieces = vec![start..comma];
        let closing = (end..self.tokens.end).find(|&t| self.ground.parse.shape(t) == Shape::Mark);
        let near = closing.is_some_and(|c| c <= end + 6 && self.lower(c) == ",");
        if let Some(closing) = closing.filter(|_| near) {
            let rest = self.extent(closing + 1);
            if !rest.is_empty() {
                pieces.push(rest);
            }
        }
        self.push(pieces, by, None)
    }

    /// “…”, the minister said.
    fn straight(&mut self, verb: &Verb, by: &By) -> bool {
        let Some(source) = by.source.clone().filter(|_| by.how == Source::Subject(Found::Before)) else { return false };
        let ends = verb.end >= self.tokens.end || self.ground.parse.shape(verb.end) == Shape::Mark;
        let leads = matches!(self.lower(verb.end), ":" | ",") && self.marks.opening_at(verb.end + 1).is_some();
        match self.closed_before(source.start) {
            Some(number) if ends && !leads && verb.takes(Takes::Marks) && !self.claimed[number] => {
                self.behind_marks(number, by)
            }
            _ => false,
        }
    }

    /// As the ministry said, …
    fn like(&mut self, verb: &Verb) {
        let Some(phrase) = self.ground.phrase(verb.floor + 1, verb.finite) else { return };
        let how = Source::Subject(Found::Before);
        let by = By { cue: verb.words.clone(), source: Some(phrase), how };
        self.aside(verb.floor, verb.end, &by);
    }

    /// Something set off from what is said: at its head, at its end or inside it.
    pub(super) fn aside(&mut self, start: usize, end: usize, by: &By) -> bool {
        if let Some(number) = self.closed_before(start) {
            return self.behind_marks(number, by);
        }
        let comma = start.checked_sub(1).filter(|&c| c > self.tokens.start && self.lower(c) == ",");
        if let Some(comma) = comma {
            return self.around(comma, end, by);
        }
        let opens = (self.tokens.start..start).all(|t| matches!(self.tag(t), Tag::Coordinator | Tag::Adverb));
        let rest = end + usize::from(self.lower(end) == ",");
        opens && self.push(vec![self.extent(rest)], by, None)
    }

    /// From a token to where the report ends: the end of the sentence, or a new clause of its own.
    pub(super) fn extent(&self, start: usize) -> Range<usize> {
        let joins = |&t: &usize| {
            self.lower(t) == ","
                && self.marks.around(t).is_none()
                && self.tag(t + 1) == Tag::Coordinator
                && self.tag(t + 2).is_finite_verb()
                && !self.ground.language.grammar.reported.contains(self.lower(t + 2))
        };
        let end = (start..self.tokens.end).find(joins).unwrap_or(self.tokens.end);
        without_stop(self.ground, start..end.max(start))
    }

    /// Notes a quote; says whether there was anything to note.
    pub(super) fn push(&mut self, pieces: Vec<Range<usize>>, by: &By, marked: Option<usize>) -> bool {
        let mut pieces: Vec<_> = pieces.into_iter().filter(|p| !p.is_empty()).collect();
        if pieces.is_empty() || marked.is_some_and(|number| self.claimed[number]) {
            return false;
        }
        let mut kind = kind(self.ground, self.marks, &pieces);
        if kind == QuoteKind::Indirect && by.source.is_none() && by.how != Source::Nobody {
            return false;
        }
        if kind == QuoteKind::Direct && marked.is_none() {
            // The words of a clause that stand in marks to the last: *said, that “…”*.
            kind = QuoteKind::Mixed;
        }
        for number in pieces.iter().flat_map(|p| self.marks.within(p)) {
            self.claimed[number] = true;
        }
        pieces.sort_by_key(|p| p.start);
        let block = marked.map_or(self.block, |number| self.marks.list[number].block);
        self.found.push(Draft {
            kind,
            pieces,
            cue: Some(by.cue.clone()),
            source: by.source.clone(),
            hint: Hint::Cue(by.how),
            block,
        });
        true
    }
}
