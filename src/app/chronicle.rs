//! `S`: the story over time. Threads over the days, what changed about the one that is looked at, quotes that several
//! articles print, and who is quoted; every row leads to its sentence.

use std::sync::Arc;

use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::Overlay;
use super::search::Where;
use crate::document::Day;
use crate::lexicon::threads;
use crate::story::{Course, Dated, Echo, Likeness, Print, Story, Told};
use crate::text::shown_name;
use crate::widgets::{Input, Line, Role, shorten, strip, wrapped};

/// Cells before the strip of a thread.
const NAME: usize = 28;
/// A narrower screen shows no papers.
const NARROW: usize = 60;
/// Cells before a sentence, with 15 of them for the paper.
const TEXT: usize = 36;
/// Cells before a sentence that is shown whole.
const UNFOLDED: usize = 10;
/// Quotes that are printed in several articles, of which this many are listed.
const MOST_ECHOES: usize = 40;
/// People who are listed.
const MOST_VOICES: usize = 30;
/// Days without a mention after which a thread is called silent.
const SILENT: i32 = 14;

/// The keys of the story, for its help.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("j k  ↓ ↑", "next, previous row"),
    ("Tab", "next part: threads, what changed, the same quotes, who is quoted"),
    ("h l", "earlier, later change of the thread"),
    ("Enter", "to the passage; on a thread to its changes; on a name to all they say"),
    ("Space  b", "ten rows on, ten back"),
    ("g  G", "the first row, the last"),
    ("E", "export the story, to a file"),
    ("S  q  Esc", "close"),
];

/// The story with what is chosen in it.
pub(super) struct Chronicle {
    pub story: Arc<Story>,
    /// The letter of each thread, as in the margin of the text.
    pub letters: Vec<char>,
    /// The thread whose changes are listed.
    pub course: usize,
    /// The chosen row, among those that can be chosen.
    pub chosen: usize,
}

/// What a row leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Target {
    Course(usize),
    /// An article and a place in its text, in bytes.
    Passage(usize, usize),
    Voice(String),
}

struct Row {
    target: Option<Target>,
    line: Line,
    /// All of what the line has no room for, to be shown when it is chosen.
    full: String,
}

impl Row {
    fn plain(line: Line) -> Self {
        Self { target: None, line, full: String::new() }
    }

    fn to(target: Target, line: Line) -> Self {
        Self { target: Some(target), line, full: String::new() }
    }

    /// A row for a sentence, cut to its room.
    fn of(target: Target, line: Line, text: String, cells: usize) -> Self {
        let before = if cells < NARROW { TEXT - 17 } else { TEXT - 15 + paper_cells(cells) };
        let short = shorten(&text, cells.saturating_sub(before + 3));
        let full = if short == text { String::new() } else { text };
        Self { target: Some(target), line: line.to(before).say(short, Role::Text), full }
    }
}

impl Model {
    /// Asks for the story of the open articles.
    pub(super) fn ask_for_story(&mut self, commands: &mut Vec<Cmd>) {
        let paths = self.paths();
        if paths.len() < 2 {
            self.tell("a story is told by several files: sayso FOLDER, or L for all that is saved");
            return;
        }
        self.tell("reading the story…");
        commands.push(Cmd::Follow(paths));
    }

    /// Shows a story that has been followed.
    pub(super) fn show_story(&mut self, mut story: Arc<Story>) {
        self.told = None;
        let own = threads::of_story(&self.threads());
        let (asked, known) = story.courses.iter().partition::<Vec<_>, _>(|c| !own.contains(&c.name));
        if known.iter().all(|c| c.points.is_empty()) && asked.len() < story.courses.len() {
            let courses = asked.into_iter().cloned().collect();
            story = Arc::new(Story { courses, ..Story::clone(&story) });
        }
        if story.entries.is_empty() {
            self.tell("nothing of this story is in the library yet");
            return;
        }
        let known = self.threads();
        let letter_of = |c: &Course| {
            let own = known.iter().find(|t| t.name == c.name).map(|t| t.letter);
            own.or(c.name.chars().next()).unwrap_or(' ')
        };
        let letters = story.courses.iter().map(letter_of).collect();
        if let Some(Overlay::Story(chronicle)) = self.overlays.last_mut() {
            chronicle.story = story;
            chronicle.letters = letters;
            return;
        }
        self.overlays.push(Overlay::Story(Chronicle { story, letters, course: 0, chosen: 0 }));
    }

