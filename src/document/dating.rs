//! The day of a text whose format does not tell it: from the lines under its title, else from the name of its file.

use std::path::Path;

use super::date::iso_day;
use super::{Document, format};

/// Lines from the top in which a date is looked for.
const LINES: usize = 6;
/// A longer line, in bytes, is running text.
const LONGEST: usize = 100;

/// Gives a document without a day the one that its first lines or its file's name tell.
pub(super) fn dated(mut document: Document) -> Document {
    if document.meta.published.is_none() {
        document.meta.published = from_lines(&document.text).or_else(|| from_name(&document.id));
    }
    document
}

/// Whether a line is nothing but a date, or a byline or a place with one.
pub(in crate::document) fn is_date_line(line: &str) -> bool {
    line.len() <= LONGEST && !line.ends_with(['.', '”', '"', '?', '!']) && day(line).is_some()
}

fn from_lines(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(LINES);
    lines.skip(1).find(|l| is_date_line(l)).and_then(day)
}

fn from_name(name: &str) -> Option<String> {
    let stem = Path::new(name).file_stem()?.to_string_lossy().into_owned();
    // Only a date at the start or the end of the name is one: `2026-03-14 Reel Notes`, `reel-notes-20260314`.
    let words: Vec<&str> = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let digits = |w: &&str| w.bytes().all(|b| b.is_ascii_digit());
    let first = words.iter().take(3).take_while(|w| digits(w)).copied().collect::<Vec<_>>().join("-");
    let last: Vec<&str> = words.iter().rev().take(3).take_while(|w| digits(w)).copied().collect();
    let last = last.into_iter().rev().collect::<Vec<_>>().join("-");
    day(&first).or_else(|| day(&last))
}

fn day(text: &str) -> Option<String> {
    // Most lines are no dates: only one with the digits of a year is looked at.
    let digits = |w: &[u8]| w.iter().all(u8::is_ascii_digit);
    if !text.as_bytes().windows(4).any(digits) {
        return None;
    }
    let day = iso_day(text, format::months())?;
    // A month alone, or a year, dates too much.
    (day.len() == 10).then_some(day)
}

#[cfg(test)]
mod tests {
    use crate::document::read;

    fn check(text: &str, name: &str, expected: Option<&str>) {
        let document = read(text.as_bytes(), name).expect("reads");
        assert_eq!(document.meta().published.as_deref(), expected, "{name}: {text}");
    }

    #[test]
    fn dates_under_the_title_and_in_the_name_count() {
        check("A city of money\n\nBy Juno Pell\n2 February 2026\n\nIt rained.", "a.txt", Some("2026-02-02"));
        check("A title\nDana Whitfield · Screen Weekly · 14 March 2026\n\nIt rained.", "a.txt", Some("2026-03-14"));
        check("It rained on 14 March 2026 and never stopped.\n\nNobody cared.", "a.txt", None);
        check("A title\n\nIt rained on 14 March 2026.", "a.txt", None);
        check("It rained.", "saved/2026-03-14 Reel Notes.txt", Some("2026-03-14"));
        check("It rained.", "reel_notes_20260314.txt", Some("2026-03-14"));
        check("It rained.", "000_14fbd52913b64cd7.txt", None);
        check("It rained.", "chapter-12.txt", None);
    }
}
