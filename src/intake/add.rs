//! Adding files to the library: only what is new or changed is analysed, on all cores, and what is done is kept when it is
//! stopped.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, ThreadDefinition, analyse};
use crate::lexicon::Lexicon;
use crate::remarks::Remarks;
use crate::store::{Analysed, Following, Said, Stamp, Store, StoreError, hash_of};

/// Articles that are written together, at most.
const BATCH: usize = 64;
/// How long a finished article waits to be written with others.
const PATIENCE: Duration = Duration::from_millis(500);

/// Changes when what is kept of the same findings changes.
const KEPT: u32 = 2;

/// How far the adding is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Files there are.
    pub files: usize,
    /// Files that were known and unchanged.
    pub unchanged: usize,
    /// Files that were read and written.
    pub added: usize,
    /// Files that could not be read.
    pub failed: usize,
}

impl Progress {
    /// Whether every file has been seen to.
    pub fn is_done(&self) -> bool {
        self.unchanged + self.added + self.failed >= self.files
    }
}

/// Names the program and the threads it looks for: findings made by another one are made again.
fn engine(threads: &[ThreadDefinition]) -> String {
    named(threads.iter().map(|t| (t.name.as_str(), t.aliases.as_slice(), t.letter)))
}

/// Names the program and the threads it looked for when it made these findings.
pub fn engine_of(analysis: &Analysis) -> String {
    let asked = analysis.threads.iter().filter(|t| !t.suggested);
    named(asked.map(|t| (t.name.as_str(), t.aliases.as_slice(), t.letter)))
}

fn named<'a>(threads: impl Iterator<Item = (&'a str, &'a [String], char)>) -> String {
    let asked: Vec<String> =
        threads.map(|(name, aliases, letter)| format!("{name}\n{}\n{letter}", aliases.join("\n"))).collect();
    let hash = hash_of(&asked.join("\n\n"));
    let short = hash.iter().take(6).fold(0u64, |number, &byte| number << 8 | u64::from(byte));
    format!("{} {}.{KEPT} {short:012x}", env!("CARGO_PKG_VERSION"), crate::analysis::REVISION)
}

/// Adds files to the library and tells how far it is, after every file and at the end. `fault` is told of files that could
/// not be read. Ends early, with what was done kept, when `stop` is set.
///
/// # Errors
/// When the library cannot be read or written.
pub fn add(
    store: &mut Store,
    paths: &[PathBuf],
    following: &Following,
    stop: &AtomicBool,
    mut tell: impl FnMut(Progress),
    mut fault: impl FnMut(String),
) -> Result<Progress, StoreError> {
    let mut engines = Engines { following, known: FxHashMap::default() };
    let mut progress = Progress { files: paths.len(), ..Progress::default() };
    let mut todo = Vec::new();
    for path in paths {
        match stamped(path) {
            Ok((full, stamp)) => {
                let engine = engines.of(&full);
                if store.is_fresh(&full, stamp, &engine.name)? {
                    progress.unchanged += 1;
                } else {
                    todo.push(Todo { path: path.clone(), full, stamp, engine });
                }
            }
            Err(message) => {
                progress.failed += 1;
                fault(message);
            }
        }
    }
    tell(progress);
    if todo.is_empty() {
        return Ok(progress);
    }
    let lexicon = Lexicon::english();
    let said = store.all_said()?;
    let job = Job { todo: &todo, next: AtomicUsize::new(0), stop, lexicon: &lexicon, said: &said };
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(todo.len());
    thread::scope(|scope| {
        let (done, finished) = sync_channel(BATCH);
        for _ in 0..cores {
            let (job, done) = (&job, done.clone());
            scope.spawn(move || job.work(&done));
        }
        drop(done);
        let mut batch = Vec::new();
        let mut since = Instant::now();
        loop {
            let next = finished.recv_timeout(PATIENCE);
            let ended = matches!(next, Err(RecvTimeoutError::Disconnected));
            match next {
                Ok(Done::Ready(analysed)) => batch.push(*analysed),
                Ok(Done::Failed(message)) => {
                    progress.failed += 1;
                    fault(message);
                }
                Err(_) => {}
            }
            if !batch.is_empty() && (ended || batch.len() >= BATCH || since.elapsed() > PATIENCE) {
                let written = store.shelve(&batch);
                if written.is_err() {
                    // Nobody listens any more: the workers end with their next article.
                    stop.store(true, Ordering::Relaxed);
                }
                written?;
                progress.added += batch.len();
                batch.clear();
                since = Instant::now();
                tell(progress);
            }
            if ended {
                return Ok(progress);
            }
        }
    })
}

/// The full path of a file, and its stamp.
fn stamped(path: &Path) -> Result<(String, Stamp), String> {
    let explain = |error: std::io::Error| super::explain(&path.display().to_string(), &error);
    let full = path.canonicalize().map_err(explain)?;
    let meta = fs::metadata(&full).map_err(explain)?;
    Ok((full.to_string_lossy().into_owned(), Stamp::of(&meta)))
}

/// A file to be analysed.
struct Todo {
    path: PathBuf,
    full: String,
    stamp: Stamp,
    engine: Arc<Engine>,
}

/// Threads to look for, with the name of the program that looks for them.
struct Engine {
    name: String,
    threads: Vec<ThreadDefinition>,
}

/// The threads of one file are mostly those of the next.
struct Engines<'a> {
    following: &'a Following,
    known: FxHashMap<Vec<usize>, Arc<Engine>>,
}

