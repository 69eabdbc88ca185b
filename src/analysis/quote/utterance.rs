//! One source speaking once is one quote: pieces that an attribution interrupts, that go on in the next sentence or run over
//! paragraphs are joined here, and marked speech that no cue has claimed is given its place.

use std::ops::Range;

use super::cue::Source;
use super::marks::{Marked, Marks};
use super::speech;
use super::{Draft, Hint};
use crate::analysis::QuoteKind;
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::token::Parse;
use crate::document::{BlockKind, Document};
use crate::tag::Tag;

/// The longest signature, in tokens.
const LONGEST_SIGNATURE: usize = 10;

/// Joins drafts and adds the marked speech that none of them holds. The result is in order of the first piece.
pub(in crate::analysis) fn group(
    document: &Document,
    parse: &Parse,
    marks: &Marks,
    drafts: Vec<Draft>,
    narrative: bool,
) -> Vec<Draft> {
    let mut all = without_rivals(drafts);
    all.sort_by_key(|d| (d.pieces[0].start, d.pieces[0].end));
    let claimed = claimed(marks, &all);
    let mut floats = Vec::new();
    for (number, marked) in marks.list.iter().enumerate() {
        if !claimed[number]
            && is_prose(document, parse, marked, narrative)
            && (marked.continues
                || speech::is_floating_speech(parse, marked, narrative)
                || follows_attribution(parse, &all, marked)
                || label(parse, marked).is_some()
                || signature(parse, marked).is_some()
                || owner(parse, marked).is_some())
        {
            floats.push(floating(parse, marked));
        }
    }
    all.extend(floats);
    all.sort_by_key(|d| (d.pieces[0].start, d.pieces[0].end));
    let mut joined: Vec<Draft> = Vec::new();
    for draft in all {
        match joined.iter_mut().rev().take(3).find(|last| goes_on(parse, marks, last, &draft, narrative)) {
            Some(last) => join(last, draft),
            None => joined.push(draft),
        }
    }
    joined.retain(|d| d.hint != Hint::Owner || owner_counts(parse, d));
    joined
}

/// Whether marks stand in running text, where words are said: not in a title, except a whole sentence there, and not over a
/// motto, the verse with its author at the head of a chapter.
fn is_prose(document: &Document, parse: &Parse, marked: &Marked, narrative: bool) -> bool {
    match document.blocks()[marked.block].kind {
        BlockKind::Title => !narrative && speech::is_said_in_title(parse, marked),
        BlockKind::Verse => !(narrative && is_motto(parse, marked)),
        _ => true,
    }
}

/// Whether a dash and a name stand behind marks or within their block: *“…”--Shakespeare*.
fn is_motto(parse: &Parse, marked: &Marked) -> bool {
    let block = parse.blocks.get(marked.block).cloned().unwrap_or_default();
    let next = parse.blocks.get(marked.block + 1).map_or(block.end, |b| b.start);
    let dash = |t: usize| matches!(parse.lower(t), "--" | "—" | "–");
    let signed = |t: usize| dash(t) && parse.shape(t + 1).is_capital();
    (marked.inner.start..block.end).any(|t| signed(t) && block.end - t < 12) || signed(next)
}

/// Whether a short quotation stands right behind a sentence that attributes one: *“Thanks,” she said. “Mostly.”*
fn follows_attribution(parse: &Parse, drafts: &[Draft], marked: &Marked) -> bool {
    let sentence = parse.sentence_of(marked.outer.start);
    let after = drafts.partition_point(|d| d.pieces[0].start < marked.outer.start);
    speech::is_fragment(parse, marked)
        && drafts[..after].iter().rev().take(2).any(|d| {
            let cue = d.cue.as_ref().map(|c| parse.sentence_of(c.start));
            d.kind == QuoteKind::Direct && d.block == marked.block && cue.is_some_and(|c| c + 1 == sentence)
        })
}

