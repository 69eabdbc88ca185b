//! CSV after RFC 4180: one header, CRLF, cells quoted where they must be. One table holds quotes, claims and threads; a column
//! that says nothing of a kind is empty.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a tab for a formula, quoted or not, and an article can hold
//! such words. A cell of text that begins so gets an apostrophe in front, which spreadsheets show as text; so does one in which
//! such a sign comes after apostrophes. Taking away one apostrophe in these cases gives the words back ([`unguarded`]). Numbers
//! of our own are not guarded.

use std::io::{self, Write};

use super::item::{Exported, Source};
use super::row::{Place, Row, Speller};
use super::word::word;
use crate::text::Shown;

/// The columns, in order.
pub(super) const COLUMNS: &[&str] = &[
    "record",
    "id",
    "text",
    "start",
    "end",
    "pieces",
    "byte_start",
    "byte_end",
    "prefix",
    "suffix",
    "speaker",
    "confidence",
    "rule",
    "cue",
    "kind",
    "certainty",
    "polarity",
    "factuality",
    "time",
    "evidence",
    "cues",
    "why",
    "checkworthy",
    "thread",
    "status",
    "threads",
    "verdict",
    "verdict_source",
    "note",
    "judged",
    "title",
    "byline",
    "published",
    "outlet",
    "url",
    "path",
    "sha256",
    "text_sha256",
];

/// Writes the table.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    line(COLUMNS.iter().map(|c| (*c).to_owned()), out)?;
    for bundle in &exported.documents {
        for row in Speller::of(bundle).rows() {
            let cells = cells(&row, &bundle.source);
            line(COLUMNS.iter().map(|column| cells(column)), out)?;
        }
    }
    Ok(())
}

fn line(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The cells of a row by column.
fn cells<'a>(row: &'a Row, source: &'a Source) -> impl Fn(&str) -> String + 'a {
    let text = |value: Option<&str>| guarded(Shown::text(value.unwrap_or_default()).as_str());
    move |column| match column {
        "record" => row.record.to_owned(),
        "id" => row.id.clone(),
        "text" => text(Some(&row.text)),
        "threads" => text(Some(&row.threads.join("; "))),
        "verdict" => text(row.reader.verdict.as_deref()),
        "verdict_source" => text(row.reader.source.as_deref()),
        "note" => text(row.reader.note.as_deref()),
        "judged" => text(row.reader.judged.as_deref()),
        "title" => text(Some(&source.title)),
        "byline" => text(source.byline.as_deref()),
        "published" => text(source.published.as_deref()),
        "outlet" => text(source.outlet.as_deref()),
        "url" => text(source.url.as_deref()),
        "path" => text(source.path.as_deref()),
        "sha256" => source.sha256.clone().unwrap_or_default(),
        "text_sha256" => source.text_sha256.clone(),
        "start" | "end" | "pieces" | "byte_start" | "byte_end" | "prefix" | "suffix" => place(&row.places, column),
        _ => facts(row, column).unwrap_or_default(),
    }
}

fn place(places: &[Place], column: &str) -> String {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return String::new() };
    let byte = |place: &Place, end: usize| place.bytes.map(|b| b[end].to_string()).unwrap_or_default();
    match column {
        "start" => first.start.to_string(),
        "end" => last.end.to_string(),
        "byte_start" => byte(first, 0),
        "byte_end" => byte(last, 1),
        "prefix" => guarded(Shown::text(&first.prefix).as_str()),
        "suffix" => guarded(Shown::text(&last.suffix).as_str()),
        _ => places.iter().map(|p| format!("{}-{}", p.start, p.end)).collect::<Vec<_>>().join(" "),
    }
}

fn facts(row: &Row, column: &str) -> Option<String> {
    let text = |value: &str| Some(guarded(Shown::line(value).as_str()));
    if let Some(quote) = &row.quote {
        return match column {
            "speaker" => text(quote.speaker.as_ref()?),
            "confidence" => Some(quote.confidence?.to_string()),
            "rule" => text(quote.rule.as_ref()?),
            "cue" => text(&quote.cue.as_ref()?.text),
            "kind" => Some(word(quote.kind)),
            _ => None,
        };
    }
    if let Some(claim) = &row.claim {
        return match column {
            "speaker" => text(claim.holder.as_deref().unwrap_or(claim.holder_kind)),
            "kind" => Some(word(claim.kind)),
            "certainty" => Some(word(claim.certainty)),
            "polarity" => Some(word(claim.polarity)),
            "factuality" => Some(claim.factuality.to_string()),
            "time" => Some(word(claim.time)),
            "evidence" => Some(word(claim.evidence)),
            "cues" => {
                let cues = claim.cues.iter().map(|c| format!("{} ({})", c.words.text, word(c.kind)));
                text(&cues.collect::<Vec<_>>().join("; "))
            }
            "why" => text(&claim.why.join("; ")),
            "checkworthy" => Some(claim.checkworthy.to_string()),
            _ => None,
        };
    }
    let thread = row.thread.as_ref()?;
    match column {
        "thread" => text(&thread.name),
        "status" => Some(word(thread.status)),
        _ => None,
    }
}

/// Whether a spreadsheet would take the cell for a formula, apostrophes in front not counted.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Puts an apostrophe before what a spreadsheet would take for a formula.
pub(super) fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Takes the apostrophe of [`guarded`] away again.
pub(super) fn unguarded(cell: &str) -> &str {
    if is_formula(cell) { cell.strip_prefix('\'').unwrap_or(cell) } else { cell }
}

/// Reads a table back into its cells; none when a quotation mark is left open.
pub(super) fn read(text: &str) -> Option<Vec<Vec<String>>> {
    let mut table = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.strip_prefix('\u{FEFF}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                table.push(std::mem::take(&mut row));
            }
            _ => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        table.push(row);
    }
    (!quoted).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_words_are_not() {
        for cell in ["=1+1", "-2", "@SUM(A1)", "+x", "'=x"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in ["’tis", "'tis", "1-2", "", "“=”"] {
            assert_eq!(guarded(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_gives_its_words_back(cell in "['=+@a-]{0,5}|\\PC{0,20}") {
            let safe = guarded(&cell);
            prop_assert_eq!(unguarded(&safe), cell.as_str());
            prop_assert!(!safe.starts_with(['=', '+', '-', '@']));
        }

        #[test]
        fn a_table_is_read_back(cells in prop::collection::vec("[a\",\n é]{0,6}", 1..6)) {
            let mut out = Vec::new();
            line(cells.iter().cloned(), &mut out).expect("writes");
            line(cells.iter().cloned(), &mut out).expect("writes");
            let table = read(std::str::from_utf8(&out).expect("UTF-8")).expect("closed");
            prop_assert_eq!(table, vec![cells.clone(), cells]);
        }
    }
}
