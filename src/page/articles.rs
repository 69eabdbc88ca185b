//! The articles of a story at the end of its page, each with the sentences that the page speaks of.

use super::address;
use super::passage::{self, REL};
use super::voices::counts;
use super::writer::{Writer, count, file, title};
use crate::document::Day;

/// Articles in the table of numbers.
const MOST_ROWS: usize = 400;
/// Threads in the table of numbers.
const MOST_COLUMNS: usize = 12;

/// Writes every article that is spoken of. The last part: before it nobody knows which sentences are linked to.
pub(super) fn write(writer: &mut Writer) {
    let (story, leaves) = (writer.story, writer.leaves);
    for (number, entry) in story.entries.iter().enumerate() {
        let id = passage::article(number);
        let id = id.trim_start_matches('#');
        writer.element("article", &[("id", id), ("class", "source")], |w| {
            w.html.leaf("h3", &[("dir", "auto")], title(entry));
            let meta = leaves.get(number).map(|l| l.document.meta());
            let mut about: Vec<String> = Vec::new();
            about.extend(entry.day.map(|d| d.to_string()));
            about.extend((!entry.outlet.is_empty()).then(|| entry.outlet.clone()));
            about.extend(meta.and_then(|m| m.byline.clone()));
            let (quotes, claims) = counts(story, number);
            about.push(count(quotes, "quote"));
            about.push(count(claims, "claim"));
            about.push(file(&entry.path).to_owned());
            w.html.element("p", &[("class", "sum")], |html| {
                html.leaf("span", &[("dir", "auto")], &about.join(" · "));
                if let Some(url) = meta.and_then(|m| m.url.as_deref()).and_then(address::of_the_web) {
                    html.text(" · ");
                    html.leaf("a", &[("href", url), ("rel", REL)], "the article on the web");
                }
            });
            w.html.line();
            if let Some(leaf) = leaves.get(number) {
                w.passages.write(leaf, number, &mut w.html);
            }
        });
        writer.html.line();
    }
}

/// The numbers behind the lines, for whoever does not see them.
pub(super) fn table(writer: &mut Writer) {
    let story = writer.story;
    let threads: Vec<&crate::story::Course> =
        story.courses.iter().filter(|c| !c.points.is_empty()).take(MOST_COLUMNS).collect();
    writer.html.element("details", &[], |html| {
        html.leaf("summary", &[], "The same in numbers");
        html.element(
            "div",
            &[("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", "numbers")],
            |html| {
                html.element("table", &[("id", "numbers")], |html| {
                    html.leaf("caption", &[], "How often each article names each thread");
                    html.element("thead", &[], |html| {
                        html.element("tr", &[], |html| {
                            for name in ["Day", "Article"] {
                                html.leaf("th", &[("scope", "col")], name);
                            }
                            for course in &threads {
                                html.leaf("th", &[("scope", "col"), ("dir", "auto")], &course.name);
                            }
                        });
                    });
                    html.element("tbody", &[], |html| {
                        for (number, entry) in story.entries.iter().enumerate().take(MOST_ROWS) {
                            html.element("tr", &[], |html| {
                                html.leaf("td", &[], &entry.day.map(Day::iso).unwrap_or_default());
                                html.element("th", &[("scope", "row"), ("dir", "auto")], |html| {
                                    html.link(&passage::article(number), title(entry));
                                });
                                for course in &threads {
                                    let named = course.points.iter().find(|p| p.0 == number).map_or(0, |p| p.1);
                                    html.leaf("td", &[], &named.to_string());
                                }
                            });
                            html.line();
                        }
                    });
                });
            },
        );
        if story.entries.len() > MOST_ROWS {
            let rest = story.entries.len() - MOST_ROWS;
            html.leaf("p", &[("class", "none")], &format!("{rest} more articles are not in the table."));
        }
    });
    writer.html.line();
}
