//! How verb groups hang together: which predicate embeds which, and through what kind of word. A shallow stand-in for a
//! parser in the manner of Saurí & Pustejovsky 2012: the complementiser or its absence names the slot, the nearest licensed
//! word to the left is the governor.

use std::ops::Range;

use super::group::Form;
use super::scan::Scan;
use super::words::Role;
use super::{clause, nonfinite};
use crate::analysis::phrase;
use crate::lexicon::ClassId;
use crate::tag::Tag;

/// What a clause is to the one it hangs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Relation {
    /// Stands by itself.
    Main,
    /// Shares the subject of the group before.
    Shared,
    /// Governed by a word of a class.
    Complement,
    /// Left open by *whether*, *how to*.
    Open,
    /// *if*, *unless*
    Condition,
    /// *as if*
    AsIf,
    /// *if only*
    IfOnly,
    /// *because*, *while*, *when*
    Adverbial,
    /// *who left*, *sold in May*
    Relative,
    /// *leaving the room*
    Adjunct,
    /// *without paying*, *instead of paying*
    Undone,
    /// *to see the king*, governed by nothing known
    Purpose,
    /// *It took an hour to free it.*
    Attained,
    /// *Close the door.*
    Command,
}

/// How one group hangs on the sentence.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub relation: Relation,
    /// The group it hangs on.
    pub parent: Option<usize>,
    pub class: ClassId,
    /// The governing word.
    pub governor: usize,
    /// Whether that is a noun, with a polarity of its own.
    pub noun: bool,
    /// The first token of the clause.
    pub left: usize,
    pub subject: Option<Range<usize>>,
    /// The group it shares its subject with.
    pub joined: Option<usize>,
}

/// Links every group of a sentence, from left to right.
pub(super) fn all(scan: &mut Scan) {
    for i in 0..scan.groups.len() {
        share_auxiliaries(scan, i);
        let link = match scan.groups[i].form {
            Form::Finite => clause::finite(scan, i),
            Form::Infinitive => nonfinite::infinitive(scan, i),
            Form::Gerund => nonfinite::gerund(scan, i),
            Form::Participle => nonfinite::participle(scan, i),
            Form::Bare => nonfinite::bare(scan, i),
        };
        let link = over_contact_clause(scan, i, link);
        scan.links.push(link);
    }
    rescue_main(scan);
}

/// *The man I saw was a thief*: the second of two verbs in a row takes the place of the first, which tells of its subject.
fn over_contact_clause(scan: &mut Scan, i: usize, link: Link) -> Link {
    let start = scan.groups[i].start;
    let contact = link.relation == Relation::Relative && link.left == start && scan.groups[i].form == Form::Finite;
    let Some(p) = i.checked_sub(1).filter(|&p| contact && scan.end_of(p) == start) else { return link };
    let other = &scan.links[p];
    if scan.groups[p].form != Form::Finite || !matches!(other.relation, Relation::Main | Relation::Complement) {
        return link;
    }
    let Some(inner) = other.subject.clone() else { return link };
    let subject = phrase::core_before(scan.parse, inner.start, scan.sentence.start);
    let left = subject.as_ref().map_or(other.left, |s| s.start.min(other.left));
    let taken = Link { left, subject, ..other.clone() };
    scan.links[p].relation = Relation::Relative;
    taken
}

/// *The film, directed by one, introduced another.* A sentence without a main verb has one that the tagger took for a
/// participle: the one behind a comma.
fn rescue_main(scan: &mut Scan) {
    let main = |l: &Link| matches!(l.relation, Relation::Main | Relation::Shared | Relation::Command);
    if scan.links.iter().any(main) || scan.tag(scan.sentence.end - 1) != Tag::Stop {
        return;
    }
    let found = scan.groups.iter().rposition(|g| {
        g.form == Form::Participle && g.start > scan.sentence.start && scan.tag(g.start - 1) == Tag::Comma
    });
    let Some(i) = found else { return };
    let first = scan.groups[0].start;
    scan.groups[i].form = Form::Finite;
    scan.groups[i].past = true;
    let left = scan.sentence.start;
    let link = plain(scan, i, Relation::Main, None);
    let subject = (left < first).then_some(left..first);
    scan.links[i] = Link { left, subject, ..link };
}

pub(super) fn plain(scan: &Scan, i: usize, relation: Relation, parent: Option<usize>) -> Link {
    let at = scan.groups[i].start;
    Link {
        relation,
        parent,
        class: ClassId::default(),
        governor: at,
        noun: false,
        left: at,
        subject: None,
        joined: None,
    }
}

/// *may come and go*, *was tried and hanged*: the second verb has the auxiliaries of the first.
fn share_auxiliaries(scan: &mut Scan, i: usize) {
    let Some(before) = i.checked_sub(1) else { return };
    let (group, other) = (&scan.groups[i], &scan.groups[before]);
    let kind = scan.tag(group.verb);
    let lone = group.start == group.verb && group.form != Form::Finite && group.form != Form::Infinitive;
    let joined =
        matches!(scan.role(skip_adverbs(scan, group.start).saturating_sub(1)), Role::And | Role::Or | Role::But);
    let fits = scan.tag(other.verb) == kind && other.form != Form::Bare && group.start - other.verb < 16;
    if !(lone && joined && fits) || other.form == group.form && other.start == other.verb {
        return;
    }
    let copy = other.clone();
    let group = &mut scan.groups[i];
    group.form = copy.form;
    group.past = copy.past;
    group.present = copy.present;
    group.modal = copy.modal;
    group.modal_at = copy.modal_at;
    group.perfect = copy.perfect;
    group.progressive = copy.progressive;
    group.passive = copy.passive;
    group.has_to = copy.has_to;
    group.emphatic = false;
}

/// The first token after the adverbs to the left of `at`.
pub(super) fn skip_adverbs(scan: &Scan, mut at: usize) -> usize {
    while at > scan.sentence.start && (scan.tag(at - 1).is_adverb()) {
        at -= 1;
    }
    at
}

pub(super) fn joined_before(scan: &Scan, i: usize) -> bool {
    let at = skip_adverbs(scan, scan.groups[i].start);
    at > scan.sentence.start && matches!(scan.role(at - 1), Role::And | Role::Or | Role::But)
}
