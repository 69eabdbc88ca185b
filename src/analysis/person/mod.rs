//! Names become people: every name in the text, its later short forms, titles and roles, gathered into one entry each.
//!
//! [`name`] finds names, [`cluster`] says which are one person's, [`role`] what they are called besides and whether they
//! are women or men. Who speaks is not decided here.

mod cluster;
mod entry;
mod name;
mod role;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use self::cluster::{Clusters, NameType};
pub(super) use self::entry::{Entry, Wed};
pub(super) use self::name::FoundName;
use self::name::NameFinder;
use super::form::Shape;
use super::quote::Found;
use super::token::Parse;
use super::{Gender, Person, PersonId, PersonKind};
use crate::document::Document;
use crate::lexicon::{Lexicon, PeopleTable, PersonWord};
use crate::tag::Tag;
use crate::text::Span;

/// A name as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct NameMention {
    /// Its tokens, titles included.
    pub tokens: Range<usize>,
    /// Who that is.
    pub person: PersonId,
}

/// Everybody in the text.
#[derive(Debug)]
pub(super) struct Cast<'p> {
    parse: &'p Parse,
    people: &'p PeopleTable,
    words: Vec<PersonWord>,
    /// By [`PersonId`].
    pub entries: Vec<Entry>,
    /// All names, in order.
    pub names: Vec<NameMention>,
    /// For each token the name it is part of, counted from 1.
    name_of: Vec<u32>,
}

impl<'p> Cast<'p> {
    /// Gathers all names of a text.
    pub fn gather(document: &Document, parse: &'p Parse, lexicon: &'p Lexicon, found: &Found) -> Self {
        let people = lexicon.people();
        let words = parse.forms.map(|lower| people.get(lower));
        let names = NameFinder::new(parse, &words).find();
        Self::of_names(document, parse, people, &names, found)
    }

    /// As [`Self::gather`], of names that are found already.
    pub fn of_names(
        document: &Document,
        parse: &'p Parse,
        people: &'p PeopleTable,
        names: &[FoundName],
        found: &Found,
    ) -> Self {
        let words = parse.forms.map(|lower| people.get(lower));
        let name_of = vec![0; parse.tokens.len()];
        let mut cast = Cast { parse, people, words, entries: Vec::new(), names: Vec::new(), name_of };
        cast.settle(document, names, found.narrative);
        role::note(&mut cast, found);
        cast.note_works();
        cast
    }

    /// What a token's word tells.
    pub fn word(&self, token: usize) -> PersonWord {
        self.parse.tokens.get(token).map_or_else(PersonWord::default, |t| self.words[t.form.index()])
    }

    /// Gives every name its entry.
    fn settle(&mut self, document: &Document, names: &[FoundName], story: bool) {
        let (mut types, of_name) = self.types(document, names, story);
        let apart = self.side_by_side(names, &types, &of_name);
        self.entries = Clusters::of(&mut types, apart, self.people, story);
        let mut latest: FxHashMap<PersonId, usize> = FxHashMap::default();
        for (name, &number) in names.iter().zip(&of_name) {
            let kind = &types[number];
            // A bare surname of several is the one's who was named last.
            let met = kind.choices.iter().copied().filter(|p| latest.contains_key(p));
            let last = met.max_by_key(|p| latest.get(p).copied());
            let Some(person) = last.or(kind.person) else { continue };
            latest.insert(person, name.tokens.start);
            self.note_name(document, name, person, story);
        }
        self.note_families();
    }

    /// *the Lunds* are no person.
    fn note_families(&mut self) {
        let surnames: FxHashSet<String> =
            self.entries.iter().filter_map(|e| e.words.last()).filter(|w| w.len() > 2).cloned().collect();
        for entry in &mut self.entries {
            let family = entry.words.len() == 1;
            let one = entry.words.last().and_then(|w| w.strip_suffix('s')).filter(|w| surnames.contains(*w));
            let preceded = |m: &Range<usize>| m.start > 0 && self.parse.tag(m.start - 1) == Tag::Determiner;
            let named_so = entry.mentions.iter().filter(|m| preceded(m)).count();
            if family && one.is_some() && named_so * 2 >= entry.mentions.len() {
                entry.kind = PersonKind::Group;
                entry.alive = false;
            }
        }
    }

