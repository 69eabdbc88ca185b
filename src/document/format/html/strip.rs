//! Takes the furniture out of a page's tree: what an element is, is called or says of its role; and how much of the page's
//! text it holds, because a class called *paywall* is as often put on the article as on the note that hides it.

use super::names::{NAMES, classes};
use super::tree::{NodeId, Tree};

/// A part with more of the page's text than this is not taken out for a weak name, a role or for being hidden.
const SMALL: f32 = 0.25;

/// A part with more of it than this is not taken out for a strong name: it is what the part is beside, as in
/// `content-and-sidebar`.
const MOST: f32 = 0.5;
/// A paragraph with more text than this is judged by what it says, not by a weak name.
const LONGEST_NOTE: usize = 60;

/// Takes the furniture out.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the methods alone are tied to one lifetime")]
pub fn strip(tree: &mut Tree) {
    sweep(tree, 1.0, |page, id| page.is_furniture(id));
    sweep(tree, 0.5, |page, id| page.is_weak(id));
}

/// Takes out what goes, unless that would be more than a share of the page's text: then the names mean something else.
fn sweep(tree: &mut Tree, most: f32, goes: impl Fn(&Page, NodeId) -> bool) {
    let page = Page::measure(tree);
    let mut out = Vec::new();
    let mut id = 1;
    while id < tree.len() {
        if !page.alive[id] || (tree.own_text(id).is_none() && goes(&page, id)) {
            out.push(id);
            id = tree.range(id).end;
        } else {
            id += 1;
        }
    }
    let lost: f32 = out.iter().map(|&id| page.share(id)).sum();
    if lost <= most {
        for id in out {
            tree.remove(id);
        }
    }
}

/// A tree with what its elements hold.
struct Page<'a> {
    tree: &'a Tree,
    alive: Vec<bool>,
    /// Bytes of text outside links.
    text: Vec<usize>,
    /// Whether the page's heading or its main part lies inside.
    core: Vec<bool>,
}

impl<'a> Page<'a> {
    fn measure(tree: &'a Tree) -> Self {
        let count = tree.len();
        let mut page = Self { tree, alive: vec![false; count], text: vec![0; count], core: vec![false; count] };
        for id in tree.walk(0) {
            page.alive[id] = true;
        }
        for id in (1..count).rev().filter(|&id| page.alive[id]).collect::<Vec<_>>() {
            page.text[id] += tree.own_text(id).map_or(0, |text| text.split_whitespace().map(str::len).sum());
            page.core[id] |= is_core(tree, id);
            let parent = tree.parent(id);
            if !matches!(tree.name(id), "a" | "script" | "style" | "noscript" | "template" | "title" | "head") {
                page.text[parent] += page.text[id];
            }
            page.core[parent] |= page.core[id];
        }
        page
    }

    fn share(&self, id: NodeId) -> f32 {
        super::flow::ratio(self.text[id], self.text[0])
    }

    /// Whether the page's own parts lie in an element, or it is one of them.
    fn is_kept(&self, id: NodeId) -> bool {
        self.core[id] || matches!(self.tree.name(id), "html" | "body" | "head")
    }

    fn is_furniture(&self, id: NodeId) -> bool {
        if self.is_kept(id) {
            return false;
        }
        let name = self.tree.name(id);
        if NAMES.elements.iter().any(|e| e == name) || (name == "footer" && !self.is_source_of_quote(id)) {
            return true;
        }
        if self.tree.attribute(id, "role").is_some_and(|role| role.ends_with("dialog")) {
            return true;
        }
        let small = self.share(id) < SMALL;
        if small
            && (matches!(name, "aside" | "form")
                || is_hidden(self.tree, id)
                || self.has_role(id)
                || self.is_site_header(id))
        {
            return true;
        }
        let classes = classes(self.tree, id);
        let most = self.share(id) >= MOST || (!small && NAMES.body.fits_any(&classes));
        NAMES.talk.fits_any(&classes) && (small || !NAMES.body.fits_any(&classes))
            || (NAMES.strong.fits_any(&classes) && !most)
    }

    fn is_weak(&self, id: NodeId) -> bool {
        let name = self.tree.name(id);
        let says_much = name == "p" && self.text[id] > LONGEST_NOTE;
        if self.is_kept(id) || self.share(id) >= SMALL || says_much || matches!(name, "main" | "article") {
            return false;
        }
        let classes = classes(self.tree, id);
        NAMES.weak.fits_any(&classes) && !NAMES.standfirst.fits_any(&classes)
    }

    fn has_role(&self, id: NodeId) -> bool {
        self.tree.attribute(id, "role").is_some_and(|role| NAMES.roles.iter().any(|r| r == role))
    }

    /// `<blockquote>… <footer>Ann Lee</footer></blockquote>`
    fn is_source_of_quote(&self, id: NodeId) -> bool {
        self.tree.name(self.tree.parent(id)) == "blockquote"
    }

    fn is_site_header(&self, id: NodeId) -> bool {
        self.tree.name(id) == "header"
            && !self.tree.holders(id).any(|h| matches!(self.tree.name(h), "article" | "main"))
    }
}

fn is_core(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "h1" | "main") || tree.attribute(id, "itemprop") == Some("articleBody")
}

fn is_hidden(tree: &Tree, id: NodeId) -> bool {
    let style = tree.attribute(id, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}
