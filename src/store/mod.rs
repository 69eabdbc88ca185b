//! What stays on disk: the library, an `SQLite` database in the platform's data folder. It keeps, for each document by the hash
//! of its text, where the reader was and what they said of its findings.
//!
//! Promises: a remark is on disk when [`Store::put`] returns; two programs at once lose nothing of each other's, because every
//! remark is a row of its own; a damaged file is set aside and never overwritten; one made by a newer version is left alone.
//! This folder knows nothing of screens.

pub mod belonging;
mod bundle;
mod entry;
#[cfg(test)]
mod faults;
mod file;
mod find;
mod following;
mod journal;
mod offer;
mod pack;
mod remark;
mod said;
mod shelf;
mod tables;
mod threads;
mod upgrade;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use etcetera::BaseStrategy;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};
use thiserror::Error;

pub use bundle::{Bundle, Taken};
pub use file::{Existing, write_file};
pub use find::Match;
pub use following::Following;
pub use journal::{Change, Turn};
pub use offer::{Offer, Spread};
pub use remark::{Anchor, Field, Remark, Subject};
pub use said::Said;
pub use shelf::{Analysed, Shelved, Stamp, hash_of};
pub use threads::{OwnThread, ThreadEdit, ThreadRow};

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long until the next try.
const A_MOMENT: Duration = Duration::from_millis(10);

/// How long the first screen waits for it.
const GLANCE: Duration = Duration::from_millis(20);

/// Why the library cannot be used. The messages are for the person who must act.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no data folder.
    #[error("there is no home folder to keep notes in; --library FILE names a place")]
    NoFolder,
    /// The file or its folder cannot be made or written.
    #[error("the library {path} cannot be written: {reason}")]
    Unwritable {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// A newer version made it.
    #[error("the library {path} was made by a newer sayso; nothing is saved until sayso is updated")]
    Newer {
        /// The file.
        path: String,
    },
    /// It was damaged and has been set aside.
    #[error("the library was damaged; it is kept as {aside} and a new one was started")]
    Damaged {
        /// Where the damaged file is now.
        aside: String,
    },
    /// Another program writes for longer than one waits.
    #[error("the library is in use by another program; close it, or try again in a moment")]
    Busy,
    /// There is no room left.
    #[error("there is no room left on the disk for the library; nothing of it is lost")]
    Full,
    /// Something else went wrong.
    #[error("the library could not be used: {0}")]
    Other(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Other(error),
        }
    }
}

/// A document of the library.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key(i64);

/// An open library.
pub struct Store {
    connection: Connection,
}

/// Where the library is when nobody names another place.
///
/// # Errors
/// [`StoreError::NoFolder`] without a home.
pub fn default_path() -> Result<PathBuf, StoreError> {
    let strategy = etcetera::choose_base_strategy().map_err(|_| StoreError::NoFolder)?;
    Ok(strategy.data_dir().join("sayso").join("library.db"))
}

