//! Infinitives, -ing forms, participles and bare verbs: the verb, noun or adjective that governs them, or the purpose and
//! the circumstance they tell of.

use std::ops::Range;

use super::clause::{finite, open};
use super::governor::{Governor, first_class, governed, of_group};
use super::group::Form;
use super::link::{Link, Relation, joined_before, plain, skip_adverbs};
use super::scan::Scan;
use super::words::Role;
use crate::analysis::phrase::{self, Found};
use crate::lexicon::{Slot, Use};
use crate::tag::Tag;

pub(super) fn infinitive(scan: &Scan, i: usize) -> Link {
    let start = skip_adverbs(scan, scan.groups[i].start);
    if joined_before(scan, i)
        && let Some(p) = scan.groups[..i].iter().rposition(|g| g.form == Form::Infinitive)
        && scan.groups[i].start - scan.groups[p].start < 24
    {
        return Link { left: scan.groups[i].start, ..scan.links[p].clone() };
    }
    let Some(at) = start.checked_sub(1).filter(|&a| a >= scan.sentence.start) else {
        return plain(scan, i, Relation::Purpose, None);
    };
    if matches!(scan.tag(at), Tag::WhAdverb | Tag::WhPronoun | Tag::WhDeterminer) || scan.role(at) == Role::Whether {
        return open(scan, i, at);
    }
    match infinitive_governor(scan, i, at) {
        Some(g) => governed(scan, i, &g),
        None if is_taking(scan, i, at) => plain(scan, i, Relation::Attained, scan.group_before(at, i)),
        None => plain(scan, i, Relation::Purpose, scan.group_before(at, i)),
    }
}

pub(super) fn infinitive_governor(scan: &Scan, i: usize, at: usize) -> Option<Governor> {
    let parent = scan.group_before(at, i);
    let tag = scan.tag(at);
    if tag.is_adjective() {
        let too = (at.saturating_sub(2)..at).any(|t| scan.role(t) == Role::Too);
        // “waiting too long to call” is calling in the end.
        let class = if too && scan.parse.lower(at) != "long" {
            scan.tables.special(Slot::Too)
        } else {
            first_class(scan, at, Use::Adjective, &[Slot::To, Slot::That])
        };
        return class.is_some().then_some(Governor { class, at, noun: false, parent });
    }
    if let Some(p) = parent
        && (scan.groups[p].verb == at || scan.end_of(p) == at && scan.tag(at) == Tag::Particle)
    {
        return of_verb(scan, p, true);
    }
    if tag.is_noun() {
        let class = first_class(scan, at, Use::Noun, &[Slot::To]);
        if class.is_some() {
            return Some(Governor { class, at, noun: true, parent });
        }
    }
    let p = parent?;
    let end = scan.end_of(p);
    if (end..=at).any(|t| scan.is_break(t) || scan.tag(t) == Tag::Comma) || at + 1 > end + 14 {
        return None;
    }
    if scan.groups[p].copular && scan.groups[p].head != scan.groups[p].verb {
        let usage = if scan.tag(scan.groups[p].head).is_adjective() { Use::Adjective } else { Use::Noun };
        let class = first_class(scan, scan.groups[p].head, usage, &[Slot::To]);
        return class.is_some().then_some(Governor { class, at: scan.groups[p].head, noun: false, parent });
    }
    of_verb(scan, p, false).or_else(|| nearest_noun(scan, end, at, parent))
}

/// *the right of the widow to appeal*: the first noun after the verb that governs an infinitive.
pub(super) fn nearest_noun(scan: &Scan, from: usize, to: usize, parent: Option<usize>) -> Option<Governor> {
    (from..to).rev().filter(|&t| scan.tag(t).is_noun()).find_map(|at| {
        let class = first_class(scan, at, Use::Noun, &[Slot::To]);
        class.is_some().then_some(Governor { class, at, noun: true, parent })
    })
}

/// *told to*, *wants to* (adjacent) or *told him to*.
pub(super) fn of_verb(scan: &Scan, p: usize, adjacent: bool) -> Option<Governor> {
    let passive = scan.groups[p].passive || scan.groups[p].form == Form::Participle;
    let slots: &[Slot] = match (adjacent, passive) {
        (true, true) => &[Slot::Duty, Slot::ObjectTo, Slot::To],
        (true, false) => &[Slot::To],
        (false, _) => &[Slot::ObjectTo],
    };
    of_group(scan, p, slots)
}

/// *It took the crew two hours to free it.*
pub(super) fn is_taking(scan: &Scan, i: usize, at: usize) -> bool {
    let Some(p) = scan.group_before(at, i) else { return false };
    scan.role(scan.groups[p].verb) == Role::Take
        && scan.groups[p].start.checked_sub(1).is_some_and(|t| scan.role(t) == Role::It)
}

pub(super) fn gerund(scan: &Scan, i: usize) -> Link {
    let start = skip_adverbs(scan, scan.groups[i].start);
    if joined_before(scan, i)
        && let Some(p) = scan.groups[..i].iter().rposition(|g| g.form == Form::Gerund)
    {
        return Link { left: scan.groups[i].start, ..scan.links[p].clone() };
    }
    let Some(at) = start.checked_sub(1).filter(|&a| a >= scan.sentence.start) else {
        return plain(scan, i, Relation::Adjunct, None);
    };
    let parent = if scan.tag(at) == Tag::Comma { main_before(scan, i) } else { None };
    let parent = parent.or_else(|| scan.group_before(at, i));
    if scan.role(at) == Role::Without || at > 0 && scan.role(at - 1) == Role::Instead {
        return plain(scan, i, Relation::Undone, parent);
    }
    let adjacent = parent.filter(|&p| scan.end_of(p) == at + 1);
    if let Some(g) = adjacent.and_then(|p| of_group(scan, p, &[Slot::Ing])) {
        return governed(scan, i, &g);
    }
    if matches!(scan.tag(at), Tag::Preposition | Tag::Subordinator | Tag::To)
        && let Some(g) = preposition_governor(scan, i, at)
    {
        return governed(scan, i, &g);
    }
    plain(scan, i, Relation::Adjunct, parent)
}

