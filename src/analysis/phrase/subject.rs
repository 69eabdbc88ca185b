//! The subject of a verb: the phrase before it, over insertions, out of the clauses that hang on it, or shared with an
//! earlier verb.

use std::ops::Range;

use super::{core_before, full_before, head, is_auxiliary, is_head, is_opening, verb_group_start};
use crate::analysis::token::Parse;
use crate::tag::Tag;

/// How far a subject is looked for to the left of its verb, in tokens.
const REACH: usize = 60;

/// How far the clause or participle is looked for that a phrase hangs in.
const HOST_REACH: usize = 40;

/// How a subject was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::analysis) enum Found {
    /// Right before the verb.
    Before,
    /// Before the verb with an apposition or a relative clause between.
    Apposition,
    /// The antecedent of *who* or *which*.
    Relative,
    /// Shared with an earlier verb.
    Shared,
}

/// The subject of the verb group that starts at `group`, within the sentence that starts at `floor`.
pub(in crate::analysis) fn subject(parse: &Parse, group: usize, floor: usize) -> Option<(Range<usize>, Found)> {
    subject_within(parse, group, floor.max(group.saturating_sub(REACH)), 3)
}

fn subject_within(parse: &Parse, group: usize, floor: usize, depth: usize) -> Option<(Range<usize>, Found)> {
    let mut end = group;
    while end > floor && (parse.tag(end - 1).is_adverb() && !is_head(parse, end - 1)) {
        end -= 1;
    }
    // The president himself said: the pronoun leans on the phrase.
    if end > floor + 1 && parse.lower(end - 1).ends_with("self") && is_head(parse, end - 2) {
        end -= 1;
    }
    end = before_time(parse, end, floor);
    // A poll out this week found
    while end > floor + 1 && (parse.tag(end - 1) == Tag::Particle || parse.lower(end - 1) == "out") {
        end -= 1;
    }
    if end == floor || depth == 0 {
        return None;
    }
    let before = end - 1;
    if matches!(parse.tag(before), Tag::WhPronoun | Tag::WhDeterminer) {
        return relative(parse, before, floor);
    }
    if let Some(phrase) = full_before(parse, end, floor) {
        // Lund on Tuesday said: the phrase belongs to a preposition that hangs on no noun.
        let joins_clause =
            |l: usize| matches!(parse.lower(l), "after" | "before" | "until" | "since" | "than" | "as" | "like");
        let hanging = |&l: &usize| l > floor && parse.tag(l) == Tag::Preposition && !joins_clause(l);
        if let Some(link) = phrase.start.checked_sub(1).filter(hanging)
            && let Some(found) = subject_within(parse, link, floor, depth - 1)
        {
            return Some(found);
        }
        return match host(parse, &phrase, floor) {
            Some(host) => Some((with_apposition(parse, host, floor), Found::Before)),
            None => Some((phrase, Found::Before)),
        };
    }
    // Lund, known as “the Duke,” said: the comma of the insertion stands within the marks.
    let before = if parse.tag(before) == Tag::QuoteClose { before.saturating_sub(1) } else { before };
    match parse.lower(before) {
        "," | "—" | "–" | "--" | ")" => over_insertion(parse, before, floor)
            .map(|phrase| (phrase, Found::Apposition))
            .or_else(|| shared(parse, before, floor, depth)),
        "and" | "but" | "then" | "or" => shared(parse, before, floor, depth),
        // A neighbour who asked not to be named said: the relative clause ends with a verb.
        _ if parse.tag(before).is_verb() => host(parse, &(end..end), floor).map(|phrase| (phrase, Found::Before)),
        _ => None,
    }
}

/// Before *last night*, *this week*, *early Monday* between a subject and its verb.
fn before_time(parse: &Parse, end: usize, floor: usize) -> usize {
    let opens = |at: usize| matches!(parse.lower(at), "last" | "this" | "next" | "earlier" | "early" | "late");
    let after_noun = |at: usize| {
        at > floor + 1 && {
            let before = parse.tag(at - 1);
            before.is_noun() || before == Tag::Pronoun || parse.lower(at - 1) == "out"
        }
    };
    (1..=2)
        .filter_map(|back| end.checked_sub(back + 1))
        .find(|&at| opens(at) && after_noun(at) && (at + 1..end).all(|t| parse.tag(t).is_noun()))
        .unwrap_or(end)
}

/// What *who*, *which* or *one of whom* stands for.
fn relative(parse: &Parse, pronoun: usize, floor: usize) -> Option<(Range<usize>, Found)> {
    let link = pronoun.checked_sub(1).filter(|&l| l > floor && parse.lower(l) == "of");
    if let Some(part) = link.and_then(|of| core_before(parse, of, floor)) {
        return Some((part.start..pronoun + 1, Found::Relative));
    }
    antecedent(parse, pronoun, floor).map(|phrase| (phrase, Found::Relative))
}

