//! The walk from the root inward: every predicate gets its value from its governor, its modal, its modifiers and its
//! negation, in that order (Nairn, Condoravdi & Karttunen 2006; Saurí & Pustejovsky 2012).

use std::borrow::Cow;

use super::holder::{self, Source};
use super::link::{Link, Relation};
use super::modal::{self, Sense};
use super::modifier::Mark;
use super::scan::Scan;
use super::time;
use super::value::{Value, through};
use super::words::Role;
use crate::analysis::{ClaimKind, CueKind, Time};
use crate::lexicon::{Class, Flags, Slot, Use};
use crate::tag::Tag;

/// What was found out about one group.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub value: Value,
    pub time: Time,
    pub kind: ClaimKind,
    pub source: Source,
    /// Asked or ordered: nothing is claimed.
    pub silent: bool,
    pub inferred: bool,
    /// The modal, as far as it is a cue.
    pub sense: Sense,
    pub why: Why,
}

/// Up to three reasons, kept as numbers until a claim is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Why {
    pub frame: &'static str,
    pub governed: bool,
}

/// Judges all groups of a sentence.
pub(super) fn all(scan: &Scan, marks: &[Mark], verdicts: &mut Vec<Verdict>) {
    let conditions = conditions(scan);
    for g in 0..scan.groups.len() {
        let verdict = one(scan, g, marks, verdicts, conditions.get(g).copied().flatten());
        verdicts.push(verdict);
    }
}

fn one(scan: &Scan, g: usize, marks: &[Mark], verdicts: &[Verdict], condition: Option<usize>) -> Verdict {
    let link = &scan.links[g];
    let class = scan.tables.get(link.class);
    let asked = scan.is_asked(scan.groups[g].head)
        && !matches!(link.relation, Relation::Complement)
        && !is_told_beside(scan, g);
    let mut own = Value::PLAIN;
    let mut denials = false;
    for mark in marks.iter().filter(|m| m.group == g) {
        if let Some(value) = mark.value {
            own = own.under(Value::of(value));
            denials |= value < 0.0;
        }
    }
    let held = held(scan, g);
    let likelihood = likelihood(scan, g).or(held);
    if let Some(class) = likelihood {
        // What was not expected may well have come.
        own = if held.is_some() && own.denied { Value::OPEN } else { through(class, own) };
    }
    if is_not_yet(scan, g) {
        own = own.under(Value { strength: 2.0, denied: true });
    }
    if time::is_mandated(scan, g) {
        own = own.under(Value { strength: 0.4, denied: false });
    }
    let sense = modal::sense(scan, g, denials);
    own = own.under(sense.value);
    let (context, frame) = context(scan, g, verdicts, asked);
    let mut value = own.under(context);
    let mut why = Why { frame, governed: class.is_some() };
    if likelihood.is_some() && frame.is_empty() {
        why.frame = if held.is_some() { "held by somebody, not known" } else { "the adjective says how likely it is" };
    }
    if let Some(c) = condition {
        (value, why.frame) = consequence(scan, g, c, value, &sense);
    }
    if link.relation == Relation::Condition {
        (value, why.frame) = condition_value(scan, g, value);
    }
    if is_unreal(scan, g) {
        value = Value { strength: 3.0, denied: !value.denied };
        why.frame = "only in a dream";
    }
    let unnamed = marks.iter().any(|m| m.group == g && m.unnamed)
        || class.is_some_and(|c| c.unnamed && holder::is_passive(scan, link));
    let inherited = link.parent.and_then(|p| verdicts.get(p));
    let time = time::of(scan, g, class, inherited.map(|v| v.time), &sense);
    let hypothetical = link.relation == Relation::Condition || condition.is_some();
    Verdict {
        value,
        time,
        kind: kind(scan, g, class, time, &sense, hypothetical),
        source: if unnamed { Source::Unnamed } else { holder::of(scan, g, class, inherited) },
        silent: asked || link.relation == Relation::Command,
        inferred: class.is_some_and(|c| c.inferred)
            || sense.cue == Some(CueKind::Epistemic) && scan.groups[g].modal == Role::Must,
        sense,
        why,
    }
}