    /// *Skeld: Iron Angel*: the second half of a title is nobody.
    fn note_works(&mut self) {
        let mut halves = vec![0usize; self.entries.len()];
        for name in &self.names {
            halves[name.person.index()] += usize::from(self.is_second_half(name.tokens.start));
        }
        for (entry, halves) in self.entries.iter_mut().zip(halves) {
            if halves > 0 && halves == entry.mentions.len() && entry.words.len() > 1 {
                entry.alive = false;
                entry.kind = PersonKind::Document;
            }
        }
    }

    /// Whether a name and a colon stand right before.
    fn is_second_half(&self, start: usize) -> bool {
        start >= 2
            && self.parse.lower(start - 1) == ":"
            && self.parse.tag(start - 2).is_proper()
            && self.parse.shape(start - 2) == Shape::Title
            && !self.word(start - 2).is_person()
    }

    /// The distinct names of a text, and which of them each name is.
    fn types(&self, document: &Document, names: &[FoundName], story: bool) -> (Vec<NameType>, Vec<usize>) {
        let mut types: Vec<NameType> = Vec::new();
        let mut by_key: FxHashMap<(Option<String>, String), usize> = FxHashMap::default();
        let mut of_name = Vec::with_capacity(names.len());
        for name in names {
            let title = (name.tokens.start < name.core.start)
                .then(|| self.parse.lower(name.tokens.start).trim_end_matches('.').to_owned());
            let words: Vec<String> =
                name.core.clone().map(|t| self.parse.lower(t).trim_end_matches('.').to_owned()).collect();
            let number = *by_key.entry((title.clone(), words.join(" "))).or_insert_with(|| {
                types.push(self.name_type(document, name, title, words, story));
                types.len() - 1
            });
            types[number].count += 1;
            of_name.push(number);
        }
        (types, of_name)
    }

    fn name_type(
        &self,
        document: &Document,
        name: &FoundName,
        title: Option<String>,
        words: Vec<String>,
        story: bool,
    ) -> NameType {
        let titles = || (name.tokens.start..name.core.start).map(|t| self.word(t));
        let by_title = titles().map(gender).find(|g| *g != Gender::Unknown);
        let first = self.word(name.core.start);
        let given = first.is_given() && (name.core.len() > 1 || !first.is_surname() || title.is_none());
        // Reports use surnames alone, stories given names.
        let by_given = given && (story || name.core.len() > 1 || !first.is_surname());
        let wed = match () {
            () if titles().any(PersonWord::is_married) => Wed::Married,
            () if titles().any(PersonWord::is_unmarried) => Wed::Unmarried,
            () => Wed::Unknown,
        };
        let by_end = words.iter().find_map(|w| self.people.ends_as_womans(w));
        let by_end = by_end.map(|woman| if woman { Gender::Feminine } else { Gender::Masculine });
        let by_name = by_end.unwrap_or(if by_given { gender(first) } else { Gender::Unknown });
        NameType {
            title,
            words,
            gender: by_title.unwrap_or(by_name),
            gender_is_sure: by_title.is_some(),
            wed,
            familiar: titles().any(PersonWord::is_familiar),
            given: first.is_given(),
            name: self.written(document, &name.core),
            ..NameType::default()
        }
    }

    /// In how many sentences two names with one surname stand side by side.
    fn side_by_side(
        &self,
        names: &[FoundName],
        types: &[NameType],
        of_name: &[usize],
    ) -> FxHashMap<(usize, usize), usize> {
        let mut counts = FxHashMap::default();
        for (pair, kinds) in names.windows(2).zip(of_name.windows(2)) {
            let (a, b) = (kinds[0].min(kinds[1]), kinds[0].max(kinds[1]));
            let near = pair[1].tokens.start < pair[0].tokens.end + 30;
            if a != b
                && near
                && types[a].words.last() == types[b].words.last()
                && self.parse.sentence_of(pair[0].tokens.start) == self.parse.sentence_of(pair[1].tokens.start)
            {
                *counts.entry((a, b)).or_insert(0) += 1;
            }
        }
        counts
    }

