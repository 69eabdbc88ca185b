//! Who is on the scene: every phrase outside quotation marks that stands for somebody, in order, with what is known of whom
//! it stands for before any speaker is settled.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::refer::Referrer;
use super::unite::{introduce, unite};
use crate::analysis::person::{Cast, gender};
use crate::analysis::phrase;
use crate::analysis::quote::{Draft, Found};
use crate::analysis::token::Parse;
use crate::analysis::{Gender, PersonId, PersonKind, QuoteKind};
use crate::document::{BlockKind, Document};
use crate::tag::Tag;

/// How much time a new scene lets pass, in sentences.
const SCENE_PAUSE: usize = 8;

/// How many pronouns right behind a name tell whether it is a woman's or a man's.
const VOTES_FOR_A_NAME: i32 = 1;

/// How deep reports lie within each other.
const MOST_NESTED: usize = 4;

/// Whom a phrase stands for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Stands {
    /// Somebody in particular.
    For(PersonId),
    /// *the painter*: an entry of its own, or somebody of that gender who is on the scene.
    Perhaps(PersonId, Gender),
    /// *he*, *she*
    Pronoun(Gender),
    /// *it*, *they*
    Thing,
    /// *they*
    Several,
    /// Nobody who could speak.
    Nobody,
}

/// A phrase that stands for somebody.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The sentences and quotes before it.
    pub clock: usize,
    /// Whether it acts: the subject of its clause.
    pub subject: bool,
    /// Whether it is the phrase with a cue.
    pub source: bool,
    /// Whom it stands for.
    pub stands: Stands,
    /// Whether it tells no more than *the old lady* does.
    pub general: bool,
}

/// All mentions outside quotation marks, in order, and the clock of every quote.
#[derive(Debug, Default)]
pub(super) struct Scene {
    /// In order of their tokens.
    pub mentions: Vec<Mention>,
    /// For each quote the sentences and quotes before its first words and before its last.
    pub clocks: Vec<(usize, usize)>,
    /// Which mention a source phrase is, by its first token.
    by_start: FxHashMap<usize, usize>,
}

impl Scene {
    /// The mention that starts at a token.
    pub fn at(&self, token: usize) -> Option<&Mention> {
        self.by_start.get(&token).map(|&m| &self.mentions[m])
    }

    /// The mentions inside a range of tokens.
    pub fn within(&self, tokens: &Range<usize>) -> &[Mention] {
        let first = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        let last = self.mentions.partition_point(|m| m.tokens.start < tokens.end);
        &self.mentions[first..last.max(first)]
    }
}

/// Reads the scene; people who are only described get entries in the cast.
pub(super) fn read(
    document: &Document,
    parse: &Parse,
    found: &Found,
    cast: &mut Cast,
    told: bool,
    narrator: Option<PersonId>,
) -> Scene {
    let sources: FxHashMap<usize, Range<usize>> =
        found.drafts.iter().filter_map(|d| d.source.clone()).map(|s| (s.start, s)).collect();
    let clocks = Clock::of(document, parse, found);
    let mut reader = Reader {
        parse,
        found,
        referrer: Referrer::new(document, parse, cast, found.narrative, told, narrator),
        sources,
        clock: &clocks,
        reported: reported(found),
        scene: Scene::default(),
    };
    for (number, sentence) in parse.sentences.iter().enumerate() {
        // *Chapter I* is about nobody, and who wrote the text is not on the scene.
        let kind = document.blocks()[sentence.block].kind;
        if !matches!(kind, BlockKind::Heading(_) | BlockKind::SceneBreak | BlockKind::Byline) {
            reader.sentence(number);
        }
    }
    let mut scene = reader.scene;
    vote(parse, cast, &scene);
    if found.narrative && cast.table().names_come_late() {
        unite(parse, cast, &mut scene.mentions);
    }
    introduce(parse, found, cast, &mut scene.mentions);
    let times = |d: &Draft| (clocks.at(parse, d.pieces[0].start), clocks.at(parse, d.pieces[d.pieces.len() - 1].start));
    scene.clocks = found.drafts.iter().map(times).collect();
    scene
}

/// The pieces that are reported without marks, in order.
fn reported(found: &Found) -> Vec<Range<usize>> {
    let indirect = found.drafts.iter().filter(|d| d.kind != QuoteKind::Direct);
    let mut pieces: Vec<_> = indirect.flat_map(|d| d.pieces.iter().cloned()).collect();
    pieces.sort_by_key(|p| p.start);
    pieces
}

