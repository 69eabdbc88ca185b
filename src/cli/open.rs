//! `sayso [FILE…]`: reading on the screen, or plain text when the output is no terminal.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::args::Open;
use super::report::{Failure, Reporter};
use super::{config, input, linear};
use crate::app::{Opening, Options};
use crate::config::{Layout, Settings};
use crate::document::{self, Day, Document};
use crate::lexicon::threads;
use crate::store::{Store, default_path};
use crate::terminal::{self, Conduct, Start};
use crate::text::Shown;
use crate::widgets::Palette;

/// Opens the documents.
///
/// # Errors
/// When none could be read, or the terminal or the output fails.
pub fn run(arguments: &Open, reporter: &mut Reporter) -> Result<(), Failure> {
    let library = arguments.library.clone().or_else(|| default_path().ok());
    if arguments.linear && arguments.files.iter().any(|path| input::is_standard_input(path)) {
        return Err(Failure::Usage("with --linear the commands come from standard input; name a file to read".into()));
    }
    if arguments.linear {
        let documents = documents(arguments, &named(arguments, reporter), reporter);
        let Some(first) = documents.first() else { return Ok(()) };
        let known = library.as_deref().and_then(Store::look);
        let following = input::followed(arguments.threads.as_deref(), known.as_ref())?;
        let following = following.opened(input::story(&arguments.files, first.text()));
        return linear::run(documents, arguments.lang.lexicon(), following.all(), arguments.library.clone());
    }
    if !io::stdout().is_terminal() {
        return print(&documents(arguments, &named(arguments, reporter), reporter));
    }
    let term = std::env::var("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        return Err(Failure::Usage(
            "this terminal cannot show a screen (TERM is dumb or unset); use sayso --linear, or sayso quotes, claims or threads, or sayso FILE | less".into(),
        ));
    }
    let threads = arguments.threads.as_deref().map(|path| input::threads(Some(path))).transpose()?;
    let (openings, first) = openings(arguments, library.as_deref(), reporter);
    if openings.is_empty() {
        return Ok(());
    }
    let options = options(config::settings(arguments)?, &term);
    let first_time = library.as_deref().is_some_and(|path| !path.exists());
    let (files, shown) = (arguments.files.clone(), openings[first].document.clone());
    let following = Box::new(move || {
        let known = library.as_deref().and_then(Store::look);
        let following = input::with_own(threads.unwrap_or_else(threads::story), known.as_ref());
        following.opened(input::story(&files, shown.as_ref().map_or("", |d| d.text())))
    });
    let (library, reading) = (arguments.library.clone(), arguments.lang.reading());
    let conduct = conduct(&term, arguments.secure);
    terminal::run(Start { openings, first, first_time, following, options, conduct, library, reading })
        .map_err(|error| Failure::Terminal(format!("the terminal could not be used: {error}; try sayso FILE | less")))
}

/// How the screen looks: as asked for, as far as the terminal can.
fn options((settings, palette): (Settings, Palette), term: &str) -> Options {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let poor = term.starts_with("vt") || term == "linux" || term == "ansi";
    Options {
        theme: if palette == Palette::Auto && set("NO_COLOR") { Palette::Mono } else { palette },
        ascii: settings.ascii.value || poor || !speaks_utf8(),
        remote: set("SSH_CONNECTION"),
        measure: Some(settings.measure.value),
        beside: match settings.layout.value {
            Layout::Auto => None,
            Layout::Beside => Some(true),
            Layout::Below => Some(false),
        },
        mouse: settings.mouse.value,
        keymap: Some(settings.keymap),
    }
}

/// What may be done with a terminal of this name. Older ones show a part of a question that they do not know; tmux and screen
/// answer for themselves, not for the terminal they are shown on.
fn conduct(term: &str, secure: bool) -> Conduct {
    let starts = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
    let within = |name| std::env::var_os(name).is_some();
    let modern = !starts(&["linux", "vt", "ansi", "cons", "sun", "cygwin"]);
    let nested = starts(&["screen", "tmux"]) || within("TMUX") || within("STY");
    Conduct { secure, modern, modes: modern && !nested }
}

/// Whether the locale is UTF-8: the first of the variables that is set decides.
fn speaks_utf8() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    locale.is_some_and(|locale| {
        let lower = locale.to_ascii_lowercase();
        lower.contains("utf-8") || lower.contains("utf8")
    })
}

