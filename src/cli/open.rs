//! `sayso [FILE…]`: reading on the screen, or plain text when the output is no terminal.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::args::Open;
use super::input;
use super::report::{Failure, Reporter};
use crate::document::{self, Document};
use crate::text::Shown;

/// The story that is opened when no file is named.
const STORY: &[u8] = include_bytes!("../../seeds/000_14fbd52913b64cd7.txt");

/// Opens the documents.
///
/// # Errors
/// When none could be read, or the terminal or the output fails.
pub fn run(arguments: &Open, reporter: &mut Reporter) -> Result<(), Failure> {
    let _threads = input::threads(arguments.threads.as_deref())?;
    let documents = documents(arguments, reporter);
    if documents.is_empty() {
        return Ok(());
    }
    if !io::stdout().is_terminal() {
        return print(&documents);
    }
    Ok(())
}

fn documents(arguments: &Open, reporter: &mut Reporter) -> Vec<Document> {
    if arguments.files.is_empty() && io::stdin().is_terminal() {
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
