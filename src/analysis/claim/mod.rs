//! Claims: what is asserted, by whom, how surely, and when it holds.
//!
//! Sentence by sentence: verb groups ([`group`]), how they hang together ([`link`], with [`clause`], [`nonfinite`] and
//! [`governor`]), the words that colour them
//! ([`modifier`]), the walk from the root inward ([`judge`]), and the list a reader sees ([`list`]). The values follow
//! `FactBank` and the scale of Stanovsky et al. 2017: they tell how committed the holder is, not whether it has happened
//! yet; that is the time. Who speaks a quote is not asked here.

mod clause;
mod governor;
mod group;
mod holder;
mod judge;
mod link;
mod list;
mod modal;
mod modifier;
mod nonfinite;
mod noun;
mod pair;
#[cfg(test)]
mod probe;
mod scan;
mod time;
mod value;
mod words;
mod worth;

use std::ops::Range;

use crate::analysis::token::{Parse, Sentence};
use crate::analysis::{Claim, ClaimId, Event, Person, Quote, share};
use crate::document::Document;
use crate::lexicon::{Flags, Lexicon};
use crate::text::Span;
use group::{Form, Group};
use judge::Verdict;
use list::Origins;
use scan::{NO_QUOTE, Scan};
use words::Words;

/// No sentence is read further than this, in tokens.
const LONGEST: usize = 2_000;

/// All claims and events of a document, in order.
pub(super) fn find(
    document: &Document,
    parse: &Parse,
    lexicon: &Lexicon,
    people: &[Person],
    quotes: &[Quote],
) -> (Vec<Claim>, Vec<Event>) {
    let words = Words::of(parse, lexicon);
    let painted = paint(parse, quotes);
    let cues = paint_cues(parse, quotes);
    let origins = Origins { document, people, quotes };
    let part = |run: Range<usize>| part(parse, lexicon, &words, (&painted, &cues), &origins, &parse.sentences[run]);
    let mut parts = share::each(share::cut(&parse.sentences), part).into_iter();
    let (mut claims, mut events) = parts.next().unwrap_or_default();
    for (more, others) in parts {
        let before = claims.len();
        let moved = |id: ClaimId| ClaimId::at(before + id.index());
        events.extend(others.into_iter().map(|event| Event { claim: event.claim.map(moved), ..event }));
        claims.extend(more);
    }
    events.shrink_to_fit();
    claims.shrink_to_fit();
    pair::link(parse, &words, lexicon.claims(), &mut claims);
    (claims, events)
}

/// The claims and events of a run of sentences.
fn part(
    parse: &Parse,
    lexicon: &Lexicon,
    words: &Words,
    (painted, cues): (&[u32], &[bool]),
    origins: &Origins,
    sentences: &[Sentence],
) -> (Vec<Claim>, Vec<Event>) {
    let (mut claims, mut events) = (Vec::new(), Vec::new());
    let (mut marks, mut verdicts) = (Vec::new(), Vec::new());
    let mut scan = Scan {
        parse,
        words,
        tables: lexicon.claims(),
        quotes: painted,
        cues,
        sentence: 0..0,
        asks: false,
        groups: Vec::new(),
        links: Vec::new(),
    };
    for sentence in sentences {
        let tokens = sentence.tokens.clone();
        scan.open(tokens.start..tokens.end.min(tokens.start + LONGEST));
        marks.clear();
        verdicts.clear();
        group::find(parse, words, &scan.sentence.clone(), &mut scan.groups);
        if scan.groups.is_empty() {
            continue;
        }
        link::all(&mut scan);
        modifier::find(&scan, &mut marks);
        judge::all(&scan, &marks, &mut verdicts);
        let known = claims.len();
        let owners = list::claims(&scan, origins, &verdicts, &marks, &mut claims);
        claims[known..].iter_mut().for_each(shrink);
        let first = events.len();
        for (g, (verdict, owner)) in verdicts.iter().zip(&owners).enumerate() {
            let group = &scan.groups[g];
            let head = parse.span(group.head..group.head + 1);
            let claim = owner.and_then(|c| claims.get(c.index()));
            let own = claim.is_some_and(|c| c.head == head);
            let told = claim.is_some_and(|c| c.factuality.to_bits() == verdict.value.number().to_bits());
            if told && is_state(&scan, group) || own && is_general(group) {
                continue;
            }
            events.push(event(head, verdict, *owner));
        }
        noun::events(&scan, &verdicts, &owners, &mut events);
        events[first..].sort_by_key(|e| e.head.start());
    }
    (claims, events)
}

/// Gives back the room that short lists do not use: most claims have one reason and few cues.
fn shrink(claim: &mut Claim) {
    claim.cues.shrink_to_fit();
    claim.why.shrink_to_fit();
}

/// Whether a predicate tells how things are: its claim says all, and nothing happens (the states of Friedrich et al. 2016).
fn is_state(scan: &Scan, group: &Group) -> bool {
    group.copular || scan.word(group.verb).verb_flags.has(Flags::STATE.and(Flags::HARDLY_EVENT))
}

/// Whether a predicate tells how things generally go (their general sentences).
fn is_general(group: &Group) -> bool {
    group.form == Form::Finite && group.present && !group.perfect && !group.progressive
}

fn event(head: Span, verdict: &Verdict, claim: Option<ClaimId>) -> Event {
    Event {
        head,
        certainty: verdict.value.certainty(),
        polarity: verdict.value.polarity(),
        factuality: verdict.value.number(),
        time: verdict.time,
        claim,
    }
}

/// For each token the innermost quote it is in.
fn paint(parse: &Parse, quotes: &[Quote]) -> Vec<u32> {
    let mut painted = vec![NO_QUOTE; parse.tokens.len()];
    let mut order: Vec<usize> = (0..quotes.len()).collect();
    order.sort_by_key(|&q| std::cmp::Reverse(quotes[q].span().len()));
    for q in order {
        for piece in &quotes[q].content {
            for slot in painted.get_mut(parse.tokens_in(*piece)).into_iter().flatten() {
                *slot = u32::try_from(q).unwrap_or(NO_QUOTE);
            }
        }
    }
    painted
}

/// For each token whether it is in the cue of a quote.
fn paint_cues(parse: &Parse, quotes: &[Quote]) -> Vec<bool> {
    let mut painted = vec![false; parse.tokens.len()];
    for cue in quotes.iter().filter_map(|q| q.cue) {
        for slot in painted.get_mut(parse.tokens_in(cue)).into_iter().flatten() {
            *slot = true;
        }
    }
    painted
}
