//! Document and lexicon make an analysis: who said what, what is claimed and how surely, which threads surface where.
//!
//! [`analyse`] reads nothing but its arguments and cannot fail: odd input gives fewer findings and a [`Notice`]. The
//! passes run in the order in which `analyse` lists them, each in a file of its own, each reading what the ones before
//! it found. Nothing here knows of screens, files or JSON.

mod claim;
mod correction;
mod form;
mod mend;
mod person;
mod phrase;
mod quote;
mod second;
mod sentence;
mod share;
mod speaker;
mod thread;
mod token;
mod touch;

#[cfg(feature = "train")]
pub use speaker::trial;

pub use form::{FormId, Forms, Shape};
pub use token::{Parse, Sentence, Token};
pub use touch::ThreadPlaces;

pub use crate::lexicon::threads::ThreadDefinition;
pub use crate::lexicon::{ClaimKind, CueKind};
pub use crate::tag;

use std::borrow::Cow;

use serde::Serialize;

use crate::document::Document;
use crate::lexicon::{LanguageCode, Lexicon};
use crate::tag::Tag;
use crate::text::Span;

/// Counts the changes after which findings kept from before must be made again.
pub const REVISION: u32 = 4;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the finding at a place in its list.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Its place in its list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A place in [`Analysis::people`].
    PersonId
    /// A place in [`Analysis::quotes`].
    QuoteId
    /// A place in [`Analysis::claims`].
    ClaimId
    /// A place in [`Analysis::threads`].
    ThreadId
}

/// All that was found in one document. Lists are sorted by place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The language it was read in.
    pub language: LanguageCode,
    /// The sentences.
    pub sentences: Vec<Span>,
    /// Whoever is named or speaks.
    pub people: Vec<Person>,
    /// What is said.
    pub quotes: Vec<Quote>,
    /// What is asserted.
    pub claims: Vec<Claim>,
    /// The judgement for every verbal predicate.
    pub events: Vec<Event>,
    /// The plot threads.
    pub threads: Vec<Thread>,
    /// What the reader should know about the analysis itself.
    pub notices: Vec<Notice>,
}

/// What a source is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// One human being, or a character.
    #[default]
    Person,
    /// A firm, office, paper, team.
    Organisation,
    /// People without a name: *fans*, *two officials*.
    Group,
    /// A report, a letter, a study.
    Document,
}

/// What the text lets one conclude about somebody's gender.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// *she*
    Feminine,
    /// *he*
    Masculine,
    /// *they* for one person
    Nonbinary,
    /// The text does not say.
    #[default]
    Unknown,
}

/// Somebody or something that is named or speaks, with all the names and phrases used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// The fullest name.
    pub name: String,
    /// Other names the text uses.
    pub aliases: Vec<String>,
    /// What kind of source.
    pub kind: PersonKind,
    /// As far as the text tells.
    pub gender: Gender,
    /// Every phrase that stands for it, in order.
    pub mentions: Vec<Span>,
}

/// How words are quoted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// Verbatim, in quotation marks or after a dash or a speaker's label.
    Direct,
    /// Reported without marks.
    Indirect,
    /// A reported clause that holds marked words.
    Mixed,
}

/// One source speaking once.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How it is quoted.
    pub kind: QuoteKind,
    /// The pieces of what is said, in reading order; direct pieces without their marks. Never empty.
    pub content: Vec<Span>,
    /// The words that attribute: *said*, *according to*.
    pub cue: Option<Span>,
    /// Who says it; none when the text names nobody.
    pub speaker: Option<Speaker>,
    /// The earlier quote whose words it repeats.
    pub repeats: Option<QuoteId>,
}

impl Quote {
    /// From the start of the first to the end of the last piece.
    pub fn span(&self) -> Span {
        self.content.iter().copied().reduce(Span::join).unwrap_or_default()
    }
}

/// Who says a quote, and why one thinks so.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// Who that is among the people of the text.
    pub person: Option<PersonId>,
    /// The name to show.
    pub name: String,
    /// The phrase that stands for the speaker: *she*.
    pub mention: Option<Span>,
    /// From 0 to 1; see [`Speaker::confidence_word`].
    pub confidence: f32,
    /// The reason, in words for a reader.
    pub rule: Cow<'static, str>,
}

/// How sure a speaker is, as the screens say it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sureness {
    /// Below 0.6.
    Guessed,
    /// From 0.6.
    Likely,
    /// From 0.9.
    Sure,
}

impl Speaker {
    /// The confidence as a word.
    pub fn sureness(&self) -> Sureness {
        match self.confidence {
            c if c >= 0.9 => Sureness::Sure,
            c if c >= 0.6 => Sureness::Likely,
            _ => Sureness::Guessed,
        }
    }
}

