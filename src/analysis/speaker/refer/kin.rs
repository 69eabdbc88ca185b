//! Phrases without names that stand for somebody known: relatives, roles, the one who has just been named.

use std::ops::Range;

use super::{FLEETING_REACH, OWNER_REACH, Referrer, VARIED_REACH, WIFE_REACH, side};
use crate::analysis::person::{Wed, gender};
use crate::analysis::phrase;
use crate::analysis::{Gender, PersonId, PersonKind};
use crate::lexicon::PersonWord;

/// How often the one a story is about is named at least.
const LEAST_NAMED: usize = 4;

impl Referrer<'_, '_> {
    /// *Her father*, *Ann's mother*: the one who bears the surname of whom the phrase names or meant last.
    pub(super) fn relative(&self, phrase: &Range<usize>, wanted: Gender) -> Option<PersonId> {
        let owner = self.cast.named_at(phrase.start).map(|name| name.person).or_else(|| {
            let (person, at) = self.last_named[side(gender(self.cast.word(phrase.start)))?]?;
            (at + OWNER_REACH > phrase.start).then_some(person)
        })?;
        let words = &self.cast.entries[owner.index()].words;
        let fits = |p: &&PersonId| {
            let entry = &self.cast.entries[p.index()];
            let same = entry.words.len() == 1 || entry.words == *words && entry.wed == Wed::Married;
            **p != owner && same && entry.gender == wanted && (wanted == Gender::Masculine || entry.wed == Wed::Married)
        };
        self.by_surname.get(words.last()?)?.iter().find(fits).copied()
    }

    /// *The mother*, *his wife*: the Mrs. So-and-so who was named last.
    pub(super) fn wife(&self, phrase: &Range<usize>, wanted: Gender) -> Option<PersonId> {
        let married = |p: &PersonId| self.cast.entries[p.index()].wed == Wed::Married;
        let foreign = self.cast.word(phrase.start).is_first() || self.cast.named_at(phrase.start).is_some();
        if !self.story || wanted != Gender::Feminine || foreign || !self.is_definite(phrase) {
            return None;
        }
        let near = self.latest.iter().filter(|(p, at)| married(p) && **at + WIFE_REACH > phrase.start);
        near.max_by_key(|(_, at)| **at).map(|(p, _)| *p)
    }

    /// *The Skeld Republican*, *the 29-year-old actress*: in a report the one person who has just been named.
    pub(super) fn varied(&self, phrase: &Range<usize>, head: PersonWord) -> Option<PersonId> {
        let aged = phrase.clone().any(|t| self.parse.lower(t).ends_with("-year-old"));
        if !(aged && head.is_person() || head.is_variation()) {
            return None;
        }
        let wanted = gender(head);
        let near = self.last_people.iter().filter(|(_, at)| at + VARIED_REACH > phrase.start).map(|(p, _)| *p);
        let mut fits = near.filter(|p| self.cast.entries[p.index()].agrees(wanted));
        let only = fits.next()?;
        fits.next().is_none().then_some(only)
    }

    /// The only named one with a role.
    pub(super) fn only_named(&self, role: &str) -> Option<PersonId> {
        let mut known = self.by_role.get(role)?.iter().filter(|p| self.cast.entries[p.index()].is_named());
        let first = known.next()?;
        known.next().is_none().then_some(*first)
    }

    /// Whoever was last called so: *the director* after *director Ines Quarrendon*. *The man* holds for a page or two only.
    pub(super) fn called_so(&self, role: &str, phrase: &Range<usize>) -> Option<PersonId> {
        let fleeting = self.story && self.cast.word(phrase::head(self.parse, phrase)).is_fleeting();
        let known = self.by_role.get(role)?;
        let met = |p: &&PersonId| self.latest.get(p).is_some_and(|&l| !fleeting || l + FLEETING_REACH > phrase.start);
        if fleeting {
            // Whoever has a name is *the man* only where the text has called him so.
            let called = |p: &&PersonId| met(p) && self.described.contains_key(p);
            return known
                .iter()
                .filter(called)
                .max_by_key(|p| (self.is_told_alike(**p, phrase), self.latest.get(p)))
                .copied();
        }
        let last = known.iter().filter(met).max_by_key(|p| self.latest.get(p));
        // A doctor who is named further on is the only one meant so far.
        let only = (known.len() == 1).then(|| &known[0]);
        last.or(only).copied()
    }

    /// Whether somebody without a name has been told of with one of the phrase's own words: *a low-sized man*, *the low-sized
    /// man*.
    fn is_told_alike(&self, person: PersonId, phrase: &Range<usize>) -> bool {
        let entry = &self.cast.entries[person.index()];
        let own = (phrase.start + 1..phrase::head(self.parse, phrase)).map(|t| self.parse.lower(t));
        let told = |word: &str| entry.name.to_lowercase().split_whitespace().any(|w| w == word);
        !entry.is_named() && own.into_iter().any(told)
    }

    /// *My friend*, as tellers of their own story call the one it is about: of all who have been named the one who is named
    /// most.
    pub(super) fn companion(&self, phrase: &Range<usize>) -> Option<PersonId> {
        if !self.told || !self.cast.word(phrase.start).is_first() || phrase.len() > 2 {
            return None;
        }
        let entry = |p: &PersonId| &self.cast.entries[p.index()];
        let person = |p: &&PersonId| {
            entry(p).is_named() && entry(p).kind == PersonKind::Person && entry(p).alive && Some(**p) != self.narrator
        };
        let known: Vec<PersonId> = self.latest.keys().filter(person).copied().collect();
        let count = |p: &PersonId| entry(p).mentions.len();
        let most = known.iter().copied().max_by_key(|p| (count(p), std::cmp::Reverse(p.index())))?;
        let clear = known.iter().all(|p| *p == most || count(p) * 3 <= count(&most) * 2);
        (clear && count(&most) >= LEAST_NAMED).then_some(most)
    }

    /// The last organisation, for *the company*; one that has the word in its name first.
    pub(super) fn last_body(&self, role: &str, general: bool) -> Option<PersonId> {
        let named = |p: &&PersonId| self.cast.entries[p.index()].words.iter().any(|w| w == role);
        let bodies = || self.last_bodies.iter().rev();
        bodies().find(named).or_else(|| if general { bodies().next() } else { None }).copied()
    }
}
