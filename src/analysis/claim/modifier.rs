//! Words that colour a clause: *not*, *probably*, *almost*, *allegedly*; which verb group each of them works on, and
//! negation that stands in a noun phrase: *no witness saw*, *found nothing*.

use super::link::Relation;
use super::scan::Scan;
use super::words::Role;
use crate::analysis::CueKind;
use crate::lexicon::{Modifier, Place, Slot, Use};
use crate::tag::Tag;

/// A modifier in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub first: usize,
    pub last: usize,
    pub kind: Option<CueKind>,
    /// What it leaves of a plain statement, when it works on its group.
    pub value: Option<f32>,
    pub unnamed: bool,
    /// The group it works on.
    pub group: usize,
}

/// All marks of a sentence, in order.
pub(super) fn find(scan: &Scan, marks: &mut Vec<Mark>) {
    let mut at = scan.sentence.start;
    while at < scan.sentence.end {
        let Some((length, modifier)) = at_token(scan, at) else {
            at += 1;
            continue;
        };
        if let Some(mark) = placed(scan, at, length, modifier) {
            marks.push(mark);
        }
        at += length;
    }
    noun_phrases(scan, marks);
}

fn at_token<'a>(scan: &Scan<'a>, at: usize) -> Option<(usize, &'a Modifier)> {
    let word = scan.word(at);
    let tables = scan.tables;
    if let Some(found) = tables.phrase(word, |n| scan.parse.lower(at + n))
        && at + found.0 <= scan.sentence.end
    {
        return Some(found);
    }
    let amount = scan.tag(at + 1) == Tag::Number || scan.tag(at + 1) == Tag::Currency;
    if amount && let Some(modifier) = tables.number_modifier(word) {
        return Some((1, modifier));
    }
    tables.modifier(word).map(|m| (1, m))
}

fn placed(scan: &Scan, at: usize, length: usize, modifier: &Modifier) -> Option<Mark> {
    let last = at + length - 1;
    let (group, near) = target(scan, at, last)?;
    let works = match modifier.place {
        Place::Verb => near && !is_cancelled(scan, at, last, modifier),
        Place::Clause => !asks_before_noun(scan, at, length),
        Place::Number | Place::Said => false,
    };
    let silent = modifier.cue == Some(CueKind::Negation) && !works || is_compared(scan, at);
    let kind = modifier.cue.filter(|_| !silent && modifier.place != Place::Said);
    Some(Mark {
        first: at,
        last,
        kind,
        value: modifier.value.filter(|_| works),
        unnamed: modifier.unnamed && works,
        group,
    })
}

/// *likely* before a noun is no adverb.
fn asks_before_noun(scan: &Scan, at: usize, length: usize) -> bool {
    length == 1 && scan.tag(at).is_adjective()
}

/// *more likely to*: how often it is so has been counted; a comparison is no hedge.
pub(super) fn is_compared(scan: &Scan, at: usize) -> bool {
    at > scan.sentence.start && matches!(scan.tag(at - 1), Tag::AdverbComparative | Tag::AdverbSuperlative)
}

/// The group a modifier belongs to, and whether it stands right at its verb.
fn target(scan: &Scan, at: usize, last: usize) -> Option<(usize, bool)> {
    let next = scan.groups.iter().position(|g| g.verb.max(g.head) > at);
    if let Some(g) = next {
        let group = &scan.groups[g];
        let inside = group.start <= at;
        let before =
            group.start > last && (last + 1..group.start).all(|t| scan.tag(t).is_adverb()) && group.start - last <= 3;
        if inside || before {
            return Some((g, true));
        }
        let reach = (last + 1..group.start).all(|t| !scan.is_break(t) || scan.role(t) == Role::That);
        let opening = at == scan.links[g].left || at + 1 == scan.links[g].left || scan.links[g].left <= at;
        if reach && opening {
            return Some((g, false));
        }
    }
    let before = scan.groups.iter().rposition(|g| g.start <= at);
    // His wife was not in the court; she did not.
    let left_alone = before.is_some_and(|g| {
        let group = &scan.groups[g];
        let auxiliary =
            matches!(scan.role(group.verb), Role::Be | Role::Have | Role::Do) || scan.tag(group.verb) == Tag::Modal;
        auxiliary && group.head == group.verb && (group.verb + 1..at).all(|t| scan.tag(t).is_adverb())
    });
    before.or(next).map(|g| (g, left_alone))
}

