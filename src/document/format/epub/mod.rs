//! EPUB books: the chapters in the order of the spine, each with its heading; notes at the end of their chapter. Books that
//! their seller has locked are refused with that word, and so are other things that are ZIP archives inside.

mod archive;
mod package;

use rustc_hash::FxHashMap;

use super::Fit;
use super::html::{chapter, declared};
use crate::document::foreign::foreign;
use crate::document::{BlockKind, Document, Draft, MAX_TEXT, ReadError, Source, decode};
use archive::{Archive, KINDS, damaged};

/// Ways in which fonts are hidden; books that hide nothing else are open.
const FONT_HIDING: &[&str] = &["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Whether a file is a ZIP archive; reading tells which kind.
pub(super) fn fit(source: &Source) -> Fit {
    if source.bytes.starts_with(b"PK\x03\x04") || source.bytes.starts_with(b"PK\x05\x06") { Fit::Sure } else { Fit::No }
}

/// Reads a book.
pub(super) fn read(source: &Source) -> Result<Document, ReadError> {
    let name = source.name;
    let mut archive = Archive::open(source.bytes, name)?;
    if !archive.has("META-INF/container.xml") {
        return Err(other_archive(&archive, name));
    }
    if is_locked(&mut archive)? {
        return Err(ReadError::Locked { name: name.to_owned() });
    }
    let container = text(&mut archive, "META-INF/container.xml", name)?;
    let root = package::root(&container).ok_or_else(|| damaged(name, "it names no package document"))?;
    let package = package::read(&text(&mut archive, &root, name)?, &root);
    let labels = labels(&mut archive, package.contents.as_deref(), name);
    let mut draft = Draft { meta: package.meta, blocks: Vec::new() };
    chapters(&mut archive, &package.chapters, &labels, name, &mut draft)?;
    if draft.blocks.is_empty() {
        return Err(damaged(name, "no chapter of it holds text"));
    }
    drop_title_page(&mut draft);
    draft.into_document(name)
}

/// Blocks at the beginning among which a title page may be.
const TITLE_PAGE: usize = 12;

/// Takes out what a title page says again: title, author, publisher and date stand above the text already.
fn drop_title_page(draft: &mut Draft) {
    let meta = &draft.meta;
    let known = [Some(&meta.title), meta.byline.as_ref(), meta.outlet.as_ref(), meta.published.as_ref()];
    let known: Vec<String> = known.into_iter().flatten().map(|told| letters(told)).filter(|t| !t.is_empty()).collect();
    let mut place = 0;
    draft.blocks.retain(|(_, text)| {
        place += 1;
        let again = || {
            let said = letters(text);
            known.iter().any(|told| said == *told || said.strip_prefix("by").is_some_and(|name| name == told))
        };
        place > TITLE_PAGE || !again()
    });
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Adds the chapters. One that is missing or broken does not cost the others.
fn chapters(
    archive: &mut Archive,
    paths: &[String],
    labels: &FxHashMap<String, String>,
    name: &str,
    draft: &mut Draft,
) -> Result<(), ReadError> {
    let mut size = 0;
    for path in paths {
        let html = match text(archive, path, name) {
            Ok(html) => html,
            Err(error @ (ReadError::Bomb { .. } | ReadError::Locked { .. })) => return Err(error),
            Err(_) => continue,
        };
        let blocks = chapter(&html);
        size += html.len();
        if size > 4 * MAX_TEXT {
            return Err(ReadError::Bomb { name: name.to_owned(), limit: (4 * MAX_TEXT) >> 20 });
        }
        let headed = blocks.iter().take(3).any(|(kind, _)| matches!(kind, BlockKind::Heading(_)));
        if let Some(label) = labels.get(path).filter(|_| !headed && !blocks.is_empty()) {
            draft.push(BlockKind::Heading(1), label.as_str());
        }
        draft.blocks.extend(blocks);
    }
    Ok(())
}

fn labels(archive: &mut Archive, contents: Option<&str>, name: &str) -> FxHashMap<String, String> {
    let Some(path) = contents else { return FxHashMap::default() };
    text(archive, path, name).map(|contents| package::names(&contents, path)).unwrap_or_default()
}

fn text(archive: &mut Archive, path: &str, name: &str) -> Result<String, ReadError> {
    let bytes = archive.read(path)?;
    let head = decode::lenient(bytes.get(..1024).unwrap_or(&bytes));
    Ok(decode::decode_declared(&bytes, name, declared(&head).as_deref())?.text)
}

fn is_locked(archive: &mut Archive) -> Result<bool, ReadError> {
    if archive.has("META-INF/sinf.xml") {
        return Ok(true);
    }
    if !archive.has("META-INF/encryption.xml") {
        return Ok(false);
    }
    let told = archive.read("META-INF/encryption.xml")?;
    let told = String::from_utf8_lossy(&told);
    let mut ways = told.split("EncryptionMethod").skip(1).filter_map(|rest| rest.split_once("Algorithm"));
    Ok(ways.any(|(_, rest)| !FONT_HIDING.iter().any(|way| rest.get(..120).unwrap_or(rest).contains(way))))
}

/// What a ZIP archive is that is no EPUB.
fn other_archive(archive: &Archive, name: &str) -> ReadError {
    if let Some((kind, _, _, advice)) = KINDS.iter().find(|(_, inside, ..)| archive.has(inside)) {
        return foreign(name, kind, advice);
    }
    let advice = if archive.is_empty() { "it is empty" } else { "unpack it (unzip {}) and open the files in it" };
    foreign(name, "a ZIP archive", advice)
}