/// Of drafts over the same words the first stays: the cue nearest to them found them first.
fn without_rivals(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        // What stands inside a reported clause and has no subject of its own belongs to that clause.
        let shared = draft.hint == Hint::Cue(Source::Subject(Found::Shared)) || draft.kind == QuoteKind::Direct;
        if shared && kept.iter().rev().take(8).any(|k| k.kind != QuoteKind::Direct && holds(k, &draft)) {
            continue;
        }
        let rival =
            kept.iter().rev().take(8).position(|k| {
                k.pieces.iter().any(|a| draft.pieces.iter().any(|b| a.start == b.start && b.start < a.end))
            });
        match rival {
            // A quotation claimed twice goes to the cue that stands right beside it.
            Some(back) => {
                let place = kept.len() - 1 - back;
                if is_sourced_around(&draft, &kept[place])
                    || distance(&draft) < distance(&kept[place]) && !is_sourced_around(&kept[place], &draft)
                {
                    kept[place] = draft;
                }
            }
            None => kept.push(draft),
        }
    }
    kept
}

/// *The road is expected to close, officials said*: of a report without a source and one with a source around all of it
/// the latter is the report.
fn is_sourced_around(outer: &Draft, inner: &Draft) -> bool {
    let reach = |d: &Draft| d.pieces.last().map_or(0, |p| p.end);
    let nobody = |d: &Draft| d.hint == Hint::Cue(Source::Nobody);
    nobody(inner) && !nobody(outer) && outer.source.is_some() && reach(inner) <= reach(outer)
}

fn holds(outer: &Draft, inner: &Draft) -> bool {
    inner.pieces.iter().all(|i| outer.pieces.iter().any(|o| o.start <= i.start && i.end <= o.end))
}

fn distance(draft: &Draft) -> usize {
    let cue = draft.cue.clone().unwrap_or(0..0);
    draft
        .pieces
        .iter()
        .map(|p| if p.end <= cue.start { cue.start - p.end } else { p.start.saturating_sub(cue.end) })
        .min()
        .unwrap_or(usize::MAX)
}

/// Which marked stretches lie in a draft.
fn claimed(marks: &Marks, drafts: &[Draft]) -> Vec<bool> {
    let mut claimed = vec![false; marks.list.len()];
    for piece in drafts.iter().flat_map(|d| &d.pieces) {
        for number in marks.within(piece) {
            claimed[number] = true;
        }
    }
    claimed
}

fn floating(parse: &Parse, marked: &Marked) -> Draft {
    let label = label(parse, marked).or_else(|| signature(parse, marked));
    let (hint, source) = match (owner(parse, marked), label) {
        (_, Some(label)) => (Hint::Label, Some(label)),
        (Some(owner), _) => (Hint::Owner, Some(owner)),
        _ => (Hint::Floating, None),
    };
    Draft { kind: QuoteKind::Direct, pieces: vec![marked.inner.clone()], cue: None, source, hint, block: marked.block }
}

/// *Salazar's “still might happen”*
fn owner(parse: &Parse, marked: &Marked) -> Option<Range<usize>> {
    let ending = marked.outer.start.checked_sub(1)?;
    if parse.tag(ending) != Tag::PossessiveEnding {
        return None;
    }
    crate::analysis::phrase::core_before(parse, ending, ending.saturating_sub(12))
}

/// Somebody's marked words are a quote when they read as words said: a verb, and no title.
fn owner_counts(parse: &Parse, draft: &Draft) -> bool {
    let piece = &draft.pieces[0];
    let verb = piece.clone().any(|t| parse.tag(t).is_verb());
    let capitals = piece.clone().skip(1).filter(|&t| parse.shape(t).is_capital()).count();
    verb && capitals * 2 < piece.len()
}

/// *Q:*, *HAMLET:* before a quotation.
fn label(parse: &Parse, marked: &Marked) -> Option<Range<usize>> {
    let colon = marked.outer.start.checked_sub(1).filter(|&c| parse.lower(c) == ":")?;
    let block = parse.blocks.get(marked.block)?;
    let label = block.start..colon;
    (label.len() <= 4 && !label.is_empty() && label.clone().all(|t| parse.shape(t).is_capital())).then_some(label)
}

