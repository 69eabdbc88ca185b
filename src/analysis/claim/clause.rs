//! Finite clauses: where they start, what mark stands before them, and what they hang on.

use std::ops::Range;

use super::governor::{governed, governor, of_group};
use super::group::Form;
use super::link::{Link, Relation, joined_before, plain, skip_adverbs};
use super::scan::Scan;
use super::words::Role;
use crate::analysis::phrase::{self, Found};
use crate::lexicon::{Slot, Use};
use crate::tag::Tag;

pub(super) fn finite(scan: &Scan, i: usize) -> Link {
    let group = &scan.groups[i];
    let floor = floor(scan, i);
    let found = if group.inverted { None } else { phrase::subject(scan.parse, group.start, scan.sentence.start) };
    let relative = matches!(found, Some((_, Found::Relative)));
    let shared = matches!(found, Some((_, Found::Shared)));
    let subject = found.map(|(range, _)| after_subordinator(scan, range)).filter(|r| r.end <= group.start);
    let own = subject.clone().filter(|_| !relative && !shared);
    let from = own.as_ref().map_or(group.start, |s| s.start).min(group.start);
    let left = clause_start(scan, from, floor);
    let reduced = joined_before(scan, i) && group.past && i > 0 && scan.groups[i - 1].form == Form::Participle;
    let mut link = if reduced && own.is_none() {
        // “the film, directed by one and produced with another”
        plain(scan, i, Relation::Relative, i.checked_sub(1))
    } else if relative {
        relative_or_asked(scan, i, group.start)
    } else if shared || joined_before(scan, i) && own.is_none() {
        shared_link(scan, i)
    } else {
        marked(scan, i, left)
    };
    if link.relation == Relation::Main
        && group.inverted
        && scan.role(group.start) == Role::Have
        && !scan.is_asked(group.head)
    {
        link.relation = Relation::Condition;
    }
    let ordered = group.emphatic && own.is_none() && !group.inverted && !shared;
    if link.relation == Relation::Main && ordered && group.present {
        link.relation = Relation::Command;
    }
    if link.relation != Relation::Main || link.left >= group.start {
        link.left = left;
    }
    link.left = link.left.min(left);
    link.subject = subject;
    link
}

/// Behind the last verb before a group that cannot be part of its subject: *any party [declaring victory] now was*.
fn floor(scan: &Scan, i: usize) -> usize {
    let within = |&p: &usize| {
        let group = &scan.groups[p];
        let hangs = matches!(group.form, Form::Gerund | Form::Participle) && group.start > scan.sentence.start;
        hangs
            && scan.tag(group.start - 1).is_noun()
            && matches!(scan.links[p].relation, Relation::Adjunct | Relation::Relative)
    };
    (0..i).rev().find(|p| !within(p)).map_or(scan.sentence.start, |p| scan.groups[p].verb + 1)
}

/// *since the credits rolled*: the subject starts behind a word that joins clauses.
pub(super) fn after_subordinator(scan: &Scan, range: Range<usize>) -> Range<usize> {
    let joint = range.clone().rev().skip(1).find(|&t| scan.is_subordinator(t));
    joint.map_or(range.start, |t| t + 1)..range.end
}

/// The verb that a second verb is joined to.
pub(super) fn shared_link(scan: &Scan, i: usize) -> Link {
    let direct = joined_before(scan, i);
    let quote = scan.quote(scan.groups[i].head);
    let could = |p: &usize| {
        scan.groups[*p].form == Form::Finite
            && (direct || scan.links[*p].relation != Relation::Relative)
            && scan.quote(scan.groups[*p].head) == quote
    };
    // He declined to say whether she would come, but noted that …: of two verbs the one of the same tense is joined.
    let alike = |p: &usize| {
        let (one, other) = (&scan.groups[i], &scan.groups[*p]);
        (one.past, one.present) == (other.past, other.present)
            && (one.modal == Role::Plain) == (other.modal == Role::Plain)
    };
    let before = (0..i).rev().filter(could).find(alike).or_else(|| (0..i).rev().find(could));
    match before {
        Some(p) if scan.links[p].relation != Relation::Main => {
            Link { left: scan.groups[i].start, joined: Some(p), ..scan.links[p].clone() }
        }
        Some(p) => Link { joined: Some(p), ..plain(scan, i, Relation::Shared, Some(p)) },
        None => plain(scan, i, Relation::Main, None),
    }
}

/// Where a clause starts whose subject or verb starts at `from`.
pub(super) fn clause_start(scan: &Scan, from: usize, floor: usize) -> usize {
    let mut left = from;
    let floor = floor.min(from).max(scan.sentence.start);
    while left > floor {
        let before = left - 1;
        let comma = scan.tag(before) == Tag::Comma && floor > scan.sentence.start;
        let joins = scan.tag(before) == Tag::Coordinator && floor > scan.sentence.start;
        // Marks that are no speech: “under the constitution, the “caretaker clause” obliges”.
        let named =
            matches!(scan.tag(before), Tag::QuoteOpen | Tag::QuoteClose) && scan.quote(before) == scan.quote(from);
        let breaks = scan.is_break(before) && !(named && floor == scan.sentence.start);
        if breaks || comma || joins || scan.quote(before) != scan.quote(from) {
            break;
        }
        left = before;
    }
    // “Mr Tan said the fund …”: an object between verb and clause stays with the verb.
    if floor > scan.sentence.start && left == floor { left.max(tight(scan, from, floor)) } else { left }
}

