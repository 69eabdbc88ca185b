//! The search fields as flags: what `--speaker`, `--kind` and the others ask for is handed to the same search as what is typed
//! after `/`.

use super::args::Search;
use super::report::Failure;
use crate::document::Document;
use crate::index::{Query, TRAITS};

/// What a listing command is asked for.
pub struct Asked {
    /// What the findings must fit.
    pub query: Query,
    since: Option<String>,
    until: Option<String>,
}

impl Asked {
    /// Understands the flags.
    ///
    /// # Errors
    /// When a value is none that anything can have.
    pub fn of(search: &Search) -> Result<Self, Failure> {
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
        let query = Query::parse(&typed.join(" "));
        if let Some(unknown) = query.unknown.first() {
            return Err(Failure::Usage(format!("nothing is {unknown}; one of {}", TRAITS.join(", "))));
        }
        Ok(Self { query, since: day(search.since.as_deref())?, until: day(search.until.as_deref())? })
    }

    /// Whether a document is of the time that is asked for; one without a date is only when no time is.
    pub fn fits(&self, document: &Document) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(published) = document.meta().published.as_deref() else { return false };
        let starts = |until: &str| published.get(..until.len()).unwrap_or(published) <= until;
        self.since.as_deref().is_none_or(|since| published >= since) && self.until.as_deref().is_none_or(starts)
    }
}

/// A value without what would end its quotation.
fn unmarked(value: &str) -> String {
    value.replace(['"', '“', '”'], " ")
}

/// A year, month or day.
fn day(typed: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    let parts: Vec<&str> = typed.split('-').collect();
    let digits = |(place, part): (usize, &&str)| {
        part.len() == if place == 0 { 4 } else { 2 } && part.bytes().all(|b| b.is_ascii_digit())
    };
    if parts.len() > 3 || !parts.iter().enumerate().all(digits) {
        return Err(Failure::Usage(format!("{typed} is no date; write 2026, 2026-03 or 2026-03-14")));
    }
    Ok(Some(typed.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    fn fits(search: &Search) -> bool {
        let page = "---\ntitle: Rain\ndate: 2026-03-14\n---\n\nIt rained.\n";
        Asked::of(search).expect("understood").fits(&read(page.as_bytes(), "rain.md").expect("reads"))
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
        assert!(Asked::of(&kind).is_err());
        let since = Search { since: Some("14 March".into()), ..Search::default() };
        assert!(Asked::of(&since).is_err());
        let marks = Search { text: vec!["a \"b\" c".into()], ..Search::default() };
        assert_eq!(Asked::of(&marks).expect("understood").query.words.len(), 1);
    }
}
