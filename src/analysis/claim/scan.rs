//! One sentence on the table: its verb groups, how they hang together, and the small questions every step asks.

use std::ops::Range;

use super::group::Group;
use super::link::Link;
use super::words::{Role, Words};
use crate::analysis::token::Parse;
use crate::lexicon::{ClaimWord, ClaimWords};
use crate::tag::Tag;

/// No quote.
pub(super) const NO_QUOTE: u32 = u32::MAX;

/// A sentence and what is known of it so far.
pub(super) struct Scan<'a> {
    pub parse: &'a Parse,
    pub words: &'a Words,
    pub tables: &'a ClaimWords,
    /// For each token of the text its innermost quote.
    pub quotes: &'a [u32],
    /// For each token whether it belongs to the cue of a quote.
    pub cues: &'a [bool],
    pub sentence: Range<usize>,
    /// Whether a question mark stands in the sentence.
    pub asks: bool,
    pub groups: Vec<Group>,
    pub links: Vec<Link>,
}

impl Scan<'_> {
    /// Turns to a sentence of which nothing is known yet.
    pub(super) fn open(&mut self, sentence: Range<usize>) {
        self.asks = sentence.clone().any(|t| self.words.role(t) == Role::Question);
        self.sentence = sentence;
        self.groups.clear();
        self.links.clear();
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        if self.sentence.contains(&at) { self.parse.tag(at) } else { Tag::Symbol }
    }

    pub(super) fn role(&self, at: usize) -> Role {
        if self.sentence.contains(&at) { self.words.role(at) } else { Role::Plain }
    }

    /// Whether the bare *be* stands at a token.
    pub(super) fn is_be(&self, at: usize) -> bool {
        self.role(at) == Role::Be && self.parse.lower(at) == "be"
    }

    pub(super) fn word(&self, at: usize) -> ClaimWord {
        self.words.word(self.parse, at)
    }

    /// The quote a token is in.
    pub(super) fn quote(&self, at: usize) -> u32 {
        self.quotes.get(at).copied().unwrap_or(NO_QUOTE)
    }

    /// The last group that starts at or before a token, among the first `below`.
    pub(super) fn group_before(&self, at: usize, below: usize) -> Option<usize> {
        self.groups.get(..below)?.iter().rposition(|g| g.start <= at)
    }

    /// Where a predicate ends: its verb or complement.
    pub(super) fn end_of(&self, group: usize) -> usize {
        self.groups.get(group).map_or(0, |g| g.verb.max(g.head) + 1)
    }

    /// Whether the statement that a token is part of ends with a question mark.
    pub(super) fn is_asked(&self, at: usize) -> bool {
        let end = |t: &usize| self.tag(*t) == Tag::Stop || self.role(*t) == Role::Question;
        let mut statement = (at..self.sentence.end)
            .take(120)
            .take_while(|&t| self.quote(t) == self.quote(at) || self.tag(t).is_punctuation());
        self.asks && statement.find(end).is_some_and(|t| self.role(t) == Role::Question)
    }

    fn is_colon(&self, at: usize) -> bool {
        self.parse.lower(at) == ":"
    }

    /// *since*, *because*, *until* as joiners of clauses, whatever the tagger calls them.
    pub(super) fn is_subordinator(&self, at: usize) -> bool {
        matches!(self.role(at), Role::Aside | Role::Before | Role::Because | Role::Until | Role::If | Role::Whether)
            && matches!(self.tag(at), Tag::Preposition | Tag::Subordinator | Tag::WhAdverb)
    }

    /// Whether a mark or word separates clauses.
    pub(super) fn is_break(&self, at: usize) -> bool {
        // “Alita: Battle Angel” is one name.
        if self.tag(at) == Tag::Pause && at > 0 && self.tag(at - 1).is_proper() && self.tag(at + 1).is_proper() {
            return !self.is_colon(at);
        }
        self.is_subordinator(at)
            || matches!(
                self.tag(at),
                Tag::Pause
                    | Tag::QuoteOpen
                    | Tag::QuoteClose
                    | Tag::BracketOpen
                    | Tag::BracketClose
                    | Tag::Stop
                    | Tag::Subordinator
                    | Tag::WhPronoun
                    | Tag::WhDeterminer
                    | Tag::WhAdverb
                    | Tag::WhPossessive
            )
    }
}
