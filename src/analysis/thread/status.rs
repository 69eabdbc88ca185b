//! What a sentence says of the threads named in it: by the words of `status.toml`, affirmed, denied or only possible as the
//! claims layer judged their predicates.

use std::ops::Range;

use super::Text;
use super::segment::segments;
use crate::analysis::token::Parse;
use crate::analysis::{Certainty, Event, Polarity, Status};
use crate::lexicon::{Standing, StatusPhrase, StatusTable};
use crate::tag::Tag;

/// No sentence is read further than this, in tokens.
const LONGEST: usize = 2_000;
/// Tokens before a word in which a negation reaches it.
const NEGATION_REACH: usize = 4;
/// Tokens between a thread and a verb that says something of it.
const VERB_REACH: usize = 14;
/// Tokens between the word that asks and the thread it asks about.
const ASKED_REACH: usize = 6;
/// Tokens between a thread and the predicate it is subject or object of.
const ARGUMENT_REACH: usize = 3;

/// What a sentence says of a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Verdict {
    /// 3 settles it, 2 speaks for it.
    pub weight: u16,
    pub status: Status,
    /// Only because the sentence asks.
    pub asked: bool,
}

pub(super) struct Judge<'a> {
    parse: &'a Parse,
    table: &'a StatusTable,
    events: &'a [Event],
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Holds {
    Yes,
    No,
    Unsure,
}

impl<'a> Judge<'a> {
    pub fn new(text: Text<'a>) -> Self {
        Self { parse: text.parse, table: text.lexicon.statuses(), events: text.events }
    }

    /// *That unfinished business …*: a sentence that speaks of the one before, in the same block.
    pub fn refers_back(&self, sentence: usize) -> bool {
        let (Some(this), Some(before)) =
            (self.parse.sentences.get(sentence), sentence.checked_sub(1).and_then(|s| self.parse.sentences.get(s)))
        else {
            return false;
        };
        this.block == before.block && self.table.refers_back(self.parse.lower(this.tokens.start))
    }

    /// What the strongest words of a sentence say of a thread that is named at some places of it; without places, of
    /// whatever it speaks of.
    pub fn sentence(&self, sentence: usize, named: &[Range<usize>]) -> Option<Verdict> {
        self.leaning(sentence, named).filter(|v| v.weight > 1)
    }

    /// The same, also where the words only lean to one side.
    pub fn leaning(&self, sentence: usize, named: &[Range<usize>]) -> Option<Verdict> {
        let whole = self.parse.sentences.get(sentence)?.tokens.clone();
        let tokens = whole.start..whole.end.min(whole.start + LONGEST);
        let named = &named[..named.partition_point(|n| n.start < tokens.end)];
        let segments = segments(self.parse, &tokens);
        let place = Place { tokens: tokens.clone(), segments, named };
        let mut best: Option<Verdict> = None;
        let mut offer = |verdict: Verdict| {
            if best.is_none_or(|b| verdict.weight > b.weight) {
                best = Some(verdict);
            }
        };
        let mut at = tokens.start;
        while at < tokens.end {
            let Some(phrase) = self.phrase_at(at, tokens.end) else {
                at += 1;
                continue;
            };
            let words = at..at + 1 + phrase.rest.len();
            if place.reaches(&words, phrase) && (phrase.says_itself() || self.is_argument(&words, &place)) {
                offer(self.said(&words, phrase, &tokens));
            }
            at = words.end;
        }
        if named.iter().any(|n| self.is_in_doubt(n, &place) || self.is_asked_about(n, &tokens)) {
            offer(Verdict { weight: 2, status: Status::Open, asked: false });
        }
        if self.parse.lower(tokens.end - 1) == "?" && best.is_none_or(|b| b.weight < 3) {
            best = Some(Verdict { weight: 2, status: Status::Open, asked: true });
        }
        best
    }

