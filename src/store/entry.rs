//! Articles as rows: what was found in one, written and read back.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Store, StoreError};
use crate::analysis::Status;
use crate::document::Day;
use crate::story::{Entry, Kept, Sort, Surface};
use crate::text::{Span, fold_plain};

/// Findings of one day, at most: the id of a finding is its day times this and a number.
const PER_DAY: i64 = 1 << 32;
/// The day of what has none: long ago.
const NO_DAY: i64 = -1_000_000;

impl Store {
    /// The article of a file as it was shelved. A thin one lacks the words of claims that touch no thread: what a story does
    /// not tell.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn entry(&self, path: &str, thin: bool) -> Result<Option<Entry>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "select d.id, d.title, d.outlet, d.day
             from file f join document d on d.id = f.document where f.path = ?1 and d.engine <> ''",
        )?;
        let found = query
            .query_row(params![path], |row| {
                let entry = Entry {
                    path: path.to_owned(),
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    day: day(row, 3)?,
                    ..Entry::default()
                };
                Ok((row.get::<_, i64>(0)?, entry))
            })
            .optional()?;
        let Some((document, mut entry)) = found else { return Ok(None) };
        entry.kept = self.kept(document, thin)?;
        entry.surfaces = self.surfaces(document)?;
        Ok(Some(entry))
    }

    fn kept(&self, document: i64, thin: bool) -> Result<Vec<Kept>, StoreError> {
        let columns = if thin {
            KEPT.replace("content", "case when sort = 1 and threads = '' then '' else content end")
        } else {
            KEPT.to_owned()
        };
        let mut query = self.connection.prepare_cached(&format!(
            "select {columns} from finding where document = ?1 order by start, length, sort"
        ))?;
        let rows = query.query_map(params![document], kept)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn surfaces(&self, document: i64) -> Result<Vec<Surface>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("select thread, mentions, status, sentence, start from surface where document = ?1")?;
        let rows = query.query_map(params![document], |row| {
            Ok(Surface {
                thread: row.get(0)?,
                mentions: count(row, 1)?,
                status: Status::named(&row.get::<_, String>(2)?).unwrap_or_default(),
                sentence: row.get(3)?,
                start: count(row, 4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) const KEPT: &str = "sort, start, length, content, who, head, traits, threads, hedges, factuality";

/// A finding from the columns of [`KEPT`].
pub(super) fn kept(row: &Row<'_>) -> Result<Kept, rusqlite::Error> {
    let start = count(row, 1)?;
    Ok(Kept {
        sort: match row.get::<_, i64>(0)? {
            0 => Sort::Quote,
            1 => Sort::Claim,
            _ => Sort::Question,
        },
        span: Span::of(start, start + count(row, 2)?),
        content: row.get(3)?,
        who: row.get(4)?,
        head: row.get(5)?,
        traits: row.get(6)?,
        threads: parts(&row.get::<_, String>(7)?),
        hedges: parts(&row.get::<_, String>(8)?),
        factuality: row.get(9)?,
    })
}

pub(super) fn day(row: &Row<'_>, column: usize) -> Result<Option<Day>, rusqlite::Error> {
    row.get::<_, Option<i32>>(column).map(|day| day.map(Day))
}

pub(super) fn count(row: &Row<'_>, column: usize) -> Result<usize, rusqlite::Error> {
    row.get::<_, i64>(column).map(|n| usize::try_from(n).unwrap_or(0))
}

fn parts(text: &str) -> Vec<String> {
    text.split('\n').filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

/// The first id of the findings of a day; those of a later day are all larger.
pub(super) fn first_of(day: Option<Day>) -> i64 {
    day.map_or(NO_DAY, |d| i64::from(d.0)) * PER_DAY
}

pub(super) fn put_entry(
    change: &Transaction<'_>,
    document: i64,
    entry: &Entry,
    engine: &str,
) -> Result<(), rusqlite::Error> {
    forget_findings(change, document)?;
    change
        .prepare_cached("update document set title = ?2, outlet = ?3, day = ?4, engine = ?5 where id = ?1")?
        .execute(params![document, entry.title, entry.outlet, entry.day.map(|d| d.0), engine])?;
    let first = first_of(entry.day);
    let last: Option<i64> = change
        .prepare_cached("select max(id) from finding where id >= ?1 and id < ?2")?
        .query_row(params![first, first + PER_DAY], |row| row.get(0))?;
    let ids = last.map_or(first, |last| last + 1)..;
    let mut rows = change.prepare_cached(&format!(
        "insert into finding (id, document, {KEPT}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    ))?;
    let mut words =
        change.prepare_cached("insert into word (rowid, content, who, traits, threads) values (?1, ?2, ?3, ?4, ?5)")?;
    for (id, kept) in ids.zip(&entry.kept) {
        let (start, length) = (kept.span.start().byte(), kept.span.len());
        rows.execute(params![
            id,
            document,
            kept.sort as i64,
            i64::try_from(start).unwrap_or(0),
            i64::try_from(length).unwrap_or(0),
            kept.content,
            kept.who,
            kept.head,
            kept.traits,
            kept.threads.join("\n"),
            kept.hedges.join("\n"),
            kept.factuality
        ])?;
        words.execute(params![
            id,
            searchable(&kept.content),
            searchable(&kept.who),
            format!("{} {}", sort_name(kept.sort), kept.traits),
            searchable(&kept.threads.join(" "))
        ])?;
    }
    let mut surfaces = change.prepare_cached(
        "insert into surface (document, thread, mentions, status, sentence, start) values (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for surface in &entry.surfaces {
        surfaces.execute(params![
            document,
            surface.thread,
            i64::try_from(surface.mentions).unwrap_or(0),
            surface.status.word(),
            surface.sentence,
            i64::try_from(surface.start).unwrap_or(0)
        ])?;
    }
    Ok(())
}

/// What the sort of a finding is called among the traits that are searched.
pub(super) fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Quote => "asquote",
        Sort::Claim => "asclaim",
        Sort::Question => "asquestion",
    }
}

pub(super) fn forget_findings(change: &Connection, document: i64) -> Result<(), rusqlite::Error> {
    for statement in [
        "delete from word where rowid in (select id from finding where document = ?1)",
        "delete from finding where document = ?1",
        "delete from surface where document = ?1",
    ] {
        change.prepare_cached(statement)?.execute(params![document])?;
    }
    Ok(())
}

/// A text as it is searched: folded, and with every character of a script that puts no spaces between words for itself.
pub(super) fn searchable(text: &str) -> String {
    let folded = fold_plain(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut apart = String::with_capacity(folded.len());
    for c in folded.chars() {
        if matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
        {
            apart.extend([' ', c, ' ']);
        } else {
            apart.push(c);
        }
    }
    apart
}
