//! Files in: which ones, how they are opened, and what is said when one cannot be.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::args::Arguments;
use super::report::{Failure, Reporter};
use crate::analysis::ThreadDefinition;
use crate::document::{self, Document};
use crate::intake::{endings, explain, texts_in};
use crate::lexicon::threads;
use crate::store::belonging::{of_files, of_text};
use crate::store::{Following, Store};

pub use crate::intake::{beginning, is_standard_input};

/// Tells whoever sits at the terminal that the program waits for them.
pub fn announce() {
    if io::stdin().is_terminal() {
        let _ = writeln!(io::stderr(), "sayso: reading from the keyboard; end with Ctrl-D (or name a file)");
    }
}

/// Reads the bytes of a file, or of standard input for `-`.
///
/// # Errors
/// A sentence that names the file, the reason and the remedy.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if is_standard_input(path) {
        announce();
    }
    crate::intake::bytes(path)
        .map_err(|message| hint(path).map_or_else(|| message.clone(), |h| format!("{message}; {h}")))
}

/// Reads one document, also an empty one.
///
/// # Errors
/// As [`bytes`], and when the bytes are no text.
pub fn any_document(path: &Path) -> Result<Document, String> {
    document::read(&bytes(path)?, &name(path)).map_err(|error| error.to_string())
}

/// Reads one document that has something to say.
///
/// # Errors
/// As [`any_document`], and when there is no text in it.
pub fn document(path: &Path) -> Result<Document, String> {
    let document = any_document(path)?;
    if document.text().trim().is_empty() {
        let name = if is_standard_input(path) { "standard input".to_owned() } else { name(path) };
        return Err(format!("{name} is empty; there is nothing to read in it"));
    }
    Ok(document)
}

/// The name a document is opened under.
pub fn name(path: &Path) -> String {
    if is_standard_input(path) { "-".to_owned() } else { path.to_string_lossy().into_owned() }
}

/// What may have been meant by a name that is no file's: a command that stands behind a file, or words of the search.
fn hint(path: &Path) -> Option<String> {
    let name = path.to_str().filter(|_| !path.exists())?;
    if Arguments::command().find_subcommand(name).is_some() {
        return Some(format!("the command of that name stands before the files: sayso {name} FILE"));
    }
    let (field, value) = name.split_once(':')?;
    let flag = match field {
        "speaker" | "certainty" | "kind" | "thread" | "since" | "until" => field,
        "is" => "kind",
        _ => return None,
    };
    Some(format!("without a screen the search words are options: sayso quotes --{flag} {value} FILE"))
}

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
