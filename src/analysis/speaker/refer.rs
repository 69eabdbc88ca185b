//! Phrases and whom they stand for, as far as the phrase itself and what was called so before can tell.

mod kin;
mod named;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::scene::{Stands, pronoun};
use crate::analysis::person::{Cast, gender};
use crate::analysis::phrase;
use crate::analysis::token::Parse;
use crate::analysis::{Gender, PersonId, PersonKind};
use crate::document::Document;
use crate::tag::Tag;

/// For how many tokens *the man* stays the same man.
const FLEETING_REACH: usize = 2500;
/// How many people who are called the same are told apart.
const MOST_CALLED: usize = 48;
/// For how many tokens Mrs. So-and-so is *the mother*.
const WIFE_REACH: usize = 1200;
/// How far before *her father* she stands, in tokens.
const OWNER_REACH: usize = 80;

/// How far before *the rookie* he or she is named, in tokens.
const VARIED_REACH: usize = 50;

/// Resolves phrases in text order.
pub(super) struct Referrer<'a, 'p> {
    document: &'a Document,
    parse: &'a Parse,
    /// Everybody known so far.
    pub cast: &'a mut Cast<'p>,
    story: bool,
    /// Whether somebody tells his or her own story.
    told: bool,
    narrator: Option<PersonId>,
    /// Who has been called so, by role.
    by_role: FxHashMap<String, Vec<PersonId>>,
    /// Mr. and Mrs. So-and-so, by surname, with or without a given name.
    by_surname: FxHashMap<String, Vec<PersonId>>,
    /// By the first letters of the words of a name.
    by_letters: FxHashMap<String, PersonId>,
    /// Where somebody was last named or described.
    latest: FxHashMap<PersonId, usize>,
    /// Where somebody was last described.
    described: FxHashMap<PersonId, usize>,
    last_bodies: Vec<PersonId>,
    /// The people who were named last, and where.
    last_people: Vec<(PersonId, usize)>,
    /// The woman and the man who were named last.
    last_named: [Option<(PersonId, usize)>; 2],
}

impl<'a, 'p> Referrer<'a, 'p> {
    /// Starts with the roles that come with names.
    pub fn new(
        document: &'a Document,
        parse: &'a Parse,
        cast: &'a mut Cast<'p>,
        story: bool,
        told: bool,
        narrator: Option<PersonId>,
    ) -> Self {
        let mut by_role: FxHashMap<String, Vec<PersonId>> = FxHashMap::default();
        let mut by_surname: FxHashMap<String, Vec<PersonId>> = FxHashMap::default();
        let mut by_letters: FxHashMap<String, PersonId> = FxHashMap::default();
        for (number, entry) in cast.entries.iter().enumerate() {
            if let (Some(surname), true) = (entry.words.last(), entry.gender_is_sure) {
                by_surname.entry(surname.clone()).or_default().push(PersonId::at(number));
            }
            if let Some(letters) = named::letters(&entry.name) {
                by_letters.entry(letters).or_insert(PersonId::at(number));
            }
            for role in &entry.roles {
                let called = by_role.entry(role.clone()).or_default();
                if called.len() < MOST_CALLED {
                    called.push(PersonId::at(number));
                }
            }
        }
        let latest = FxHashMap::default();
        Self {
            document,
            parse,
            cast,
            story,
            told,
            narrator,
            by_role,
            by_surname,
            by_letters,
            latest,
            described: FxHashMap::default(),
            last_bodies: Vec::new(),
            last_people: Vec::new(),
            last_named: [None; 2],
        }
    }

    /// Whom a phrase stands for; a source may be anything, other phrases are names, pronouns and described people.
    pub fn stands(&mut self, phrase: &Range<usize>, source: bool) -> Stands {
        let stands = self.resolve(phrase, source);
        if let Some(person) = stands.entry() {
            self.latest.insert(person, phrase.start);
            self.note_named(person, phrase.start);
            if self.cast.entries[person.index()].kind == PersonKind::Organisation {
                self.last_bodies.retain(|&b| b != person);
                self.last_bodies.push(person);
                let surplus = self.last_bodies.len().saturating_sub(8);
                self.last_bodies.drain(..surplus);
            }
        }
        stands
    }

    fn note_named(&mut self, person: PersonId, at: usize) {
        let entry = &self.cast.entries[person.index()];
        if entry.is_named() && entry.kind == PersonKind::Person {
            self.last_people.retain(|(known, then)| *known != person && then + VARIED_REACH > at);
            self.last_people.push((person, at));
        }
        if let (true, Some(side)) = (entry.is_named(), side(entry.gender)) {
            self.last_named[side] = Some((person, at));
        }
    }

