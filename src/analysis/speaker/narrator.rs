//! Who says *I*. In a story told in the first person the narrator's name is the one that others call out to and that the
//! telling itself hardly uses: “Well, Watson, …”; or it is told outright: *My name is …*

use super::address::Address;
use crate::analysis::form::Shape;
use crate::analysis::person::Cast;
use crate::analysis::quote::{Draft, Found};
use crate::analysis::token::Parse;
use crate::analysis::{PersonId, PersonKind};

/// How many words in a thousand are *I*, *me* or *my* where somebody tells his or her own story.
const FIRST_PERSON: usize = 7;
/// So many quotes call for one more address, up to [`MOST_ADDRESSES`].
const QUOTES_AN_ADDRESS: usize = 100;
/// Whoever is addressed so often is addressed often.
const MOST_ADDRESSES: usize = 8;

/// Whether a story is told by *I*.
pub(super) fn tells(parse: &Parse, found: &Found, cast: &Cast) -> bool {
    let (mut first, mut words) = (0, 0);
    for at in 0..parse.tokens.len() {
        let marked = found.marks.around(at).is_some();
        words += usize::from(!marked);
        first += usize::from(!marked && cast.word(at).is_first());
    }
    found.narrative && first >= 8 && first * 1000 >= words * FIRST_PERSON
}

/// The entry of the narrator, when the text gives a name.
pub(super) fn find(parse: &Parse, found: &Found, cast: &Cast) -> Option<PersonId> {
    let mut counts = vec![Count::default(); cast.entries.len()];
    for name in &cast.names {
        let count = &mut counts[name.person.index()];
        let marked = found.marks.around(name.tokens.start).is_some();
        let introduced = name.tokens.start >= 2
            && cast.table().introduces(parse.lower(name.tokens.start - 2), parse.lower(name.tokens.start - 1))
            && name.tokens.start.checked_sub(3).is_some_and(|t| cast.word(t).is_first());
        // A heading or a signature tells nothing of the telling; nobody says *I* and then acts under a name.
        let told = !marked && parse.shape(name.tokens.end - 1) != Shape::Upper;
        count.told += usize::from(told);
        count.acts += usize::from(told && acts(parse, name.tokens.end));
        count.called += if introduced && !marked { 3 } else { 0 };
    }
    let address = Address { parse, cast };
    for draft in &found.drafts {
        let own = draft.source.as_ref().is_some_and(|s| s.len() == 1 && cast.word(s.start).is_first());
        for piece in &draft.pieces {
            for name in cast.names_within(piece).iter().filter(|n| address.is_spoken_to(n, piece)) {
                let count = &mut counts[name.person.index()];
                // “Jonathan Harker,” I said: the name and nothing else.
                let alone = name.tokens.len() + 1 >= piece.len();
                count.called += usize::from(own == alone) + usize::from(own && alone);
                count.calls += usize::from(own && !alone);
                count.called += usize::from(!own && is_answered(parse, found, cast, draft));
            }
        }
    }
    let least = (1 + found.drafts.len() / QUOTES_AN_ADDRESS).min(MOST_ADDRESSES);
    let fits = |(number, count): &(usize, &Count)| {
        let entry = &cast.entries[*number];
        entry.kind == PersonKind::Person
            && entry.alive
            && count.called >= least
            && (count.told + count.calls) * if count.acts == 0 && count.calls == 0 { 1 } else { 6 } <= count.called
    };
    let best = counts.iter().enumerate().filter(fits).max_by_key(|(number, c)| (c.called, usize::MAX - number));
    best.map(|(number, _)| PersonId::at(number))
}

/// How a name is used.
#[derive(Clone, Copy, Default)]
struct Count {
    /// By others, to speak to its bearer.
    called: usize,
    /// By the narrator, to speak to somebody else.
    calls: usize,
    /// In the telling.
    told: usize,
    /// In the telling, with a verb of its own.
    acts: usize,
}

/// Whether a verb follows.
fn acts(parse: &Parse, at: usize) -> bool {
    parse.tokens.get(at).is_some() && (parse.tag(at).is_finite_verb() || parse.lower(at) == "'s")
}

/// Whether the next thing told is what *I* did: “And you, Watson?” I rose.
fn is_answered(parse: &Parse, found: &Found, cast: &Cast, draft: &Draft) -> bool {
    let around = [draft.pieces.last(), draft.cue.as_ref(), draft.source.as_ref()];
    let end = around.into_iter().flatten().map(|r| r.end).max().unwrap_or(0);
    let next = (end..parse.tokens.len()).take(4).find(|&t| parse.shape(t) != Shape::Mark);
    next.is_some_and(|t| cast.word(t).is_first() && cast.word(t).is_subjective() && found.marks.around(t).is_none())
}
