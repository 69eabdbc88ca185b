//! Markdown to be read and pasted: each document with its source, its quotes as block quotations with a citation, its claims
//! and threads as lists.

use std::io::{self, Write};

use super::item::{Exported, Source};
use super::row::{ClaimFacts, QuoteFacts, Row, Speller, ThreadFacts};
use super::word::word;
use crate::analysis::{Polarity, QuoteKind, Sureness};
use crate::text::Shown;

/// Writes the page.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    for (number, bundle) in exported.documents.iter().enumerate() {
        if number > 0 {
            out.write_all(b"\n")?;
        }
        let source = &bundle.source;
        writeln!(out, "# {}\n\n{}", escaped(&source.title), provenance(source))?;
        let rows = Speller::of(bundle).rows();
        section(&rows, "Quotes", |row| row.quote.as_ref().map(|q| quote(row, q, source)), out)?;
        section(&rows, "Claims", |row| row.claim.as_ref().map(|c| claim(row, c)), out)?;
        section(&rows, "Threads", |row| row.thread.as_ref().map(|t| thread(row, t)), out)?;
    }
    Ok(())
}

fn section(rows: &[Row], title: &str, entry: impl Fn(&Row) -> Option<String>, out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<String> = rows.iter().filter_map(entry).collect();
    if entries.is_empty() { Ok(()) } else { writeln!(out, "\n## {title}\n\n{}", entries.concat().trim_end()) }
}

fn provenance(source: &Source) -> String {
    let known = [source.byline.as_deref(), source.outlet.as_deref(), source.published.as_deref()];
    let mut parts: Vec<String> = known.into_iter().flatten().map(escaped).collect();
    parts.extend(source.url.iter().map(|url| format!("<{}>", address(url))));
    parts.extend(source.path.iter().map(|path| escaped(path)));
    parts.extend(source.sha256.iter().map(|hash| format!("SHA-256 `{hash}`")));
    parts.join(" · ")
}

/// An address that cannot end its brackets.
fn address(url: &str) -> String {
    Shown::line(url).as_str().replace('<', "%3C").replace('>', "%3E").replace(' ', "%20")
}

fn quote(row: &Row, quote: &QuoteFacts, source: &Source) -> String {
    let words = escaped(row.text.trim_end_matches(','));
    let words = if quote.kind == QuoteKind::Direct { format!("“{words}”") } else { words };
    let doubt = match quote.sureness {
        Some(Sureness::Likely) => " (likely)",
        Some(Sureness::Guessed) => " (a guess)",
        Some(Sureness::Sure) | None => "",
    };
    let speaker = quote.speaker.as_deref().map_or_else(|| "nobody named".to_owned(), escaped);
    let place = place(row);
    let reader = reader(row).map(|said| format!(">\n> {said}\n")).unwrap_or_default();
    format!("> {words}\n>\n> — {speaker}{doubt}, *{}*{place}\n{reader}\n", escaped(&source.title))
}

fn claim(row: &Row, claim: &ClaimFacts) -> String {
    let holder = match (&claim.holder, claim.holder_kind) {
        (Some(name), _) => escaped(name),
        (None, "narrator") => "the text".to_owned(),
        (None, _) => "somebody unnamed".to_owned(),
    };
    let denied = if claim.polarity == Polarity::Denied { ", denied" } else { "" };
    let head = format!("{}{denied}, {}, {}", word(claim.certainty), word(claim.kind), word(claim.time));
    let reader = reader(row).map(|said| format!("  \n  {said}")).unwrap_or_default();
    format!("- {} — {holder}: {head}{}{reader}\n", escaped(&row.text), place(row))
}

fn thread(row: &Row, thread: &ThreadFacts) -> String {
    let evidence = if row.text.is_empty() { String::new() } else { format!(": {}", escaped(&row.text)) };
    let reader = reader(row).map(|said| format!("  \n  {said}")).unwrap_or_default();
    let times = match thread.mentions.len() {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    format!("- **{}** ({}, named {times}){evidence}{reader}\n", escaped(&thread.name), word(thread.status))
}

fn place(row: &Row) -> String {
    let spans: Vec<String> = row.places.iter().map(|p| format!("{}–{}", p.start, p.end)).collect();
    if spans.is_empty() { String::new() } else { format!(", characters {}", spans.join(", ")) }
}

fn reader(row: &Row) -> Option<String> {
    let said = &row.reader;
    let verdict = said.verdict.as_ref().map(|verdict| {
        let from = said.source.as_ref().map(|from| format!(" ({})", escaped(from))).unwrap_or_default();
        format!("**{}**{from}", escaped(verdict))
    });
    let parts: Vec<String> = [verdict, said.judged.as_deref().map(escaped), said.note.as_deref().map(escaped)]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { None } else { Some(parts.join(" — ")) }
}

/// One line of text in which no sign means anything to Markdown or HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in Shown::line(text).as_str().chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '+' | '|' | '~' | '!' | '&' | '$' | '^'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    // A line that begins like `1.` or `-` would be an entry of a list.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if out.starts_with(['-', '=']) {
        out.insert(0, '\\');
    } else if digits > 0 && out.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) {
        out.insert(digits, '\\');
    }
    out
}
