//! Exports read back: CSV, JSON Lines and Web Annotation give the same places and words that went into them.

use serde_json::Value;

use super::annotation::CONTEXT;
use super::csv;
use super::jsonl::SCHEMA;
use super::row::BETWEEN;

/// A finding as an export keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub id: String,
    /// The file it is from.
    pub path: Option<String>,
    /// SHA-256 of that file.
    pub sha256: Option<String>,
    /// Its words, pieces joined.
    pub text: String,
    /// Its places in code points.
    pub places: Vec<[usize; 2]>,
    /// The words of each place, when they can be told apart.
    pub parts: Vec<String>,
    /// Some text before the first place.
    pub prefix: String,
    /// Some text after the first place, or after the last where the export keeps no other.
    pub suffix: String,
    /// Whether the words were cleaned for showing, so that hidden characters of the text are missing.
    pub cleaned: bool,
}

/// Reads an export; findings without a place are left out.
///
/// # Errors
/// With a sentence that says why it cannot be read.
pub fn read(text: &str) -> Result<Vec<Kept>, String> {
    let start = text.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    let mut kept = match start.chars().next() {
        // JSON Lines without a finding are an empty file.
        None => Vec::new(),
        Some('{') => json(text)?,
        Some(_) => table(text)?,
    };
    kept.retain(|k| !k.places.is_empty());
    Ok(kept)
}

fn json(text: &str) -> Result<Vec<Kept>, String> {
    if let Ok(page) = serde_json::from_str::<Value>(text)
        && page["@context"] == CONTEXT
    {
        let items = page["items"].as_array().ok_or("the annotation page has no items")?;
        return items
            .iter()
            .enumerate()
            .map(|(n, item)| annotation(item).ok_or(format!("item {n} has no target")))
            .collect();
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let value: Value = serde_json::from_str(line).map_err(|e| format!("line {}: {e}", number + 1))?;
            finding(&value).ok_or(format!("line {} is no {SCHEMA}", number + 1))
        })
        .collect()
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn pair(value: &Value) -> Option<[usize; 2]> {
    let number = |name: &str| usize::try_from(value[name].as_u64()?).ok();
    Some([number("start")?, number("end")?])
}

fn finding(value: &Value) -> Option<Kept> {
    if value["schema"] != SCHEMA {
        return None;
    }
    let places = value["places"].as_array()?;
    let first = places.first().unwrap_or(&Value::Null);
    Some(Kept {
        id: string(&value["id"])?,
        path: string(&value["source"]["path"]),
        sha256: string(&value["source"]["sha256"]),
        text: string(&value["text"])?,
        places: places.iter().map(pair).collect::<Option<_>>()?,
        parts: places.iter().map(|p| string(&p["exact"])).collect::<Option<_>>()?,
        prefix: string(&first["prefix"]).unwrap_or_default(),
        suffix: string(&first["suffix"]).unwrap_or_default(),
        cleaned: false,
    })
}

fn annotation(value: &Value) -> Option<Kept> {
    let targets = value["target"].as_array()?;
    let selector =
        |target: &Value, kind: &str| target["selector"].as_array()?.iter().find(|s| s["type"] == kind).cloned();
    let mut kept = Kept { id: string(&value["id"])?, ..Kept::default() };
    for target in targets {
        let words = selector(target, "TextQuoteSelector")?;
        kept.places.push(pair(&selector(target, "TextPositionSelector")?)?);
        kept.parts.push(string(&words["exact"])?);
        if kept.parts.len() == 1 {
            kept.prefix = string(&words["prefix"]).unwrap_or_default();
            kept.suffix = string(&words["suffix"]).unwrap_or_default();
            kept.path = target["source"]["id"].as_str().and_then(path_of);
            kept.sha256 = string(&target["source"]["schema:sha256"]);
        }
    }
    kept.text = kept.parts.join(BETWEEN);
    Some(kept)
}

/// The file an IRI names; none for an address on the web or a hash.
fn path_of(iri: &str) -> Option<String> {
    let path = iri.strip_prefix("file://").unwrap_or(iri);
    if path.starts_with("urn:") || path.contains("://") {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn table(text: &str) -> Result<Vec<Kept>, String> {
    let table = csv::read(text).ok_or("a quotation mark is left open in the table")?;
    let (header, rows) = table.split_first().ok_or("it is empty")?;
    if header.first().map(String::as_str) != Some("record") {
        return Err("it is no export of sayso that names places: csv, jsonl or annotation".to_owned());
    }
    let column = |name: &str| header.iter().position(|h| h == name).ok_or(format!("the table has no column {name}"));
    let at = [
        column("id")?,
        column("path")?,
        column("sha256")?,
        column("text")?,
        column("pieces")?,
        column("prefix")?,
        column("suffix")?,
    ];
    rows.iter().enumerate().map(|(n, row)| line(row, at).ok_or(format!("row {} is damaged", n + 2))).collect()
}

fn line(row: &[String], at: [usize; 7]) -> Option<Kept> {
    let cell = |n: usize| row.get(at[n]).map(|c| csv::unguarded(c).to_owned());
    let known = |n: usize| cell(n).filter(|c| !c.is_empty());
    let span = |piece: &str| {
        let (start, end) = piece.split_once('-')?;
        Some([start.parse().ok()?, end.parse().ok()?])
    };
    let text = cell(3)?;
    let places: Vec<[usize; 2]> = cell(4)?.split_whitespace().map(span).collect::<Option<_>>()?;
    let parts: Vec<String> = match places.len() {
        1 => vec![text.clone()],
        _ => text.split(BETWEEN).map(str::to_owned).collect(),
    };
    let parts = if parts.len() == places.len() { parts } else { Vec::new() };
    Some(Kept {
        id: cell(0)?,
        path: known(1),
        sha256: known(2),
        text,
        places,
        parts,
        prefix: cell(5)?,
        suffix: cell(6)?,
        cleaned: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_export_is_refused_with_a_reason() {
        for (text, reason) in [
            ("a,b\r\n1,2\r\n", "no export"),
            ("record,\"id", "left open"),
            ("record,id\r\n", "no column path"),
            ("{\"schema\": \"other\"}", "line 1"),
            ("{\"a\": ", "line 1"),
        ] {
            let told = read(text).expect_err(text);
            assert!(told.contains(reason), "{text}: {told}");
        }
    }

    #[test]
    fn a_file_is_found_in_its_iri() {
        assert_eq!(read("").expect("no finding"), Vec::new());
        assert_eq!(path_of("file:///a%20b/%C3%A9.txt").as_deref(), Some("/a b/é.txt"));
        assert_eq!(path_of("seeds/a.txt").as_deref(), Some("seeds/a.txt"));
        assert_eq!((path_of("urn:sha256:00"), path_of("https://example.org/a")), (None, None));
    }
}
