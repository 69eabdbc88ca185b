//! What is the reader's own in a library, to be carried to another: remarks with their anchors, places, threads. Findings
//! are not in it; they are made again from the files.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Anchor, Field, Key, OwnThread, Remark, Store, StoreError, Subject};
use crate::lexicon::threads::ThreadDefinition;

/// All that is the reader's own.
#[derive(Serialize, Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The layout, 1.
    pub sayso_library: u32,
    /// Documents with remarks.
    pub documents: Vec<BundledDocument>,
    /// The reader's threads.
    pub threads: Vec<BundledThread>,
}

/// A document with what was said of it.
#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct BundledDocument {
    /// The SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its file when it was first opened.
    pub path: Option<String>,
    /// Its title.
    pub title: String,
    /// Where the reader was, in bytes.
    pub place: usize,
    /// What was said.
    pub remarks: Vec<BundledRemark>,
}

/// A remark with its anchor.
#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct BundledRemark {
    pub subject: String,
    pub exact: String,
    pub before: String,
    pub after: String,
    pub start: usize,
    pub field: String,
    pub value: String,
}

/// A thread of the reader.
#[derive(Clone, Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct BundledThread {
    pub name: String,
    pub letter: char,
    pub aliases: Vec<String>,
    pub kind: Option<String>,
    pub hidden: bool,
    /// The story it belongs to; none for all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub story: String,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// New remarks.
    pub remarks: usize,
    /// New threads.
    pub threads: usize,
    /// Remarks and threads that were there already.
    pub same: usize,
    /// Those that say something else than what is there, which stays.
    pub different: usize,
}

impl Store {
    /// Everything the reader said.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn bundle(&self) -> Result<Bundle, StoreError> {
        let mut query = self.connection.prepare(
            "select d.id, lower(hex(d.hash)), d.path, d.title, d.place from document d
             where d.place > 0 or exists (select 1 from remark where document = d.id) order by d.id",
        )?;
        let rows = query.query_map([], |row| {
            let place = super::entry::count(row, 4)?;
            let document = BundledDocument {
                hash: row.get(1)?,
                path: row.get(2)?,
                title: row.get(3)?,
                place,
                remarks: Vec::new(),
            };
            Ok((Key(row.get(0)?), document))
        })?;
        let mut documents = Vec::new();
        for row in rows {
            let (key, mut document) = row?;
            document.remarks = self.remarks(key)?.into_iter().map(BundledRemark::from).collect();
            documents.push(document);
        }
        let threads = self.threads()?.into_iter().map(BundledThread::from).collect();
        Ok(Bundle { sayso_library: 1, documents, threads })
    }

    /// Takes in what another library had. What is here already stays as it is.
    ///
    /// # Errors
    /// When the library cannot be written; then nothing of it is taken in.
    pub fn take_in(&mut self, bundle: &Bundle) -> Result<Taken, StoreError> {
        let mut taken = Taken::default();
        let own = self.threads()?;
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for thread in &bundle.threads {
            let thread = OwnThread::from(thread);
            let same = |o: &&OwnThread| o.story == thread.story && o.definition.name == thread.definition.name;
            match own.iter().find(same) {
                Some(same) if *same == thread => taken.same += 1,
                Some(_) => taken.different += 1,
                None => {
                    super::threads::put_thread(&change, &thread)?;
                    taken.threads += 1;
                }
            }
        }
        for document in &bundle.documents {
            let Some(hash) = unhex(&document.hash) else { continue };
            let id = super::document_of(&change, document.path.as_deref(), &document.title, &hash)?;
            let place = i64::try_from(document.place).unwrap_or(0);
            change.execute("update document set place = ?2 where id = ?1 and place = 0", params![id, place])?;
            for remark in &document.remarks {
                let Some(remark) = remark.remark() else { continue };
                match said(&change, id, &remark)? {
                    Some(value) if value == remark.value => taken.same += 1,
                    Some(_) => taken.different += 1,
                    None => {
                        super::put(&change, Key(id), &remark)?;
                        taken.remarks += 1;
                    }
                }
            }
        }
        change.commit()?;
        Ok(taken)
    }
}

fn said(connection: &rusqlite::Connection, id: i64, remark: &Remark) -> Result<Option<String>, rusqlite::Error> {
    use rusqlite::OptionalExtension;
    let Anchor { subject, exact, before, .. } = &remark.anchor;
    let query = "select value from remark
        where document = ?1 and subject = ?2 and exact = ?3 and before = ?4 and field = ?5";
    connection
        .query_row(query, params![id, subject.name(), exact, before, remark.field.name()], |row| row.get(0))
        .optional()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (i, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(hash)
}

impl From<Remark> for BundledRemark {
    fn from(remark: Remark) -> Self {
        let Anchor { subject, exact, before, after, start } = remark.anchor;
        let (subject, field) = (subject.name().to_owned(), remark.field.name().to_owned());
        Self { subject, exact, before, after, start, field, value: remark.value }
    }
}

impl BundledRemark {
    fn remark(&self) -> Option<Remark> {
        let anchor = Anchor {
            subject: Subject::named(&self.subject)?,
            exact: self.exact.clone(),
            before: self.before.clone(),
            after: self.after.clone(),
            start: self.start,
        };
        Some(Remark { anchor, field: Field::named(&self.field)?, value: self.value.clone() })
    }
}

impl From<OwnThread> for BundledThread {
    fn from(thread: OwnThread) -> Self {
        let ThreadDefinition { name, aliases, letter, kind } = thread.definition;
        Self { name, letter, aliases, kind, hidden: thread.hidden, story: thread.story }
    }
}

impl From<&BundledThread> for OwnThread {
    fn from(thread: &BundledThread) -> Self {
        let BundledThread { name, letter, aliases, kind, hidden, story } = thread;
        let definition =
            ThreadDefinition { name: name.clone(), aliases: aliases.clone(), letter: *letter, kind: kind.clone() };
        Self { story: story.clone(), definition, hidden: *hidden }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn what_is_carried_over_overwrites_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = |name: &str| Store::open(&folder.path().join(name)).expect("opens");
        let text = "The mill may close. It may not.";
        let remark = |at: usize, to: usize, value: &str| Remark {
            anchor: Anchor::of(Subject::Claim, text, Span::of(at, to)),
            field: Field::Note,
            value: value.to_owned(),
        };
        let (mut one, mut two) = (open("one.db"), open("two.db"));
        let key = one.document(Some("/mill.txt"), "The mill", text).expect("a key");
        one.put(key, &remark(0, 18, "ask")).expect("writes");
        one.put(key, &remark(20, 30, "why")).expect("writes");
        let other = two.document(Some("/elsewhere.txt"), "The mill", text).expect("a key");
        two.put(other, &remark(0, 18, "asked already")).expect("writes");
        let written = serde_json::to_string(&one.bundle().expect("reads")).expect("writes");
        let bundle: Bundle = serde_json::from_str(&written).expect("reads back");
        assert_eq!(two.take_in(&bundle).expect("writes"), Taken { remarks: 1, different: 1, ..Taken::default() });
        let values: Vec<_> = two.remarks(other).expect("reads").into_iter().map(|r| r.value).collect();
        assert_eq!(values, ["asked already", "why"]);
        assert_eq!(two.take_in(&bundle).expect("writes"), Taken { same: 1, different: 1, ..Taken::default() });
    }
}
