//! The library on a thread of its own. A remark is written when it comes; where the reader is, once they have stopped for a
//! moment, so that holding a key costs the disk nothing. Without a library reading goes on, and the reader is told once.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError};
use std::time::Duration;

use rustc_hash::FxHashMap;

use super::Happening;
use super::librarian::Request;
use crate::analysis::Analysis;
use crate::app::{DocumentId, Msg, Recollection};
use crate::document::{Document, STORY, is_story};
use crate::intake::engine_of;
use crate::remarks::Remarks;
use crate::store::{Key, Remark, Stamp, Store, StoreError, ThreadEdit, Turn, default_path};

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
    /// Keep what was found in a document, as the reader corrected it.
    Keep(DocumentId, Arc<Document>, Arc<Analysis>),
    /// Pass this on to the librarian, who shall find all that was said before.
    Ask(Request),
}

/// What is known of an open document besides its key.
struct Open {
    key: Key,
    /// Its file, as it was when it was read.
    file: Option<(String, Stamp)>,
}

struct Keeper {
    store: Option<Store>,
    open: FxHashMap<DocumentId, Open>,
    /// Not yet written.
    place: Option<(DocumentId, usize)>,
    /// Findings not yet written, the last of each document.
    found: FxHashMap<DocumentId, (Arc<Document>, Arc<Analysis>)>,
    librarian: Sender<Request>,
    out: SyncSender<Happening>,
}

/// Does errands until nobody asks any more, then writes what is left.
pub fn keep(errands: &Receiver<Errand>, out: SyncSender<Happening>, librarian: Sender<Request>, path: Option<PathBuf>) {
    let (open, found) = (FxHashMap::default(), FxHashMap::default());
    let mut keeper = Keeper { store: None, open, place: None, found, librarian, out };
    keeper.open(path);
    loop {
        // What was found can wait for what is said.
        let next = if !keeper.found.is_empty() {
            match errands.try_recv() {
                Err(TryRecvError::Empty) => {
                    keeper.write_found();
                    continue;
                }
                other => other.map_err(|_| RecvTimeoutError::Disconnected),
            }
        } else if keeper.place.is_some() {
            errands.recv_timeout(REST)
        } else {
            errands.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match next {
            Ok(errand) => keeper.run(errand),
            Err(RecvTimeoutError::Timeout) => keeper.write_place(),
            Err(RecvTimeoutError::Disconnected) => {
                keeper.write_place();
                return keeper.write_found();
            }
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
            Errand::Keep(id, document, analysis) => {
                self.found.insert(id, (document, analysis));
                Ok(())
            }
            Errand::Ask(request) => {
                self.write_found();
                let _ = self.librarian.send(request);
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
        let built_in = is_story(document);
        let path = Path::new(document.id()).canonicalize().ok().filter(|p| p.is_file() && !built_in);
        let file = path.and_then(|p| Some((p.to_string_lossy().into_owned(), Stamp::of(&p.metadata().ok()?))));
        let key = store.document(file.as_ref().map(|f| f.0.as_str()), &document.meta().title, document.text())?;
        if built_in {
            store.call(key, STORY)?;
        }
        self.open.insert(id, Open { key, file });
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
        match (&mut self.store, self.open.get(&id)) {
            (Some(store), Some(open)) => write(store, open.key),
            _ => Ok(()),
        }
    }

    /// Writes what was found, so that the library's lists and searches know it as the reader corrected it.
    fn write_found(&mut self) {
        for (id, (document, analysis)) in std::mem::take(&mut self.found) {
            let (Some(store), Some(open)) = (&mut self.store, self.open.get(&id)) else { continue };
            if let Err(error) = keep_found(store, open, &document, &analysis) {
                self.tell(format!("not saved: {error}"));
            }
        }
    }

    fn write_place(&mut self) {
        let Some((id, byte)) = self.place.take() else { return };
        if let Err(error) = self.with(id, |store, key| store.set_place(key, byte)) {
            self.tell(format!("not saved: {error}"));
        }
    }
}

/// Keeps what was found in a document with what the reader said of it, unless it is kept already.
fn keep_found(store: &mut Store, open: &Open, document: &Document, found: &Arc<Analysis>) -> Result<(), StoreError> {
    // Of a file that was changed since it was read the next look at it tells more.
    let unchanged =
        |(path, stamp): &&(String, Stamp)| std::fs::metadata(path).is_ok_and(|meta| Stamp::of(&meta) == *stamp);
    let file = open.file.as_ref().filter(unchanged).map(|(path, stamp)| (path.as_str(), *stamp));
    let engine = engine_of(found);
    if file.is_none() && open.file.is_some() || store.keeps(open.key, file, &engine)? {
        return Ok(());
    }
    let mut remarks = Remarks::default();
    remarks.recall(store.remarks(open.key)?, Vec::new(), Vec::new());
    let entry = remarks.entry(document, found, file.map(|(_, stamp)| stamp.day()));
    store.keep(open.key, file, &entry, &engine)
}