/// A pronoun right after somebody who is only described tells whether that is a woman or a man.
fn vote(parse: &Parse, cast: &mut Cast, scene: &Scene) {
    let mut votes: FxHashMap<PersonId, i32> = FxHashMap::default();
    let mut first = usize::MAX;
    for pair in scene.mentions.windows(2) {
        let sentence = parse.sentence_of(pair[0].tokens.start);
        // A woman came in where [a child was asleep], and [she] …: the one the sentence is about is meant.
        let leads = first != sentence;
        if pair[0].subject {
            first = sentence;
        }
        let near = leads
            && pair[1].tokens.start < pair[0].tokens.end + 25
            && parse.sentence_of(pair[1].tokens.start) <= parse.sentence_of(pair[0].tokens.start) + 1;
        if let (Some(person), Stands::Pronoun(gender), true) =
            (pair[0].stands.entry(), pair[1].stands, near && pair[0].subject)
        {
            *votes.entry(person).or_default() += if gender == Gender::Feminine { 1 } else { -1 };
        }
    }
    for (number, entry) in cast.entries.iter_mut().enumerate() {
        let vote = votes.get(&PersonId::at(number)).copied().unwrap_or(0);
        let enough = if entry.is_named() { VOTES_FOR_A_NAME } else { 1 };
        if entry.gender == Gender::Unknown && entry.kind == PersonKind::Person && vote.abs() >= enough {
            entry.gender = if vote > 0 { Gender::Feminine } else { Gender::Masculine };
        }
    }
}

/// Counts sentences of the text's own and quotes, so that nearness does not depend on how long somebody talks.
struct Clock {
    by_sentence: Vec<usize>,
    quotes: Vec<usize>,
}

impl Clock {
    fn of(document: &Document, parse: &Parse, found: &Found) -> Self {
        let mut by_sentence = Vec::with_capacity(parse.sentences.len());
        let mut now = 0;
        let mut block = usize::MAX;
        for sentence in &parse.sentences {
            let kind = document.blocks()[sentence.block].kind;
            let pause = sentence.block != block && matches!(kind, BlockKind::Heading(_) | BlockKind::SceneBreak);
            block = sentence.block;
            now += if pause { SCENE_PAUSE } else { 0 };
            by_sentence.push(now);
            let own = sentence.tokens.clone().any(|t| parse.tag(t).is_finite_verb() && found.marks.around(t).is_none());
            now += usize::from(own);
        }
        Self { by_sentence, quotes: found.drafts.iter().map(|d| d.pieces[0].start).collect() }
    }

    fn at(&self, parse: &Parse, token: usize) -> usize {
        let quotes = self.quotes.partition_point(|&q| q < token);
        self.by_sentence.get(parse.sentence_of(token)).copied().unwrap_or(0) + quotes
    }
}

struct Reader<'a, 'p> {
    parse: &'a Parse,
    found: &'a Found,
    referrer: Referrer<'a, 'p>,
    sources: FxHashMap<usize, Range<usize>>,
    /// What is reported without marks, by its first token.
    reported: Vec<Range<usize>>,
    clock: &'a Clock,
    scene: Scene,
}

impl Reader<'_, '_> {
    fn sentence(&mut self, number: usize) {
        let tokens = self.parse.sentences[number].tokens.clone();
        let mut at = tokens.start;
        while at < tokens.end {
            let marked = self.found.marks.around(at).map(|m| m.outer.end);
            at = match (self.sources.get(&at).cloned(), marked) {
                (Some(source), _) => self.push(&source, true),
                (None, Some(end)) => end.max(at + 1),
                (None, None) => match self.phrase_at(at, tokens.end) {
                    Some(phrase) => {
                        let subject = self.acts(&phrase, tokens.start, tokens.end);
                        self.push(&phrase, subject)
                    }
                    None => at + 1,
                },
            };
        }
    }

    /// Notes a mention; returns the token to go on from.
    fn push(&mut self, phrase: &Range<usize>, subject: bool) -> usize {
        let source = self.sources.contains_key(&phrase.start);
        let stands = self.referrer.stands(phrase, source);
        let clock = self.clock.at(self.parse, phrase.start);
        self.scene.by_start.entry(phrase.start).or_insert(self.scene.mentions.len());
        let general = self.is_general(phrase);
        // Who acts in what somebody reports does not act in the telling.
        let subject = subject && (source || !self.is_reported(phrase.start));
        self.scene.mentions.push(Mention { tokens: phrase.clone(), clock, subject, source, stands, general });
        phrase.end.max(phrase.start + 1)
    }

