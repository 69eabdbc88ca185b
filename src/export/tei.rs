//! TEI P5: the whole text with `<said>` around what is said, `<seg type="claim">` around claims and `<rs type="thread">` around
//! the names of threads; the speakers are listed in the header, the reader's remarks stand in `<standOff>`. What runs over
//! paragraphs or crosses something else is cut into fragments linked by `next` and `prev`, because XML nests.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::item::{Bundle, Exported};
use super::row::{Row, Speller};
use super::tei_body::{self, Element};
use super::word::word;
use crate::analysis::{FindingId, PersonKind, QuoteKind, Sureness};
use crate::text::Shown;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns=\"http://www.tei-c.org/ns/1.0\"";

/// Writes one `TEI`, or a `teiCorpus` of several.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    if let [bundle] = exported.documents.as_slice() {
        return document(bundle, SPACE, "", out);
    }
    writeln!(out, "<teiCorpus {SPACE}>")?;
    out.write_all(header("Texts exported by sayso", "<p>See each text.</p>", "").as_bytes())?;
    for (number, bundle) in exported.documents.iter().enumerate() {
        // Names must be told apart over the whole corpus.
        document(bundle, "", &format!("d{}-", number + 1), out)?;
    }
    out.write_all(b"</teiCorpus>\n")
}

fn document(bundle: &Bundle, space: &str, prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let rows = Speller::of(bundle).rows();
    let speakers = speakers(bundle, &rows, prefix);
    let space = if space.is_empty() { String::new() } else { format!(" {space}") };
    writeln!(out, "<TEI{space}>")?;
    let persons: String = speakers.values().map(|(id, element)| element.replace("{id}", id)).collect();
    let list = if persons.is_empty() { String::new() } else { format!("<listPerson>\n{persons}</listPerson>") };
    out.write_all(header(&bundle.source.title, &source(bundle), &list).as_bytes())?;
    out.write_all(remarks(&rows, prefix).as_bytes())?;
    tei_body::write(&bundle.document, &elements(bundle, &rows, &speakers, prefix), out)?;
    out.write_all(b"</TEI>\n")
}

fn header(title: &str, source: &str, persons: &str) -> String {
    let profile = if persons.is_empty() {
        String::new()
    } else {
        format!("<profileDesc><particDesc>{persons}</particDesc></profileDesc>\n")
    };
    format!(
        "<teiHeader>\n<fileDesc>\n<titleStmt><title>{}</title></titleStmt>\n\
         <publicationStmt><p>Made with sayso from the source below.</p></publicationStmt>\n\
         <sourceDesc>{source}</sourceDesc>\n</fileDesc>\n{profile}</teiHeader>\n",
        escaped(title)
    )
}

fn source(bundle: &Bundle) -> String {
    let source = &bundle.source;
    let mut bibl = format!("<title>{}</title>", escaped(&source.title));
    bibl.extend(source.byline.iter().map(|name| format!("<author>{}</author>", escaped(name))));
    bibl.extend(source.outlet.iter().map(|name| format!("<publisher>{}</publisher>", escaped(name))));
    bibl.extend(source.published.iter().map(|date| format!("<date>{}</date>", escaped(date))));
    bibl.extend(source.url.iter().map(|url| format!("<idno type=\"URL\">{}</idno>", escaped(url))));
    bibl.extend(source.path.iter().map(|path| format!("<idno type=\"file\">{}</idno>", escaped(path))));
    bibl.extend(source.sha256.iter().map(|hash| format!("<idno type=\"sha256\">{hash}</idno>")));
    format!("<bibl>{bibl}</bibl>")
}

/// The speakers by name, each with its `xml:id` and its entry of the list.
fn speakers(bundle: &Bundle, rows: &[Row], prefix: &str) -> BTreeMap<String, (String, String)> {
    let names = rows.iter().filter_map(|r| r.quote.as_ref()?.speaker.clone());
    let mut speakers = BTreeMap::new();
    for name in names {
        let number = speakers.len() + 1;
        let kind = bundle.analysis.people.iter().find(|p| p.name == name).map(|p| p.kind);
        let (tag, part) = match kind {
            Some(PersonKind::Organisation) => ("org", "orgName"),
            _ => ("person", "persName"),
        };
        let element =
            format!("<{tag} xml:id=\"{{id}}\"><{part}>{}</{part}></{tag}>\n", escaped(&name).replace("{id}", "{ id}"));
        speakers.entry(name).or_insert((format!("{prefix}p{number}"), element));
    }
    speakers
}

