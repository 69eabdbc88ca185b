//! Noun phrases and subjects, found by parts of speech alone: enough of a parser for “who says it”, at a hundredth of the
//! price of one.

use std::ops::Range;

use super::form::Shape;
use super::token::Parse;
use crate::tag::Tag;

mod subject;

pub(super) use subject::{Found, subject};

/// Whether a token can stand inside a noun phrase, before its last noun.
fn is_inside(parse: &Parse, at: usize) -> bool {
    let tag = parse.tag(at);
    tag.is_noun()
        || tag.is_adjective()
        || matches!(
            tag,
            Tag::Number
                | Tag::Determiner
                | Tag::Predeterminer
                | Tag::Possessive
                | Tag::PossessiveEnding
                | Tag::Currency
        )
        || parse.lower(at) == "&"
}

/// Whether a noun phrase can end with a token.
pub(super) fn is_head(parse: &Parse, at: usize) -> bool {
    match parse.tag(at) {
        Tag::Pronoun | Tag::DeterminerAlone => !matches!(parse.lower(at), "there"),
        Tag::Number => true,
        Tag::Determiner => {
            matches!(parse.lower(at), "some" | "others" | "many" | "both" | "all" | "another" | "neither")
        }
        Tag::Adjective => {
            matches!(parse.lower(at), "many" | "others" | "several" | "few" | "latter" | "former")
                || parse.shape(at) == Shape::Title
                || stands_for_noun(parse, at)
        }
        tag => tag.is_noun(),
    }
}

/// *the 81-year-old*, *the poor*: an adjective with a determiner and no noun.
fn stands_for_noun(parse: &Parse, at: usize) -> bool {
    let next = parse.tag(at + 1);
    at > 0 && is_opening(parse, at - 1) && !(next.is_noun() || next.is_adjective() || next == Tag::Coordinator)
}

/// The noun phrase that ends just before `end`, not reaching over `floor`; no prepositional phrases.
pub(super) fn core_before(parse: &Parse, end: usize, floor: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|&l| l >= floor)?;
    // A name that reads as a verb form, first in its sentence.
    let name_first = last == floor && parse.tag(last) == Tag::VerbGerund && parse.shape(last) == Shape::Title;
    if name_first {
        return Some(last..end);
    }
    if !is_head(parse, last) {
        return None;
    }
    if matches!(parse.tag(last), Tag::Pronoun | Tag::DeterminerAlone) {
        return Some(last..end);
    }
    let mut start = last;
    while start > floor && end - start < 16 {
        let before = start - 1;
        let linked = is_inside(parse, before)
            || matches!(parse.tag(before), Tag::VerbParticiple | Tag::VerbGerund) && opens_phrase(parse, before, floor)
            || parse.tag(before).is_adverb() && parse.tag(start).is_adjective() && opens_phrase(parse, before, floor);
        // Two determiners in a row belong to two phrases: “told me [the board]”.
        let two = is_opening(parse, start) && !matches!(parse.tag(before), Tag::PossessiveEnding | Tag::Predeterminer);
        if !linked || two {
            break;
        }
        start = before;
    }
    // A phrase does not start with the ending of a possessive.
    while start < last && parse.tag(start) == Tag::PossessiveEnding {
        start += 1;
    }
    // At last [Nat] said: the adjective of a turn of phrase is no part of the name.
    let turn = start < last && parse.tag(start).is_adjective() && parse.tag(start + 1).is_proper();
    if turn && start > floor && parse.lower(start - 1) == "at" {
        start += 1;
    }
    Some(start..end)
}

/// *The Commission* on Foreign Trade: the name of a body that goes on behind a preposition.
fn is_titled_body(parse: &Parse, link: usize, floor: usize) -> bool {
    core_before(parse, link, floor)
        .is_some_and(|body| parse.tag(body.start) == Tag::Determiner && parse.tag(body.end - 1).is_proper())
}

