//! How a thread runs through the articles of a story: where it surfaces, what changed, what is still open.

use super::claims::{self, Dispute};
use super::{Entry, Sort};
use crate::analysis::Status;
use crate::document::Day;

/// Open questions that are kept of a thread, the latest first.
const MOST_QUESTIONS: usize = 6;

/// What an article changed about a thread.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Change {
    /// It names the thread first.
    First,
    /// It says with more certainty what was said before.
    Firmer,
    /// It says with less certainty what was said before.
    Softer,
    /// It denies what was said before.
    Denied,
    /// It affirms what was denied before.
    Affirmed,
    /// Something happened.
    Advanced,
    /// It ended.
    Resolved,
    /// It had ended and is open again.
    Reopened,
}

impl Change {
    /// One word for it.
    pub fn word(self) -> &'static str {
        match self {
            Change::First => "first",
            Change::Firmer => "firmer",
            Change::Softer => "softer",
            Change::Denied => "denied",
            Change::Affirmed => "affirmed",
            Change::Advanced => "advanced",
            Change::Resolved => "resolved",
            Change::Reopened => "reopened",
        }
    }
}

/// A sentence of an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Which article.
    pub entry: usize,
    /// Where the sentence, or what matters of it, starts in its text, in bytes.
    pub start: usize,
    /// The sentence.
    pub sentence: String,
    /// Who says it; empty for the article.
    pub who: String,
}

/// A change, with the sentence that makes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// What changed.
    pub change: Change,
    /// Where.
    pub told: Told,
    /// What had been said before, for a change of certainty.
    pub before: Option<Told>,
}

/// A thread through a story.
#[derive(Clone, PartialEq, Debug)]
pub struct Course {
    /// Its name.
    pub name: String,
    /// How it stands after the last article that says so.
    pub status: Status,
    /// The articles it surfaces in, with how often it is named.
    pub points: Vec<(usize, usize)>,
    /// What changed, in the order of the articles.
    pub steps: Vec<Step>,
    /// What is asked or left open, the latest first.
    pub open: Vec<Told>,
    /// What is both affirmed and denied of it.
    pub disputes: Vec<Dispute>,
    /// Days from the last article that names it to the last of the story.
    pub silent: Option<i32>,
}

impl Course {
    /// How often it is named in all articles.
    pub fn mentions(&self) -> usize {
        self.points.iter().map(|(_, m)| m).sum()
    }

    /// The first and the last article that name it.
    pub fn ends(&self) -> Option<(usize, usize)> {
        Some((self.points.first()?.0, self.points.last()?.0))
    }
}

/// Follows one thread. Articles in the order in which they appeared.
pub(super) fn course(entries: &[Entry], name: &str) -> Course {
    let surfaces = |(number, entry): (usize, &Entry)| {
        entry.surfaces.iter().find(|s| s.thread == name).map(|s| (number, s.mentions))
    };
    let points: Vec<(usize, usize)> = entries.iter().enumerate().filter_map(surfaces).collect();
    let mut steps = by_status(entries, name, &points);
    let read = claims::about(entries, name, &points);
    steps.extend(read.steps());
    steps.sort_by_key(|s| (s.told.entry, s.change != Change::First, s.told.start));
    let silent = silence(entries, &points);
    let status = points.iter().rev().find_map(|&(e, _)| standing(&entries[e], name)).unwrap_or_default();
    let open = questions(entries, name, &points, status);
    Course { name: name.to_owned(), status, points, steps, open, disputes: read.disputes(), silent }
}

fn silence(entries: &[Entry], points: &[(usize, usize)]) -> Option<i32> {
    let last: Day = points.iter().rev().find_map(|&(e, _)| entries[e].day)?;
    Some(entries.iter().filter_map(|e| e.day).max()?.0 - last.0)
}

/// How a thread stands in an article that says so.
fn standing(entry: &Entry, name: &str) -> Option<Status> {
    entry.surfaces.iter().find(|s| s.thread == name).map(|s| s.status).filter(|&s| s != Status::Mentioned)
}