    fn phrase_at(&self, at: usize, end: usize) -> Option<&'a StatusPhrase> {
        let list = self.table.get(self.parse.lower(at));
        list.iter().find(|phrase| {
            at + phrase.rest.len() < end
                && phrase.rest.iter().enumerate().all(|(i, word)| self.parse.lower(at + 1 + i) == word)
                && (!phrase.rest.is_empty() || self.is_predicate(at, phrase))
        })
    }

    /// A single word counts where it says something: a verb, or an adjective that is no mere attribute.
    fn is_predicate(&self, at: usize, phrase: &StatusPhrase) -> bool {
        if phrase.weight != 2 {
            return true;
        }
        let tag = self.parse.tag(at);
        match phrase.standing {
            Standing::Open if tag.is_adjective() => !self.parse.tag(at + 1).is_noun(),
            Standing::Open => true,
            _ => tag.is_verb() || tag.is_adjective() && !phrase.base && !self.parse.tag(at + 1).is_noun(),
        }
    }

    fn said(&self, words: &Range<usize>, phrase: &StatusPhrase, tokens: &Range<usize>) -> Verdict {
        let (weight, status) = match (phrase.standing, self.holds(words.clone(), tokens)) {
            (Standing::Open, Holds::No) if phrase.weight == 2 => (2, Status::Advanced),
            (Standing::Open, _) => (phrase.weight, Status::Open),
            (_, Holds::No | Holds::Unsure) => (phrase.weight.min(2), Status::Open),
            (Standing::Advanced, Holds::Yes) => (phrase.weight, Status::Advanced),
            (Standing::Resolved, Holds::Yes) => (phrase.weight, Status::Resolved),
        };
        Verdict { weight: u16::from(weight), status, asked: false }
    }

    /// Whether what the words say is affirmed, denied or only possible: by the judgement of the claims layer for the
    /// predicate they hold, else by a negation before them.
    fn holds(&self, words: Range<usize>, tokens: &Range<usize>) -> Holds {
        let place = self.parse.span(words.clone());
        let first = self.events.partition_point(|e| e.head.end() <= place.start());
        if let Some(event) = self.events.get(first).filter(|e| e.head.overlaps(place)) {
            return match event.factuality {
                f if f <= -1.0 => Holds::No,
                f if f >= 1.5 => Holds::Yes,
                _ => Holds::Unsure,
            };
        }
        let from = words.start.saturating_sub(NEGATION_REACH).max(tokens.start);
        match () {
            () if (from..words.start).any(|t| self.table.negates(self.parse.lower(t))) => Holds::No,
            () if (from..words.start).any(|t| self.table.hedges(self.parse.lower(t))) => Holds::Unsure,
            () => Holds::Yes,
        }
    }

    /// Whether a thread is in the phrase before a verb or in what follows it: no mark and no other verb stands between, save
    /// a list (*Nova, Zalem and the race were approved*) or an insertion between two commas.
    fn is_argument(&self, words: &Range<usize>, place: &Place) -> bool {
        place.named.is_empty() || place.named.iter().any(|named| self.is_argument_of(named, words))
    }

    fn is_argument_of(&self, named: &Range<usize>, words: &Range<usize>) -> bool {
        if distance(named, words) > VERB_REACH {
            return false;
        }
        let subject = named.end <= words.start;
        let between = if subject {
            let group = (named.end..words.start).rev().take_while(|&t| self.is_in_group(t)).last();
            named.end..group.unwrap_or(words.start)
        } else {
            words.end.min(named.start)..named.start
        };
        let marks = between.clone().filter(|&t| self.parse.tag(t) == Tag::Comma).count();
        let apart = |t: usize| matches!(self.parse.tag(t), Tag::Pause | Tag::Modal | Tag::VerbPast | Tag::VerbThird);
        !between.clone().any(apart)
            && (marks == 0 || subject && marks % 2 == 0 || between.clone().all(|t| self.is_in_list(t)))
    }

    fn is_in_list(&self, at: usize) -> bool {
        let tag = self.parse.tag(at);
        tag.is_noun()
            || tag.is_adjective()
            || self.parse.lower(at) == "of"
            || matches!(tag, Tag::Comma | Tag::Coordinator | Tag::Determiner | Tag::Number | Tag::Possessive)
    }

    fn is_in_group(&self, at: usize) -> bool {
        self.parse.tag(at).is_verb() || self.parse.tag(at).is_adverb() || self.parse.tag(at) == Tag::To
    }

    /// *What Nova wants has not been told*: a question is the subject, and what it asks for is withheld.
    fn is_asked_about(&self, named: &Range<usize>, tokens: &Range<usize>) -> bool {
        let first = (tokens.start..tokens.end).find(|&t| !self.parse.tag(t).is_punctuation());
        let asks = first.is_some_and(|t| {
            matches!(self.parse.tag(t), Tag::WhPronoun | Tag::WhDeterminer | Tag::WhAdverb)
                && named.start.saturating_sub(t) <= ASKED_REACH
                && t < named.start
        });
        asks && (named.end..tokens.end).any(|t| self.table.negates(self.parse.lower(t)))
    }

    /// The thread itself is said to be missing (*no budget*), or only may do or suffer something (*Nova might*, *might see
    /// Zalem*).
    fn is_in_doubt(&self, named: &Range<usize>, place: &Place) -> bool {
        let start = self.phrase_start(named.start, place.tokens.start);
        let missing = start.checked_sub(1).is_some_and(|b| {
            b >= place.tokens.start
                && self.table.is_missing(self.parse.lower(b))
                && self.parse.tag(b) == Tag::Determiner
        });
        missing || self.predicate(named, start, place).is_some_and(|verb| self.is_possible(verb))
    }

    /// Where the noun phrase around a name starts, after its determiner.
    fn phrase_start(&self, at: usize, floor: usize) -> usize {
        let inside = |t: usize| self.parse.tag(t).is_adjective() || self.parse.tag(t).is_noun();
        (floor..at).rev().take(ARGUMENT_REACH).take_while(|&t| inside(t)).last().unwrap_or(at)
    }

    /// The verb a thread is the subject or the object of, as far as its neighbours show.
    fn predicate(&self, named: &Range<usize>, start: usize, place: &Place) -> Option<usize> {
        let ceiling = place.tokens.end.min(named.end + ARGUMENT_REACH + 1);
        let group = |t: &usize| self.parse.tag(*t).is_verb() || self.parse.tag(*t).is_adverb();
        let after = (named.end..ceiling).take_while(group).filter(|&t| self.parse.tag(t).is_verb()).last();
        let lowest = place.tokens.start.max(start.saturating_sub(ARGUMENT_REACH - 1));
        let light = |t: &usize| {
            let tag = self.parse.tag(*t);
            !(tag.is_verb() || tag.is_noun() || tag.is_punctuation())
        };
        let before = (lowest..start).rev().find(|t| !light(t)).filter(|&t| self.parse.tag(t).is_verb());
        after.or(before).filter(|&t| place.segment(t) == place.segment(named.start))
    }

    /// By the claims layer; for *may be*, which is no event, by the modal before it.
    fn is_possible(&self, verb: usize) -> bool {
        let head = self.parse.span(verb..verb + 1);
        let first = self.events.partition_point(|e| e.head.end() <= head.start());
        match self.events.get(first).filter(|e| e.head.overlaps(head)) {
            Some(event) => event.certainty == Certainty::Possible && event.polarity == Polarity::Affirmed,
            None => (verb.saturating_sub(2)..verb)
                .any(|t| self.parse.tag(t) == Tag::Modal && self.table.hedges(self.parse.lower(t))),
        }
    }
}

/// A sentence with its segments and the places where a thread is named.
struct Place<'a> {
    tokens: Range<usize>,
    segments: Vec<u16>,
    named: &'a [Range<usize>],
}

impl Place<'_> {
    fn segment(&self, token: usize) -> Option<u16> {
        token.checked_sub(self.tokens.start).and_then(|t| self.segments.get(t)).copied()
    }

    /// Whether words speak of the thread: they stand in the same clause, and a verb not too far from it.
    fn reaches(&self, words: &Range<usize>, phrase: &StatusPhrase) -> bool {
        self.named.is_empty()
            || self.named.iter().any(|named| {
                self.segment(words.start) == self.segment(named.start)
                    && (phrase.weight == 3 || distance(named, words) <= VERB_REACH)
            })
    }
}

/// Tokens between a name and other words.
fn distance(named: &Range<usize>, words: &Range<usize>) -> usize {
    if named.start >= words.end { named.start - words.end } else { words.start.saturating_sub(named.end) }
}
