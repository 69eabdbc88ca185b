//! Pronouns that stand for a thread's character. Only the plain cases: the character was the last one named who fits, in
//! the same paragraph and not long before.

use rustc_hash::FxHashSet;

use super::mention::Hit;
use crate::analysis::token::Parse;
use crate::analysis::{Gender, Person, PersonKind, Quote};
use crate::lexicon::{Kind, PeopleTable};
use crate::tag::Tag;
use crate::text::Span;

/// Tokens between a name and a pronoun that stands for it.
const REACH: usize = 40;

/// Somebody named at a token.
#[derive(Clone, Copy, Debug)]
struct Named {
    token: usize,
    thread: Option<usize>,
    gender: Gender,
}

/// All weak mentions, in order.
pub(super) fn find(
    parse: &Parse,
    words: &PeopleTable,
    people: &[Person],
    quotes: &[Quote],
    kinds: &[Kind],
    hits: &[Hit],
) -> Vec<Hit> {
    let sources = quotes.iter().filter_map(|q| q.speaker.as_ref().and_then(|s| s.mention));
    let finder = Finder { parse, words, hits, kinds, sources: sources.collect() };
    let named = finder.named(people);
    if named.iter().all(|n| n.thread.is_none()) {
        return Vec::new();
    }
    let genders = finder.genders(&named);
    finder.pronouns(&named, &genders)
}

struct Finder<'a> {
    parse: &'a Parse,
    words: &'a PeopleTable,
    hits: &'a [Hit],
    kinds: &'a [Kind],
    /// The phrases of whoever speaks: as a rule people of the report, not of the story.
    sources: FxHashSet<Span>,
}

impl Finder<'_> {
    /// Whoever is named, in order; a thread's character wins over the person of the same name.
    fn named(&self, people: &[Person]) -> Vec<Named> {
        let mut named: Vec<Named> = Vec::new();
        let mut characters: Vec<bool> = self.kinds.iter().map(|k| *k == Kind::Person).collect();
        for person in people.iter().filter(|p| p.kind == PersonKind::Person) {
            let tokens: Vec<usize> = person.mentions.iter().map(|m| self.parse.token_from(m.start().byte())).collect();
            let thread = self.character(person, &tokens);
            if let Some(t) = thread {
                characters[t] = true;
            }
            let others = tokens.into_iter().filter(|&t| self.hit_at(t).is_none());
            named.extend(others.map(|token| Named { token, thread, gender: person.gender }));
        }
        let hits = self.hits.iter().filter(|h| characters[h.thread]);
        let own = |h: &Hit| Named { token: h.tokens.start, thread: Some(h.thread), gender: Gender::Unknown };
        named.extend(hits.map(own));
        named.sort_by_key(|n| n.token);
        named
    }

    /// The thread whose character a person of the text is: most of the names are its own, or he or she has a gender where
    /// the reader did not say what the thread is.
    fn character(&self, person: &Person, tokens: &[usize]) -> Option<usize> {
        let name = |t: &&usize| self.gender(**t).is_none();
        let thread = tokens.iter().find_map(|&t| self.hit_at(t))?.thread;
        let own = tokens.iter().filter(|&&t| self.hit_at(t).is_some_and(|h| h.thread == thread)).count();
        let fits = match self.kinds[thread] {
            Kind::Person => true,
            Kind::Unknown => matches!(person.gender, Gender::Feminine | Gender::Masculine),
            Kind::Place | Kind::Thing => false,
        };
        (fits && own * 2 > tokens.iter().filter(name).count()).then_some(thread)
    }

    fn hit_at(&self, token: usize) -> Option<&Hit> {
        let first = self.hits.partition_point(|h| h.tokens.end <= token);
        self.hits.get(first).filter(|h| h.tokens.contains(&token))
    }

    /// What the first clear pronouns after each character tell.
    fn genders(&self, named: &[Named]) -> Vec<Gender> {
        let mut votes = vec![0_i32; self.kinds.len()];
        for (number, one) in named.iter().enumerate() {
            let Some(thread) = one.thread else { continue };
            let next = named.get(number + 1).map_or(usize::MAX, |n| n.token);
            let end = next.min(one.token + REACH).min(self.parse.tokens.len());
            let pronoun = (one.token..end).filter(|&t| self.same_block(one.token, t)).find_map(|t| self.gender(t));
            match pronoun {
                Some(Gender::Feminine) => votes[thread] += 1,
                Some(Gender::Masculine) => votes[thread] -= 1,
                _ => {}
            }
        }
        let gender = |v: i32| match v {
            1.. => Gender::Feminine,
            ..=-1 => Gender::Masculine,
            0 => Gender::Unknown,
        };
        votes.into_iter().map(gender).collect()
    }

    fn pronouns(&self, named: &[Named], genders: &[Gender]) -> Vec<Hit> {
        let mut found = Vec::new();
        let mut last: Option<Named> = None;
        let mut next = 0;
        for at in 0..self.parse.tokens.len() {
            let here = next;
            while named.get(next).is_some_and(|n| n.token <= at) {
                next += 1;
            }
            let here = &named[here..next];
            let Some(gender) = self.gender(at) else {
                last = here.iter().fold(last, |last, n| latest(last, *n, genders));
                continue;
            };
            // A pronoun that was already settled is that person's.
            let meant = match here.last() {
                Some(settled) => Some(*settled),
                None => last.filter(|n| self.stands_for(at, gender, *n, genders)).filter(|_| !self.speaks(at)),
            };
            if let Some(thread) = meant.and_then(|n| n.thread) {
                let tokens = at..at + 1;
                found.push(Hit { thread, span: self.parse.span(tokens.clone()), tokens });
            }
            last = meant.map(|n| Named { token: at, ..n }).or(last);
        }
        found
    }

    /// *she says*: in a report whoever speaks is seldom in the story, save where the talk was settled for the character.
    fn speaks(&self, at: usize) -> bool {
        let aside = at > 0 && self.parse.lower(at - 1) == "," && self.parse.lower(at + 2) == ",";
        aside && self.parse.tag(at + 1).is_finite_verb() || self.sources.contains(&self.parse.span(at..at + 1))
    }

    fn stands_for(&self, at: usize, gender: Gender, named: Named, genders: &[Gender]) -> bool {
        named.thread.is_some_and(|t| genders[t] == gender)
            && at - named.token <= REACH
            && self.same_block(named.token, at)
    }

    fn same_block(&self, a: usize, b: usize) -> bool {
        let block = |t: usize| self.parse.sentences.get(self.parse.sentence_of(t)).map(|s| s.block);
        block(a) == block(b)
    }

    /// The gender of a pronoun for one person.
    fn gender(&self, at: usize) -> Option<Gender> {
        if !matches!(self.parse.tag(at), Tag::Pronoun | Tag::Possessive) {
            return None;
        }
        let word = self.words.get(self.parse.lower(at));
        match (word.is_third(), word.is_feminine(), word.is_masculine()) {
            (true, true, _) => Some(Gender::Feminine),
            (true, _, true) => Some(Gender::Masculine),
            _ => None,
        }
    }
}

/// Somebody of another gender than the character does not come between.
fn latest(last: Option<Named>, named: Named, genders: &[Gender]) -> Option<Named> {
    let other = |n: Named| {
        let own = n.thread.map_or(Gender::Unknown, |t| genders[t]);
        named.thread.is_none()
            && matches!(
                (own, named.gender),
                (Gender::Feminine, Gender::Masculine) | (Gender::Masculine, Gender::Feminine)
            )
    };
    match last {
        Some(n) if n.thread.is_some() && other(n) => last,
        _ => Some(named),
    }
}
