//! What the reader said of all documents, for those who look through files again: what they keep follows corrections.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use super::{Remark, Store, StoreError, remarks};

/// The remarks that change what was found, of every document that has some.
#[derive(Debug, Default)]
pub struct Said {
    by_hash: FxHashMap<[u8; 32], Vec<Remark>>,
    /// Which document each file held.
    by_path: FxHashMap<String, [u8; 32]>,
}

impl Said {
    /// What was said of a text: of the same one, or of an older one in the same file.
    pub fn of(&self, path: &str, hash: &[u8; 32]) -> &[Remark] {
        let older = || self.by_hash.get(self.by_path.get(path)?);
        self.by_hash.get(hash).or_else(older).map_or(&[], Vec::as_slice)
    }
}

impl Store {
    /// What the reader said of all documents, as far as it changes what was found in them.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn all_said(&self) -> Result<Said, StoreError> {
        let mut said = Said::default();
        let mut query = self.connection.prepare(
            "select d.id, d.hash, d.path from document d where exists (select 1 from remark where document = d.id)",
        )?;
        let documents = query.query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?, row.get::<_, Option<String>>(2)?))
        })?;
        let mut files = self.connection.prepare("select path from file where document = ?1")?;
        for document in documents {
            let (id, hash, path) = document?;
            let corrections = corrections(&self.connection, id)?;
            if corrections.is_empty() {
                continue;
            }
            let paths = files.query_map(params![id], |row| row.get::<_, String>(0))?;
            for path in paths.chain(path.map(Ok)) {
                said.by_path.insert(path?, hash);
            }
            said.by_hash.insert(hash, corrections);
        }
        Ok(said)
    }
}

/// The remarks on a document that change what was found in it.
pub(super) fn corrections(connection: &Connection, document: i64) -> Result<Vec<Remark>, rusqlite::Error> {
    let mut all = remarks(connection, document)?;
    all.retain(Remark::corrects);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::super::{Anchor, Field, Subject, hash_of};
    use super::*;
    use crate::text::Span;

    #[test]
    fn what_was_said_is_known_by_text_and_by_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(&folder.path().join("library.db")).expect("opens");
        let text = "The mill may close.";
        let key = store.document(Some("/mill.txt"), "", text).expect("a key");
        let about = |field, value: &str| Remark {
            anchor: Anchor::of(Subject::Quote, text, Span::of(0, 8)),
            field,
            value: value.to_owned(),
        };
        store.put(key, &about(Field::Note, "ask")).expect("writes");
        assert!(store.all_said().expect("reads").of("/mill.txt", &hash_of(text)).is_empty(), "a note corrects nothing");
        store.put(key, &about(Field::Speaker, "Ada Quill")).expect("writes");
        let said = store.all_said().expect("reads");
        assert_eq!(said.of("/elsewhere.txt", &hash_of(text)), [about(Field::Speaker, "Ada Quill")]);
        assert_eq!(said.of("/mill.txt", &hash_of("another text")).len(), 1);
        assert!(said.of("/elsewhere.txt", &hash_of("another text")).is_empty());
    }
}
