//! `sayso report`: a story as one page for a browser.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustc_hash::{FxHashMap, FxHashSet};

use super::args::{Lang, Page as Arguments, What};
use super::corrected::{Corrected, library};
use super::export::{exists, save};
use super::input;
use super::report::{Failure, Reporter};
use crate::analysis::{Analysis, FindingId, ThreadDefinition, analyse};
use crate::document::Document;
use crate::index::Index;
use crate::page::{Leaf, Page};
use crate::store::{Store, StoreError};
use crate::story::{Entry, Story, follow};
use crate::text::Span;

/// Runs the command.
///
/// # Errors
/// When there is nothing to tell of, or the output cannot be written or is there already; faults of single files are told and
/// passed over.
pub fn run(arguments: &Arguments, reporter: &mut Reporter) -> Result<(), Failure> {
    if let Some(path) = arguments.output.as_ref().filter(|p| !arguments.force && p.symlink_metadata().is_ok()) {
        return Err(exists(path));
    }
    let library = library(arguments.library.as_deref(), reporter);
    let following = input::followed(arguments.threads.as_deref(), library.as_ref())?;
    let threads = if arguments.files.is_empty() {
        following.all()
    } else {
        following.opened(input::story(&arguments.files, "")).all()
    };
    let paths = paths(arguments, library.as_ref(), reporter)?;
    let mut read = Vec::new();
    for (path, done) in paths.iter().zip(all_analysed(&paths, &arguments.lang, &threads)) {
        match done.and_then(|article| told(path, article, library.as_ref()).map_err(|e| e.to_string())) {
            Ok(article) => read.push(article),
            Err(message) => reporter.tell(&message),
        }
    }
    if read.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = threads.iter().map(|t| t.name.clone()).collect();
    let (story, leaves) = story(read, &names);
    let page = Page { title: arguments.title.as_deref(), story: &story, leaves: &leaves }.html();
    match &arguments.output {
        None => Ok(io::stdout().lock().write_all(page.as_bytes())?),
        Some(path) => save(path, page.as_bytes(), arguments.force),
    }
}

/// The files of the story, each once.
fn paths(arguments: &Arguments, library: Option<&Store>, reporter: &mut Reporter) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = if arguments.files.is_empty() {
        let held = library.map(Store::paths).transpose().map_err(|e| Failure::Library(e.to_string()))?;
        held.unwrap_or_default().into_iter().map(PathBuf::from).collect()
    } else {
        input::expand(&arguments.files, reporter)
    };
    let mut seen = FxHashSet::default();
    paths.retain(|path| seen.insert(path.clone()));
    if paths.is_empty() && arguments.files.is_empty() {
        return Err(Failure::Usage("the library holds no articles yet; name a folder: sayso report FOLDER".into()));
    }
    Ok(paths)
}

type Article = (Document, Analysis);

/// Analyses files on all cores; the answers are in the order of the files.
fn all_analysed(paths: &[PathBuf], lang: &Lang, threads: &[ThreadDefinition]) -> Vec<Result<Article, String>> {
    let (lexicon, next) = (lang.lexicon(), AtomicUsize::new(0));
    let one = |path: &PathBuf| -> Result<Article, String> {
        let document = input::document(path)?;
        let analysis = catch_unwind(AssertUnwindSafe(|| analyse(&document, &lexicon, threads)))
            .map_err(|_| format!("{} could not be analysed: a fault of sayso, please report it", path.display()))?;
        Ok((document, analysis))
    };
    let work = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = paths.get(number) else { return done };
            done.push((number, one(path)));
        }
    };
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(paths.len());
    let mut done: Vec<(usize, Result<Article, String>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, article)| article).collect()
}

/// An article as a story keeps it, with what the reader said of it: corrections hold, and what was rejected is left out.
fn told(path: &Path, (document, found): Article, library: Option<&Store>) -> Result<(Entry, Leaf), StoreError> {
    let corrected = Corrected::of(path, document, found, library)?;
    let rejected: FxHashSet<(bool, Span)> = corrected
        .findings(What::All)
        .into_iter()
        .filter(|&finding| corrected.remarks.is_rejected(finding))
        .filter_map(|finding| Some((matches!(finding, FindingId::Quote(_)), corrected.analysis.span(finding)?)))
        .collect();
    let Corrected { document, analysis, .. } = corrected;
    let index = Index::new(&document, &analysis);
    // The day a file was changed is no day of the story, and another one on every machine.
    let mut entry = Entry::of(&document, &analysis, &index, None);
    entry.kept.retain(|k| !rejected.contains(&(k.sort == crate::story::Sort::Quote, k.span)));
    let leaf = Leaf { document: Arc::new(document), sentences: analysis.sentences.clone() };
    Ok((entry, leaf))
}

/// The story, with the texts in the order of its articles.
fn story(read: Vec<(Entry, Leaf)>, threads: &[String]) -> (Story, Vec<Leaf>) {
    let mut leaves: FxHashMap<String, Leaf> = FxHashMap::default();
    let mut entries = Vec::new();
    for (entry, leaf) in read {
        leaves.insert(entry.path.clone(), leaf);
        entries.push(entry);
    }
    let story = follow(entries, threads);
    let leaves = story.entries.iter().filter_map(|e| leaves.remove(&e.path)).collect();
    (story, leaves)
}
