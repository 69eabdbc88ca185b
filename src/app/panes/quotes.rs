//! The list of quotes: who said what, in their words.

use super::list::{ListForm, Listing};
use crate::analysis::{Quote, QuoteKind};
use crate::app::reading::Reading;
use crate::app::words;
use crate::widgets::{Line, Role, shorten, wrapped};

/// Cells of the column with the speaker, when an entry is one row.
const SPEAKER: usize = 18;

/// The words of a quote in one line, in quotation marks when they stand in marks.
pub fn said(reading: &Reading, quote: &Quote) -> String {
    let pieces: Vec<String> =
        quote.content.iter().map(|&p| reading.slice(p).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let words = pieces.join(" … ");
    match quote.kind {
        QuoteKind::Direct => format!("“{}”", words.trim_end_matches(',')),
        QuoteKind::Indirect | QuoteKind::Mixed => words,
    }
}

/// The rows of one entry.
pub(super) fn lines(listing: &Listing, entry: usize, finding: usize) -> Vec<Line> {
    let Some(quote) = listing.found.analysis.quotes.get(finding) else { return Vec::new() };
    match listing.form {
        ListForm::Column => column(listing, entry, finding, quote),
        ListForm::Rows => vec![row(listing, entry, finding, quote)],
        ListForm::Small => small(listing, entry, finding, quote),
    }
}

fn role(quote: &Quote) -> Role {
    if quote.kind == QuoteKind::Indirect { Role::Indirect } else { Role::Quote }
}

/// Beside the text: under the speaker's name, numbered.
fn column(listing: &Listing, entry: usize, finding: usize, quote: &Quote) -> Vec<Line> {
    let bar = listing.bar(entry);
    let before = entry
        .checked_sub(1)
        .and_then(|e| listing.list.shown.get(e))
        .and_then(|&f| listing.found.analysis.quotes.get(f));
    let mut lines = Vec::new();
    if before.is_none_or(|b| words::speaker(b) != words::speaker(quote)) {
        lines.push(
            Line::of("   ", Role::Text)
                .say(shorten(words::speaker(quote), listing.cells.saturating_sub(4)), Role::Heading),
        );
    }
    let room = listing.cells.saturating_sub(12);
    for (number, text) in wrapped(&said(listing.reading, quote), room, 3).into_iter().enumerate() {
        let mut line = Line::of(format!("{bar} "), Role::Bar);
        line = if number == 0 {
            let mark = if quote.kind == QuoteKind::Indirect { "~" } else { " " };
            line.say(format!("{:>3} ", finding + 1), Role::Dim).say(mark, Role::Indirect).say(" ", Role::Text)
        } else {
            line.say("      ", Role::Text)
        };
        line = line.say(text, role(quote));
        if number == 0 {
            line = line.end(format!("{}{} ", listing.noted(finding), words::doubt(quote)), Role::Unsure);
        }
        lines.push(line);
    }
    lines
}

/// Below the text: initials, name, words.
fn row(listing: &Listing, entry: usize, finding: usize, quote: &Quote) -> Line {
    let name = shorten(words::speaker(quote), SPEAKER - 3);
    let mark = if quote.kind == QuoteKind::Indirect { "~ " } else { "" };
    Line::of(format!("{} ", listing.bar(entry)), Role::Bar)
        .say(format!("{:<3}", words::initials(words::speaker(quote))), Role::Quote)
        .to(6)
        .say(name, Role::Text)
        .say(" ", Role::Text)
        .say(words::doubt(quote), Role::Unsure)
        .to(6 + SPEAKER + 1)
        .say(listing.noted(finding), Role::Key)
        .say(mark, Role::Indirect)
        .say(said(listing.reading, quote), role(quote))
}

/// Alone on a small screen: the name and the kind, then the words.
fn small(listing: &Listing, entry: usize, finding: usize, quote: &Quote) -> Vec<Line> {
    let bar = listing.bar(entry);
    let mut head = Line::of(format!("{bar} "), Role::Bar)
        .say(shorten(words::speaker(quote), listing.cells.saturating_sub(14)), Role::Heading)
        .say(" ", Role::Text)
        .say(words::doubt(quote), Role::Unsure)
        .say(format!(" {}", listing.noted(finding)), Role::Key);
    if quote.kind != QuoteKind::Direct {
        head = head.end(words::quote_kind(quote.kind), Role::Dim);
    }
    let texts = wrapped(&said(listing.reading, quote), listing.cells.saturating_sub(3), 2);
    let rest = texts.into_iter().map(|text| Line::of(format!("{bar} "), Role::Bar).say(text, role(quote)));
    std::iter::once(head).chain(rest).collect()
}
