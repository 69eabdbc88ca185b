//! What `sayso extract` prints, schema `sayso.analysis/1`. The types here are a promise to other programs; the analysis
//! types are free to change behind them. Code points are counted here and nowhere else.

use serde::Serialize;

use crate::analysis::{
    Analysis, Certainty, Claim, ClaimKind, CueKind, Event, Evidence, Gender, Holder, PersonKind, Polarity, Quote,
    QuoteKind, Speaker, Status, Time,
};
use crate::document::Document;
use crate::text::{CodePoints, Span};

/// `[start, end)` in Unicode code points.
type Pair = [usize; 2];

/// One document with all that was found in it.
#[derive(Serialize)]
pub struct Report<'a> {
    schema: &'static str,
    id: &'a str,
    title: &'a str,
    byline: Option<&'a str>,
    published: Option<&'a str>,
    outlet: Option<&'a str>,
    language: &'static str,
    text: &'a str,
    sentences: Vec<Pair>,
    people: Vec<PersonLine<'a>>,
    quotes: Vec<QuoteLine<'a>>,
    claims: Vec<ClaimLine<'a>>,
    events: Vec<EventLine>,
    threads: Vec<ThreadLine<'a>>,
}

#[derive(Serialize)]
struct PersonLine<'a> {
    id: usize,
    name: &'a str,
    aliases: &'a [String],
    kind: PersonKind,
    gender: Gender,
    mentions: Vec<Pair>,
}

#[derive(Serialize)]
struct QuoteLine<'a> {
    id: usize,
    kind: QuoteKind,
    content: Vec<Pair>,
    cue: Option<Pair>,
    speaker: Option<SpeakerPart<'a>>,
    repeats: Option<u32>,
}

#[derive(Serialize)]
struct SpeakerPart<'a> {
    person: Option<u32>,
    name: &'a str,
    mention: Option<Pair>,
    confidence: f32,
    rule: &'a str,
}

#[derive(Serialize)]
struct ClaimLine<'a> {
    id: usize,
    sentence: Pair,
    content: Pair,
    head: Pair,
    holder: HolderPart<'a>,
    certainty: Certainty,
    polarity: Polarity,
    factuality: f32,
    time: Time,
    kind: ClaimKind,
    evidence: Evidence,
    cues: Vec<CuePart>,
    why: &'a [std::borrow::Cow<'static, str>],
    quote: Option<u32>,
    checkworthy: f32,
}

#[derive(Serialize)]
struct HolderPart<'a> {
    kind: &'static str,
    person: Option<u32>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct CuePart {
    span: Pair,
    #[serde(rename = "type")]
    kind: CueKind,
}

#[derive(Serialize)]
struct EventLine {
    head: Pair,
    factuality: f32,
    certainty: Certainty,
    polarity: Polarity,
    time: Time,
    claim: Option<u32>,
}

#[derive(Serialize)]
struct ThreadLine<'a> {
    name: &'a str,
    aliases: &'a [String],
    mentions: Vec<Pair>,
    status: Status,
    evidence: Option<Pair>,
    suggested: bool,
}

impl<'a> Report<'a> {
    /// Makes the report of a document.
    pub fn of(document: &'a Document, analysis: &'a Analysis) -> Self {
        let points = Points(CodePoints::of(document.text()));
        let meta = document.meta();
        Self {
            schema: "sayso.analysis/1",
            id: document.id(),
            title: &meta.title,
            byline: meta.byline.as_deref(),
            published: meta.published.as_deref(),
            outlet: meta.outlet.as_deref(),
            language: analysis.language.as_str(),
            text: document.text(),
            sentences: points.pairs(&analysis.sentences),
            people: points.people(analysis),
            quotes: analysis.quotes.iter().enumerate().map(|(id, q)| points.quote(id, q)).collect(),
            claims: analysis.claims.iter().enumerate().map(|(id, c)| points.claim(id, c)).collect(),
            events: analysis.events.iter().map(|e| points.event(e)).collect(),
            threads: points.threads(analysis),
        }
    }
}

struct Points<'t>(CodePoints<'t>);

impl Points<'_> {
    fn pair(&self, span: Span) -> Pair {
        self.0.pair(span)
    }

    fn pairs(&self, spans: &[Span]) -> Vec<Pair> {
        spans.iter().map(|&s| self.pair(s)).collect()
    }

    fn people<'a>(&self, analysis: &'a Analysis) -> Vec<PersonLine<'a>> {
        let line = |(id, p): (usize, &'a crate::analysis::Person)| PersonLine {
            id,
            name: &p.name,
            aliases: &p.aliases,
            kind: p.kind,
            gender: p.gender,
            mentions: self.pairs(&p.mentions),
        };
        analysis.people.iter().enumerate().map(line).collect()
    }

    fn quote<'a>(&self, id: usize, quote: &'a Quote) -> QuoteLine<'a> {
        QuoteLine {
            id,
            kind: quote.kind,
            content: self.pairs(&quote.content),
            cue: quote.cue.map(|c| self.pair(c)),
            speaker: quote.speaker.as_ref().map(|s| self.speaker(s)),
            repeats: quote.repeats.map(|q| q.0),
        }
    }

    fn speaker<'a>(&self, speaker: &'a Speaker) -> SpeakerPart<'a> {
        SpeakerPart {
            person: speaker.person.map(|p| p.0),
            name: &speaker.name,
            mention: speaker.mention.map(|m| self.pair(m)),
            confidence: speaker.confidence,
            rule: &speaker.rule,
        }
    }

    fn claim<'a>(&self, id: usize, claim: &'a Claim) -> ClaimLine<'a> {
        ClaimLine {
            id,
            sentence: self.pair(claim.sentence),
            content: self.pair(claim.content),
            head: self.pair(claim.head),
            holder: holder(&claim.holder),
            certainty: claim.certainty,
            polarity: claim.polarity,
            factuality: claim.factuality,
            time: claim.time,
            kind: claim.kind,
            evidence: claim.evidence,
            cues: claim.cues.iter().map(|c| CuePart { span: self.pair(c.span), kind: c.kind }).collect(),
            why: &claim.why,
            quote: claim.quote.map(|q| q.0),
            checkworthy: claim.checkworthy,
        }
    }

    fn event(&self, event: &Event) -> EventLine {
        EventLine {
            head: self.pair(event.head),
            factuality: event.factuality,
            certainty: event.certainty,
            polarity: event.polarity,
            time: event.time,
            claim: event.claim.map(|c| c.0),
        }
    }

    fn threads<'a>(&self, analysis: &'a Analysis) -> Vec<ThreadLine<'a>> {
        let line = |t: &'a crate::analysis::Thread| ThreadLine {
            name: &t.name,
            aliases: &t.aliases,
            mentions: self.pairs(&t.mentions),
            status: t.status,
            evidence: t.evidence.map(|e| self.pair(e)),
            suggested: t.suggested,
        };
        analysis.threads.iter().map(line).collect()
    }
}

fn holder(holder: &Holder) -> HolderPart<'_> {
    match holder {
        Holder::Narrator => HolderPart { kind: "narrator", person: None, name: None },
        Holder::Named { person, name } => HolderPart { kind: "named", person: person.map(|p| p.0), name: Some(name) },
        Holder::Unnamed => HolderPart { kind: "unnamed", person: None, name: None },
    }
}
