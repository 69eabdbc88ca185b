//! W3C Web Annotation (JSON-LD): an `AnnotationPage` with one annotation a finding, its words found by both selectors. Offsets
//! are code points of the text that sayso shows, as the model demands. What the file is, is said with the prefixes that the
//! annotation context defines (`dc:`, `schema:`).

use std::io::{self, Write};

use serde_json::{Value, json};

use super::item::{Exported, Source, sha256};
use super::row::{Place, Row, Speller};
use super::safe_json::write_pretty;
use super::word::word;

/// The context that gives the names their meaning.
pub(super) const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// Writes the page.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let mut items = Vec::new();
    for bundle in &exported.documents {
        let rows = Speller::of(bundle).rows();
        items.extend(rows.iter().filter(|r| !r.places.is_empty()).map(|row| annotation(row, &bundle.source)));
    }
    let ids: String = items.iter().filter_map(|i| i["id"].as_str()).collect();
    let id: String = sha256(ids.as_bytes()).chars().take(16).collect();
    let page = json!({
        "@context": CONTEXT,
        "id": format!("urn:sayso:page:{id}"),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    });
    write_pretty(&page, out)?;
    out.write_all(b"\n")
}

fn annotation(row: &Row, source: &Source) -> Value {
    let targets: Vec<Value> = row.places.iter().map(|p| target(p, source)).collect();
    json!({
        "id": row.id,
        "type": "Annotation",
        "motivation": if row.thread.is_some() { "linking" } else { "classifying" },
        "generator": {"id": "urn:sayso", "type": "Software", "name": "sayso"},
        "body": bodies(row),
        "target": targets,
    })
}

fn target(place: &Place, source: &Source) -> Value {
    let mut file = json!({"id": source.iri(), "type": "Text", "dc:title": source.title, "language": source.language});
    let known = [
        ("dc:creator", &source.byline),
        ("dc:date", &source.published),
        ("dc:publisher", &source.outlet),
        ("schema:url", &source.url),
        ("schema:sha256", &source.sha256),
    ];
    for (name, value) in known {
        if let Some(value) = value {
            file[name] = json!(value);
        }
    }
    json!({"type": "SpecificResource", "source": file, "selector": selectors(place)})
}

/// The two selectors of a place, in the names of the model.
pub(super) fn selectors(place: &Place) -> Value {
    json!([
        {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix},
        {"type": "TextPositionSelector", "start": place.start, "end": place.end},
    ])
}

fn bodies(row: &Row) -> Vec<Value> {
    let body = |purpose: &str, value: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "language": "en"});
    let mut bodies = vec![body("classifying", row.record)];
    bodies.extend(tags(row).iter().map(|tag| body("tagging", tag)));
    if let Some(who) = who(row) {
        bodies.push(body("identifying", who));
    }
    let reader = &row.reader;
    let said = [("assessing", &reader.verdict), ("describing", &reader.source), ("commenting", &reader.note)];
    bodies.extend(said.iter().filter_map(|(purpose, value)| Some(body(purpose, value.as_ref()?))));
    bodies
}

/// Who says it.
pub(super) fn who(row: &Row) -> Option<&str> {
    let speaker = row.quote.as_ref().and_then(|q| q.speaker.as_deref());
    speaker.or_else(|| row.claim.as_ref().and_then(|c| c.holder.as_deref()))
}

/// What was found out, as `name:value`.
pub(super) fn tags(row: &Row) -> Vec<String> {
    let mut tags = Vec::new();
    if let Some(quote) = &row.quote {
        tags.push(format!("kind:{}", word(quote.kind)));
    }
    if let Some(claim) = &row.claim {
        let values = [
            ("kind", word(claim.kind)),
            ("certainty", word(claim.certainty)),
            ("polarity", word(claim.polarity)),
            ("time", word(claim.time)),
            ("evidence", word(claim.evidence)),
            ("holder", claim.holder_kind.to_owned()),
        ];
        tags.extend(values.into_iter().map(|(name, value)| format!("{name}:{value}")));
    }
    if let Some(thread) = &row.thread {
        tags.extend([format!("thread:{}", thread.name), format!("status:{}", word(thread.status))]);
    }
    tags.extend(row.threads.iter().map(|name| format!("thread:{name}")));
    tags.extend(row.reader.judged.iter().map(|judged| format!("judged:{judged}")));
    tags
}
