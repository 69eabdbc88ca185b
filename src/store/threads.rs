//! The reader's own threads, and what they changed of those that come from files: kept here, so that no file is rewritten.

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::bundle::BundledThread;
use super::{Store, StoreError, Turn};
use crate::lexicon::threads::ThreadDefinition;

/// Changes to threads that are remembered.
const MOST: i64 = 500;

/// A thread as the reader wants it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnThread {
    /// What it belongs to: see [`super::belonging`].
    pub story: String,
    /// What it is.
    pub definition: ThreadDefinition,
    /// Not to be followed, though a file or a larger story names it.
    pub hidden: bool,
}

/// What one change did to one thread; none is what the library does not know.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ThreadRow {
    /// As it was.
    pub before: Option<OwnThread>,
    /// As it is now.
    pub after: Option<OwnThread>,
}

impl ThreadRow {
    /// The story and the name of the thread.
    pub fn key(&self) -> Option<(&str, &str)> {
        self.after.as_ref().or(self.before.as_ref()).map(|t| (t.story.as_str(), t.definition.name.as_str()))
    }
}

/// One change to threads, which may be of several: one is renamed, two become one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ThreadEdit {
    /// The story in which it was made.
    pub story: String,
    /// What it did.
    pub rows: Vec<ThreadRow>,
    /// Larger than that of every change made before, of whatever kind.
    pub order: i64,
}

impl ThreadEdit {
    /// The change that takes it back.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        self.rows.reverse();
        for row in &mut self.rows {
            std::mem::swap(&mut row.before, &mut row.after);
        }
        self
    }
}

/// A row as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    before: Option<BundledThread>,
    after: Option<BundledThread>,
}