    fn is_reported(&self, token: usize) -> bool {
        let near = self.reported.partition_point(|r| r.start <= token);
        self.reported[..near].iter().rev().take(MOST_NESTED).any(|r| token < r.end)
    }

    /// *the old lady*, *this man*: a woman or a man, without more.
    fn is_general(&self, phrase: &Range<usize>) -> bool {
        let word = self.referrer.cast.word(phrase::head(self.parse, phrase));
        word.is_fleeting() && gender(word) != Gender::Unknown && self.parse.tag(phrase.start) == Tag::Determiner
    }

    /// A name, a pronoun or a described person that starts at a token.
    fn phrase_at(&self, at: usize, ceiling: usize) -> Option<Range<usize>> {
        let cast = &self.referrer.cast;
        if let Some(name) = cast.named_at(at) {
            let end = name.tokens.end.min(ceiling);
            return Some(self.owned(at, end, ceiling).unwrap_or(at..end));
        }
        let word = cast.word(at);
        let tag = self.parse.tag(at);
        let pronoun = tag == Tag::Pronoun && (word.is_third() || word.is_first());
        let opens = matches!(tag, Tag::Determiner | Tag::Possessive);
        if !opens {
            let owner = tag == Tag::Possessive && (word.is_third() || word.is_first());
            return (pronoun || owner).then_some(at..at + 1);
        }
        let told = |phrase: &Range<usize>| {
            let head = phrase.end - 1;
            let noun = self.parse.tag(head) == Tag::Noun || cast.word(head).is_variation();
            phrase.len() > 1 && noun && cast.word(head).is_person()
        };
        let core = phrase::core_from(self.parse, at, ceiling);
        // At [the captain]'s door: the owner is somebody, the whole is not.
        let owner = || {
            let whole = core.clone()?;
            let ending = whole.clone().find(|&t| self.parse.tag(t) == Tag::PossessiveEnding)?;
            Some(at..ending).filter(told)
        };
        let described = core.clone().filter(told).or_else(|| if self.found.narrative { owner() } else { None });
        let bare_owner = tag == Tag::Possessive && (word.is_third() || word.is_first());
        described.or_else(|| bare_owner.then_some(at..at + 1))
    }

    /// *Lund's wife*: somebody who is told by a name that owns the phrase.
    fn owned(&self, start: usize, end: usize, ceiling: usize) -> Option<Range<usize>> {
        if end >= ceiling || self.parse.tag(end) != Tag::PossessiveEnding {
            return None;
        }
        let phrase = phrase::core_from(self.parse, start, ceiling)?;
        let head = phrase.end - 1;
        // In a story a companion goes by more than one name; only a relative is sure to be somebody else.
        let word = self.referrer.cast.word(head);
        let other = if self.found.narrative { word.is_kin() } else { word.is_person() };
        (other && self.parse.tag(head) == Tag::Noun && phrase.end > end + 1).then_some(phrase)
    }

    /// *It was* Donnelly, *there was* an old man: the verb before a phrase brings somebody in.
    fn presents(&self, verb: usize, floor: usize) -> bool {
        if verb <= floor {
            return false;
        }
        let be = matches!(self.parse.lower(verb), "was" | "were" | "is" | "'s");
        // At the far end there stood a slim young man.
        let past = self.parse.tag(verb) == Tag::VerbPast && self.parse.tag(verb - 1) == Tag::Existential;
        be && matches!(self.parse.lower(verb - 1), "it" | "there" | "here") || past
    }

    /// [*Jonah*]*'s grin did not last*, [*her*] *voice shook*: whose face or voice does something is whom it is told of.
    fn owns_the_subject(&self, phrase: &Range<usize>, ceiling: usize) -> bool {
        let owned = match () {
            () if matches!(self.parse.lower(phrase.end), "'s" | "'") => phrase.end + 1,
            () if phrase.len() == 1 && self.parse.tag(phrase.start) == Tag::Possessive => phrase.end,
            () => return false,
        };
        let opens = phrase.start.checked_sub(1).is_none_or(|b| {
            self.parse.sentences[self.parse.sentence_of(phrase.start)].tokens.start == phrase.start
                || matches!(self.parse.tag(b), Tag::QuoteClose | Tag::QuoteOpen | Tag::Coordinator)
        });
        let whole = if owned < ceiling { phrase::core_from(self.parse, owned, ceiling) } else { None };
        opens && whole.is_some_and(|whole| whole.end < ceiling && self.parse.tag(whole.end).is_finite_verb())
    }