/// How firmly the holder of a claim stands behind it (`FactBank`: CT, PR, PS, U).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// No commitment either way.
    Unknown,
    /// *might*
    Possible,
    /// *probably*
    Probable,
    /// Asserted outright.
    Certain,
}

/// Whether a claim is affirmed or denied.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It is so.
    Affirmed,
    /// It is not so.
    Denied,
    /// Neither.
    Unknown,
}

/// When a claim holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// It was.
    Past,
    /// It is.
    Present,
    /// It will be.
    Future,
    /// It holds always.
    Timeless,
}

/// How the holder comes to say it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The text itself asserts it.
    Asserted,
    /// A named source says so.
    ReportedNamed,
    /// Somebody unnamed says so.
    ReportedUnnamed,
    /// It is concluded.
    Inferred,
}

/// Words that changed how a claim is judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cue {
    /// The words.
    pub span: Span,
    /// What they do.
    pub kind: CueKind,
}

/// Whose commitment a claim's values describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The text itself.
    Narrator,
    /// Somebody the text names or describes.
    Named {
        /// Who that is, when known.
        person: Option<PersonId>,
        /// The name or phrase to show.
        name: String,
    },
    /// *insiders*, or nobody said.
    Unnamed,
}

impl Holder {
    /// The name to show: of the person, where the text lets one know who *she* is; none for the text and for nobody in
    /// particular.
    pub fn shown<'a>(&'a self, people: &'a [Person]) -> Option<&'a str> {
        match self {
            Holder::Named { person, name } => {
                let known = person.and_then(|id| people.get(id.index()));
                Some(known.map_or(name.as_str(), |p| p.name.as_str()))
            }
            Holder::Narrator | Holder::Unnamed => None,
        }
    }
}

/// What a reader would list as asserted: one entry a clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The sentence it stands in.
    pub sentence: Span,
    /// The clause.
    pub content: Span,
    /// Its predicate.
    pub head: Span,
    /// Whose claim it is.
    pub holder: Holder,
    /// How sure the holder is.
    pub certainty: Certainty,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Both as one number, -3 (certainly not) to +3 (certainly).
    pub factuality: f32,
    /// When it holds.
    pub time: Time,
    /// What sort of statement.
    pub kind: ClaimKind,
    /// How the holder knows.
    pub evidence: Evidence,
    /// The words that decided.
    pub cues: Vec<Cue>,
    /// The rules that decided, in words for a reader.
    pub why: Vec<Cow<'static, str>>,
    /// The quote it is part of.
    pub quote: Option<QuoteId>,
    /// 0 to 1: how much a fact-checker would want to look.
    pub checkworthy: f32,
    /// Claims of the same text about the same thing that do not agree with it, in order.
    pub against: Vec<ClaimId>,
}

/// The judgement for one predicate, also those too small to be a claim of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The predicate.
    pub head: Span,
    /// How sure its holder is.
    pub certainty: Certainty,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// -3 to +3.
    pub factuality: f32,
    /// When it holds.
    pub time: Time,
    /// The claim it is part of.
    pub claim: Option<ClaimId>,
}

/// How a thread stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Only named.
    #[default]
    Mentioned,
    /// The text says or implies that it is unresolved.
    Open,
    /// Something happened.
    Advanced,
    /// It ended.
    Resolved,
}

impl Status {
    /// All, in the order in which the reader's key goes through them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Advanced, Self::Resolved, Self::Mentioned];

    /// Its name, on every screen and in the library.
    pub fn word(self) -> &'static str {
        match self {
            Status::Mentioned => "mentioned",
            Status::Open => "open",
            Status::Advanced => "advanced",
            Status::Resolved => "resolved",
        }
    }

    /// The one of a name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// A plot thread and where it surfaces.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// Its name.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// The letter that marks it in the margin.
    pub letter: char,
    /// Where it is named.
    pub mentions: Vec<Span>,
    /// Pronouns that stand for it: *she*, after the name of a character.
    pub weak: Vec<Span>,
    /// How it stands.
    pub status: Status,
    /// The sentence that says so.
    pub evidence: Option<Span>,
    /// Whether the program proposes it, rather than the reader.
    pub suggested: bool,
}

/// Something the reader should know about the analysis: a mark that never closes, a text that was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where.
    pub span: Span,
    /// What, in words for a reader.
    pub message: Cow<'static, str>,
}

/// Any finding, by its kind and place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum FindingId {
    /// A person.
    Person(PersonId),
    /// A quote.
    Quote(QuoteId),
    /// A claim.
    Claim(ClaimId),
    /// A thread.
    Thread(ThreadId),
}

impl Analysis {
    /// Where a finding stands: for a thread the first place it is named.
    pub fn span(&self, finding: FindingId) -> Option<Span> {
        match finding {
            FindingId::Quote(id) => self.quotes.get(id.index()).map(Quote::span),
            FindingId::Claim(id) => self.claims.get(id.index()).map(|c| c.content),
            FindingId::Thread(id) => self.threads.get(id.index()).and_then(|t| t.mentions.first().copied()),
            FindingId::Person(id) => self.people.get(id.index()).and_then(|p| p.mentions.first().copied()),
        }
    }
}

