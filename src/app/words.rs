//! The values of the analysis in words, the same on every screen.

use crate::analysis::{
    Certainty, Claim, ClaimKind, CueKind, Evidence, Holder, Person, Polarity, Quote, QuoteKind, Speaker, Sureness, Time,
};

/// The certainty of a claim, the first column of every list of claims.
pub fn certainty(claim: &Claim) -> String {
    // *not certain* would read as doubt where something is denied for certain.
    let word = match (claim.certainty, claim.polarity) {
        (Certainty::Certain, Polarity::Denied) => "denied",
        (Certainty::Probable, Polarity::Denied) => "likely not",
        (Certainty::Possible, Polarity::Denied) => "perhaps not",
        (Certainty::Certain, _) => "certain",
        (Certainty::Probable, _) => "likely",
        (Certainty::Possible, _) => "possible",
        (Certainty::Unknown, _) => "unclear",
    };
    word.to_owned()
}

/// Whose claim it is.
pub fn holder<'a>(claim: &'a Claim, people: &'a [Person]) -> &'a str {
    claim.holder.shown(people).unwrap_or(match claim.holder {
        Holder::Narrator => "the article",
        _ => "unnamed",
    })
}

/// Who says a quote.
pub fn speaker(quote: &Quote) -> &str {
    quote.speaker.as_ref().map_or("nobody named", |s| s.name.as_str())
}

/// `?` and `??` for a speaker the program is not sure of.
pub fn doubt(quote: &Quote) -> &'static str {
    match quote.speaker.as_ref().map(Speaker::sureness) {
        Some(Sureness::Sure) | None => "",
        Some(Sureness::Likely) => "?",
        Some(Sureness::Guessed) => "??",
    }
}

/// How sure the speaker of a quote is.
pub fn sureness(sureness: Sureness) -> &'static str {
    match sureness {
        Sureness::Sure => "sure",
        Sureness::Likely => "likely",
        Sureness::Guessed => "guessed",
    }
}

/// The two letters of a speaker in the margin.
pub fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).take(2).collect()
}

/// How words are quoted.
pub fn quote_kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "mixed",
    }
}

/// What sort of statement a claim is.
pub fn claim_kind(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Fact => "fact, can be checked",
        ClaimKind::Opinion => "opinion",
        ClaimKind::Prediction => "prediction",
        ClaimKind::Wish => "wish",
        ClaimKind::Hypothetical => "hypothetical",
        ClaimKind::Rule => "rule",
    }
}

/// When a claim holds.
pub fn time(time: Time) -> &'static str {
    match time {
        Time::Past => "past",
        Time::Present => "present",
        Time::Future => "future",
        Time::Timeless => "always",
    }
}

/// How the holder of a claim comes to say it.
pub fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Asserted => "asserted outright",
        Evidence::ReportedNamed => "reported of a named source",
        Evidence::ReportedUnnamed => "reported, nobody named",
        Evidence::Inferred => "concluded",
    }
}

/// What words do to a claim.
pub fn cue(kind: CueKind) -> &'static str {
    match kind {
        CueKind::Negation => "denies it",
        CueKind::Epistemic => "weighs it",
        CueKind::Doxastic => "makes it a belief",
        CueKind::Conditional => "sets a condition",
        CueKind::Hearsay => "makes it hearsay",
        CueKind::Weasel => "names nobody",
        CueKind::Approximator => "makes it about so",
        CueKind::Deontic => "makes it a duty",
        CueKind::Ability => "speaks of ability",
        CueKind::Intention => "speaks of a plan",
        CueKind::Booster => "strengthens it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_at_most_two_letters() {
        assert_eq!(initials("Mara Quill"), "MQ");
        assert_eq!(initials("Ana de la Cruz"), "AC");
        assert_eq!(initials("they"), "T");
        assert_eq!(initials("…"), "");
    }
}