impl Store {
    /// The reader's threads, of all stories, in the order in which they were made.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn threads(&self) -> Result<Vec<OwnThread>, StoreError> {
        let mut query = self
            .connection
            .prepare("select story, name, letter, aliases, kind, hidden from thread order by turn, story, name")?;
        let rows = query.query_map([], |row| {
            let text = |column| row.get::<_, String>(column);
            let kind = text(4)?;
            let definition = ThreadDefinition {
                name: text(1)?,
                letter: text(2)?.chars().next().unwrap_or('?'),
                aliases: text(3)?.split('\n').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
                kind: (!kind.is_empty()).then_some(kind),
            };
            Ok(OwnThread { story: text(0)?, definition, hidden: row.get(5)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes a change to threads and what it means for undoing, both or neither. For [`Turn::Undo`] the change is the one
    /// that takes the last back.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn edit_threads(&mut self, edit: &ThreadEdit, turn: &Turn) -> Result<(), StoreError> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for row in &edit.rows {
            match (&row.after, row.key()) {
                (Some(thread), _) => put_thread(&change, thread)?,
                (None, Some((story, name))) => {
                    change.execute("delete from thread where story = ?1 and name = ?2", params![story, name])?;
                }
                (None, None) => {}
            }
        }
        match turn {
            Turn::New(_) => append(&change, edit)?,
            Turn::Undo => {
                let last = "update thread_change set undone = 1 where id =
                    (select max(id) from thread_change where story = ?1 and undone = 0)";
                change.execute(last, params![edit.story])?;
            }
            Turn::Redo => {
                let next = "update thread_change set undone = 0 where id =
                    (select min(id) from thread_change where story = ?1 and undone = 1)";
                change.execute(next, params![edit.story])?;
            }
            Turn::Plain => {}
        }
        change.commit()?;
        Ok(())
    }

    /// The changes to threads, of all stories: those that can be taken back, the last one last, and those that were, the
    /// first to be done again last.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn thread_changes(&self) -> Result<(Vec<ThreadEdit>, Vec<ThreadEdit>), StoreError> {
        let mut query = self.connection.prepare("select id, story, rows, undone from thread_change order by id")?;
        let rows = query.query_map([], |row| {
            let edit = ThreadEdit { order: row.get(0)?, story: row.get(1)?, rows: Vec::new() };
            Ok((edit, row.get::<_, String>(2)?, row.get::<_, bool>(3)?))
        })?;
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for row in rows {
            let (mut edit, written, taken_back) = row?;
            // What only a newer version can write is kept and not undone here.
            let Ok(written) = serde_json::from_str::<Vec<Written>>(&written) else { continue };
            let thread = |t: Option<BundledThread>| t.as_ref().map(OwnThread::from);
            edit.rows = written
                .into_iter()
                .map(|row| ThreadRow { before: thread(row.before), after: thread(row.after) })
                .collect();
            if taken_back { undone.push(edit) } else { done.push(edit) }
        }
        undone.reverse();
        Ok((done, undone))
    }
}

/// Makes or changes a thread.
pub(super) fn put_thread(connection: &Connection, thread: &OwnThread) -> Result<(), rusqlite::Error> {
    let ThreadDefinition { name, aliases, letter, kind } = &thread.definition;
    connection.execute(
        "insert into thread (story, name, letter, aliases, kind, hidden, turn)
         values (?1, ?2, ?3, ?4, ?5, ?6, (select coalesce(max(turn), 0) + 1 from thread))
         on conflict do update set letter = excluded.letter, aliases = excluded.aliases, kind = excluded.kind,
            hidden = excluded.hidden",
        params![
            thread.story,
            name,
            letter.to_string(),
            aliases.join("\n"),
            kind.clone().unwrap_or_default(),
            thread.hidden
        ],
    )?;
    Ok(())
}

/// A new change: what was undone before it in the same story cannot be done again.
fn append(change: &Connection, edit: &ThreadEdit) -> Result<(), rusqlite::Error> {
    change.execute("delete from thread_change where story = ?1 and undone = 1", params![edit.story])?;
    let thread = |t: &Option<OwnThread>| t.clone().map(BundledThread::from);
    let rows: Vec<Written> =
        edit.rows.iter().map(|row| Written { before: thread(&row.before), after: thread(&row.after) }).collect();
    let rows = serde_json::to_string(&rows).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    change.execute(
        &format!("insert into thread_change (id, story, rows) values ({}, ?1, ?2)", super::journal::NEXT),
        params![edit.story, rows],
    )?;
    let old = "delete from thread_change where id <= (select id from thread_change order by id desc limit 1 offset ?1)";
    change.execute(old, params![MOST])?;
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Following;
    use super::*;

    pub fn own(story: &str, name: &str, aliases: &[&str], hidden: bool) -> OwnThread {
        let aliases = aliases.iter().map(|&a| a.to_owned()).collect();
        let letter = name.chars().next().unwrap_or('?');
        let definition = ThreadDefinition { name: name.to_owned(), aliases, letter, kind: None };
        OwnThread { story: story.to_owned(), definition, hidden }
    }

    #[test]
    fn threads_and_their_changes_are_there_after_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let known = || {
            let store = Store::open(&path).expect("opens");
            let changes = store.thread_changes().expect("reads");
            Following::new(Vec::new(), store.threads().expect("reads"), changes).opened("/news".into())
        };
        let shown = || known().all().iter().map(|t| format!("{} {}", t.name, t.aliases.join(","))).collect::<Vec<_>>();
        let mut following = known();
        let write = |edit: &ThreadEdit, turn: &Turn| {
            Store::open(&path).expect("opens").edit_threads(edit, turn).expect("writes");
        };
        let new = Turn::New(String::new());
        let edit = following.change(vec![own("/news", "Dam", &["weir"], false)], None, "/news", 1);
        write(&edit, &new);
        let renamed = vec![own("/news", "Dam", &["weir"], true), own("/news", "Wall", &["Dam", "weir"], false)];
        write(&following.change(renamed, None, "/news", 2), &new);
        assert_eq!(shown(), ["Wall Dam,weir"]);
        for (again, expected) in [(false, "Dam weir"), (true, "Wall Dam,weir"), (false, "Dam weir")] {
            let edit = known().turn_back("/news", again).expect("a change");
            write(&edit, if again { &Turn::Redo } else { &Turn::Undo });
            assert_eq!(shown(), [expected]);
        }
        write(&known().turn_back("/news", false).expect("the first"), &Turn::Undo);
        assert!(shown().is_empty() && known().turn_back("/news", false).is_none());
    }
}