/// *He defended his choice to stay, saying …*: behind a comma the circumstance is the main verb's.
fn main_before(scan: &Scan, i: usize) -> Option<usize> {
    let quote = scan.quote(scan.groups[i].head);
    (0..i).rev().find(|&p| {
        let told = matches!(scan.links[p].relation, Relation::Main | Relation::Shared);
        scan.groups[p].form == Form::Finite && told && scan.quote(scan.groups[p].head) == quote
    })
}

/// *that the king fled*, *monks think the bell cracked*: what stands before the subject asks for a finite verb.
pub(super) fn is_told(scan: &Scan, i: usize, subject: &Range<usize>) -> bool {
    let joint = subject.clone().rev().find(|&t| scan.is_subordinator(t) || is_that(scan, t));
    let Some(mark) = joint.or(subject.start.checked_sub(1)) else { return false };
    if scan.is_subordinator(mark) || is_that(scan, mark) {
        return true;
    }
    let believed =
        i.checked_sub(1).filter(|&p| scan.end_of(p) == mark + 1).and_then(|p| of_group(scan, p, &[Slot::That]));
    believed.and_then(|g| scan.tables.get(g.class)).is_some_and(|c| c.holder)
}

pub(super) fn is_that(scan: &Scan, at: usize) -> bool {
    scan.role(at) == Role::That && matches!(scan.tag(at), Tag::Subordinator | Tag::Preposition)
}

pub(super) fn preposition_governor(scan: &Scan, i: usize, at: usize) -> Option<Governor> {
    let before = at.checked_sub(1).filter(|&b| b >= scan.sentence.start)?;
    let parent = scan.group_before(before, i);
    let (usage, noun) = match scan.tag(before) {
        tag if tag.is_noun() => (Use::Noun, true),
        tag if tag.is_adjective() => (Use::Adjective, false),
        _ => (Use::Verb, false),
    };
    if parent.is_none_or(|p| scan.groups[p].verb != before) && usage != Use::Verb {
        let class = first_class(scan, before, usage, &[Slot::From]);
        if class.is_some() {
            return Some(Governor { class, at: before, noun, parent });
        }
    }
    let p = parent?;
    let end = scan.end_of(p);
    let near = (end..at).all(|t| !scan.is_break(t) && scan.tag(t) != Tag::Comma && scan.tag(t) != Tag::Preposition);
    (near && at < end + 8).then(|| of_group(scan, p, &[Slot::From])).flatten()
}

/// A lone participle with a subject and no finite verb beside it is a past tense that the tagger took for one.
pub(super) fn participle(scan: &mut Scan, i: usize) -> Link {
    let parent = i.checked_sub(1);
    let alone = !scan.groups.iter().any(|g| g.form == Form::Finite);
    let subject = phrase::subject(scan.parse, scan.groups[i].start, scan.sentence.start);
    let told = subject.as_ref().is_some_and(|(s, found)| *found == Found::Before && is_told(scan, i, s));
    if alone && subject.is_some() || told {
        scan.groups[i].form = Form::Finite;
        scan.groups[i].past = true;
        return finite(scan, i);
    }
    // If convicted, he faces prison.
    if scan.groups[i].start.checked_sub(1).is_some_and(|b| b >= scan.sentence.start && scan.role(b) == Role::If) {
        return plain(scan, i, Relation::Condition, None);
    }
    plain(scan, i, Relation::Relative, parent)
}

pub(super) fn bare(scan: &Scan, i: usize) -> Link {
    let start = skip_adverbs(scan, scan.groups[i].start);
    let Some(at) = start.checked_sub(1).filter(|&a| a >= scan.sentence.start) else {
        return plain(scan, i, Relation::Command, None);
    };
    // Farmers, meanwhile, worry: no command, but what the phrase before the insertion does.
    let told = scan.tag(at) == Tag::Comma
        && !scan.groups[..i].iter().any(|g| g.form == Form::Finite)
        && matches!(phrase::subject(scan.parse, scan.groups[i].start, scan.sentence.start), Some((s, Found::Apposition))
            if scan.tag(s.end - 1) == Tag::NounPlural);
    if told {
        return finite(scan, i);
    }
    if scan.tag(at).is_punctuation() || scan.tag(at) == Tag::Interjection {
        return plain(scan, i, Relation::Command, None);
    }
    if let Some(p) = scan.group_before(at, i) {
        let end = scan.end_of(p);
        let near = at < end + 8 && (end..=at).all(|t| !scan.is_break(t) && scan.tag(t) != Tag::Comma);
        let slots: &[Slot] = if at + 1 == end { &[Slot::Bare, Slot::To] } else { &[Slot::Bare] };
        if near && let Some(g) = of_group(scan, p, slots) {
            return governed(scan, i, &g);
        }
    }
    if joined_before(scan, i) {
        return shared_bare(scan, i);
    }
    finite(scan, i)
}

pub(super) fn shared_bare(scan: &Scan, i: usize) -> Link {
    match scan.groups[..i].iter().rposition(|g| g.form != Form::Participle) {
        Some(p) => Link { left: scan.groups[i].start, ..scan.links[p].clone() },
        None => plain(scan, i, Relation::Command, None),
    }
}
