//! Saved web pages: the article without what surrounds it, with its title, author, date and outlet. And HTML inside other
//! files (books, feeds, mails), of which everything is read.

mod byline;
mod choose;
mod display;
mod facts;
mod flow;
mod grow;
mod jsonld;
mod names;
mod phrase;
mod strip;
mod tidy;
mod token;
mod tree;

pub(super) use grow::grow;
pub(super) use phrase::PHRASES;
pub(super) use token::Dialect;
pub(super) use tree::{NodeId, Tree};

use super::Fit;
use crate::document::address::{best, saved_from};
use crate::document::source::behind_prolog;
use crate::document::{BlockKind, Document, Draft, ReadError, Source, decode};
use facts::Facts;
use flow::{Flow, flows};

/// Beginnings that only a web page has.
const STARTS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta ",
    "<title",
    "<article",
    "<main",
    "<div",
    "<p>",
    "<p ",
    "<section",
    "<h1",
    "<table",
    "<script",
    "<style",
    "<link ",
];

/// Whether a file is a web page: by its first tag, behind comments and an XML declaration.
pub(super) fn fit(source: &Source) -> Fit {
    let head = behind_prolog(&source.head);
    let starts = STARTS.iter().any(|s| head.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s)));
    if starts {
        Fit::Sure
    } else if head.contains('<') {
        Fit::ByName
    } else {
        Fit::No
    }
}

/// Reads a saved page.
pub(super) fn read(source: &Source) -> Result<Document, ReadError> {
    let label = declared(&source.head);
    let text = decode::decode_declared(source.bytes, source.name, label.as_deref())?.text;
    let mut draft = page(&text);
    draft.meta.url = best(draft.meta.url.as_deref().into_iter().chain(saved_from(&source.head)));
    draft.into_document(source.name)
}

/// The encoding a page names for itself: `<meta charset=…>`, `content="text/html; charset=…"`, `encoding=…` in XML.
pub(super) fn declared(head: &str) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    let after = ["charset", "encoding"].iter().find_map(|key| {
        let (_, rest) = lower.split_once(key)?;
        rest.trim_start().strip_prefix('=')
    })?;
    let label = after.trim_start_matches([' ', '"', '\'']);
    let end =
        label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.')).unwrap_or(label.len());
    label.get(..end).filter(|l| !l.is_empty()).map(str::to_owned)
}

/// The article of a page.
pub(super) fn page(html: &str) -> Draft {
    let mut tree = grow(html, Dialect::Html);
    let facts = facts::gather(&tree);
    strip::strip(&mut tree);
    let mut found = article(&tree, &facts);
    if found.is_empty() {
        // Everything looked like furniture; then a reader is better served by all of it.
        tree.restore();
        found = tidy::tidy(flows(&tree, 0), &facts);
    }
    let read: usize = found.iter().map(|f| f.text.len()).sum();
    let told = facts.body.as_deref().filter(|body| body.len() > 2 * read);
    let blocks = match told {
        Some(body) => paragraphs(body),
        None => found.into_iter().map(|f| (f.kind, f.text)).collect(),
    };
    Draft { meta: facts.meta(), blocks }
}

/// All of a piece of HTML, less what says that it is furniture.
pub(super) fn fragment(html: &str) -> Vec<(BlockKind, String)> {
    let tree = grow(html, Dialect::Html);
    flows(&tree, 0).into_iter().map(|f| (f.kind, f.text)).collect()
}

