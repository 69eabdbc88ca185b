//! Noun phrases, and the one that is the subject of a verb: before it where the clause begins with it, else behind it.

use std::ops::Range;

use super::Ground;
use crate::analysis::form::Shape;
use crate::analysis::phrase::Found;
use crate::analysis::quote::cue::Source;
use crate::tag::Tag;

/// The longest phrase, in words.
const LONGEST: usize = 14;
/// The longest insertion between a subject and its verb.
const LONGEST_INSERTION: usize = 24;
/// How many words and phrases may stand between a verb and the subject behind it.
const MOST_BETWEEN: usize = 5;

impl Ground<'_> {
    /// The noun phrase that starts at a token, nothing that hangs on its noun.
    pub(super) fn core(self, start: usize, ceiling: usize) -> Option<Range<usize>> {
        let parse = self.parse;
        if start >= ceiling {
            return None;
        }
        if parse.tag(start) == Tag::Pronoun {
            return Some(start..start + 1);
        }
        let mut at = start;
        if matches!(parse.tag(at), Tag::Determiner | Tag::Possessive) {
            at += 1;
        }
        let inside = |t: usize| parse.tag(t).is_adjective() || parse.tag(t) == Tag::Number;
        while at < ceiling && inside(at) && at - start < LONGEST {
            at += 1;
        }
        let first = at;
        while at < ceiling && parse.tag(at).is_noun() && at - start < LONGEST {
            // Holm [Anfang Mai]
            let other = at > first
                && (parse.tag(at - 1).is_proper() && !parse.tag(at).is_proper()
                    || self.forms.person(parse, at).is_time());
            if other {
                break;
            }
            at += 1;
        }
        // Adjectives may follow where nouns are written small.
        if !self.language.grammar.large_nouns {
            let noun = at;
            while at < ceiling && at > first && parse.tag(at).is_adjective() {
                at += 1;
            }
            while at < ceiling && at > noun && parse.tag(at).is_proper() {
                at += 1;
            }
        }
        (at > first).then_some(start..at)
    }

    /// As [`Self::core`], with what hangs on the noun: its owner, where it is from.
    pub(super) fn phrase(self, start: usize, ceiling: usize) -> Option<Range<usize>> {
        let parse = self.parse;
        let mut phrase = self.core(start, ceiling)?;
        if parse.tag(start) == Tag::Pronoun {
            return Some(phrase);
        }
        for _ in 0..3 {
            let link = phrase.end;
            if let Some(end) = self.marked_owner(link, ceiling) {
                phrase.end = end;
                break;
            }
            let grammar = &self.language.grammar;
            let owner = grammar.owners.contains(parse.lower(link)) && !parse.tag(link - 1).is_proper();
            let joins = grammar.joins.contains(parse.lower(link)) && !parse.tag(link - 1).is_proper();
            let next = if parse.tag(link) == Tag::Preposition && (owner || joins) && link < ceiling {
                self.core(link + 1, ceiling).filter(|n| !self.forms.person(parse, n.end - 1).is_time())
            } else {
                None
            };
            match next {
                Some(next) if parse.tag(next.start) != Tag::Pronoun => phrase.end = next.end,
                _ => break,
            }
        }
        // die Ministerin, Marta Holm,
        if parse.lower(phrase.end) == "," && !parse.tag(phrase.end - 1).is_proper() {
            let title =
                |t: usize| self.forms.person(parse, t).is_honorific() || self.forms.person(parse, t).is_person();
            let names = |t: usize| parse.tag(t).is_proper() || parse.tag(t) == Tag::Noun && title(t);
            // A comma may be where the phrase was to be looked for no further.
            let name = self.core(phrase.end + 1, parse.tokens.len().min(phrase.end + LONGEST));
            let name = name.filter(|n| parse.tag(n.end - 1).is_proper() && n.clone().all(names));
            if let Some(name) = name.filter(|n| matches!(parse.lower(n.end), "," | "." | ";")) {
                phrase.end = name.end;
            }
        }
        Some(phrase)
    }

    /// ein Bericht [der „Skelder Nachrichten“]
    fn marked_owner(self, link: usize, ceiling: usize) -> Option<usize> {
        let owner = self.language.grammar.owners.contains(self.parse.lower(link));
        if !owner || self.parse.tag(link + 1) != Tag::QuoteOpen {
            return None;
        }
        let close = (link + 2..ceiling.min(link + LONGEST)).find(|&t| self.parse.tag(t) == Tag::QuoteClose)?;
        Some(close + 1)
    }

    /// Whether a phrase may be the subject of a clause, by its first word.
    pub(super) fn acts(self, phrase: &Range<usize>) -> bool {
        let word = self.forms.person(self.parse, phrase.start);
        if self.language.grammar.oblique.contains(self.parse.lower(phrase.start)) {
            return false;
        }
        self.parse.tag(phrase.start) != Tag::Pronoun || word.is_subjective()
    }

    /// Whether the noun of a phrase is somebody: a name, a pronoun, a word for people, a body or something written.
    pub(super) fn is_somebody(self, phrase: &Range<usize>) -> bool {
        let (parse, forms) = (self.parse, self.forms);
        let owner = (phrase.start + 1..phrase.end).find(|&t| parse.tag(t) == Tag::Preposition).unwrap_or(phrase.end);
        let somebody = |t: usize| {
            let word = forms.person(parse, t);
            parse.tag(t).is_proper() || word.is_person() || word.is_group() || word.is_body() || word.is_document()
        };
        parse.tag(phrase.start) == Tag::Pronoun || (phrase.start..owner).any(somebody)
    }

    /// The phrase before a verb that its clause begins with, insertions passed over.
    pub(super) fn before(self, verb: usize, floor: usize) -> Option<(Range<usize>, Source)> {
        let parse = self.parse;
        let mut start = floor;
        while start < verb
            && matches!(parse.tag(start), Tag::Coordinator | Tag::Adverb | Tag::Interjection | Tag::Pause)
        {
            start += 1;
        }
        let phrase = self.phrase(start, verb).filter(|p| self.acts(p))?;
        let mut end = phrase.end;
        while end < verb && (parse.tag(end) == Tag::Adverb || self.language.grammar.between.contains(parse.lower(end)))
        {
            end += 1;
        }
        if end == verb {
            return Some((phrase, Source::Subject(Found::Before)));
        }
        // die Ministerin, Marta Holm, sagte
        let named = phrase.clone().any(|t| parse.lower(t) == ",");
        if named && end + 1 == verb && parse.lower(end) == "," {
            return Some((phrase, Source::Subject(Found::Apposition)));
        }
        // Holm, die den Hafen leitet, sagte
        let comma = matches!(parse.lower(end), "," | "(" | "–" | "—");
        let closes = matches!(parse.lower(verb - 1), "," | ")" | "–" | "—") && verb - 1 > end;
        let near = verb - end <= LONGEST_INSERTION;
        (comma && closes && near && self.is_somebody(&phrase)).then_some((phrase, Source::Subject(Found::Apposition)))
    }

    /// The phrase behind a verb that is its subject: whom it is said to, and when, passed over.
    pub(super) fn behind(self, verb_end: usize, ceiling: usize) -> Option<Range<usize>> {
        let parse = self.parse;
        let mut at = verb_end;
        for _ in 0..MOST_BETWEEN {
            if at >= ceiling || parse.shape(at) == Shape::Mark {
                return None;
            }
            let phrase = self.phrase(at, ceiling);
            if let Some(phrase) = phrase.as_ref().filter(|p| self.acts(p) && !self.is_when(p)) {
                return Some(phrase.clone());
            }
            let between = self.language.grammar.between.contains(parse.lower(at)) || parse.tag(at) == Tag::Adverb;
            at = match (phrase, parse.tag(at)) {
                (Some(phrase), _) => phrase.end,
                (None, Tag::Preposition) => self.core(at + 1, ceiling).map_or(at + 1, |p| p.end),
                (None, _) if between => at + 1,
                _ => return None,
            };
        }
        None
    }

    fn is_when(self, phrase: &Range<usize>) -> bool {
        phrase.clone().all(|t| {
            let word = self.forms.person(self.parse, t);
            word.is_time() || matches!(self.parse.tag(t), Tag::Determiner | Tag::Adjective | Tag::Number)
        })
    }
}
