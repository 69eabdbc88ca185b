//! The story of the articles in `tests/story`, told over time: its steps against those marked by hand, and its screens.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use sayso::analysis::analyse;
use sayso::app::{Cmd, Msg, Options};
use sayso::document::read;
use sayso::index::Index;
use sayso::lexicon::{Lexicon, threads};
use sayso::page::Leaf;
use sayso::store::{Match, Shelved};
use sayso::story::{Entry, Likeness, Sort, Story, follow};
use serde::Deserialize;

use crate::picture;
use crate::screen::Screen;

/// As much of `gold.toml` as is of use here.
#[derive(Deserialize)]
struct Gold {
    step: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    thread: String,
    file: String,
    kind: String,
    #[serde(default)]
    optional: bool,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/story")
}

/// The story, with the texts in the order of its articles.
pub fn told() -> (Story, Vec<Leaf>) {
    let toml = std::fs::read_to_string(folder().join("threads.toml")).expect("reads");
    let threads = threads::read(&toml, "threads.toml").expect("threads");
    let lexicon = Lexicon::english();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder().join("articles")).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let mut leaves = BTreeMap::new();
    let mut entry = |file: &PathBuf| {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let document = Arc::new(read(&std::fs::read(file).expect("reads"), &name).expect("a text"));
        let analysis = analyse(&document, &lexicon, &threads);
        let entry = Entry::of(&document, &analysis, &Index::new(&document, &analysis), None);
        leaves.insert(name, Leaf { document, sentences: analysis.sentences });
        entry
    };
    let entries = files.iter().map(&mut entry).collect();
    let names: Vec<String> = threads.iter().map(|t| t.name.clone()).collect();
    let story = follow(entries, &names);
    let leaves = story.entries.iter().map(|e| leaves[&e.path].clone()).collect();
    (story, leaves)
}

fn story() -> Story {
    told().0
}

/// The kind of a step as it was marked by hand: what happens makes a thread firmer too.
fn kind(word: &str) -> &str {
    if matches!(word, "advanced" | "affirmed") { "firmer" } else { word }
}

#[test]
#[expect(clippy::print_stdout, reason = "figures to look at")]
fn steps_are_those_a_reader_marks() {
    let gold: Gold =
        toml::from_str(&std::fs::read_to_string(folder().join("gold.toml")).expect("reads")).expect("gold");
    let story = story();
    let told: Vec<(String, String, String)> = story
        .courses
        .iter()
        .flat_map(|c| c.steps.iter().map(move |s| (c.name.clone(), s)))
        .map(|(name, s)| (name, story.entries[s.told.entry].path.clone(), kind(s.change.word()).to_owned()))
        .collect();
    let marked = |s: &Step| (s.thread.clone(), s.file.clone(), s.kind.clone());
    let needed: Vec<&Step> = gold.step.iter().filter(|s| !s.optional).collect();
    let found = needed.iter().filter(|s| told.contains(&marked(s))).count();
    let right = told.iter().filter(|t| gold.step.iter().any(|s| marked(s) == **t)).count();
    println!("{found} of {} marked steps told; {right} of {} told steps marked", needed.len(), told.len());
    for step in needed.iter().filter(|s| !told.contains(&marked(s))) {
        println!("  missed: {} {} {}", step.thread, step.file, step.kind);
    }
    for step in told.iter().filter(|t| !gold.step.iter().any(|s| marked(s) == **t)) {
        println!("  not marked: {step:?}");
    }
    assert!(found * 100 >= needed.len() * FOUND && right * 100 >= told.len() * RIGHT);
}

/// Per cent of the marked steps that must be told, and of the told ones that must be marked.
const FOUND: usize = 80;
const RIGHT: usize = 70;

#[test]
fn a_quote_is_followed_through_the_articles() {
    let story = story();
    let prints: Vec<_> = story.echoes.iter().flat_map(|e| &e.prints).collect();
    assert!(prints.len() >= 3, "{prints:?}");
    assert!(prints.iter().any(|p| p.likeness == Likeness::Near));
}

fn shelved(entry: &Entry) -> Shelved {
    Shelved {
        path: entry.path.clone(),
        title: entry.title.clone(),
        outlet: entry.outlet.clone(),
        day: entry.day,
        dated: sayso::story::Dated::Text,
        quotes: entry.kept.iter().filter(|k| k.sort == sayso::story::Sort::Quote).count(),
        known: true,
        remarks: 0,
        turn: i64::from(entry.path.starts_with("01")),
    }
}

/// What the library answers to a search, on the screen.
fn library_search(story: &Story) {
    let mut screen = Screen::story(80, 24);
    screen.press("/ <shift-tab> b r i d g e");
    let number =
        screen.commands.iter().rev().find_map(|c| if let Cmd::Find(number, _) = c { Some(*number) } else { None });
    let found = |entry: &Entry| {
        let (path, title, outlet, day) = (entry.path.clone(), entry.title.clone(), entry.outlet.clone(), entry.day);
        let fits = entry.kept.iter().filter(|k| k.content.contains("bridge") && k.sort != Sort::Question).cloned();
        let dated = entry.dated;
        let made =
            move |kept| Match { path: path.clone(), title: title.clone(), outlet: outlet.clone(), day, dated, kept };
        fits.map(made).collect::<Vec<_>>()
    };
    let matches = story.entries.iter().rev().flat_map(found).collect();
    screen.tell(Msg::Matches(number.expect("asked"), matches));
    screen.check("library-search-80x24");
    picture::check(&screen, "library-search-80x24", "A search through the whole library");
}

#[test]
fn the_story_and_the_library_have_their_screens() {
    let story = Arc::new(story());
    for (width, height) in [(120, 40), (80, 24), (40, 15)] {
        let mut screen = Screen::story(width, height);
        screen.tell(Msg::Story(Arc::clone(&story))).press("j j j <tab> j");
        screen.check(&format!("chronicle-{width}x{height}"));
        if width == 120 {
            picture::check(&screen, "chronicle-120x40", "A story of fourteen articles over time");
        }
    }
    let mut screen = Screen::story(80, 24);
    screen.tell(Msg::Story(Arc::clone(&story))).press("?");
    assert!(
        screen.text().contains("Help — Story") && screen.text().contains("earlier, later change"),
        "{}",
        screen.text()
    );
    screen.press("q l l h");
    let chosen =
        |screen: &Screen| screen.text().lines().find(|row| row.starts_with('▌')).unwrap_or_default().to_owned();
    let step = chosen(&screen);
    assert!(["first", "firmer", "softer", "was"].iter().any(|w| step.contains(w)), "{}", screen.text());
    screen.press("E");
    assert!(
        screen.text().contains("Export to  story.md") && screen.text().contains("what changed"),
        "{}",
        screen.text()
    );
    screen.press("<enter>");
    let written =
        screen.commands.iter().find_map(|c| if let Cmd::Write(name, text) = c { Some((name, text)) } else { None });
    let (name, text) = written.expect("written");
    assert!(name == "story.md" && text.contains("## Who is quoted") && text.contains("first: "), "{text}");
    let mut screen = Screen::open(&["seeds/000_14fbd52913b64cd7.txt"], Options::default(), (80, 24));
    screen.tell(Msg::Shelf(story.entries.iter().rev().map(shelved).collect()));
    screen.check("library-80x24");
    library_search(&story);
    picture::check(&screen, "library-80x24", "The library, the newest article first");
}
