//! Who is quoted how often, and how surely they speak; and the quotes that several articles print.

use super::html::Html;
use super::writer::{Writer, count};
use crate::story::{Likeness, Print, Story, Voice};

/// People who are listed.
const MOST_VOICES: usize = 40;
/// Quotes of one of them that are listed.
const MOST_QUOTES: usize = 30;
/// Quotes that several articles print, of which this many are listed.
const MOST_ECHOES: usize = 60;

/// Writes the table of who is quoted.
pub(super) fn write(writer: &mut Writer) {
    let story = writer.story;
    let voices = story.voices.get(..MOST_VOICES).unwrap_or(&story.voices);
    if voices.is_empty() {
        writer.html.leaf("p", &[("class", "none")], "Nobody is quoted.");
        return;
    }
    let most = voices.iter().map(|v| v.quotes).max().unwrap_or(1);
    let sure = voices.iter().map(|v| v.claims).max().unwrap_or(1);
    writer.element(
        "div",
        &[("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", "voices-h")],
        |w| {
            w.element("table", &[], |w| {
                w.html.leaf(
                    "caption",
                    &[],
                    "How often each is quoted; the dark part of the second bar is what they assert outright",
                );
                w.html.element("thead", &[], |html| {
                    html.element("tr", &[], |html| {
                        for name in ["Who", "Quotes", "Articles", "Claims", "Certain", "Denied"] {
                            html.leaf("th", &[("scope", "col")], name);
                        }
                    });
                });
                w.element("tbody", &[], |w| {
                    for (number, voice) in voices.iter().enumerate() {
                        row(w, number, voice, (most, sure));
                        w.html.line();
                    }
                });
            });
        },
    );
    more(writer, story.voices.len(), MOST_VOICES, "people");
    for (number, voice) in voices.iter().enumerate() {
        quotes(writer, number, voice);
    }
}

/// A row; the bars are shares of the most quotes and the most claims that anybody has.
fn row(writer: &mut Writer, number: usize, voice: &Voice, (most, sure): (usize, usize)) {
    let html = &mut writer.html;
    html.element("tr", &[], |html| {
        html.element("th", &[("scope", "row"), ("dir", "auto")], |html| {
            html.link(&format!("#v{}", number + 1), &voice.name);
        });
        html.element("td", &[("class", "bar")], |html| {
            bar(html, &[(voice.quotes, "all")], most);
            html.text(&voice.quotes.to_string());
        });
        html.leaf("td", &[], &voice.articles.to_string());
        html.element("td", &[("class", "bar")], |html| {
            let rest = voice.claims.saturating_sub(voice.certain);
            bar(html, &[(voice.certain, "all"), (rest, "rest")], sure);
            html.text(&voice.claims.to_string());
        });
        html.leaf("td", &[], &voice.certain.to_string());
        html.leaf("td", &[], &voice.denied.to_string());
    });
}

/// A bar beside a number that says the same.
fn bar(html: &mut Html, pieces: &[(usize, &str)], most: usize) {
    let share = |number: usize| format!("{}%", number * 100 / most.max(1));
    html.element("svg", &[("height", "10"), ("width", "96"), ("aria-hidden", "true")], |html| {
        let mut from = 0;
        for &(number, class) in pieces.iter().filter(|(n, _)| *n > 0) {
            html.void("rect", &[("class", class), ("x", &share(from)), ("width", &share(number)), ("height", "10")]);
            from += number;
        }
    });
}

fn quotes(writer: &mut Writer, number: usize, voice: &Voice) {
    let story = writer.story;
    writer.element("details", &[], |w| {
        w.html.element("summary", &[], |html| {
            html.leaf("span", &[("dir", "auto")], &voice.name);
            html.text(&format!(": {}", count(voice.quotes, "quote")));
        });
        // Browsers open what a link leads into.
        w.element("ul", &[("class", "steps"), ("id", &format!("v{}", number + 1))], |w| {
            for &(entry, place) in voice.said.iter().take(MOST_QUOTES) {
                let kept = &story.entries[entry].kept[place];
                w.element("li", &[], |w| {
                    w.when(entry);
                    w.element("p", &[], |w| {
                        w.kept(entry, kept);
                        w.html.text(if kept.is("sure") { "" } else { " ? not sure that it is theirs" });
                    });
                });
                w.html.line();
            }
        });
        more(w, voice.said.len(), MOST_QUOTES, "quotes");
    });
    writer.html.line();
}

/// Writes the quotes that several articles print.
pub(super) fn echoes(writer: &mut Writer) {
    let story = writer.story;
    if story.echoes.is_empty() {
        writer.html.leaf("p", &[("class", "none")], "No quote is printed by two articles.");
    }
    for echo in story.echoes.iter().take(MOST_ECHOES) {
        writer.element("div", &[("class", "echo")], |w| {
            let who = echo.prints.first().map(|p| story.entries[p.entry].kept[p.kept].who.as_str());
            let who = who.filter(|w| !w.is_empty()).unwrap_or("nobody named");
            w.html.leaf("h3", &[], &format!("{who}, printed {}", count(echo.prints.len(), "time")));
            w.element("ol", &[("class", "steps")], |w| {
                for (number, print) in echo.prints.iter().enumerate() {
                    w.element("li", &[], |w| one_print(w, print, number == 0));
                    w.html.line();
                }
            });
        });
        writer.html.line();
    }
    more(writer, story.echoes.len(), MOST_ECHOES, "quotes");
}

fn one_print(writer: &mut Writer, print: &Print, first: bool) {
    let story = writer.story;
    writer.when(print.entry);
    writer.element("p", &[], |w| {
        let how = match print.likeness {
            _ if first => "first",
            Likeness::Same => "the same words",
            Likeness::Part => "in part",
            Likeness::Near => "nearly the same",
        };
        w.html.leaf("b", &[("class", "change")], how);
        w.html.text(" ");
        w.kept(print.entry, &story.entries[print.entry].kept[print.kept]);
    });
    for (word, hedges) in [("dropped", &print.dropped), ("added", &print.added)] {
        if !hedges.is_empty() {
            let marked: Vec<String> = hedges.iter().map(|h| format!("“{h}”")).collect();
            writer.html.element("p", &[("class", "hedge")], |html| {
                html.leaf("b", &[], word);
                html.text(&format!(" {}", marked.join(", ")));
            });
        }
    }
}

/// What is left out, said.
fn more(writer: &mut Writer, all: usize, shown: usize, what: &str) {
    if all > shown {
        writer.html.leaf("p", &[("class", "none")], &format!("{} more {what} are not listed here.", all - shown));
    }
}

/// How many quotes and claims an article has.
pub(super) fn counts(story: &Story, entry: usize) -> (usize, usize) {
    use crate::story::Sort;
    let of = |sort: Sort| story.entries[entry].kept.iter().filter(|k| k.sort == sort).count();
    (of(Sort::Quote), of(Sort::Claim))
}
