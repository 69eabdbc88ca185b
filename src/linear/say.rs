//! Findings in words: everything that the screen shows with a colour, a mark or a place.

use super::{Article, Entry, State, counted};
use crate::analysis::{Claim, FindingId, Quote, QuoteKind, Speaker, Sureness, Thread};
use crate::app::words;
use crate::text::Span;

impl State {
    /// A passage in one line.
    pub(super) fn line(&self, span: Span) -> String {
        let text = self.document().map_or("", |d| d.slice(span));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All of a finding that belongs in one sentence.
    pub(super) fn whole(&self, entry: Entry) -> String {
        let Some(Article { found: Some((analysis, _)), .. }) = self.article() else { return String::new() };
        match entry.finding {
            Some(FindingId::Quote(id)) => analysis.quotes.get(id.index()).map(|q| self.quote(q)),
            Some(FindingId::Claim(id)) => {
                analysis.claims.get(id.index()).map(|c| self.claim(c, words::holder(c, &analysis.people)))
            }
            Some(FindingId::Thread(id)) => analysis.threads.get(id.index()).map(|t| self.thread(t)),
            _ => Some(format!("match: {}", self.line(entry.span))),
        }
        .unwrap_or_default()
    }

    fn quote(&self, quote: &Quote) -> String {
        let kind = match quote.kind {
            QuoteKind::Direct => "",
            QuoteKind::Indirect => ", indirect quote",
            QuoteKind::Mixed => ", partial quote",
        };
        let doubt = match quote.speaker.as_ref().map(Speaker::sureness) {
            Some(Sureness::Likely) => ", likely",
            Some(Sureness::Guessed) => ", guessed",
            Some(Sureness::Sure) | None => "",
        };
        let said: Vec<String> = quote.content.iter().map(|&piece| self.line(piece)).collect();
        let said = said.join(" … ");
        let said = if quote.kind == QuoteKind::Direct { format!("“{}”", said.trim_end_matches(',')) } else { said };
        let again =
            quote.repeats.map(|first| format!(" (same words as quote {})", first.index() + 1)).unwrap_or_default();
        format!("{}{doubt}{kind}: {said}{again}", words::speaker(quote))
    }

    fn claim(&self, claim: &Claim, holder: &str) -> String {
        let against = match claim.against.len() {
            0 => String::new(),
            count => format!(" ({} against it)", counted(count, "claim")),
        };
        format!("{}, {holder}: {}{against}", words::certainty(claim), self.line(claim.content))
    }

    fn thread(&self, thread: &Thread) -> String {
        let suggested = if thread.suggested { ", suggested" } else { "" };
        let evidence = thread.evidence.map(|e| format!(": {}", self.line(e))).unwrap_or_default();
        let mentions = counted(thread.mentions.len(), "mention");
        format!("{}, {}{suggested}, {mentions}{evidence}", thread.name, thread.status.word())
    }

    /// The reasons for what was said last.
    pub(super) fn why(&self) -> String {
        let Some(Article { found: Some((analysis, _)), .. }) = self.article() else { return String::new() };
        match self.said().and_then(|e| e.finding) {
            Some(FindingId::Quote(id)) => analysis.quotes.get(id.index()).map_or(String::new(), |quote| {
                quote.speaker.as_ref().map_or("The text names no speaker.".to_owned(), |speaker| {
                    format!("{}, {}, because: {}", speaker.name, words::sureness(speaker.sureness()), speaker.rule)
                })
            }),
            Some(FindingId::Claim(id)) => {
                analysis.claims.get(id.index()).map_or(String::new(), |claim| self.why_claim(claim))
            }
            Some(FindingId::Thread(id)) => {
                let thread = analysis.threads.get(id.index());
                let evidence = thread.and_then(|t| Some((t.status.word(), self.line(t.evidence?))));
                evidence.map_or("No sentence says how it stands.".to_owned(), |(status, words)| {
                    format!("{status}, because of: {words}")
                })
            }
            _ => "Nothing was said yet that has a reason: say next first.".to_owned(),
        }
    }

    fn why_claim(&self, claim: &Claim) -> String {
        let mut lines = vec![format!(
            "{}; {}; {}; {}.",
            words::certainty(claim),
            words::claim_kind(claim.kind),
            words::time(claim.time),
            words::evidence(claim.evidence)
        )];
        lines.extend(claim.cues.iter().map(|cue| format!("“{}” {}.", self.line(cue.span), words::cue(cue.kind))));
        lines.extend(claim.why.iter().map(|why| format!("because: {why}")));
        lines.join("\n")
    }
}
