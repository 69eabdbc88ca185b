//! The articles of the library: which file holds which, what was found in each, and what has to be looked at again.

use std::time::UNIX_EPOCH;

use rusqlite::{OptionalExtension, Transaction, params};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::entry::{count, dated, day, forget_findings, put_entry};
use super::said::corrections;
use super::{Key, Remark, Store, StoreError};
use crate::document::Day;
use crate::story::{Dated, Entry};

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
    /// Whether the text tells that day, or only its file.
    pub dated: Dated,
    /// How many quotes it has.
    pub quotes: usize,
    /// Whether its findings are kept; else it was never looked through to its end, and no search finds it.
    pub known: bool,
    /// How many remarks the reader has made.
    pub remarks: usize,
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
    /// The program with the threads it looked for.
    pub engine: String,
    /// What the reader said that the findings follow.
    pub said: Vec<Remark>,
}

/// The hash documents are known by.
pub fn hash_of(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

impl Store {
    /// Whether a file is unchanged and its findings are those that `engine`, the program with the threads it looks for, would
    /// make.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn is_fresh(&self, path: &str, stamp: Stamp, engine: &str) -> Result<bool, StoreError> {
        let mut query = self.connection.prepare_cached(
            "select f.size, f.modified, d.engine from file f join document d on d.id = f.document where f.path = ?1",
        )?;
        let known = query.query_row(params![path], |row| {
            let same = row.get::<_, i64>(0)? == stamp.size && row.get::<_, i64>(1)? == stamp.modified;
            Ok(same && row.get::<_, String>(2)? == engine)
        });
        Ok(known.optional()?.unwrap_or(false))
    }

    /// Puts analysed files on the shelf, all or none.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn shelve(&mut self, analysed: &[Analysed]) -> Result<(), StoreError> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for file in analysed {
            let document = super::document_of(&change, Some(&file.path), &file.entry.title, &file.hash)?;
            put_file(&change, &file.path, document, file.stamp)?;
            // What was said meanwhile is not in these findings: they are made again the next time.
            let current = corrections(&change, document)? == file.said;
            put_entry(&change, document, &file.entry, if current { &file.engine } else { "" })?;
        }
        change.commit()?;
        Ok(())
    }

    /// Whether the findings of a document are kept as `engine` would make them, and its file is known as it is.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn keeps(&self, key: Key, file: Option<(&str, Stamp)>, engine: &str) -> Result<bool, StoreError> {
        let statement = "select engine from document where id = ?1";
        let made: String = self.connection.query_row(statement, params![key.0], |row| row.get(0))?;
        Ok(made == engine && file.map_or(Ok(true), |(path, stamp)| self.is_fresh(path, stamp, engine))?)
    }

    /// Keeps what was found in a document that is open, as the reader corrected it.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn keep(
        &mut self,
        key: Key,
        file: Option<(&str, Stamp)>,
        entry: &Entry,
        engine: &str,
    ) -> Result<(), StoreError> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if let Some((path, stamp)) = file {
            put_file(&change, path, key.0, stamp)?;
        }
        put_entry(&change, key.0, entry, engine)?;
        change.commit()?;
        Ok(())
    }

    /// Names a document that is no file, so that it can be opened again by this name.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn call(&self, key: Key, name: &str) -> Result<(), StoreError> {
        let statement = "update document set path = ?2 where id = ?1 and path is null";
        self.connection.execute(statement, params![key.0, name])?;
        Ok(())
    }

    /// When the article of every file appeared, and when it was last read, as [`Store::glance`] tells of one.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn glances(&self) -> Result<FxHashMap<String, (Option<Day>, i64)>, StoreError> {
        let statement = "select f.path, d.day, d.turn from file f join document d on d.id = f.document";
        let mut query = self.connection.prepare(statement)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, (day(row, 1)?, row.get(2)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
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
                coalesce((select quotes from found where document = d.id), 0),
                (select count(*) from remark where document = d.id), d.turn, d.dated,
                exists (select 1 from found where document = d.id)
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
                turn: row.get(6)?,
                dated: dated(row, 7)?,
                known: row.get(8)?,
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

fn put_file(change: &Transaction<'_>, path: &str, document: i64, stamp: Stamp) -> Result<(), rusqlite::Error> {
    change
        .prepare_cached("insert or replace into file (path, document, size, modified) values (?1, ?2, ?3, ?4)")?
        .execute(params![path, document, stamp.size, stamp.modified])?;
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::index::{Index, Query, sample};
    use crate::story::Sort;
    use rusqlite::Connection;

    const ENGINE: &str = "test 1";

    pub fn analysed(path: &str, day: &str) -> Analysed {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        let mut entry = Entry::of(&document, &analysis, &index, Day::from_iso(day));
        entry.path = path.to_owned();
        let hash = hash_of(&format!("{path} {}", document.text()));
        Analysed {
            path: path.to_owned(),
            stamp: Stamp { size: 9, modified: 7 },
            hash,
            entry,
            engine: ENGINE.to_owned(),
            said: Vec::new(),
        }
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
        store.shelve(std::slice::from_ref(&first)).expect("writes");
        assert_eq!(store.entry("/a.txt", false).expect("reads").as_ref(), Some(&first.entry));
        let fresh = |path, stamp, engine| store.is_fresh(path, stamp, engine).expect("reads");
        assert!(fresh("/a.txt", first.stamp, ENGINE));
        assert!(!fresh("/a.txt", Stamp { size: 10, ..first.stamp }, ENGINE));
        assert!(!fresh("/a.txt", first.stamp, "test 2") && !fresh("/b.txt", first.stamp, ENGINE));
        assert!(store.check().expect("reads").is_empty());
    }

    #[test]
    fn a_file_shelved_again_replaces_its_findings() {
        let (_folder, mut store) = store();
        let mut file = analysed("/a.txt", "2026-03-14");
        store.shelve(std::slice::from_ref(&file)).expect("writes");
        file.entry.kept.truncate(1);
        file.hash = hash_of("another text");
        store.shelve(std::slice::from_ref(&file)).expect("writes");
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
        store.shelve(&files).expect("writes");
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
        assert_eq!((list.len(), list[0].remarks), (1, 1));
        assert!(store.find(&Query::parse("may"), None, 0, 9).expect("reads").is_empty());
    }

    #[test]
    fn findings_of_the_second_version_are_packed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let old = Connection::open(&path).expect("opens");
        let tables = super::super::tables::STEPS[..2].concat();
        old.execute_batch(&format!(
            "{tables} pragma user_version = 2;
             insert into document (id, hash, path, title, day, engine) values (7, x'00', '/a.txt', 'A', 20000, 'one');
             insert into file values ('/a.txt', 7, 1, 2);
             insert into finding values (5, 7, 0, 3, 8, 'It may', 'Ada Quill', '', 'direct sure', 'Nova', 'may', 0.0);
             insert into surface values (7, 'Nova', 2, 'open', 'Nova is open.', 30);"
        ))
        .expect("writes");
        drop(old);
        let store = Store::open(&path).expect("brings it up to date");
        let entry = store.entry("/a.txt", false).expect("reads").expect("is there");
        assert_eq!(
            (entry.kept[0].content.as_str(), entry.kept[0].span, entry.surfaces[0].mentions),
            ("It may", crate::text::Span::of(3, 11), 2)
        );
        let found = store.find(&Query::parse("may speaker:quill thread:nova since:2024-10"), Some(Sort::Quote), 0, 9);
        assert_eq!(found.expect("reads").len(), 1);
        assert_eq!(store.list().expect("reads")[0].quotes, 1);
    }

    #[test]
    fn days_of_older_libraries_are_told_apart_and_looked_at_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let old = Connection::open(&path).expect("opens");
        let tables = super::super::tables::STEPS[..5].concat();
        let modified = 20_000_i64 * 86_400_000_000_000 + 5;
        old.execute_batch(&format!(
            "{tables} pragma user_version = 5;
             insert into document (id, hash, path, title, day, engine) values
                (1, x'01', '/a.srt', 'A', 20000, 'one'), (2, x'02', '/b.html', 'B', 19000, 'one');
             insert into file values ('/a.srt', 1, 9, {modified}), ('/b.html', 2, 9, {modified});"
        ))
        .expect("writes");
        drop(old);
        let store = Store::open(&path).expect("brings it up to date");
        let list = store.list().expect("reads");
        let told: Vec<_> = list.iter().map(|s| (s.path.as_str(), s.dated)).collect();
        assert_eq!(told, [("/a.srt", Dated::File), ("/b.html", Dated::Text)]);
        let stamp = Stamp { size: 9, modified };
        assert!(!store.is_fresh("/a.srt", stamp, "one").expect("reads"), "it is looked at again");
        assert!(store.is_fresh("/b.html", stamp, "one").expect("reads"));
    }

    #[test]
    fn threads_of_the_second_version_stay_followed_in_every_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let old = Connection::open(&path).expect("opens");
        let tables = super::super::tables::STEPS[..2].concat();
        old.execute_batch(&format!(
            "{tables} pragma user_version = 2;
             insert into thread values ('Dam', 'D', 'weir', 'place', 0, 1), ('Nova', 'N', '', '', 1, 2);"
        ))
        .expect("writes");
        drop(old);
        let store = Store::look(&path).expect("brings it up to date");
        let threads = store.threads().expect("reads");
        let told: Vec<_> = threads.iter().map(|t| (t.definition.name.as_str(), t.hidden, t.story.as_str())).collect();
        assert_eq!(told, [("Dam", false, ""), ("Nova", true, "")]);
        assert_eq!(
            (threads[0].definition.aliases.as_slice(), threads[0].definition.kind.as_deref()),
            (["weir".to_owned()].as_slice(), Some("place"))
        );
        assert_eq!(store.thread_changes().expect("reads"), (Vec::new(), Vec::new()));
    }
}