    /// Behind *in black* in *a woman in black stood there*, at the head of a clause.
    fn past_place(&self, phrase: &Range<usize>, floor: usize, ceiling: usize) -> usize {
        let end = phrase.end;
        let opens = phrase.start == floor
            || matches!(self.parse.tag(phrase.start - 1), Tag::Comma | Tag::Coordinator | Tag::QuoteClose);
        let described = self.parse.tag(phrase.start) == Tag::Determiner;
        if !(opens && described && self.found.narrative && self.parse.tag(end) == Tag::Preposition) {
            return end;
        }
        let place = phrase::core_from(self.parse, end + 1, ceiling);
        place.map_or(end, |place| place.end)
    }

    /// Whether a phrase reads as the subject of a clause.
    fn acts(&self, phrase: &Range<usize>, floor: usize, ceiling: usize) -> bool {
        let word = self.referrer.cast.word(phrase.start);
        if self.found.narrative && self.owns_the_subject(phrase, ceiling) {
            return true;
        }
        if phrase.len() == 1 && (word.is_third() || word.is_first()) {
            return word.is_subjective();
        }
        let mut next = self.past_place(phrase, floor, ceiling);
        while next < ceiling && self.parse.tag(next).is_adverb() {
            next += 1;
        }
        let tag = self.parse.tag(next);
        let before = phrase.start.checked_sub(1).filter(|&b| b >= floor);
        // As Lund likes to say, …: the preposition joins a clause.
        let joins = before.is_some_and(|b| tag.is_finite_verb() && self.parse.lower(b) == "as");
        let object = before.is_some_and(|b| {
            matches!(self.parse.tag(b), Tag::Preposition | Tag::To | Tag::PossessiveEnding) && !joins
                || self.parse.tag(b).is_verb()
        });
        let clause = tag.is_finite_verb() || matches!(tag, Tag::VerbParticiple | Tag::VerbBase);
        let joined = matches!(self.parse.lower(next), "," | "and")
            || self.parse.tag(next) == Tag::WhPronoun
            || self.parse.tag(next) == Tag::VerbGerund;
        !object && next < ceiling && (clause || joined) || before.is_some_and(|b| self.presents(b, floor))
    }
}

impl Stands {
    /// The entry a phrase has of its own, if any.
    pub fn entry(self) -> Option<PersonId> {
        match self {
            Stands::For(person) | Stands::Perhaps(person, _) => Some(person),
            _ => None,
        }
    }

    /// Whether a person can be meant, and how well that fits.
    pub fn fit(self, cast: &Cast, person: PersonId) -> Fit {
        let entry = &cast.entries[person.index()];
        let one = entry.kind == PersonKind::Person;
        let by_gender = |wanted: Gender| match () {
            () if !one || !entry.agrees(wanted) => Fit::Differs,
            () if entry.gender == Gender::Unknown => Fit::Perhaps,
            () => Fit::Agrees,
        };
        match self {
            Stands::For(other) => {
                if other == person {
                    Fit::Same
                } else {
                    Fit::Differs
                }
            }
            Stands::Perhaps(other, _) if other == person => Fit::Same,
            Stands::Perhaps(_, wanted) | Stands::Pronoun(wanted) => by_gender(wanted),
            Stands::Thing if matches!(entry.kind, PersonKind::Organisation | PersonKind::Document) => Fit::Agrees,
            // The mouse that speaks is *it* as well.
            Stands::Thing if one && !entry.is_named() && entry.gender == Gender::Unknown => Fit::Perhaps,
            Stands::Several => {
                if matches!(entry.kind, PersonKind::Group | PersonKind::Organisation) {
                    Fit::Agrees
                } else {
                    Fit::Differs
                }
            }
            Stands::Thing | Stands::Nobody => Fit::Differs,
        }
    }
}

/// How well somebody fits a phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fit {
    /// The phrase is his or her own.
    Same,
    /// Gender and kind agree.
    Agrees,
    /// Nothing speaks against it.
    Perhaps,
    /// It is somebody else.
    Differs,
}

/// What a pronoun asks for.
pub(super) fn pronoun(cast: &Cast, at: usize) -> Option<Stands> {
    let word = cast.word(at);
    match () {
        () if word.is_third() => Some(Stands::Pronoun(gender(word))),
        () if word.is_thing() => Some(Stands::Thing),
        () if word.is_plural() => Some(Stands::Several),
        () => None,
    }
}
