//! The reader's own threads, and what they changed of those that come from files: kept here, so that no file is rewritten.

use rusqlite::params;

use super::{Store, StoreError};
use crate::lexicon::threads::ThreadDefinition;

/// A thread as the reader wants it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnThread {
    /// What it is.
    pub definition: ThreadDefinition,
    /// Not to be followed, though a file names it.
    pub hidden: bool,
}

impl Store {
    /// The reader's threads in the order in which they were made.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn threads(&self) -> Result<Vec<OwnThread>, StoreError> {
        let mut query =
            self.connection.prepare("select name, letter, aliases, kind, hidden from thread order by turn, name")?;
        let rows = query.query_map([], |row| {
            let text = |column| row.get::<_, String>(column);
            let kind = text(3)?;
            let definition = ThreadDefinition {
                name: text(0)?,
                letter: text(1)?.chars().next().unwrap_or('?'),
                aliases: text(2)?.split('\n').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
                kind: (!kind.is_empty()).then_some(kind),
            };
            Ok(OwnThread { definition, hidden: row.get(4)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes or changes a thread.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn put_thread(&self, thread: &OwnThread) -> Result<(), StoreError> {
        let ThreadDefinition { name, aliases, letter, kind } = &thread.definition;
        self.connection.execute(
            "insert into thread (name, letter, aliases, kind, hidden, turn)
             values (?1, ?2, ?3, ?4, ?5, (select coalesce(max(turn), 0) + 1 from thread))
             on conflict do update set letter = excluded.letter, aliases = excluded.aliases, kind = excluded.kind,
                hidden = excluded.hidden",
            params![name, letter.to_string(), aliases.join("\n"), kind.clone().unwrap_or_default(), thread.hidden],
        )?;
        Ok(())
    }

    /// Forgets what the reader said of a thread: one from a file is then as the file says.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn forget_thread(&self, name: &str) -> Result<(), StoreError> {
        self.connection.execute("delete from thread where name = ?1", params![name])?;
        Ok(())
    }
}

/// Lays the reader's threads over those of a file: theirs replace those of the same name, the hidden ones go.
pub fn laid_over(mut threads: Vec<ThreadDefinition>, own: &[OwnThread]) -> Vec<ThreadDefinition> {
    for thread in own {
        match threads.iter().position(|t| t.name == thread.definition.name) {
            Some(place) if thread.hidden => drop(threads.remove(place)),
            Some(place) => threads[place] = thread.definition.clone(),
            None if !thread.hidden => threads.push(thread.definition.clone()),
            None => {}
        }
    }
    threads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(name: &str, aliases: &[&str], hidden: bool) -> OwnThread {
        let aliases = aliases.iter().map(|&a| a.to_owned()).collect();
        let letter = name.chars().next().unwrap_or('?');
        OwnThread { definition: ThreadDefinition { name: name.to_owned(), aliases, letter, kind: None }, hidden }
    }

    #[test]
    fn threads_are_kept_and_laid_over_those_of_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("library.db")).expect("opens");
        for own in
            [thread("Zalem", &["Tiphares"], false), thread("Nova", &[], true), thread("Budget", &["money"], false)]
        {
            store.put_thread(&own).expect("writes");
        }
        let file = ["Nova", "Zalem", "Motorball"].map(|n| thread(n, &[], false).definition).to_vec();
        let shown = |store: &Store| -> Vec<String> {
            let laid = laid_over(file.clone(), &store.threads().expect("reads"));
            laid.iter().map(|t| format!("{} {}", t.name, t.aliases.join(","))).collect()
        };
        assert_eq!(shown(&store), ["Zalem Tiphares", "Motorball ", "Budget money"]);
        store.forget_thread("Nova").expect("writes");
        assert_eq!(shown(&store).len(), 4);
    }
}
