//! The sentences that a page speaks of: each has one anchor, under the article it stands in, with the sentences around it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::address;
use super::html::Html;
use crate::document::Document;
use crate::text::{Pos, Span};

/// Sentences of a long quote that are shown, at most.
const MOST_SENTENCES: usize = 8;

/// The text of an article of the story.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The text.
    pub document: Arc<Document>,
    /// Its sentences, in order.
    pub sentences: Vec<Span>,
}

impl Leaf {
    fn sentence_at(&self, byte: usize) -> Option<usize> {
        let last = self.sentences.len().checked_sub(1)?;
        Some(self.sentences.partition_point(|s| s.end() <= Pos::at(byte)).min(last))
    }
}

/// The sentences that are linked to, by article.
#[derive(Default)]
pub(super) struct Passages {
    linked: BTreeSet<(usize, usize)>,
}

impl Passages {
    /// Where a link to a place of an article leads, in the page itself. The sentences up to `end` are shown with it.
    pub fn link(&mut self, leaves: &[Leaf], entry: usize, start: usize, end: usize) -> String {
        let Some((leaf, first)) = leaves.get(entry).and_then(|l| Some((l, l.sentence_at(start)?))) else {
            return article(entry);
        };
        let last = leaf.sentence_at(end.max(start + 1) - 1).unwrap_or(first).clamp(first, first + MOST_SENTENCES - 1);
        self.linked.extend((first..=last).map(|sentence| (entry, sentence)));
        format!("#{}", name(entry, first))
    }

    /// Writes the linked sentences of an article, each paragraph that has some as far as it is near them.
    pub fn write(&self, leaf: &Leaf, entry: usize, html: &mut Html) {
        let linked: Vec<usize> = self.linked.range((entry, 0)..=(entry, usize::MAX)).map(|l| l.1).collect();
        let mut rest = linked.as_slice();
        while let Some(&first) = rest.first() {
            let block = leaf.document.block_at(leaf.sentences[first].start());
            let of_block = |s: &usize| leaf.document.block_at(leaf.sentences[*s].start()) == block;
            let (here, later) = rest.split_at(rest.iter().take_while(|s| of_block(s)).count().max(1));
            html.element("blockquote", &[("dir", "auto")], |html| paragraph(leaf, entry, block, here, html));
            html.line();
            rest = later;
        }
    }
}

/// The anchor of an article.
pub(super) fn article(entry: usize) -> String {
    format!("#a{}", entry + 1)
}

fn name(entry: usize, sentence: usize) -> String {
    format!("a{}s{}", entry + 1, sentence + 1)
}

/// The linked sentences of a paragraph with their neighbours in it.
fn paragraph(leaf: &Leaf, entry: usize, block: usize, linked: &[usize], html: &mut Html) {
    let in_block = |s: usize| leaf.sentences.get(s).is_some_and(|s| leaf.document.block_at(s.start()) == block);
    let shown: BTreeSet<usize> = linked
        .iter()
        .flat_map(|&s| [s.saturating_sub(1), s, s + 1])
        .filter(|s| linked.contains(s) || in_block(*s))
        .collect();
    let before = shown.first().is_some_and(|&s| s > 0 && in_block(s - 1));
    let after = shown.last().is_some_and(|&s| in_block(s + 1));
    if before {
        html.text("… ");
    }
    let mut previous: Option<usize> = None;
    for &sentence in &shown {
        match previous {
            Some(p) if p + 1 == sentence => html.text(" "),
            Some(_) => html.text(" … "),
            None => {}
        }
        previous = Some(sentence);
        let text = leaf.document.slice(leaf.sentences[sentence]);
        if linked.contains(&sentence) {
            html.leaf("mark", &[("id", &name(entry, sentence))], &even(text));
            at_source(leaf, text, html);
        } else {
            html.text(&even(text));
        }
    }
    if after {
        html.text(" …");
    }
}

/// The way from a sentence to the page it was saved from.
fn at_source(leaf: &Leaf, text: &str, html: &mut Html) {
    let url = leaf.document.meta().url.as_deref();
    let Some(to) = url.and_then(|url| address::of_passage(url, text)) else { return };
    html.text("\u{a0}");
    html.leaf("a", &[("class", "out"), ("href", &to), ("aria-label", "this sentence on the web"), ("rel", REL)], "↗");
}

/// The page that is linked to learns nothing of this one.
pub(super) const REL: &str = "noopener noreferrer nofollow";

/// Words with one space between them.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