impl Store {
    /// Opens the library, made anew if there is none.
    ///
    /// # Errors
    /// See [`StoreError`]; after [`StoreError::Damaged`] a second call opens the new one.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let unwritable = |reason: String| StoreError::Unwritable { path: path.display().to_string(), reason };
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|e| unwritable(e.to_string()))?;
            keep_private(folder, 0o700);
        }
        match Self::connect_patiently(path) {
            Ok(store) => {
                keep_private(path, 0o600);
                Ok(store)
            }
            Err(StoreError::Other(error)) => match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Err(set_aside(path)),
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                    Err(unwritable(error.to_string()))
                }
                _ => Err(StoreError::Other(error)),
            },
            Err(other) => Err(other),
        }
    }

    /// Opens a library that is there and up to date, only to read it and without waiting: for what is nice to know before
    /// the first screen is drawn. One of an older version is brought up to date first, if that takes no time. None when
    /// anything is in the way.
    pub fn look(path: &Path) -> Option<Self> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
        connection.busy_timeout(GLANCE).ok()?;
        let version: i64 = connection.query_row("pragma user_version", [], |row| row.get(0)).ok()?;
        match usize::try_from(version) {
            Ok(version) if version == tables::STEPS.len() => Some(Self { connection }),
            Ok(version) if (1..tables::STEPS.len()).contains(&version) && is_small(path) => Self::open(path).ok(),
            _ => None,
        }
    }

    /// While a new library is made, the database sends a second one that wants to make it away without waiting.
    fn connect_patiently(path: &Path) -> Result<Self, StoreError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match Self::connect(path) {
                Err(StoreError::Busy) if Instant::now() < until => thread::sleep(A_MOMENT),
                done => return done,
            }
        }
    }

    fn connect(path: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        // WAL does not work on network file systems; where it cannot be had SQLite answers with the mode that stands.
        let _: String = connection.query_row("pragma journal_mode = wal", [], |row| row.get(0))?;
        connection.execute_batch(
            "pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off; pragma cell_size_check = on;",
        )?;
        let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let version: i64 = change.query_row("pragma user_version", [], |row| row.get(0))?;
        let missing = usize::try_from(version).ok().and_then(|made| tables::STEPS.get(made..));
        let Some(missing) = missing else { return Err(StoreError::Newer { path: path.display().to_string() }) };
        let made = tables::STEPS.len() - missing.len();
        for (step, number) in missing.iter().zip(made..) {
            if number == tables::PACKED {
                upgrade::pack_findings(&change)?;
            }
            change.execute_batch(step)?;
        }
        if !missing.is_empty() {
            change.pragma_update(None, "user_version", i64::try_from(tables::STEPS.len()).unwrap_or(i64::MAX))?;
        }
        change.commit()?;
        if (1..=tables::PACKED).contains(&made) {
            // The room that the rows took is given back; if not now, it is used again.
            let _ = connection.execute_batch("vacuum");
        }
        Ok(Self { connection })
    }

    /// The entry of a document: by its text, else by the path of its file, because a file may have changed; else a new one.
    ///
    /// # Errors
    /// When the library cannot be read or written.
    pub fn document(&mut self, path: Option<&str>, title: &str, text: &str) -> Result<Key, StoreError> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let id = document_of(&change, path, title, &hash_of(text))?;
        change.commit()?;
        Ok(Key(id))
    }

    /// The entry of a document, by its text or else by the path of its file; nothing is written when there is none.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn key_of(&self, path: Option<&str>, text: &str) -> Result<Option<Key>, StoreError> {
        let same = by_hash(&self.connection, &hash_of(text))?;
        let id = match (same, path) {
            (None, Some(path)) => by_path(&self.connection, path)?,
            _ => same,
        };
        Ok(id.map(Key))
    }

    /// The document that a file holds.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn key_of_file(&self, path: &str) -> Result<Option<Key>, StoreError> {
        let mut query = self.connection.prepare_cached("select document from file where path = ?1")?;
        Ok(query.query_row(params![path], |row| row.get(0)).optional()?.map(Key))
    }

    /// Where the reader was, in bytes.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn place(&self, key: Key) -> Result<usize, StoreError> {
        let place: i64 =
            self.connection.query_row("select place from document where id = ?1", params![key.0], |row| row.get(0))?;
        Ok(usize::try_from(place).unwrap_or(0))
    }

    /// Remembers where the reader is.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_place(&self, key: Key, byte: usize) -> Result<(), StoreError> {
        let place = i64::try_from(byte).unwrap_or(0);
        self.connection.execute(
            "update document set place = ?2, turn = (select max(turn) from document) + 1 where id = ?1",
            params![key.0, place],
        )?;
        Ok(())
    }

    /// Remembers that a document was opened last.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn opened(&self, key: Key) -> Result<(), StoreError> {
        let statement = "update document set turn = (select max(turn) from document) + 1 where id = ?1";
        self.connection.execute(statement, params![key.0])?;
        Ok(())
    }

    /// Everything said of a document, in the order of its text.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn remarks(&self, key: Key) -> Result<Vec<Remark>, StoreError> {
        Ok(remarks(&self.connection, key.0)?)
    }

    /// Writes one remark; an empty one takes back what was said.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn put(&self, key: Key, remark: &Remark) -> Result<(), StoreError> {
        Ok(put(&self.connection, key, remark)?)
    }
}