/// The phrase before a relative pronoun, over a comma.
fn antecedent(parse: &Parse, pronoun: usize, floor: usize) -> Option<Range<usize>> {
    let end = if pronoun > floor && parse.lower(pronoun - 1) == "," { pronoun - 1 } else { pronoun };
    // Tom Birch, 34, who said
    let aged = end > floor + 2 && parse.tag(end - 1) == Tag::Number && parse.lower(end - 2) == ",";
    let end = if aged { end - 2 } else { end };
    let full = full_before(parse, end, floor)?;
    // Conrad Ashby, the member for Saltmere, who wondered why: the name before the apposition.
    let apposed =
        full.start.checked_sub(1).filter(|&c| c > floor && parse.lower(c) == "," && is_opening(parse, full.start));
    if let Some(name) = apposed.and_then(|c| core_before(parse, c, floor)).filter(|p| parse.tag(p.end - 1).is_proper())
    {
        return Some(name);
    }
    // A rebuke from Ms Holm, who reminded members: it is the name that spoke.
    let named =
        core_before(parse, end, floor).filter(|p| parse.lower(pronoun) == "who" && parse.tag(p.end - 1).is_proper());
    if named.is_some() {
        return named;
    }
    Some(full).map(|phrase| with_apposition(parse, phrase, floor))
}

/// The phrase that the clause or participle around a phrase hangs on: *[farmers] who block the streets*, *[a report]
/// published by the institute*, *[the union] representing the writers*. The verb behind it is that phrase's.
fn host(parse: &Parse, phrase: &Range<usize>, floor: usize) -> Option<Range<usize>> {
    let mut finite = false;
    let lowest = floor.max(phrase.start.saturating_sub(HOST_REACH));
    for at in (lowest..phrase.start).rev() {
        let tag = parse.tag(at);
        match tag {
            Tag::WhPronoun | Tag::WhDeterminer if finite => {
                return antecedent(parse, at, floor);
            }
            // *from naming their sources*
            Tag::Subordinator if parse.tag(at + 1) == Tag::VerbGerund && !finite => {}
            Tag::WhPronoun | Tag::WhDeterminer | Tag::WhAdverb | Tag::WhPossessive | Tag::Subordinator => return None,
            Tag::Coordinator if joins_verbs(parse, at) => {}
            Tag::Coordinator if parse.tag(at + 1).is_noun() && parse.tag(at.saturating_sub(1)).is_noun() => {}
            _ if tag.is_punctuation() || tag == Tag::Coordinator => return None,
            // More than half of those surveyed said so.
            Tag::VerbParticiple if at + 1 == phrase.start && parse.lower(at.saturating_sub(1)) == "those" => {
                let of = at.saturating_sub(2);
                let part = core_before(parse, of, floor).filter(|_| parse.lower(of) == "of");
                return Some(part.map_or(at - 1, |p| p.start)..at + 1);
            }
            Tag::VerbParticiple | Tag::VerbGerund if !finite && hangs_on_noun(parse, at, floor) => {
                return full_before(parse, at, floor);
            }
            Tag::VerbPast if !finite && !parse.tag(at + 1).is_proper() && hangs_on_noun(parse, at, floor) => {
                return full_before(parse, at, floor);
            }
            Tag::VerbBase if !finite && at > floor && parse.tag(at - 1) == Tag::To => {
                if let Some(noun) = opening_noun(parse, at - 1, floor) {
                    return Some(noun);
                }
            }
            _ if tag.is_finite_verb() => finite = true,
            _ => {}
        }
    }
    None
}

/// *[An effort] to shield reporters from naming their sources* failed: the noun that opens the sentence and that an
/// infinitive hangs on; none where a verb stands before it.
fn opening_noun(parse: &Parse, to: usize, floor: usize) -> Option<Range<usize>> {
    let noun = full_before(parse, to, floor).filter(|p| parse.tag(p.end - 1).is_noun())?;
    let verb = |t: usize| parse.tag(t).is_finite_verb() || parse.tag(t).is_verb();
    (!(floor..noun.start).any(verb)).then_some(noun)
}

fn joins_verbs(parse: &Parse, coordinator: usize) -> bool {
    let next = parse.tag(coordinator + 1);
    next.is_verb() || next.is_adverb() && parse.tag(coordinator + 2).is_verb()
}

