//! Questions to the library, on a thread of its own: a search is answered while remarks are saved and files are added, and
//! of several questions that wait only the last is answered.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use super::Happening;
use crate::app::{MOST_MATCHES, Msg};
use crate::document::Day;
use crate::index::Query;
use crate::intake;
use crate::lexicon::threads;
use crate::store::{Anchor, Following, Offer, Spread, Store, StoreError, Subject};
use crate::story::follow;

/// How often the reader is told how far the adding is.
const OFTEN: Duration = Duration::from_millis(250);

/// A question to the library.
pub enum Question {
    /// Which findings fit? With the number of the question.
    Find(u32, Query),
    /// What is there?
    Shelf,
    /// What in these files is a correction about?
    Alike(Vec<String>, Spread),
    /// How does the story of these files run, along the threads of these names?
    Follow(Vec<String>, Vec<String>),
}

/// Something for the librarian.
pub enum Request {
    /// To be answered.
    Ask(Question),
    /// Look through these files for what is new; what was still being looked through is left.
    Add(Vec<PathBuf>, Following),
}

/// Answers until nobody asks any more.
pub fn answer(requests: &Receiver<Request>, out: &SyncSender<Happening>, library: Option<&PathBuf>) {
    let mut store: Option<Store> = None;
    let mut stop = Arc::new(AtomicBool::new(false));
    while let Ok(request) = requests.recv() {
        let mut waiting = vec![request];
        waiting.extend(requests.try_iter());
        let last_search = waiting.iter().rposition(|r| matches!(r, Request::Ask(Question::Find(..))));
        for (number, request) in waiting.into_iter().enumerate() {
            let question = match request {
                Request::Ask(Question::Find(..)) if Some(number) != last_search => continue,
                Request::Ask(question) => question,
                Request::Add(paths, following) => {
                    stop.store(true, Ordering::Relaxed);
                    stop = Arc::new(AtomicBool::new(false));
                    add(paths, following, library.cloned(), Arc::clone(&stop), out.clone());
                    continue;
                }
            };
            let msg = open(&mut store, library).and_then(|store| told(store, question));
            let msg = msg.unwrap_or_else(|error| Msg::Tell(error.to_string()));
            if out.send(Happening::Msg(msg)).is_err() {
                return;
            }
        }
    }
    stop.store(true, Ordering::Relaxed);
}

fn open<'s>(store: &'s mut Option<Store>, library: Option<&PathBuf>) -> Result<&'s Store, StoreError> {
    if store.is_none() {
        let path = library.cloned().map_or_else(crate::store::default_path, Ok)?;
        *store = Some(Store::open(&path)?);
    }
    store.as_ref().ok_or(StoreError::NoFolder)
}

fn told(store: &Store, question: Question) -> Result<Msg, StoreError> {
    Ok(match question {
        Question::Find(number, query) => Msg::Matches(number, store.find(&query, None, 0, MOST_MATCHES)?),
        Question::Shelf => Msg::Shelf(store.list()?),
        Question::Alike(paths, spread) => {
            let offers = paths.iter().map(|path| offer(store, path, &spread)).collect::<Result<Vec<_>, _>>()?;
            Msg::Offered(offers.into_iter().flatten().collect())
        }
        Question::Follow(paths, threads) => {
            let entries = paths.iter().map(|path| store.entry(path, true)).collect::<Result<Vec<_>, _>>()?;
            Msg::Story(Arc::new(follow(entries.into_iter().flatten().collect(), &threads)))
        }
    })
}

/// How a correction would be said in the article of a file; none when it is about nothing there, or was said there already.
fn offer(store: &Store, path: &str, spread: &Spread) -> Result<Option<Offer>, StoreError> {
    let Some(entry) = store.entry(path, false)? else { return Ok(None) };
    let Some(kept) = spread.touched(&entry) else { return Ok(None) };
    let anchor = || {
        let document = intake::document(Path::new(path)).ok()?;
        // The file may have changed since it was added.
        let words = document.text().get(kept.span.range())?;
        let first = kept.content.split(' ').next()?;
        words.starts_with(first).then(|| Anchor::of(Subject::Quote, document.text(), kept.span))
    };
    let Some(remark) = spread.remark(anchor) else { return Ok(None) };
    if store.is_said(path, &remark)? {
        return Ok(None);
    }
    let paper = if entry.outlet.is_empty() { &entry.title } else { &entry.outlet };
    Ok(Some(Offer {
        path: path.to_owned(),
        paper: paper.clone(),
        day: entry.day,
        start: kept.span.start().byte(),
        words: kept.content.clone(),
        who: kept.who.clone(),
        remark,
    }))
}

/// Whether one of the files names a thread of the built-in story.
fn names_own(store: &Store, files: &[(String, Option<Day>)], following: &Following) -> Result<bool, StoreError> {
    let own = threads::of_story(&following.all());
    for (path, _) in files {
        let entry = store.entry(path, true)?;
        if entry.is_some_and(|e| e.surfaces.iter().any(|s| own.contains(&s.thread))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Adds files with a connection of its own, and says in the end on which day each appeared.
fn add(
    paths: Vec<PathBuf>,
    following: Following,
    library: Option<PathBuf>,
    stop: Arc<AtomicBool>,
    out: SyncSender<Happening>,
) {
    let work = move || {
        let mut faults = Vec::new();
        let mut last = Instant::now();
        let progress = |p: intake::Progress| {
            if last.elapsed() > OFTEN {
                last = Instant::now();
                let seen = (p.unchanged + p.added + p.failed, p.files);
                let _ = out.send(Happening::Msg(Msg::Added(seen, None)));
            }
        };
        let done = library.map_or_else(crate::store::default_path, Ok).and_then(|path| {
            let mut store = Store::open(&path)?;
            intake::add(&mut store, &paths, &following, &stop, progress, |fault| faults.push(fault))?;
            let full = paths.iter().filter_map(|p| p.canonicalize().ok()).map(|p| p.to_string_lossy().into_owned());
            let days =
                full.map(|path| Ok((path.clone(), store.glance(&path)?.0))).collect::<Result<Vec<_>, StoreError>>()?;
            let named = names_own(&store, &days, &following)?;
            Ok((days, named))
        });
        match done {
            Ok((days, named)) => {
                let _ = out.send(Happening::Msg(Msg::Added((paths.len(), paths.len()), Some(days))));
                if named {
                    let _ = out.send(Happening::Msg(Msg::Named));
                }
                if let Some(first) = faults.first() {
                    let more =
                        if faults.len() > 1 { format!(" (and {} more)", faults.len() - 1) } else { String::new() };
                    let _ = out.send(Happening::Msg(Msg::Tell(format!("{first}{more}"))));
                }
            }
            // The keeper has said why nothing can be saved.
            Err(_) => drop(out.send(Happening::Msg(Msg::Added((0, 0), Some(Vec::new()))))),
        }
    };
    let _ = thread::Builder::new().name("add".into()).spawn(work);
}
