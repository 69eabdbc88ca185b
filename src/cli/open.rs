//! `sayso [FILE…]`: reading on the screen, or plain text when the output is no terminal.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::args::{Open, ThemeName};
use super::report::{Failure, Reporter};
use super::{input, linear};
use crate::app::Options;
use crate::document::{self, Document};
use crate::terminal::{self, Conduct};
use crate::text::Shown;
use crate::widgets::Palette;

/// The story that is opened when no file is named.
const STORY: &[u8] = include_bytes!("../../seeds/000_14fbd52913b64cd7.txt");

/// Opens the documents.
///
/// # Errors
/// When none could be read, or the terminal or the output fails.
pub fn run(arguments: &Open, reporter: &mut Reporter) -> Result<(), Failure> {
    let threads = input::threads(arguments.threads.as_deref())?;
    if arguments.linear && arguments.files.iter().any(|path| input::is_standard_input(path)) {
        return Err(Failure::Usage("with --linear the commands come from standard input; name a file to read".into()));
    }
    let documents = documents(arguments, reporter);
    if documents.is_empty() {
        return Ok(());
    }
    if arguments.linear {
        return linear::run(documents, threads, arguments.library.clone());
    }
    if !io::stdout().is_terminal() {
        return print(&documents);
    }
    let term = std::env::var("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        return Err(Failure::Usage(
            "this terminal cannot show a screen (TERM is dumb or unset); use sayso --linear, or sayso quotes, claims or threads, or sayso FILE | less".into(),
        ));
    }
    terminal::run(
        documents,
        threads,
        options(arguments, &term),
        conduct(&term, arguments.secure),
        arguments.library.clone(),
    )
    .map_err(|error| Failure::Terminal(format!("the terminal could not be used: {error}; try sayso FILE | less")))
}

/// How the screen looks: as asked for, as far as the terminal can.
fn options(arguments: &Open, term: &str) -> Options {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let palette = match arguments.theme {
        ThemeName::Auto if set("NO_COLOR") => Palette::Mono,
        ThemeName::Auto => Palette::Auto,
        ThemeName::Light => Palette::Light,
        ThemeName::Dark => Palette::Dark,
        ThemeName::Mono => Palette::Mono,
    };
    let poor = term.starts_with("vt") || term == "linux" || term == "ansi";
    Options { theme: palette, ascii: arguments.ascii || poor || !speaks_utf8(), remote: set("SSH_CONNECTION") }
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

fn documents(arguments: &Open, reporter: &mut Reporter) -> Vec<Document> {
    if arguments.files.is_empty() && (arguments.linear || io::stdin().is_terminal()) {
        return story().into_iter().collect();
    }
    if arguments.files.is_empty() && !io::stdout().is_terminal() {
        return story().into_iter().collect();
    }
    let mut documents = Vec::new();
    for path in input::expand(&arguments.files, reporter) {
        match input::document(&path) {
            Ok(document) => documents.push(document),
            Err(message) => reporter.tell(&message),
        }
    }
    documents
}

fn story() -> Option<Document> {
    document::read(STORY, "story").ok()
}

fn print(documents: &[Document]) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    for document in documents {
        out.write_all(Shown::text(document.text()).as_str().as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
