//! The list of claims: first how certain, then what, then whose.

use super::list::{ListForm, Listing};
use crate::analysis::{Certainty, Claim, ClaimId, FindingId, Polarity};
use crate::app::words;
use crate::store::Field;
use crate::widgets::{Line, Role, shorten, wrapped};

/// Cells of the column with the certainty: the longest is *perhaps not*.
const CERTAINTY: usize = 13;

/// How the certainty of a claim looks; the word says the same.
pub fn role(claim: &Claim) -> Role {
    match (claim.polarity, claim.certainty) {
        (Polarity::Denied, _) => Role::Denied,
        (_, Certainty::Certain) => Role::Firm,
        (_, Certainty::Probable) => Role::Text,
        (_, Certainty::Possible | Certainty::Unknown) => Role::Unsure,
    }
}

/// The rows of one entry.
pub(super) fn lines(listing: &Listing, entry: usize, finding: usize) -> Vec<Line> {
    let Some(claim) = listing.found.analysis.claims.get(finding) else { return Vec::new() };
    match listing.form {
        ListForm::Rows => vec![row(listing, entry, finding, claim)],
        ListForm::Column => block(listing, entry, finding, claim, 2),
        ListForm::Small => block(listing, entry, finding, claim, 3),
    }
}

fn row(listing: &Listing, entry: usize, finding: usize, claim: &Claim) -> Line {
    let holder = shorten(words::holder(claim, &listing.found.analysis.people), listing.cells / 4);
    let holder = match verdict(listing, finding) {
        Some(verdict) => format!("you: {} · {holder}", verdict.to_uppercase()),
        None => holder,
    };
    Line::of(format!("{} ", listing.bar(entry)), Role::Bar)
        .say(words::certainty(claim), role(claim))
        .to(2 + CERTAINTY)
        .say(listing.noted(finding), Role::Key)
        .say(one_line(listing, claim), Role::Text)
        .end(format!("{holder} "), Role::Dim)
}

/// The reader's own verdict, in capitals so that it is not taken for the text's.
fn verdict<'m>(listing: &Listing<'m>, finding: usize) -> Option<&'m str> {
    listing.reading.remarks.value(FindingId::Claim(ClaimId::at(finding)), Field::Verdict)
}

fn one_line(listing: &Listing, claim: &Claim) -> String {
    listing.reading.slice(claim.content).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The clause beside its certainty, the holder behind it.
fn block(listing: &Listing, entry: usize, finding: usize, claim: &Claim, most: usize) -> Vec<Line> {
    let bar = listing.bar(entry);
    let room = listing.cells.saturating_sub(2 + CERTAINTY + 1);
    let noted = listing.noted(finding);
    let texts = wrapped(&format!("{noted}{}", one_line(listing, claim)), room, most);
    let verdict = verdict(listing, finding).map(|v| format!("you: {} · ", v.to_uppercase())).unwrap_or_default();
    let holder = format!("— {verdict}{}", words::holder(claim, &listing.found.analysis.people));
    let mut lines = Vec::new();
    for (number, text) in texts.into_iter().enumerate() {
        let line = Line::of(format!("{bar} "), Role::Bar);
        let line = if number == 0 { line.say(words::certainty(claim), role(claim)) } else { line };
        lines.push(line.to(2 + CERTAINTY).say(text, Role::Text));
    }
    match lines.pop() {
        Some(last) if last.width() + holder.chars().count() + 2 <= listing.cells => {
            lines.push(last.say(format!(" {holder}"), Role::Dim));
        }
        Some(last) => {
            lines.push(last);
            lines.push(Line::of(format!("{bar} "), Role::Bar).to(2 + CERTAINTY).say(shorten(&holder, room), Role::Dim));
        }
        None => {}
    }
    lines
}
