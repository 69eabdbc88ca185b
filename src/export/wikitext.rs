//! Wikitext for wiki editors: quotes as `{{Quote}}`, claims as list entries, each with a `<ref>` that holds a `{{cite news}}`
//! the first time its source is named. A claim that nobody named is marked `{{by whom}}`.

use std::io::{self, Write};

use super::item::{Exported, Source};
use super::row::{Row, Speller};
use crate::text::Shown;

/// Writes the page.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    for bundle in &exported.documents {
        let source = &bundle.source;
        let mut reference = Reference { source, told: false };
        writeln!(out, "== {} ==", escaped(&source.title))?;
        for row in Speller::of(bundle).rows() {
            writeln!(out, "{}", entry(&row, &mut reference))?;
        }
        out.write_all(b"\n")?;
    }
    out.write_all(b"{{reflist}}\n")
}

fn entry(row: &Row, reference: &mut Reference) -> String {
    let text = escaped(row.text.trim_end_matches(','));
    let note = row.reader.note.as_ref().map(|n| format!(" <!-- {} -->", comment(n))).unwrap_or_default();
    if let Some(quote) = &row.quote {
        let author = escaped(quote.speaker.as_deref().unwrap_or("unknown"));
        let source = escaped(&reference.source.title);
        return format!("{{{{Quote|text={text}|author={author}|source={source}{}}}}}{note}", reference.tag());
    }
    if let Some(claim) = &row.claim {
        let whom = if claim.holder_kind == "unnamed" { " {{by whom}}" } else { "" };
        let holder = claim.holder.as_ref().map(|name| format!("{}: ", escaped(name))).unwrap_or_default();
        return format!("* {holder}{text}{whom}{}{note}", reference.tag());
    }
    let name = row.thread.as_ref().map(|t| escaped(&t.name)).unwrap_or_default();
    format!("; {name}\n: {text}{}{note}", reference.tag())
}

/// The reference to a source: whole the first time, by name after that.
struct Reference<'a> {
    source: &'a Source,
    told: bool,
}

impl Reference<'_> {
    fn tag(&mut self) -> String {
        let name: String = self.source.text_sha256.chars().take(12).collect();
        if std::mem::replace(&mut self.told, true) {
            return format!("<ref name=\"sayso-{name}\" />");
        }
        let source = self.source;
        let mut cite = format!("{{{{cite news|title={}", escaped(&source.title));
        let known = [
            ("author", source.byline.as_deref()),
            ("newspaper", source.outlet.as_deref()),
            ("date", source.published.as_deref()),
        ];
        for (field, value) in known {
            cite.extend(value.map(|value| format!("|{field}={}", escaped(value))));
        }
        cite.extend(source.url.as_ref().map(|url| format!("|url={}", address(url))));
        format!("<ref name=\"sayso-{name}\">{cite}}}}}</ref>")
    }
}

/// An address without what would end a template's parameter or a link.
fn address(url: &str) -> String {
    let mut out = String::new();
    for c in Shown::line(url).as_str().chars() {
        match c {
            '|' | '{' | '}' | '[' | ']' | '<' | '>' | '"' | '\'' | ' ' => {
                out.extend([format!("%{:02X}", u32::from(c))]);
            }
            _ => out.push(c),
        }
    }
    out
}

/// One line of text in which no sign means anything to a wiki.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (place, c) in Shown::line(text).as_str().chars().enumerate() {
        let means = match c {
            '|' | '{' | '}' | '[' | ']' | '<' | '>' | '&' | '=' | '~' | '\'' | '_' => true,
            '*' | '#' | ':' | ';' | '-' => place == 0,
            _ => false,
        };
        if means { out.extend([format!("&#{};", u32::from(c))]) } else { out.push(c) }
    }
    out
}

/// Text that cannot end a comment.
fn comment(text: &str) -> String {
    Shown::line(text).as_str().replace("--", "- -").replace('>', "&gt;")
}