    /// A key while the story is shown.
    pub(super) fn story_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Story(mut chronicle)) = self.overlays.pop() else { return Vec::new() };
        let targets = targets(&chronicle);
        let last = targets.len().saturating_sub(1);
        match (key.code, key.ctrl) {
            (Code::Esc | Code::Char('q' | 'S'), false) => return Vec::new(),
            (Code::Char('c'), true) | (Code::Char('Q'), false) => {
                return super::run::run(self, super::action::Action::Quit, None);
            }
            (Code::Enter, _) | (Code::Char('j'), true) => return self.follow_row(chronicle, &targets),
            (Code::Down | Code::Char('j'), _) => chronicle.chosen = (chronicle.chosen + 1).min(last),
            (Code::Up | Code::Char('k'), _) => chronicle.chosen = chronicle.chosen.saturating_sub(1),
            (Code::PageDown | Code::Char(' '), _) => chronicle.chosen = (chronicle.chosen + 10).min(last),
            (Code::PageUp | Code::Char('b'), _) => chronicle.chosen = chronicle.chosen.saturating_sub(10),
            (Code::Home | Code::Char('g'), _) => chronicle.chosen = 0,
            (Code::End | Code::Char('G'), _) => chronicle.chosen = last,
            (Code::Tab, _) => chronicle.chosen = next_section(&targets, chronicle.chosen),
            (Code::Char('l') | Code::Right, false) => chronicle.chosen = in_time(&chronicle, &targets, true),
            (Code::Char('h') | Code::Left, false) => chronicle.chosen = in_time(&chronicle, &targets, false),
            (Code::Char('?') | Code::Function(1), false) => {
                self.overlays.push(Overlay::Story(chronicle));
                return super::run::run(self, super::action::Action::Help, None);
            }
            (Code::Char('E'), false) => {
                self.overlays.push(Overlay::Story(chronicle));
                self.overlays.push(Overlay::Export(Input::with("story.md")));
                return Vec::new();
            }
            _ => {}
        }
        if let Some(Target::Course(course)) = targets.get(chronicle.chosen) {
            chronicle.course = *course;
        }
        self.overlays.push(Overlay::Story(chronicle));
        Vec::new()
    }

    fn follow_row(&mut self, mut chronicle: Chronicle, targets: &[Target]) -> Vec<Cmd> {
        let mut commands = Vec::new();
        match targets.get(chronicle.chosen) {
            Some(Target::Passage(entry, start)) => {
                if let Some(entry) = chronicle.story.entries.get(*entry) {
                    self.open_file(&entry.path, Some(*start), &mut commands);
                }
            }
            Some(Target::Voice(name)) => {
                let typed = format!("speaker:\"{name}\" ");
                self.overlays.push(Overlay::Story(chronicle));
                return self.search_for(&typed, Where::Library);
            }
            Some(Target::Course(course)) => {
                chronicle.course = *course;
                let first = targets.iter().position(|t| matches!(t, Target::Passage(..)));
                chronicle.chosen = first.unwrap_or(chronicle.chosen);
                self.overlays.push(Overlay::Story(chronicle));
            }
            None => self.overlays.push(Overlay::Story(chronicle)),
        }
        commands
    }
}

/// The row of the next change of the thread that is looked at, or of the one before; before the first stands the thread.
fn in_time(chronicle: &Chronicle, targets: &[Target], on: bool) -> usize {
    let here = chronicle.chosen;
    let course = chronicle.story.courses.get(chronicle.course);
    let count = course.map_or(0, |c| c.steps.iter().map(|s| 1 + usize::from(s.before.is_some())).sum::<usize>());
    let first = chronicle.story.courses.len();
    let changes = first..(first + count).min(targets.len());
    match (changes.contains(&here), on) {
        (true, true) => (here + 1).min(changes.end - 1),
        (true, false) if here > changes.start => here - 1,
        (true, false) => chronicle.course,
        (false, true) if here < first && !changes.is_empty() => changes.start,
        _ => here,
    }
}

/// The first row of the next kind of rows.
fn next_section(targets: &[Target], from: usize) -> usize {
    let kind = |t: &Target| std::mem::discriminant(t);
    let here = targets.get(from).map(kind);
    let next = targets.iter().enumerate().skip(from).find(|(_, t)| Some(kind(t)) != here);
    next.map_or(0, |(i, _)| i)
}

