//! Exports from the screen: the sources are read once more for their hash, then the file is written; the answer is a sentence.

use std::io;
use std::path::Path;

use crate::export::{Bundle, Exported, Exporter};
use crate::store::{Existing, write_file};

/// Writes an export to a new file and says what came of it.
pub fn written(name: &str, form: &Exporter, mut exported: Exported) -> String {
    exported.documents.iter_mut().for_each(locate);
    let count: usize = exported.documents.iter().map(|d| d.items.len()).sum();
    let mut bytes = Vec::new();
    let done = (form.write)(&exported, &mut bytes).and_then(|()| write_file(Path::new(name), &bytes, Existing::Keep));
    told(name, &format!("{count} exported as {}", form.name), done)
}

/// Writes a text to a new file and says what came of it.
pub fn text_written(name: &str, text: &str) -> String {
    told(name, "exported", write_file(Path::new(name), text.as_bytes(), Existing::Keep))
}

fn told(name: &str, what: &str, done: io::Result<()>) -> String {
    match done {
        Ok(()) => {
            let place = Path::new(name).canonicalize().map_or(name.to_owned(), |p| p.display().to_string());
            format!("{what} to {place}")
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            format!("{name} is there already and was left as it is; E and another name")
        }
        Err(error) => format!("{name} could not be written: {error}"),
    }
}

/// Adds the file to the source, if the document is still what the file says.
fn locate(bundle: &mut Bundle) {
    let path = Path::new(bundle.document.id());
    if !path.is_file() {
        return;
    }
    let Ok(bytes) = std::fs::read(path) else { return };
    let same = crate::document::read(&bytes, bundle.document.id()).is_ok_and(|d| d.text() == bundle.document.text());
    if same {
        bundle.source = bundle.source.clone().in_file(Some(bundle.document.id()), &bytes, &bundle.document);
    }
}
