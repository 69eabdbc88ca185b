//! Which word governs a clause: the adjective, noun or verb to its left that the tables license for such a clause.

use super::link::{Link, Relation, plain};
use super::scan::Scan;
use super::words::Role;
use crate::lexicon::{ClassId, Slot, Use};
use crate::tag::Tag;

/// A word that governs a clause.
pub(super) struct Governor {
    pub class: ClassId,
    pub at: usize,
    /// Whether it is a noun, with a polarity of its own.
    pub noun: bool,
    /// The group it belongs to.
    pub parent: Option<usize>,
}

pub(super) fn governed(scan: &Scan, i: usize, governor: &Governor) -> Link {
    let governor = &over_noun(scan, governor);
    let relation = if governor.class.is_some() { Relation::Complement } else { Relation::Purpose };
    Link {
        class: governor.class,
        governor: governor.at,
        noun: governor.noun,
        ..plain(scan, i, relation, governor.parent)
    }
}

/// *rejected claims that*, *dropped plans to*: the verb decides, not its object.
pub(super) fn over_noun(scan: &Scan, governor: &Governor) -> Governor {
    let same = Governor { ..*governor };
    let Some(p) = governor.parent.filter(|_| governor.noun) else { return same };
    let group = &scan.groups[p];
    let class = scan.tables.class(scan.word(group.verb), Use::Verb, Slot::Object);
    let object = group.head == group.verb && group.verb < governor.at && governor.at - group.verb <= 6;
    if object && class.is_some() { Governor { class, at: group.verb, noun: false, parent: Some(p) } } else { same }
}

/// The governor of a clause whose mark stands at `mark`: the adjective, noun or verb to its left.
pub(super) fn governor(scan: &Scan, mark: usize, below: usize, slots: &[Slot]) -> Option<Governor> {
    let mut at = mark.checked_sub(1)?;
    while at > scan.sentence.start && (scan.tag(at).is_adverb() || matches!(scan.tag(at), Tag::Particle | Tag::Comma)) {
        at -= 1;
    }
    let parent = scan.group_before(at, below);
    let word = scan.word(at);
    if scan.tag(at).is_noun() && scan.tables.governs(word, Use::Noun) {
        let class = first_class(scan, at, Use::Noun, slots);
        if class.is_some() && parent.is_none_or(|p| scan.groups[p].verb != at) {
            let copular = parent.is_some_and(|p| scan.groups[p].copular && scan.groups[p].head == at);
            let truth = scan.tables.class(word, Use::Noun, Slot::Truth);
            let class = if copular && truth.is_some() && slots.contains(&Slot::That) { truth } else { class };
            return Some(Governor { class, at, noun: true, parent });
        }
    }
    let p = parent?;
    let end = scan.end_of(p);
    if (end..=at).any(|t| scan.is_break(t)) || at + 1 > end + 14 {
        return None;
    }
    of_group(scan, p, slots)
}

pub(super) fn first_class(scan: &Scan, at: usize, usage: Use, slots: &[Slot]) -> ClassId {
    let word = scan.word(at);
    slots.iter().map(|&s| scan.tables.class(word, usage, s)).find(|c| c.is_some()).unwrap_or_default()
}

/// The class of a group's own predicate for a clause.
pub(super) fn of_group(scan: &Scan, p: usize, slots: &[Slot]) -> Option<Governor> {
    let group = &scan.groups[p];
    let found =
        |class: ClassId, at: usize| class.is_some().then_some(Governor { class, at, noun: false, parent: Some(p) });
    if group.head != group.verb {
        let word = scan.word(group.head);
        let (usage, noun) =
            if scan.tag(group.head).is_adjective() { (Use::Adjective, false) } else { (Use::Noun, true) };
        let truth = scan.tables.class(word, usage, Slot::Truth);
        if truth.is_some() && slots.contains(&Slot::That) {
            return found(truth, group.head);
        }
        let class = first_class(scan, group.head, usage, slots);
        return class.is_some().then_some(Governor { class, at: group.head, noun, parent: Some(p) });
    }
    let it = scan
        .links
        .get(p)
        .and_then(|l| l.subject.clone())
        .is_some_and(|s| scan.role(s.start) == Role::It && s.len() == 1);
    if group.passive && it && slots.contains(&Slot::That) {
        let said = scan.tables.class(scan.word(group.verb), Use::Verb, Slot::ObjectTo);
        if scan.tables.get(said).is_some_and(|c| c.unnamed) {
            return found(
                if first_is_said(scan, group.verb) { scan.tables.special(Slot::Said) } else { said },
                group.verb,
            );
        }
    }
    if scan.word(group.verb).takes_particle {
        let class = with_particle(scan, group.verb, slots);
        if class.is_some() {
            return found(class, group.verb);
        }
    }
    let class = first_class(scan, group.verb, Use::Verb, slots);
    if class.is_some() {
        return found(class, group.verb);
    }
    // A participle used as an adjective: “is convinced that”.
    found(first_class(scan, group.verb, Use::Adjective, slots), group.verb)
}

pub(super) fn first_is_said(scan: &Scan, verb: usize) -> bool {
    let word = scan.word(verb);
    let class = scan.tables.class(word, Use::Verb, Slot::ObjectTo);
    scan.tables.get(class).is_some_and(|c| c.affirmed < 1.0)
}

/// A verb of two words; the only place where a name is put together, and only for verbs that have such.
pub(super) fn with_particle(scan: &Scan, verb: usize, slots: &[Slot]) -> ClassId {
    let pair = format!("{} {}", scan.parse.lower(verb), scan.parse.lower(verb + 1));
    let word = scan.tables.word(&pair);
    slots.iter().map(|&s| scan.tables.class(word, Use::Verb, s)).find(|c| c.is_some()).unwrap_or_default()
}
