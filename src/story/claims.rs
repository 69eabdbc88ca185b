//! The claims about one thread compared with each other over the articles: which are firmer, softer or denied, and what is
//! affirmed by some and denied by others.

use super::course::{Change, Step, Told};
use super::words::Words;
use super::{Entry, Kept, Sort};

/// Two claims are about the same thing from here on; see [`Words::likeness`].
const SAME_THING: f32 = 0.5;
/// A step in certainty that a reader would call one, of [`Kept::factuality`].
const STEP: f32 = 0.9;
/// Earlier claims that a new one is compared with, the latest first.
const MOST_LOOKED_AT: usize = 60;
/// Changes of certainty that are told of one article, at most.
const MOST_STEPS: usize = 2;
/// Disputes that are kept of a thread, the latest first, and claims of each side.
const MOST_DISPUTES: usize = 12;
/// Claims on each side of a dispute.
const MOST_OF_SIDE: usize = 6;

/// Something that is affirmed and denied.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dispute {
    /// Who says that it is so, the first to say so first.
    pub affirmed: Vec<Told>,
    /// Who says that it is not.
    pub denied: Vec<Told>,
}

/// A claim about the thread, with its words.
struct Read<'a> {
    entry: usize,
    kept: &'a Kept,
    words: Vec<u32>,
}

/// All claims about one thread, in the order of the articles.
pub(super) struct Claims<'a> {
    read: Vec<Read<'a>>,
    words: Words,
    /// The words of the thread's name, which say nothing about what is claimed of it.
    aside: Vec<u32>,
}

/// The claims about a thread in the articles that name it.
pub(super) fn about<'a>(entries: &'a [Entry], name: &str, points: &[(usize, usize)]) -> Claims<'a> {
    let mut words = Words::default();
    let aside = words.read(name);
    let mut read: Vec<Read> = Vec::new();
    for &(entry, _) in points {
        let about = |k: &&Kept| k.sort == Sort::Claim && k.threads.iter().any(|t| t == name);
        for kept in entries[entry].kept.iter().filter(about) {
            read.push(Read { entry, kept, words: words.read(&kept.content) });
        }
    }
    Claims { read, words, aside }
}

impl Claims<'_> {
    /// What each article changed of what was claimed before.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (number, claim) in self.read.iter().enumerate() {
            let earlier = self.read[..number].iter().rev().filter(|e| e.entry < claim.entry).take(MOST_LOOKED_AT);
            let rated = earlier.filter_map(|e| Some((self.likeness(e, claim)?, e)));
            let Some((like, before)) = rated.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
            if like < SAME_THING {
                continue;
            }
            if let Some(change) = change(before.kept, claim.kept) {
                steps.push((like, Step { change, told: told(claim), before: Some(told(before)) }));
            }
        }
        strongest(steps)
    }

    /// How much two claims are about the same; none when their predicates differ.
    fn likeness(&self, a: &Read, b: &Read) -> Option<f32> {
        same_predicate(&a.kept.head, &b.kept.head).then(|| self.words.likeness(&a.words, &b.words, &self.aside))
    }

    /// What is affirmed and denied, the latest first: every denial with the claims it stands against, those that share one
    /// together.
    pub fn disputes(&self) -> Vec<Dispute> {
        let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for (number, claim) in self.read.iter().enumerate().filter(|(_, r)| r.kept.is("denied")) {
            let near = number.saturating_sub(MOST_LOOKED_AT)..(number + MOST_LOOKED_AT).min(self.read.len());
            let against: Vec<usize> = near.filter(|&other| self.is_against(&self.read[other], claim)).collect();
            if against.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|(affirmed, _)| affirmed.iter().any(|a| against.contains(a))) {
                Some((affirmed, denied)) => {
                    denied.push(number);
                    affirmed.extend(against);
                    affirmed.sort_unstable();
                    affirmed.dedup();
                }
                None => groups.push((against, vec![number])),
            }
        }
        groups.sort_by_key(|(a, d)| std::cmp::Reverse(a.iter().chain(d).max().copied()));
        let side = |numbers: &[usize]| numbers.iter().take(MOST_OF_SIDE).map(|&n| told(&self.read[n])).collect();
        let disputes = groups.iter().take(MOST_DISPUTES);
        disputes.map(|(affirmed, denied)| Dispute { affirmed: side(affirmed), denied: side(denied) }).collect()
    }

    /// Whether one claim affirms what the other denies. A clause within a denied one is not its opposite.
    fn is_against(&self, claim: &Read, denied: &Read) -> bool {
        let apart = claim.entry != denied.entry || !claim.kept.span.overlaps(denied.kept.span);
        let firm = claim.kept.is("affirmed") && claim.kept.factuality >= STEP && denied.kept.factuality <= -STEP;
        apart && firm && self.likeness(claim, denied).is_some_and(|like| like >= SAME_THING)
    }
}

