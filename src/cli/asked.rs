//! The search fields as flags: what `--speaker`, `--kind` and the others ask for is handed to the same search as what is typed
//! after `/`.

use super::args::Search;
use super::report::Failure;
use crate::document::{Day, Document};
use crate::index::Query;

/// What the flags of a listing command ask for.
///
/// # Errors
/// When a value is none that anything can have.
pub fn query(search: &Search) -> Result<Query, Failure> {
    let fields = [
        ("speaker", &search.speaker),
        ("speaker", &search.holder),
        ("certainty", &search.certainty),
        ("thread", &search.thread),
        ("kind", &search.kind),
    ];
    let mut typed: Vec<String> = Vec::new();
    for (field, values) in fields {
        typed.extend(values.iter().map(|value| format!("{field}:\"{}\"", unmarked(value))));
    }
    typed.extend(search.unsure.then(|| "is:unsure".to_owned()));
    typed.extend(search.text.iter().map(|words| format!("\"{}\"", unmarked(words))));
    for (field, day) in [("since", &search.since), ("until", &search.until)] {
        if let Some(day) = day {
            Day::from_iso(day)
                .ok_or_else(|| Failure::Usage(format!("{day} is no date; write 2026, 2026-03 or 2026-03-14")))?;
            typed.push(format!("{field}:{day}"));
        }
    }
    let query = Query::parse(&typed.join(" "));
    // The fields of the search are options here.
    match query.fault() {
        Some(fault) => Err(Failure::Usage(
            fault.replace(" certainty: knows", " --certainty knows").replace(" kind: knows", " --kind knows"),
        )),
        None => Ok(query),
    }
}

/// Whether an article of the time of a document is asked for, so that the document is worth reading.
pub fn is_of_time(query: &Query, document: &Document) -> bool {
    query.fits_article(document.meta().published.as_deref().and_then(Day::from_iso), "")
}

/// A value without what would end its quotation.
fn unmarked(value: &str) -> String {
    value.replace(['"', '“', '”'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    fn fits(search: &Search) -> bool {
        let page = "---\ntitle: Rain\ndate: 2026-03-14\n---\n\nIt rained.\n";
        is_of_time(&query(search).expect("understood"), &read(page.as_bytes(), "rain.md").expect("reads"))
    }

    #[test]
    fn a_time_is_asked_for_by_year_month_or_day() {
        let at = |since: Option<&str>, until: Option<&str>| {
            fits(&Search { since: since.map(str::to_owned), until: until.map(str::to_owned), ..Search::default() })
        };
        assert!(at(None, None) && at(Some("2026"), Some("2026")) && at(Some("2026-03-14"), Some("2026-03")));
        assert!(!at(Some("2026-03-15"), None) && !at(None, Some("2026-02")) && !at(Some("2027"), None));
    }

    #[test]
    fn what_nothing_can_be_is_told() {
        let kind = Search { kind: vec!["sung".into()], ..Search::default() };
        assert!(query(&kind).is_err());
        let since = Search { since: Some("14 March".into()), ..Search::default() };
        assert!(query(&since).is_err());
        let marks = Search { text: vec!["a \"b\" c".into()], ..Search::default() };
        assert_eq!(query(&marks).expect("understood").words.len(), 1);
    }
}
