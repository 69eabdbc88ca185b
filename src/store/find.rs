//! Searching the whole library: the words a reader types, looked up in the folded words of all findings, the newest first.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};

use super::entry::{THREAD, TRAIT, WHO, dated, day, first_of, is_sort, place_of, searchable, tokens};
use super::pack::Unpacked;
use super::{Store, StoreError};
use crate::document::Day;
use crate::index::{Query, TRAITS};
use crate::story::{Dated, Kept, Sort};

/// Words of more letters may still be a start, though others follow.
const WRITTEN_OUT: usize = 3;

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
    /// Whether its text says so, or only its file.
    pub dated: Dated,
    /// The finding.
    pub kept: Kept,
}

impl Store {
    /// The findings that fit, the newest first, `limit` at most from the `from`th; all sorts, or one. Words are looked up by
    /// their start, unless they are answer enough as they stand. An empty query fits nothing.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn find(&self, query: &Query, sort: Option<Sort>, from: usize, limit: usize) -> Result<Vec<Match>, StoreError> {
        let enough = from.saturating_add(limit);
        let mut found = Vec::new();
        // A word that is many words' start is slow to look up, and mostly common by itself.
        for starts in [Starts::Whole, Starts::Last] {
            let Some(asked) = Asked::of(query, sort, starts) else { return Ok(Vec::new()) };
            found = self.found(&asked, enough)?;
            if found.len() >= enough || query.words.is_empty() {
                break;
            }
        }
        found.drain(..from.min(found.len()));
        Ok(found)
    }

    fn found(&self, asked: &Asked, enough: usize) -> Result<Vec<Match>, StoreError> {
        let statement = format!(
            "select word.rowid from word {} where {} order by word.rowid desc",
            if asked.places { "cross join document d on d.id = (word.rowid >> 21 & 16777215)" } else { "" },
            asked.conditions.join(" and ")
        );
        let mut statement = self.connection.prepare_cached(&statement)?;
        let mut rows = statement.query(params_from_iter(&asked.values))?;
        let mut found = Vec::new();
        let mut article: Option<(i64, Article)> = None;
        while let Some(row) = rows.next()?
            && found.len() < enough
        {
            let (document, place) = place_of(row.get(0)?);
            if article.as_ref().is_none_or(|(open, _)| *open != document) {
                article = self.article(document)?.map(|a| (document, a));
            }
            let kept = article.as_ref().and_then(|(_, a)| Some((a, a.found.kept(place)?)));
            let Some((article, kept)) = kept.filter(|(_, kept)| asked.phrases.iter().all(|p| p.fits(kept))) else {
                continue;
            };
            let (path, title, outlet) = (article.path.clone(), article.title.clone(), article.outlet.clone());
            found.push(Match { path, title, outlet, day: article.day, dated: article.dated, kept });
        }
        Ok(found)
    }

    fn article(&self, document: i64) -> Result<Option<Article>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "select coalesce((select min(path) from file where document = d.id), d.path, ''), d.title, d.outlet, d.day, o.kept, d.dated
             from document d join found o on o.document = d.id where d.id = ?1",
        )?;
        let article = query.query_row(params![document], |row| {
            let found = Unpacked::of(row.get_ref(4)?.as_blob()?);
            Ok(Article {
                path: row.get(0)?,
                title: row.get(1)?,
                outlet: row.get(2)?,
                day: day(row, 3)?,
                dated: dated(row, 5)?,
                found,
            })
        });
        Ok(article.optional()?)
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

/// An article with its findings.
struct Article {
    path: String,
    title: String,
    outlet: String,
    day: Option<Day>,
    dated: Dated,
    found: Unpacked,
}

/// How words are looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Starts {
    /// As they stand.
    Whole,
    /// By their start; short ones before the last as they stand, because who goes on to the next word has written them out.
    Last,
}

/// Words of a side of a finding that must stand next to each other.
struct Phrase {
    side: &'static str,
    words: Vec<String>,
    start: bool,
}

impl Phrase {
    fn fits(&self, kept: &Kept) -> bool {
        let text = match self.side {
            "" => searchable(&kept.content),
            WHO => searchable(&kept.who),
            _ => searchable(&kept.threads.join(" ")),
        };
        let own: Vec<&str> = tokens(&text).collect();
        let same = |(place, (own, word)): (usize, (&&str, &String))| {
            let last = self.start && place + 1 == self.words.len();
            if last { own.starts_with(word.as_str()) } else { *own == word.as_str() }
        };
        own.windows(self.words.len().max(1)).any(|some| some.iter().zip(&self.words).enumerate().all(same))
    }
}

/// A query as conditions and their values.
struct Asked {
    conditions: Vec<String>,
    values: Vec<Value>,
    /// What the conditions cannot tell.
    phrases: Vec<Phrase>,
    /// Whether the article is asked for too.
    places: bool,
}

impl Asked {
    fn of(query: &Query, sort: Option<Sort>, starts: Starts) -> Option<Self> {
        if query.is_empty() || !query.unknown.is_empty() {
            return None;
        }
        let mut asked =
            Self { conditions: Vec::new(), values: Vec::new(), phrases: Vec::new(), places: !query.places.is_empty() };
        if let Some(matching) = asked.matching(query, starts)? {
            asked.add("word match ?", Value::Text(matching));
        }
        asked.conditions.push(is_sort(sort));
        // The day is in the upper bits of the number. What has no day is of no time one could ask for.
        if let Some(since) = query.since.or(query.until.map(|_| Day(i32::MIN))) {
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

    /// The expression for the words, none for any; none at all when nothing can fit.
    #[expect(clippy::option_option, reason = "three answers")]
    fn matching(&mut self, query: &Query, starts: Starts) -> Option<Option<String>> {
        let mut parts = Vec::new();
        let sides = [("", &query.words), (WHO, &query.speakers), (THREAD, &query.threads)];
        for (side, words) in sides {
            for (place, typed) in words.iter().enumerate() {
                let searched = searchable(typed);
                let words: Vec<String> = tokens(&searched).map(str::to_owned).collect();
                let last = words.last()?;
                let (letters, final_word) = (last.chars().count(), place + 1 == query.words.len());
                // A single letter is a whole word.
                let start = letters > 1
                    && (!side.is_empty() || starts == Starts::Last && (final_word || letters > WRITTEN_OUT));
                for (number, word) in words.iter().enumerate() {
                    let star = if start && number + 1 == words.len() { "*" } else { "" };
                    parts.push(format!("\"{side}{word}\"{star}"));
                }
                if words.len() > 1 {
                    self.phrases.push(Phrase { side, words, start });
                }
            }
        }
        for name in &query.traits {
            let whole = TRAITS.contains(&name.as_str());
            parts.push(format!("\"{TRAIT}{}\"{}", bare(name), if whole { "" } else { "*" }));
        }
        Some((!parts.is_empty()).then(|| parts.join(" AND ")))
    }

    fn add(&mut self, condition: &str, value: Value) {
        self.conditions.push(condition.to_owned());
        self.values.push(value);
    }
}

/// Without what would end a string.
fn bare(text: &str) -> String {
    text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect()
}
