//! A story as one page for a browser: everything in it, no script, nothing fetched, every entry linked to its sentence.
//!
//! The page is made of a [`Story`] and the texts it was told by; this folder analyses nothing and reads no file. The same
//! story gives the same page, byte for byte.

mod address;
mod articles;
mod html;
mod passage;
mod threads;
mod timeline;
mod voices;
mod writer;

pub use passage::Leaf;

use sha2::{Digest, Sha256};

use crate::document::Day;
use crate::story::Story;
use crate::text::base64;
use html::Html;
use passage::Passages;
use writer::{Writer, count};

/// How the page looks, light and dark, on a phone and on paper.
const STYLE: &str = include_str!("../../assets/page/style.css");

/// A story with the texts it is told by.
#[derive(Debug)]
pub struct Page<'s> {
    /// Its name; without one it is called by its threads.
    pub title: Option<&'s str>,
    /// The story.
    pub story: &'s Story,
    /// The texts of its entries, in their order.
    pub leaves: &'s [Leaf],
}

impl Page<'_> {
    /// The page, as HTML that is well-formed XML behind its first line.
    pub fn html(&self) -> String {
        let title = self.title.map_or_else(|| named(self.story), str::to_owned);
        let mut writer =
            Writer { story: self.story, leaves: self.leaves, html: Html::default(), passages: Passages::default() };
        writer.element("html", &[("lang", "en")], |w| {
            w.html.line();
            w.html.element("head", &[], |html| head(html, &title));
            w.html.line();
            w.element("body", &[], |w| body(w, &title));
            w.html.line();
        });
        format!("<!DOCTYPE html>\n{}\n", writer.html.finish())
    }
}

fn head(html: &mut Html, title: &str) {
    // A page may run nothing and fetch nothing, not even what a text in it might smuggle in.
    let hash = base64(&Sha256::digest(STYLE.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    html.void("meta", &[("charset", "utf-8")]);
    html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    html.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    html.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    html.void("meta", &[("name", "generator"), ("content", "sayso")]);
    html.leaf("title", &[], title);
    html.style(STYLE);
}

fn body(writer: &mut Writer, title: &str) {
    writer.html.leaf("a", &[("class", "skip"), ("href", "#main")], "to the story");
    writer.element("header", &[], |w| {
        w.html.leaf("h1", &[("dir", "auto")], title);
        w.html.leaf("p", &[("class", "sum"), ("id", "sum")], &sum(w.story));
        w.html.element("nav", &[("aria-label", "parts of the page")], |html| {
            html.element("ul", &[], |html| {
                for (id, name) in PARTS {
                    html.element("li", &[], |html| html.link(&format!("#{id}"), name));
                }
            });
        });
    });
    writer.html.line();
    writer.element("main", &[("id", "main")], |w| {
        w.part("time", "Over time", |w| match timeline::Axis::of(w.story) {
            Some(axis) if w.story.courses.iter().any(|c| !c.points.is_empty()) => {
                timeline::write(w, axis);
                undated(w);
                articles::table(w);
            }
            _ => w.html.leaf("p", &[("class", "none")], "No thread is named on a day that is known."),
        });
        w.part("threads", "Threads", threads::write);
        w.part("voices", "Who is quoted", voices::write);
        w.part("echoes", "Printed by several articles", voices::echoes);
        w.part("articles", "Articles and sentences", articles::write);
    });
    writer.html.line();
    let made = "Made by sayso, by rules, without asking anybody: who says a sentence and how sure they are can be wrong. \
                Follow an entry to its sentence before you rely on it.";
    writer.html.element("footer", &[], |html| html.leaf("p", &[], made));
}

/// The parts of the page, for the way to them.
const PARTS: [(&str, &str); 5] = [
    ("time", "Over time"),
    ("threads", "Threads"),
    ("voices", "Who is quoted"),
    ("echoes", "Printed by several"),
    ("articles", "Articles"),
];

fn undated(writer: &mut Writer) {
    let undated = writer.story.entries.iter().filter(|e| e.day.is_none()).count();
    if undated > 0 {
        let told = format!("{} without a date, not on the lines.", count(undated, "article"));
        writer.html.leaf("p", &[("class", "none")], &told);
    }
}

/// The threads that surface, as a title.
fn named(story: &Story) -> String {
    let names: Vec<&str> = story.courses.iter().filter(|c| !c.points.is_empty()).map(|c| c.name.as_str()).collect();
    match names.as_slice() {
        [] => "A story".to_owned(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// The size of the story, and when it ran.
fn sum(story: &Story) -> String {
    let days: Vec<Day> = story.entries.iter().filter_map(|e| e.day).collect();
    let (quotes, claims) = (0..story.entries.len())
        .map(|entry| voices::counts(story, entry))
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let mut sum = vec![count(story.entries.len(), "article")];
    match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) if first != last => sum.push(format!("{first} – {last}")),
        (Some(day), _) => sum.push(day.to_string()),
        _ => {}
    }
    sum.extend([count(quotes, "quote"), count(claims, "claim")]);
    sum.push(count(story.courses.iter().filter(|c| !c.points.is_empty()).count(), "thread"));
    sum.join(" · ")
}