/// In a clause without a mark before it only adverbs and the subject belong to it.
pub(super) fn tight(scan: &Scan, from: usize, floor: usize) -> usize {
    if from == floor { floor } else { skip_adverbs(scan, from).max(floor) }
}

/// A clause with its subject: what stands before it says how it hangs.
pub(super) fn marked(scan: &Scan, i: usize, left: usize) -> Link {
    let Some(mark) = left.checked_sub(1).filter(|&m| m >= scan.sentence.start) else {
        return marked_inside(scan, i, left);
    };
    let crossing = scan.quote(mark) != scan.quote(left) && scan.tag(mark).is_punctuation();
    let (tag, role) = (scan.tag(mark), scan.role(mark));
    match role {
        Role::If => return condition(scan, i, mark),
        Role::Whether => return Link { governor: mark, ..open(scan, i, mark) },
        Role::That if matches!(tag, Tag::Subordinator | Tag::Preposition) => return that(scan, i, mark),
        // “a myth that bats are blind” has a subject of its own and is no relative clause.
        Role::That if tag == Tag::WhDeterminer && left < scan.groups[i].start && is_content_noun(scan, mark - 1) => {
            return that(scan, i, mark);
        }
        _ => {}
    }
    match tag {
        Tag::WhPronoun | Tag::WhDeterminer | Tag::WhPossessive | Tag::WhAdverb => relative_or_asked(scan, i, left),
        // “drivers caught by the cameras will pay”: no finite clause hangs on *by*.
        Tag::Preposition if !scan.is_subordinator(mark) && subject_with_verbs(scan, i).is_some() => {
            beside_or_within(scan, i, left)
        }
        Tag::Subordinator | Tag::Preposition => plain(scan, i, Relation::Adverbial, i.checked_sub(1)),
        _ if crossing => plain(scan, i, Relation::Main, None),
        _ => unmarked(scan, i, left),
    }
}

pub(super) fn is_content_noun(scan: &Scan, at: usize) -> bool {
    scan.tag(at).is_noun() && scan.tables.class(scan.word(at), Use::Noun, Slot::That).is_some()
}

/// A subordinator may also stand at the very start of the clause.
pub(super) fn marked_inside(scan: &Scan, i: usize, left: usize) -> Link {
    match scan.role(left) {
        // “If possible, I think”: no clause behind the *if*.
        Role::If if (left..scan.groups[i].start).any(|t| scan.tag(t) == Tag::Comma) => {
            plain(scan, i, Relation::Main, None)
        }
        Role::If => condition(scan, i, left),
        Role::Aside | Role::Before if scan.tag(left) == Tag::Subordinator => plain(scan, i, Relation::Adverbial, None),
        _ => plain(scan, i, Relation::Main, None),
    }
}

pub(super) fn condition(scan: &Scan, i: usize, mark: usize) -> Link {
    if mark > scan.sentence.start && scan.role(mark - 1) == Role::As {
        return plain(scan, i, Relation::AsIf, i.checked_sub(1));
    }
    if scan.role(mark + 1) == Role::Only {
        return plain(scan, i, Relation::IfOnly, None);
    }
    let asking = governor(scan, mark, i, &[Slot::Wh]).filter(|g| !g.noun && g.at + 4 > mark);
    match asking {
        Some(g) if g.parent.is_some_and(|p| !scan.groups[p].copular) => open(scan, i, mark),
        _ => plain(scan, i, Relation::Condition, None),
    }
}

pub(super) fn open(scan: &Scan, i: usize, mark: usize) -> Link {
    let parent = scan.group_before(mark, i);
    Link { governor: mark, ..plain(scan, i, Relation::Open, parent) }
}

pub(super) fn relative_or_asked(scan: &Scan, i: usize, left: usize) -> Link {
    let mark = left.saturating_sub(1).max(scan.sentence.start);
    if mark == scan.sentence.start {
        return plain(scan, i, Relation::Main, None);
    }
    let after_noun =
        scan.tag(mark - 1).is_noun() || scan.tag(mark - 1) == Tag::Comma || scan.tag(mark - 1) == Tag::Preposition;
    let adverb = scan.tag(mark) == Tag::WhAdverb;
    let asked = !after_noun || adverb && !scan.tag(mark - 1).is_noun();
    if asked && let Some(g) = governor(scan, mark, i, &[Slot::Wh]) {
        return asked_for(scan, i, mark, governed(scan, i, &g));
    }
    let relation = if adverb { Relation::Adverbial } else { Relation::Relative };
    plain(scan, i, relation, scan.group_before(mark, i))
}