/// A chapter of a book: all of it, less its own tables of contents; its notes come last.
pub(super) fn chapter(html: &str) -> Vec<(BlockKind, String)> {
    let mut tree = grow(html, Dialect::Html);
    let says = |tree: &Tree, id: NodeId, words: &[&str]| {
        let told = ["epub:type", "role"].iter().filter_map(|key| tree.attribute(id, key));
        told.flat_map(str::split_whitespace).any(|w| words.contains(&w.trim_start_matches("doc-")))
    };
    let ids: Vec<NodeId> = tree.walk(0).collect();
    for &id in &ids {
        if tree.name(id) == "nav" || says(&tree, id, &["toc", "landmarks", "page-list", "pagebreak", "loi", "lot"]) {
            tree.remove(id);
        }
    }
    let is_note = |id: &NodeId| {
        let named = || names::classes(&tree, *id).iter().any(|c| names::NAMES.notes.fits(c));
        tree.own_text(*id).is_none()
            && display::is_block(tree.name(*id))
            && (says(&tree, *id, &["footnote", "endnote", "footnotes", "endnotes", "rearnote", "rearnotes"]) || named())
    };
    let mut notes: Vec<NodeId> = Vec::new();
    for id in tree.walk(0).skip(1).filter(is_note) {
        if notes.last().is_none_or(|&last| !tree.inside(id, last)) {
            notes.push(id);
        }
    }
    let in_note = |f: &Flow| {
        let before = notes.partition_point(|&n| n <= f.node);
        before > 0 && tree.inside(f.node, notes[before - 1])
    };
    let (last, first): (Vec<Flow>, Vec<Flow>) = flows(&tree, 0).into_iter().partition(in_note);
    first.into_iter().chain(last).map(|f| (f.kind, f.text)).collect()
}

fn article(tree: &Tree, facts: &Facts) -> Vec<Flow> {
    let all = flows(tree, 0);
    let title = facts.title.as_deref().unwrap_or_default();
    let node = told_article(tree, &all, facts).unwrap_or_else(|| choose::article(tree, &all, title));
    let (lead, rest): (Vec<Flow>, Vec<Flow>) = all.into_iter().partition(|f| f.node < node);
    let body: Vec<Flow> = rest.into_iter().filter(|f| tree.inside(f.node, node)).collect();
    let mut found = standfirst(tree, lead, facts, &body);
    found.extend(body);
    tidy::tidy(found, facts)
}

/// The element that holds the text the page gives to machines, when it gives most of what is there.
fn told_article(tree: &Tree, all: &[Flow], facts: &Facts) -> Option<NodeId> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let body = letters(facts.body.as_deref().filter(|b| b.len() > 400)?);
    let told: Vec<&Flow> =
        all.iter().filter(|f| f.text.len() > 60).take(400).filter(|f| body.contains(&letters(&f.text))).collect();
    let matched: usize = told.iter().map(|f| letters(&f.text).len()).sum();
    let node = choose::common(tree, told.iter().map(|f| f.node))?;
    // One paragraph's own element would leave out its neighbours.
    (told.len() >= 3 && matched * 10 >= body.len() * 6).then_some(node)
}

/// The sentences between the title and the article's element that belong to it: the page calls them so, gives them as its
/// description, or they stand right beside the title.
fn standfirst(tree: &Tree, lead: Vec<Flow>, facts: &Facts, body: &[Flow]) -> Vec<Flow> {
    let heading = tree
        .named(0, "h1")
        .find(|&h| facts.title.as_deref().is_some_and(|t| choose::same_words(&flow::line(tree, h), t)));
    let beside = |f: &Flow| heading.is_some_and(|h| f.node > h && tree.inside(f.node, tree.parent(h)));
    let named = |f: &Flow| {
        let holders = std::iter::once(f.node).chain(tree.holders(f.node).take(1));
        holders.into_iter().any(|id| names::NAMES.standfirst.fits_any(&names::classes(tree, id)))
    };
    let described = |f: &Flow| facts.description.as_deref().is_some_and(|d| choose::same_words(d, &f.text));
    let after = |f: &Flow| heading.is_none_or(|h| f.node > h);
    let fits = |f: &Flow| {
        let sentence =
            f.text.len() >= 30 && f.text.len() <= 600 && f.link_share() < 0.3 && f.kind != BlockKind::Heading(1);
        (f.caption && after(f))
            || sentence
                && after(f)
                && (named(f)
                    || described(f)
                    || (beside(f) && (choose::is_prose(&f.text) || f.kind == BlockKind::ListItem)))
    };
    let new = |f: &Flow| !body.iter().any(|b| choose::same_words(&b.text, &f.text));
    let plain =
        |f: Flow| if matches!(f.kind, BlockKind::Heading(_)) { Flow { kind: BlockKind::Paragraph, ..f } } else { f };
    lead.into_iter().filter(fits).filter(new).take(12).map(plain).collect()
}

fn paragraphs(text: &str) -> Vec<(BlockKind, String)> {
    let lines = text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| (BlockKind::Paragraph, line)).collect()
}
