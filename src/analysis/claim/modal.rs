//! Modal verbs by sense: *may* of chance and of leave, *must* of duty and of inference, *could* of skill and of chance.

use super::group::{Form, Group};
use super::link::Relation;
use super::scan::Scan;
use super::value::Value;
use super::words::Role;
use crate::analysis::{ClaimKind, CueKind, Time};
use crate::lexicon::Flags;
use crate::tag::Tag;

/// What a modal does to its clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub value: Value,
    pub cue: Option<CueKind>,
    pub kind: Option<ClaimKind>,
    pub why: &'static str,
    /// The time it puts the clause in.
    pub time: Option<Time>,
}

impl Sense {
    const PLAIN: Sense = Sense { value: Value::PLAIN, cue: None, kind: None, why: "", time: None };

    fn new(number: f32, cue: Option<CueKind>, why: &'static str) -> Self {
        Self { value: Value::of(number), cue, why, ..Self::PLAIN }
    }
}

/// The sense of a group's modal; `denied` tells whether a negation belongs to the group.
pub(super) fn sense(scan: &Scan, g: usize, denied: bool) -> Sense {
    let group = &scan.groups[g];
    let still = group.copular || scan.word(group.verb).verb_flags.has(Flags::STATE);
    match group.modal {
        Role::Will => Sense { time: Some(Time::Future), ..Sense::new(2.7, None, "says what will be") },
        Role::Going if group.perfect && group.past => {
            Sense { time: Some(Time::Past), ..Sense::new(-2.0, None, "was to have: came to nothing") }
        }
        Role::Going => {
            Sense { time: group.present.then_some(Time::Future), ..Sense::new(2.7, None, "says what is to be") }
        }
        Role::Would => would(scan, g, denied),
        Role::May if !denied || !is_leave(scan, g) => chance(group, still, "may: possible only"),
        Role::May => {
            Sense { kind: Some(ClaimKind::Rule), ..Sense::new(3.0, Some(CueKind::Deontic), "may not: forbidden") }
        }
        Role::Might => chance(group, still, "might: possible only"),
        Role::Can => can(scan, group, denied),
        Role::Could => could(scan, group, denied, still),
        Role::Must => must(scan, g, denied, still),
        Role::Should if group.perfect => Sense {
            kind: Some(ClaimKind::Opinion),
            ..Sense::new(-3.0, Some(CueKind::Deontic), "should have: was not done")
        },
        Role::Should if is_expectation(scan, g, still) => Sense {
            time: (!still).then_some(Time::Future),
            ..Sense::new(2.0, Some(CueKind::Epistemic), "should: expected, not certain")
        },
        Role::Should => Sense {
            kind: Some(ClaimKind::Opinion),
            time: Some(Time::Future),
            ..Sense::new(0.4, Some(CueKind::Deontic), "should: a demand")
        },
        Role::Need => Sense {
            time: Some(Time::Future),
            ..Sense::new(if denied { -0.4 } else { 0.4 }, Some(CueKind::Deontic), "need: left open")
        },
        _ => Sense::PLAIN,
    }
}

fn chance(group: &Group, still: bool, why: &'static str) -> Sense {
    Sense {
        time: (!still && !group.perfect && !group.progressive).then_some(Time::Future),
        ..Sense::new(1.0, Some(CueKind::Epistemic), why)
    }
}

/// *Guests may not smoke*: leave is given or refused to people in general.
fn is_leave(scan: &Scan, g: usize) -> bool {
    let group = &scan.groups[g];
    let people = scan.links[g].subject.clone().is_some_and(|s| {
        let last = s.end.saturating_sub(1);
        scan.tag(last) == Tag::NounPlural && scan.words.is_person(scan.parse, last)
            || scan.tag(last) == Tag::NounPlural && s.len() == 1
    });
    people && !group.perfect && !group.copular
}

/// *The bridge should be able to carry it*, *this should help*: things are expected, people are told.
fn is_expectation(scan: &Scan, g: usize, still: bool) -> bool {
    let group = &scan.groups[g];
    let effect = still || scan.word(group.verb).verb_flags.has(Flags::HARDLY_EVENT);
    let person = scan.links[g].subject.clone().is_none_or(|s| {
        let last = s.end.saturating_sub(1);
        scan.words.is_person(scan.parse, last)
            || scan.tag(last).is_proper()
            || scan.tag(last) == Tag::Pronoun && !matches!(scan.role(last), Role::It)
    });
    effect && !person && !group.passive
}

