//! Noun phrases and subjects, found by parts of speech alone: enough of a parser for “who says it”, at a hundredth of the
//! price of one.

use std::ops::Range;

use super::form::Shape;
use super::token::Parse;
use crate::tag::Tag;

/// How far a subject is looked for to the left of its verb, in tokens.
const REACH: usize = 60;

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
        Tag::Adjective => matches!(parse.lower(at), "many" | "others" | "several" | "few" | "latter" | "former"),
        tag => tag.is_noun(),
    }
}

/// The noun phrase that ends just before `end`, not reaching over `floor`; no prepositional phrases.
pub(super) fn core_before(parse: &Parse, end: usize, floor: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|&l| l >= floor)?;
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
    Some(start..end)
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
            Tag::Preposition => {
                !matches!(parse.lower(link), "than" | "as" | "like" | "to" | "by") || parse.lower(link - 1) == "close"
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
    let right = parse.tag(right.end - 1);
    left.is_noun() && left.is_proper() == right.is_proper()
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
    Some(phrase)
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

/// How a subject was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Found {
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
pub(super) fn subject(parse: &Parse, group: usize, floor: usize) -> Option<(Range<usize>, Found)> {
    subject_within(parse, group, floor.max(group.saturating_sub(REACH)), 3)
}

fn subject_within(parse: &Parse, group: usize, floor: usize, depth: usize) -> Option<(Range<usize>, Found)> {
    let mut end = group;
    while end > floor && (parse.tag(end - 1).is_adverb() && !is_head(parse, end - 1)) {
        end -= 1;
    }
    if end == floor || depth == 0 {
        return None;
    }
    let before = end - 1;
    if matches!(parse.tag(before), Tag::WhPronoun | Tag::WhDeterminer) {
        return antecedent(parse, before, floor).map(|phrase| (phrase, Found::Relative));
    }
    if let Some(phrase) = full_before(parse, end, floor) {
        // Lund on Tuesday said: the phrase belongs to a preposition that hangs on no noun.
        if let Some(link) = phrase.start.checked_sub(1).filter(|&l| l > floor && parse.tag(l) == Tag::Preposition)
            && let Some(found) = subject_within(parse, link, floor, depth - 1)
        {
            return Some(found);
        }
        return Some((with_apposition(parse, phrase, floor), Found::Before));
    }
    match parse.lower(before) {
        "," | "—" | "–" | "--" | ")" => over_insertion(parse, before, floor)
            .map(|phrase| (phrase, Found::Apposition))
            .or_else(|| shared(parse, before, floor, depth)),
        "and" | "but" | "then" | "or" => shared(parse, before, floor, depth),
        _ => None,
    }
}

/// The phrase before a relative pronoun, over a comma.
fn antecedent(parse: &Parse, pronoun: usize, floor: usize) -> Option<Range<usize>> {
    let end = if pronoun > floor && parse.lower(pronoun - 1) == "," { pronoun - 1 } else { pronoun };
    // A rebuke from Ms Holm, who reminded members: it is the name that spoke.
    let named =
        core_before(parse, end, floor).filter(|p| parse.lower(pronoun) == "who" && parse.tag(p.end - 1).is_proper());
    if named.is_some() {
        return named;
    }
    full_before(parse, end, floor).map(|phrase| with_apposition(parse, phrase, floor))
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
    while at > floor + 1 && left > 0 {
        at -= 1;
        left -= 1;
        if matches!(parse.tag(at), Tag::QuoteClose | Tag::QuoteOpen | Tag::Stop) {
            return None;
        }
        let opens = matches!(parse.lower(at), "," | "—" | "–" | "--" | "(");
        if !opens {
            continue;
        }
        let Some(phrase) = full_before(parse, at, floor).filter(|p| parse.tag(p.end - 1) != Tag::Number) else {
            continue;
        };
        let first = at + 1;
        let relative = matches!(parse.tag(first), Tag::WhPronoun | Tag::WhDeterminer | Tag::WhPossessive);
        let verbs = (first..closing).any(|t| parse.tag(t).is_finite_verb());
        let first_word_fits = relative
            || !verbs
            || parse.tag(first).is_verb()
            || matches!(parse.tag(first), Tag::Preposition | Tag::Subordinator);
        let is_name = parse.tag(phrase.end - 1).is_proper()
            || relative
            || is_opening(parse, phrase.start)
            || parse.shape(phrase.start).is_capital();
        if first_word_fits && is_name {
            // In a row of insertions the phrase before the first one is meant.
            let further = (phrase.start > floor + 1 && parse.lower(phrase.start - 1) == ",")
                .then(|| over_insertion(parse, phrase.start - 1, floor))
                .flatten();
            return Some(
                further
                    .filter(|f| parse.tag(f.end - 1).is_proper() && !parse.tag(phrase.end - 1).is_proper())
                    .unwrap_or(phrase),
            );
        }
    }
    None
}

/// *She opened the door and said*: the subject of the verb before.
fn shared(parse: &Parse, link: usize, floor: usize, depth: usize) -> Option<(Range<usize>, Found)> {
    let verb = (floor..link).rev().find(|&t| {
        parse.tag(t).is_finite_verb()
            && !matches!(parse.tag(t.saturating_sub(1)), Tag::WhPronoun | Tag::WhDeterminer | Tag::To)
    })?;
    let group = verb_group_start(parse, verb, floor);
    subject_within(parse, group, floor, depth - 1).map(|(phrase, _)| (phrase, Found::Shared))
}

/// Whether a capital letter at `at` shows a name rather than the start of a sentence.
pub(super) fn is_name_word(parse: &Parse, at: usize) -> bool {
    parse.tag(at).is_proper() && matches!(parse.shape(at), Shape::Title | Shape::Upper | Shape::Initial)
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
            ("The union's treasurer, Bo Lind, who resigned in May, said so.", "Bo Lind"),
            ("Orsolya Venn, the minister, on Tuesday said so.", "Orsolya Venn"),
            ("A rebuke from Ms Holm, who said so.", "Ms Holm"),
            (
                "Though an official familiar with the process, who spoke last, said so.",
                "an official familiar with the process",
            ),
            ("Hesper Lund, 61, a net mender, said she had spoiled her ballot.", "Hesper Lund"),
            ("She opened the door and said nothing.", "She"),
            ("Mr. Lund has not yet said why.", "Mr. Lund"),
            ("“Go,” the tall man quietly said.", "the tall man"),
            ("An official familiar with the process said so.", "An official familiar with the process"),
        ] {
            assert_eq!(subject_of(text, "said"), expected, "{text}");
        }
    }
}