/// *A strike is unlikely*: what the adjective tells of the noun, where no clause hangs on it.
fn likelihood<'s>(scan: &'s Scan, g: usize) -> Option<&'s Class> {
    let group = &scan.groups[g];
    let word = scan.word(group.head);
    let told = group.copular && scan.tag(group.head).is_adjective() && word.flags.has(Flags::LIKELIHOOD);
    let hangs = |l: &Link| l.parent == Some(g) && l.governor == group.head && l.relation == Relation::Complement;
    if !told || scan.links.iter().any(hangs) {
        return None;
    }
    scan.tables.get(scan.tables.class(word, Use::Adjective, Slot::That))
}

/// *Rain is expected*, *arson is suspected*: what somebody who is not named holds of a noun, where no clause hangs on it.
fn held<'s>(scan: &'s Scan, g: usize) -> Option<&'s Class> {
    let group = &scan.groups[g];
    let named = scan.parse.lower(group.verb + 1) == "by";
    let hangs = |l: &Link| l.parent == Some(g) && l.relation == Relation::Complement;
    let told = group.passive && group.head == group.verb && scan.word(group.verb).flags.has(Flags::LIKELIHOOD);
    if !told || named || scan.links.iter().any(hangs) {
        return None;
    }
    let class = scan.tables.get(scan.tables.class(scan.word(group.verb), Use::Verb, Slot::ObjectTo))?;
    (class.unnamed && class.raises).then_some(class)
}

/// A clause beside the question: *when the bell rang, did he run?*
fn is_told_beside(scan: &Scan, g: usize) -> bool {
    matches!(scan.links[g].relation, Relation::Relative)
}

/// What the clause's place leaves of a plain statement.
fn context(scan: &Scan, g: usize, verdicts: &[Verdict], asked: bool) -> (Value, &'static str) {
    let link = &scan.links[g];
    let parent = link.parent.and_then(|p| verdicts.get(p)).map_or(Value::PLAIN, |v| v.value);
    if asked {
        return (Value::OPEN, "a question");
    }
    match link.relation {
        Relation::Complement => match scan.tables.get(link.class) {
            Some(class) if time::has_lapsed(scan, g, class) && !parent.denied => {
                (Value { strength: 2.0, denied: true }, "was meant to be and has passed")
            }
            Some(class) if scan.role(link.governor.saturating_sub(1)) == Role::Less => {
                (Value { strength: 1.0, denied: !class_denies(class) }, "is less so")
            }
            Some(class) => (through(class, governor_value(scan, link, parent)), ""),
            None => (Value::PLAIN, ""),
        },
        Relation::Main | Relation::Relative | Relation::Adverbial | Relation::Condition => (Value::PLAIN, ""),
        Relation::Shared => (shared_context(scan, g, verdicts), ""),
        Relation::Open => (Value::OPEN, "left open"),
        Relation::AsIf => (Value::OPEN, "as if: not said to be so"),
        Relation::IfOnly => (Value::OPEN, "if only: a wish"),
        Relation::Command => (Value::OPEN, "a command"),
        Relation::Undone => (Value { strength: 3.0, denied: true }, "without: was not done"),
        Relation::Attained => (Value { strength: 3.0, denied: parent.denied }, "took: was done"),
        // An inspector never returned to check.
        Relation::Purpose if parent.denied && parent.strength >= 2.5 => {
            (Value { strength: 1.5, denied: true }, "a purpose of what was not done")
        }
        Relation::Purpose => {
            (Value { strength: 1.4_f32.min(parent.strength), denied: false }, "a purpose: not said to be reached")
        }
        Relation::Adjunct => (Value { strength: parent.strength, denied: false }, ""),
    }
}

/// A verb that shares its subject shares what the clause hangs on, not the negation.
fn class_denies(class: &Class) -> bool {
    class.affirmed < 0.0
}

/// *walked out before he had finished*
fn is_not_yet(scan: &Scan, g: usize) -> bool {
    let (group, link) = (&scan.groups[g], &scan.links[g]);
    let before = [link.left, link.left.saturating_sub(1)].into_iter().any(|t| scan.role(t) == Role::Before);
    before && group.form == super::group::Form::Finite && group.past && group.perfect
}