/// The title of the sheet.
pub(super) fn title(story: &Story) -> String {
    let days = || story.entries.iter().filter_map(|e| Some((e.day?, e.dated)));
    let shown = |(day, by): (Day, Dated)| by.mark(day.to_string());
    let span = match (days().min_by_key(|d| d.0), days().max_by_key(|d| d.0)) {
        (Some(first), Some(last)) if first.0 != last.0 => format!(" · {} – {}", shown(first), shown(last)),
        (Some(day), _) => format!(" · {}", shown(day)),
        _ => String::new(),
    };
    format!("Story · {} articles{span}", story.entries.len())
}

/// The lines of the sheet and which of them is chosen.
pub(super) fn lines(chronicle: &Chronicle, cells: usize, ascii: bool) -> (Vec<Line>, usize) {
    let mut chosen = 0;
    let mut number = 0;
    let mut lines = Vec::new();
    for row in rows(chronicle, cells, ascii) {
        let here = row.target.is_some() && number == chronicle.chosen;
        if here {
            chosen = lines.len();
        }
        number += usize::from(row.target.is_some());
        let bar = if here { Line::of("▌ ", Role::Bar) } else { Line::of("  ", Role::Text) };
        lines.push(bar.then(row.line));
        if here && !row.full.is_empty() {
            let rest = wrapped(&row.full, cells.saturating_sub(UNFOLDED + 2), 6);
            lines.extend(rest.into_iter().map(|l| Line::of("▌ ", Role::Bar).to(UNFOLDED).say(l, Role::Text)));
        }
    }
    (lines, chosen)
}

/// What the rows lead to, without the rows.
fn targets(chronicle: &Chronicle) -> Vec<Target> {
    let story = &*chronicle.story;
    let passage = |told: &Told| Target::Passage(told.entry, told.start);
    let mut targets: Vec<Target> = (0..story.courses.len()).map(Target::Course).collect();
    if let Some(course) = story.courses.get(chronicle.course) {
        for step in &course.steps {
            targets.extend(std::iter::once(&step.told).chain(&step.before).map(passage));
        }
        targets.extend(course.open.iter().map(passage));
    }
    for print in story.echoes.iter().take(MOST_ECHOES).flat_map(|e| &e.prints) {
        let kept = story.entries.get(print.entry).and_then(|e| e.kept.get(print.kept));
        targets.extend(kept.map(|k| Target::Passage(print.entry, k.span.start().byte())));
    }
    targets.extend(story.voices.iter().take(MOST_VOICES).map(|v| Target::Voice(v.name.clone())));
    targets
}

fn rows(chronicle: &Chronicle, cells: usize, ascii: bool) -> Vec<Row> {
    let story = &*chronicle.story;
    let mut rows = vec![Row::plain(months(story, cells))];
    for (number, course) in story.courses.iter().enumerate() {
        let letter = chronicle.letters.get(number).copied().unwrap_or(' ');
        rows.push(Row::to(Target::Course(number), thread(story, (course, letter), cells, ascii)));
    }
    if let Some(course) = story.courses.get(chronicle.course) {
        changes(story, course, cells, &mut rows);
    }
    prints(story, cells, &mut rows);
    voices(story, &mut rows);
    rows
}

fn heading(rows: &mut Vec<Row>, text: String) {
    rows.push(Row::plain(Line::new()));
    rows.push(Row::plain(Line::of(text, Role::Heading)));
}

/// The days from the first to the last article, in as many cells as there are for a strip.
struct Axis {
    first: i32,
    days: i32,
    cells: usize,
}

impl Axis {
    fn new(story: &Story, cells: usize) -> Option<Self> {
        let days = || story.entries.iter().filter_map(|e| e.day);
        let (first, last) = (days().min()?.0, days().max()?.0);
        Some(Self { first, days: (last - first).max(1), cells: cells.saturating_sub(NAME + 22).clamp(8, 80) })
    }

    fn cell(&self, day: Day) -> usize {
        let along = usize::try_from(day.0 - self.first).unwrap_or(0) * self.cells;
        (along / usize::try_from(self.days).unwrap_or(1).max(1)).min(self.cells - 1)
    }
}

impl Axis {
    /// The first day that a cell stands for.
    fn first_day(&self, cell: usize) -> Day {
        let days = usize::try_from(self.days).unwrap_or(1);
        Day(self.first + i32::try_from((cell * days).div_ceil(self.cells)).unwrap_or(0))
    }
}