impl Engines<'_> {
    fn of(&mut self, full: &str) -> Arc<Engine> {
        let following = self.following;
        let made = || {
            let threads = following.of(Some(full));
            Arc::new(Engine { name: engine(&threads), threads })
        };
        Arc::clone(self.known.entry(following.bearing(full)).or_insert_with(made))
    }
}

enum Done {
    Ready(Box<Analysed>),
    Failed(String),
}

struct Job<'a> {
    todo: &'a [Todo],
    next: AtomicUsize,
    stop: &'a AtomicBool,
    lexicon: &'a Lexicon,
    said: &'a Said,
}

impl Job<'_> {
    fn work(&self, done: &SyncSender<Done>) {
        while !self.stop.load(Ordering::Relaxed) {
            let Some(todo) = self.todo.get(self.next.fetch_add(1, Ordering::Relaxed)) else { return };
            let made = catch_unwind(AssertUnwindSafe(|| self.analysed(todo)));
            let made = made.unwrap_or_else(|_| {
                Err(format!("{} could not be analysed: a fault of sayso, please report it", todo.path.display()))
            });
            let one = made.map_or_else(Done::Failed, |analysed| Done::Ready(Box::new(analysed)));
            if done.send(one).is_err() {
                return;
            }
        }
    }

    fn analysed(&self, todo: &Todo) -> Result<Analysed, String> {
        let Todo { path, full, stamp, engine } = todo;
        let document = super::document(path)?;
        let analysis = Arc::new(analyse(&document, self.lexicon, &engine.threads));
        let hash = hash_of(document.text());
        let said = self.said.of(full, &hash).to_vec();
        let mut remarks = Remarks::default();
        remarks.recall(said.clone(), Vec::new(), Vec::new());
        let mut entry = remarks.entry(&document, &analysis, Some(stamp.day()));
        full.clone_into(&mut entry.path);
        Ok(Analysed { path: full.clone(), stamp: *stamp, hash, entry, engine: engine.name.clone(), said })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Query;
    use crate::lexicon::threads;
    use crate::store::{Anchor, Field, Remark, Subject};
    use crate::story::Sort;

    #[test]
    fn only_what_is_new_or_changed_is_analysed() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(&folder.path().join("library.db")).expect("opens");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("writes");
            path
        };
        let mut paths = vec![
            file("a.txt", "“The mill may close,” said Ada Quill. “Nova will be seen.”"),
            file("b.txt", "“The mill will close,” said Tom Hale."),
            file("c.txt", "\0\u{1}\0\u{2}"),
        ];
        paths.push(folder.path().join("gone.txt"));
        let run = |store: &mut Store, paths: &[PathBuf]| {
            let mut faults = Vec::new();
            let go = AtomicBool::new(false);
            let progress =
                add(store, paths, &threads::story().into(), &go, |_| {}, |f| faults.push(f)).expect("writes");
            (progress.added, progress.unchanged, progress.failed, faults.len())
        };
        assert_eq!(run(&mut store, &paths), (2, 0, 2, 2));
        assert_eq!(run(&mut store, &paths), (0, 2, 2, 2));
        fs::write(&paths[1], "“The mill will not close at all,” said Tom Hale.").expect("writes");
        assert_eq!(run(&mut store, &paths), (1, 1, 2, 2));
        assert_eq!(store.find(&Query::parse("mill speaker:hale"), None, 0, 9).expect("reads").len(), 2);
        assert_eq!(store.count().expect("reads"), 2);
    }

    #[test]
    fn what_is_kept_follows_the_readers_corrections() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(&folder.path().join("library.db")).expect("opens");
        let text = "“The mill may close,” said Ada Quill. “It will be missed,” said Tom Hale. “Nova will be seen.”";
        let path = folder.path().join("a.txt");
        fs::write(&path, text).expect("writes");
        let full = path.canonicalize().expect("is there").to_string_lossy().into_owned();
        let add = |store: &mut Store| {
            let go = AtomicBool::new(false);
            add(store, std::slice::from_ref(&path), &threads::story().into(), &go, |_| {}, |_| {})
                .expect("writes")
                .added
        };
        assert_eq!((add(&mut store), add(&mut store)), (1, 0));
        let key = store.key_of_file(&full).expect("reads").expect("is there");
        let about = |words: &str, field, value: &str| {
            let at = text.find(words).expect("in the text");
            let span = crate::text::Span::of(at, at + words.len());
            Remark { anchor: Anchor::of(Subject::Quote, text, span), field, value: value.to_owned() }
        };
        store.put(key, &about("The mill may close,", Field::Speaker, "Ann Leigh")).expect("writes");
        store.put(key, &about("It will be missed,", Field::Judged, "rejected")).expect("writes");
        store.put(key, &about("It will be missed,", Field::Note, "why")).expect("writes");
        assert_eq!((add(&mut store), add(&mut store)), (1, 0));
        let found = |typed: &str| store.find(&Query::parse(typed), Some(Sort::Quote), 0, 9).expect("reads").len();
        assert_eq!((found("mill speaker:leigh"), found("mill speaker:quill"), found("missed")), (1, 0, 0));
    }

    #[test]
    fn findings_tell_which_threads_were_looked_for() {
        let document = crate::document::from_text("Nova will be seen, they say.".into(), "a.txt");
        let analysis = analyse(&document, &Lexicon::english(), &threads::story());
        assert_eq!(engine_of(&analysis), engine(&threads::story()));
        assert_ne!(engine_of(&analysis), engine(&[]));
    }
}