/// Whether a participle describes the noun before it: *the draft seen by us*, not *Lund announced the plan*.
fn hangs_on_noun(parse: &Parse, participle: usize, floor: usize) -> bool {
    let noun = participle > floor && parse.tag(participle - 1).is_noun() && !is_auxiliary(parse, participle - 1);
    let next = parse.tag(participle + 1);
    let takes_no_object = next.is_adverb()
        || next.is_adjective()
        || next.is_proper()
        || matches!(next, Tag::Preposition | Tag::Number | Tag::To);
    noun && (parse.tag(participle) == Tag::VerbGerund || takes_no_object)
}

/// *Bo Lind, the union's treasurer* is one phrase when one side is a name and the other starts with a determiner.
fn with_apposition(parse: &Parse, phrase: Range<usize>, floor: usize) -> Range<usize> {
    let Some(comma) = phrase.start.checked_sub(1).filter(|&c| c > floor && parse.lower(c) == ",") else {
        return phrase;
    };
    let Some(before) = core_before(parse, comma, floor) else { return phrase };
    let named = |range: &Range<usize>| parse.tag(range.end - 1).is_proper();
    let described = |range: &Range<usize>| parse.tag(head(parse, range)) == Tag::Noun && !named(range);
    let opens = before.start == floor
        || matches!(
            parse.tag(before.start.saturating_sub(1)),
            Tag::QuoteClose | Tag::Comma | Tag::Coordinator | Tag::Subordinator
        );
    let fits = named(&phrase) && described(&before) && is_opening(parse, before.start) && opens;
    if fits { before.start..phrase.end } else { phrase }
}

/// Over *, who resigned in May,* or *, 61, a net mender,* to the phrase before.
fn over_insertion(parse: &Parse, closing: usize, floor: usize) -> Option<Range<usize>> {
    let mut at = closing;
    let mut left = 40;
    let bracket = parse.lower(closing) == ")";
    while at > floor + 1 && left > 0 {
        at -= 1;
        left -= 1;
        // Bo Marek (D., Calif.) said: a bracket closes from where it was opened, whatever stands within.
        if bracket {
            if parse.lower(at) == "(" {
                return full_before(parse, at, floor).map(|phrase| with_apposition(parse, phrase, floor));
            }
            continue;
        }
        if parse.tag(at) == Tag::Stop {
            return None;
        }
        if !matches!(parse.lower(at), "," | "—" | "–" | "--" | "(") {
            continue;
        }
        let Some(phrase) = full_before(parse, at, floor).filter(|p| parse.tag(p.end - 1) != Tag::Number) else {
            continue;
        };
        // “Ludgrave, 58, of Mill Lane, Petherby, denies”: a phrase behind a preposition that hangs on nothing.
        let hanging = phrase.start > floor + 1
            && parse.tag(phrase.start - 1) == Tag::Preposition
            && parse.lower(phrase.start - 2) == ",";
        if hanging {
            continue;
        }
        if is_insertion(parse, at + 1, closing) && can_be_inserted_after(parse, &phrase, at + 1) {
            return Some(named_first(parse, phrase, at + 1..closing, floor));
        }
    }
    None
}

/// Whether the tokens between two commas have no verb of their own: an age, an apposition, a relative or participle clause.
fn is_insertion(parse: &Parse, first: usize, closing: usize) -> bool {
    let is_relative = |t: usize| matches!(parse.tag(t), Tag::WhPronoun | Tag::WhDeterminer | Tag::WhPossessive);
    let own_verb = (first..closing).take_while(|&t| !is_relative(t)).any(|t| parse.tag(t).is_finite_verb());
    !own_verb
        || matches!(parse.tag(first), Tag::VerbParticiple | Tag::VerbGerund | Tag::Preposition | Tag::Subordinator)
        || parse.tag(first).is_verb() && !parse.tag(first + 1).is_verb()
}

/// A name, a phrase with its determiner or a plural can have something inserted after it.
fn can_be_inserted_after(parse: &Parse, phrase: &Range<usize>, first: usize) -> bool {
    parse.tag(phrase.end - 1).is_proper()
        || parse.tag(phrase.end - 1) == Tag::NounPlural
        || matches!(parse.tag(first), Tag::WhPronoun | Tag::WhDeterminer | Tag::WhPossessive)
        || is_opening(parse, phrase.start)
        || parse.shape(phrase.start).is_capital()
}

