//! The elements of a page as a tree in one list: every element stands before what it holds. It is never deeper than
//! [`DEEPEST`], so that walking it is safe; what is nested deeper is hung in flat.

use std::ops::Range;

use super::display::is_block;

/// How deep a tree may be.
pub const DEEPEST: usize = 256;

/// The place of a node in its tree.
pub type NodeId = usize;

/// An element or a stretch of text.
#[derive(Debug)]
pub struct Node {
    parent: NodeId,
    /// The place behind the last node inside this one.
    end: NodeId,
    content: Content,
    removed: bool,
}

/// What a node is.
#[derive(Debug)]
pub enum Content {
    /// An element with its attributes.
    Element(String, Vec<(String, String)>),
    /// Text.
    Text(String),
}

/// All nodes of a page. The first is the root, an element without a name.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// A tree with only its root.
    pub fn new() -> Self {
        let root = Node { parent: 0, end: 1, content: Content::Element(String::new(), Vec::new()), removed: false };
        Self { nodes: vec![root] }
    }

    /// Adds a node behind all others, inside the given one; [`Tree::seal`] must follow before the tree is read.
    pub fn add(&mut self, parent: NodeId, content: Content) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { parent, end: id + 1, content, removed: false });
        id
    }

    /// Adds text; a node of text that ends the tree in the same element takes it up.
    pub fn add_text(&mut self, parent: NodeId, text: &str) {
        if let Some(Node { parent: last, content: Content::Text(before), .. }) = self.nodes.last_mut()
            && *last == parent
        {
            before.push_str(text);
            return;
        }
        self.add(parent, Content::Text(text.to_owned()));
    }

    /// Finds out where each element ends.
    pub fn seal(&mut self) {
        for id in (1..self.nodes.len()).rev() {
            let (parent, end) = (self.nodes[id].parent, self.nodes[id].end);
            let holder = &mut self.nodes[parent];
            holder.end = holder.end.max(end);
        }
    }

    /// How many nodes there are, the removed included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element a node lies in; the root lies in itself.
    pub fn parent(&self, id: NodeId) -> NodeId {
        self.nodes[id].parent
    }

    /// The places of a node and all inside it.
    pub fn range(&self, id: NodeId) -> Range<NodeId> {
        id..self.nodes[id].end
    }

    /// Whether a node is another or lies in it.
    pub fn inside(&self, id: NodeId, holder: NodeId) -> bool {
        self.range(holder).contains(&id)
    }

    /// The nodes directly inside, without the removed.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.nodes[id].end;
        let mut next = id + 1;
        std::iter::from_fn(move || {
            while next < end {
                let child = next;
                next = self.nodes[child].end;
                if !self.nodes[child].removed {
                    return Some(child);
                }
            }
            None
        })
    }

    /// A node and all elements and texts inside it, in the order of the page, without the removed.
    pub fn walk(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.nodes[id].end;
        let mut next = id;
        std::iter::from_fn(move || {
            while next < end {
                let node = next;
                if self.nodes[node].removed {
                    next = self.nodes[node].end;
                } else {
                    next += 1;
                    return Some(node);
                }
            }
            None
        })
    }

    /// The elements that hold a node, from the nearest outwards, without the root.
    pub fn holders(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut at = id;
        std::iter::from_fn(move || {
            at = self.nodes[at].parent;
            (at != 0).then_some(at)
        })
    }

    /// Takes a node and all inside it out.
    pub fn remove(&mut self, id: NodeId) {
        self.nodes[id].removed = true;
    }

    /// Puts everything back that was taken out.
    pub fn restore(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.removed = false);
    }

    /// The name of an element; empty for text.
    pub fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].content {
            Content::Element(name, _) => name,
            Content::Text(_) => "",
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, id: NodeId, key: &str) -> Option<&str> {
        match &self.nodes[id].content {
            Content::Element(_, attributes) => attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str()),
            Content::Text(_) => None,
        }
    }

    /// The text of a text node.
    pub fn own_text(&self, id: NodeId) -> Option<&str> {
        match &self.nodes[id].content {
            Content::Text(text) => Some(text),
            Content::Element(..) => None,
        }
    }

    /// All text inside a node, its white space as single spaces.
    pub fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for node in self.walk(id) {
            let apart = self.own_text(node).is_none() && (self.name(node) == "br" || is_block(self.name(node)));
            text.push_str(if apart { " " } else { self.own_text(node).unwrap_or_default() });
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The elements with a name inside a node.
    pub fn named(&self, id: NodeId, name: &str) -> impl Iterator<Item = NodeId> {
        self.walk(id).filter(move |&n| self.name(n) == name)
    }
}