/// *almost never*, *not … until*, *not because … but because* leave the verb alone.
fn is_cancelled(scan: &Scan, at: usize, last: usize, modifier: &Modifier) -> bool {
    match modifier.cue {
        Some(CueKind::Approximator) => {
            let next = scan.tables.modifier(scan.word(last + 1));
            next.is_some_and(|m| m.cue == Some(CueKind::Negation))
                || matches!(scan.role(last + 1), Role::No | Role::Nobody)
                || says_how_likely(scan, last + 1)
        }
        Some(CueKind::Negation) if scan.role(at) == Role::Not => {
            let rest = last + 1..scan.sentence.end.min(last + 24);
            let until = rest.clone().take_while(|&t| !scan.is_break(t) || scan.role(t) == Role::Until);
            let because = rest.clone().filter(|&t| scan.role(t) == Role::Because).count();
            until.into_iter().any(|t| scan.role(t) == Role::Until)
                || because == 1 && rest.clone().any(|t| scan.role(t) == Role::But && scan.role(t + 1) == Role::Because)
                || because > 1
        }
        _ => false,
    }
}

/// *almost certain*, *nearly impossible*: that near to it is as good as it.
fn says_how_likely(scan: &Scan, at: usize) -> bool {
    let governs = |slot| scan.tables.class(scan.word(at), Use::Adjective, slot).is_some();
    scan.tag(at).is_adjective() && [Slot::To, Slot::That].into_iter().any(governs)
}

/// Subjects and objects that deny their verb.
fn noun_phrases(scan: &Scan, marks: &mut Vec<Mark>) {
    for g in 0..scan.groups.len() {
        let Some(at) = denying_subject(scan, g).or_else(|| denying_object(scan, g)) else { continue };
        // A phrase such as “no doubt” has its own say; a lone “neither” that found no verb has not.
        if marks.iter().any(|m| m.first <= at && at <= m.last && (m.last > m.first || m.value.is_some())) {
            continue;
        }
        // Tests found no trace: they found, and what they found was none; “there is no trace” denies all of it.
        let stated = scan.role(at) == Role::No && at > scan.groups[g].verb && !scan.groups[g].copular;
        let stated = stated && !(scan.groups[g].verb..at).any(|t| scan.tag(t) == Tag::Existential);
        marks.push(Mark {
            first: at,
            last: at,
            kind: Some(CueKind::Negation),
            value: (!stated).then_some(-3.0),
            unnamed: false,
            group: g,
        });
    }
}

fn is_denying(scan: &Scan, at: usize) -> bool {
    match scan.role(at) {
        Role::No => scan.tag(at) == Tag::Determiner && scan.tag(at + 1) != Tag::AdverbComparative,
        // “a few”, “the few”
        Role::Nobody => at == scan.sentence.start || scan.tag(at - 1) != Tag::Determiner,
        _ => false,
    }
}

fn denying_subject(scan: &Scan, g: usize) -> Option<usize> {
    let link = &scan.links[g];
    if matches!(link.relation, Relation::Relative | Relation::Adjunct | Relation::Shared) && link.subject.is_none() {
        return None;
    }
    let subject = link.subject.as_ref()?;
    let first = subject.start;
    let end_follows = subject.end <= scan.groups[g].start && scan.groups[g].start - subject.end < 6;
    (is_denying(scan, first) && end_follows && scan.links[g].relation != Relation::Relative).then_some(first)
}

fn denying_object(scan: &Scan, g: usize) -> Option<usize> {
    let group = &scan.groups[g];
    let first = group.verb + 1;
    let end = if group.copular { group.head + 1 } else { first + 2 };
    let at = (first..end.max(first + 1)).find(|&t| is_denying(scan, t))?;
    let between =
        (first..at).all(|t| scan.tag(t).is_adverb() || scan.tag(t) == Tag::Existential || scan.tag(t) == Tag::Particle);
    (between && scan.role(at) != Role::Plain).then_some(at)
}