/// Of a row of insertions the phrase before the first is meant; a name in apposition stays with what it names.
fn named_first(parse: &Parse, phrase: Range<usize>, inserted: Range<usize>, floor: usize) -> Range<usize> {
    if let Some(host) = host(parse, &phrase, floor) {
        return with_apposition(parse, host, floor);
    }
    let is_name = |range: &Range<usize>| parse.tag(range.end - 1).is_proper();
    let only_a_name = inserted.clone().all(|t| parse.tag(t).is_proper()) && !inserted.is_empty();
    // However, Carver's wife, Denise, wrote
    let owned = |t: usize| matches!(parse.tag(t), Tag::Possessive | Tag::PossessiveEnding);
    if only_a_name && !is_name(&phrase) && phrase.clone().any(owned) {
        return phrase.start..inserted.end;
    }
    let further = (phrase.start > floor + 1 && parse.lower(phrase.start - 1) == ",")
        .then(|| over_insertion(parse, phrase.start - 1, floor))
        .flatten();
    if let Some(further) = further.filter(|f| is_name(f) && !is_name(&phrase)) {
        return further;
    }
    if only_a_name && !is_name(&phrase) { phrase.start..inserted.end } else { with_apposition(parse, phrase, floor) }
}

/// *She opened the door and said*: the subject of the verb before.
fn shared(parse: &Parse, link: usize, floor: usize, depth: usize) -> Option<(Range<usize>, Found)> {
    let after_link = |t: usize| matches!(parse.tag(t.saturating_sub(1)), Tag::WhPronoun | Tag::WhDeterminer | Tag::To);
    let finite = (floor..link).rev().find(|&t| parse.tag(t).is_finite_verb() && !after_link(t));
    // A past tense may have been taken for a participle.
    let verb = finite.or_else(|| (floor..link).find(|&t| t > floor && parse.tag(t) == Tag::VerbParticiple))?;
    let group = verb_group_start(parse, verb, floor);
    subject_within(parse, group, floor, depth - 1).map(|(phrase, _)| (phrase, Found::Shared))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    fn subject_of(text: &str, verb: &str) -> String {
        let document = from_text(text.into(), "a.txt");
        let parse = crate::analysis::parse(&document, &Lexicon::english());
        let at = (0..parse.tokens.len()).find(|&t| parse.lower(t) == verb).expect("verb");
        let floor = parse.sentences[parse.sentence_of(at)].tokens.start;
        let group = verb_group_start(&parse, at, floor);
        subject(&parse, group, floor).map_or("-".into(), |(phrase, _)| document.slice(parse.span(phrase)).to_owned())
    }

    #[test]
    fn subjects_of_reporting_verbs() {
        for (text, expected) in [
            ("The head of the union said it was over.", "The head of the union"),
            ("The union's treasurer, Bo Lind, who resigned in May, said so.", "The union's treasurer, Bo Lind"),
            ("Orsolya Venn, the minister, on Tuesday said so.", "Orsolya Venn"),
            ("Rep. Bo Marek (D., Calif.) said so.", "Rep. Bo Marek"),
            ("Senator Ann Hale (R-Ariz.) said so.", "Senator Ann Hale"),
            ("In a note on Friday, however, Hale's wife, Denise, said so.", "Hale's wife, Denise"),
            ("The president himself said so.", "The president"),
            ("A Quinlan poll out this week said so.", "A Quinlan poll"),
            ("The Council on Foreign Trade said so.", "The Council on Foreign Trade"),
            ("The Senate on Tuesday said so.", "The Senate"),
            ("A rebuke from Ms Holm, who said so.", "Ms Holm"),
            ("Among them is Tom Birch, 34, who on Friday said so.", "Tom Birch"),
            (
                "Though an official familiar with the process, who spoke last, said so.",
                "an official familiar with the process",
            ),
            ("Hesper Lund, 61, a net mender, said she had spoiled her ballot.", "Hesper Lund"),
            ("She opened the door and said nothing.", "She"),
            ("Mr. Lund has not yet said why.", "Mr. Lund"),
            ("“Go,” the tall man quietly said.", "the tall man"),
            ("An official familiar with the process said so.", "An official familiar with the process"),
            ("Hundreds of farmers who have blocked the streets since Monday said so.", "Hundreds of farmers"),
            ("A report published last month by the Institute for Labour said so.", "A report"),
            ("The union representing the show's writers said so.", "The union"),
            (
                "The ministers in the regional government last night said so.",
                "The ministers in the regional government",
            ),
            ("Gov. Tad Crane, a conservative who has not met with the group, said so.", "Gov. Tad Crane"),
            ("But three coalition lawmakers, speaking separately, said so.", "three coalition lawmakers"),
            ("Marosh's foreign minister, Ilyas Dorne, said so.", "Marosh's foreign minister, Ilyas Dorne"),
            ("More than half of those surveyed said so.", "half of those surveyed"),
            ("An effort to protect reporters from revealing their sources said so.", "An effort"),
            ("A neighbour who asked not to be named said so.", "A neighbour"),
            ("Cover was cut, according to two people, one of whom said so.", "one of whom"),
        ] {
            assert_eq!(subject_of(text, "said"), expected, "{text}");
        }
    }
}