/// Cuts and tags a text: the ground that all passes stand on.
pub fn parse(document: &Document, lexicon: &Lexicon) -> Parse {
    let mut parse = token::split(document, lexicon.tokens());
    sentence::split(&mut parse, lexicon.tokens());
    assign_tags(&mut parse, lexicon);
    mend::mend(&mut parse, lexicon.inflector());
    parse
}

/// Gives every token its part of speech, sentence by sentence.
fn assign_tags(parse: &mut Parse, lexicon: &Lexicon) {
    let rows = parse.forms.map_written(|written| lexicon.tagger().rows(written));
    // Nouns for people that also serve as adjectives: “an [official] familiar with the talks”.
    let people = parse.forms.map(|lower| lexicon.people().get(lower).is_person());
    let mut parts = Vec::new();
    let mut rest = parse.tokens.as_mut_slice();
    for run in share::cut(&parse.sentences) {
        let sentences = &parse.sentences[run];
        let length = sentences.iter().map(|s| s.tokens.len()).sum();
        let (own, others) = std::mem::take(&mut rest).split_at_mut(length);
        parts.push((sentences, own));
        rest = others;
    }
    share::each(parts, |(sentences, mut rest)| {
        let (mut forms, mut tags) = (Vec::new(), Vec::new());
        for sentence in sentences {
            let (tokens, others) = std::mem::take(&mut rest).split_at_mut(sentence.tokens.len());
            rest = others;
            forms.clear();
            tags.clear();
            forms.extend(tokens.iter().map(|t| t.form.number()));
            lexicon.tagger().tag(&rows, &forms, &mut tags);
            for (i, token) in tokens.iter_mut().enumerate() {
                let person = people[token.form.index()] && is_taken_for_no_noun(&tags, i);
                token.tag = if person { Tag::Noun } else { tags[i] };
            }
        }
    });
}

/// Whether the tags about a noun for people leave it no other part in its clause, though it has another tag.
fn is_taken_for_no_noun(tags: &[Tag], i: usize) -> bool {
    // One [ally] said so.
    let counted = i > 0 && matches!(tags[i - 1], Tag::Number | Tag::Determiner);
    let misread = tags[i] == Tag::Adverb || tags[i].is_verb() && counted;
    let taken = tags[i].is_adjective() || misread && tags.get(i + 1).is_some_and(|t| t.is_verb());
    let before_noun = || tags[i + 1..].iter().find(|t| !t.is_adjective()).is_some_and(|t| t.is_noun());
    taken && !before_noun()
}

/// Finds all there is to find in a document.
pub fn analyse(document: &Document, lexicon: &Lexicon, threads: &[ThreadDefinition]) -> Analysis {
    if let Some(language) = lexicon.second(document.text()) {
        return second::analyse(document, lexicon, language, threads);
    }
    let parse = parse(document, lexicon);
    let mut found = quote::find(document, &parse, lexicon);
    speaker::mend_sources(&parse, lexicon.people(), &mut found);
    let mut cast = person::Cast::gather(document, &parse, lexicon, &found);
    let speakers = speaker::attribute(document, &parse, &found, &mut cast, lexicon.dialogue());
    let (people, places) = cast.finish(found.narrative);
    let quotes = quotes(document, &parse, &found, speakers, &places);
    let (claims, events) = claim::find(document, &parse, lexicon, &people, &quotes);
    let text = thread::Text { document, parse: &parse, lexicon, people: &people, quotes: &quotes, events: &events };
    let threads = thread::trace(text, threads);
    Analysis {
        language: LanguageCode::default(),
        sentences: parse.sentences.iter().map(|s| s.span).collect(),
        people,
        quotes,
        claims,
        events,
        threads,
        notices: found.notices,
    }
}

/// Drafts and speakers become quotes, with spans for tokens.
fn quotes(
    document: &Document,
    parse: &Parse,
    found: &quote::Found,
    speakers: Vec<Option<Speaker>>,
    places: &[Option<PersonId>],
) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for (draft, speaker) in found.drafts.iter().zip(speakers) {
        let content: Vec<Span> = draft.pieces.iter().map(|p| parse.span(p.clone())).filter(|s| !s.is_empty()).collect();
        if content.is_empty() {
            continue;
        }
        let speaker = speaker.map(|s| Speaker { person: s.person.and_then(|p| places[p.index()]), ..s });
        quotes.push(Quote {
            kind: draft.kind,
            content,
            cue: draft.cue.clone().map(|c| parse.span(c)),
            speaker,
            repeats: None,
        });
    }
    quote::link_repeats(document, &mut quotes);
    quotes
}
