//! What is said: the quotation or the clause that a verb of saying reports, and the clauses after it that still do.

use std::ops::Range;

use super::Ground;
use super::cue::Verb;
use crate::analysis::QuoteKind;
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::quote::cue::Source;
use crate::analysis::quote::marks::{Marked, Marks};
use crate::analysis::quote::{Draft, Hint};
use crate::document::{BlockKind, Document};
use crate::lexicon::{Takes, WordKind};
use crate::tag::Tag;

/// How many commas behind a verb are looked at for the clause that it reports.
const MOST_COMMAS: usize = 4;

/// How many sentences in marks may stand between what was reported and more of it.
const MOST_MARKED: usize = 4;

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

/// All quotes that a verb or another word attributes, and marked words that only a story can mean as speech.
pub(super) fn find(document: &Document, ground: Ground, marks: &Marks, narrative: bool) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut claimed = vec![false; marks.list.len()];
    // Who said something in the sentence before that it does not tell: *Lund disagreed.*
    let mut saying: Option<(usize, By)> = None;
    for (number, sentence) in ground.parse.sentences.iter().enumerate() {
        let kind = document.blocks()[sentence.block].kind;
        if matches!(kind, BlockKind::Byline | BlockKind::SceneBreak) {
            continue;
        }
        let mut reader = Reader {
            ground,
            marks,
            tokens: sentence.tokens.clone(),
            block: sentence.block,
            claimed: &mut claimed,
            found: Vec::new(),
            saying: None,
        };
        reader.read();
        let (mut own, said) = (reader.found, reader.saying);
        own.sort_by_key(|d| d.pieces[0].start);
        if own.is_empty() && !narrative {
            let before = saying.as_ref().filter(|(n, _)| n + 1 == number).map(|(_, by)| by);
            own.extend(goes_on(ground, marks, number, &mut drafts, before));
        }
        saying = said.filter(|_| own.is_empty()).map(|by| (number, by));
        drafts.extend(own);
    }
    if narrative {
        drafts.retain(|d| d.kind == QuoteKind::Direct);
        drafts.extend(turns(ground, marks, &claimed));
    }
    drafts.sort_by_key(|d| d.pieces[0].start);
    drafts
}

/// In a story marked words at the head of a paragraph are spoken, however few: *“No.”* and the old man rose.
fn turns(ground: Ground, marks: &Marks, claimed: &[bool]) -> Vec<Draft> {
    let parse = ground.parse;
    let heads = |m: &Marked| parse.blocks.get(m.block).is_some_and(|b| b.start == m.outer.start);
    let set_off = |m: &Marked| {
        let before = m.outer.start.checked_sub(1).map_or(Tag::Stop, |b| parse.tag(b));
        matches!(before, Tag::Stop | Tag::Pause)
    };
    let ends = |m: &Marked| {
        let last = m.inner.end.checked_sub(1).map_or("", |l| parse.lower(l));
        matches!(last, "." | "!" | "?" | "…" | "...") || parse.lower(m.outer.end) == ","
    };
    let speech = |m: &Marked| {
        let word = m.inner.clone().find(|&t| parse.shape(t) != Shape::Mark);
        let large = word.is_some_and(|w| parse.shape(w) != Shape::Lower);
        large && (heads(m) || set_off(m) && ends(m))
    };
    let unclaimed = marks.list.iter().zip(claimed).filter(|(m, claimed)| !**claimed && speech(m));
    unclaimed
        .map(|(m, _)| Draft {
            kind: QuoteKind::Direct,
            pieces: vec![m.inner.clone()],
            cue: None,
            source: None,
            hint: Hint::Floating,
            block: m.block,
        })
        .collect()
}

