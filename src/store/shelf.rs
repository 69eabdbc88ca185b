//! The articles of the library: which file holds which, what was found in each, and what has to be looked at again.

use std::time::UNIX_EPOCH;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use sha2::{Digest, Sha256};

use super::{Key, Store, StoreError};
use crate::analysis::Status;
use crate::document::Day;
use crate::story::{Entry, Kept, Sort, Surface};
use crate::text::{Span, fold_plain};

/// Findings of one day, at most: the id of a finding is its day times this and a number.
const PER_DAY: i64 = 1 << 32;
/// The day of what has none: long ago.
const NO_DAY: i64 = -1_000_000;

/// What the file system says of a file; while it says the same the file is taken to be the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// Bytes.
    pub size: i64,
    /// Nanoseconds since 1 January 1970.
    pub modified: i64,
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(meta: &std::fs::Metadata) -> Self {
        let since = meta.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        Self {
            size: i64::try_from(meta.len()).unwrap_or(i64::MAX),
            modified: i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        }
    }

    /// The day the file was changed.
    pub fn day(self) -> Day {
        Day::from_seconds(self.modified / 1_000_000_000)
    }
}

/// What the library knows of a file without opening it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// The document it held when it was last read.
    pub key: Key,
    /// The title.
    pub title: String,
    /// The paper or site.
    pub outlet: String,
    /// When it appeared.
    pub day: Option<Day>,
    /// The larger, the later it was read; 0 never.
    pub turn: i64,
    /// Whether the file is unchanged and its findings are those this program would make.
    pub fresh: bool,
}

/// A line of the list of the library.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shelved {
    /// One of its files; empty for standard input.
    pub path: String,
    /// The title.
    pub title: String,
    /// The paper or site.
    pub outlet: String,
    /// When it appeared.
    pub day: Option<Day>,
    /// How many quotes it has.
    pub quotes: usize,
    /// How many remarks the reader has made.
    pub remarks: usize,
    /// How much of it has been read: the place, in bytes.
    pub place: usize,
    /// The larger, the later it was read; 0 never.
    pub turn: i64,
}

/// An analysed file, ready to be put on the shelf.
pub struct Analysed {
    /// The full path.
    pub path: String,
    /// The file's stamp, taken before it was read.
    pub stamp: Stamp,
    /// The SHA-256 of the text.
    pub hash: [u8; 32],
    /// What to keep.
    pub entry: Entry,
}