/// The articles to open, and which of them first. Of several files only that one is read here: the one that was read last,
/// or the first of the story.
fn openings(arguments: &Open, library: Option<&Path>, reporter: &mut Reporter) -> (Vec<Opening>, usize) {
    let paths = named(arguments, reporter);
    if let [path] = paths.as_slice()
        && let Some((document, size)) = input::beginning(path)
    {
        return (vec![known_file(Opening { whole: Some(size), ..Opening::from(Arc::new(document)) })], 0);
    }
    if paths.len() < 2 || paths.iter().any(|p| input::is_standard_input(p)) {
        let documents = documents(arguments, &paths, reporter);
        return (documents.into_iter().map(|d| known_file(Opening::from(Arc::new(d)))).collect(), 0);
    }
    let mut found = known_files(&paths, library.and_then(Store::look).as_ref());
    found.sort_by_cached_key(|(opening, _)| (opening.day.unwrap_or(Day(i32::MAX)), opening.path.clone()));
    let last_read = found.iter().enumerate().filter(|(_, (_, turn))| *turn > 0).max_by_key(|(_, (_, turn))| *turn);
    let first = last_read.map_or(0, |(i, _)| i);
    let mut openings: Vec<Opening> = found.into_iter().map(|(opening, _)| opening).collect();
    let order: Vec<usize> = std::iter::once(first).chain(0..openings.len()).collect();
    for place in order {
        match input::document(Path::new(&openings[place].name)) {
            Ok(document) => {
                openings[place].document = Some(Arc::new(document));
                return (openings, place);
            }
            Err(message) => reporter.tell(&message),
        }
    }
    (Vec::new(), 0)
}

/// With the full path, if it is a file.
fn known_file(opening: Opening) -> Opening {
    let full = Path::new(&opening.name).canonicalize().ok().filter(|p| p.is_file());
    Opening { path: full.map(|p| p.to_string_lossy().into_owned()), ..opening }
}

/// From so many files on the whole library is asked once, instead of file by file.
const MANY: usize = 200;

/// Articles that are read when they are looked at, and when each was last read.
fn known_files(paths: &[PathBuf], known: Option<&Store>) -> Vec<(Opening, i64)> {
    let all = known.filter(|_| paths.len() >= MANY).and_then(|store| store.glances().ok());
    let mut folders: FxHashMap<&Path, Option<PathBuf>> = FxHashMap::default();
    let mut found = Vec::with_capacity(paths.len());
    for path in paths {
        let folder = path.parent().unwrap_or(Path::new(""));
        let full = folders
            .entry(folder)
            .or_insert_with(|| if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize().ok());
        let full = full.as_ref().zip(path.file_name()).map(|(folder, name)| folder.join(name));
        // In a folder whose full path is known only a link has another one.
        let full = if path.is_symlink() { path.canonicalize().ok() } else { full };
        let full = full.map(|p| p.to_string_lossy().into_owned());
        let glance = full.as_deref().and_then(|full| match (&all, known) {
            (Some(all), _) => all.get(full).copied(),
            (None, Some(store)) => store.glance(full).ok(),
            _ => None,
        });
        let (day, turn) = glance.unwrap_or((None, 0));
        found.push((
            Opening { name: path.to_string_lossy().into_owned(), path: full, document: None, whole: None, day },
            turn,
        ));
    }
    found
}

/// The files that were named, those of a folder in its place.
fn named(arguments: &Open, reporter: &mut Reporter) -> Vec<PathBuf> {
    if arguments.files.is_empty() { Vec::new() } else { input::expand(&arguments.files, reporter) }
}

/// The documents of the files that were named; with none named standard input, or the story that comes with the program.
fn documents(arguments: &Open, paths: &[PathBuf], reporter: &mut Reporter) -> Vec<Document> {
    let mut documents = Vec::new();
    let standard_input = [PathBuf::from("-")];
    let paths = if arguments.files.is_empty() {
        if arguments.linear || io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return vec![document::story()];
        }
        &standard_input
    } else {
        paths
    };
    for path in paths {
        match input::document(path) {
            Ok(document) => documents.push(document),
            Err(message) => reporter.tell(&message),
        }
    }
    documents
}

fn print(documents: &[Document]) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    for document in documents {
        out.write_all(Shown::text(document.text()).as_str().as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
