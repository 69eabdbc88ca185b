//! A story is told by many articles over time: how its threads run, which quotes several articles print, who is heard.
//!
//! [`Entry::of`] says what to keep of one analysed article; [`follow`] makes the story of many. Nothing here reads or writes.

mod claims;
mod course;
mod echo;
mod entry;
mod voice;
mod words;

pub use claims::Dispute;
pub use course::{Change, Course, Step, Told};
pub use echo::{Echo, Likeness, Print};
pub use entry::{Dated, Entry, Kept, Sort, Surface};
pub use voice::Voice;

use crate::document::Day;

/// The articles in the order in which they appeared, with what runs through them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Story {
    /// The articles, by day and then by path; those without a day last.
    pub entries: Vec<Entry>,
    /// The threads, in the order in which they were asked for.
    pub courses: Vec<Course>,
    /// Quotes that several articles print, the latest first.
    pub echoes: Vec<Echo>,
    /// Who is quoted, the most quoted first.
    pub voices: Vec<Voice>,
}

/// Makes the story of some articles, following the threads of these names.
pub fn follow(mut entries: Vec<Entry>, threads: &[String]) -> Story {
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    let courses = threads.iter().map(|name| course::course(&entries, name)).collect();
    let mut echoes = echo::echoes(&entries);
    echoes.sort_by_key(|e| std::cmp::Reverse(e.prints.iter().map(|p| p.entry).max()));
    let voices = voice::voices(&entries);
    Story { entries, courses, echoes, voices }
}

fn order(entry: &Entry) -> (Day, &str) {
    (entry.day.unwrap_or(Day(i32::MAX)), &entry.path)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::analysis::Status;
    use crate::text::Span;

    /// An article of a day with these findings.
    pub fn article(day: &str, kept: Vec<Kept>) -> Entry {
        Entry { path: format!("{day}.txt"), day: Day::from_iso(day), kept, ..Entry::default() }
    }

    /// An article in which a thread surfaces.
    pub fn about(day: &str, thread: &str, status: Status, kept: Vec<Kept>) -> Entry {
        let sentence = format!("Something of {thread}.");
        let surface = Surface { thread: thread.to_owned(), mentions: 1, status, sentence, start: 0 };
        let kept = kept.into_iter().map(|k| Kept { threads: vec![thread.to_owned()], ..k }).collect();
        Entry { surfaces: vec![surface], ..article(day, kept) }
    }

    fn kept(sort: Sort, content: &str) -> Kept {
        Kept {
            sort,
            span: Span::of(0, content.len()),
            content: content.to_owned(),
            who: String::new(),
            head: content.rsplit(' ').next().unwrap_or_default().to_owned(),
            traits: String::new(),
            threads: Vec::new(),
            hedges: Vec::new(),
            factuality: 0.0,
        }
    }

    /// A quote.
    pub fn quote(who: &str, content: &str, hedges: &[&str]) -> Kept {
        let hedges = hedges.iter().map(|&h| h.to_owned()).collect();
        Kept { who: who.to_owned(), traits: "direct sure".to_owned(), hedges, ..kept(Sort::Quote, content) }
    }

    /// A claim.
    pub fn claim(content: &str, traits: &str, factuality: f32) -> Kept {
        Kept { traits: traits.to_owned(), factuality, ..kept(Sort::Claim, content) }
    }

    #[test]
    fn articles_are_put_in_order() {
        let undated = Entry { path: "a.txt".into(), ..Entry::default() };
        let entries = vec![undated, article("2026-03-01", vec![]), article("2026-01-01", vec![])];
        let story = follow(entries, &["Zalem".to_owned()]);
        let days: Vec<_> = story.entries.iter().map(|e| e.path.as_str()).collect();
        assert_eq!(days, ["2026-01-01.txt", "2026-03-01.txt", "a.txt"]);
        assert!(story.courses[0].points.is_empty());
    }
}
