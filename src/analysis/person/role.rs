//! What names are called besides, whether they are women or men, and whether they are people at all: by the words beside
//! them, by the pronouns that follow them and by what they do.

use std::ops::Range;

use super::entry::Entry;
use super::{Cast, NameMention, gender};
use crate::analysis::form::Shape;
use crate::analysis::phrase;
use crate::analysis::quote::Found;
use crate::analysis::{Gender, PersonId, PersonKind};
use crate::tag::Tag;

/// How many pronouns after a name have a say about it.
const VOTES_A_NAME: usize = 2;

/// Notes roles, genders and signs of life.
pub(super) fn note(cast: &mut Cast, found: &Found) {
    note_roles(cast);
    note_genders(cast, found);
    if found.narrative {
        note_life(cast, found);
    }
}

/// *director Tomas Reyes*, *Rhoda Pell, the finance minister*, *Rhoda Pell was a painter*.
fn note_roles(cast: &mut Cast) {
    for number in 0..cast.names.len() {
        let NameMention { tokens, person } = cast.names[number].clone();
        let floor = cast.parse.sentences[cast.parse.sentence_of(tokens.start)].tokens.clone();
        for at in roles_before(cast, &tokens, &floor).into_iter().chain(roles_after(cast, &tokens, &floor)) {
            add_role(cast, person, at);
        }
    }
}

fn roles_before(cast: &Cast, tokens: &Range<usize>, sentence: &Range<usize>) -> Vec<usize> {
    let parse = cast.parse;
    let mut roles: Vec<usize> = tokens
        .clone()
        .take(tokens.len() - 1)
        .filter(|&t| cast.word(t).is_honorific() || cast.word(t).is_person())
        .collect();
    if tokens.start > sentence.start
        && (matches!(parse.tag(tokens.start - 1), Tag::Noun) || cast.word(tokens.start - 1).is_person())
    {
        roles.push(tokens.start - 1);
    }
    if tokens.start > sentence.start + 1 && parse.lower(tokens.start - 1) == "," {
        // Speaking outside [court], Ms Pym …: a body without an article is no role.
        let told = |p: &Range<usize>| {
            let definite = matches!(parse.tag(p.start), Tag::Determiner | Tag::Possessive);
            let word = cast.word(p.end - 1);
            definite || word.is_person() || !word.is_body()
        };
        roles.extend(phrase::core_before(parse, tokens.start - 1, sentence.start).filter(told).map(|p| p.end - 1));
    }
    roles
}

fn roles_after(cast: &Cast, tokens: &Range<usize>, sentence: &Range<usize>) -> Option<usize> {
    let parse = cast.parse;
    let next = tokens.end + 1;
    if next >= sentence.end {
        return None;
    }
    if parse.lower(tokens.end) == "," {
        // Set off on both sides, or it is the subject of what follows.
        let phrase = phrase::full_from(parse, next, sentence.end)?;
        // Hartfield, her father said, …: a possessive starts something new more often than not.
        let set_off = !matches!(parse.tag(phrase.start), Tag::Pronoun | Tag::Possessive)
            && matches!(parse.lower(phrase.end), "," | "." | ")" | "—" | ";" | "who" | "whose");
        return set_off.then(|| phrase::head(parse, &phrase));
    }
    let is = phrase::is_auxiliary(parse, tokens.end) && parse.tag(next) == Tag::Determiner;
    let phrase = if is { phrase::core_from(parse, next, sentence.end) } else { None };
    phrase.map(|p| p.end - 1).filter(|&at| cast.word(at).is_person())
}

fn add_role(cast: &mut Cast, person: PersonId, at: usize) {
    let word = cast.word(at);
    if cast.parse.tag(at).is_proper() && !word.is_person() && !word.is_honorific() {
        return;
    }
    let role = cast.spelled_out(at).to_owned();
    let entry = &mut cast.entries[person.index()];
    if word.is_body() && !word.is_person() && !entry.alive {
        entry.kind = PersonKind::Organisation;
    }
    if word.is_person() {
        entry.alive = true;
        if entry.gender == Gender::Unknown {
            entry.gender = gender(word);
        }
    }
    entry.note_role(&role);
}

/// So many pronouns outvote a given name.
const MOST_FOR_A_GIVEN_NAME: usize = 4;
/// So many outvote a given name that is a surname as well.
const MOST_FOR_A_SURNAME: usize = 2;

#[derive(Clone, Copy, Default)]
struct Votes {
    feminine: usize,
    masculine: usize,
}

