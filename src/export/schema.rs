//! schema.org JSON-LD: a `Claim` or `Quotation` for each finding, with the article it appears in. sayso rates nothing: a
//! `ClaimReview` is written only where the reader gave a verdict, in the reader's words and without a number.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::item::{Exported, Source};
use super::row::{ClaimFacts, QuoteFacts, Row, Speller};
use super::safe_json::write_pretty;

/// Writes the graph.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let mut graph = Vec::new();
    for bundle in &exported.documents {
        let rows = Speller::of(bundle).rows();
        graph.push(article(&bundle.source, &rows));
        for row in &rows {
            graph.extend(row.quote.as_ref().map(|q| quotation(row, q, &bundle.source)));
            graph.extend(row.claim.as_ref().map(|c| claim(row, c, &bundle.source)));
            graph.extend(review(row));
        }
    }
    write_pretty(&json!({"@context": "https://schema.org", "@graph": graph}), out)?;
    out.write_all(b"\n")
}

/// An object without the members that are null.
fn object(members: Value) -> Value {
    match members {
        Value::Object(map) => Value::Object(map.into_iter().filter(|(_, v)| !v.is_null()).collect::<Map<_, _>>()),
        other => other,
    }
}

fn article(source: &Source, rows: &[Row]) -> Value {
    let threads = rows.iter().filter_map(|r| r.thread.as_ref());
    let about: Vec<Value> =
        threads.map(|t| json!({"@type": "Thing", "name": t.name, "alternateName": t.aliases})).collect();
    object(json!({
        "@type": if source.outlet.is_some() && source.published.is_some() { "NewsArticle" } else { "CreativeWork" },
        "@id": source.iri(),
        "name": source.title,
        "headline": source.title,
        "author": source.byline.as_ref().map(|name| json!({"@type": "Person", "name": name})),
        "publisher": source.outlet.as_ref().map(|name| json!({"@type": "Organization", "name": name})),
        "datePublished": source.published,
        "url": source.url,
        "inLanguage": source.language,
        "about": (!about.is_empty()).then_some(about),
    }))
}

fn quotation(row: &Row, quote: &QuoteFacts, source: &Source) -> Value {
    object(json!({
        "@type": "Quotation",
        "@id": row.id,
        "text": row.text,
        "creator": quote.speaker.as_ref().map(|name| json!({"@type": "Person", "name": name})),
        "isPartOf": {"@id": source.iri()},
    }))
}

fn claim(row: &Row, claim: &ClaimFacts, source: &Source) -> Value {
    object(json!({
        "@type": "Claim",
        "@id": row.id,
        "name": row.text,
        "text": row.text,
        "author": claim.holder.as_ref().map(|name| json!({"@type": "Person", "name": name})),
        "datePublished": source.published,
        "appearance": {"@id": source.iri()},
    }))
}

fn review(row: &Row) -> Option<Value> {
    let verdict = row.reader.verdict.as_ref().filter(|_| row.claim.is_some())?;
    Some(object(json!({
        "@type": "ClaimReview",
        "@id": format!("{}:review", row.id),
        "claimReviewed": row.text,
        "itemReviewed": {"@id": row.id},
        "reviewRating": {"@type": "Rating", "alternateName": verdict},
        "citation": row.reader.source,
        "reviewBody": row.reader.note,
    })))
}
