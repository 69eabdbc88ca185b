//! Somebody who is called *the old lady* first and gets a name later. Where a description and a name of the same gender go
//! on side by side, never in one sentence, and nobody else could be meant, they are one.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::address::Address;
use super::scene::{Fit, Mention, Stands};
use crate::analysis::person::{Cast, NameMention};
use crate::analysis::quote::Found;
use crate::analysis::token::Parse;
use crate::analysis::{PersonId, PersonKind};
use crate::tag::Tag;

/// How far around a description the others who could be meant are looked for, in tokens.
const REACH: usize = 600;
/// Who is spoken of all over the text has no name.
const MOST_MENTIONS: usize = 2000;

/// Gives descriptions the names that their bearers get later.
pub(super) fn unite(parse: &Parse, cast: &Cast, mentions: &mut [Mention]) {
    let first_named = first_named(cast, mentions);
    let described = described(mentions);
    let mut known: FxHashMap<PersonId, PersonId> = FxHashMap::default();
    for (own, places) in &described {
        if let Some(person) = name_of(parse, cast, mentions, places, &first_named) {
            known.insert(*own, person);
        }
    }
    rename(mentions, &known);
}

fn rename(mentions: &mut [Mention], known: &FxHashMap<PersonId, PersonId>) {
    for mention in mentions {
        if let Some(person) = mention.stands.entry().and_then(|own| known.get(&own)) {
            mention.stands = Stands::For(*person);
        }
    }
}

/// “My name is Ann Hale,” the woman said: the woman is Ann Hale.
pub(super) fn introduce(parse: &Parse, found: &Found, cast: &Cast, mentions: &mut [Mention]) {
    let mut known: FxHashMap<PersonId, PersonId> = FxHashMap::default();
    for draft in &found.drafts {
        let Some(name) = draft.pieces.iter().find_map(|piece| introduced(parse, cast, piece)) else { continue };
        let Some(start) = draft.source.as_ref().map(|s| s.start) else { continue };
        let place = mentions.partition_point(|m| m.tokens.start < start);
        let Some(source) = mentions.get(place).filter(|m| m.tokens.start == start) else { continue };
        let own = source.stands.entry().filter(|own| !cast.entries[own.index()].is_named());
        if let Some(own) = own.filter(|_| source.stands.fit(cast, name) != Fit::Differs || agrees(cast, source, name)) {
            known.entry(own).or_insert(name);
        }
    }
    called_by_name(parse, found, cast, mentions, &mut known);
    rename(mentions, &known);
}

/// *“Sir,” said a grizzled man. “In the snow, Brannoch?”*: whoever is answered with a name that was never read before
/// bears it.
fn called_by_name(
    parse: &Parse,
    found: &Found,
    cast: &Cast,
    mentions: &[Mention],
    known: &mut FxHashMap<PersonId, PersonId>,
) {
    let address = Address { parse, cast };
    for pair in found.drafts.windows(2) {
        let Some(start) = pair[0].source.as_ref().map(|s| s.start) else { continue };
        let place = mentions.partition_point(|m| m.tokens.start < start);
        let Some(source) = mentions.get(place).filter(|m| m.tokens.start == start) else { continue };
        let own = source.stands.entry().filter(|own| !cast.entries[own.index()].is_named());
        let Some(own) = own.filter(|_| pair[1].block > pair[0].block && pair[1].block <= pair[0].block + 2) else {
            continue;
        };
        let new = |name: &&NameMention| {
            let first = cast.entries[name.person.index()].mentions.iter().map(|m| m.start).min();
            first == Some(name.tokens.start) && agrees(cast, source, name.person)
        };
        let piece = &pair[1].pieces[0];
        let called = cast.names_within(piece).iter().filter(|n| address.is_spoken_to(n, piece)).find(new);
        if let Some(name) = called {
            known.entry(own).or_insert(name.person);
        }
    }
}

/// Whether two entries may be one person.
fn agrees(cast: &Cast, source: &Mention, name: PersonId) -> bool {
    let name = &cast.entries[name.index()];
    let own = source.stands.entry().map(|own| &cast.entries[own.index()]);
    own.is_some_and(|own| own.kind == PersonKind::Person && name.kind == own.kind && name.agrees(own.gender))
}