/// *would not say when it opened*: what a question with *when* or *why* asks for is left open, not that it is so.
fn asked_for(scan: &Scan, i: usize, mark: usize, link: Link) -> Link {
    let open = scan.tables.get(link.class).is_some_and(|c| c.presupposes() && c.affirmed < 0.5);
    let about = scan.tag(mark) == Tag::WhAdverb || scan.tag(mark) == Tag::WhPronoun;
    let told = scan.groups[i].form == Form::Finite && scan.groups[i].modal == Role::Plain;
    if open && about && told { Link { class: scan.tables.special(Slot::Asked), ..link } } else { link }
}

pub(super) fn that(scan: &Scan, i: usize, mark: usize) -> Link {
    if let Some(g) = governor(scan, mark, i, &[Slot::That]) {
        return governed(scan, i, &g);
    }
    // “kept [that torch] lit”, “the torch that …”: no assertion of its own; “so that”, “now that” are.
    let joined = mark == scan.sentence.start || scan.tag(mark - 1).is_adverb();
    let relation = if joined { Relation::Adverbial } else { Relation::Relative };
    plain(scan, i, relation, scan.group_before(mark, i))
}

/// *Analysts believe the firm hid it*: the clause follows its governor with nothing between.
pub(super) fn unmarked(scan: &Scan, i: usize, left: usize) -> Link {
    let adjacent = i.checked_sub(1).and_then(|_| scan.group_before(left, i)).filter(|&p| {
        let end = scan.end_of(p);
        let object = end < left && left - end <= 4 && (end..left).all(|t| is_nominal(scan, t));
        let told = object && (scan.words.is_person(scan.parse, left - 1) || scan.tag(left - 1) == Tag::Pronoun);
        end == left || told || end + 1 == left && matches!(scan.tag(end), Tag::Particle | Tag::Adverb)
    });
    if left < scan.groups[i].start
        && let Some(p) = adjacent
        && let Some(g) = of_group(scan, p, &[Slot::That])
    {
        return governed(scan, i, &g);
    }
    beside_or_within(scan, i, left)
}

/// Right behind another clause with no mark between: *the man I saw*; or the verb of a long subject: *hearing him say so is
/// a joy*, *patients undergoing it may gain*.
pub(super) fn beside_or_within(scan: &Scan, i: usize, left: usize) -> Link {
    let mark = left.saturating_sub(1);
    let marked = scan.tag(mark).is_punctuation() || scan.tag(mark) == Tag::Coordinator || left == scan.sentence.start;
    let Some(before) = i.checked_sub(1).filter(|_| !marked) else { return plain(scan, i, Relation::Main, None) };
    let opening = (0..i).rev().take_while(|&h| scan.links[h].relation != Relation::Main).find(|&h| {
        let start = scan.groups[h].start;
        scan.groups[h].form == Form::Gerund
            && (start == scan.sentence.start || scan.tag(start - 1) == Tag::Comma || scan.is_break(start - 1))
    });
    if let Some(h) = opening {
        return Link { left: scan.groups[h].start, ..plain(scan, i, Relation::Main, None) };
    }
    match subject_with_verbs(scan, i) {
        Some(left) => Link { left, ..plain(scan, i, Relation::Main, None) },
        None => plain(scan, i, Relation::Relative, Some(before)),
    }
}

/// Where a clause starts whose subject holds the verbs before it, none of which tells anything by itself.
fn subject_with_verbs(scan: &Scan, i: usize) -> Option<usize> {
    let told = |h: &usize| scan.groups[*h].form == Form::Finite && scan.links[*h].relation != Relation::Relative;
    let after = (0..i).rev().find(told);
    let first = after.map_or(0, |h| h + 1);
    if first == i {
        return None;
    }
    let floor = after.map_or(scan.sentence.start, |h| scan.end_of(h));
    let mut left = clause_start(scan, scan.groups[first].start, floor);
    // “people who live there were told”
    let relative = |t: usize| matches!(scan.tag(t), Tag::WhPronoun | Tag::WhDeterminer | Tag::WhPossessive);
    if left > floor + 1 && relative(left - 1) && scan.tag(left - 2).is_noun() {
        left = clause_start(scan, left - 2, floor);
    }
    // “The firm said [all patients undergoing it may gain]” is for what is said; here the sentence or clause must be free.
    let free = after.is_none() || left > floor && scan.tag(left - 1).is_punctuation();
    (free && left < scan.groups[first].start).then_some(left)
}

pub(super) fn is_nominal(scan: &Scan, at: usize) -> bool {
    let tag = scan.tag(at);
    tag.is_noun()
        || tag.is_adjective()
        || tag.is_pronoun()
        || matches!(tag, Tag::Determiner | Tag::PossessiveEnding | Tag::Number | Tag::Currency | Tag::Predeterminer)
}