/// *“It is a long game.” – Ann Lund*: a dash and a name behind a paragraph of marked words, in its block or as the next.
fn signature(parse: &Parse, marked: &Marked) -> Option<Range<usize>> {
    let block = parse.blocks.get(marked.block).filter(|b| b.start == marked.outer.start)?;
    let whole = marked.outer.end >= block.end;
    let rest = if whole { parse.blocks.get(marked.block + 1)?.clone() } else { marked.outer.end..block.end };
    let dash = matches!(parse.lower(rest.start), "-" | "--" | "—" | "–");
    let name = rest.start + 1..rest.end;
    let name = name.start..name.clone().find(|&t| parse.shape(t) == Shape::Mark).unwrap_or(name.end);
    let plain = |t: usize| !parse.tag(t).is_finite_verb();
    let signed = dash && !name.is_empty() && rest.len() <= LONGEST_SIGNATURE && parse.shape(name.start).is_capital();
    (signed && rest.clone().all(plain)).then_some(name)
}

/// Whether `next` is more of what `last` says.
fn goes_on(parse: &Parse, marks: &Marks, last: &Draft, next: &Draft, narrative: bool) -> bool {
    if last.kind != QuoteKind::Direct
        || next.kind != QuoteKind::Direct
        || next.hint == Hint::Owner
        || last.hint == Hint::Owner
    {
        return false;
    }
    let end = last.pieces.last().map_or(0, |p| p.end);
    let start = next.pieces[0].start;
    let carried = marks.around(start).is_some_and(|m| m.continues);
    if carried && next.cue.is_none() {
        return ends_last(marks, last, next);
    }
    if last.block != next.block && !last.pieces.last().is_some_and(|p| same_block(parse, p, next)) {
        return carried && ends_last(marks, last, next);
    }
    let between = end..start;
    if narrative {
        // “Go!” “Why?”: marks that meet without a word between them belong to two speakers.
        if adjacent(parse, &between) && between.len() <= 2 && !carried {
            return false;
        }
        return next.cue.is_none()
            || last.cue.is_none()
            || same_source(parse, last.source.as_ref(), next.source.as_ref());
    }
    // In a report the next quotation of the paragraph belongs to the one before unless somebody else is said to speak.
    next.cue.is_none() && !other_sentence_between(parse, last, &between)
        || next.cue.is_some() && last.cue.is_none() && adjacent(parse, &between)
}

fn ends_last(marks: &Marks, last: &Draft, next: &Draft) -> bool {
    let piece = last.pieces.last().map_or(0, |p| p.start);
    marks.around(piece).is_some_and(|m| !m.closed && m.block < next.block && m.block + 3 >= next.block)
}

fn same_block(parse: &Parse, piece: &Range<usize>, next: &Draft) -> bool {
    parse.blocks.get(next.block).is_some_and(|b| b.contains(&piece.start))
}

/// Whether only marks lie between two pieces.
fn adjacent(parse: &Parse, between: &Range<usize>) -> bool {
    between.clone().all(|t| parse.shape(t) == Shape::Mark)
}

/// Whether a whole sentence of the text's own stands between two quotations.
fn other_sentence_between(parse: &Parse, last: &Draft, between: &Range<usize>) -> bool {
    let after_cue = last.cue.as_ref().map_or(between.start, |c| c.end.max(between.start));
    let (first, second) = (parse.sentence_of(after_cue), parse.sentence_of(between.end.saturating_sub(1)));
    let whole = (first + 1..second).any(|s| parse.sentences[s].tokens.start > between.start);
    let lead_in = second > first
        && parse.sentences[second].tokens.start < between.end.saturating_sub(2)
        && parse.sentences[second].tokens.start > after_cue;
    whole || lead_in
}

/// Whether two phrases read alike: the same pronoun, or the same last word.
fn same_source(parse: &Parse, one: Option<&Range<usize>>, other: Option<&Range<usize>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            parse.lower(one.end - 1) == parse.lower(other.end - 1) || is_pronoun(parse, one) != is_pronoun(parse, other)
        }
        _ => true,
    }
}

fn is_pronoun(parse: &Parse, phrase: &Range<usize>) -> bool {
    phrase.len() == 1 && parse.tag(phrase.start) == Tag::Pronoun
}

fn join(last: &mut Draft, next: Draft) {
    let behind = last.pieces.last().zip(next.pieces.first()).is_some_and(|(l, n)| l.start <= n.start);
    last.pieces.extend(next.pieces);
    // A quote of very many pieces must not be sorted for each of them.
    if !behind {
        last.pieces.sort_by_key(|p| p.start);
    }
    if last.cue.is_none() {
        last.cue = next.cue;
        last.source = next.source;
        last.hint = next.hint;
    }
}