/// Everything said of a document, in the order of its text.
fn remarks(connection: &Connection, document: i64) -> Result<Vec<Remark>, rusqlite::Error> {
    let mut query = connection.prepare_cached(
        "select subject, exact, before, after, start, field, value from remark where document = ?1
         order by start, field, subject, exact, before",
    )?;
    let rows = query.query_map(params![document], |row| {
        let text = |column| row.get::<_, String>(column);
        Ok((text(0)?, text(1)?, text(2)?, text(3)?, row.get::<_, i64>(4)?, text(5)?, text(6)?))
    })?;
    let mut remarks = Vec::new();
    for row in rows {
        let (subject, exact, before, after, start, field, value) = row?;
        // A kind of remark that only a newer version knows is kept and not shown.
        let (Some(subject), Some(field)) = (Subject::named(&subject), Field::named(&field)) else { continue };
        let start = usize::try_from(start).unwrap_or(0);
        remarks.push(Remark { anchor: Anchor { subject, exact, before, after, start }, field, value });
    }
    Ok(remarks)
}

/// Whether a library is brought up to date in a moment.
fn is_small(path: &Path) -> bool {
    path.metadata().is_ok_and(|meta| meta.len() < 8 << 20)
}

fn put(connection: &Connection, key: Key, remark: &Remark) -> Result<(), rusqlite::Error> {
    if remark.corrects() {
        // What was found is to be kept anew.
        connection.prepare_cached("update document set engine = '' where id = ?1")?.execute(params![key.0])?;
    }
    let Anchor { subject, exact, before, after, start } = &remark.anchor;
    let start = i64::try_from(*start).unwrap_or(0);
    if remark.value.is_empty() {
        connection.execute(
            "delete from remark where document = ?1 and subject = ?2 and exact = ?3 and before = ?4 and field = ?5",
            params![key.0, subject.name(), exact, before, remark.field.name()],
        )?;
    } else {
        connection.execute(
            "insert into remark (document, subject, exact, before, after, start, field, value)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             on conflict do update set value = excluded.value, after = excluded.after, start = excluded.start",
            params![key.0, subject.name(), exact, before, after, start, remark.field.name(), remark.value],
        )?;
    }
    Ok(())
}

/// The row of a document: by its text, else by the path of its file, because a file may have changed; else a new one.
fn document_of(
    connection: &Connection,
    path: Option<&str>,
    title: &str,
    hash: &[u8; 32],
) -> Result<i64, rusqlite::Error> {
    let same = by_hash(connection, hash)?;
    let changed = || path.map(|path| by_path(connection, path)).transpose().map(Option::flatten);
    if let Some(same) = same {
        return Ok(same);
    }
    if let Some(changed) = changed()? {
        // What was found in the old text is not in the new one.
        connection
            .prepare_cached("update document set hash = ?2, title = ?3, engine = '' where id = ?1")?
            .execute(params![changed, hash, title])?;
        return Ok(changed);
    }
    connection
        .prepare_cached("insert into document (hash, path, title) values (?1, ?2, ?3)")?
        .execute(params![hash, path, title])?;
    Ok(connection.last_insert_rowid())
}

fn by_hash(connection: &Connection, hash: &[u8; 32]) -> Result<Option<i64>, rusqlite::Error> {
    let mut query = connection.prepare_cached("select id from document where hash = ?1")?;
    query.query_row(params![hash], |row| row.get(0)).optional()
}

fn by_path(connection: &Connection, path: &str) -> Result<Option<i64>, rusqlite::Error> {
    let latest = "select id from document where path = ?1 order by turn desc, id desc limit 1";
    let mut query = connection.prepare_cached(latest)?;
    query.query_row(params![path], |row| row.get(0)).optional()
}

