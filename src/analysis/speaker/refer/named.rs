//! Phrases with names in them: pairs, labels, appositions.

use std::ops::Range;

use super::Referrer;
use crate::analysis::form::Shape;
use crate::analysis::phrase;
use crate::analysis::{Gender, PersonId, PersonKind};
use crate::tag::Tag;

impl Referrer<'_, '_> {
    /// *Ann and Bo Lund* speak together: a group of their own.
    pub(super) fn pair(&mut self, phrase: &Range<usize>) -> Option<PersonId> {
        let and = (phrase.start + 1..phrase.end - 1).find(|&t| self.parse.tag(t) == Tag::Coordinator)?;
        let inside_a_name = self.cast.named_at(and).is_some();
        let (first, last) = (self.cast.named_at(and - 1)?, self.cast.named_at(phrase.end - 1)?);
        if inside_a_name || first.tokens.start < phrase.start || last.tokens.start <= and {
            return None;
        }
        let text = self.document.slice(self.parse.span(phrase.clone())).to_lowercase();
        if let Some(&known) = self.by_role.get(&text).and_then(|list| list.first()) {
            return Some(known);
        }
        Some(self.new_entry(phrase, &text, PersonKind::Group, Gender::Unknown))
    }

    /// A phrase with a name in it stands for the name, unless the name only belongs to it: *Skeld's camp*, *Lund's lawyer*,
    /// *a spokeswoman for Fellrider*.
    pub(super) fn by_name(&self, phrase: &Range<usize>) -> Option<PersonId> {
        let last = self.cast.named_at(phrase.end - 1);
        if self.is_label(phrase) {
            return self.by_label(phrase);
        }
        // University of Lund president [Sehar Memon]: a name right after a role is whom the phrase is about.
        if let Some(name) = last
            && let Some(before) = name.tokens.start.checked_sub(1).filter(|b| phrase.contains(b))
            && self.cast.word(before).is_person()
            // A rep for director Ann Lund is not Ann Lund.
            && (phrase.start..before).all(|t| self.parse.lower(t) != "for")
            && self.cast.entries[name.person.index()].kind == PersonKind::Person
        {
            return Some(name.person);
        }
        let head = phrase::head(self.parse, phrase);
        if let Some(name) = self.cast.named_at(head) {
            return Some(name.person);
        }
        // “Mr. Lund dryly”: what the tagger took for a noun after a name.
        let the = usize::from(self.parse.tag(phrase.start) == Tag::Determiner && self.is_definite(phrase));
        let opening = self.cast.named_at(phrase.start + the).filter(|n| n.tokens.start == phrase.start + the);
        if let Some(name) = opening
            && (name.tokens.end..phrase.end).all(|t| self.parse.shape(t) == Shape::Lower && self.is_stray(t))
        {
            return Some(name.person);
        }
        // Bo Lind, [the union's treasurer]: set off after a name.
        if let Some(comma) = phrase.start.checked_sub(1).filter(|&c| self.parse.lower(c) == ",")
            && self.parse.tag(phrase.start) == Tag::Determiner
            && let Some(name) = comma.checked_sub(1).and_then(|b| self.cast.named_at(b))
            && self.cast.entries[name.person.index()].alive
            && name.tokens.start.checked_sub(1).is_none_or(|b| self.parse.tag(b) != Tag::Preposition)
            && self.cast.word(head).is_person()
        {
            return Some(name.person);
        }
        // The union's treasurer, Bo Lind: a name in apposition at the end.
        let last = last?;
        let set_off = last.tokens.start.checked_sub(1).is_some_and(|before| self.parse.lower(before) == ",");
        set_off.then_some(last.person)
    }

    /// *IS:* at the head of a paragraph.
    pub(super) fn is_label(&self, phrase: &Range<usize>) -> bool {
        let block = self.parse.sentences[self.parse.sentence_of(phrase.start)].block;
        let heads = self.parse.blocks.get(block).is_some_and(|b| b.start == phrase.start);
        heads && self.parse.lower(phrase.end) == ":"
    }

    /// A label is a whole name, or the first letters of one: *IS:* for Ingrid Solberg.
    pub(super) fn by_label(&self, phrase: &Range<usize>) -> Option<PersonId> {
        let whole = self.cast.named_at(phrase.start).filter(|n| n.tokens == *phrase);
        let short = phrase.len() == 1 && self.parse.shape(phrase.start) == Shape::Upper;
        let bearer = if short { self.by_letters.get(self.parse.lower(phrase.start)).copied() } else { None };
        bearer.or(whole.map(|n| n.person))
    }

    /// Notes the first letters of a name of several words; the first who has them keeps them.
    pub(super) fn note_letters(&mut self, person: PersonId) {
        if let Some(letters) = letters(&self.cast.entries[person.index()].name) {
            self.by_letters.entry(letters).or_insert(person);
        }
    }
}

/// The first letters of a name's words in lower case: *is* for Ingrid Solberg; none for a single word.
pub(super) fn letters(name: &str) -> Option<String> {
    let letters: String =
        name.split_whitespace().filter_map(|w| w.chars().next()).flat_map(char::to_lowercase).collect();
    (letters.chars().count() > 1).then_some(letters)
}
