//! What the parts of a page share while it is written.

use super::html::Html;
use super::passage::{Leaf, Passages};
use crate::story::{Entry, Kept, Story, Told};

/// A page in the making.
pub(super) struct Writer<'s> {
    pub story: &'s Story,
    pub leaves: &'s [Leaf],
    pub html: Html,
    pub passages: Passages,
}

impl Writer<'_> {
    /// A heading and what stands under it, as a part of the page that can be jumped to.
    pub fn part(&mut self, id: &str, heading: &str, within: impl FnOnce(&mut Self)) {
        let heading_id = format!("{id}-h");
        self.element("section", &[("id", id), ("aria-labelledby", &heading_id)], |w| {
            w.html.leaf("h2", &[("id", &heading_id)], heading);
            w.html.line();
            within(w);
        });
        self.html.line();
    }

    /// An element that holds links to passages, which [`Html::element`] knows nothing of.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], within: impl FnOnce(&mut Self)) {
        let mut html = std::mem::take(&mut self.html);
        html.element(name, attributes, |html| {
            std::mem::swap(&mut self.html, html);
            within(self);
            std::mem::swap(&mut self.html, html);
        });
        self.html = html;
    }

    /// The day and paper of an article, for the first column of a list.
    pub fn when(&mut self, entry: usize) {
        let told = &self.story.entries[entry];
        self.element("p", &[("class", "when")], |w| {
            match told.day {
                Some(day) => w.html.leaf("time", &[("datetime", &day.iso())], &day.to_string()),
                None => w.html.text("no date"),
            }
            w.html.text(" · ");
            w.html.leaf("span", &[("dir", "auto")], place(told));
        });
    }

    /// A sentence that leads to its place.
    pub fn told(&mut self, told: &Told) {
        let end = told.start + told.sentence.len();
        let to = self.passages.link(self.leaves, told.entry, told.start, end);
        self.html.leaf("a", &[("class", "told"), ("dir", "auto"), ("href", &to)], said(&told.sentence));
        if !told.who.is_empty() {
            self.html.text(" ");
            self.html.leaf("span", &[("class", "who")], &format!("— {}", told.who));
        }
    }

    /// A finding that leads to its place.
    pub fn kept(&mut self, entry: usize, kept: &Kept) {
        let to = self.passages.link(self.leaves, entry, kept.span.start().byte(), kept.span.end().byte());
        self.html.leaf("a", &[("class", "told"), ("dir", "auto"), ("href", &to)], said(&kept.content));
    }
}

/// A link needs words.
fn said(words: &str) -> &str {
    if words.trim().is_empty() { "…" } else { words }
}

/// Where an article appeared, else what it is called.
pub(super) fn place(entry: &Entry) -> &str {
    if entry.outlet.is_empty() { title(entry) } else { &entry.outlet }
}

/// The title of an article; of one without, its file's name.
pub(super) fn title(entry: &Entry) -> &str {
    if entry.title.trim().is_empty() || entry.title == entry.path { file(&entry.path) } else { &entry.title }
}

/// The last part of a path: where a file lies on the machine it was read on is nobody's business.
pub(super) fn file(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A number of things: *1 article*, *3 articles*.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
