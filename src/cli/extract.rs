//! `sayso extract`: documents in, one JSON object for each out, in the same order, in memory that does not grow.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde::Deserialize;

use super::args::{Extract, Format, Input};
use super::corrected::{Corrected, library};
use super::input;
use super::report::{Failure, Reporter};
use crate::analysis::{ThreadDefinition, analyse};
use crate::document::{self, Document};
use crate::export::{Report, write_compact, write_pretty};
use crate::lexicon::Lexicon;
use crate::store::Store;

/// A line of `--input jsonl`.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    threads: Option<Vec<RecordThread>>,
}

#[derive(Deserialize)]
struct RecordThread {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

impl From<RecordThread> for ThreadDefinition {
    fn from(thread: RecordThread) -> Self {
        let letter = thread.name.chars().next().unwrap_or('?');
        ThreadDefinition { name: thread.name, aliases: thread.aliases, letter, kind: None }
    }
}

/// Runs the command.
///
/// # Errors
/// When the output cannot be written or the threads cannot be read; faults of single files are reported and passed over.
pub fn run(arguments: &Extract, reporter: &mut Reporter) -> Result<(), Failure> {
    let threads = input::threads(arguments.threads.as_deref())?;
    let library = if arguments.corrected { library(arguments.library.as_deref(), reporter) } else { None };
    let lexicon = arguments.lang.lexicon();
    let format = arguments.format.unwrap_or(match arguments.input {
        Input::Document => Format::Json,
        Input::Jsonl => Format::Jsonl,
    });
    let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut printer = Printer { out, format, lexicon, threads, library };
    for path in input::expand(&arguments.files, reporter) {
        match arguments.input {
            Input::Document => match input::any_document(&path) {
                Ok(document) => printer.print(&path, document, None, reporter)?,
                Err(message) => reporter.tell(&message),
            },
            Input::Jsonl => lines(&path, &mut printer, reporter)?,
        }
    }
    Ok(printer.out.flush()?)
}

struct Printer<W> {
    out: W,
    format: Format,
    lexicon: Lexicon,
    threads: Vec<ThreadDefinition>,
    /// Where the corrections are; None leaves everything as it was found.
    library: Option<Store>,
}

impl<W: Write> Printer<W> {
    fn print(
        &mut self,
        path: &Path,
        document: Document,
        threads: Option<&[ThreadDefinition]>,
        reporter: &mut Reporter,
    ) -> Result<(), Failure> {
        let threads = threads.unwrap_or(&self.threads);
        // One document that trips a pass must not cost the others.
        let Ok(analysis) = catch_unwind(AssertUnwindSafe(|| analyse(&document, &self.lexicon, threads))) else {
            reporter.tell(&format!("{} could not be analysed: a fault of sayso, please report it", document.id()));
            return Ok(());
        };
        let corrected = Corrected::of(path, document, analysis, self.library.as_ref());
        let corrected = corrected.map_err(|error| Failure::Library(error.to_string()))?;
        let report = Report::of(&corrected.document, &corrected.analysis);
        match self.format {
            Format::Json => write_pretty(&report, &mut self.out)?,
            Format::Jsonl => write_compact(&report, &mut self.out)?,
        }
        Ok(self.out.write_all(b"\n")?)
    }
}

fn lines<W: Write>(path: &Path, printer: &mut Printer<W>, reporter: &mut Reporter) -> Result<(), Failure> {
    let name = path.display().to_string();
    let source: Box<dyn BufRead> = if input::is_standard_input(path) {
        input::announce();
        Box::new(BufReader::with_capacity(1 << 16, io::stdin().lock()))
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
            Err(error) => {
                reporter.tell(&format!("{name} could not be read: {error}"));
                return Ok(());
            }
        }
    };
    for (number, line) in source.split(b'\n').enumerate() {
        let place = format!("{name}, line {}", number + 1);
        match line {
            Ok(line) if line.trim_ascii().is_empty() => {}
            Ok(line) => match serde_json::from_slice::<Record>(&line) {
                Ok(record) => print_record(record, printer, reporter)?,
                Err(error) => reporter
                    .tell(&format!("{place} is no record: {error}; a line is {{\"id\": \"…\", \"text\": \"…\"}}")),
            },
            Err(error) => {
                reporter.tell(&format!("{place} could not be read: {error}"));
                break;
            }
        }
    }
    Ok(())
}

fn print_record<W: Write>(record: Record, printer: &mut Printer<W>, reporter: &mut Reporter) -> Result<(), Failure> {
    let threads: Option<Vec<_>> = record.threads.map(|list| list.into_iter().map(ThreadDefinition::from).collect());
    // A record is known by its text alone: its name is no file's.
    printer.print(Path::new(""), document::from_text(record.text, &record.id), threads.as_deref(), reporter)
}
