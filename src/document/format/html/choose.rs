//! Finds the part of a page that is its article. Every block counts for the elements it lies in: sentences for them, links
//! and scraps against them, by their length; the element with the largest sum is the article. This is the idea of maximum
//! subsequence segmentation (Pasternack and Roth, 2009) on a tree, with the two features that Kohlschütter et al. (2010)
//! found to tell most: the length of a block and its share of link text.

use super::flow::Flow;
use super::names::{NAMES, classes};
use super::tree::{NodeId, Tree};

/// An element called the article's body must hold this share of the best sum to be taken for it.
const BODY_SHARE: f32 = 0.7;

/// What every element holds.
struct Sums {
    sum: Vec<f32>,
}

impl Sums {
    fn of(tree: &Tree, flows: &[Flow]) -> Self {
        let mut sum = vec![0.0; tree.len()];
        for flow in flows {
            sum[flow.node] += worth(flow);
        }
        for id in (1..tree.len()).rev() {
            let parent = tree.parent(id);
            sum[parent] += sum[id];
        }
        Self { sum }
    }
}

/// What a block says about the element it lies in.
fn worth(flow: &Flow) -> f32 {
    use crate::document::BlockKind::{Heading, SceneBreak};
    let length = super::flow::number(flow.text.len().min(5000));
    let share = flow.link_share();
    match flow.kind {
        SceneBreak => 0.0,
        _ if share > 0.5 => -30.0 - length.min(300.0) / 2.0,
        Heading(_) => 0.0,
        _ if is_prose(&flow.text) => length * (1.0 - share),
        _ => -25.0,
    }
}

/// Whether a block is made of sentences.
pub fn is_prose(text: &str) -> bool {
    let closed = text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':', ';']);
    (text.len() >= 40 && closed) || text.len() >= 140
}

/// The element that is the article.
pub fn article(tree: &Tree, flows: &[Flow], title: &str) -> NodeId {
    let sums = Sums::of(tree, flows);
    let alive: Vec<NodeId> = tree.walk(0).filter(|&id| tree.own_text(id).is_none()).collect();
    let mut best = 0;
    for &id in &alive {
        // Of two with the same sum the inner one is later in the list.
        if sums.sum[id] >= sums.sum[best] {
            best = id;
        }
    }
    let best = own_article(tree, &sums, &alive, best, title).unwrap_or(best);
    named_body(tree, &sums, &alive, best).unwrap_or(best)
}

/// Of several articles on one page, the one under the page's title.
fn own_article(tree: &Tree, sums: &Sums, alive: &[NodeId], best: NodeId, title: &str) -> Option<NodeId> {
    let inside = |id: &&NodeId| tree.inside(**id, best) && **id != best && tree.name(**id) == "article";
    let titled = |id: NodeId| tree.named(id, "h1").any(|h| same_words(&super::flow::line(tree, h), title));
    let found = alive.iter().filter(inside).take(200).find(|&&id| titled(id))?;
    (sums.sum[*found] >= 0.2 * sums.sum[best]).then_some(*found)
}

/// The innermost element inside that is called the body of an article and holds most of it.
fn named_body(tree: &Tree, sums: &Sums, alive: &[NodeId], best: NodeId) -> Option<NodeId> {
    let enough = |id: NodeId| sums.sum[id] >= BODY_SHARE * sums.sum[best];
    let named =
        |id: NodeId| tree.attribute(id, "itemprop") == Some("articleBody") || NAMES.body.fits_any(&classes(tree, id));
    alive.iter().copied().rfind(|&id| tree.inside(id, best) && enough(id) && named(id))
}

/// The innermost element that holds all of some blocks.
pub fn common(tree: &Tree, nodes: impl Iterator<Item = NodeId>) -> Option<NodeId> {
    nodes.reduce(|held, node| {
        if tree.inside(node, held) {
            return held;
        }
        tree.holders(held).find(|&h| tree.inside(node, h)).unwrap_or_default()
    })
}

/// Whether two titles are the same but for case and marks.
pub fn same_words(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (letters(a), letters(b));
    !a.is_empty() && a == b
}
