//! What a finding can be asked for besides its words: who speaks, which threads it touches, and one-word traits.

use crate::analysis::{
    Analysis, Certainty, ClaimKind, FindingId, Holder, PersonId, Polarity, QuoteKind, Sureness, ThreadPlaces, Time,
};
use crate::text::{Span, fold_plain};

/// The analysis, looked at finding by finding.
pub(super) struct Facets<'a> {
    analysis: &'a Analysis,
    places: ThreadPlaces,
    /// The folded names of the threads.
    names: Vec<String>,
}

impl<'a> Facets<'a> {
    pub fn new(analysis: &'a Analysis) -> Self {
        let named = |t: &crate::analysis::Thread| fold_plain(&format!("{} {}", t.name, t.aliases.join(" ")));
        Self { analysis, places: ThreadPlaces::of(analysis), names: analysis.threads.iter().map(named).collect() }
    }

    pub fn speaker(&self, finding: FindingId) -> String {
        match finding {
            FindingId::Quote(id) => match &self.analysis.quotes[id.index()].speaker {
                Some(speaker) => self.person(speaker.person, &speaker.name),
                None => "nobody".to_owned(),
            },
            FindingId::Claim(id) => match &self.analysis.claims[id.index()].holder {
                Holder::Narrator => "the article".to_owned(),
                Holder::Unnamed => "unnamed".to_owned(),
                Holder::Named { person, name } => self.person(*person, name),
            },
            FindingId::Person(_) | FindingId::Thread(_) => String::new(),
        }
    }

    fn person(&self, id: Option<PersonId>, name: &str) -> String {
        let aliases = id.and_then(|id| self.analysis.people.get(id.index())).map(|p| p.aliases.join(" "));
        fold_plain(&format!("{name} {}", aliases.unwrap_or_default()))
    }

    pub fn threads(&self, finding: FindingId) -> Vec<String> {
        let spans: &[Span] = match finding {
            FindingId::Quote(id) => &self.analysis.quotes[id.index()].content,
            FindingId::Claim(id) => std::slice::from_ref(&self.analysis.claims[id.index()].content),
            FindingId::Thread(id) => return vec![self.names[id.index()].clone()],
            FindingId::Person(_) => return Vec::new(),
        };
        self.places.touching(spans).into_iter().map(|i| self.names[i].clone()).collect()
    }

    pub fn traits(&self, finding: FindingId) -> Vec<&'static str> {
        match finding {
            FindingId::Quote(id) => self.quote_traits(id.index()),
            FindingId::Claim(id) => self.claim_traits(id.index()),
            FindingId::Thread(id) => {
                let thread = &self.analysis.threads[id.index()];
                let mut traits = vec![thread.status.word()];
                if thread.suggested {
                    traits.extend(["suggested", "unsure"]);
                }
                traits
            }
            FindingId::Person(_) => Vec::new(),
        }
    }

    fn quote_traits(&self, index: usize) -> Vec<&'static str> {
        let quote = &self.analysis.quotes[index];
        let mut traits = vec![match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }];
        match quote.speaker.as_ref().map(crate::analysis::Speaker::sureness) {
            None => traits.extend(["anonymous", "unsure"]),
            Some(Sureness::Sure) => traits.push("sure"),
            Some(Sureness::Likely) => traits.extend(["likely", "unsure"]),
            Some(Sureness::Guessed) => traits.extend(["guessed", "unsure"]),
        }
        if quote.repeats.is_some() {
            traits.push("repeated");
        }
        traits
    }

    fn claim_traits(&self, index: usize) -> Vec<&'static str> {
        let claim = &self.analysis.claims[index];
        let mut traits = match claim.certainty {
            Certainty::Certain => vec!["certain"],
            Certainty::Probable => vec!["probable", "likely"],
            Certainty::Possible => vec!["possible", "unsure"],
            Certainty::Unknown => vec!["unclear", "unsure"],
        };
        traits.push(match claim.polarity {
            Polarity::Denied => "denied",
            Polarity::Affirmed => "affirmed",
            Polarity::Unknown => "unclear",
        });
        traits.push(match claim.kind {
            ClaimKind::Fact => "fact",
            ClaimKind::Opinion => "opinion",
            ClaimKind::Prediction => "prediction",
            ClaimKind::Wish => "wish",
            ClaimKind::Hypothetical => "hypothetical",
            ClaimKind::Rule => "rule",
        });
        traits.push(match claim.time {
            Time::Past => "past",
            Time::Present => "present",
            Time::Future => "future",
            Time::Timeless => "timeless",
        });
        traits
    }
}

/// Whether one of the traits is meant: a whole word when it is one (`sure` is not `surely`), else its start.
pub(super) fn has(traits: &[&'static str], typed: &str) -> bool {
    if super::TRAITS.contains(&typed) {
        return traits.contains(&typed);
    }
    traits.iter().any(|t| t.starts_with(typed))
}
