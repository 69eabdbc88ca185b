//! Tells speech in quotation marks from titles, scare quotes and quoted terms, and stories from reports.

use super::cue::CueForms;
use super::marks::{Marked, Marks};
use crate::analysis::form::Shape;
use crate::analysis::token::Parse;
use crate::tag::Tag;

/// Whether marked words are a term, a title or an ironic word inside a clause rather than something said.
pub(super) fn is_scare(parse: &Parse, forms: &CueForms, marked: &Marked) -> bool {
    let words = word_count(parse, marked);
    let next = marked.outer.end;
    let in_block = parse.blocks.get(marked.block).is_some_and(|b| next < b.end);
    let noun_follows = parse.tag(next).is_noun() || parse.tag(next).is_adjective() && parse.tag(next + 1).is_noun();
    let plain = marked.inner.clone().all(|t| !parse.tag(t).is_adverb() && !parse.tag(t).is_punctuation());
    let before_noun = words <= 3 && plain && in_block && noun_follows;
    let capital = parse.shape(marked.inner.start).is_capital();
    let named = (words <= 3 || capital)
        && marked.outer.start.checked_sub(1).is_some_and(|before| forms.is(parse, before, |w| w.names));
    before_noun && !ends_sentence(parse, marked) || named || is_title(parse, marked)
}

/// Every longer word is written large: *Night Mail*, *The Last of the Winter Birds*.
pub(super) fn is_title(parse: &Parse, marked: &Marked) -> bool {
    let words: Vec<usize> = marked.inner.clone().filter(|&t| parse.shape(t) != Shape::Mark).collect();
    let capitals = words.iter().filter(|&&t| parse.shape(t).is_capital()).count();
    let small = words.iter().filter(|&&t| parse.shape(t) == Shape::Lower && parse.lower(t).len() > 4).count();
    let ends = marked.inner.end.checked_sub(1).map_or("", |last| parse.lower(last));
    words.len() <= 10
        && capitals * 2 > words.len()
        && capitals >= 1
        && small == 0
        && words.len() > 1
        && !matches!(ends, "." | "!" | "?")
}

/// Whether marked words that no cue claims are speech.
pub(super) fn is_floating_speech(parse: &Parse, marked: &Marked, narrative: bool) -> bool {
    let words = word_count(parse, marked);
    if words == 0 {
        return false;
    }
    let first = marked.inner.clone().find(|&t| parse.shape(t) != Shape::Mark).unwrap_or(marked.inner.start);
    let starts_large = parse.shape(first) != Shape::Lower;
    let stops = ends_sentence(parse, marked);
    let alone = starts_block(parse, marked);
    let set_off = starts_sentence(parse, marked)
        || marked.outer.start.checked_sub(1).is_none_or(|before| parse.shape(before) == Shape::Mark);
    if narrative {
        // Within a clause marks hold a term or a name, unless a whole sentence stands in them.
        let inset = starts_large && ends_with_force(parse, marked);
        let speech = if set_off || alone {
            starts_large && (stops || words > 3) || stops && (alone || words >= 3)
        } else {
            inset && (words >= 3 || !is_quiet(parse, marked))
        };
        return (speech || marked.continues) && (stops || !is_title(parse, marked));
    }
    let verb = marked.inner.clone().any(|t| parse.tag(t).is_verb());
    let introduced = marked.outer.start.checked_sub(1).is_some_and(|before| parse.lower(before) == ":");
    // …, she tells them, “the trees do not read our papers.”
    let clause = set_off && words >= 5 && marked.inner.clone().any(|t| parse.tag(t).is_finite_verb());
    starts_large
        && stops
        && set_off
        && (words >= 3 || alone || introduced)
        && (verb || alone || introduced || words >= 4)
        || clause && ends_with_force(parse, marked)
}

/// Whether marked words start with a capital and end as a sentence or clause does.
pub(super) fn is_sentence(parse: &Parse, marked: &Marked) -> bool {
    parse.shape(marked.inner.start) != Shape::Lower && ends_sentence(parse, marked)
}

