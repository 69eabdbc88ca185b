//! The sources as CSL-JSON, for Zotero, pandoc and other citation processors.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::bibtex::{free, key};
use super::item::{Exported, Source};
use super::safe_json::write_pretty;

/// Writes the list.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let mut taken: Vec<String> = Vec::new();
    let mut items = Vec::new();
    for bundle in &exported.documents {
        let id = free(&key(&bundle.source), &taken);
        items.push(item(&bundle.source, &id));
        taken.push(id);
    }
    write_pretty(&items, out)?;
    out.write_all(b"\n")
}

fn item(source: &Source, id: &str) -> Value {
    let mut item = json!({
        "id": id,
        "type": if source.outlet.is_some() { "article-newspaper" } else { "document" },
        "title": source.title,
        "language": source.language,
    });
    if let Some(byline) = &source.byline {
        item["author"] = json!([{"literal": byline}]);
    }
    if let Some(parts) = source.published.as_deref().and_then(date_parts) {
        item["issued"] = json!({"date-parts": [parts]});
    }
    if let Some(outlet) = &source.outlet {
        item["container-title"] = json!(outlet);
    }
    if let Some(url) = &source.url {
        item["URL"] = json!(url);
    }
    if let Some(hash) = &source.sha256 {
        item["note"] = json!(format!("SHA-256 {hash}"));
    }
    item
}

/// Year, month and day of an ISO date, as many as there are.
fn date_parts(date: &str) -> Option<Vec<u32>> {
    let day = date.split('T').next()?;
    let parts: Result<Vec<u32>, _> = day.split('-').map(str::parse).collect();
    parts.ok().filter(|p| (1..=3).contains(&p.len()))
}