/// Whether two predicates are forms of one verb, as far as their beginnings tell: *return*, *returns*; *approve*, *approved*.
fn same_predicate(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= 3 && shared + 3 >= a.chars().count().max(b.chars().count())
}

/// What a claim changes of an earlier one about the same thing.
fn change(before: &Kept, now: &Kept) -> Option<Change> {
    let (was, is) = (before.factuality, now.factuality);
    let (denied, affirmed) = (|k: &Kept| k.is("denied"), |k: &Kept| k.is("affirmed"));
    if affirmed(before) && denied(now) && is <= -STEP {
        return Some(Change::Denied);
    }
    if denied(before) && affirmed(now) && is >= STEP {
        return Some(Change::Affirmed);
    }
    if denied(before) != denied(now) {
        return None;
    }
    match is.abs() - was.abs() {
        d if d >= STEP => Some(Change::Firmer),
        d if d <= -STEP => Some(Change::Softer),
        _ => None,
    }
}

/// Of each article the steps between the most alike claims, one of each kind.
fn strongest(mut steps: Vec<(f32, Step)>) -> Vec<Step> {
    steps.sort_by(|a, b| a.1.told.entry.cmp(&b.1.told.entry).then(b.0.total_cmp(&a.0)));
    let mut kept: Vec<Step> = Vec::new();
    for (_, step) in steps {
        let of_article = kept.iter().rev().take_while(|s| s.told.entry == step.told.entry);
        let (mut count, mut same) = (0, false);
        for other in of_article {
            count += 1;
            same |= other.change == step.change || other.told.start == step.told.start;
        }
        if count < MOST_STEPS && !same {
            kept.push(step);
        }
    }
    kept
}

fn told(read: &Read) -> Told {
    let who = if read.kept.who == "unnamed" { "nobody named" } else { read.kept.who.as_str() };
    Told {
        entry: read.entry,
        start: read.kept.span.start().byte(),
        sentence: read.kept.content.clone(),
        who: who.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{about as article, claim};
    use super::*;
    use crate::analysis::Status;

    #[test]
    fn what_is_affirmed_and_denied_stands_together() {
        let of = |day: &str, text: &str, traits: &str, f: f32| {
            article(day, "Zalem", Status::Mentioned, vec![claim(text, traits, f)])
        };
        let entries = [
            of("2026-01-01", "The studio has approved the budget of Zalem", "certain affirmed", 3.0),
            of("2026-02-01", "The studio has not approved the budget of Zalem", "certain denied", -3.0),
            of("2026-03-01", "The weather of Zalem changed", "certain affirmed", 3.0),
        ];
        let entries: Vec<Entry> = entries.into_iter().map(with_head).collect();
        let points = [(0, 1), (1, 1), (2, 1)];
        let disputes = about(&entries, "Zalem", &points).disputes();
        assert_eq!(disputes.len(), 1);
        let places = |side: &[Told]| side.iter().map(|t| t.entry).collect::<Vec<_>>();
        assert_eq!((places(&disputes[0].affirmed), places(&disputes[0].denied)), (vec![0], vec![1]));
    }

    /// The predicate of the invented claims is their verb, not their last word.
    fn with_head(mut entry: Entry) -> Entry {
        for kept in &mut entry.kept {
            kept.head = if kept.content.contains("approved") { "approved" } else { "changed" }.to_owned();
        }
        entry
    }
}
