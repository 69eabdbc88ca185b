//! Finds names in the text: runs of words written large, with the titles before them. Who they belong to is for `cluster`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::analysis::form::Shape;
use crate::analysis::phrase;
use crate::analysis::token::Parse;
use crate::lexicon::PersonWord;
use crate::tag::Tag;

/// A name longer than this many words is cut.
const LONGEST: usize = 8;

/// A name as found, before anybody is behind it.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct FoundName {
    /// Its tokens, titles included, words like *poor* left out.
    pub tokens: Range<usize>,
    /// Without the titles in front.
    pub core: Range<usize>,
}

/// How a word is written in this text.
#[derive(Clone, Copy, Debug, Default)]
struct Usage {
    small: u32,
    /// Written large where nothing but a name calls for it.
    firm: u32,
    /// Of these behind another word of a name: *Joe Barros*.
    second: u32,
}

impl Usage {
    fn add(&mut self, other: Usage) {
        self.small += other.small;
        self.firm += other.firm;
        self.second += other.second;
    }
}

/// Finds names, sentence by sentence.
pub(super) struct NameFinder<'a> {
    parse: &'a Parse,
    words: &'a [PersonWord],
    usage: Vec<Usage>,
}

impl<'a> NameFinder<'a> {
    /// Counts how the words of the text are written.
    pub fn new(parse: &'a Parse, words: &'a [PersonWord]) -> Self {
        let mut counts = vec![Usage::default(); parse.forms.len()];
        for sentence in &parse.sentences {
            for at in sentence.tokens.clone() {
                let usage = &mut counts[parse.tokens[at].form.index()];
                match parse.shape(at) {
                    Shape::Lower => usage.small += 1,
                    Shape::Title | Shape::Initial if stands_inside(parse, at, sentence.tokens.start) => {
                        usage.firm += 1;
                        usage.second += u32::from(parse.tag(at).is_proper() && parse.tag(at - 1).is_proper());
                    }
                    _ => {}
                }
            }
        }
        // Forms that differ in nothing but capitals are one word.
        let mut of_word: FxHashMap<&str, Usage> = FxHashMap::default();
        for (lower, usage) in parse.forms.lowers().zip(counts) {
            of_word.entry(lower).or_default().add(usage);
        }
        let usage = parse.forms.map(|lower| of_word.get(lower).copied().unwrap_or_default());
        Self { parse, words, usage }
    }

