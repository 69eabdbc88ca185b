//! Annotations in the form in which the Hypothesis client exports and imports them: an object whose `annotations` each have a
//! `uri`, `text`, `tags` and the W3C selectors under `target`. Group and permissions are left to whoever imports: what is
//! exported here is not meant to be public by itself.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::annotation::{selectors, tags, who};
use super::item::{Exported, Source};
use super::row::{Row, Speller};
use super::safe_json::write_pretty;

/// Writes the object.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let mut annotations = Vec::new();
    for bundle in &exported.documents {
        for row in Speller::of(bundle).rows().iter().filter(|r| !r.places.is_empty()) {
            annotations.push(annotation(row, &bundle.source));
        }
    }
    write_pretty(&json!({"client_version": "sayso", "annotations": annotations}), out)?;
    out.write_all(b"\n")
}

/// One annotation: its target is the first piece, because the client takes one target only; the text names the rest.
fn annotation(row: &Row, source: &Source) -> Value {
    let uri = source.address();
    let mut all = vec![row.record.to_owned()];
    all.extend(who(row).map(|name| format!("source:{name}")));
    all.extend(tags(row));
    all.extend(row.reader.verdict.iter().map(|verdict| format!("verdict:{verdict}")));
    let target: Vec<Value> =
        row.places.iter().take(1).map(|p| json!({"source": uri, "selector": selectors(p)})).collect();
    json!({
        "id": row.id,
        "uri": uri,
        "text": text(row),
        "tags": all,
        "document": {"title": [source.title]},
        "target": target,
    })
}

fn text(row: &Row) -> String {
    let mut lines = Vec::new();
    if row.places.len() > 1 {
        lines.push(format!("whole quote: {}", row.text));
    }
    lines.extend(row.reader.note.clone());
    lines.extend(row.reader.source.iter().map(|from| format!("verdict from: {from}")));
    lines.join("\n\n")
}