fn opens_phrase(parse: &Parse, at: usize, floor: usize) -> bool {
    at > floor
        && (is_opening(parse, at - 1) || parse.tag(at - 1).is_adjective() || parse.tag(at - 1) == Tag::PossessiveEnding)
}

fn is_opening(parse: &Parse, at: usize) -> bool {
    matches!(parse.tag(at), Tag::Determiner | Tag::Possessive)
}

/// The noun phrase that ends just before `end` with the prepositional phrases in it: *the head of the union*.
pub(super) fn full_before(parse: &Parse, end: usize, floor: usize) -> Option<Range<usize>> {
    let mut phrase = core_before(parse, end, floor)?;
    for _ in 0..4 {
        let Some(link) = phrase.start.checked_sub(1).filter(|&l| l > floor) else { break };
        let joins = match parse.tag(link) {
            // Lund on Tuesday, a judge on Friday: that is when, not who.
            Tag::Preposition if parse.lower(link) == "on" && phrase.clone().all(|t| parse.tag(t).is_proper()) => {
                phrase.len() > 1 && is_titled_body(parse, link, floor)
            }
            Tag::Preposition => {
                !matches!(
                    parse.lower(link),
                    "than"
                        | "as"
                        | "like"
                        | "to"
                        | "by"
                        | "after"
                        | "before"
                        | "until"
                        | "since"
                        | "during"
                        | "despite"
                ) || parse.lower(link - 1) == "close"
            }
            Tag::Coordinator => matches!(parse.lower(link), "and" | "or") && pairs_up(parse, link, &phrase),
            _ => false,
        };
        let link_word = if joins { core_before(parse, link, floor) } else { None };
        match link_word {
            Some(before) if !matches!(parse.tag(before.start), Tag::Pronoun) => phrase.start = before.start,
            _ => {
                // “an official familiar with the process”
                let adjective = joins && parse.tag(link - 1).is_adjective();
                match adjective.then(|| core_before(parse, link - 1, floor)).flatten() {
                    Some(before) => phrase.start = before.start,
                    None => break,
                }
            }
        }
    }
    Some(phrase)
}

/// Whether *and* joins two phrases of a kind: two names, or two plain nouns.
fn pairs_up(parse: &Parse, link: usize, right: &Range<usize>) -> bool {
    let left = parse.tag(link - 1);
    let last = parse.tag(right.end - 1);
    // Dr. Chen and her colleagues
    let theirs = parse.tag(right.start) == Tag::Possessive;
    left.is_noun() && (left.is_proper() == last.is_proper() || left.is_proper() && theirs)
}

/// The noun phrase that starts at `start`, without prepositional phrases; none when there is no noun.
pub(super) fn core_from(parse: &Parse, start: usize, ceiling: usize) -> Option<Range<usize>> {
    if matches!(parse.tag(start), Tag::Pronoun | Tag::DeterminerAlone) && start < ceiling {
        return (parse.lower(start) != "there").then_some(start..start + 1);
    }
    let mut at = start;
    let mut head = None;
    while at < ceiling && at - start < 16 {
        let linked = is_inside(parse, at)
            || matches!(parse.tag(at), Tag::VerbParticiple | Tag::VerbGerund | Tag::Adverb)
                && at > start
                && head.is_none();
        if !linked || (at > start && head == Some(at - 1) && is_opening(parse, at)) {
            break;
        }
        if is_head(parse, at) {
            head = Some(at);
        }
        at += 1;
    }
    head.map(|h| start..h + 1)
}

/// As [`core_from`], with *of* and the like: *the face of the series*, *a spokeswoman for Fellrider*.
pub(super) fn full_from(parse: &Parse, start: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut phrase = core_from(parse, start, ceiling)?;
    if parse.tag(start) == Tag::Pronoun {
        return Some(phrase);
    }
    for _ in 0..3 {
        if phrase.end >= ceiling || !matches!(parse.lower(phrase.end), "of" | "for" | "from" | "in" | "at" | "with") {
            break;
        }
        match core_from(parse, phrase.end + 1, ceiling) {
            Some(next) => phrase.end = next.end,
            None => break,
        }
    }
    Some(with_adjective(parse, phrase, ceiling))
}

