//! The story over time as Markdown, for the key that exports it: what the screen shows, with whole sentences.

use std::fmt::Write;

use crate::story::{Course, Story, Told};
use crate::text::Shown;

/// The story as a text.
pub fn markdown(story: &Story) -> String {
    let mut out = format!("# A story in {} articles\n", story.entries.len());
    for course in &story.courses {
        thread(story, course, &mut out);
    }
    if !story.echoes.is_empty() {
        out.push_str("\n## The same quote in several articles\n");
        for echo in &story.echoes {
            out.push('\n');
            for print in &echo.prints {
                let kept = story.entries.get(print.entry).and_then(|e| e.kept.get(print.kept));
                let Some(kept) = kept else { continue };
                let who = if kept.who.is_empty() { "nobody named" } else { &kept.who };
                let _ =
                    writeln!(out, "* {}: {}: “{}”", source(story, print.entry), escaped(who), escaped(&kept.content));
            }
        }
    }
    if !story.voices.is_empty() {
        out.push_str("\n## Who is quoted\n\n");
        for voice in &story.voices {
            let _ = writeln!(
                out,
                "* {}: quotes: {}; articles: {}; claims: {}, certain: {}, denied: {}",
                escaped(&voice.name),
                voice.quotes,
                voice.articles,
                voice.claims,
                voice.certain,
                voice.denied
            );
        }
    }
    out
}

fn thread(story: &Story, course: &Course, out: &mut String) {
    let _ =
        writeln!(out, "\n## {}: {}, mentions: {}\n", escaped(&course.name), course.status.word(), course.mentions());
    if course.points.is_empty() {
        out.push_str("No article names it.\n");
    }
    for step in &course.steps {
        told(story, &step.told, step.change.word(), out);
        if let Some(before) = &step.before {
            out.push_str("  ");
            told(story, before, "was", out);
        }
    }
    for question in &course.open {
        told(story, question, "open question", out);
    }
}

fn told(story: &Story, told: &Told, word: &str, out: &mut String) {
    let who = if told.who.is_empty() { String::new() } else { format!("{}: ", escaped(&told.who)) };
    let _ = writeln!(out, "* {}: {word}: {who}{}", source(story, told.entry), escaped(&told.sentence));
}

/// `14 Mar 2026, Screen Weekly`
fn source(story: &Story, entry: usize) -> String {
    let Some(entry) = story.entries.get(entry) else { return String::new() };
    let paper = if entry.outlet.is_empty() { &entry.title } else { &entry.outlet };
    let day = entry.day.map_or_else(|| "no date".to_owned(), |day| entry.dated.mark(day.iso()));
    format!("{day}, {}", escaped(paper))
}

/// A line of text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in Shown::line(text).as_str().chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Status;
    use crate::story::follow;
    use crate::story::tests::{about, claim, quote};

    #[test]
    fn a_story_is_told_in_words() {
        let said = || quote("Ada Quill", "Zalem will be <b>seen</b> from inside one day", &[]);
        let maybe = claim("Zalem might be seen from inside", "possible affirmed", 1.0);
        let entries = vec![
            about("2026-01-01", "Zalem", Status::Open, vec![said()]),
            about("2026-02-01", "Zalem", Status::Mentioned, vec![said(), maybe]),
        ];
        let text = markdown(&follow(entries, &["Zalem".to_owned(), "Nova".to_owned()]));
        assert!(text.starts_with("# A story in 2 articles\n\n## Zalem: "), "{text}");
        assert!(text.contains("* 2026-01-01, : first: "), "{text}");
        assert!(text.contains("## Nova: ") && text.contains("No article names it."), "{text}");
        assert!(text.contains("Ada Quill: “Zalem will be \\<b\\>seen"), "{text}");
        assert!(text.contains("* Ada Quill: quotes: 2; articles: 2; claims: 0"), "{text}");
    }
}
