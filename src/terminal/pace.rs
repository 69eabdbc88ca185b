//! Frames no faster than the line carries them. On a slow line what is written waits in buffers that the program cannot see;
//! a key held for a second would be answered by half a minute of pages. So some bytes after the last answer a status report
//! is asked for at the end of a frame, and no further frame is written until the terminal has answered it: it has then shown
//! all that went before. Keys are read meanwhile, and the next frame holds what all of them have done.
//!
//! Nothing ever waits for the *first* answer: until a terminal has answered once, frames are written as they come, so that
//! one that never answers costs a few bytes and no time.

use std::time::{Duration, Instant};

/// Bytes between two questions.
const STRIDE: usize = 400;
/// A line that answers within this time is quick: keys need not wait for it as long as little is on its way.
const QUICK: Duration = Duration::from_millis(400);
/// Bytes that may be on their way on a quick line.
const WINDOW: usize = 2000;
/// How long an answer may take before frames are written without it.
const LONGEST: Duration = Duration::from_secs(8);
/// How long the end of the program waits for an answer that is on its way, so that the shell is not given it as keys.
const PARTING: Duration = Duration::from_millis(700);
/// The question (DSR 5). Its answer is unlike every key.
const QUESTION: &str = "\x1b[5n";

/// What is known of the line.
#[derive(Debug, Default)]
pub struct Pace {
    /// Nothing is ever asked.
    silent: bool,
    /// The terminal has answered.
    answers: bool,
    /// When the question on its way was asked.
    asked: Option<Instant>,
    /// Bytes since the last question.
    bytes: usize,
    /// How long the last answer took.
    took: Duration,
}

impl Pace {
    /// A line that nothing is known of; `silent` asks nothing and paces nothing.
    pub fn new(silent: bool) -> Self {
        Self { silent, bytes: STRIDE, ..Self::default() }
    }

    /// Whether a frame may be written now.
    pub fn is_open(&mut self, now: Instant) -> bool {
        if self.asked.is_some_and(|asked| now.duration_since(asked) >= LONGEST) {
            // It does not answer any more: ask again, but do not count on it.
            self.asked = None;
            self.answers = false;
        }
        let quick = |asked| self.took.max(now.duration_since(asked)) < QUICK && self.bytes < WINDOW;
        !self.answers || self.asked.is_none_or(quick)
    }

    /// When to look again, while a frame waits.
    pub fn until(&self) -> Option<Instant> {
        self.asked.filter(|_| self.answers).map(|asked| asked + LONGEST)
    }

    /// What to write after a frame of so many bytes.
    pub fn after(&mut self, bytes: usize, now: Instant) -> &'static str {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.silent || self.bytes < STRIDE || self.asked.is_some() || bytes == 0 {
            return "";
        }
        self.bytes = 0;
        self.asked = Some(now);
        QUESTION
    }

    /// The terminal has answered.
    pub fn answered(&mut self, now: Instant) {
        if let Some(asked) = self.asked.take() {
            self.took = now.duration_since(asked);
        }
        self.answers = true;
    }

    /// How long to wait for an answer before the terminal is given back.
    pub fn parting(&self, now: Instant) -> Option<Duration> {
        let longest = if self.answers { LONGEST } else { PARTING };
        self.asked.and_then(|asked| (asked + longest).checked_duration_since(now)).map(|rest| rest.min(PARTING))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_never_answers_is_never_waited_for() {
        let (mut pace, start) = (Pace::new(false), Instant::now());
        assert_eq!(pace.after(600, start), QUESTION);
        for _ in 0..100 {
            assert!(pace.is_open(start));
            assert_eq!(pace.after(1000, start), "");
        }
        assert_eq!(pace.until(), None);
        assert!(pace.is_open(start + LONGEST));
        assert_eq!(pace.after(1, start + LONGEST), QUESTION);
    }

    #[test]
    fn one_that_answers_is_waited_for_but_not_for_ever() {
        let (mut pace, start) = (Pace::new(false), Instant::now());
        assert_eq!(pace.after(600, start), QUESTION);
        pace.answered(start + QUICK);
        assert_eq!(pace.after(STRIDE - 1, start), "");
        assert!(pace.is_open(start));
        assert_eq!(pace.after(1, start), QUESTION);
        assert!(!pace.is_open(start));
        assert_eq!(pace.until(), Some(start + LONGEST));
        pace.answered(start + QUICK);
        assert!(pace.is_open(start));
        pace.after(STRIDE, start);
        assert!(pace.is_open(start + LONGEST));
        assert!(pace.is_open(start));
    }

    #[test]
    fn on_a_quick_line_keys_do_not_wait() {
        let (mut pace, start) = (Pace::new(false), Instant::now());
        pace.after(600, start);
        pace.answered(start + QUICK / 2);
        pace.after(1000, start);
        assert!(pace.is_open(start));
        pace.after(WINDOW, start);
        assert!(!pace.is_open(start));
        pace.answered(start);
        assert_eq!(pace.after(1, start), QUESTION);
        assert!(pace.is_open(start) && !pace.is_open(start + QUICK));
    }

    #[test]
    fn nothing_is_asked_when_nothing_may_be_or_nothing_was_written() {
        assert_eq!(Pace::new(true).after(10_000, Instant::now()), "");
        assert_eq!(Pace::new(false).after(0, Instant::now()), "");
    }
}
