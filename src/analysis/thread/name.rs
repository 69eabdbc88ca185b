//! What stands around a name that could be a thread's: is it a common word, or part of somebody else's name?

use std::ops::Range;

use crate::analysis::form::Shape;
use crate::analysis::token::Parse;
use crate::document::{BlockKind, Document};
use crate::lexicon::{Kind, Lexicon, PersonWord};
use crate::tag::Tag;

pub(super) struct Names<'a> {
    document: &'a Document,
    parse: &'a Parse,
    lexicon: &'a Lexicon,
    /// For each form whether the text also writes it small.
    small: Vec<bool>,
}

impl<'a> Names<'a> {
    pub fn new(document: &'a Document, parse: &'a Parse, lexicon: &'a Lexicon) -> Self {
        let small: rustc_hash::FxHashSet<&str> = parse.forms.small().collect();
        let small = parse.forms.map(|lower| small.contains(lower));
        Self { document, parse, lexicon, small }
    }

    fn word(&self, at: usize) -> PersonWord {
        self.lexicon.people().get(self.parse.lower(at))
    }

    /// A small word that names a thread is a noun: not *to budget*.
    pub fn is_noun(&self, tokens: &Range<usize>) -> bool {
        let tag = self.parse.tag(tokens.end - 1);
        tag.is_noun() || tag.is_adjective() || tag == Tag::VerbGerund || !self.parse.lower(tokens.start).is_ascii()
    }

    /// *budget airlines*: before another noun an ordinary word says of what kind that is, and is not the thing itself.
    pub fn describes_noun(&self, at: usize) -> bool {
        let next = self.parse.tag(at + 1);
        next.is_noun() && !next.is_proper() && self.touches(at, at + 1)
    }

    /// A word that has its capital from the start of the sentence: the tagger takes it for no name, or the text writes it
    /// small elsewhere and a noun follows.
    pub fn is_common_word(&self, at: usize, plural: bool) -> bool {
        if self.parse.shape(at) != Shape::Title || !self.starts_sentence(at) || self.is_headline(at) {
            return false;
        }
        let tag = self.parse.tag(at);
        let next = self.parse.tag(at + 1);
        let colours = next.is_noun() && !next.is_proper();
        let small = self.small[self.parse.tokens[at].form.index()];
        tag.is_adjective() && colours || (small || plural) && (colours || !tag.is_proper())
    }

    fn starts_sentence(&self, at: usize) -> bool {
        let sentence = &self.parse.sentences[self.parse.sentence_of(at)];
        (sentence.tokens.start..at).all(|t| self.parse.shape(t) == Shape::Mark)
            || at > 0 && matches!(self.parse.lower(at - 1), ":" | "\"" | "“" | "``")
    }

    /// *a Nova*, *an Ember*: the name has become a word for one of many, unless it goes with a noun.
    pub fn is_one_of_many(&self, tokens: &Range<usize>) -> bool {
        let article = tokens.start > 0 && matches!(self.parse.lower(tokens.start - 1), "a" | "an");
        let next = self.parse.tag(tokens.end);
        article && !(next.is_noun() || next.is_adjective()) && self.parse.lower(tokens.end) != "'s"
    }

    /// Part of a longer name of something else: *Maria Nova*, *Ms Nova*, *Nova Scotia*. In a headline only a given name
    /// shows that.
    pub fn is_other_name(&self, tokens: &Range<usize>, kind: Kind) -> bool {
        let headline = self.is_headline(tokens.start);
        let before = tokens.start.checked_sub(1).filter(|&b| self.touches(b, tokens.start));
        let after = !headline
            && self.touches(tokens.end - 1, tokens.end)
            && self.parse.tag(tokens.end).is_proper()
            && self.parse.shape(tokens.end) == Shape::Title
            && !self.is_apart(tokens.end);
        after || before.is_some_and(|b| self.is_given(b, headline) || self.is_title(b, kind) || self.is_particle(b))
    }

    /// A word that stands before surnames: a known given name, or any name right before this one.
    fn is_given(&self, at: usize, headline: bool) -> bool {
        if self.parse.shape(at) == Shape::Initial {
            return self.parse.lower(at).ends_with('.') && self.parse.tag(at).is_proper();
        }
        if self.parse.shape(at) != Shape::Title || !self.parse.tag(at).is_proper() {
            return false;
        }
        let word = self.word(at);
        word.is_given() || !headline && !self.is_apart(at) && !word.is_honorific()
    }

    /// Written large, yet no part of the name beside it: *Monday*, *Director*, *Pictures*.
    fn is_apart(&self, at: usize) -> bool {
        let word = self.word(at);
        word.is_never() || word.is_time() || word.is_person() || word.is_body()
    }

    /// *Mr Hallow* is no city. *Captain Ember* may be the captain meant; *Ms Ember* is a private person.
    fn is_title(&self, at: usize, kind: Kind) -> bool {
        let word = self.word(at);
        let private = word.is_masculine() || word.is_feminine();
        word.is_honorific() && self.parse.shape(at).is_capital() && (!kind.may_be_person() || private)
            || word.is_person() && !kind.may_be_person() && self.parse.shape(at) == Shape::Title
    }

    /// *Maria de Nova*
    fn is_particle(&self, at: usize) -> bool {
        self.word(at).is_particle()
            && self.parse.shape(at) == Shape::Lower
            && at > 0
            && self.parse.shape(at - 1) == Shape::Title
            && self.word(at - 1).is_given()
    }

    fn touches(&self, left: usize, right: usize) -> bool {
        self.parse.shape(left) != Shape::Mark && self.parse.shape(right) != Shape::Mark
    }

    fn is_headline(&self, at: usize) -> bool {
        let block = self.parse.sentences.get(self.parse.sentence_of(at)).map_or(0, |s| s.block);
        matches!(self.document.blocks().get(block).map(|b| b.kind), Some(BlockKind::Title | BlockKind::Heading(_)))
    }
}
