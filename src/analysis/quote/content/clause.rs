//! Whether a clause starts at a token, as far as parts of speech tell.

use crate::analysis::phrase;
use crate::analysis::quote::marks::Marks;
use crate::analysis::token::Parse;
use crate::tag::Tag;

/// How far behind a subject its verb may stand.
const VERB_REACH: usize = 24;
/// How far behind a cue its *that* may stand.
const THAT_REACH: usize = 16;

/// Whether a clause with its own subject and finite verb starts at a token.
pub(in crate::analysis) fn is_clause(parse: &Parse, start: usize, ceiling: usize) -> bool {
    match subject_end(parse, start, ceiling) {
        Some(end) => verb_follows(parse, start, end, ceiling),
        None => false,
    }
}

/// As [`is_clause`], where hardly anything but a clause can follow: a verb that was taken for a participle counts, and so
/// does a clause behind *although …,* or *if …,*.
pub(in crate::analysis) fn opens_clause(parse: &Parse, marks: &Marks, start: usize, ceiling: usize) -> bool {
    if is_clause(parse, start, ceiling) {
        return true;
    }
    let conditional = matches!(parse.lower(start), "although" | "though" | "if" | "unless");
    if conditional && parse.tag(start) == Tag::Subordinator {
        let comma = (start..ceiling).find(|&t| parse.lower(t) == "," && marks.around(t).is_none());
        return comma.is_some_and(|c| {
            c + 1 < ceiling && (is_clause(parse, c + 1, ceiling) || marks.opening_at(c + 1).is_some())
        });
    }
    let Some(end) = subject_end(parse, start, ceiling) else { return false };
    if carries_clause(parse, start, end, ceiling) {
        return true;
    }
    // “the plan cost $40 million”: the verb was taken for a noun.
    let amount = (start + 2..end).any(|t| parse.tag(t) == Tag::Currency && parse.tag(t - 1) == Tag::Noun);
    amount || parse.tag(end) == Tag::VerbParticiple && parse.lower(end + 1) != "by" && end < ceiling
}

/// *the claim that it was late is false*: the subject holds a clause of its own, and a second verb is the clause's.
fn carries_clause(parse: &Parse, start: usize, end: usize, ceiling: usize) -> bool {
    let opens = matches!(parse.tag(start), Tag::Determiner | Tag::Possessive);
    if !(opens && parse.lower(end) == "that" && is_clause(parse, end + 1, ceiling)) {
        return false;
    }
    let reach = ceiling.min(end + VERB_REACH);
    let finite = |from: usize| {
        let plain = |t: &usize| !matches!(parse.tag(*t), Tag::Comma | Tag::Coordinator | Tag::Subordinator);
        (from..reach).take_while(plain).find(|&t| parse.tag(t).is_finite_verb())
    };
    finite(end + 1).and_then(|verb| finite(verb + 1)).is_some()
}

/// The end of a subject that starts here, over adverbs before it: *only two of them*, *there*, *keeping it on*.
fn subject_end(parse: &Parse, start: usize, ceiling: usize) -> Option<usize> {
    let mut at = start;
    while at < start + 2 && parse.tag(at).is_adverb() && at < ceiling {
        at += 1;
    }
    if parse.tag(at) == Tag::Existential {
        return Some(at + 1);
    }
    let objective = matches!(parse.lower(at), "me" | "him" | "us" | "them")
        || parse.lower(at).ends_with("self")
        || parse.lower(at).ends_with("selves")
        // “Whether they believed her was hard to tell”
        || parse.lower(at) == "her" && parse.tag(at + 1).is_finite_verb();
    if let Some(subject) = phrase::full_from(parse, at, ceiling) {
        return (!objective).then_some(subject.end);
    }
    // “a ‘more general reflection’ is needed”, “keeping the antennas on it was costly”, “that she left was known”
    let opens = matches!(parse.tag(at), Tag::Determiner | Tag::Possessive | Tag::VerbGerund | Tag::Number);
    (opens && at + 1 < ceiling).then_some(at + 1)
}

fn verb_follows(parse: &Parse, start: usize, subject: usize, ceiling: usize) -> bool {
    let mut relative = 0;
    let mut at = subject;
    while at < ceiling.min(subject + VERB_REACH) {
        let tag = parse.tag(at);
        match tag {
            _ if tag.is_finite_verb() && relative == 0 => return true,
            _ if tag.is_finite_verb() => relative -= 1,
            Tag::VerbParticiple if at == subject && parse.tag(start) == Tag::Pronoun => return true,
            // “reporters the game was late”: a second phrase opens, the first was an addressee.
            Tag::Determiner | Tag::Possessive if at == subject => return false,
            // “the first thing he did was …”: a clause without its “that” hangs on the subject.
            Tag::Pronoun if at == subject => relative += 1,
            Tag::Coordinator if parse.tag(at + 1).is_verb() || parse.tag(at + 1).is_adverb() => return false,
            Tag::WhPronoun | Tag::WhDeterminer => relative += 1,
            Tag::Comma => match behind_insertion(parse, at, ceiling) {
                Some(next) => {
                    at = next;
                    continue;
                }
                None => return false,
            },
            Tag::Stop | Tag::Pause | Tag::Subordinator | Tag::WhAdverb => return false,
            _ => {}
        }
        at += 1;
    }
    false
}

/// Over *, such as soybean and cotton,* to the verb behind it.
fn behind_insertion(parse: &Parse, comma: usize, ceiling: usize) -> Option<usize> {
    let end = ceiling.min(comma + 20);
    let next = parse.tag(comma + 1);
    if matches!(next, Tag::VerbGerund | Tag::Coordinator | Tag::Pronoun | Tag::QuoteOpen) {
        return None;
    }
    let verb =
        |at: usize| parse.tag(at).is_finite_verb() || parse.tag(at).is_adverb() && parse.tag(at + 1).is_finite_verb();
    (comma + 1..end).find(|&t| parse.lower(t) == "," && verb(t + 1)).map(|closing| closing + 1)
}

/// The *that* that opens the clause of a cue ending at `from`, behind addressees and circumstances: *told staff in May
/// that*. None when a verb, a stop or a quotation stands before it.
pub(in crate::analysis) fn that_ahead(parse: &Parse, marks: &Marks, from: usize, ceiling: usize) -> Option<usize> {
    for at in from..ceiling.min(from + THAT_REACH) {
        let tag = parse.tag(at);
        if parse.lower(at) == "that" && matches!(tag, Tag::Subordinator | Tag::Preposition | Tag::WhDeterminer) {
            let after_coordinator = at > from && parse.tag(at - 1) == Tag::Coordinator;
            let relative = tag == Tag::WhDeterminer && parse.tag(at + 1).is_verb();
            return (!after_coordinator && !relative && is_clause(parse, at + 1, ceiling)).then_some(at);
        }
        let passable = tag.is_noun()
            || tag.is_adverb()
            || tag.is_adjective()
            || matches!(
                tag,
                Tag::Preposition
                    | Tag::Determiner
                    | Tag::Predeterminer
                    | Tag::Possessive
                    | Tag::PossessiveEnding
                    | Tag::Pronoun
                    | Tag::Number
                    | Tag::Coordinator
                    | Tag::Comma
                    | Tag::Particle
                    | Tag::To
            );
        // “in court papers filed Monday that”
        let describes = tag == Tag::VerbParticiple && at > from && parse.tag(at - 1).is_noun();
        if !(passable || describes) || marks.around(at).is_some() {
            return None;
        }
    }
    None
}
