//! Files in: which ones, how they are opened, and what is said when one cannot be.

use std::path::{Path, PathBuf};

use super::report::{Failure, Reporter};
use crate::analysis::ThreadDefinition;
use crate::intake::{endings, explain, texts_in};
use crate::lexicon::threads;
use crate::store::belonging::{of_files, of_text};
use crate::store::{Following, Store};

pub use crate::intake::{beginning, bytes, document, is_standard_input};

/// The files that were asked for: standard input when none, the readable files of a folder in place of the folder.
pub fn expand(paths: &[PathBuf], reporter: &mut Reporter) -> Vec<PathBuf> {
    if paths.is_empty() {
        return vec![PathBuf::from("-")];
    }
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            match texts_in(path) {
                Ok(found) if found.is_empty() => {
                    reporter.tell(&format!(
                        "{} holds no files that sayso reads; sayso looks for {}",
                        path.display(),
                        endings()
                    ));
                }
                Ok(found) => files.extend(found),
                Err(error) => reporter.tell(&explain(&path.display().to_string(), &error)),
            }
        } else {
            files.push(path.clone());
        }
    }
    files
}

/// The threads to look for: those of a file, or the story's.
///
/// # Errors
/// When the file cannot be used; nothing should be analysed with half of what was asked for.
pub fn threads(path: Option<&Path>) -> Result<Vec<ThreadDefinition>, Failure> {
    let Some(path) = path else { return Ok(threads::story()) };
    let text = bytes(path).map_err(Failure::Usage)?;
    let text = String::from_utf8(text).map_err(|_| Failure::Usage(format!("{} is not UTF-8", path.display())))?;
    threads::read(&text, &path.to_string_lossy()).map_err(|error| Failure::Usage(error.to_string()))
}

/// The threads to look for with those that the reader made or changed, as a library has them.
///
/// # Errors
/// As [`threads`].
pub fn followed(path: Option<&Path>, library: Option<&Store>) -> Result<Following, Failure> {
    Ok(with_own(threads(path)?, library))
}

/// Threads with those that the reader made or changed.
pub fn with_own(threads: Vec<ThreadDefinition>, library: Option<&Store>) -> Following {
    let own = library.and_then(|store| store.threads().ok()).unwrap_or_default();
    let changes = library.and_then(|store| store.thread_changes().ok()).unwrap_or_default();
    Following::new(threads, own, changes)
}

/// The story that is opened with some files; with none of them, that of the text itself.
pub fn story(files: &[PathBuf], text: &str) -> String {
    let full: Vec<PathBuf> = files.iter().filter_map(|f| f.canonicalize().ok()).collect();
    if full.is_empty() || files.iter().any(|f| is_standard_input(f)) {
        return of_text(text);
    }
    of_files(&full, |folder| texts_in(folder).unwrap_or_default())
}
