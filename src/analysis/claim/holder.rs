//! Whose commitment it is. The innermost source wins: the believer before the speaker, the speaker before the text.

use std::ops::Range;

use super::judge::Verdict;
use super::link::{Link, Relation};
use super::list::Origins;
use super::scan::{NO_QUOTE, Scan};
use super::words::Role;
use crate::analysis::{Holder, Person, PersonId};
use crate::lexicon::Class;
use crate::tag::Tag;

/// A source before it has a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// The text.
    Narrator,
    /// Whoever speaks a quote.
    Quote(u32),
    /// A phrase, and the quote it is said in.
    Phrase(Range<usize>),
    /// Nobody in particular.
    Unnamed,
}

/// Whether the governing verb is a passive: *is believed to*.
pub(super) fn is_passive(scan: &Scan, link: &Link) -> bool {
    if link.noun {
        return true;
    }
    let Some(group) = link.parent.and_then(|p| scan.groups.get(p)) else { return true };
    group.passive || group.head != group.verb
}

/// The source of a group.
pub(super) fn of(scan: &Scan, g: usize, class: Option<&Class>, parent: Option<&Verdict>) -> Source {
    let link = &scan.links[g];
    let quote = scan.quote(scan.groups[g].head);
    let inside = link.parent.is_some_and(|p| scan.quote(scan.groups[p].head) == quote);
    let spoken = || if quote == NO_QUOTE { Source::Unnamed } else { Source::Quote(quote) };
    let hollow = link.parent.is_some_and(|p| is_hollow(scan, link, p));
    match link.relation {
        // “There is no doubt that”, “nobody doubts that”: whoever writes it says so.
        Relation::Complement if hollow && class.is_some_and(|c| c.holder && !c.unnamed) => {
            parent.map_or(Source::Narrator, |v| v.source.clone())
        }
        Relation::Complement if class.is_some_and(|c| c.holder) => believer(scan, link).unwrap_or_else(spoken),
        Relation::Open if !inside && quote != NO_QUOTE => believer(scan, link).unwrap_or_else(spoken),
        // What a factive or a plan governs is no speech, whatever marks a quote.
        Relation::Complement if parent.is_some() && class.is_some() => {
            parent.map_or(Source::Narrator, |v| v.source.clone())
        }
        Relation::Main => root(quote),
        _ => parent.filter(|_| inside).map_or_else(|| root(quote), |v| v.source.clone()),
    }
}

/// Whether the governor has nobody as its subject: *there is*, *nobody*.
fn is_hollow(scan: &Scan, link: &Link, p: usize) -> bool {
    let nobody = scan.links[p].subject.clone().is_some_and(|s| s.len() == 1 && scan.role(s.start) == Role::Nobody);
    nobody || link.noun && scan.groups[p].existential
}

fn root(quote: u32) -> Source {
    if quote == NO_QUOTE { Source::Narrator } else { Source::Quote(quote) }
}

/// The subject of the governing verb.
fn believer(scan: &Scan, link: &Link) -> Option<Source> {
    let p = link.parent?;
    if link.noun && !scan.groups[p].copular {
        // “rumours that”, “his belief that”
        return None;
    }
    if scan.groups[p].passive
        && scan.groups[p].head == scan.groups[p].verb
        && scan.tables.get(link.class).is_none_or(|c| c.unnamed)
    {
        return None;
    }
    let subject =
        (p..=p).rev().find_map(|q| scan.links.get(q)?.subject.clone()).or_else(|| inherited_subject(scan, p))?;
    let it = subject.len() == 1 && matches!(scan.role(subject.start), Role::It);
    (!it && scan.tag(subject.start) != Tag::Existential).then_some(Source::Phrase(subject))
}

/// The subject that an infinitive or -ing form takes over.
fn inherited_subject(scan: &Scan, p: usize) -> Option<Range<usize>> {
    let mut at = scan.links.get(p)?.parent;
    for _ in 0..4 {
        let link = scan.links.get(at?)?;
        if link.subject.is_some() {
            return link.subject.clone();
        }
        at = link.parent;
    }
    None
}

/// A source with its name, for a claim in a quote.
pub(super) fn named(scan: &Scan, source: &Source, quote: u32, from: &Origins) -> Holder {
    match source {
        Source::Narrator => Holder::Narrator,
        Source::Unnamed => Holder::Unnamed,
        Source::Quote(quote) => speaker(from, *quote).unwrap_or(Holder::Unnamed),
        Source::Phrase(range) => phrase(scan, range, quote, from),
    }
}

fn speaker(origins: &Origins, quote: u32) -> Option<Holder> {
    let speaker = origins.quotes.get(quote as usize)?.speaker.as_ref()?;
    let mention = speaker.mention.map(|span| origins.document.slice(span));
    let shown = mention.filter(|words| {
        speaker.person.is_none() || words.contains(' ') || words.len() > 4 || is_pronoun(&speaker.name)
    });
    Some(Holder::Named { person: speaker.person, name: shown.unwrap_or(&speaker.name).to_owned() })
}

/// Somebody who goes by *we* or *I* has no better name.
fn is_pronoun(name: &str) -> bool {
    name.len() <= 4 && !name.chars().skip(1).any(char::is_uppercase) && name.starts_with(char::is_lowercase)
}

/// The phrase; a pronoun gives way to the speaker it stands for.
fn phrase(scan: &Scan, range: &Range<usize>, quote: u32, origins: &Origins) -> Holder {
    let place = scan.parse.span(range.clone());
    let pronoun = scan.tag(range.start) == Tag::Pronoun && range.len() == 1;
    let around = scan.quote(range.start);
    if pronoun
        && around != NO_QUOTE
        && matches!(scan.parse.lower(range.start), "i" | "we")
        && let Some(holder) = speaker(origins, around)
    {
        return holder;
    }
    if pronoun
        && around != quote
        && let Some(holder) = speaker(origins, quote)
    {
        return holder;
    }
    let known = |person: &Person| person.mentions.binary_search_by(|m| m.start().cmp(&place.start())).is_ok();
    let person = origins.people.iter().position(known).map(PersonId::at);
    Holder::Named { person, name: origins.document.slice(place).to_owned() }
}