/// The names of the months over the strips, where each begins.
fn months(story: &Story, cells: usize) -> Line {
    let Some(axis) = Axis::new(story, cells) else { return Line::new() };
    let mut row = " ".repeat(NAME);
    let mut before = None;
    for cell in 0..axis.cells {
        let month = axis.first_day(cell).month();
        let column = NAME + cell;
        let filled = row.chars().count();
        if before.as_ref() != Some(&month) && filled <= column {
            row.push_str(&" ".repeat(column - filled));
            row.push_str(&month.1);
            row.push(' ');
        }
        before = Some(month);
    }
    Line::of(row, Role::Dim)
}

fn thread(story: &Story, (course, letter): (&Course, char), cells: usize, ascii: bool) -> Line {
    let line = Line::of(format!("{letter} "), Role::Thread)
        .say(shorten(&course.name, 14), Role::Text)
        .to(17)
        .say(course.status.word(), Role::Dim)
        .to(NAME);
    let Some(axis) = Axis::new(story, cells) else { return line };
    let mut counts = vec![0u32; axis.cells];
    for &(entry, mentions) in &course.points {
        if let Some(day) = story.entries.get(entry).and_then(|e| e.day) {
            counts[axis.cell(day)] += u32::try_from(mentions).unwrap_or(u32::MAX);
        }
    }
    let silent = match course.silent {
        Some(days) if days >= SILENT => format!(" · silent {days} d"),
        _ => String::new(),
    };
    line.say(strip(&counts, ascii), Role::Thread).say(format!("  {}{silent}", course.mentions()), Role::Dim)
}

/// Cells for the paper: more where there is room, none where the sentence needs it.
fn paper_cells(cells: usize) -> usize {
    if cells < NARROW { 0 } else { 15 + cells.saturating_sub(80).min(60) / 4 }
}

/// `14 Mar  Screen Weekly    `
fn dated(story: &Story, entry: usize, cells: usize) -> Line {
    let entry = story.entries.get(entry);
    let day = entry.and_then(|e| Some((e.day?, e.dated))).map_or_else(|| "—".to_owned(), |(d, by)| by.mark(d.short()));
    let paper = entry.map(|e| if e.outlet.is_empty() { e.title.as_str() } else { e.outlet.as_str() });
    // A text without a title is called by its path, of which the end says most.
    let paper = paper.and_then(|p| p.rsplit('/').next()).unwrap_or_default();
    let line = Line::of(day, Role::Dim).to(9);
    match paper_cells(cells) {
        0 => line,
        room => line.say(shorten(shown_name(paper).as_str(), room), Role::Text).to(10 + room),
    }
}

fn passage(story: &Story, told: &Told, word: &str, cells: usize) -> Row {
    let who = if told.who.is_empty() { String::new() } else { format!("{}: ", told.who) };
    let line = dated(story, told.entry, cells).say(word.to_owned(), Role::Heading);
    Row::of(Target::Passage(told.entry, told.start), line, format!("{who}{}", told.sentence), cells)
}

fn changes(story: &Story, course: &Course, cells: usize, rows: &mut Vec<Row>) {
    heading(rows, format!("{} — what changed", course.name));
    if course.points.is_empty() {
        rows.push(Row::plain(Line::of("no article names it", Role::Dim)));
    }
    for step in &course.steps {
        rows.push(passage(story, &step.told, step.change.word(), cells));
        if let Some(before) = &step.before {
            let line = dated(story, before.entry, cells).say("  was", Role::Dim);
            rows.push(Row::of(Target::Passage(before.entry, before.start), line, before.sentence.clone(), cells));
        }
    }
    if !course.open.is_empty() {
        heading(rows, "Open questions".to_owned());
        rows.extend(course.open.iter().map(|told| passage(story, told, "open", cells)));
    }
}

fn prints(story: &Story, cells: usize, rows: &mut Vec<Row>) {
    if story.echoes.is_empty() {
        return;
    }
    heading(rows, format!("The same quote in several articles — {}", story.echoes.len()));
    for (number, echo) in story.echoes.iter().take(MOST_ECHOES).enumerate() {
        if number > 0 {
            rows.push(Row::plain(Line::new()));
        }
        rows.extend(echo.prints.iter().filter_map(|print| print_row(story, echo, print, cells)));
    }
}

