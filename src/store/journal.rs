//! What the reader changed, in order, so that it can be undone after a restart too.

use rusqlite::{Transaction, params};

use super::{Anchor, Field, Key, Remark, Store, StoreError, Subject};

/// Changes of one document that are remembered.
const MOST: i64 = 500;

/// The number of the next change, of remarks or of threads: what was done last is taken back first.
pub(super) const NEXT: &str =
    "(select max(coalesce((select max(id) from change), 0), coalesce((select max(id) from thread_change), 0)) + 1)";

/// A remark that was set, with what stood there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// About what.
    pub anchor: Anchor,
    /// Which field.
    pub field: Field,
    /// What stood there.
    pub from: String,
    /// What stands there now.
    pub to: String,
    /// Larger than that of every change made before, of whatever kind.
    pub order: i64,
}

/// Why a remark is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The reader said something new, and this stood there before.
    New(String),
    /// A change is taken back.
    Undo,
    /// A change is done again.
    Redo,
    /// For itself, not to be undone.
    Plain,
}

impl Store {
    /// Writes a remark and what it means for undoing, both or neither.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn say(&mut self, key: Key, remark: &Remark, turn: &Turn) -> Result<(), StoreError> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        super::put(&change, key, remark)?;
        match turn {
            Turn::New(was) => append(&change, key, remark, was)?,
            Turn::Undo => {
                let last = "update change set undone = 1 where id =
                    (select max(id) from change where document = ?1 and undone = 0)";
                change.execute(last, params![key.0])?;
            }
            Turn::Redo => {
                let next = "update change set undone = 0 where id =
                    (select min(id) from change where document = ?1 and undone = 1)";
                change.execute(next, params![key.0])?;
            }
            Turn::Plain => {}
        }
        change.commit()?;
        Ok(())
    }

    /// The changes of a document: those that can be taken back, the last one last, and those that were, the last one first
    /// to be done again last.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn changes(&self, key: Key) -> Result<(Vec<Change>, Vec<Change>), StoreError> {
        let mut query = self.connection.prepare_cached(
            "select subject, exact, before, after, start, field, was, value, undone, id from change where document = ?1 order by id",
        )?;
        let rows = query.query_map(params![key.0], |row| {
            let text = |column| row.get::<_, String>(column);
            let anchor = (text(0)?, text(1)?, text(2)?, text(3)?, super::entry::count(row, 4)?);
            Ok((anchor, text(5)?, text(6)?, text(7)?, row.get::<_, bool>(8)?, row.get::<_, i64>(9)?))
        })?;
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for row in rows {
            let ((subject, exact, before, after, start), field, from, to, taken_back, order) = row?;
            let (Some(subject), Some(field)) = (Subject::named(&subject), Field::named(&field)) else { continue };
            let change = Change { anchor: Anchor { subject, exact, before, after, start }, field, from, to, order };
            if taken_back {
                undone.push(change);
            } else {
                done.push(change);
            }
        }
        undone.reverse();
        Ok((done, undone))
    }
}

/// A new change: what was undone before it cannot be done again.
fn append(change: &Transaction<'_>, key: Key, remark: &Remark, was: &str) -> Result<(), rusqlite::Error> {
    change.execute("delete from change where document = ?1 and undone = 1", params![key.0])?;
    let Anchor { subject, exact, before, after, start } = &remark.anchor;
    change.execute(
        &format!(
            "insert into change (id, document, subject, exact, before, after, start, field, was, value)
             values ({NEXT}, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        params![
            key.0,
            subject.name(),
            exact,
            before,
            after,
            i64::try_from(*start).unwrap_or(0),
            remark.field.name(),
            was,
            remark.value
        ],
    )?;
    change.execute(
        "delete from change where document = ?1 and id <=
            (select id from change where document = ?1 order by id desc limit 1 offset ?2)",
        params![key.0, MOST],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn changes_are_undone_after_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        let text = "The mill may close.";
        let remark = |value: &str| Remark {
            anchor: Anchor::of(Subject::Claim, text, Span::of(0, 18)),
            field: Field::Verdict,
            value: value.to_owned(),
        };
        {
            let mut store = Store::open(&path).expect("opens");
            let key = store.document(None, "The mill", text).expect("a key");
            store.say(key, &remark("disputed"), &Turn::New(String::new())).expect("writes");
            store.say(key, &remark("false"), &Turn::New("disputed".into())).expect("writes");
            store.say(key, &remark("disputed"), &Turn::Undo).expect("writes");
        }
        let mut store = Store::open(&path).expect("opens again");
        let key = store.document(None, "The mill", text).expect("a key");
        let (done, undone) = store.changes(key).expect("reads");
        assert_eq!((done.len(), undone.len()), (1, 1));
        assert_eq!((undone[0].from.as_str(), undone[0].to.as_str()), ("disputed", "false"));
        assert_eq!(store.remarks(key).expect("reads")[0].value, "disputed");
        store.say(key, &remark("open"), &Turn::New("disputed".into())).expect("writes");
        assert_eq!(store.changes(key).expect("reads").1.len(), 0);
    }
}