/// A sentence that the verb form alone reports goes on with what was reported in the sentence before: *She had seen nothing,
/// Holm said. The harbour [be] empty.*
fn goes_on(ground: Ground, marks: &Marks, number: usize, drafts: &mut [Draft], saying: Option<&By>) -> Option<Draft> {
    let parse = ground.parse;
    let sentence = &parse.sentences[number];
    // What was said in marks may have gone on in sentences of its own.
    let told = |n: &usize| parse.sentences[*n].tokens.clone().any(|t| marks.around(t).is_none());
    let before = &parse.sentences[(0..number).rev().take(MOST_MARKED).find(told)?];
    let outside = |t: &usize| marks.around(*t).is_none();
    let first_person =
        |t: usize| ground.forms.person(parse, t).is_first() || ground.forms.person(parse, t).is_first_plural();
    let own: Vec<usize> = sentence.tokens.clone().filter(outside).collect();
    let reported = own.iter().find(|&&t| ground.language.grammar.reported.contains(parse.lower(t)))?;
    let sure = own.iter().take_while(|&t| t < reported).all(|&t| !parse.tag(t).is_finite_verb());
    if sentence.block != before.block || !sure || own.iter().any(|&t| first_person(t)) {
        return None;
    }
    let piece = without_stop(ground, sentence.tokens.clone());
    if let Some(by) = saying {
        let (cue, source) = (Some(by.cue.clone()), Some(by.source.clone()?));
        let kind = kind(ground, marks, std::slice::from_ref(&piece));
        return Some(Draft { kind, pieces: vec![piece], cue, source, hint: Hint::Cue(by.how), block: sentence.block });
    }
    let last = drafts.last_mut().filter(|d| {
        let end = d.pieces.last().map_or(0, |p| p.end);
        let cue = d.cue.as_ref().map_or(0, |c| c.start);
        before.tokens.contains(&end.saturating_sub(1)) || before.tokens.contains(&cue)
    })?;
    if last.kind != QuoteKind::Direct {
        last.kind = kind(ground, marks, std::slice::from_ref(&piece)).max_with(last.kind);
        last.pieces.push(piece);
        return None;
    }
    let kind = kind(ground, marks, std::slice::from_ref(&piece));
    let source = last.source.clone()?;
    let cue = last.cue.clone();
    Some(Draft {
        kind,
        pieces: vec![piece],
        cue,
        source: Some(source),
        hint: Hint::Cue(Source::Main),
        block: sentence.block,
    })
}

impl QuoteKind {
    /// Of reported words and more of them: mixed, when either holds marked words.
    fn max_with(self, other: Self) -> Self {
        if self == QuoteKind::Indirect && other == QuoteKind::Indirect { QuoteKind::Indirect } else { QuoteKind::Mixed }
    }
}