    fn resolve(&mut self, phrase: &Range<usize>, source: bool) -> Stands {
        if self.is_pronoun(phrase) {
            return self.pronoun(phrase, source);
        }
        if let Some(owner) = self.voice(phrase) {
            return self.resolve(&owner, source);
        }
        if let Some(pair) = self.pair(phrase) {
            return Stands::For(pair);
        }
        if let Some(person) = self.by_name(phrase) {
            return Stands::For(person);
        }
        let stands = self.description(phrase, source);
        if let Some(person) = stands.entry() {
            self.described.insert(person, phrase.start);
        }
        stands
    }

    /// Whose voice it is: [*the captain*]*'s voice*; in a story only.
    fn voice(&self, phrase: &Range<usize>) -> Option<Range<usize>> {
        let speaks = self.story && phrase.len() > 2 && self.cast.word(phrase.end - 1).is_voice();
        let ending = phrase.end.checked_sub(2).filter(|&t| speaks && self.parse.tag(t) == Tag::PossessiveEnding)?;
        (ending > phrase.start).then_some(phrase.start..ending)
    }

    fn is_pronoun(&self, phrase: &Range<usize>) -> bool {
        phrase.len() == 1 && matches!(self.parse.tag(phrase.start), Tag::Pronoun | Tag::Possessive | Tag::WhPronoun)
    }

    fn pronoun(&mut self, phrase: &Range<usize>, source: bool) -> Stands {
        let word = self.cast.word(phrase.start);
        if word.is_first() || word.is_first_plural() {
            // An author who says *I* now and then is not on the scene.
            if !source && !self.told {
                return Stands::Nobody;
            }
            return Stands::For(self.narrator(phrase));
        }
        pronoun(self.cast, phrase.start).unwrap_or(Stands::Nobody)
    }

    /// Whoever tells the text as *I* or *we*: one entry each.
    fn narrator(&mut self, phrase: &Range<usize>) -> PersonId {
        let plural = self.cast.word(phrase.start).is_first_plural();
        if let Some(known) = self.narrator.filter(|_| !plural) {
            return known;
        }
        let role = self.cast.table().narrator(plural);
        if let Some(&known) = self.by_role.get(role).and_then(|list| list.first()) {
            return known;
        }
        let kind = if plural { PersonKind::Group } else { PersonKind::Person };
        let person = self.cast.describe(role.into(), role, kind, Gender::Unknown);
        self.by_role.entry(role.into()).or_default().push(person);
        if !plural {
            self.narrator = Some(person);
        }
        person
    }

    /// A word that can be no one's description.
    fn is_stray(&self, at: usize) -> bool {
        let word = self.cast.word(at);
        let noun = self.parse.tag(at).is_noun() || self.parse.tag(at).is_adjective();
        noun && !(word.is_person() || word.is_body() || word.is_document() || word.is_group())
    }

    /// The noun that says what somebody is: *the boy half cried* is about a boy.
    fn head(&self, phrase: &Range<usize>) -> usize {
        let head = phrase::head(self.parse, phrase);
        let person = (phrase.start..head).rev().find(|&t| self.cast.word(t).is_person());
        match person {
            Some(person) if self.is_stray(head) && person + 1 == head => person,
            _ => head,
        }
    }