/// Files of the library are for their owner alone.
fn keep_private(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

/// Renames a damaged library and what belongs to it; nothing of it is overwritten.
fn set_aside(path: &Path) -> StoreError {
    let named = |ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    let free = (1..1000).map(|n| format!(".broken-{n}")).find(|e| !named(e).exists()).unwrap_or(".broken".to_owned());
    let aside = named(&free);
    if let Err(error) = fs::rename(path, &aside) {
        return StoreError::Unwritable { path: path.display().to_string(), reason: error.to_string() };
    }
    for part in ["-wal", "-shm"] {
        let _ = fs::rename(named(part), named(&format!("{free}{part}")));
    }
    StoreError::Damaged { aside: aside.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn remark(text: &str, at: (usize, usize), field: Field, value: &str) -> Remark {
        Remark { anchor: Anchor::of(Subject::Claim, text, Span::of(at.0, at.1)), field, value: value.to_owned() }
    }

    const TEXT: &str = "The mill may close. The mill may not close.";

    #[test]
    fn what_was_said_is_there_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep").join("library.db");
        let said = [
            remark(TEXT, (0, 18), Field::Verdict, "disputed"),
            remark(TEXT, (0, 18), Field::Note, "ask the miller"),
            remark(TEXT, (20, 42), Field::Verdict, "open"),
        ];
        {
            let mut store = Store::open(&path).expect("opens");
            let key = store.document(Some("/mill.txt"), "The mill", TEXT).expect("a key");
            for remark in &said {
                store.put(key, remark).expect("writes");
            }
            store.set_place(key, 20).expect("writes");
        }
        let mut store = Store::open(&path).expect("opens again");
        let key = store.document(Some("/elsewhere.txt"), "The mill", TEXT).expect("the same text");
        assert_eq!(store.remarks(key).expect("reads").len(), 3);
        assert_eq!(store.place(key).expect("reads"), 20);
        store.put(key, &remark(TEXT, (0, 18), Field::Note, "")).expect("takes back");
        assert_eq!(store.remarks(key).expect("reads").len(), 2);
    }

    #[test]
    fn a_changed_file_keeps_its_remarks() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(&folder.path().join("library.db")).expect("opens");
        let key = store.document(Some("/mill.txt"), "The mill", TEXT).expect("a key");
        store.put(key, &remark(TEXT, (0, 18), Field::Verdict, "false")).expect("writes");
        let changed = format!("News. {TEXT}");
        let key = store.document(Some("/mill.txt"), "The mill", &changed).expect("the same file");
        let remarks = store.remarks(key).expect("reads");
        assert_eq!(remarks[0].anchor.locate(&changed), Some(Span::of(6, 24)));
    }

    #[test]
    fn two_at_once_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let (mut one, mut two) = (Store::open(&path).expect("opens"), Store::open(&path).expect("opens twice"));
        let key = one.document(Some("/mill.txt"), "", TEXT).expect("a key");
        assert_eq!(two.document(Some("/mill.txt"), "", TEXT).expect("a key"), key);
        one.put(key, &remark(TEXT, (0, 18), Field::Note, "one")).expect("writes");
        two.put(key, &remark(TEXT, (20, 42), Field::Note, "two")).expect("writes");
        assert_eq!(one.remarks(key).expect("reads").len(), 2);
    }

    #[test]
    fn a_damaged_library_is_set_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        fs::write(&path, "this is no database, it is a poem, and longer than a header of one hundred bytes ".repeat(9))
            .expect("writes");
        let Err(StoreError::Damaged { aside }) = Store::open(&path) else { panic!("is damaged") };
        assert!(fs::read_to_string(aside).expect("kept").contains("poem"));
        assert!(Store::open(&path).is_ok());
    }

    #[test]
    fn a_newer_library_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        drop(Store::open(&path).expect("opens"));
        Connection::open(&path).expect("opens").execute_batch("pragma user_version = 99").expect("writes");
        assert!(matches!(Store::open(&path), Err(StoreError::Newer { .. })));
        assert!(path.exists());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("file"), "").expect("writes");
        let path = folder.path().join("file").join("library.db");
        assert!(matches!(Store::open(&path), Err(StoreError::Unwritable { .. })));
    }
}
