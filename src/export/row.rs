//! A finding spelled out: its words, its places in code points and bytes, and what was found out about it. The formats write
//! rows and never look into an analysis, save for those that write the whole text.

use serde::Serialize;

use super::item::{Bundle, Item, Reader, sha256};
use crate::analysis::{
    Certainty, Claim, ClaimId, ClaimKind, CueKind, Evidence, FindingId, Holder, Polarity, Quote, QuoteId, QuoteKind,
    Status, Sureness, Thread, ThreadPlaces, Time,
};
use crate::text::{CodePoints, Span};

/// Code points of the text kept before and after the words of a place.
pub(super) const AROUND: usize = 32;

/// What stands between the pieces of an interrupted quote when they are written as one.
pub(super) const BETWEEN: &str = " … ";

/// A finding as it is written.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// *quote*, *claim* or *thread*.
    pub record: &'static str,
    /// A name that stays the same as long as the text does.
    pub id: String,
    /// Its words, pieces joined by ` … `.
    pub text: String,
    /// Where they stand; none for a thread that the text does not name.
    pub places: Vec<Place>,
    /// What is known of a quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<QuoteFacts>,
    /// What is known of a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimFacts>,
    /// What is known of a thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadFacts>,
    /// The threads whose names it touches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub threads: Vec<String>,
    /// What the reader says.
    #[serde(skip_serializing_if = "Reader::is_silent")]
    pub reader: Reader,
}

/// A stretch of the text, found again by place or by words.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Place {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// The same in bytes of the file, when the text is the file's own bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<[usize; 2]>,
    /// The words.
    pub exact: String,
    /// Some text before them.
    pub prefix: String,
    /// Some text after them.
    pub suffix: String,
}

/// Words at a place, without those around them.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Words {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// What is known of a quote.
#[derive(Clone, Debug, Serialize)]
pub struct QuoteFacts {
    /// How the words are quoted.
    pub kind: QuoteKind,
    /// Who says them.
    pub speaker: Option<String>,
    /// The words that stand for the speaker.
    pub mention: Option<Words>,
    /// How sure the speaker is, 0 to 1.
    pub confidence: Option<f32>,
    /// The same in a word.
    #[serde(skip)]
    pub sureness: Option<Sureness>,
    /// Why it is this speaker.
    pub rule: Option<String>,
    /// The words that attribute.
    pub cue: Option<Words>,
    /// The quote whose words it repeats.
    pub repeats: Option<String>,
}

/// What is known of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimFacts {
    /// Whose claim it is; none for the text itself and for nobody named.
    pub holder: Option<String>,
    /// *narrator*, *named* or *unnamed*.
    pub holder_kind: &'static str,
    /// How committed the holder is.
    pub certainty: Certainty,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Both as one number, -3 to 3.
    pub factuality: f32,
    /// When it holds.
    pub time: Time,
    /// What sort of statement it is.
    pub kind: ClaimKind,
    /// How the holder comes to say it.
    pub evidence: Evidence,
    /// The words that decide.
    pub cues: Vec<CueWords>,
    /// The reasons.
    pub why: Vec<String>,
    /// How much a fact-checker would want it, 0 to 1.
    pub checkworthy: f32,
    /// The quote it is made in.
    pub quote: Option<String>,
    /// Claims that disagree.
    pub against: Vec<String>,
}

/// A cue of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct CueWords {
    /// Where and which words.
    #[serde(flatten)]
    pub words: Words,
    /// What it does.
    #[serde(rename = "type")]
    pub kind: CueKind,
}

/// What is known of a thread.
#[derive(Clone, Debug, Serialize)]
pub struct ThreadFacts {
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// How it stands.
    pub status: Status,
    /// Where it is named, in code points.
    pub mentions: Vec<[usize; 2]>,
}

/// Spells out the findings of one document.
pub struct Speller<'b> {
    bundle: &'b Bundle,
    points: CodePoints<'b>,
    places: ThreadPlaces,
}

impl<'b> Speller<'b> {
    /// Reads the document once.
    pub fn of(bundle: &'b Bundle) -> Self {
        Self { bundle, points: CodePoints::of(bundle.document.text()), places: ThreadPlaces::of(&bundle.analysis) }
    }

    /// All rows, in the order of the items.
    pub fn rows(&self) -> Vec<Row> {
        self.bundle.items.iter().filter_map(|item| self.row(item)).collect()
    }

    fn row(&self, item: &Item) -> Option<Row> {
        let analysis = &self.bundle.analysis;
        let reader = item.reader.clone();
        match item.finding {
            FindingId::Quote(id) => Some(self.quote(id, analysis.quotes.get(id.index())?, reader)),
            FindingId::Claim(id) => Some(self.claim(id, analysis.claims.get(id.index())?, reader)),
            FindingId::Thread(id) => Some(self.thread(analysis.threads.get(id.index())?, reader)),
            FindingId::Person(_) => None,
        }
    }

