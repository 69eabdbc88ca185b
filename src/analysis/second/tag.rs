//! Parts of speech by lists of small words, by endings and by capital letters: enough to find subjects and verbs of saying.

use super::Ground;
use super::marks::Sides;
use crate::analysis::form::Shape;
use crate::analysis::person::FoundName;
use crate::analysis::quote::marks::Marks;
use crate::analysis::sentence::Side;
use crate::analysis::token::Parse;
use crate::lexicon::{Grammar, Language, PersonWord, Saying, WordKind};
use crate::tag::Tag;

/// A story says so many small words of telling in a thousand.
const TOLD: usize = 30;
/// How many words of a text show whether it is a story.
const MOST_WORDS: usize = 60_000;

/// What is known of every form of a text.
pub(super) struct Words<'l> {
    kinds: Vec<Option<WordKind>>,
    endings: Vec<Option<WordKind>>,
    sayings: Vec<&'l [Saying]>,
    people: Vec<PersonWord>,
    /// Whether a construction that names a source ends with the form: *nach [Angaben]*.
    source_ends: Vec<bool>,
}

impl<'l> Words<'l> {
    /// Looks every form up once.
    pub fn of(parse: &Parse, language: &'l Language) -> Self {
        Self {
            kinds: parse.forms.map(|lower| language.grammar.word(lower)),
            endings: parse.forms.map(|lower| language.grammar.by_ending(lower)),
            sayings: parse.forms.map(|lower| language.speech.get(lower)),
            people: parse.forms.map(|lower| language.people.get(lower)),
            source_ends: parse.forms.map(|lower| language.speech.ends_source(lower)),
        }
    }

    fn at<T: Copy>(parse: &Parse, list: &[T], token: usize) -> Option<T> {
        list.get(parse.tokens.get(token)?.form.index()).copied()
    }

    /// What small word a token is.
    pub fn kind(&self, parse: &Parse, token: usize) -> Option<WordKind> {
        Self::at(parse, &self.kinds, token).flatten()
    }

    /// What its ending tells.
    fn ending(&self, parse: &Parse, token: usize) -> Option<WordKind> {
        Self::at(parse, &self.endings, token).flatten()
    }

    /// What a token can be as a verb of saying.
    pub fn sayings(&self, parse: &Parse, token: usize) -> &'l [Saying] {
        Self::at(parse, &self.sayings, token).unwrap_or_default()
    }

    /// Whether a construction that names a source ends with a token.
    fn ends_source(&self, parse: &Parse, token: usize) -> bool {
        Self::at(parse, &self.source_ends, token).unwrap_or_default()
    }

    /// What a token's word tells of people.
    pub fn person(&self, parse: &Parse, token: usize) -> PersonWord {
        Self::at(parse, &self.people, token).unwrap_or_default()
    }
}

fn of_kind(kind: WordKind) -> Tag {
    match kind {
        WordKind::Determiner => Tag::Determiner,
        WordKind::Possessive => Tag::Possessive,
        WordKind::Pronoun => Tag::Pronoun,
        WordKind::Preposition => Tag::Preposition,
        WordKind::Coordinator => Tag::Coordinator,
        WordKind::Subordinator => Tag::Subordinator,
        WordKind::Relative => Tag::WhPronoun,
        WordKind::Adverb => Tag::Adverb,
        WordKind::Auxiliary | WordKind::Finite => Tag::VerbPast,
        WordKind::Infinitive => Tag::VerbBase,
        WordKind::Number => Tag::Number,
        WordKind::Interjection => Tag::Interjection,
    }
}

/// Gives every token its part of speech, names left out.
pub(super) fn assign(parse: &mut Parse, words: &Words, sides: &Sides, grammar: &Grammar) {
    for number in 0..parse.sentences.len() {
        let tokens = parse.sentences[number].tokens.clone();
        for at in tokens.clone().rev() {
            let opens = at == tokens.start || parse.shape(at - 1) == Shape::Mark && parse.lower(at - 1) != ",";
            let tag = if parse.shape(at) == Shape::Mark {
                mark(parse, at, sides.get(at).copied().flatten())
            } else {
                word(parse, words, grammar, at, opens, tokens.end)
            };
            parse.tokens[at].tag = tag;
        }
        // What opens a phrase of an owner, and what a relative clause, is known only with its neighbours.
        for at in tokens {
            let before = at.checked_sub(1).map_or(Tag::Symbol, |b| parse.tag(b));
            let next = parse.tag(at + 1);
            let noun_next = next.is_noun() || next.is_adjective() || next == Tag::Number;
            if parse.tag(at) != Tag::Determiner {
                continue;
            }
            let source = at.checked_sub(1).is_some_and(|b| words.ends_source(parse, b));
            if before == Tag::Noun
                && !source
                && (noun_next || next == Tag::QuoteOpen)
                && grammar.owners.contains(parse.lower(at))
            {
                parse.tokens[at].tag = Tag::Preposition;
            } else if before == Tag::Comma && !noun_next && next != Tag::Symbol {
                parse.tokens[at].tag = Tag::WhPronoun;
            }
        }
    }
}