/// *people familiar with his plans*, *a person close to the family*: an adjective behind its noun brings a phrase along.
fn with_adjective(parse: &Parse, phrase: Range<usize>, ceiling: usize) -> Range<usize> {
    let link = phrase.end + 1;
    let linked = parse.tag(phrase.end).is_adjective()
        && link < ceiling
        && (matches!(parse.tag(link), Tag::Preposition) || parse.lower(link) == "to")
        && !parse.tag(phrase.end - 1).is_proper();
    match core_from(parse, link + 1, ceiling) {
        Some(next) if linked => phrase.start..next.end,
        _ => phrase,
    }
}

/// As [`named_from`], without the place that may follow who speaks: *said one father in the lobby*.
pub(super) fn speaker_from(parse: &Parse, start: usize, ceiling: usize) -> Option<Range<usize>> {
    let phrase = named_from(parse, start, ceiling)?;
    let place = |t: usize| {
        matches!(parse.lower(t), "in" | "at" | "with")
            && !(parse.tag(t - 1).is_proper() && parse.tag(t + 1).is_proper())
    };
    let end = (phrase.start + 1..phrase.end).find(|&t| place(t)).unwrap_or(phrase.end);
    Some(phrase.start..end)
}

/// As [`full_from`], with a name in apposition: *its deputy foreign minister, Sanna Quill,*.
pub(super) fn named_from(parse: &Parse, start: usize, ceiling: usize) -> Option<Range<usize>> {
    let mut phrase = full_from(parse, start, ceiling)?;
    let described = matches!(parse.tag(phrase.end - 1), Tag::Noun) || phrase.clone().any(|t| parse.lower(t) == "of");
    if described && parse.lower(phrase.end) == "," && phrase.end + 1 < ceiling {
        let name = core_from(parse, phrase.end + 1, ceiling).filter(|n| n.clone().all(|t| parse.tag(t).is_proper()));
        if let Some(name) = name.filter(|n| matches!(parse.lower(n.end), "," | "." | ";" | "—")) {
            phrase.end = name.end;
        }
    }
    Some(phrase)
}

/// The token that names what a phrase is: its last noun before the first preposition.
pub(super) fn head(parse: &Parse, phrase: &Range<usize>) -> usize {
    let mut last = phrase.start;
    for at in phrase.clone() {
        if at > phrase.start && (parse.tag(at) == Tag::Preposition || parse.lower(at) == ",") {
            break;
        }
        if is_head(parse, at) {
            last = at;
        }
    }
    last
}

/// A verb with its auxiliaries, negation and adverbs: *has not yet said*.
pub(super) fn verb_group_start(parse: &Parse, verb: usize, floor: usize) -> usize {
    let mut start = verb;
    while start > floor && verb - start < 8 {
        let before = start - 1;
        let tag = parse.tag(before);
        let adverb = tag.is_adverb() && (start - before) < 4;
        if !(adverb || tag == Tag::Modal || is_auxiliary(parse, before)) {
            break;
        }
        start = before;
    }
    start
}

/// A form of *be*, *have* or *do*.
pub(super) fn is_auxiliary(parse: &Parse, at: usize) -> bool {
    parse.tag(at).is_verb()
        && matches!(
            parse.lower(at),
            "be" | "am"
                | "is"
                | "are"
                | "was"
                | "were"
                | "been"
                | "being"
                | "'s"
                | "'re"
                | "'m"
                | "'ve"
                | "'d"
                | "have"
                | "has"
                | "had"
                | "having"
                | "do"
                | "does"
                | "did"
        )
}

/// Whether a capital letter at `at` shows a name rather than the start of a sentence.
pub(super) fn is_name_word(parse: &Parse, at: usize) -> bool {
    parse.tag(at).is_proper() && matches!(parse.shape(at), Shape::Title | Shape::Upper | Shape::Initial)
}
