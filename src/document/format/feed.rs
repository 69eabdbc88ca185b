//! Feeds saved to disk: RSS, Atom and JSON Feed. One document, each entry a section with its heading, author and date; the
//! entries' HTML is read like that of pages.

use serde_json::Value;

use super::Fit;
use super::html::{Dialect, NodeId, PHRASES, Tree, declared, fragment, grow};
use crate::document::address::best;
use crate::document::date::iso_day;
use crate::document::source::behind_prolog;
use crate::document::{BlockKind, Document, Draft, Meta, ReadError, Source, decode};

/// Entries beyond these are left out.
const MOST_ENTRIES: usize = 5_000;

/// Whether a file is a feed: by its first element, or by the address of the JSON Feed version it names.
pub(super) fn fit(source: &Source) -> Fit {
    let head = behind_prolog(&source.head);
    let xml = ["<rss", "<feed", "<rdf:RDF", "<channel"].iter().any(|start| head.starts_with(start));
    let json = head.starts_with('{') && head.contains("jsonfeed.org/version");
    if xml || json { Fit::Sure } else { Fit::No }
}

/// Reads a feed.
pub(super) fn read(source: &Source) -> Result<Document, ReadError> {
    let text = decode::decode_declared(source.bytes, source.name, declared(&source.head).as_deref())?.text;
    let feed = if source.head.starts_with('{') { json(&text, source.name)? } else { xml(&text) };
    feed.into_draft().into_document(source.name)
}

/// A feed in any of the three forms.
#[derive(Default)]
struct Feed {
    title: String,
    author: Option<String>,
    /// The address of the site.
    url: Option<String>,
    entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Default)]
struct Entry {
    title: String,
    author: Option<String>,
    day: Option<String>,
    url: Option<String>,
    /// HTML.
    content: String,
}

impl Feed {
    fn into_draft(self) -> Draft {
        let newest = self.entries.iter().filter_map(|e| e.day.clone()).max();
        let outlet = Some(self.title.clone()).filter(|t| !t.is_empty());
        // A feed of one entry is that article.
        let url = match self.entries.as_slice() {
            [only] => only.url.clone().or(self.url),
            _ => self.url,
        };
        let mut draft = Draft {
            meta: Meta { title: self.title, byline: self.author, published: newest, outlet, url },
            blocks: Vec::new(),
        };
        for entry in self.entries {
            draft.push(BlockKind::Heading(1), entry.title);
            let line = match (entry.author, entry.day) {
                (Some(author), Some(day)) => format!("By {author}, {day}"),
                (Some(author), None) => format!("By {author}"),
                (None, day) => day.unwrap_or_default(),
            };
            draft.push(BlockKind::Byline, line);
            draft.blocks.extend(fragment(&entry.content).into_iter().map(below));
        }
        draft
    }
}

/// Headings inside an entry stand below its own.
fn below((kind, text): (BlockKind, String)) -> (BlockKind, String) {
    match kind {
        BlockKind::Heading(level) => (BlockKind::Heading((level + 1).min(6)), text),
        kind => (kind, text),
    }
}

fn xml(text: &str) -> Feed {
    let tree = grow(text, Dialect::Xml);
    let head = tree.walk(0).find(|&id| matches!(local(&tree, id), "channel" | "feed")).unwrap_or_default();
    let entries = tree.walk(0).filter(|&id| matches!(local(&tree, id), "item" | "entry")).take(MOST_ENTRIES);
    Feed {
        title: shown(&child(&tree, head, &["title"])),
        author: author(&tree, head, &["author", "itunes:author"]),
        url: address(&tree, head),
        entries: entries.map(|id| entry(&tree, id)).collect(),
    }
}

fn entry(tree: &Tree, id: NodeId) -> Entry {
    let content = ["content:encoded", "content", "description", "summary"].iter().map(|name| child(tree, id, &[name]));
    let dates = ["pubdate", "published", "dc:date", "updated", "date"];
    Entry {
        title: shown(&child(tree, id, &["title"])),
        author: author(tree, id, &["dc:creator", "author", "itunes:author"]),
        day: dates.iter().find_map(|name| day(&child(tree, id, &[name]))),
        url: address(tree, id),
        content: content.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default(),
    }
}

/// Where something is on the web: the link of RSS, one of Atom that is no other version of it, else what identifies it.
fn address(tree: &Tree, id: NodeId) -> Option<String> {
    let is_own = |&link: &NodeId| tree.attribute(link, "rel").is_none_or(|rel| rel == "alternate");
    let links = || elements(tree, id, &["link"]).filter(is_own).take(8);
    let linked: Vec<&str> = links().filter_map(|link| tree.attribute(link, "href")).collect();
    let written: Vec<String> =
        links().chain(elements(tree, id, &["guid", "id"]).take(2)).map(|found| tree.text(found)).collect();
    best(linked.into_iter().chain(written.iter().map(String::as_str)))
}

