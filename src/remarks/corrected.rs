//! The findings with what the reader corrected: ends of quotes, what was not found, speakers, statuses, who is who.

use std::sync::Arc;

use super::{Remarks, Settled, located};
use crate::analysis::{Analysis, FindingId, QuoteId, QuoteKind, Speaker, Status, ThreadId};
use crate::document::Document;
use crate::store::{Field, Subject};
use crate::text::Span;

impl Remarks {
    /// Whether something the reader said changes the findings themselves.
    fn corrects(&self) -> bool {
        let corrects = |field| self.all_of(field).next().is_some();
        [Field::Speaker, Field::Status, Field::Ends, Field::Same].into_iter().any(corrects)
            || self.all_of(Field::Verdict).any(|r| r.anchor.subject == Subject::Passage)
    }

    /// The findings of a document with the reader's corrections.
    pub fn corrected(&self, document: &Document, found: &Arc<Analysis>) -> Arc<Analysis> {
        if !self.corrects() {
            return Arc::clone(found);
        }
        let mut analysis = Analysis::clone(found);
        self.add_made(document, &mut analysis);
        // What was added has been spoken of, too.
        self.move_ends(document, &mut analysis);
        let (of, _) = self.settled(document, &analysis);
        self.set_speakers(&of, &mut analysis);
        for number in 0..analysis.threads.len() {
            let set = self.value_in(&of, FindingId::Thread(ThreadId::at(number)), Field::Status);
            if let Some(status) = set.and_then(Status::named) {
                analysis.threads[number].status = status;
            }
        }
        for same in self.all_of(Field::Same) {
            if let Some(one) = analysis.person_named(&same.anchor.exact) {
                analysis.merge_people(one, &same.value);
            }
        }
        Arc::new(analysis)
    }

    fn move_ends(&self, document: &Document, analysis: &mut Analysis) {
        let (of, _) = self.settled(document, analysis);
        for number in 0..analysis.quotes.len() {
            let moved = self.value_in(&of, FindingId::Quote(QuoteId::at(number)), Field::Ends);
            // Quotes stay in their order; the keys see to it, but the text may have changed since.
            let place = |n: usize| analysis.quotes.get(n).map(|q| q.span().start());
            let between = |ends: &Span| {
                number.checked_sub(1).and_then(place).is_none_or(|before| before <= ends.start())
                    && place(number + 1).is_none_or(|after| ends.start() <= after)
            };
            if let Some(ends) = moved.and_then(|value| located(document, value)).filter(between) {
                analysis.quotes[number].set_ends(ends);
            }
        }
    }

    /// Adds the quotes and claims that the reader marked in the text.
    fn add_made(&self, document: &Document, analysis: &mut Analysis) {
        let made = |field| self.all_of(field).filter(|r| r.anchor.subject == Subject::Passage);
        for remark in made(Field::Speaker) {
            if let Some(span) = remark.anchor.locate(document.text()) {
                let speaker = speaker(analysis, &remark.value);
                analysis.add_quote(span, QuoteKind::Direct, Some(speaker));
            }
        }
        for remark in made(Field::Verdict) {
            if let Some(span) = remark.anchor.locate(document.text()) {
                analysis.add_claim(span, "marked by you");
            }
        }
    }

    fn set_speakers(&self, of: &Settled, analysis: &mut Analysis) {
        for number in 0..analysis.quotes.len() {
            if let Some(name) = self.value_in(of, FindingId::Quote(QuoteId::at(number)), Field::Speaker) {
                let speaker = speaker(analysis, name);
                analysis.quotes[number].speaker = Some(speaker);
            }
        }
    }
}

/// The speaker a reader means: a person of the text where the name is one of theirs.
fn speaker(analysis: &Analysis, name: &str) -> Speaker {
    let person = analysis.person_named(name);
    let called = person.and_then(|p| analysis.people.get(p.index())).map_or(name, |p| p.name.as_str());
    Speaker { person, name: called.to_owned(), mention: None, confidence: 1.0, rule: "set by you".into() }
}