    /// All names, in order.
    pub fn find(&self) -> Vec<FoundName> {
        let mut found = Vec::new();
        for sentence in &self.parse.sentences {
            let headline = self.is_headline(&sentence.tokens);
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                match self.name_at(at, sentence.tokens.end, headline) {
                    Some(tokens) => {
                        at = tokens.end;
                        let tokens = self.without_epithets(tokens);
                        found.push(FoundName { core: self.core(&tokens), tokens });
                    }
                    None => at += 1,
                }
            }
        }
        found
    }

    fn word(&self, token: usize) -> PersonWord {
        self.parse.tokens.get(token).map_or_else(PersonWord::default, |t| self.words[t.form.index()])
    }

    fn usage(&self, token: usize) -> Usage {
        self.parse.tokens.get(token).map_or_else(Usage::default, |t| self.usage[t.form.index()])
    }

    /// Most words are written large: capitals prove nothing there.
    fn is_headline(&self, tokens: &Range<usize>) -> bool {
        let words = tokens.clone().filter(|&t| self.parse.shape(t) != Shape::Mark && self.parse.lower(t).len() > 3);
        let (mut all, mut capital) = (0, 0);
        words.for_each(|t| {
            all += 1;
            capital += usize::from(self.parse.shape(t).is_capital());
        });
        all >= 4 && capital * 4 > all * 3
    }

    fn name_at(&self, start: usize, ceiling: usize, headline: bool) -> Option<Range<usize>> {
        if !self.parse.shape(start).is_capital()
            || !self.is_name_word(start) && !self.is_title(start)
            || self.is_ordinary(start)
        {
            return None;
        }
        let mut end = start + 1;
        while end < ceiling && end - start < LONGEST {
            let linked = self.is_name_word(end) || self.is_title(end) && self.is_name_word(end + 1);
            let small = self.parse.shape(end) == Shape::Lower || self.parse.lower(end) == "&";
            let particle =
                self.word(end).is_particle() && self.is_name_word(end + 1) && small && self.links(start, end);
            if !(linked || particle) || self.breaks(start, end, headline) {
                break;
            }
            end += 1;
        }
        // A role at the end belongs to what follows: Battle Angel [Star] Rosa Salazar.
        while end > start + 1 && self.word(end - 1).is_person() && self.is_name_word(end) {
            end -= 1;
        }
        // the Skeld [Republican]: what somebody is called, and no name.
        let before = (0..start).rev().take(LONGEST).find(|&t| !self.is_name_word(t));
        let called = self.word(end - 1).is_variation() && before.is_some_and(|b| self.parse.tag(b) == Tag::Determiner);
        let alone = called || end == start + 1 && self.word(start).is_honorific() && !self.word(start).is_given();
        let named = (start..end).any(|t| self.is_name_word(t) && !self.word(t).is_never() && !self.is_title(t));
        (named && !alone).then_some(start..end)
    }

    /// A common word that a sentence happens to start with: *Come* Emma, *Between* Mr. Lund.
    fn is_ordinary(&self, at: usize) -> bool {
        let word = self.word(at);
        let common = self.usage(at).small > 40 && self.usage(at).firm * 40 < self.usage(at).small;
        let known = word.is_honorific() || word.is_given() && !common || word.is_surname() && self.usage(at).small < 3;
        !known && !stands_inside(self.parse, at, self.floor(at)) && self.usage(at).small > 20 * self.usage(at).firm
    }

    fn floor(&self, at: usize) -> usize {
        self.parse.sentences[self.parse.sentence_of(at)].tokens.start
    }

    /// *Ministry of Health* is one name, *Lund of Acme* is two.
    fn links(&self, start: usize, at: usize) -> bool {
        match self.parse.lower(at) {
            "of" => (start..at).any(|t| self.word(t).is_organisation()) || self.parse.lower(start) == "bank",
            "&" => true,
            _ => at > start,
        }
    }

    /// A title after a name starts a new name, and so does, in a headline, a given name after a role: *Angel Star [Rosa
    /// Salazar]*.
    fn breaks(&self, start: usize, at: usize, headline: bool) -> bool {
        let person_noun = self.word(at - 1).is_person() && !self.is_title(at - 1);
        // before Miss Woodhouse [Miss Taylor] had …
        let titles = (start..at).take_while(|&t| self.is_title(t)).count();
        if self.is_title(at) && start + titles < at && (!self.word(at).is_given() || tells_of_marriage(self.word(at))) {
            return true;
        }
        at > start && self.word(at).is_given() && (person_noun || headline && self.word(at - 1).is_organisation())
    }

    fn is_name_word(&self, at: usize) -> bool {
        (phrase::is_name_word(self.parse, at) || self.is_always_large(at))
            && !self.word(at).is_never()
            && self.parse.lower(at).chars().any(char::is_alphabetic)
    }

    /// Written large whenever it stands, whatever its neighbours made of it.
    fn is_always_large(&self, at: usize) -> bool {
        let tag = self.parse.tag(at);
        let open = matches!(tag, Tag::Noun | Tag::NounPlural | Tag::Foreign | Tag::Interjection)
            || tag.is_verb()
            || tag.is_adjective() && self.parse.tag(at + 1).is_finite_verb();
        let usage = self.usage(at);
        // Grant said, after Eli Grant has been named
        let surname = usage.second > 0 && self.parse.tag(at + 1).is_finite_verb();
        self.parse.shape(at) == Shape::Title && usage.small == 0 && (open && usage.firm >= 2 || surname)
    }

    /// A form of address written large before a name.
    fn is_title(&self, at: usize) -> bool {
        let next = at + 1 + usize::from(self.word(at + 1).is_epithet() && self.parse.shape(at + 1).is_capital());
        self.word(at).is_honorific()
            && self.parse.shape(at).is_capital()
            && (self.is_plain_name(next) || self.word(next).is_honorific() && self.is_plain_name(next + 1))
    }

    fn is_plain_name(&self, at: usize) -> bool {
        phrase::is_name_word(self.parse, at) && !self.word(at).is_never()
    }

    /// *Poor* Miss Taylor: the word before the name colours it only.
    fn without_epithets(&self, tokens: Range<usize>) -> Range<usize> {
        let mut start = tokens.start;
        while start + 1 < tokens.end && self.word(start).is_epithet() {
            start += 1;
        }
        start..tokens.end
    }

    /// The name without titles in front.
    fn core(&self, tokens: &Range<usize>) -> Range<usize> {
        let mut start = tokens.start;
        while start + 1 < tokens.end
            && (self.word(start).is_honorific() || start > tokens.start && self.word(start).is_epithet())
            && !(self.word(start).is_given() && tokens.len() > 2 && !tells_of_marriage(self.word(start)))
        {
            start += 1;
        }
        // Assistant Kofi Mensah: a role that a sentence starts with.
        let opens = !stands_inside(self.parse, start, self.floor(start));
        if opens && self.word(start).is_person() && !self.word(start).is_honorific() && start + 3 <= tokens.end {
            start += 1;
        }
        // A role written large before a full name: Angel Star Rosa Salazar.
        for at in start + 1..tokens.end.saturating_sub(1) {
            if self.word(at - 1).is_person() && self.word(at).is_given() {
                start = at;
            }
        }
        start..tokens.end
    }
}

fn tells_of_marriage(word: PersonWord) -> bool {
    word.is_married() || word.is_unmarried()
}

/// Whether a word follows another word or a comma of its sentence, so that a capital letter means something.
fn stands_inside(parse: &Parse, at: usize, floor: usize) -> bool {
    at > floor && (parse.shape(at - 1) != Shape::Mark || parse.lower(at - 1) == ",")
}
