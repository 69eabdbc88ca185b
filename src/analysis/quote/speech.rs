//! Tells speech in quotation marks from titles, scare quotes and quoted terms, and stories from reports.

use super::marks::{Marked, Marks};
use crate::analysis::form::Shape;
use crate::analysis::token::Parse;
use crate::tag::Tag;

/// Words in front of a quoted title or name.
const NAMING: &[&str] = &[
    "film",
    "movie",
    "book",
    "novel",
    "song",
    "album",
    "single",
    "show",
    "series",
    "play",
    "poem",
    "essay",
    "story",
    "episode",
    "game",
    "article",
    "paper",
    "magazine",
    "newspaper",
    "sitcom",
    "drama",
    "musical",
    "painting",
    "exhibition",
    "titled",
    "entitled",
    "called",
    "named",
    "dubbed",
    "nicknamed",
    "so-called",
    "word",
    "term",
    "phrase",
    "label",
    "slogan",
    "hashtag",
    "codenamed",
    "labelled",
    "labeled",
];

/// Whether marked words are a term, a title or an ironic word inside a clause rather than something said.
pub(super) fn is_scare(parse: &Parse, marked: &Marked) -> bool {
    let words = word_count(parse, marked);
    let next = marked.outer.end;
    let before_noun =
        words <= 3 && (parse.tag(next).is_noun() || parse.tag(next).is_adjective() && parse.tag(next + 1).is_noun());
    let named = marked.outer.start.checked_sub(1).is_some_and(|before| NAMING.contains(&parse.lower(before)));
    before_noun && !ends_sentence(parse, marked) || named || is_title(parse, marked)
}

/// Every longer word is written large: *Night Mail*, *The Last of the Winter Birds*.
fn is_title(parse: &Parse, marked: &Marked) -> bool {
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
    if narrative {
        return (starts_large && (stops || words > 3) || stops && (alone || words >= 3) || marked.continues)
            && (stops || !is_title(parse, marked));
    }
    let verb = marked.inner.clone().any(|t| parse.tag(t).is_verb());
    let set_off = marked.outer.start.checked_sub(1).is_none_or(|before| parse.shape(before) == Shape::Mark);
    starts_large && stops && set_off && (words >= 3 || alone) && (verb || alone || words >= 4)
}

/// Whether the words in marks end as a sentence or a clause does.
fn ends_sentence(parse: &Parse, marked: &Marked) -> bool {
    marked.inner.end.checked_sub(1).is_some_and(|last| {
        parse.tag(last) == Tag::Stop
            || matches!(parse.lower(last), "," | "!" | "?" | "." | "—" | "--" | "…" | "..." | "-")
    }) || !marked.closed
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
pub(super) fn is_narrative(parse: &Parse, marks: &Marks) -> bool {
    let (mut personal, mut report, mut pairs, mut words) = (0usize, 0usize, 0usize, 0usize);
    let prose =
        parse.blocks.iter().filter(|b| (*b).clone().any(|t| parse.shape(t) == Shape::Lower)).flat_map(Clone::clone);
    for at in prose.take(60_000) {
        let shape = parse.shape(at);
        if shape == Shape::Mark || marks.around(at).is_some() {
            continue;
        }
        words += 1;
        personal += usize::from(PERSONAL.contains(&parse.lower(at)));
        let reports = matches!(shape, Shape::Number | Shape::Upper) || REPORTING.contains(&parse.lower(at));
        report += usize::from(reports);
        pairs +=
            usize::from(shape == Shape::Title && parse.shape(at + 1) == Shape::Title && parse.tag(at + 1).is_proper());
    }
    words > 40 && personal * 1000 > words * 14 && (report * 10 + pairs * 4) * 100 < words * 25
}

const PERSONAL: &[&str] =
    &["he", "she", "i", "his", "her", "him", "my", "me", "had", "upon", "herself", "himself", "thou"];

const REPORTING: &[&str] = &[
    "says",
    "according",
    "percent",
    "million",
    "officials",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "spokesman",
    "spokeswoman",
    "reporters",
    "statement",
    "government",
    "minister",
    "company",
];