fn shared_context(scan: &Scan, g: usize, verdicts: &[Verdict]) -> Value {
    let Some(p) = scan.links[g].parent else { return Value::PLAIN };
    match scan.links.get(p).map(|l| l.relation) {
        Some(Relation::Main | Relation::Shared | Relation::Adverbial | Relation::Relative) | None => Value::PLAIN,
        Some(_) => verdicts.get(p).map_or(Value::PLAIN, |v| Value { denied: false, ..v.value }),
    }
}

/// The value of the governing word itself; a noun has a polarity of its own.
fn governor_value(scan: &Scan, link: &Link, parent: Value) -> Value {
    if !link.noun {
        return parent;
    }
    let Some(p) = link.parent else { return own_noun(scan, link.governor) };
    let group = &scan.groups[p];
    let own = own_noun(scan, link.governor);
    if link.governor < group.verb {
        return own;
    }
    // “There is no doubt”: the phrase is no negation of its verb, but there is none of that noun.
    if own.denied && !parent.denied {
        return Value { denied: true, ..parent };
    }
    parent
}

/// *No plan to sell it was made.*
fn own_noun(scan: &Scan, noun: usize) -> Value {
    let before = |role: Role| {
        (noun.saturating_sub(3)..noun).rev().take_while(|&t| !scan.is_break(t)).any(|t| scan.role(t) == role)
    };
    match () {
        () if before(Role::No) => Value { strength: 3.0, denied: true },
        // “little chance of passing”; “a little hope” is some.
        () if before(Role::Little) && scan.tag(noun.saturating_sub(2)) != Tag::Determiner => {
            Value { strength: 2.0, denied: true }
        }
        () => Value { strength: 3.0, denied: false },
    }
}

/// For each group the condition it stands under.
fn conditions(scan: &Scan) -> Vec<Option<usize>> {
    let conditional = |l: &Link| l.relation == Relation::Condition;
    if !scan.links.iter().any(conditional) {
        return Vec::new();
    }
    let mut under = vec![None; scan.links.len()];
    for (c, link) in scan.links.iter().enumerate().filter(|(_, l)| conditional(l)) {
        let quote = scan.quote(scan.groups[c].head);
        let fits = |m: &usize| {
            !matches!(scan.links[*m].relation, Relation::Condition | Relation::Relative | Relation::Adjunct)
                && (scan.groups[*m].present || scan.groups[*m].past || scan.groups[*m].modal != Role::Plain)
                && scan.quote(scan.groups[*m].head) == quote
        };
        let even = link.left.checked_sub(2).is_some_and(|t| scan.tag(t).is_adverb() && scan.role(t) != Role::Only);
        let before = (0..c).rev().find(fits).filter(|_| link.left > scan.sentence.start + 1);
        let main =
            before.or_else(|| (c + 1..scan.links.len()).find(|m| fits(m) && scan.links[*m].relation == Relation::Main));
        if let Some(m) = main.filter(|_| !even) {
            under[m] = Some(c);
        }
    }
    under
}

/// What follows from a condition.
fn consequence(scan: &Scan, g: usize, c: usize, value: Value, sense: &Sense) -> (Value, &'static str) {
    let group = &scan.groups[g];
    if group.perfect && group.modal != Role::Plain && scan.groups[c].perfect {
        return (Value { strength: 3.0, denied: !value.denied }, "contrary to fact");
    }
    // If I had listened, he would be alive.
    let would = matches!(group.modal, Role::Would | Role::Could | Role::Might);
    if would && scan.groups[c].past && scan.groups[c].perfect {
        return (Value { strength: 2.5, denied: !value.denied }, "contrary to fact");
    }
    let open = matches!(group.modal, Role::Would | Role::Could | Role::Might);
    let strength = if open && sense.cue.is_some() { 0.4 } else { 1.2 };
    (Value { strength: value.strength.min(strength), ..value }, "under a condition")
}

fn condition_value(scan: &Scan, g: usize, value: Value) -> (Value, &'static str) {
    let group = &scan.groups[g];
    let unreal = group.past && group.perfect;
    let conditional = |m: &super::group::Group| matches!(m.modal, Role::Would | Role::Could | Role::Might);
    let hypothetical = scan.groups.iter().any(|m| m.perfect && m.modal != Role::Plain || conditional(m));
    if unreal && hypothetical {
        return (Value { strength: 3.0, denied: !value.denied }, "contrary to fact");
    }
    (Value { strength: 0.0, ..value }, "a condition")
}