/// The name of an element without its prefix.
fn local(tree: &Tree, id: NodeId) -> &str {
    let name = tree.name(id);
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn elements<'a>(tree: &'a Tree, id: NodeId, names: &'a [&str]) -> impl Iterator<Item = NodeId> + 'a {
    tree.children(id).filter(move |&c| names.contains(&tree.name(c)))
}

/// What stands in a child, as HTML: its text, or for XHTML content the text of its parts.
fn child(tree: &Tree, id: NodeId, names: &[&str]) -> String {
    let Some(found) = elements(tree, id, names).next() else { return String::new() };
    markup(tree, found)
}

/// The inside of an element as HTML again.
fn markup(tree: &Tree, id: NodeId) -> String {
    let inner = tree.children(id).any(|c| tree.own_text(c).is_none());
    let mut out = String::new();
    let mut open: Vec<NodeId> = Vec::new();
    for node in tree.walk(id).skip(1) {
        while let Some(last) = open.pop_if(|&mut last| !tree.inside(node, last)) {
            close(tree, last, &mut out);
        }
        match tree.own_text(node) {
            Some(text) if inner => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
            Some(text) => out.push_str(text),
            None => {
                out.push_str(&["<", local(tree, node), ">"].concat());
                open.push(node);
            }
        }
    }
    open.into_iter().rev().for_each(|last| close(tree, last, &mut out));
    out
}

fn close(tree: &Tree, id: NodeId, out: &mut String) {
    if !matches!(local(tree, id), "br" | "hr" | "img") {
        out.push_str(&["</", local(tree, id), ">"].concat());
    }
}

/// A title without the tags and entities that feeds put in.
fn shown(html: &str) -> String {
    fragment(html).into_iter().map(|(_, text)| text.replace('\n', " ")).collect::<Vec<_>>().join(" ")
}

fn author(tree: &Tree, id: NodeId, names: &[&str]) -> Option<String> {
    let name = |found: NodeId| {
        let named = elements(tree, found, &["name"]).next().unwrap_or(found);
        let text = tree.text(named);
        // RSS wants `ann@example.org (Ann Lee)`.
        match text.split_once('(') {
            Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').to_owned(),
            _ => text,
        }
    };
    let all: Vec<String> =
        elements(tree, id, names).map(name).filter(|n| !n.is_empty() && !n.contains('@')).take(8).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn day(text: &str) -> Option<String> {
    iso_day(text, &PHRASES.date.months)
}

fn json(text: &str, name: &str) -> Result<Feed, ReadError> {
    let value: Value = serde_json::from_str(text).map_err(|error| ReadError::Damaged {
        name: name.to_owned(),
        kind: "a JSON feed",
        reason: format!("{error}; fetch it again"),
    })?;
    let items = value.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(Feed {
        title: string(&value, "title").unwrap_or_default(),
        author: people(&value),
        url: string(&value, "home_page_url"),
        entries: items.iter().take(MOST_ENTRIES).map(item).collect(),
    })
}

fn item(value: &Value) -> Entry {
    let plain = || string(value, "content_text").or_else(|| string(value, "summary")).map(|text| paragraphs(&text));
    Entry {
        title: string(value, "title").unwrap_or_default(),
        author: people(value),
        day: string(value, "date_published").and_then(|d| day(&d)),
        url: best(["url", "external_url", "id"].iter().filter_map(|key| value.get(key)?.as_str())),
        content: string(value, "content_html").or_else(plain).unwrap_or_default(),
    }
}

/// Plain text as HTML.
fn paragraphs(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;");
    ["<p>", &safe.replace("\n\n", "<p>"), "</p>"].concat()
}

fn string(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned).filter(|s| !s.is_empty())
}

fn people(value: &Value) -> Option<String> {
    let many = value.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names: Vec<String> = many.iter().chain(value.get("author")).filter_map(|a| string(a, "name")).take(8).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = crate::document::read(text.as_bytes(), "feed.xml").expect("reads");
        let meta = document.meta();
        let mut drawn = format!("{:?} {:?} {:?}\n", meta.title, meta.byline, meta.published);
        drawn.extend(document.blocks().iter().map(|b| format!("{:?}: {:?}\n", b.kind, document.slice(b.span))));
        expected.assert_eq(&drawn);
    }

    #[test]
    fn rss() {
        check(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>The Courier &amp; Co</title><item><title><![CDATA[Rain &amp; wind]]></title><dc:creator>Ann Lee</dc:creator><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate><description>Short.</description><content:encoded><![CDATA[<p>It <b>rained</b>.</p><h2>Later</h2><p>It stopped.</p>]]></content:encoded></item><item><title>Next</title><description>&lt;p&gt;Fog&amp;nbsp;came.&lt;/p&gt;</description></item></channel></rss>",
            expect![[r#"
                "The Courier & Co" None Some("2026-03-01")
                Title: "The Courier & Co"
                Heading(1): "Rain & wind"
                Byline: "By Ann Lee, 2026-03-01"
                Paragraph: "It rained."
                Heading(3): "Later"
                Paragraph: "It stopped."
                Heading(1): "Next"
                Paragraph: "Fog came."
            "#]],
        );
    }

    #[test]
    fn atom() {
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title><author><name>Bo Ray</name></author><entry><title type='html'>One &amp;amp; two</title><updated>2026-03-02T10:00:00Z</updated><content type='xhtml'><div><p>A &lt; b, <em>she</em> said.</p></div></content></entry></feed>",
            expect![[r#"
                "Notes" Some("Bo Ray") Some("2026-03-02")
                Title: "Notes"
                Byline: "By Bo Ray"
                Heading(1): "One & two"
                Byline: "2026-03-02"
                Paragraph: "A < b, she said."
            "#]],
        );
    }

    #[test]
    fn json() {
        check(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "authors": [{"name": "Bo Ray"}], "items": [{"title": "One", "content_text": "A < b.\n\nTwo.", "date_published": "2026-03-02T10:00:00Z"}]}"#,
            expect![[r#"
                "Notes" Some("Bo Ray") Some("2026-03-02")
                Title: "Notes"
                Byline: "By Bo Ray"
                Heading(1): "One"
                Byline: "2026-03-02"
                Paragraph: "A < b."
                Paragraph: "Two."
            "#]],
        );
    }
}
