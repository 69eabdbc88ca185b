//! Findings that an older version kept as rows, packed.

use rusqlite::{Connection, params};

use super::entry::{count, day, put_findings};
use super::pack::sort;
use crate::analysis::Status;
use crate::story::{Entry, Kept, Surface};
use crate::text::Span;

/// Packs the findings of all documents.
pub(super) fn pack_findings(change: &Connection) -> Result<(), rusqlite::Error> {
    let mut query = change.prepare("select id, day from document where engine <> ''")?;
    let documents =
        query.query_map([], |row| Ok((row.get(0)?, day(row, 1)?)))?.collect::<Result<Vec<(i64, _)>, _>>()?;
    for (document, day) in documents {
        let (kept, surfaces) = (kept(change, document)?, surfaces(change, document)?);
        put_findings(change, document, &Entry { day, kept, surfaces, ..Entry::default() })?;
    }
    Ok(())
}

fn kept(change: &Connection, document: i64) -> Result<Vec<Kept>, rusqlite::Error> {
    let mut query = change.prepare_cached(
        "select sort, start, length, content, who, head, traits, threads, hedges, factuality from finding
         where document = ?1 order by start, length, sort",
    )?;
    let rows = query.query_map(params![document], |row| {
        let start = count(row, 1)?;
        Ok(Kept {
            sort: sort(row.get(0)?),
            span: Span::of(start, start + count(row, 2)?),
            content: row.get(3)?,
            who: row.get(4)?,
            head: row.get(5)?,
            traits: row.get(6)?,
            threads: parts(&row.get::<_, String>(7)?),
            hedges: parts(&row.get::<_, String>(8)?),
            factuality: row.get(9)?,
        })
    })?;
    rows.collect()
}

fn surfaces(change: &Connection, document: i64) -> Result<Vec<Surface>, rusqlite::Error> {
    let mut query = change.prepare_cached(
        "select thread, mentions, status, sentence, start from surface where document = ?1 order by thread",
    )?;
    let rows = query.query_map(params![document], |row| {
        Ok(Surface {
            thread: row.get(0)?,
            mentions: count(row, 1)?,
            status: Status::named(&row.get::<_, String>(2)?).unwrap_or_default(),
            sentence: row.get(3)?,
            start: count(row, 4)?,
        })
    })?;
    rows.collect()
}

fn parts(text: &str) -> Vec<String> {
    text.split('\n').filter(|p| !p.is_empty()).map(str::to_owned).collect()
}
