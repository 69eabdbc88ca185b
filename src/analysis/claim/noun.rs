//! Nouns that tell of an event: *the crash*, *a scream*. They take what the clause around them leaves.

use super::group;
use super::judge::Verdict;
use super::link::Relation;
use super::scan::Scan;
use super::value::{Value, through};
use crate::analysis::{ClaimId, Event, Time};
use crate::lexicon::{Slot, Use};

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
        let value = value(scan, g, after.is_some(), verdicts[g].value);
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
fn value(scan: &Scan, g: usize, subject: bool, verb: Value) -> Value {
    let group = &scan.groups[g];
    // “was cancelled” may be taken for a copula with an adjective.
    let class = scan.tables.class(scan.word(group.head), Use::Verb, Slot::Object);
    if let Some(class) = scan.tables.get(class).filter(|_| !subject || group.passive || group.copular) {
        return through(class, verb);
    }
    if subject && scan.links[g].relation != Relation::Condition {
        return Value { strength: if verb.strength < 2.5 { verb.strength } else { 3.0 }, denied: false };
    }
    verb
}
