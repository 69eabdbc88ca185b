//! The tracker: each thread with its letter, how it stands, and where in the text it comes up.

use super::list::{ListForm, Listing};
use crate::analysis::{Status, Thread};
use crate::app::reading::Reading;
use crate::widgets::{Line, Role, density, shorten, strip};

/// Cells of the column with the name.
const NAME: usize = 14;
/// Cells of the column with the status.
const STATUS: usize = 11;

/// How the status looks; the word says the same.
pub fn role(thread: &Thread) -> Role {
    match thread.status {
        _ if thread.mentions.is_empty() => Role::Dim,
        Status::Open => Role::Unsure,
        Status::Advanced | Status::Resolved => Role::Firm,
        Status::Mentioned => Role::Text,
    }
}

/// Where in the text a thread comes up, as bars.
pub fn bars(reading: &Reading, thread: &Thread, cells: usize, ascii: bool) -> String {
    let places = thread.mentions.iter().map(|m| m.start());
    strip(&density(places, reading.document.text().len(), cells), ascii)
}

/// How a thread stands, in words.
pub fn status(thread: &Thread) -> &'static str {
    if thread.mentions.is_empty() { "not in this text" } else { thread.status.word() }
}

/// The rows of one entry.
pub(super) fn lines(listing: &Listing, entry: usize, finding: usize) -> Vec<Line> {
    let Some(thread) = listing.found.analysis.threads.get(finding) else { return Vec::new() };
    let head = Line::of(format!("{} ", listing.bar(entry)), Role::Bar)
        .say(thread.letter.to_string(), Role::Thread)
        .say(" ", Role::Text)
        .say(shorten(&thread.name, NAME - 1), Role::Heading)
        .to(4 + NAME)
        .say(status(thread), role(thread));
    let noted = listing.noted(finding);
    if thread.mentions.is_empty() {
        return vec![head.end(noted, Role::Key)];
    }
    // Pronouns that mean it are counted apart.
    let count = match thread.weak.len() {
        0 => format!("{noted}{} ", thread.mentions.len()),
        weak => format!("{noted}{} + {weak} ", thread.mentions.len()),
    };
    if listing.form == ListForm::Small {
        let second = Line::of(format!("{}   ", listing.bar(entry)), Role::Bar)
            .say(bars(listing.reading, thread, listing.cells.saturating_sub(6), listing.ascii), Role::Thread);
        return vec![head.end(count, Role::Dim), second];
    }
    let cells = listing.cells.saturating_sub(4 + NAME + STATUS + 6).clamp(4, 32);
    let bars = bars(listing.reading, thread, cells, listing.ascii);
    vec![head.to(4 + NAME + STATUS).say(bars, Role::Thread).end(count, Role::Dim)]
}