    fn description(&mut self, phrase: &Range<usize>, source: bool) -> Stands {
        let head = self.head(phrase);
        let same = self.cast.table().same(self.parse.lower(phrase.start), self.parse.lower(head));
        let word = same.map_or_else(|| self.cast.word(head), |noun| self.cast.table().get(noun));
        let role = same.unwrap_or_else(|| self.parse.lower(head)).to_owned();
        // Her father and his father are called the same only by chance.
        let owned = self.parse.tag(phrase.start) == Tag::Possessive && phrase.len() > 1;
        let key = if owned { [self.parse.lower(phrase.start), &role].join(" ") } else { role.clone() };
        if word.is_nobody() || self.cast.word(phrase.start).is_nobody() {
            return Stands::Nobody;
        }
        if self.story
            && owned
            && word.is_companion()
            && let Some(person) = self.companion(phrase)
        {
            return Stands::For(person);
        }
        let definite = self.is_definite(phrase);
        let plural = self.parse.tag(head) == Tag::NounPlural;
        if word.is_kin()
            && let Some(person) = self.relative(phrase, gender(word)).or_else(|| self.wife(phrase, gender(word)))
        {
            self.cast.entries[person.index()].note_role(&role);
            // Where she was named too long ago, *her father* is whoever was *her father* last.
            if owned && self.by_role.get(&key).is_none_or(|list| !list.contains(&person)) {
                self.note_role(key, person);
            }
            return Stands::For(person);
        }
        if (definite || phrase.len() == 1)
            && let Some(person) = self.called_so(&key, phrase)
        {
            self.note_form(person, phrase, 1);
            self.note_gender(person, gender(word));
            return Stands::For(person);
        }
        if !self.story
            && definite
            && !plural
            && let Some(person) = self.varied(phrase, word)
        {
            return Stands::For(person);
        }
        if let Some(person) = self.only_named(&role).filter(|_| owned && !self.story) {
            return Stands::For(person);
        }
        if self.story && source && !plural && self.is_lifeless(phrase, head) {
            return Stands::Nobody;
        }
        if definite
            && !owned
            && word.is_body()
            && let Some(person) = self.last_body(&role, word.is_general())
        {
            return Stands::For(person);
        }
        let stray = self.is_stray(head) && self.cast.table().varies_by_any_noun();
        let kind = match () {
            () if word.is_person() && !plural => PersonKind::Person,
            () if word.is_document() => PersonKind::Document,
            () if word.is_body() => PersonKind::Organisation,
            () if plural || word.is_group() => PersonKind::Group,
            () if !self.story && stray => PersonKind::Document,
            () if !self.story && self.is_stray(head) => PersonKind::Organisation,
            () => PersonKind::Person,
        };
        let gender = if same.is_some() { gender(word) } else { self.gender(phrase, head) };
        let person = self.new_entry(phrase, &role, kind, gender);
        if owned {
            self.note_role(key, person);
        }
        // Papers vary a name: *the actor*, *the face of the series*.
        // *The plan*, *the rest* are nobody.
        let varied = source && !owned && !plural && phrase.len() > 1 && (word.is_person() || stray && phrase.len() > 2);
        let mine = owned && self.cast.word(phrase.start).is_first();
        // Lund's companion is not Lund.
        let theirs = self.cast.named_at(phrase.start).is_some()
            || phrase.clone().any(|t| self.parse.tag(t) == Tag::PossessiveEnding);
        let open = definite
            && !word.is_newcomer()
            && !mine
            && !theirs
            && (kind == PersonKind::Person && word.is_person() && self.story || !self.story && varied);
        if open { Stands::Perhaps(person, gender) } else { Stands::For(person) }
    }

    /// *a smile*, *her eyes*, *business*: in a story a thing speaks only as *the* thing.
    fn is_lifeless(&self, phrase: &Range<usize>, head: usize) -> bool {
        let word = self.cast.word(head);
        let living = word.is_person() || word.is_group() || word.is_body() || word.is_document() || word.is_unnamed();
        let tag = self.parse.tag(head);
        let the = self.parse.tag(phrase.start) == Tag::Determiner && self.is_definite(phrase);
        !living && matches!(tag, Tag::Noun | Tag::NounPlural) && !the
    }

    /// What a phrase tells of gender: *a woman servant*.
    fn gender(&self, phrase: &Range<usize>, head: usize) -> Gender {
        let by_head = gender(self.cast.word(head));
        let nouns = (phrase.start..head).filter(|&t| self.parse.tag(t).is_noun() && self.parse.lower(t + 1) != "'s");
        let by_noun = nouns.map(|t| self.cast.word(t)).filter(|w| w.is_person()).map(gender);
        by_noun.fold(by_head, |known, new| if known == Gender::Unknown { new } else { known })
    }

    fn new_entry(&mut self, phrase: &Range<usize>, role: &str, kind: PersonKind, gender: Gender) -> PersonId {
        let text = self.document.slice(self.parse.span(phrase.clone()));
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let person = self.cast.describe(name, role, kind, gender);
        self.note_letters(person);
        // What somebody is called later says more than how he or she came in: *a man in a wet hat*, then *the stranger*.
        self.note_form(person, phrase, usize::from(self.is_definite(phrase)));
        self.note_role(role.to_owned(), person);
        person
    }

    /// Notes that somebody is called so; of many without a name the first are forgotten.
    fn note_role(&mut self, role: String, person: PersonId) {
        let called = self.by_role.entry(role).or_default();
        if called.len() >= MOST_CALLED
            && let Some(first) = called.iter().position(|p| !self.cast.entries[p.index()].is_named())
        {
            called.remove(first);
        }
        called.push(person);
    }

