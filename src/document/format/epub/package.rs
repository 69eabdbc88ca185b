//! What an EPUB says of itself: the package document with title, author, date, publisher and the order of its chapters, and
//! the table of contents with their names. By the EPUB 3.3 specification, read leniently, EPUB 2 included.

use rustc_hash::FxHashMap;

use crate::document::Meta;
use crate::document::address::best;
use crate::document::date::iso_day;
use crate::document::format::html::{Dialect, NodeId, PHRASES, Tree, grow};

/// More chapters or entries of the contents than these are left out.
const MOST: usize = 50_000;

/// A book's package document.
pub struct Package {
    /// Title, author, date and publisher.
    pub meta: Meta,
    /// The paths of the chapters in reading order.
    pub chapters: Vec<String>,
    /// The path of the table of contents.
    pub contents: Option<String>,
}

/// The path of the package document, from `META-INF/container.xml`.
pub fn root(container: &str) -> Option<String> {
    let tree = grow(container, Dialect::Xml);
    let file = tree.walk(0).find(|&id| local(&tree, id) == "rootfile" && tree.attribute(id, "full-path").is_some())?;
    tree.attribute(file, "full-path").map(str::to_owned)
}

/// Reads the package document that lies at a path.
pub fn read(opf: &str, path: &str) -> Package {
    let tree = grow(opf, Dialect::Xml);
    let items: FxHashMap<&str, NodeId> = tree
        .walk(0)
        .filter(|&id| local(&tree, id) == "item")
        .filter_map(|id| tree.attribute(id, "id").map(|key| (key, id)))
        .collect();
    let href = |id: NodeId| tree.attribute(id, "href").and_then(|href| resolve(path, href));
    let has = |id: NodeId, word: &str| {
        tree.attribute(id, "properties").is_some_and(|p| p.split_whitespace().any(|w| w == word))
    };
    let nav = items.values().copied().find(|&id| has(id, "nav"));
    let ncx = items
        .values()
        .copied()
        .filter(|&id| tree.attribute(id, "media-type") == Some("application/x-dtbncx+xml"))
        .min();
    let spine = tree.walk(0).filter(|&id| local(&tree, id) == "itemref" && tree.attribute(id, "linear") != Some("no"));
    let chapters = spine
        .filter_map(|id| items.get(tree.attribute(id, "idref")?).copied())
        .filter(|&id| Some(id) != nav && is_text(&tree, id));
    Package {
        meta: meta(&tree),
        chapters: chapters.filter_map(href).take(MOST).collect(),
        contents: nav.or(ncx).and_then(href),
    }
}

fn is_text(tree: &Tree, item: NodeId) -> bool {
    tree.attribute(item, "media-type")
        .is_none_or(|kind| kind.contains("html") || kind == "text/plain" || kind.contains("dtbook"))
}

fn meta(tree: &Tree) -> Meta {
    let all = |name: &str| {
        let found = tree.walk(0).filter(|&id| tree.name(id) == name).map(|id| tree.text(id));
        found.filter(|text| !text.is_empty()).take(8).collect::<Vec<_>>()
    };
    let authors = all("dc:creator");
    Meta {
        title: all("dc:title").into_iter().next().unwrap_or_default(),
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        published: all("dc:date").iter().find_map(|date| day(date)),
        outlet: all("dc:publisher").into_iter().next(),
        url: best(all("dc:source").iter().chain(&all("dc:identifier")).map(String::as_str)),
    }
}

/// A day, or of an old book only the year.
fn day(text: &str) -> Option<String> {
    let year = |text: &str| (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned());
    iso_day(text, &PHRASES.date.months).or_else(|| year(text.trim()))
}

/// The names of the chapters by their paths, from a navigation document or an NCX.
pub fn names(contents: &str, path: &str) -> FxHashMap<String, String> {
    let tree = grow(contents, Dialect::Xml);
    let mut names = FxHashMap::default();
    for id in tree.walk(0).filter(|&id| matches!(local(&tree, id), "a" | "navpoint")).take(MOST) {
        let (target, label) = if local(&tree, id) == "a" {
            (tree.attribute(id, "href"), tree.text(id))
        } else {
            let inner = |name: &str| tree.children(id).find(|&c| local(&tree, c) == name);
            let label = inner("navlabel").map(|l| tree.text(l)).unwrap_or_default();
            (inner("content").and_then(|c| tree.attribute(c, "src")), label)
        };
        if let Some(target) = target.and_then(|href| resolve(path, href)).filter(|_| !label.is_empty()) {
            names.entry(target).or_insert(label);
        }
    }
    names
}

fn local(tree: &Tree, id: NodeId) -> &str {
    let name = tree.name(id);
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The path in the book that a link leads to, from the file it stands in; none when it leads out of the book.
pub fn resolve(from: &str, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next().filter(|h| !h.is_empty())?;
    if href.contains("://") || href.starts_with('/') || href.contains('\\') {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let href = unescaped(href);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `chapter%201.xhtml`
fn unescaped(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        let code = code.filter(|_| first == b'%');
        bytes.push(code.unwrap_or(first));
        rest = after.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_in_the_book() {
        assert_eq!(resolve("OEBPS/content.opf", "text/a%20b.xhtml#x").as_deref(), Some("OEBPS/text/a b.xhtml"));
        assert_eq!(resolve("OEBPS/text/nav.xhtml", "../c.xhtml").as_deref(), Some("OEBPS/c.xhtml"));
        for out in ["/etc/passwd", "../../../etc/passwd", "file:///etc/passwd", "https://x.example/", "#here"] {
            assert_eq!(resolve("OEBPS/content.opf", out), None, "{out}");
        }
    }
}