/// What is marked in the text.
fn elements(
    bundle: &Bundle,
    rows: &[Row],
    speakers: &BTreeMap<String, (String, String)>,
    prefix: &str,
) -> Vec<Element> {
    let mut elements = Vec::new();
    for (number, (row, item)) in rows.iter().zip(&bundle.items).enumerate() {
        let id = id(row, number, prefix);
        let (name, attributes) = if let Some(quote) = &row.quote {
            let who = quote.speaker.as_ref().and_then(|n| speakers.get(n)).map(|(id, _)| format!(" who=\"#{id}\""));
            let cert = quote.sureness.map(|s| format!(" cert=\"{}\"", cert(s)));
            let direct = quote.kind == QuoteKind::Direct;
            ("said", format!("{}{} direct=\"{direct}\"", who.unwrap_or_default(), cert.unwrap_or_default()))
        } else if let Some(claim) = &row.claim {
            ("seg", format!(" type=\"claim\" subtype=\"{}\"", word(claim.kind)))
        } else {
            let name = row.thread.as_ref().map(|t| attribute(&t.name)).unwrap_or_default();
            ("rs", format!(" type=\"thread\" key=\"{name}\""))
        };
        let spans = match item.finding {
            FindingId::Quote(id) => bundle.analysis.quotes.get(id.index()).map(|q| q.content.clone()),
            FindingId::Claim(id) => bundle.analysis.claims.get(id.index()).map(|c| vec![c.content]),
            FindingId::Thread(id) => bundle.analysis.threads.get(id.index()).map(|t| t.mentions.clone()),
            FindingId::Person(_) => None,
        };
        // The places where a thread is named are many, and no parts of one thing.
        let whole = row.thread.is_none();
        elements.push(Element { name, attributes, id: whole.then_some(id), spans: spans.unwrap_or_default() });
    }
    elements
}

fn id(row: &Row, number: usize, prefix: &str) -> String {
    format!("{prefix}{}{}", row.record.get(..1).unwrap_or("x"), number + 1)
}

fn cert(sureness: Sureness) -> &'static str {
    match sureness {
        Sureness::Sure => "high",
        Sureness::Likely => "medium",
        Sureness::Guessed => "low",
    }
}

/// What was found out about claims, and the reader's remarks.
fn remarks(rows: &[Row], prefix: &str) -> String {
    let mut list = String::new();
    for (number, row) in rows.iter().enumerate().filter(|(_, r)| r.thread.is_none()) {
        let target = id(row, number, prefix);
        let mut annotate = |motivation: &str, text: &str| {
            list.extend([
                // TEI wants a name for every annotation; one target has one of each motivation.
                format!(
                    "<annotation xml:id=\"{target}.{motivation}\" target=\"#{target}\" motivation=\"{motivation}\">"
                ),
                format!("<note>{}</note></annotation>\n", escaped(text)),
            ]);
        };
        if let Some(claim) = &row.claim {
            let holder = claim.holder.as_deref().unwrap_or(claim.holder_kind);
            annotate("classifying", &format!("{holder}: {}, {}", word(claim.certainty), word(claim.polarity)));
        }
        let said =
            [("assessing", &row.reader.verdict), ("describing", &row.reader.source), ("commenting", &row.reader.note)];
        for (motivation, text) in said {
            if let Some(text) = text {
                annotate(motivation, text);
            }
        }
    }
    if list.is_empty() { list } else { format!("<standOff>\n<listAnnotation>\n{list}</listAnnotation>\n</standOff>\n") }
}

/// Text in which no sign means anything to XML, and which holds no character that XML forbids.
pub(super) fn escaped(text: &str) -> String {
    let clean = Shown::text(text);
    let mut out = String::with_capacity(clean.as_str().len());
    for c in clean.as_str().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}

fn attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;").replace('\n', " ")
}