fn mark(parse: &Parse, at: usize, side: Option<Side>) -> Tag {
    match (side, parse.lower(at)) {
        (Some(Side::Open), _) => Tag::QuoteOpen,
        (Some(Side::Close), _) => Tag::QuoteClose,
        (None, "." | "!" | "?") => Tag::Stop,
        (None, ",") => Tag::Comma,
        (None, "(" | "[") => Tag::BracketOpen,
        (None, ")" | "]") => Tag::BracketClose,
        (None, "%" | "$" | "€") => Tag::Symbol,
        _ => Tag::Pause,
    }
}

fn word(parse: &Parse, words: &Words, grammar: &Grammar, at: usize, opens: bool, ceiling: usize) -> Tag {
    let shape = parse.shape(at);
    let next = if at + 1 < ceiling { parse.tag(at + 1) } else { Tag::Symbol };
    let kind = words.kind(parse, at);
    let large = shape.is_capital();
    match kind {
        // Written large inside a sentence a small word is a noun, or speaks to somebody.
        Some(kind) if !large || opens || kind == WordKind::Pronoun || !grammar.large_nouns => {
            let before_noun = next.is_noun() || next.is_adjective() || next == Tag::Number;
            let pronoun_owns = kind == WordKind::Pronoun && before_noun && words.person(parse, at).is_feminine();
            return match of_kind(kind) {
                // *ihr Bruder*: a pronoun before a noun owns it.
                Tag::Pronoun if pronoun_owns && !words.person(parse, at).is_subjective() => Tag::Possessive,
                tag => tag,
            };
        }
        _ => {}
    }
    if matches!(shape, Shape::Number) {
        return Tag::Number;
    }
    if !words.sayings(parse, at).is_empty() && (!large || opens && !next.is_noun()) {
        let participle = words.sayings(parse, at).iter().all(|s| s.number == crate::lexicon::Number::Participle);
        return if participle { Tag::VerbParticiple } else { Tag::VerbPast };
    }
    if large {
        let ending = words.ending(parse, at);
        let noun = grammar.large_nouns || !opens;
        return if noun || ending.is_none() { Tag::Noun } else { Tag::Proper };
    }
    if grammar.large_nouns {
        // Before a noun whatever is written small and is no small word belongs to it.
        let inside = next.is_noun() || next.is_adjective();
        let ending = words.ending(parse, at);
        let verb_first = at > 0 && parse.shape(at - 1).is_capital();
        return match ending {
            Some(kind) if !inside || verb_first => of_kind(kind),
            _ if inside => Tag::Adjective,
            Some(kind) => of_kind(kind),
            None => Tag::Adverb,
        };
    }
    words.ending(parse, at).map_or(Tag::Noun, of_kind)
}

/// Marks the tokens of names.
pub(super) fn note_names(parse: &mut Parse, names: &[FoundName]) {
    for name in names {
        for token in &mut parse.tokens[name.core.clone()] {
            token.tag = Tag::Proper;
        }
    }
}

/// Whether a text tells a story rather than reports news: by the small words of the one and of the other, outside marks.
pub(super) fn is_narrative(ground: Ground, marks: &Marks, names: &[FoundName]) -> bool {
    let Ground { parse, language, .. } = ground;
    let grammar = &language.grammar;
    let told = parse.forms.map(|lower| grammar.stories.contains(lower));
    let reported = parse.forms.map(|lower| grammar.reports.contains(lower));
    let (mut stories, mut reports, mut words) = (0, 0, 0);
    for at in (0..parse.tokens.len()).take(MOST_WORDS) {
        let shape = parse.shape(at);
        if shape == Shape::Mark || marks.around(at).is_some() {
            continue;
        }
        let form = parse.tokens[at].form.index();
        words += 1;
        stories += usize::from(told[form]);
        reports += usize::from(reported[form] || matches!(shape, Shape::Number | Shape::Upper));
    }
    // Reports give people their full names.
    let full = names.iter().filter(|n| n.core.len() > 1 && marks.around(n.core.start).is_none()).count();
    words > 20 && stories * 1000 > words * TOLD && (reports + full) * 3 < stories
}