/// The pronouns after a name, while no other name stands between, tell what its bearer is.
fn note_genders(cast: &mut Cast, found: &Found) {
    let mut votes = vec![Votes::default(); cast.entries.len()];
    for block in &cast.parse.blocks {
        let mut last: Option<(PersonId, usize)> = None;
        let mut at = block.start;
        while at < block.end {
            if let Some(marked) = found.marks.around(at) {
                at = marked.outer.end.max(at + 1);
                continue;
            }
            let word = cast.word(at);
            if let Some(name) = cast.named_at(at) {
                let alone = last.is_none_or(|(p, _)| p == name.person);
                last = Some((name.person, if alone { 0 } else { VOTES_A_NAME }));
                at = name.tokens.end.max(at + 1);
                continue;
            }
            if let Some((person, said)) = last.as_mut().filter(|(_, said)| word.is_third() && *said < VOTES_A_NAME) {
                *said += 1;
                let count = &mut votes[person.index()];
                if word.is_feminine() { count.feminine += 1 } else { count.masculine += 1 }
            } else if word.is_person() && last.is_some() {
                // Somebody else has come in.
                last = last.map(|(person, _)| (person, VOTES_A_NAME));
            }
            at += 1;
        }
    }
    let least_votes = cast.people.pronouns_that_tell();
    let weak: Vec<bool> = cast.entries.iter().map(|entry| is_weak(cast, entry)).collect();
    for ((entry, votes), weak) in cast.entries.iter_mut().zip(votes).zip(weak) {
        let (winner, most, least) = if votes.feminine > votes.masculine {
            (Gender::Feminine, votes.feminine, votes.masculine)
        } else {
            (Gender::Masculine, votes.masculine, votes.feminine)
        };
        let unknown =
            entry.gender == Gender::Unknown && most >= least_votes && most >= 3 * least && !is_lifeless(entry.kind);
        let enough = if weak { MOST_FOR_A_SURNAME } else { MOST_FOR_A_GIVEN_NAME };
        let outvoted = !entry.gender_is_sure && most >= enough && most >= 4 * least;
        if unknown || outvoted {
            entry.gender = winner;
            entry.gender_is_sure |= outvoted;
        }
    }
}

/// A given name that is a surname as well tells little when it stands alone: *Reyes shut her eyes*.
fn is_weak(cast: &Cast, entry: &Entry) -> bool {
    let [word] = &entry.words[..] else { return false };
    cast.table().get(word).is_surname()
}

fn is_lifeless(kind: PersonKind) -> bool {
    kind != PersonKind::Person
}

/// In a story names that act are people; names that things happen *in* and *at* are places.
fn note_life(cast: &mut Cast, found: &Found) {
    let mut acts = vec![0usize; cast.entries.len()];
    let mut places = vec![0usize; cast.entries.len()];
    for NameMention { tokens, person } in &cast.names {
        let before = tokens.start.checked_sub(1).map(|b| cast.word(b)).unwrap_or_default();
        let after_verb = tokens.start.checked_sub(1).is_some_and(|b| cast.parse.tag(b).is_verb());
        let outside = found.marks.around(tokens.start).is_none();
        let verb = (tokens.end..tokens.end + 3).find(|&t| !cast.parse.tag(t).is_adverb()).unwrap_or(tokens.end);
        let acting = cast.parse.tag(verb).is_finite_verb() && !phrase::is_auxiliary(cast.parse, verb);
        acts[person.index()] += usize::from(outside && acting && !before.is_place_sign());
        acts[person.index()] += usize::from(!outside && is_spoken_to(cast, tokens));
        places[person.index()] += usize::from(before.is_place_sign() && !after_verb);
    }
    for (number, entry) in cast.entries.iter_mut().enumerate() {
        let (acts, places, all) = (acts[number], places[number], entry.mentions.len());
        let single = entry.words.len() == 1;
        let likely = acts >= 1 && places * 3 <= all && acts * 12 >= all;
        if entry.kind == PersonKind::Group {
            continue;
        }
        let given = single && cast.people.get(&entry.words[0]).is_given() && places * 3 <= all;
        if likely && (single || acts >= 2) || given {
            entry.alive = true;
        }
        if entry.alive && entry.kind == PersonKind::Organisation && acts > places {
            entry.kind = PersonKind::Person;
        }
        let place = places * 3 > all.max(2) || places * 5 > all && acts * 12 < all;
        if !entry.gender_is_sure && !given && place && places > acts {
            entry.alive = false;
            entry.kind = PersonKind::Organisation;
        }
    }
}

/// Whether a name in quotation marks addresses somebody: set off on both sides.
fn is_spoken_to(cast: &Cast, tokens: &Range<usize>) -> bool {
    let mark = |at: usize| cast.parse.shape(at) == Shape::Mark && cast.parse.tag(at) != Tag::PossessiveEnding;
    tokens.start.checked_sub(1).is_some_and(mark) && mark(tokens.end)
}
