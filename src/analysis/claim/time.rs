//! When a clause holds: tense and aspect, modals, and words such as *tomorrow*.

use super::group::Form;
use super::link::Relation;
use super::modal::Sense;
use super::scan::Scan;
use super::words::Role;
use crate::analysis::{CueKind, Time};
use crate::lexicon::{Class, Flags};

/// The time of a group, from its own form, its governor's class and its governor's time.
pub(super) fn of(scan: &Scan, g: usize, class: Option<&Class>, parent: Option<Time>, sense: &Sense) -> Time {
    let group = &scan.groups[g];
    if let Some(time) = sense.time {
        return time;
    }
    if is_mandated(scan, g) {
        return Time::Future;
    }
    if scan.links[g].relation == Relation::Command {
        return Time::Future;
    }
    if group.modal != Role::Plain {
        return with_modal(scan, g, sense);
    }
    if group.form == Form::Finite || group.past || group.present {
        return finite(scan, g, class);
    }
    if group.perfect || group.form == Form::Participle {
        return Time::Past;
    }
    if let Some(class) = class.filter(|c| c.later) {
        return if has_lapsed(scan, g, class) { Time::Past } else { Time::Future };
    }
    parent.unwrap_or_else(|| before_its_main(scan, g))
}

/// *Speaking in Skeld, she said so*: the time of the verb that follows.
fn before_its_main(scan: &Scan, g: usize) -> Time {
    let main = scan.groups[g + 1..].iter().find(|m| m.form == Form::Finite);
    let past = main.is_some_and(|m| m.past && scan.links[g].relation == Relation::Adjunct);
    if past { Time::Past } else { Time::Present }
}

fn with_modal(scan: &Scan, g: usize, sense: &Sense) -> Time {
    let group = &scan.groups[g];
    let back = group.perfect || group.past || matches!(group.modal, Role::Would | Role::Used);
    // What somebody was able to do is past; what could be the case is not.
    let could = group.modal == Role::Could && sense.cue == Some(CueKind::Ability);
    if back || could { Time::Past } else { Time::Present }
}

/// *had hoped to finish*, *was supposed to begin*: told of the past, and nothing came of it.
pub(super) fn has_lapsed(scan: &Scan, g: usize, class: &Class) -> bool {
    let link = &scan.links[g];
    let Some(p) = link.parent.filter(|_| !link.noun && link.relation == Relation::Complement) else { return false };
    let parent = &scan.groups[p];
    let hoped = scan.word(parent.verb).verb_flags.has(Flags::HOPED) && parent.perfect && parent.modal == Role::Plain;
    parent.past && (class.lapses || class.later && hoped)
}

/// *insisted that the budget be passed*: a demand.
pub(super) fn is_mandated(scan: &Scan, g: usize) -> bool {
    let (group, link) = (&scan.groups[g], &scan.links[g]);
    let that = link.left > scan.sentence.start && scan.role(link.left - 1) == Role::That;
    link.relation == Relation::Complement && that && group.modal == Role::Plain && scan.is_be(group.start)
}

/// *will stay until a successor is found*
fn is_awaited(scan: &Scan, g: usize) -> bool {
    let (group, link) = (&scan.groups[g], &scan.links[g]);
    let until = link.left > scan.sentence.start && scan.role(link.left - 1) == Role::Until;
    let planned = |m: &super::group::Group| m.modal != Role::Plain || m.form == Form::Infinitive;
    until && group.present && g.checked_sub(1).is_some_and(|p| planned(&scan.groups[p]))
}

fn finite(scan: &Scan, g: usize, class: Option<&Class>) -> Time {
    let group = &scan.groups[g];
    let link = &scan.links[g];
    let wishing = class.is_some_and(|c| c.kind == Some(crate::analysis::ClaimKind::Wish));
    if group.past {
        return if wishing && !group.perfect { Time::Present } else { Time::Past };
    }
    if group.perfect {
        // A convoy has been waiting since May: and is.
        return if group.progressive { Time::Present } else { Time::Past };
    }
    let later =
        wishing || class.is_some_and(|c| c.later) || matches!(link.relation, Relation::Condition | Relation::IfOnly);
    let still = group.copular || scan.word(group.verb).verb_flags.has(Flags::STATE);
    if later && group.present && (!still || wishing || link.relation == Relation::Condition) {
        return Time::Future;
    }
    if is_awaited(scan, g) {
        return Time::Future;
    }
    if is_scheduled(scan, g) { Time::Future } else { Time::Present }
}

/// *The train leaves at six tomorrow.*
fn is_scheduled(scan: &Scan, g: usize) -> bool {
    let group = &scan.groups[g];
    let fits = group.progressive || scan.word(group.verb).verb_flags.has(Flags::SCHEDULED);
    let end = scan.sentence.end.min(group.head + 12);
    let dated = (group.head + 1..end)
        .take_while(|&t| !scan.is_break(t) && !scan.groups.iter().any(|o| o.start == t))
        .any(|t| {
            scan.word(t).flags.has(Flags::FUTURE) || scan.word(t).flags.has(Flags::WEEKDAY) && !is_repeated(scan, g)
        });
    fits && dated && !group.passive
}

fn is_repeated(scan: &Scan, g: usize) -> bool {
    let head = scan.groups[g].head;
    (scan.links[g].left..scan.sentence.end.min(head + 8))
        .any(|t| scan.word(t).flags.has(Flags::HABIT) && scan.role(t) != Role::Would)
}