fn print_row(story: &Story, echo: &Echo, print: &Print, cells: usize) -> Option<Row> {
    let kept = story.entries.get(print.entry)?.kept.get(print.kept)?;
    let first = echo.prints.first() == Some(print);
    let word = match (first, print.likeness) {
        (true, _) => "first",
        (_, Likeness::Same) => "same",
        (_, Likeness::Part) => "in part",
        (_, Likeness::Near) => "≈ nearly",
    };
    let mut said = String::new();
    if !print.dropped.is_empty() {
        said = format!("without “{}”: ", print.dropped.join("”, “"));
    } else if !print.added.is_empty() {
        said = format!("with “{}”: ", print.added.join("”, “"));
    }
    let who = if kept.who.is_empty() { "nobody named" } else { kept.who.as_str() };
    let target = Target::Passage(print.entry, kept.span.start().byte());
    let text = format!("{said}{who}: “{}”", kept.content);
    Some(Row::of(target, dated(story, print.entry, cells).say(word, Role::Heading), text, cells))
}

fn voices(story: &Story, rows: &mut Vec<Row>) {
    if story.voices.is_empty() {
        return;
    }
    heading(rows, format!("Who is quoted — {}", story.voices.len()));
    for voice in story.voices.iter().take(MOST_VOICES) {
        let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        let claims = if voice.claims == 0 {
            String::new()
        } else {
            format!("   {} of {} certain, {} denied", voice.certain, plural(voice.claims, "claim"), voice.denied)
        };
        let line = Line::of(shorten(&voice.name, 24), Role::Text)
            .to(26)
            .say(format!("{} in {}", plural(voice.quotes, "quote"), plural(voice.articles, "article")), Role::Dim)
            .say(claims, Role::Dim);
        rows.push(Row::to(Target::Voice(voice.name.clone()), line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Status;
    use crate::story::tests::{about, claim, quote};
    use crate::story::{Dated, Entry, follow};

    #[test]
    fn a_day_that_is_only_the_files_is_in_brackets() {
        let told = about("2026-01-05", "Zalem", Status::Open, Vec::new());
        let file = Entry { dated: Dated::File, ..about("2026-11-27", "Zalem", Status::Open, Vec::new()) };
        let story = follow(vec![told, file], &["Zalem".to_owned()]);
        let days = [0, 1].map(|entry| dated(&story, entry, 40).text().trim_end().to_owned());
        assert_eq!(days, ["05 Jan", "(27 Nov)"]);
        assert_eq!(title(&story), "Story · 2 articles · 5 Jan 2026 – (27 Nov 2026)");
    }

    #[test]
    fn a_thread_has_the_letter_of_the_margin() {
        let (document, _) = crate::index::sample::article();
        let (mut model, _) =
            Model::open(vec![Arc::new(document)], crate::app::Options::default(), ratatui::layout::Size::new(80, 24));
        let key = crate::analysis::ThreadDefinition {
            name: "Lantern Key".to_owned(),
            aliases: Vec::new(),
            letter: 'K',
            kind: None,
        };
        model.following = crate::store::Following::from(vec![key]);
        let entries = vec![about("2026-01-05", "Lantern Key", Status::Open, Vec::new())];
        model.show_story(Arc::new(follow(entries, &["Lantern Key".to_owned()])));
        let Some(Overlay::Story(chronicle)) = model.overlays.last() else { panic!("the story is shown") };
        assert!(lines(chronicle, 80, false).0[1].text().contains("K Lantern Key"));
    }

    #[test]
    fn the_keys_go_where_the_rows_are() {
        let said = |hedges: &[&str]| quote("Ada Quill", "Zalem will be seen from inside one day", hedges);
        let certain = claim("Zalem will be seen from inside", "certain affirmed", 3.0);
        let maybe = claim("Zalem might be seen from inside", "possible affirmed", 1.0);
        let entries = vec![
            about("2026-01-01", "Zalem", Status::Open, vec![said(&["might"]), certain]),
            about("2026-02-01", "Zalem", Status::Mentioned, vec![said(&[]), maybe]),
            about("2026-03-01", "Nova", Status::Advanced, vec![said(&[])]),
        ];
        let story = Arc::new(follow(entries, &["Zalem".to_owned(), "Nova".to_owned()]));
        assert!(!story.echoes.is_empty() && !story.voices.is_empty());
        for course in 0..2 {
            let chronicle = Chronicle { story: Arc::clone(&story), letters: vec!['Z', 'N'], course, chosen: 0 };
            for cells in [30, 80, 200] {
                let drawn: Vec<Target> = rows(&chronicle, cells, false).into_iter().filter_map(|r| r.target).collect();
                assert_eq!(drawn, targets(&chronicle));
            }
        }
    }
}
