//! `sayso library …`: articles in, a list of them out, and the reader's own work carried from one machine to another.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::args::{Library, Shelf};
use super::input;
use super::report::{Failure, Reporter};
use crate::document::Day;
use crate::intake;
use crate::store::{Bundle, Store, StoreError, default_path};
use crate::story::Dated;
use crate::text::Shown;

/// Runs a command on the library.
///
/// # Errors
/// When the library cannot be used; faults of single files are reported and passed over.
pub fn run(arguments: &Shelf, reporter: &mut Reporter) -> Result<(), Failure> {
    let path = arguments.library.clone().map_or_else(default_path, Ok).map_err(|e| told(&e))?;
    let mut store = Store::open(&path).map_err(|e| told(&e))?;
    match &arguments.command {
        Library::Add { files, threads } => add(&mut store, files, threads.as_deref(), reporter),
        Library::List { json } => list(&store, *json),
        Library::Remove { files } => remove(&mut store, files, reporter),
        Library::Check => check(&store, &path, reporter),
        Library::Export { output, force } => export(&store, output.as_deref(), *force),
        Library::Import { file } => import(&mut store, file),
    }
}

fn told(error: &StoreError) -> Failure {
    Failure::Library(error.to_string())
}

fn add(store: &mut Store, files: &[PathBuf], threads: Option<&Path>, reporter: &mut Reporter) -> Result<(), Failure> {
    let following = input::followed(threads, Some(store))?;
    let paths = input::expand(files, reporter);
    let live = io::stderr().is_terminal();
    let stop = AtomicBool::new(false);
    let tell = |p: intake::Progress| {
        if live {
            let seen = p.added + p.unchanged + p.failed;
            let _ = write!(io::stderr(), "\r{seen} of {} files", p.files);
        }
    };
    let done = intake::add(store, &paths, &following, &stop, tell, |fault| reporter.tell(&fault));
    if live {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    let done = done.map_err(|e| told(&e))?;
    let mut out = io::stdout().lock();
    writeln!(out, "{} added, {} unchanged, {} not read", done.added, done.unchanged, done.failed)?;
    Ok(())
}

fn list(store: &Store, json: bool) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    for shelved in store.list().map_err(|e| told(&e))? {
        let day = |dated| shelved.day.filter(|_| shelved.dated == dated).map(Day::iso);
        if json {
            let line = serde_json::json!({
                "path": shelved.path, "title": shelved.title, "outlet": shelved.outlet,
                "published": day(Dated::Text),
                "file_changed": day(Dated::File),
                "quotes": shelved.quotes, "remarks": shelved.remarks,
            });
            crate::export::write_compact(&line, &mut out)?;
            writeln!(out)?;
            continue;
        }
        let day = match (day(Dated::Text), day(Dated::File)) {
            (Some(day), _) => format!(" {day} "),
            (None, Some(day)) => format!("({day})"),
            (None, None) => " ".repeat(12),
        };
        let (title, path) = (Shown::line(&shelved.title), Shown::line(&shelved.path));
        writeln!(out, "{day}  {:>4} quotes  {:>3} notes  {title}  {path}", shelved.quotes, shelved.remarks)?;
    }
    Ok(out.flush()?)
}

fn remove(store: &mut Store, files: &[PathBuf], reporter: &mut Reporter) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for file in files {
        // A file that is gone has no full path; it is then named as the list names it.
        let full = file.canonicalize().unwrap_or_else(|_| file.clone());
        match store.remove(&full.to_string_lossy()).map_err(|e| told(&e))? {
            Some(remarks) => {
                writeln!(out, "{} removed, with {remarks} remarks", Shown::line(&full.to_string_lossy()))?;
            }
            None => {
                reporter.tell(&format!("{} is not in the library; sayso library list shows what is", file.display()));
            }
        }
    }
    Ok(())
}

fn check(store: &Store, path: &Path, reporter: &mut Reporter) -> Result<(), Failure> {
    let faults = store.check().map_err(|e| told(&e))?;
    for fault in &faults {
        reporter.tell(&format!("{}: {fault}; keep a copy and export what can be read", path.display()));
    }
    let mut out = io::stdout().lock();
    let count = store.count().map_err(|e| told(&e))?;
    let missing: Vec<String> =
        store.paths().map_err(|e| told(&e))?.into_iter().filter(|p| !Path::new(p).is_file()).collect();
    for file in &missing {
        writeln!(out, "missing: {}", Shown::line(file))?;
    }
    let state = if faults.is_empty() { "whole" } else { "damaged" };
    writeln!(
        out,
        "{}: {state}, {count} documents, {} files missing",
        Shown::line(&path.to_string_lossy()),
        missing.len()
    )?;
    Ok(())
}

fn export(store: &Store, output: Option<&Path>, force: bool) -> Result<(), Failure> {
    let bundle = store.bundle().map_err(|e| told(&e))?;
    let Some(output) = output else {
        let mut out = BufWriter::new(io::stdout().lock());
        crate::export::write_pretty(&bundle, &mut out)?;
        writeln!(out)?;
        return Ok(out.flush()?);
    };
    let shown = output.display();
    let file = if force { File::create(output) } else { File::create_new(output) };
    let file = file.map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists => Failure::Usage(format!("{shown} exists; --force writes over it")),
        _ => Failure::Usage(format!("{shown} could not be written: {e}")),
    })?;
    let mut out = BufWriter::new(file);
    crate::export::write_pretty(&bundle, &mut out)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

fn import(store: &mut Store, file: &Path) -> Result<(), Failure> {
    let bytes = input::bytes(file).map_err(Failure::Usage)?;
    let bundle: Bundle = serde_json::from_slice(&bytes).map_err(|e| {
        Failure::Usage(format!("{} is no export of a library: {e}; sayso library export makes one", file.display()))
    })?;
    let taken = store.take_in(&bundle).map_err(|e| told(&e))?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} remarks and {} threads taken in; {} were there already, {} differ from yours and were left out",
        taken.remarks, taken.threads, taken.same, taken.different
    )?;
    Ok(())
}
