//! How lists are sorted, and the part of a filter that asks for what the reader has said.

use crate::analysis::{Analysis, Certainty, Claim, FindingId};
use crate::app::words;
use crate::remarks::Remarks;
use crate::store::Field;

/// The order of the claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// As they stand in the text.
    #[default]
    Place,
    /// The firmest first, the denied after the affirmed.
    Certainty,
    /// By whose they are.
    Holder,
    /// What a fact-checker would look at first.
    Worth,
}

impl Order {
    /// The next one, and around.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Order::Place => Order::Certainty,
            Order::Certainty => Order::Holder,
            Order::Holder => Order::Worth,
            Order::Worth => Order::Place,
        }
    }

    /// Its name in the title of the list.
    pub fn name(self) -> &'static str {
        match self {
            Order::Place => "by place",
            Order::Certainty => "by certainty",
            Order::Holder => "by holder",
            Order::Worth => "by worth checking",
        }
    }

    /// Sorts claims; those that are alike stay in the order of the text.
    pub fn sort(self, analysis: &Analysis, shown: &mut [usize]) {
        let claim = |i: &usize| analysis.claims.get(*i);
        match self {
            Order::Place => {}
            Order::Certainty => shown.sort_by_key(|i| claim(i).map(|c| (doubt(c), c.polarity as u8))),
            Order::Holder => {
                shown.sort_by_cached_key(|i| claim(i).map(|c| words::holder(c, &analysis.people).to_lowercase()));
            }
            Order::Worth => {
                shown.sort_by(|a, b| {
                    let worth = |i| claim(i).map_or(0.0, |c: &Claim| c.checkworthy);
                    worth(b).total_cmp(&worth(a))
                });
            }
        }
    }
}

fn doubt(claim: &Claim) -> u8 {
    match claim.certainty {
        Certainty::Certain => 0,
        Certainty::Probable => 1,
        Certainty::Possible => 2,
        Certainty::Unknown => 3,
    }
}

/// What a filter asks of the reader's own remarks: `is:rejected`, `is:accepted`, `is:noted`, `verdict:disputed`.
#[derive(Default, Debug)]
pub struct Said {
    judged: Option<&'static str>,
    noted: bool,
    verdict: Option<String>,
}

impl Said {
    /// Takes these words out of a filter; the rest is for the index.
    pub fn split(filter: &str) -> (Self, String) {
        let mut said = Self::default();
        let mut rest = Vec::new();
        for word in filter.split(' ') {
            match word {
                "is:rejected" => said.judged = Some("rejected"),
                "is:accepted" => said.judged = Some("accepted"),
                "is:noted" => said.noted = true,
                _ => match word.strip_prefix("verdict:") {
                    Some(verdict) => said.verdict = Some(verdict.to_lowercase()),
                    None => rest.push(word),
                },
            }
        }
        (said, rest.join(" "))
    }

    /// Whether a finding is shown. A rejected one is only when it is asked for.
    pub fn fits(&self, remarks: &Remarks, finding: FindingId) -> bool {
        let judged = remarks.value(finding, Field::Judged);
        let verdict = remarks.value(finding, Field::Verdict).unwrap_or_default();
        match self.judged {
            Some(wanted) if judged != Some(wanted) => return false,
            None if judged == Some("rejected") => return false,
            _ => {}
        }
        (!self.noted || remarks.value(finding, Field::Note).is_some())
            && self.verdict.as_ref().is_none_or(|v| !verdict.is_empty() && verdict.starts_with(v.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::sample;

    #[test]
    fn claims_are_sorted_and_come_back_to_their_place() {
        let (_, analysis) = sample::article();
        let all: Vec<usize> = (0..analysis.claims.len()).collect();
        let mut order = Order::Place;
        for _ in 0..4 {
            let mut shown = all.clone();
            order.sort(&analysis, &mut shown);
            let mut back = shown.clone();
            back.sort_unstable();
            assert_eq!(back, all, "{}", order.name());
            order = order.next();
        }
        assert_eq!(order, Order::Place);
    }

    #[test]
    fn words_for_remarks_are_taken_out() {
        let (said, rest) = Said::split("is:rejected mill verdict:Dis speaker:lund");
        assert_eq!(
            (said.judged, said.verdict.as_deref(), rest.as_str()),
            (Some("rejected"), Some("dis"), "mill speaker:lund")
        );
    }
}
