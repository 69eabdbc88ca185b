//! Searching the whole library: the words a reader types, looked up in the folded words of all findings, the newest first.

use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use super::entry::{KEPT, day, first_of, kept, searchable, sort_name};
use super::{Store, StoreError};
use crate::document::Day;
use crate::index::{Query, TRAITS};
use crate::story::{Kept, Sort};

/// A finding of the library that fits a query.
#[derive(Clone, PartialEq, Debug)]
pub struct Match {
    /// A file that holds its document.
    pub path: String,
    /// The title of the article.
    pub title: String,
    /// The paper or site.
    pub outlet: String,
    /// When it appeared.
    pub day: Option<Day>,
    /// The finding.
    pub kept: Kept,
}

impl Store {
    /// The findings that fit, the newest first, `limit` at most from the `from`th; all sorts, or one. Words are looked up by
    /// their start. An empty query fits nothing.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn find(&self, query: &Query, sort: Option<Sort>, from: usize, limit: usize) -> Result<Vec<Match>, StoreError> {
        let Some(asked) = Asked::of(query, sort) else { return Ok(Vec::new()) };
        let number = |n: usize| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
        let columns = KEPT.split(", ").collect::<Vec<_>>().join(", f.");
        let statement = format!(
            "select f.{columns}, coalesce((select min(path) from file where document = d.id), d.path, ''), d.title, d.outlet, d.day
             from word join finding f on f.id = word.rowid join document d on d.id = f.document
             where {} order by word.rowid desc limit ? offset ?",
            asked.conditions.join(" and ")
        );
        let mut values = asked.values;
        values.extend([number(limit), number(from)]);
        let mut statement = self.connection.prepare_cached(&statement)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(Match {
                kept: kept(row)?,
                path: row.get(10)?,
                title: row.get(11)?,
                outlet: row.get(12)?,
                day: day(row, 13)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many documents there are.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn count(&self) -> Result<usize, StoreError> {
        let count: i64 = self.connection.query_row("select count(*) from document", params![], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}

/// A query as conditions and their values.
struct Asked {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Asked {
    fn of(query: &Query, sort: Option<Sort>) -> Option<Self> {
        if query.is_empty() || !query.unknown.is_empty() {
            return None;
        }
        let mut asked = Self { conditions: Vec::new(), values: Vec::new() };
        asked.add("word match ?", Value::Text(matching(query, sort)?));
        // The day is in the upper bits of the id. What has no day is of no time one could ask for.
        if let Some(since) = query.since.or(query.until.map(|_| Day(-500_000))) {
            asked.add("word.rowid >= ?", Value::Integer(first_of(Some(since))));
        }
        if let Some(until) = query.until {
            asked.add("word.rowid < ?", Value::Integer(first_of(Some(Day(until.0.saturating_add(1))))));
        }
        for place in &query.places {
            let like = format!("%{}%", place.replace(['%', '_', '\\'], "_"));
            asked.add("lower(d.title || ' ' || d.outlet || ' ' || coalesce(d.path, '')) like ?", Value::Text(like));
        }
        Some(asked)
    }

    fn add(&mut self, condition: &str, value: Value) {
        self.conditions.push(condition.to_owned());
        self.values.push(value);
    }
}

/// The expression for the words; none when nothing can fit.
fn matching(query: &Query, sort: Option<Sort>) -> Option<String> {
    let mut parts = vec![match sort {
        Some(sort) => format!("{{traits}} : \"{}\"", sort_name(sort)),
        None => "{traits} : (\"asquote\" OR \"asclaim\")".to_owned(),
    }];
    let sides = [("content", &query.words), ("who", &query.speakers), ("threads", &query.threads)];
    for (column, words) in sides {
        for word in words {
            parts.push(format!("{{{column}}} : {}", phrase(word)?));
        }
    }
    for name in &query.traits {
        let whole = TRAITS.contains(&name.as_str());
        parts.push(format!("{{traits}} : \"{}\"{}", bare(name), if whole { "" } else { "*" }));
    }
    Some(parts.join(" AND "))
}

/// Some words side by side, the last of them by its start; a single letter is a whole word.
fn phrase(words: &str) -> Option<String> {
    let words = bare(&searchable(words));
    let words = words.trim();
    let last = words.split(|c: char| !c.is_alphanumeric()).rfind(|w| !w.is_empty())?;
    let start = if last.chars().nth(1).is_some() { "*" } else { "" };
    Some(format!("\"{words}\"{start}"))
}

/// Without what would end a string.
fn bare(text: &str) -> String {
    text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect()
}
