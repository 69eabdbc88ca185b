//! How much a fact-checker would want to look at a claim: amounts, comparisons, causes and named sources raise it,
//! judgements and private matters lower it.

use std::ops::Range;

use super::judge::Verdict;
use super::scan::Scan;
use crate::analysis::{Certainty, ClaimKind, Holder, Time};
use crate::lexicon::Flags;
use crate::tag::Tag;

/// From 0 to 1.
pub(super) fn of(scan: &Scan, g: usize, content: &Range<usize>, verdict: &Verdict, holder: &Holder) -> f32 {
    let flags = content.clone().fold(Flags::default(), |flags, t| flags.and(scan.word(t).flags));
    let number = flags.has(Flags::AMOUNT) || content.clone().any(|t| scan.tag(t) == Tag::Number);
    let name = content.clone().any(|t| scan.tag(t).is_proper());
    let private = scan.links[g].subject.clone().is_some_and(|s| s.len() == 1 && scan.tag(s.start) == Tag::Pronoun);
    let base = match verdict.kind {
        ClaimKind::Fact => 0.3,
        ClaimKind::Rule | ClaimKind::Prediction => 0.2,
        ClaimKind::Hypothetical => 0.1,
        ClaimKind::Opinion | ClaimKind::Wish => 0.05,
    };
    let points = [
        (number, 0.25),
        (flags.has(Flags::COMPARISON), 0.1),
        (flags.has(Flags::CAUSE), 0.1),
        (name, 0.1),
        (matches!(holder, Holder::Named { person: Some(_), .. }), 0.1),
        (verdict.time == Time::Past, 0.05),
        (content.len() >= 6, 0.05),
        (private, -0.15),
        (verdict.value.certainty() == Certainty::Unknown, -0.1),
        (content.len() < 4, -0.1),
    ];
    points.iter().filter(|(holds, _)| *holds).fold(base, |sum: f32, (_, p)| sum + p).clamp(0.0, 1.0)
}