/// Direct when all words stand in marks, mixed when some do, else indirect.
fn kind(ground: Ground, marks: &Marks, pieces: &[Range<usize>]) -> QuoteKind {
    let words = || pieces.iter().flat_map(Clone::clone).filter(|&t| ground.parse.shape(t) != Shape::Mark);
    let inside = words().filter(|&t| marks.around(t).is_some()).count();
    match inside {
        0 => QuoteKind::Indirect,
        n if n == words().count() => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

fn without_stop(ground: Ground, tokens: Range<usize>) -> Range<usize> {
    let mut end = tokens.end;
    while end > tokens.start && matches!(ground.parse.tag(end - 1), Tag::Stop | Tag::Comma | Tag::Pause) {
        end -= 1;
    }
    tokens.start..end
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
    fn read(&mut self) {
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
            // “…”, asked: marks with a verb and nobody.
            return;
        }
        let by = self.by(verb, subject);
        let turned = verb.finite == verb.floor && !matches!(by.how, Source::Subject(_));
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
    fn end(verb: &Verb, by: &By) -> usize {
        let phrase = by.source.as_ref().filter(|_| by.how == Source::Inverted).map_or(0, |s| s.end);
        let own = if verb.words.start < verb.finite { verb.finite + 1 } else { verb.words.end };
        own.max(phrase)
    }

    /// “…”, said Holm; *the harbour is safe, said Holm*; *the harbour, said Holm, is safe*.
    fn turned(&mut self, verb: &Verb, by: &By) -> bool {
        let end = Self::end(verb, by).max(verb.end);
        if let Some(number) = self.closed_before(verb.finite) {
            let found = self.behind_marks(number, by);
            if found {
                self.resumed(end);
            }
            return found;
        }
        let comma = verb.finite.checked_sub(1).filter(|&c| c > self.tokens.start && self.lower(c) == ",");
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

    /// What follows a verb.
    fn right(&mut self, verb: &Verb, by: &By) -> bool {
        let from = Self::end(verb, by).max(verb.end.min(self.tokens.end));
        if verb.takes(Takes::Object) && self.object(verb, by) {
            return true;
        }
        let mut at = from;
        let mut commas = 0;
        while at < self.tokens.end {
            if let Some(number) = self.marks.opening_at(at) {
                // *He said “no” to the plan.*
                let near = at <= from + 4 || self.lower(at - 1) == ":";
                return near
                    && verb.takes(Takes::Marks)
                    && self.push(vec![self.marks.list[number].inner.clone()], by, Some(number));
            }
            let clause = &self.ground.language.speech.clause;
            if self.lower(at) == ":" {
                return self.behind_colon(at, verb, by);
            }
            if verb.takes(Takes::Clause) && clause.that.contains(self.lower(at)) {
                return self.push(vec![self.extent(at + 1)], by, None);
            }
            if self.lower(at) == "," {
                commas += 1;
                if let Some(start) = self.clause(at + 1, verb) {
                    return self.push(vec![self.extent(start)], by, None);
                }
                if commas == MOST_COMMAS {
                    return false;
                }
            } else if commas == 0 && self.tag(at).is_finite_verb() && at > verb.end {
                return false;
            }
            at += 1;
        }
        self.lower(self.tokens.end - 1) == ":" && self.behind_colon(self.tokens.end - 1, verb, by)
    }

    /// Where the clause behind a comma begins that a verb reports.
    fn clause(&self, start: usize, verb: &Verb) -> Option<usize> {
        let Ground { language, parse, .. } = self.ground;
        let (grammar, words) = (&language.grammar, &language.speech.clause);
        let next = self.ground.ceiling(self.marks, start, self.tokens.end);
        let segment = start..next;
        if verb.takes(Takes::Clause) && words.asks.contains(self.lower(start)) {
            return Some(start);
        }
        if verb.takes(Takes::To) && segment.clone().any(|t| words.to.contains(self.lower(t))) {
            return Some(start);
        }
        let reported = |t: usize| grammar.reported.contains(parse.lower(t)) || grammar.unreal.contains(parse.lower(t));
        let told = segment.clone().any(reported) && self.tag(start) != Tag::WhPronoun;
        let pronoun = self.tag(start) == Tag::Pronoun && self.tag(start + 1).is_finite_verb();
        let joined = matches!(self.tag(start), Tag::Coordinator | Tag::Subordinator);
        (verb.takes(Takes::Clause) && (told || pronoun) && !joined).then_some(start)
    }

    /// What a colon announces: the marked words behind it, in this block or the next, or the rest of the sentence.
    fn behind_colon(&mut self, colon: usize, verb: &Verb, by: &By) -> bool {
        let block = &self.ground.parse.blocks[self.block];
        let next = if colon + 1 < block.end {
            Some(colon + 1)
        } else {
            self.ground.parse.blocks.get(self.block + 1).map(|b| b.start)
        };
        if let Some(number) = next.and_then(|n| self.marks.opening_at(n)) {
            let inner = self.marks.list[number].inner.clone();
            return verb.takes(Takes::Marks) && self.push(vec![inner], by, Some(number));
        }
        let rest = self.extent(colon + 1);
        verb.takes(Takes::Clause) && rest.len() > 1 && self.push(vec![rest], by, None)
    }

    /// *called the plan “a mistake”*, *has called the plan “a mistake”*
    fn object(&mut self, verb: &Verb, by: &By) -> bool {
        let split = verb.words.start > verb.finite && verb.words.len() == 1;
        let from = if split { Self::end_of_helper(verb, by) } else { Self::end(verb, by) };
        let until = if split { verb.words.start } else { self.tokens.end };
        let first = (from..until).find(|&t| self.ground.parse.shape(t) == Shape::Mark);
        let Some(number) = first.and_then(|t| self.marks.opening_at(t)) else { return false };
        let end = self.marks.list[number].outer.end;
        self.push(vec![from..end], by, Some(number))
    }

    fn end_of_helper(verb: &Verb, by: &By) -> usize {
        by.source.as_ref().filter(|_| by.how == Source::Inverted).map_or(verb.finite + 1, |s| s.end)
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
