//! `sayso export`: what was found, with what the reader said of it, in a form for other programs and people.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::args::Export;
use super::corrected::{Corrected, belonging, library};
use super::input;
use super::report::{Failure, Reporter};
use crate::analysis::analyse;
use crate::app::said;
use crate::document;
use crate::export::{Bundle, Exported, Exporter, Item, Source, exporter, exporter_for};
use crate::lexicon::Lexicon;
use crate::store::{Existing, Following, Store, write_file};

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

fn bundle(
    path: &Path,
    arguments: &Export,
    lexicon: &Lexicon,
    following: &Following,
    library: Option<&Store>,
) -> Result<Bundle, String> {
    let bytes = input::bytes(path)?;
    let name = input::name(path);
    let document = document::read(&bytes, &name).map_err(|error| error.to_string())?;
    let named = (!input::is_standard_input(path)).then_some(name.as_str());
    let found = analyse(&document, lexicon, &following.of(Some(&belonging(path, &document))));
    let language = found.language.as_str();
    let source = Source { language, ..Source::of(&document) }.in_file(named, &bytes, &document);
    let corrected = Corrected::of(path, document, found, library).map_err(|e| format!("{name}: {e}"))?;
    let findings = corrected.findings(arguments.what).into_iter();
    let Corrected { document, analysis, remarks } = corrected;
    let items = findings
        .filter(|&finding| arguments.rejected || !remarks.is_rejected(finding))
        .map(|finding| Item { finding, reader: said(&remarks, finding) })
        .collect();
    Ok(Bundle { document: Arc::new(document), analysis, source, items })
}
