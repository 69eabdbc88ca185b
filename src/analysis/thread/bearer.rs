//! People who bear a thread's name: once *Anders Hallow* has been introduced, a bare *Hallow* that speaks is he, not the
//! city.

use super::mention::Hit;
use crate::analysis::Quote;
use crate::analysis::form::Shape;
use crate::analysis::token::Parse;
use crate::lexicon::Kind;
use crate::tag::Tag;
use crate::text::Span;

pub(super) struct Bearers<'a> {
    pub parse: &'a Parse,
    pub kinds: &'a [Kind],
    /// Where somebody is named in full with a thread's name, in order.
    pub others: Vec<Hit>,
    /// The phrases that stand for whoever speaks, in order.
    pub speakers: Vec<Span>,
}

/// What is known of a thread's name at some point of the text.
#[derive(Clone, Default)]
struct Known {
    /// The block in which a bearer of the name was last introduced.
    bearer: Option<usize>,
    /// Whether the thread was named after that.
    named_since: bool,
}

impl<'a> Bearers<'a> {
    pub fn new(parse: &'a Parse, kinds: &'a [Kind], quotes: &[Quote], others: Vec<Hit>) -> Self {
        let mut speakers: Vec<Span> =
            quotes.iter().filter_map(|q| q.speaker.as_ref().and_then(|s| s.mention)).collect();
        speakers.sort_unstable();
        Self { parse, kinds, others, speakers }
    }

    /// The hits that are the threads'.
    pub fn without(&self, hits: Vec<Hit>) -> Vec<Hit> {
        let mut known = vec![Known::default(); self.kinds.len()];
        let mut others = self.others.iter().peekable();
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            while let Some(other) = others.next_if(|o| o.tokens.end <= hit.tokens.start) {
                known[other.thread] = Known { bearer: Some(self.block(other.tokens.start)), named_since: false };
            }
            if !self.is_bearer(&hit, &known[hit.thread]) {
                known[hit.thread].named_since = true;
                kept.push(hit);
            }
        }
        kept
    }

    fn is_bearer(&self, hit: &Hit, known: &Known) -> bool {
        let kind = self.kinds[hit.thread];
        if self.is_label(hit) {
            return !kind.may_be_person();
        }
        // *Professor Nova* is nobody else, whoever is called Nova besides.
        let bare = hit.tokens.len() == 1 && !self.is_attribute(hit);
        let Some(bearer) = known.bearer.filter(|_| bare) else { return false };
        let here = bearer == self.block(hit.tokens.start);
        if kind.may_be_person() {
            return here && !known.named_since;
        }
        self.speaks(hit) || here && self.acts(hit)
    }

    fn block(&self, at: usize) -> usize {
        self.parse.sentences.get(self.parse.sentence_of(at)).map_or(0, |s| s.block)
    }

    /// *HALLOW: You do not have to.*
    fn is_label(&self, hit: &Hit) -> bool {
        let sentence = self.parse.sentence_of(hit.tokens.start);
        let first = self.parse.sentences.get(sentence).is_some_and(|s| s.tokens.start == hit.tokens.start);
        first
            && self.parse.lower(hit.tokens.end) == ":"
            && hit.tokens.clone().all(|t| self.parse.shape(t) == Shape::Upper)
    }

    fn speaks(&self, hit: &Hit) -> bool {
        let first = self.speakers.partition_point(|s| s.end() <= hit.span.start());
        self.speakers.get(first).is_some_and(|s| s.overlaps(hit.span))
    }

    /// The subject of a verb.
    fn acts(&self, hit: &Hit) -> bool {
        self.parse.tag(hit.tokens.end).is_finite_verb()
    }

    /// *the Hallow skyline*: a place or a thing.
    fn is_attribute(&self, hit: &Hit) -> bool {
        let before = hit.tokens.start.checked_sub(1).map(|b| self.parse.tag(b));
        before == Some(Tag::Determiner) && self.parse.tag(hit.tokens.end).is_noun()
    }
}
