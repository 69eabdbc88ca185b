//! `sayso export`: what was found, with what the reader said of it, in a form for other programs and people.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{Export, What};
use super::input;
use super::report::{Failure, Reporter};
use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadId, analyse};
use crate::app::{Remarks, said};
use crate::document::{self, Document};
use crate::export::{Bundle, Exported, Exporter, Item, Source, exporter, exporter_for};
use crate::lexicon::Lexicon;
use crate::store::belonging::of_text;
use crate::store::{Existing, Following, Store, StoreError, default_path, write_file};

/// Runs the command.
///
/// # Errors
/// When the form is not told, the output cannot be written or is there already; faults of single files are passed over.
pub fn run(arguments: &Export, reporter: &mut Reporter) -> Result<(), Failure> {
    let form = form(arguments)?;
    if let Some(path) = arguments.output.as_ref().filter(|p| !arguments.force && p.symlink_metadata().is_ok()) {
        return Err(exists(path));
    }
    let library = library(arguments.library.as_deref(), reporter);
    let following = input::followed(arguments.threads.as_deref(), library.as_ref())?;
    let lexicon = arguments.lang.lexicon();
    let mut exported = Exported::default();
    for path in input::expand(&arguments.files, reporter) {
        match bundle(&path, arguments, &lexicon, &following, library.as_ref()) {
            Ok(bundle) => exported.documents.push(bundle),
            Err(message) => reporter.tell(&message),
        }
    }
    if exported.documents.is_empty() {
        return Ok(());
    }
    let mut bytes = Vec::new();
    (form.write)(&exported, &mut bytes)?;
    match &arguments.output {
        None => Ok(io::stdout().lock().write_all(&bytes)?),
        Some(path) => save(path, &bytes, arguments.force),
    }
}

/// The form by name, else by the ending of the output.
fn form(arguments: &Export) -> Result<&'static Exporter, Failure> {
    let named = arguments.format.as_deref().and_then(exporter);
    let ending = arguments.output.as_ref().and_then(|path| exporter_for(&path.to_string_lossy()));
    named.or(ending).ok_or_else(|| {
        Failure::Usage(
            "which format? --format csv, or --output with an ending such as .csv; see sayso export --help".into(),
        )
    })
}

pub(super) fn exists(path: &Path) -> Failure {
    Failure::Usage(format!("{} is there already; --force replaces it", path.display()))
}

pub(super) fn save(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let existing = if force { Existing::Replace } else { Existing::Keep };
    write_file(path, bytes, existing).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Failure::Output(io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
    })
}

/// The library, if there is one; an export makes none.
pub(super) fn library(path: Option<&Path>, reporter: &mut Reporter) -> Option<Store> {
    let path = path.map_or_else(default_path, |p| Ok(PathBuf::from(p))).ok().filter(|p| p.exists())?;
    match Store::open(&path) {
        Ok(store) => Some(store),
        Err(error) => {
            reporter.tell(&format!("your remarks are left out: {error}"));
            None
        }
    }
}

fn bundle(
    path: &Path,
    arguments: &Export,
    lexicon: &Lexicon,
    following: &Following,
    library: Option<&Store>,
) -> Result<Bundle, String> {
    let bytes = input::bytes(path)?;
    let name = if input::is_standard_input(path) { "-".to_owned() } else { path.to_string_lossy().into_owned() };
    let document = document::read(&bytes, &name).map_err(|error| error.to_string())?;
    let named = (name != "-").then_some(name.as_str());
    let full = path.canonicalize().map_or_else(|_| of_text(document.text()), |p| p.to_string_lossy().into_owned());
    let found = Arc::new(analyse(&document, lexicon, &following.of(Some(&full))));
    let language = found.language.as_str();
    let source = Source { language, ..Source::of(&document) }.in_file(named, &bytes, &document);
    let mut remarks = Remarks::default();
    if let Some(library) = library {
        let said = known(library, path, &document).map_err(|e| format!("{name}: {e}"))?;
        remarks.recall(said, Vec::new(), Vec::new());
    }
    let analysis = remarks.corrected(&document, &found);
    remarks.settle(&document, &analysis);
    let items = findings(&analysis, arguments.what)
        .into_iter()
        .filter(|&finding| arguments.rejected || !remarks.is_rejected(finding))
        .map(|finding| Item { finding, reader: said(&remarks, finding) })
        .collect();
    Ok(Bundle { document: Arc::new(document), analysis, source, items })
}

pub(super) fn known(
    library: &Store,
    path: &Path,
    document: &Document,
) -> Result<Vec<crate::store::Remark>, StoreError> {
    let file = path.canonicalize().ok().filter(|p| p.is_file());
    let file = file.as_ref().map(|p| p.to_string_lossy());
    match library.key_of(file.as_deref(), document.text())? {
        Some(key) => library.remarks(key),
        None => Ok(Vec::new()),
    }
}

/// The findings that are asked for: quotes, then claims, then threads.
pub(super) fn findings(analysis: &Analysis, what: What) -> Vec<FindingId> {
    let quotes = (0..analysis.quotes.len()).map(|i| FindingId::Quote(QuoteId::at(i)));
    let claims = (0..analysis.claims.len()).map(|i| FindingId::Claim(ClaimId::at(i)));
    let threads = (0..analysis.threads.len()).map(|i| FindingId::Thread(ThreadId::at(i)));
    match what {
        What::Quotes => quotes.collect(),
        What::Claims => claims.collect(),
        What::Threads => threads.collect(),
        What::All => quotes.chain(claims).chain(threads).collect(),
    }
}
