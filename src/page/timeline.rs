//! The days of a story from left to right, a line for each thread: a dot for every article that names it, the larger the more
//! often, with a mark where it changed something. Places are shares of the width, so that one picture fits every screen.

use super::html::Html;
use super::passage;
use super::writer::{Writer, title};
use crate::document::Day;
use crate::story::{Change, Course, Story};

/// Dots of one line, at most: articles nearer than this share of the width are one dot.
const COLUMNS: i64 = 160;
/// Months that are named under the lines, at most.
const MOST_MONTHS: usize = 8;
/// Room at the left and right end, in percent of the width.
const EDGE: i64 = 3;

/// The first and the last day of a story.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    first: i32,
    days: i32,
}

/// Articles that are drawn as one.
struct Dot {
    column: i64,
    /// The first of them.
    entry: usize,
    last: usize,
    articles: usize,
    mentions: usize,
    changes: Vec<Change>,
}

impl Axis {
    /// None for a story without days.
    pub fn of(story: &Story) -> Option<Self> {
        let days = || story.entries.iter().filter_map(|e| e.day);
        let (first, last) = (days().min()?.0, days().max()?.0);
        Some(Self { first, days: last - first })
    }

    fn column(self, day: Day) -> i64 {
        if self.days == 0 { COLUMNS / 2 } else { i64::from(day.0 - self.first) * COLUMNS / i64::from(self.days) }
    }

    fn dots(self, story: &Story, course: &Course) -> Vec<Dot> {
        let mut dots: Vec<Dot> = Vec::new();
        for &(entry, mentions) in &course.points {
            let Some(column) = story.entries[entry].day.map(|day| self.column(day)) else { continue };
            if dots.last().is_none_or(|d| d.column != column) {
                dots.push(Dot { column, entry, last: entry, articles: 0, mentions: 0, changes: Vec::new() });
            }
            let Some(dot) = dots.last_mut() else { continue };
            (dot.last, dot.articles, dot.mentions) = (entry, dot.articles + 1, dot.mentions + mentions);
            dot.changes.extend(course.steps.iter().filter(|s| s.told.entry == entry).map(|s| s.change));
        }
        dots
    }

    /// The months that are named, and where they begin.
    fn months(self) -> Vec<(i64, String)> {
        let mut months: Vec<(i64, String)> = Vec::new();
        let mut before = None;
        for number in self.first..=self.first + self.days {
            let month = Day(number).month();
            if before.as_ref() != Some(&month) {
                let year = before.as_ref().is_none_or(|b| b.0 != month.0);
                let name = if year { format!("{} {}", month.1, month.0) } else { month.1.clone() };
                months.push((self.column(Day(number)), name));
                before = Some(month);
            }
        }
        let each = months.len().div_ceil(MOST_MONTHS).max(1);
        months.into_iter().step_by(each).collect()
    }
}

/// A column as a share of the width.
fn percent(column: i64) -> String {
    let tenths = EDGE * 10 + column * (1000 - 20 * EDGE) / COLUMNS;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The sign of a change.
pub(super) fn sign(change: Change) -> &'static str {
    match change {
        Change::First => "•",
        Change::Firmer => "▲",
        Change::Softer => "▽",
        Change::Denied => "✕",
        Change::Affirmed => "✓",
        Change::Advanced => "▶",
        Change::Resolved => "■",
        Change::Reopened => "□",
    }
}

/// Writes the lines of all threads.
pub(super) fn write(writer: &mut Writer, axis: Axis) {
    let story = writer.story;
    let html = &mut writer.html;
    html.element("ul", &[("class", "lines")], |html| {
        for (number, course) in story.courses.iter().enumerate().filter(|(_, c)| !c.points.is_empty()) {
            html.element("li", &[], |html| {
                html.element("p", &[("class", "name")], |html| {
                    html.link(&format!("#t{}", number + 1), &course.name);
                    html.text(" ");
                    html.leaf("span", &[("class", "status")], course.status.word());
                });
                line(story, course, axis, html);
            });
            html.line();
        }
    });
    html.element("svg", &[("class", "months"), ("height", "20"), ("aria-hidden", "true")], |html| {
        for (column, name) in axis.months() {
            html.leaf("text", &[("x", &percent(column)), ("y", "14")], &name);
        }
    });
    html.line();
    html.element("p", &[("class", "legend")], |html| {
        html.text("A dot is an article, the larger the more often it names the thread. ");
        let changes = [
            Change::Firmer,
            Change::Softer,
            Change::Denied,
            Change::Affirmed,
            Change::Advanced,
            Change::Resolved,
            Change::Reopened,
        ];
        let told: Vec<String> = changes.iter().map(|&c| format!("{} {}", sign(c), c.word())).collect();
        html.text(&told.join(" · "));
    });
}

fn line(story: &Story, course: &Course, axis: Axis, html: &mut Html) {
    let label = format!("{}: the articles that name it, by day", course.name);
    html.element("svg", &[("class", "line"), ("height", "44"), ("role", "group"), ("aria-label", &label)], |html| {
        html.void("line", &[("x1", "0"), ("x2", "100%"), ("y1", "28"), ("y2", "28")]);
        for dot in axis.dots(story, course) {
            let (x, label) = (percent(dot.column), label_of(story, &dot));
            html.element("a", &[("href", &passage::article(dot.entry)), ("aria-label", &label)], |html| {
                html.leaf("title", &[], &label);
                html.void("circle", &[("cx", &x), ("cy", "28"), ("r", &radius(dot.mentions))]);
                let mut changes = dot.changes.clone();
                changes.retain(|c| *c != Change::First);
                changes.dedup();
                if !changes.is_empty() {
                    let signs: String = changes.into_iter().map(sign).collect();
                    html.leaf("text", &[("x", &x), ("y", "12")], &signs);
                }
            });
        }
    });
}

/// The area grows with the mentions, up to twenty.
fn radius(mentions: usize) -> String {
    let squared = 12 * u32::try_from(mentions.clamp(1, 20)).unwrap_or(20);
    format!("{:.1}", f64::from(squared).sqrt().min(13.0))
}

fn label_of(story: &Story, dot: &Dot) -> String {
    let day = |entry: usize| story.entries[entry].day.map(|d| d.to_string()).unwrap_or_default();
    let times = if dot.mentions == 1 { "once".to_owned() } else { format!("{} times", dot.mentions) };
    let mut label = if dot.articles == 1 {
        format!("{}, {}: named {times}", day(dot.entry), title(&story.entries[dot.entry]))
    } else {
        let days = if day(dot.entry) == day(dot.last) {
            day(dot.entry)
        } else {
            format!("{} – {}", day(dot.entry), day(dot.last))
        };
        format!("{days}, {} articles: named {times}", dot.articles)
    };
    for change in &dot.changes {
        label.push_str(", ");
        label.push_str(change.word());
    }
    label
}