/// *In his dream the tower fell.*
fn is_unreal(scan: &Scan, g: usize) -> bool {
    let group = &scan.groups[g];
    let link = &scan.links[g];
    let opening = link.left..group.start;
    scan.links[g].relation == Relation::Main
        && opening.clone().any(|t| {
            scan.word(t).flags.has(Flags::UNREAL)
                && scan.tag(t).is_noun()
                && (opening.start..t).any(|b| scan.role(b) == Role::In && t - b <= 3)
        })
}

fn kind(scan: &Scan, g: usize, class: Option<&Class>, time: Time, sense: &Sense, hypothetical: bool) -> ClaimKind {
    let group = &scan.groups[g];
    let link = &scan.links[g];
    if hypothetical {
        return ClaimKind::Hypothetical;
    }
    if link.relation == Relation::IfOnly {
        return ClaimKind::Wish;
    }
    if let Some(kind) = class.and_then(|c| c.kind).or(sense.kind) {
        return kind;
    }
    if time == Time::Future
        && (group.modal != Role::Plain || class.is_some_and(|c| c.later || c.unnamed))
        && group.modal != Role::Need
    {
        let ordered = class.is_some_and(|c| c.cue == Some(CueKind::Deontic));
        return if ordered { ClaimKind::Fact } else { ClaimKind::Prediction };
    }
    if is_opinion(scan, g) {
        return ClaimKind::Opinion;
    }
    if is_general(scan, g) && time == Time::Present { ClaimKind::Rule } else { ClaimKind::Fact }
}

/// A judging word in the predicate, or a judging adverb in the clause.
fn is_opinion(scan: &Scan, g: usize) -> bool {
    let group = &scan.groups[g];
    let from = scan.links[g].left;
    let predicate = group.verb + 1..group.head + 1;
    let judged = group.copular
        && predicate.into_iter().any(|t| {
            let flags = scan.word(t).flags;
            flags.has(Flags::OPINION) && scan.tag(t).is_adjective()
                || flags.has(Flags::OPINION_NOUN) && scan.tag(t).is_noun()
        });
    judged || (from..group.head).any(|t| scan.tag(t).is_adverb() && scan.word(t).flags.has(Flags::OPINION_ADVERB))
}

/// *Storks nest on chimneys*: a bare plural and a plain present.
fn is_general(scan: &Scan, g: usize) -> bool {
    let group = &scan.groups[g];
    let plain = group.present && !group.progressive && !group.perfect && !group.copular && group.modal == Role::Plain;
    let bare = scan.links[g].subject.clone().is_some_and(|s| {
        s.len() <= 2 && scan.tag(s.start) != Tag::Determiner && scan.tag(s.end - 1) == Tag::NounPlural
    });
    plain && bare && scan.links[g].relation == Relation::Main && scan.links[g].left == scan.sentence.start
}

/// The reasons of a verdict in a reader's words.
pub(super) fn reasons(scan: &Scan, g: usize, verdict: &Verdict, marks: &[Mark]) -> Vec<Cow<'static, str>> {
    let mut reasons = Vec::new();
    if verdict.why.governed
        && let Some(class) = scan.tables.get(scan.links[g].class)
    {
        reasons.push(Cow::Owned(format!("“{}” {}", scan.parse.lower(scan.links[g].governor), class.why)));
    }
    if !verdict.why.frame.is_empty() {
        reasons.push(Cow::Borrowed(verdict.why.frame));
    }
    if !verdict.sense.why.is_empty() {
        reasons.push(Cow::Borrowed(verdict.sense.why));
    }
    for mark in marks.iter().filter(|m| m.group == g && m.value.is_some()) {
        let words: Vec<_> = (mark.first..=mark.last).map(|t| scan.parse.lower(t)).collect();
        reasons.push(Cow::Owned(format!("“{}”", words.join(" "))));
    }
    if reasons.is_empty() {
        reasons.push(Cow::Borrowed("stated plainly"));
    }
    reasons
}