/// Whether the words in marks end as a sentence or a clause does.
fn ends_sentence(parse: &Parse, marked: &Marked) -> bool {
    // “That’s us.’”: the mark of an inner quotation may stand behind the stop.
    let last = marked.inner.clone().rev().find(|&t| !matches!(parse.lower(t), "'" | "”" | "\"" | "''" | ")" | "]"));
    last.is_some_and(|last| {
        parse.tag(last) == Tag::Stop
            || matches!(parse.lower(last), "," | ";" | "!" | "?" | "." | "—" | "--" | "…" | "..." | "-")
            || parse.lower(last).ends_with('.')
    }) || !marked.closed
}

/// Whether marked words end with a stop of their own, not with the comma of the clause around them.
fn ends_with_force(parse: &Parse, marked: &Marked) -> bool {
    let last = marked.inner.end.checked_sub(1).map_or("", |last| parse.lower(last));
    matches!(last, "." | ";" | "!" | "?" | "—" | "--" | "…" | "...")
}

/// Whether marked words end with a full stop, as a name at the end of a sentence does too.
fn is_quiet(parse: &Parse, marked: &Marked) -> bool {
    marked.inner.end.checked_sub(1).is_some_and(|last| parse.lower(last) == ".")
}

fn starts_sentence(parse: &Parse, marked: &Marked) -> bool {
    let at = marked.outer.start;
    parse.sentences.get(parse.sentence_of(at)).is_some_and(|s| s.tokens.start == at)
}

/// *Star leaves for Bayport; “I gave that city my knees”*: a clause of its own behind a mark or at an end of a title.
pub(super) fn is_said_in_title(parse: &Parse, marked: &Marked) -> bool {
    let before = marked.outer.start.checked_sub(1).map_or("", |before| parse.lower(before));
    let verb = marked.inner.clone().any(|t| parse.tag(t).is_finite_verb());
    let set_off = starts_block(parse, marked) || matches!(before, ";" | ":" | "," | "." | "—" | "–" | "-" | "?" | "!");
    verb && set_off && word_count(parse, marked) >= 4
}

/// *“Thanks,” she said. “Mostly.”*: a few words that are a sentence of their own and could go on from a quote before.
pub(super) fn is_fragment(parse: &Parse, marked: &Marked) -> bool {
    starts_sentence(parse, marked) && is_sentence(parse, marked) && !starts_block(parse, marked)
}

fn starts_block(parse: &Parse, marked: &Marked) -> bool {
    parse.blocks.get(marked.block).is_some_and(|b| b.start == marked.outer.start)
}

fn word_count(parse: &Parse, marked: &Marked) -> usize {
    marked.inner.clone().filter(|&t| parse.shape(t) != Shape::Mark).count()
}

/// Whether a text tells a story rather than reports news.
///
/// Stories speak of *he*, *she* and *I* and hardly of numbers, days, offices and full names; reports are the other way round.
/// Both are counted per thousand words outside quotation marks. In the development texts reports come to 29 and more of
/// these, stories to 23 at most.
pub(super) fn is_narrative(parse: &Parse, forms: &CueForms, marks: &Marks) -> bool {
    let (mut personal, mut report, mut pairs, mut words) = (0usize, 0usize, 0usize, 0usize);
    let mut own = 0usize;
    let prose =
        parse.blocks.iter().filter(|b| (*b).clone().any(|t| parse.shape(t) == Shape::Lower)).flat_map(Clone::clone);
    for at in prose.take(60_000) {
        let shape = parse.shape(at);
        if shape == Shape::Mark || marks.around(at).is_some() {
            continue;
        }
        words += 1;
        personal += usize::from(forms.is(parse, at, |w| w.tells));
        own += usize::from(forms.is(parse, at, |w| w.own));
        let reports = matches!(shape, Shape::Number | Shape::Upper) || forms.is(parse, at, |w| w.reports);
        report += usize::from(reports);
        let full_name = shape == Shape::Title
            && parse.shape(at + 1) == Shape::Title
            && parse.tag(at + 1).is_proper()
            && !forms.is(parse, at, |w| w.titles);
        pairs += usize::from(full_name);
    }
    // Who tells his or her own story may tell it in the present: *says Mama*.
    let most = if own * 1000 > words * 20 { 70 } else { 25 };
    words > 40 && personal * 1000 > words * 14 && (report * 10 + pairs * 4) * 100 < words * most
}
