//! The sources for LaTeX: one BibTeX entry a document, with every sign that means something to TeX escaped.

use std::io::{self, Write};

use super::item::{Exported, Source};
use crate::text::Shown;

/// Writes the entries.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let mut taken: Vec<String> = Vec::new();
    for bundle in &exported.documents {
        let key = free(&key(&bundle.source), &taken);
        entry(&bundle.source, &key, out)?;
        taken.push(key);
    }
    Ok(())
}

fn entry(source: &Source, key: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "@{}{{{key},", if source.outlet.is_some() { "article" } else { "misc" })?;
    field("title", Some(&source.title), out)?;
    field("author", source.byline.as_deref(), out)?;
    field("journal", source.outlet.as_deref(), out)?;
    if let Some(date) = &source.published {
        field("date", Some(date), out)?;
        field("year", date.get(..4), out)?;
    }
    field("url", source.url.as_deref(), out)?;
    field("note", source.sha256.as_ref().map(|hash| format!("SHA-256 {hash}")).as_deref(), out)?;
    out.write_all(b"}\n\n")
}

/// Double braces: a title keeps its capitals, and a byline is one name as printed.
fn field(name: &str, value: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let Some(value) = value.filter(|v| !v.is_empty()) else { return Ok(()) };
    let value = escaped(value);
    match name {
        "title" | "author" | "journal" => writeln!(out, "  {name} = {{{{{value}}}}},"),
        _ => writeln!(out, "  {name} = {{{value}}},"),
    }
}

/// One line of text in which no sign means anything to TeX; braces become words, so that they always balance.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in Shown::line(text).as_str().chars() {
        match c {
            '\\' => out.push_str("\\textbackslash "),
            '{' => out.push_str("\\textbraceleft "),
            '}' => out.push_str("\\textbraceright "),
            '~' => out.push_str("\\textasciitilde "),
            '^' => out.push_str("\\textasciicircum "),
            '"' => out.push_str("\\textquotedbl "),
            '%' | '#' | '&' | '_' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// *whitfield2026sequel*: the author's last name, the year, the first long word of the title; ASCII letters only.
pub(super) fn key(source: &Source) -> String {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let author = source.byline.as_deref().and_then(|b| b.split_whitespace().next_back()).map(plain);
    let year = source.published.as_deref().and_then(|d| d.get(..4)).map(plain);
    let word = source.title.split_whitespace().map(plain).find(|w| w.len() > 3);
    let key: String = [author, year, word].into_iter().flatten().collect();
    if key.is_empty() { format!("sayso{}", source.text_sha256.get(..8).unwrap_or_default()) } else { key }
}

/// The key, or the key with the first letters that make it one of its own.
pub(super) fn free(key: &str, taken: &[String]) -> String {
    let more = (1..).map(|n| format!("{key}-{n}"));
    std::iter::once(key.to_owned()).chain(more).find(|k| !taken.contains(k)).unwrap_or_default()
}
