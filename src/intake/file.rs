//! Files in: how they are opened, which of a folder are read, and what is said when one cannot be.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::document::{self, Document, MAX_FILE};

/// Reads the bytes of a file, or of standard input for `-`.
///
/// # Errors
/// A sentence that names the file, the reason and the remedy.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if is_standard_input(path) {
        return limited(io::stdin().lock(), "standard input");
    }
    let name = path.display().to_string();
    let meta = fs::metadata(path).map_err(|error| explain(&name, &error))?;
    if meta.is_dir() {
        return Err(format!("{name} is a folder; name the files in it, e.g. {name}/*.html"));
    }
    if !meta.is_file() {
        return Err(format!("{name} is not a regular file; pipe it in: sayso - < {name}"));
    }
    limited(File::open(path).map_err(|error| explain(&name, &error))?, &name)
}

/// Whether a path stands for standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-") || path == Path::new("/dev/stdin")
}

fn limited(source: impl Read, name: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map_err(|error| explain(name, &error))?;
    if bytes.len() > MAX_FILE {
        return Err(format!("{name} is larger than {} MiB; split it into parts", MAX_FILE >> 20));
    }
    Ok(bytes)
}

/// What to tell of a file that cannot be read.
pub fn explain(name: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("{name} does not exist; check the name"),
        io::ErrorKind::PermissionDenied => format!("{name} may not be read; check its permissions (ls -l)"),
        _ => format!("{name} could not be read: {error}"),
    }
}

/// Reads one document.
///
/// # Errors
/// As [`bytes`], and when the bytes are no text.
pub fn document(path: &Path) -> Result<Document, String> {
    let bytes = bytes(path)?;
    let name = if is_standard_input(path) { "-".to_owned() } else { path.to_string_lossy().into_owned() };
    document::read(&bytes, &name).map_err(|error| error.to_string())
}

/// A file this many bytes long is read before anything is shown; a longer one only from its beginning.
const SHORT: u64 = 4 * document::BEGINNING as u64;

/// The beginning of a long plain text and the size of the file in bytes, to be shown while the whole is read. None for all
/// other files, and for those that cannot be read: [`document`] says why.
pub fn beginning(path: &Path) -> Option<(Document, usize)> {
    let meta = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let size = usize::try_from(meta.len()).ok().filter(|&size| size <= document::MAX_TEXT)?;
    if meta.len() <= SHORT {
        return None;
    }
    let mut bytes = Vec::with_capacity(document::BEGINNING);
    File::open(path).ok()?.take(document::BEGINNING as u64).read_to_end(&mut bytes).ok()?;
    Some((document::beginning(&bytes, &path.to_string_lossy())?, size))
}

/// The endings of the files that are taken from a folder.
pub fn endings() -> String {
    let mut endings: Vec<String> = Vec::new();
    for ending in document::format::FORMATS.iter().flat_map(|f| f.extensions) {
        let ending = format!("*.{ending}");
        // Feeds and pages both may be XML.
        if !endings.contains(&ending) {
            endings.push(ending);
        }
    }
    endings.join(", ")
}

/// The files of a folder in the order of their names: those with an ending of a known format, and not the hidden ones.
///
/// # Errors
/// When the folder cannot be read.
pub fn texts_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    let hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    found.retain(|path| !hidden(path) && path.is_file() && document::format::has_known_ending(&path.to_string_lossy()));
    found.sort();
    Ok(found)
}
