//! The library on a thread of its own. A remark is written when it comes; where the reader is, once they have stopped for a
//! moment, so that holding a key costs the disk nothing. Without a library reading goes on, and the reader is told once.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use rustc_hash::FxHashMap;

use super::Happening;
use crate::app::{DocumentId, Msg, Recollection};
use crate::document::Document;
use crate::store::{Key, Remark, Store, StoreError, ThreadEdit, Turn, default_path};

/// How long the reader stays before the place is written: less than the two seconds that a crash may cost.
const REST: Duration = Duration::from_secs(1);

/// Something for the library.
pub enum Errand {
    /// What is known of a document?
    Recall(DocumentId, Arc<Document>),
    /// Keep this.
    Remember(DocumentId, Remark, Turn),
    /// Keep what the reader changed about threads.
    Threads(ThreadEdit, Turn),
    /// Keep this of the article of a file that is not open.
    Accept(String, Remark),
    /// The reader is here.
    Place(DocumentId, usize),
}

struct Keeper {
    store: Option<Store>,
    keys: FxHashMap<DocumentId, Key>,
    /// Not yet written.
    place: Option<(DocumentId, usize)>,
    out: SyncSender<Happening>,
}

/// Does errands until nobody asks any more, then writes what is left.
pub fn keep(errands: &Receiver<Errand>, out: SyncSender<Happening>, path: Option<PathBuf>) {
    let mut keeper = Keeper { store: None, keys: FxHashMap::default(), place: None, out };
    keeper.open(path);
    loop {
        let next = if keeper.place.is_some() {
            errands.recv_timeout(REST)
        } else {
            errands.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match next {
            Ok(errand) => keeper.run(errand),
            Err(RecvTimeoutError::Timeout) => keeper.write_place(),
            Err(RecvTimeoutError::Disconnected) => return keeper.write_place(),
        }
    }
}

impl Keeper {
    fn open(&mut self, path: Option<PathBuf>) {
        let opened = path.map_or_else(default_path, Ok).and_then(|path| match Store::open(&path) {
            Err(damaged @ StoreError::Damaged { .. }) => {
                self.tell(damaged.to_string());
                Store::open(&path)
            }
            other => other,
        });
        match opened {
            Ok(store) => self.store = Some(store),
            Err(error) => self.tell(format!("not saved: {error}")),
        }
    }

    fn tell(&self, sentence: String) {
        let _ = self.out.send(Happening::Msg(Msg::Tell(sentence)));
    }

    fn run(&mut self, errand: Errand) {
        let done = match errand {
            Errand::Recall(id, document) => self.recall(id, &document),
            Errand::Remember(id, remark, turn) => self.with(id, |store, key| store.say(key, &remark, &turn)),
            Errand::Threads(edit, turn) => self.store.as_mut().map_or(Ok(()), |store| store.edit_threads(&edit, &turn)),
            Errand::Accept(path, remark) => {
                self.store.as_mut().map_or(Ok(()), |store| store.say_in(&path, &remark).map(drop))
            }
            Errand::Place(id, byte) => {
                if self.place.is_some_and(|(before, _)| before != id) {
                    self.write_place();
                }
                self.place = Some((id, byte));
                Ok(())
            }
        };
        if let Err(error) = done {
            self.tell(format!("not saved: {error}"));
        }
    }

    fn recall(&mut self, id: DocumentId, document: &Document) -> Result<(), StoreError> {
        let Some(store) = &mut self.store else { return Ok(()) };
        // A name that is no file of its own (the story, standard input) says nothing about the next text of that name.
        let path = Path::new(document.id()).canonicalize().ok().filter(|p| p.is_file());
        let path = path.as_ref().map(|p| p.to_string_lossy());
        let key = store.document(path.as_deref(), &document.meta().title, document.text())?;
        self.keys.insert(id, key);
        let (remarks, place) = (store.remarks(key)?, store.place(key)?);
        let (done, undone) = store.changes(key)?;
        let known = Recollection { remarks, place, done, undone };
        let opened = store.opened(key);
        let _ = self.out.send(Happening::Msg(Msg::Recalled(id, known)));
        opened?;
        Ok(())
    }

    fn with(
        &mut self,
        id: DocumentId,
        write: impl Fn(&mut Store, Key) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match (&mut self.store, self.keys.get(&id)) {
            (Some(store), Some(&key)) => write(store, key),
            _ => Ok(()),
        }
    }

    fn write_place(&mut self) {
        let Some((id, byte)) = self.place.take() else { return };
        if let Err(error) = self.with(id, |store, key| store.set_place(key, byte)) {
            self.tell(format!("not saved: {error}"));
        }
    }
}