/// Who gives his or her name in some words.
pub(super) fn introduced(parse: &Parse, cast: &Cast, piece: &Range<usize>) -> Option<PersonId> {
    let introduces = |start: usize| {
        let (Some(first), Some(second)) = (start.checked_sub(2), start.checked_sub(1)) else { return false };
        let mine = first > piece.start && cast.word(first - 1).is_first();
        let (first, second) = (parse.lower(first), parse.lower(second));
        mine && cast.table().introduces(first, second) || cast.table().introduces_alone(first, second)
    };
    let whole = |end: usize| parse.tag(end) != Tag::PossessiveEnding;
    let name = cast.names_within(piece).iter().find(|n| introduces(n.tokens.start) && whole(n.tokens.end))?;
    (name.tokens.start >= piece.start + 2).then_some(name.person)
}

/// Where everybody with a name is mentioned first.
fn first_named(cast: &Cast, mentions: &[Mention]) -> FxHashMap<PersonId, usize> {
    let mut first = FxHashMap::default();
    for mention in mentions {
        if let Stands::For(person) = mention.stands
            && cast.entries[person.index()].is_named()
        {
            first.entry(person).or_insert(mention.tokens.start);
        }
    }
    first
}

/// The places of every description that may be somebody else's, by number of the mention.
fn described(mentions: &[Mention]) -> FxHashMap<PersonId, Vec<usize>> {
    let mut places: FxHashMap<PersonId, Vec<usize>> = FxHashMap::default();
    for (number, mention) in mentions.iter().enumerate() {
        match mention.stands {
            Stands::Perhaps(own, _) if mention.general => places.entry(own).or_default().push(number),
            Stands::For(own) => {
                if let Some(places) = places.get_mut(&own) {
                    places.push(number);
                }
            }
            _ => {}
        }
    }
    places
}

/// The only one who can be meant, if the name comes up between two places of the description.
fn name_of(
    parse: &Parse,
    cast: &Cast,
    mentions: &[Mention],
    places: &[usize],
    first_named: &FxHashMap<PersonId, usize>,
) -> Option<PersonId> {
    let (first, last) = (*places.first()?, *places.last()?);
    let start = mentions.partition_point(|m| m.tokens.start + REACH < mentions[first].tokens.start);
    let end = mentions.partition_point(|m| m.tokens.start < mentions[last].tokens.start + REACH);
    if end - start > MOST_MENTIONS {
        return None;
    }
    let only = only_other(cast, &mentions[start..end], &mentions[first])?;
    let named = *first_named.get(&only)?;
    let between = mentions[first].tokens.start < named && named < mentions[last].tokens.start;
    (between && !side_by_side(parse, mentions, places, &mentions[start..end], only)).then_some(only)
}

/// The only other one of the gender of a description, if that is somebody with a name.
fn only_other(cast: &Cast, around: &[Mention], described: &Mention) -> Option<PersonId> {
    let own = described.stands.entry();
    let mut only = None;
    for person in around.iter().filter_map(|m| m.stands.entry()).filter(|&p| Some(p) != own) {
        let entry = &cast.entries[person.index()];
        let fit = described.stands.fit(cast, person);
        let could = if entry.is_named() { entry.alive && fit != Fit::Differs } else { fit == Fit::Agrees };
        if could && entry.kind == PersonKind::Person && only != Some(person) {
            if only.is_some() {
                return None;
            }
            only = Some(person);
        }
    }
    only.filter(|&p| cast.entries[p.index()].is_named() && described.stands.fit(cast, p) == Fit::Agrees)
}

/// Whether a sentence holds both.
fn side_by_side(parse: &Parse, mentions: &[Mention], places: &[usize], around: &[Mention], person: PersonId) -> bool {
    let sentence = |m: &Mention| parse.sentence_of(m.tokens.start);
    let described: FxHashSet<usize> = places.iter().map(|&p| sentence(&mentions[p])).collect();
    around.iter().any(|m| m.stands == Stands::For(person) && described.contains(&sentence(m)))
}
