//! Nouns that tell of an event: *the crash*, *a scream*. They take what the clause around them leaves.

use super::governor::with_particle;
use super::group::{self, Group};
use super::judge::Verdict;
use super::link::Relation;
use super::scan::Scan;
use super::value::{Value, through};
use super::words::Role;
use crate::analysis::{ClaimId, Event, Time};
use crate::lexicon::{Flags, Slot, Use};
use crate::tag::Tag;

/// Adds the event nouns of a sentence.
pub(super) fn events(scan: &Scan, verdicts: &[Verdict], owners: &[Option<ClaimId>], events: &mut Vec<Event>) {
    for at in scan.sentence.clone() {
        if !group::is_event_noun(scan.parse, scan.words, at) || scan.groups.iter().any(|g| g.head == at) {
            continue;
        }
        let before = scan.groups.iter().rposition(|g| g.start < at);
        let after = scan.groups.iter().position(|g| {
            g.start > at && scan.links[scan.groups.iter().position(|o| o.start == g.start).unwrap_or(0)].left <= at
        });
        let Some(g) = after.or(before) else { continue };
        let value = value(scan, g, at, after.is_some(), verdicts[g].value);
        let time = if verdicts[g].silent { Time::Present } else { verdicts[g].time };
        events.push(Event {
            head: scan.parse.span(at..at + 1),
            certainty: value.certainty(),
            polarity: value.polarity(),
            factuality: value.number(),
            time,
            claim: owners[g],
        });
    }
}

/// A subject is taken for granted, an object shares the fate of its verb.
fn value(scan: &Scan, g: usize, at: usize, subject: bool, verb: Value) -> Value {
    let group = &scan.groups[g];
    // “was cancelled” may be taken for a copula with an adjective.
    let pair = with_particle(scan, group.head, &[Slot::Object]);
    let class = scan.tables.class(scan.word(group.head), Use::Verb, Slot::Object);
    let class = if pair.is_some() { pair } else { class };
    let direct = is_direct(scan, g, at);
    if let Some(class) =
        scan.tables.get(class).filter(|_| !subject && direct || subject && (group.passive || group.copular))
    {
        return through(class, verb);
    }
    if subject && scan.links[g].relation != Relation::Condition {
        return Value { strength: if verb.strength < 2.5 { verb.strength } else { 3.0 }, denied: false };
    }
    // What was not answered has been asked all the same; talks that were not held have not been.
    let light = group.head != group.verb || scan.word(group.verb).verb_flags.has(Flags::LIGHT) || doubts(scan, group);
    let denied = (at.saturating_sub(3)..at).rev().take_while(|&t| t > group.verb).any(|t| scan.role(t) == Role::No);
    if denied {
        return Value { denied: true, ..verb };
    }
    if verb.denied && !(light && direct) && !subject { Value { denied: false, ..verb } } else { verb }
}

/// *does not believe in the cure*: what is not believed is held not to be so.
fn doubts(scan: &Scan, group: &Group) -> bool {
    let class = scan.tables.class(scan.word(group.verb), Use::Verb, Slot::That);
    scan.tables.get(class).is_some_and(|c| c.holder && c.denied <= -2.0)
}

/// Whether a noun behind a verb shares its fate: not in *noticed fire before the impact*, *ruled out lettuce as the source of
/// an outbreak*.
fn is_direct(scan: &Scan, g: usize, at: usize) -> bool {
    let between = scan.end_of(g)..at;
    let apart = |t: usize| {
        matches!(scan.tag(t), Tag::Preposition | Tag::Subordinator)
            && (matches!(scan.role(t), Role::As | Role::Before | Role::Aside) || scan.is_break(t))
    };
    !between.into_iter().any(apart)
}
