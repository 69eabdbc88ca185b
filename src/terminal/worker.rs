//! What takes time: analysing and reading files, on a thread of its own, so that a key is always answered at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use super::tray::Tray;
use super::{Happening, export};
use crate::analysis::{Analysis, ThreadDefinition, analyse};
use crate::app::{DocumentId, Msg};
use crate::document::{Document, STORY, story};
use crate::export::{Exported, Exporter};
use crate::index::Index;
use crate::intake;
use crate::lexicon::{Lexicon, Reading};

/// A piece of work.
pub enum Job {
    /// Find what is in the beginning of a document, looking for threads.
    Begin(DocumentId, Arc<Document>, Vec<ThreadDefinition>),
    /// Find what is in a document, looking for threads.
    Analyse(DocumentId, Arc<Document>, Vec<ThreadDefinition>),
    /// Make the index of findings that the reader has corrected: those that lie in the tray when the job is done.
    Index(Tray<Corrected>),
    /// Read a file again.
    Reread(DocumentId, String),
    /// Write an export to a new file.
    Export(String, &'static Exporter, Exported),
    /// Write a text to a new file.
    Write(String, String),
}

/// A document with the findings that the reader has corrected.
pub type Corrected = (Arc<Document>, Arc<Analysis>);

/// Does the jobs in order until nobody asks any more.
pub fn work(jobs: &Receiver<Job>, out: &SyncSender<Happening>, reading: Reading) {
    step_back();
    let lexicon = Lexicon::english().reading(reading);
    let mut ready = Tray::new();
    for job in jobs {
        let happening = match job {
            Job::Begin(id, document, threads) => Happening::Msg(begun(id, &document, &lexicon, &threads)),
            Job::Analyse(id, document, threads) => Happening::Msg(analysed(id, &document, &lexicon, &threads)),
            Job::Index(tray) => match indexed(&tray).and_then(|(id, msg)| ready.lay(id, msg)) {
                Some(ready) => Happening::Ready(ready),
                None => continue,
            },
            Job::Reread(id, name) => Happening::Msg(Msg::Reread(id, reread(&name))),
            Job::Write(name, text) => Happening::Msg(Msg::Tell(export::text_written(&name, &text))),
            Job::Export(name, form, exported) => Happening::Msg(Msg::Tell(export::written(&name, form, exported))),
        };
        if out.send(happening).is_err() {
            return;
        }
    }
}

/// Whoever answers keys goes first where there are fewer cores than threads. Elsewhere than on Linux this would slow down the
/// whole program.
fn step_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, 5);
}

/// The lists of the corrections that lie in a tray.
fn indexed(tray: &Tray<Corrected>) -> Option<(DocumentId, Msg)> {
    let (id, (document, analysis)) = tray.take()?;
    let index = Index::new(&document, &analysis);
    Some((id, Msg::Corrected(id, analysis, Arc::new(index))))
}

/// What a text leaves open is not to be judged by its beginning: no thread is proposed.
fn begun(id: DocumentId, document: &Document, lexicon: &Lexicon, threads: &[ThreadDefinition]) -> Msg {
    let (mut analysis, _) = found(document, lexicon, threads);
    analysis.threads.retain(|thread| !thread.suggested);
    let index = Index::new(document, &analysis);
    Msg::Begun(id, Arc::new(analysis), Arc::new(index))
}

fn analysed(id: DocumentId, document: &Document, lexicon: &Lexicon, threads: &[ThreadDefinition]) -> Msg {
    let (analysis, index) = found(document, lexicon, threads);
    Msg::Analysed(id, Arc::new(analysis), Arc::new(index))
}

/// The findings; none where a pass trips over the text.
fn found(document: &Document, lexicon: &Lexicon, threads: &[ThreadDefinition]) -> (Analysis, Index) {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let analysis = analyse(document, lexicon, threads);
        let index = Index::new(document, &analysis);
        (analysis, index)
    }));
    found.unwrap_or_else(|_| {
        let analysis = Analysis::default();
        let index = Index::new(document, &analysis);
        (analysis, index)
    })
}

fn reread(name: &str) -> Result<Arc<Document>, String> {
    if name == STORY {
        return Ok(Arc::new(story()));
    }
    let path = Path::new(name);
    if !path.is_file() {
        return Err(format!("{name} is not a file that can be read again"));
    }
    intake::document(path).map(Arc::new)
}
