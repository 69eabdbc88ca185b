//! All quotes of a text: those of its sentences, marked words that only a story can mean as speech, and sentences that go on
//! with what was reported before.

use std::ops::Range;

use super::Ground;
use super::content::{By, Reader};
use crate::analysis::QuoteKind;
use crate::analysis::form::Shape;
use crate::analysis::quote::cue::Source;
use crate::analysis::quote::marks::{Marked, Marks};
use crate::analysis::quote::{Draft, Hint};
use crate::document::{BlockKind, Document};
use crate::tag::Tag;

/// How many sentences in marks may stand between what was reported and more of it.
const MOST_MARKED: usize = 4;

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
    });
    let Some(last) = last else {
        // *Lund was shocked. She had not known*: the verb form itself attributes the words to whom the sentence before is about.
        let source = shown(ground, marks, before.tokens.clone())?;
        let cue = Some(*reported..reported + 1);
        let kind = kind(ground, marks, std::slice::from_ref(&piece));
        let (source, hint) = (Some(source), Hint::Cue(Source::Main));
        return Some(Draft { kind, pieces: vec![piece], cue, source, hint, block: sentence.block });
    };
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

/// The named person whom a sentence is about from its first word on.
fn shown(ground: Ground, marks: &Marks, sentence: Range<usize>) -> Option<Range<usize>> {
    let parse = ground.parse;
    let outside = |t: &usize| marks.around(*t).is_none();
    let verb = sentence.clone().filter(outside).find(|&t| parse.tag(t).is_finite_verb())?;
    let (phrase, _) = ground.before(verb, sentence.start)?;
    phrase.clone().any(|t| parse.tag(t).is_proper()).then_some(phrase)
}

impl QuoteKind {
    /// Of reported words and more of them: mixed, when either holds marked words.
    fn max_with(self, other: Self) -> Self {
        if self == QuoteKind::Indirect && other == QuoteKind::Indirect { QuoteKind::Indirect } else { QuoteKind::Mixed }
    }
}

/// Direct when all words stand in marks, mixed when some do, else indirect.
pub(super) fn kind(ground: Ground, marks: &Marks, pieces: &[Range<usize>]) -> QuoteKind {
    let words = || pieces.iter().flat_map(Clone::clone).filter(|&t| ground.parse.shape(t) != Shape::Mark);
    let inside = words().filter(|&t| marks.around(t).is_some()).count();
    match inside {
        0 => QuoteKind::Indirect,
        n if n == words().count() => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

/// Some tokens without the marks behind them.
pub(super) fn without_stop(ground: Ground, tokens: Range<usize>) -> Range<usize> {
    let mut end = tokens.end;
    while end > tokens.start && matches!(ground.parse.tag(end - 1), Tag::Stop | Tag::Comma | Tag::Pause) {
        end -= 1;
    }
    tokens.start..end
}