    /// Adds one name to its entry.
    fn note_name(&mut self, document: &Document, name: &FoundName, person: PersonId, story: bool) {
        let titled = name.core.start > name.tokens.start;
        let several = name.core.len() > 1;
        let core = || name.core.clone();
        let organisation = core().any(|t| self.word(t).is_organisation()) || self.is_acronym(&name.core);
        let given = core().any(|t| self.word(t).is_given()) && !organisation;
        let (whole, plain) = (self.written(document, &name.tokens), self.written(document, &name.core));
        let entry = &mut self.entries[person.index()];
        entry.alive |= titled || given && several;
        if organisation && !titled && !given && !entry.alive {
            entry.kind = PersonKind::Organisation;
        }
        if titled && several {
            entry.note_form(whole.clone(), false, 1);
        }
        // A name that always has its title is still known without it, but Mrs. John Lund is not John Lund.
        if titled && several && self.word(name.tokens.start).is_married() {
            return self.push_name(name, person);
        }
        let entry = &mut self.entries[person.index()];
        let times = usize::from(!(titled && several && story));
        entry.note_form(if titled && !several { whole } else { plain }, several, times);
        self.push_name(name, person);
    }

    fn push_name(&mut self, name: &FoundName, person: PersonId) {
        self.entries[person.index()].mentions.push(name.tokens.clone());
        self.names.push(NameMention { tokens: name.tokens.clone(), person });
        self.name_of[name.tokens.clone()].fill(u32::try_from(self.names.len()).unwrap_or(0));
    }

    fn written(&self, document: &Document, tokens: &Range<usize>) -> String {
        document.slice(self.parse.span(tokens.clone())).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn is_acronym(&self, core: &Range<usize>) -> bool {
        core.len() == 1 && self.parse.shape(core.start) == Shape::Upper && self.parse.lower(core.start).len() <= 6
    }

    /// The person a name token belongs to, if it is part of one.
    pub fn named_at(&self, token: usize) -> Option<&NameMention> {
        let number = *self.name_of.get(token)?;
        self.names.get((number as usize).checked_sub(1)?)
    }

    /// The names that lie in a range of tokens.
    pub fn names_within(&self, tokens: &Range<usize>) -> &[NameMention] {
        let first = self.names.partition_point(|n| n.tokens.start < tokens.start);
        let last = self.names.partition_point(|n| n.tokens.end <= tokens.end);
        &self.names[first..last.max(first)]
    }

    /// The words for people.
    pub fn table(&self) -> &'p PeopleTable {
        self.people
    }

    /// The noun behind a short title: *doctor* for *dr.*
    pub fn spelled_out(&self, token: usize) -> &str {
        self.people.spelled_out(self.parse.lower(token))
    }

    /// Makes an entry for somebody the text describes but does not name.
    pub fn describe(&mut self, name: String, role: &str, kind: PersonKind, gender: Gender) -> PersonId {
        let person = PersonId::at(self.entries.len());
        self.entries.push(Entry { name, roles: vec![role.to_owned()], kind, gender, ..Entry::default() });
        person
    }

    /// Notes that a phrase stands for somebody.
    pub fn mention(&mut self, person: PersonId, tokens: Range<usize>) {
        let mentions = &mut self.entries[person.index()].mentions;
        if !mentions.iter().rev().take(4).any(|m| m.start < tokens.end && tokens.start < m.end) {
            mentions.push(tokens);
        }
    }

    /// The finished list, and where each entry went; those who neither speak nor seem to be people are left out.
    pub fn finish(self, story: bool) -> (Vec<Person>, Vec<Option<PersonId>>) {
        let mut people = Vec::new();
        let mut places = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            if !entry.alive {
                places.push(None);
                continue;
            }
            places.push(Some(PersonId::at(people.len())));
            let mut mentions: Vec<Span> = entry.mentions.iter().map(|m| self.parse.span(m.clone())).collect();
            mentions.sort_unstable();
            mentions.dedup();
            let name = entry.best_name(story).to_owned();
            let aliases = entry.forms.iter().map(|f| f.text.clone()).filter(|f| *f != name).collect();
            people.push(Person { name, aliases, kind: entry.kind, gender: entry.gender, mentions });
        }
        (people, places)
    }
}

/// What a noun tells of gender.
pub(super) fn gender(word: PersonWord) -> Gender {
    match (word.is_feminine(), word.is_masculine()) {
        (true, false) => Gender::Feminine,
        (false, true) => Gender::Masculine,
        _ => Gender::Unknown,
    }
}