fn by_status(entries: &[Entry], name: &str, points: &[(usize, usize)]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut stood = None;
    for &(number, _) in points {
        let Some(surface) = entries[number].surfaces.iter().find(|s| s.thread == name) else { continue };
        let sentence = surface.sentence.clone();
        let told = Told { entry: number, start: surface.start, sentence, who: String::new() };
        let mut step = |change| steps.push(Step { change, told: told.clone(), before: None });
        if number == points[0].0 {
            step(Change::First);
        }
        match (stood, surface.status) {
            (_, Status::Mentioned) => continue,
            (Some(Status::Resolved), Status::Open | Status::Advanced) => step(Change::Reopened),
            (before, Status::Resolved) if before != Some(Status::Resolved) => step(Change::Resolved),
            (Some(Status::Open), Status::Advanced) => step(Change::Advanced),
            _ => {}
        }
        stood = Some(surface.status);
    }
    steps
}

/// What is asked about a thread, or said to be open, the latest first; nothing once it is resolved.
fn questions(entries: &[Entry], name: &str, points: &[(usize, usize)], status: Status) -> Vec<Told> {
    if status == Status::Resolved {
        return Vec::new();
    }
    let mut open = Vec::new();
    for &(entry, _) in points.iter().rev() {
        let asked = entries[entry].kept.iter().filter(|k| k.sort == Sort::Question);
        for kept in asked.filter(|k| k.threads.iter().any(|t| t == name)) {
            let start = kept.span.start().byte();
            open.push(Told { entry, start, sentence: kept.content.clone(), who: String::new() });
        }
        let surface = entries[entry].surfaces.iter().find(|s| s.thread == name && s.status == Status::Open);
        if let Some(s) = surface {
            open.push(Told { entry, start: s.start, sentence: s.sentence.clone(), who: String::new() });
        }
    }
    open.truncate(MOST_QUESTIONS);
    open
}

#[cfg(test)]
mod tests {
    use super::super::tests::{about, article, claim};
    use super::*;

    fn steps(entries: &[Entry]) -> Vec<(usize, &'static str)> {
        course(entries, "Zalem").steps.iter().map(|s| (s.told.entry, s.change.word())).collect()
    }

    #[test]
    fn a_thread_is_firmer_softer_and_denied() {
        let entries = [
            about(
                "2026-01-01",
                "Zalem",
                Status::Mentioned,
                vec![claim("Zalem might be seen from inside", "possible affirmed", 1.0)],
            ),
            about(
                "2026-02-01",
                "Zalem",
                Status::Mentioned,
                vec![claim("Zalem will be seen from inside", "certain affirmed", 3.0)],
            ),
            about(
                "2026-03-01",
                "Zalem",
                Status::Mentioned,
                vec![claim("Zalem will not be seen from inside", "certain denied", -3.0)],
            ),
            about("2026-04-01", "Zalem", Status::Mentioned, vec![claim("Zalem had a budget", "certain affirmed", 3.0)]),
        ];
        assert_eq!(steps(&entries), [(0, "first"), (1, "firmer"), (2, "denied")]);
    }

    #[test]
    fn its_status_moves() {
        let entries = [
            about("2026-01-01", "Zalem", Status::Open, vec![]),
            about("2026-02-01", "Zalem", Status::Mentioned, vec![]),
            about("2026-03-01", "Zalem", Status::Advanced, vec![]),
            about("2026-04-01", "Zalem", Status::Resolved, vec![]),
            article("2026-05-01", vec![]),
        ];
        assert_eq!(steps(&entries), [(0, "first"), (2, "advanced"), (3, "resolved")]);
        let course = course(&entries, "Zalem");
        assert_eq!((course.status, course.silent, course.mentions()), (Status::Resolved, Some(30), 4));
        assert!(course.open.is_empty());
    }
}