    fn quote(&self, id: QuoteId, quote: &Quote, reader: Reader) -> Row {
        let speaker = quote.speaker.as_ref();
        let facts = QuoteFacts {
            kind: quote.kind,
            speaker: speaker.map(|s| s.name.clone()),
            mention: speaker.and_then(|s| s.mention).map(|m| self.words(m)),
            confidence: speaker.map(|s| s.confidence),
            sureness: speaker.map(crate::analysis::Speaker::sureness),
            rule: speaker.map(|s| s.rule.to_string()),
            cue: quote.cue.map(|c| self.words(c)),
            repeats: quote.repeats.and_then(|other| self.id_of(FindingId::Quote(other))),
        };
        let id = self.id_of(FindingId::Quote(id)).unwrap_or_default();
        Row { quote: Some(facts), ..self.bare("quote", id, &quote.content, reader) }
    }

    fn claim(&self, id: ClaimId, claim: &Claim, reader: Reader) -> Row {
        let facts = ClaimFacts {
            holder: claim.holder.shown(&self.bundle.analysis.people).map(str::to_owned),
            holder_kind: match claim.holder {
                Holder::Narrator => "narrator",
                Holder::Named { .. } => "named",
                Holder::Unnamed => "unnamed",
            },
            certainty: claim.certainty,
            polarity: claim.polarity,
            factuality: claim.factuality,
            time: claim.time,
            kind: claim.kind,
            evidence: claim.evidence,
            cues: claim.cues.iter().map(|c| CueWords { words: self.words(c.span), kind: c.kind }).collect(),
            why: claim.why.iter().map(ToString::to_string).collect(),
            checkworthy: claim.checkworthy,
            quote: claim.quote.and_then(|quote| self.id_of(FindingId::Quote(quote))),
            against: claim.against.iter().filter_map(|&other| self.id_of(FindingId::Claim(other))).collect(),
        };
        let id = self.id_of(FindingId::Claim(id)).unwrap_or_default();
        Row { claim: Some(facts), ..self.bare("claim", id, &[claim.content], reader) }
    }

    fn thread(&self, thread: &Thread, reader: Reader) -> Row {
        let facts = ThreadFacts {
            name: thread.name.clone(),
            aliases: thread.aliases.clone(),
            status: thread.status,
            mentions: thread.mentions.iter().map(|&m| self.points.pair(m)).collect(),
        };
        let id = self.hashed("thread", thread.name.as_bytes());
        let place = thread.evidence.or(thread.mentions.first().copied());
        Row { thread: Some(facts), threads: Vec::new(), ..self.bare("thread", id, place.as_slice(), reader) }
    }

    fn bare(&self, record: &'static str, id: String, spans: &[Span], reader: Reader) -> Row {
        let places: Vec<Place> = spans.iter().map(|&s| self.place(s)).collect();
        let text = places.iter().map(|p| p.exact.as_str()).collect::<Vec<_>>().join(BETWEEN);
        let threads = self.touched(spans);
        Row { record, id, text, places, quote: None, claim: None, thread: None, threads, reader }
    }

    /// A place with the words there and around.
    pub fn place(&self, span: Span) -> Place {
        let text = self.bundle.document.text();
        let [start, end] = self.points.pair(span);
        let before = text.get(..span.start().byte()).unwrap_or_default();
        let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let after = text.get(span.end().byte()..).unwrap_or_default();
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        Place {
            start,
            end,
            bytes: self.bundle.source.first_byte.map(|first| [span.start().byte() + first, span.end().byte() + first]),
            exact: self.bundle.document.slice(span).to_owned(),
            prefix: before.get(from..).unwrap_or_default().to_owned(),
            suffix: after.get(..to).unwrap_or_default().to_owned(),
        }
    }

    /// Words at a place.
    pub fn words(&self, span: Span) -> Words {
        let [start, end] = self.points.pair(span);
        Words { start, end, text: self.bundle.document.slice(span).to_owned() }
    }

    fn id_of(&self, finding: FindingId) -> Option<String> {
        let analysis = &self.bundle.analysis;
        let (kind, span) = match finding {
            FindingId::Quote(id) => ("quote", analysis.quotes.get(id.index())?.span()),
            FindingId::Claim(id) => ("claim", analysis.claims.get(id.index())?.content),
            FindingId::Thread(_) | FindingId::Person(_) => return None,
        };
        let [start, end] = self.points.pair(span);
        Some(self.hashed(kind, format!("{start}-{end}").as_bytes()))
    }

    fn hashed(&self, kind: &str, what: &[u8]) -> String {
        let mut key = format!("{} {kind} ", self.bundle.source.text_sha256).into_bytes();
        key.extend_from_slice(what);
        let hash: String = sha256(&key).chars().take(16).collect();
        format!("urn:sayso:{kind}:{hash}")
    }

    fn touched(&self, spans: &[Span]) -> Vec<String> {
        let found = self.places.touching(spans);
        found.into_iter().filter_map(|i| self.bundle.analysis.threads.get(i)).map(|t| t.name.clone()).collect()
    }
}