    /// Counts a description of somebody without a name.
    fn note_form(&mut self, person: PersonId, phrase: &Range<usize>, times: usize) {
        if self.cast.entries[person.index()].is_named() {
            return;
        }
        let text = self.document.slice(self.parse.span(phrase.clone()));
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if let Some(first) =
            words.first_mut().filter(|_| matches!(self.parse.tag(phrase.start), Tag::Determiner | Tag::Possessive))
        {
            *first = first.to_lowercase();
        }
        self.cast.entries[person.index()].note_form(words.join(" "), false, times);
    }

    /// Whom the text calls *the widow* is a woman, where nothing else tells.
    fn note_gender(&mut self, person: PersonId, told: Gender) {
        let entry = &mut self.cast.entries[person.index()];
        if entry.gender == Gender::Unknown && entry.kind == PersonKind::Person {
            entry.gender = told;
        }
    }

    /// *the*, *this*, *his*: somebody the reader is thought to know.
    fn is_definite(&self, phrase: &Range<usize>) -> bool {
        self.parse.tag(phrase.start) == Tag::Possessive
            || self.parse.tag(phrase.start) == Tag::Determiner && !self.cast.word(phrase.start).is_indefinite()
    }
}

/// Which of the two who were named last a gender means.
fn side(gender: Gender) -> Option<usize> {
    match gender {
        Gender::Feminine => Some(0),
        Gender::Masculine => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::speaker::check::{check, story};
    use expect_test::expect;

    #[test]
    fn a_stranger_is_nobody_who_has_a_name_and_the_tall_man_is_the_tall_one() {
        check(
            &story(
                "Bo Marek stood at the bar with Tom Hale, the corporation man; and under the clock sat a tall man in a wet \
                 hat.\n\n“A wet night,” said the tall man.\n\n“It is,” said Bo. He drank.\n\nThe door opened. Ann \
                 Lund looked up.\n\n“Is this the mill?” asked the stranger.\n\n“It is,” said Ann.",
            ),
            expect![[r#"
                A wet night,  the tall man  Likely: “said the tall man” follows the words
                It is,  Bo Marek  Likely: “said Bo” follows the words
                Is this the mill?  the stranger  Likely: “asked the stranger” follows the words
                It is,  Ann Lund  Likely: “said Ann” follows the words
            "#]],
        );
    }

    #[test]
    fn a_voice_is_its_owners() {
        check(
            &story(
                "Ann Hale stood in the dark yard with a lamp.\n\n“Who is there?” said the policeman.\n\n“Come in,” said Ann Hale's voice.",
            ),
            expect![[r#"
                Who is there?  the policeman  Likely: “said the policeman” follows the words
                Come in,  Ann Hale  Likely: “said Ann Hale's voice” follows the words; “Ann Hale's voice” is Ann Hale
            "#]],
        );
    }

    #[test]
    fn whoever_is_answered_with_a_new_name_bears_it() {
        check(
            &story(
                "Captain Vaye stood at the gate.\n\n“Sir, there is a goat track,” said a grizzled man from his saddle.\n\n\
                 “In the snow, Brannoch?” said Vaye.\n\n“It was summer, sir,” said the grizzled man.",
            ),
            expect![[r#"
                Sir, there is a goat track,  Brannoch  Likely: “said a grizzled man” follows the words; “a grizzled man” is Brannoch
                In the snow, Brannoch?  Captain Vaye  Likely: “said Vaye” follows the words
                It was summer, sir,  Brannoch  Likely: “said the grizzled man” follows the words; “the grizzled man” is Brannoch
            "#]],
        );
    }

    #[test]
    fn my_friend_is_the_one_the_story_is_about() {
        check(
            "I had not slept, and I met Mr. Verrall at my door in the grey light. I took my hat and I went with Verrall along \
             the wall. Verrall walked fast; I was tired, and I thought of my bed. Verrall did not look at me. I held my \
             hat.\n\n“Well,” said Verrall, “are you ready?”\n\n“I am,” said I. “My hat is on my head.”\n\n“Then come,” \
             said my friend.\n\nI shut my door.",
            expect![[r#"
                Well, + are you ready?  Verrall  Sure: “said Verrall” follows the words
                I am, + My hat is on my head  I  Likely: “said I” follows the words
                Then come,  Verrall  Likely: “said my friend” follows the words; “my friend” is Verrall
            "#]],
        );
    }

    #[test]
    fn her_father_stays_her_father() {
        let far = "The road was long, and the wind went over the fields as it had done for a hundred years. ".repeat(6);
        check(
            &story(&format!(
                "Ann Hale loved Mr. Hale. Ann stood at the window with her father.\n\n{far}\n\n“Come away,” said her father."
            )),
            expect![[r#"
                Come away,  Mr. Hale  Likely: “said her father” follows the words; “her father” is Mr. Hale
            "#]],
        );
    }
}