/// The hash documents are known by.
pub fn hash_of(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl Store {
    /// What is known of a file. `engine` names the program and the threads it looks for; findings of another one are stale.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn known(&self, path: &str, stamp: Stamp, engine: &str) -> Result<Option<Known>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "select d.id, d.title, d.outlet, d.day, d.turn, f.size, f.modified, d.engine
             from file f join document d on d.id = f.document where f.path = ?1",
        )?;
        let known = query
            .query_row(params![path], |row| {
                let same = row.get::<_, i64>(5)? == stamp.size && row.get::<_, i64>(6)? == stamp.modified;
                Ok(Known {
                    key: Key(row.get(0)?),
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    day: day(row, 3)?,
                    turn: row.get(4)?,
                    fresh: same && row.get::<_, String>(7)? == engine,
                })
            })
            .optional()?;
        Ok(known)
    }

    /// Puts analysed files on the shelf, all or none.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn shelve(&mut self, analysed: &[Analysed], engine: &str) -> Result<(), StoreError> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for file in analysed {
            let document = super::document_of(&change, Some(&file.path), &file.entry.title, &file.hash)?;
            change
                .prepare_cached("insert or replace into file (path, document, size, modified) values (?1, ?2, ?3, ?4)")?
                .execute(params![file.path, document, file.stamp.size, file.stamp.modified])?;
            put_entry(&change, document, &file.entry, engine)?;
        }
        change.commit()?;
        Ok(())
    }

    /// The article of a file as it was shelved. A thin one lacks the words of claims that touch no thread: what a story does
    /// not tell.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn entry(&self, path: &str, thin: bool) -> Result<Option<Entry>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "select d.id, d.title, d.outlet, d.day, d.dated, d.words
             from file f join document d on d.id = f.document where f.path = ?1 and d.engine <> ''",
        )?;
        let found = query
            .query_row(params![path], |row| {
                let entry = Entry {
                    path: path.to_owned(),
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    day: day(row, 3)?,
                    dated: row.get(4)?,
                    words: count(row, 5)?,
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
                status: status_named(&row.get::<_, String>(2)?),
                sentence: row.get(3)?,
                start: count(row, 4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the article of a file appeared.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn day(&self, path: &str) -> Result<Option<Day>, StoreError> {
        let statement = "select d.day from file f join document d on d.id = f.document where f.path = ?1";
        let mut query = self.connection.prepare_cached(statement)?;
        Ok(query.query_row(params![path], |row| day(row, 0)).optional()?.flatten())
    }

    /// When the article of a file appeared, and when it was last read: the larger the later, 0 never.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn glance(&self, path: &str) -> Result<(Option<Day>, i64), StoreError> {
        let statement = "select d.day, d.turn from file f join document d on d.id = f.document where f.path = ?1";
        let mut query = self.connection.prepare_cached(statement)?;
        let seen = query.query_row(params![path], |row| Ok((day(row, 0)?, row.get(1)?))).optional()?;
        Ok(seen.unwrap_or((None, 0)))
    }

    /// All documents, the newest article first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn list(&self) -> Result<Vec<Shelved>, StoreError> {
        let mut query = self.connection.prepare(
            "select coalesce((select min(path) from file where document = d.id), d.path, ''), d.title, d.outlet, d.day,
                (select count(*) from finding where document = d.id and sort = 0),
                (select count(*) from remark where document = d.id), d.place, d.turn
             from document d order by d.day is null, d.day desc, d.id desc",
        )?;
        let rows = query.query_map([], |row| {
            Ok(Shelved {
                path: row.get(0)?,
                title: row.get(1)?,
                outlet: row.get(2)?,
                day: day(row, 3)?,
                quotes: count(row, 4)?,
                remarks: count(row, 5)?,
                place: count(row, 6)?,
                turn: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The paths of all files, in order.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn paths(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare("select path from file order by path")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes a file off the shelf: with its last file the document goes too, and all that was said of it. Answers how many
    /// remarks went.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn remove(&mut self, path: &str) -> Result<Option<usize>, StoreError> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let by_file = "select document from file where path = ?1";
        let document: Option<i64> = change.query_row(by_file, params![path], |row| row.get(0)).optional()?;
        let by_path = "select id from document where path = ?1";
        let document = match document {
            Some(document) => Some(document),
            None => change.query_row(by_path, params![path], |row| row.get(0)).optional()?,
        };
        let Some(document) = document else { return Ok(None) };
        change.execute("delete from file where path = ?1", params![path])?;
        let others = "select count(*) from file where document = ?1";
        let others: i64 = change.query_row(others, params![document], |row| row.get(0))?;
        let mut remarks = 0;
        if others == 0 {
            let said = "select count(*) from remark where document = ?1";
            remarks = change.query_row(said, params![document], |row| row.get::<_, i64>(0))?;
            forget_findings(&change, document)?;
            change.execute("delete from document where id = ?1", params![document])?;
        }
        change.commit()?;
        Ok(Some(usize::try_from(remarks).unwrap_or(0)))
    }

    /// Looks whether the file of the library is whole; answers what is wrong, one sentence each.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare("pragma integrity_check(20)")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        let mut faults: Vec<String> = rows.collect::<Result<_, _>>()?;
        faults.retain(|fault| fault != "ok");
        let keys =
            self.connection.query_row("select count(*) from pragma_foreign_key_check", [], |r| r.get::<_, i64>(0))?;
        if keys > 0 {
            faults.push(format!("{keys} rows belong to no document"));
        }
        Ok(faults)
    }
}

pub(super) const KEPT: &str = "sort, start, length, content, who, head, traits, threads, hedges, factuality, weight";

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
        weight: row.get(10)?,
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

const STATUSES: [(Status, &str); 4] = [
    (Status::Mentioned, "mentioned"),
    (Status::Open, "open"),
    (Status::Advanced, "advanced"),
    (Status::Resolved, "resolved"),
];

fn status_named(name: &str) -> Status {
    STATUSES.iter().find(|(_, n)| *n == name).map(|(s, _)| *s).unwrap_or_default()
}

/// The first id of the findings of a day; those of a later day are all larger.
pub(super) fn first_of(day: Option<Day>) -> i64 {
    day.map_or(NO_DAY, |d| i64::from(d.0)) * PER_DAY
}

fn put_entry(change: &Transaction<'_>, document: i64, entry: &Entry, engine: &str) -> Result<(), rusqlite::Error> {
    forget_findings(change, document)?;
    change
        .prepare_cached(
            "update document set title = ?2, outlet = ?3, day = ?4, dated = ?5, words = ?6, engine = ?7 where id = ?1",
        )?
        .execute(params![
            document,
            entry.title,
            entry.outlet,
            entry.day.map(|d| d.0),
            entry.dated,
            i64::try_from(entry.words).unwrap_or(0),
            engine
        ])?;
    let first = first_of(entry.day);
    let last: Option<i64> = change
        .prepare_cached("select max(id) from finding where id >= ?1 and id < ?2")?
        .query_row(params![first, first + PER_DAY], |row| row.get(0))?;
    let ids = last.map_or(first, |last| last + 1)..;
    let mut rows = change.prepare_cached(&format!(
        "insert into finding (id, document, {KEPT}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
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
            kept.factuality,
            kept.weight
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
        let status = STATUSES.iter().find(|(s, _)| *s == surface.status).map_or("mentioned", |(_, n)| n);
        surfaces.execute(params![
            document,
            surface.thread,
            i64::try_from(surface.mentions).unwrap_or(0),
            status,
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

fn forget_findings(change: &Connection, document: i64) -> Result<(), rusqlite::Error> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, Query, sample};

    const ENGINE: &str = "test 1";

    fn analysed(path: &str, day: &str) -> Analysed {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        let mut entry = Entry::of(&document, &analysis, &index, Day::from_iso(day));
        entry.path = path.to_owned();
        let hash = hash_of(&format!("{path} {}", document.text()));
        Analysed { path: path.to_owned(), stamp: Stamp { size: 9, modified: 7 }, hash, entry }
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("library.db")).expect("opens");
        (folder, store)
    }

    #[test]
    fn what_is_shelved_is_there_again() {
        let (_folder, mut store) = store();
        let first = analysed("/a.txt", "2026-03-14");
        store.shelve(std::slice::from_ref(&first), ENGINE).expect("writes");
        assert_eq!(store.entry("/a.txt", false).expect("reads").as_ref(), Some(&first.entry));
        let known = |stamp, engine| store.known("/a.txt", stamp, engine).expect("reads").expect("known");
        assert!(known(first.stamp, ENGINE).fresh);
        assert!(!known(Stamp { size: 10, ..first.stamp }, ENGINE).fresh);
        assert!(!known(first.stamp, "test 2").fresh);
        assert_eq!(store.known("/b.txt", first.stamp, ENGINE).expect("reads"), None);
        assert!(store.check().expect("reads").is_empty());
    }

    #[test]
    fn a_file_shelved_again_replaces_its_findings() {
        let (_folder, mut store) = store();
        let mut file = analysed("/a.txt", "2026-03-14");
        store.shelve(std::slice::from_ref(&file), ENGINE).expect("writes");
        file.entry.kept.truncate(1);
        file.hash = hash_of("another text");
        store.shelve(std::slice::from_ref(&file), ENGINE).expect("writes");
        assert_eq!(store.count().expect("reads"), 1);
        assert_eq!(store.entry("/a.txt", false).expect("reads").map(|e| e.kept.len()), Some(1));
        assert!(store.find(&Query::parse("nova"), None, 0, 9).expect("reads").is_empty());
        assert_eq!(store.remove("/a.txt").expect("writes"), Some(0));
        assert_eq!((store.count().expect("reads"), store.remove("/a.txt").expect("writes")), (0, None));
    }

    #[test]
    fn the_library_is_searched_the_newest_first() {
        let (_folder, mut store) = store();
        let files =
            [analysed("/a.txt", "2026-01-01"), analysed("/b.txt", "2026-03-01"), analysed("/c.txt", "2026-02-01")];
        store.shelve(&files, ENGINE).expect("writes");
        let found = |typed: &str, sort| -> Vec<String> {
            let hits = store.find(&Query::parse(typed), sort, 0, 99).expect("reads");
            hits.iter().map(|m| format!("{} {}", m.path, m.kept.content)).collect()
        };
        let reason = found("REAS nova", Some(Sort::Quote));
        assert_eq!(reason.iter().map(|r| &r[..6]).collect::<Vec<_>>(), ["/b.txt", "/c.txt", "/a.txt"]);
        assert_eq!(found("reason nova since:2026-02 until:2026-02", None).len(), 1);
        assert_eq!(found("reason speaker:rey in:b.txt", Some(Sort::Quote)).len(), 1);
        assert_eq!(found("is:possible", Some(Sort::Claim)).len(), 3);
        assert_eq!(found("木城", None).len(), 3);
        assert_eq!(found("城", None).len(), 3);
        assert!(found("\"", None).is_empty() && found("* OR \" nova )", None).is_empty());
        assert!(found("nothing-of-it", None).is_empty());
    }

    #[test]
    fn a_library_of_the_first_version_is_brought_up_to_date() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let old = Connection::open(&path).expect("opens");
        let tables = super::super::tables::STEPS[0];
        old.execute_batch(&format!(
            "{tables} pragma user_version = 1; insert into document (hash, path, title, place) values (x'00', '/a', 'A', 5);
             insert into remark values (1, 'claim', 'it may', '', '', 0, 'note', 'ask');"
        ))
        .expect("writes");
        drop(old);
        let store = Store::open(&path).expect("opens");
        let list = store.list().expect("reads");
        assert_eq!((list.len(), list[0].remarks, list[0].place), (1, 1, 5));
        assert!(store.find(&Query::parse("may"), None, 0, 9).expect("reads").is_empty());
    }
}