fn would(scan: &Scan, g: usize, denied: bool) -> Sense {
    let group = &scan.groups[g];
    let link = &scan.links[g];
    let clause = link.left..group.head;
    let habit = clause.clone().any(|t| scan.word(t).flags.has(Flags::HABIT) && scan.role(t) != Role::Would)
        && !denied
        && !group.perfect;
    if habit {
        return Sense { time: Some(Time::Past), ..Sense::new(3.0, None, "would: happened again and again") };
    }
    if is_refusal(scan, g, denied) {
        return Sense { time: Some(Time::Past), ..Sense::new(3.0, None, "would not: refused to") };
    }
    if scan.word(group.verb).verb_flags.has(Flags::WANT) && !group.perfect {
        return Sense { time: Some(Time::Present), ..Sense::new(3.0, None, "would like: is wanted now") };
    }
    if link.relation == Relation::Complement && link.parent.is_some_and(|p| scan.groups[p].past) && !group.perfect {
        return Sense { time: Some(Time::Future), ..Sense::new(2.7, None, "would: future seen from the past") };
    }
    if group.perfect {
        let strength = if denied { 2.5 } else { 1.0 };
        return Sense::new(strength, Some(CueKind::Conditional), "would have: not said to be so");
    }
    let strength = if denied { 2.5 } else { 1.5 };
    Sense { time: Some(Time::Future), ..Sense::new(strength, Some(CueKind::Epistemic), "would: depends on something") }
}

/// *The ministry would not comment*, *she would only say that it was late*.
fn is_refusal(scan: &Scan, g: usize, denied: bool) -> bool {
    let (group, link) = (&scan.groups[g], &scan.links[g]);
    let only = || (group.start..group.verb).any(|t| scan.role(t) == Role::Only);
    scan.word(group.verb).verb_flags.has(Flags::REFUSAL)
        && matches!(link.relation, Relation::Main | Relation::Shared)
        && !group.perfect
        && (denied || only())
}

fn can(scan: &Scan, group: &Group, denied: bool) -> Sense {
    let flags = scan.word(group.verb).verb_flags;
    if denied || flags.has(Flags::PERCEIVE) || flags.has(Flags::SKILL) {
        return Sense::new(3.0, Some(CueKind::Ability), "can: is able to");
    }
    // Science writing hedges with *may* and *could*; *can* states what is able to happen.
    Sense::new(1.4, Some(CueKind::Ability), "can: possible, not said to happen")
}

fn could(scan: &Scan, group: &Group, denied: bool, still: bool) -> Sense {
    let flags = scan.word(group.verb).verb_flags;
    if group.perfect {
        return Sense::new(if denied { 2.5 } else { 1.0 }, Some(CueKind::Epistemic), "could have: possible only");
    }
    if denied || flags.has(Flags::PERCEIVE) || flags.has(Flags::SKILL) {
        return Sense::new(3.0, Some(CueKind::Ability), "could: was able to");
    }
    chance(group, still, "could: possible only")
}

fn must(scan: &Scan, g: usize, denied: bool, still: bool) -> Sense {
    let group = &scan.groups[g];
    if group.has_to && (group.start..group.verb).any(|t| scan.role(t) == Role::Yet) {
        return Sense { time: Some(Time::Past), ..Sense::new(-3.0, Some(CueKind::Negation), "yet to: not so far") };
    }
    if group.has_to && (group.past || group.form == Form::Infinitive) {
        return Sense::new(3.0, Some(CueKind::Deontic), "had to: was done");
    }
    if !group.has_to && (group.perfect || still || group.progressive) && !denied {
        return Sense::new(2.0, Some(CueKind::Epistemic), "must: concluded, not known");
    }
    let general = scan.links[g]
        .subject
        .clone()
        .is_some_and(|s| scan.tag(s.start) == Tag::NounPlural || scan.tag(s.start) == Tag::Adjective);
    let rule = Sense { kind: Some(ClaimKind::Rule), ..Sense::new(3.0, Some(CueKind::Deontic), "must: a rule") };
    if general || denied {
        rule
    } else {
        Sense { value: Value::of(1.6), time: Some(Time::Future), why: "must: a duty", ..rule }
    }
}
