//! The part of a page about each thread: what changed, what is asked, what is affirmed and denied.

use super::timeline::sign;
use super::writer::{Writer, count};
use crate::story::{Course, Step, Told};

/// Writes all threads that surface in the story.
pub(super) fn write(writer: &mut Writer) {
    let story = writer.story;
    for (number, course) in story.courses.iter().enumerate().filter(|(_, c)| !c.points.is_empty()) {
        let id = format!("t{}", number + 1);
        let heading_id = format!("{id}-h");
        writer.element("article", &[("class", "thread"), ("id", &id), ("aria-labelledby", &heading_id)], |w| {
            w.html.element("h3", &[("id", &heading_id)], |html| {
                html.text(&course.name);
                html.text(" ");
                html.leaf("span", &[("class", "status")], course.status.word());
            });
            w.html.leaf("p", &[("class", "sum")], &sum(w, course));
            w.html.line();
            steps(w, course);
            open(w, course);
            disputes(w, course);
        });
        writer.html.line();
    }
    let silent: Vec<&str> = story.courses.iter().filter(|c| c.points.is_empty()).map(|c| c.name.as_str()).collect();
    if !silent.is_empty() {
        writer.html.leaf("p", &[("class", "none")], &format!("Named in no article: {}.", silent.join(", ")));
    }
}

fn sum(writer: &Writer, course: &Course) -> String {
    let entries = &writer.story.entries;
    let sum = format!(
        "named {} in {} of {}",
        count(course.mentions(), "time"),
        course.points.len(),
        count(entries.len(), "article")
    );
    let days = course.ends().map(|(first, last)| (entries[first].day, entries[last].day));
    let when = match days {
        Some((Some(a), Some(b))) if a != b => format!(", {a} – {b}"),
        Some((Some(day), _) | (_, Some(day))) => format!(", {day}"),
        _ => String::new(),
    };
    let silent = course.silent.and_then(|d| usize::try_from(d).ok()).filter(|d| *d > 0);
    let silent = silent.map(|d| format!("; not named in the last {}", count(d, "day"))).unwrap_or_default();
    sum + &when + &silent
}

fn steps(writer: &mut Writer, course: &Course) {
    writer.html.leaf("h4", &[], "What changed");
    writer.element("ol", &[("class", "steps")], |w| {
        for step in &course.steps {
            w.element("li", &[], |w| one_step(w, step));
            w.html.line();
        }
    });
    writer.html.line();
}

fn one_step(writer: &mut Writer, step: &Step) {
    writer.when(step.told.entry);
    writer.element("p", &[], |w| {
        let (sign, word) = (sign(step.change), step.change.word());
        w.html.element("b", &[("class", "change")], |html| {
            html.leaf("span", &[("aria-hidden", "true")], sign);
            html.text(&format!(" {word}"));
        });
        w.html.text(" ");
        w.told(&step.told);
    });
    if let Some(before) = &step.before {
        writer.element("p", &[("class", "before")], |w| {
            w.html.text("before: ");
            w.told(before);
            let day = w.story.entries[before.entry].day.map(|d| format!(", {d}")).unwrap_or_default();
            w.html.text(&day);
        });
    }
}

fn open(writer: &mut Writer, course: &Course) {
    if course.open.is_empty() {
        return;
    }
    writer.html.leaf("h4", &[], "Asked or left open");
    list(writer, &course.open);
}

fn disputes(writer: &mut Writer, course: &Course) {
    if course.disputes.is_empty() {
        return;
    }
    writer.html.leaf("h4", &[], "Claims for and against");
    for dispute in &course.disputes {
        writer.element("div", &[("class", "dispute")], |w| {
            for (heading, side) in [("✓ it is so", &dispute.affirmed), ("✕ it is not so", &dispute.denied)] {
                w.element("div", &[], |w| {
                    w.html.leaf("h5", &[], heading);
                    list(w, side);
                });
            }
        });
        writer.html.line();
    }
}

fn list(writer: &mut Writer, all: &[Told]) {
    writer.element("ul", &[("class", "steps")], |w| {
        for told in all {
            w.element("li", &[], |w| {
                w.when(told.entry);
                w.element("p", &[], |w| w.told(told));
            });
            w.html.line();
        }
    });
    writer.html.line();
}
