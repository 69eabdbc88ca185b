//! Keys in, screen out: the reader on a screen of cells, without a terminal. Each accepted picture holds the cells and,
//! below them, a letter for the style of each cell. `UPDATE_EXPECT=1 cargo test` accepts a change; the diff is then read.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use expect_test::expect_file;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};
use sayso::analysis::analyse;
use sayso::app::{Cmd, Model, Msg, Opening, Options, script, update, view};
use sayso::document::{Document, read};
use sayso::index::Index;
use sayso::lexicon::Lexicon;
use sayso::widgets::Palette;

/// The reader with one article and its findings.
pub struct Screen {
    model: Model,
    /// What the reader asked to be done outside.
    pub commands: Vec<Cmd>,
}

impl Screen {
    /// Opens files of this repository and finds what is in them.
    pub fn open(files: &[&str], options: Options, (width, height): (u16, u16)) -> Self {
        let documents = files.iter().map(|file| Arc::new(document(file))).collect();
        let (model, commands) = Model::open(documents, options, Size::new(width, height));
        let mut screen = Self { model, commands: Vec::new() };
        screen.obey(commands);
        screen
    }

    /// The story that comes with the program.
    pub fn story(width: u16, height: u16) -> Self {
        Self::open(&["seeds/000_14fbd52913b64cd7.txt"], Options::default(), (width, height))
    }

    /// Presses keys, written as in `assets/keys.toml` with spaces between them.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in script(keys) {
            let commands = update(&mut self.model, Msg::Key(key));
            self.obey(commands);
        }
        self
    }

    /// Tells the reader something.
    pub fn tell(&mut self, msg: Msg) -> &mut Self {
        let commands = update(&mut self.model, msg);
        self.obey(commands);
        self
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        let commands = update(&mut self.model, Msg::Resize(Size::new(width, height)));
        self.obey(commands);
        self
    }

    fn obey(&mut self, commands: Vec<Cmd>) {
        for command in commands {
            if let Cmd::Analyse(id, document) = &command {
                let analysis = analyse(document, &Lexicon::english(), &self.model.threads_of(*id));
                let index = Index::new(document, &analysis);
                let more = update(&mut self.model, Msg::Analysed(*id, Arc::new(analysis), Arc::new(index)));
                self.obey(more);
            }
            if let Cmd::Correct(id, document, analysis) = &command {
                let index = Index::new(document, analysis);
                let more = update(&mut self.model, Msg::Corrected(*id, Arc::clone(analysis), Arc::new(index)));
                self.obey(more);
            }
            self.commands.push(command);
        }
    }

    /// Who says what, of the quotes in the list.
    pub fn quotes(&self) -> Vec<(String, String)> {
        let (document, analysis) = self.model.findings().expect("found");
        let who = |q: &sayso::analysis::Quote| q.speaker.as_ref().map_or_else(|| "-".to_owned(), |s| s.name.clone());
        analysis.quotes.iter().map(|q| (who(q), document.slice(q.span()).to_owned())).collect()
    }

    /// How many claims there are.
    pub fn claims(&self) -> usize {
        self.model.findings().map_or(0, |(_, analysis)| analysis.claims.len())
    }

    /// The cells.
    pub fn cells(&self) -> Buffer {
        let size = self.model.size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        view(&self.model, &mut buffer);
        buffer
    }

    /// The rows as text.
    pub fn text(&self) -> String {
        rows(&self.cells()).join("\n")
    }

    /// Compares the cells with an accepted picture.
    pub fn check(&self, name: &str) {
        let path = format!("{}/tests/golden/screens/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        expect_file![path].assert_eq(&dump(&self.cells()));
    }
}

fn document(file: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    read(&std::fs::read(path).expect("reads"), file).expect("a text")
}

fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width).max(1);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut line = String::new();
        let mut covered = 0;
        for cell in cells {
            if covered == 0 {
                line.push_str(cell.symbol());
                covered = unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1);
            }
            covered -= 1;
        }
        line.trim_end().to_owned()
    };
    buffer.content.chunks(width).map(row).collect()
}

/// Cells as text, then a letter for each style, then what the letters mean.
fn dump(buffer: &Buffer) -> String {
    let mut out = rows(buffer).join("\n");
    out.push_str("\n\nstyles\n");
    let mut known: Vec<(Color, Color, Modifier)> = vec![(Color::Reset, Color::Reset, Modifier::empty())];
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks(width) {
        let line: String = row.iter().map(|cell| letter(&mut known, (cell.fg, cell.bg, cell.modifier))).collect();
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for (number, (fg, bg, modifier)) in known.iter().enumerate().skip(1) {
        let _ = writeln!(out, "{}  text {fg:?} on {bg:?} {modifier:?}", LETTERS[number % LETTERS.len()]);
    }
    out
}

const LETTERS: [char; 27] = [
    ' ', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z',
];

fn letter(known: &mut Vec<(Color, Color, Modifier)>, style: (Color, Color, Modifier)) -> char {
    let place = known.iter().position(|k| *k == style).unwrap_or_else(|| {
        known.push(style);
        known.len() - 1
    });
    LETTERS[place % LETTERS.len()]
}

/// The sizes each screen is looked at in.
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 15)];

#[test]
fn the_story_at_every_size() {
    for (width, height) in SIZES {
        let mut screen = Screen::story(width, height);
        screen.check(&format!("story-{width}x{height}"));
        for (pane, keys) in [("quotes", "2 j"), ("claims", "3 j j"), ("threads", "4 j")] {
            screen.press(keys).check(&format!("{pane}-{width}x{height}"));
        }
    }
}

#[test]
fn cards_search_and_help_at_every_size() {
    for (width, height) in SIZES {
        for (name, keys) in [
            ("quote-card", "2 j <enter>"),
            ("claim-card", "3 ] ] ] <enter>"),
            ("thread-card", "4 j <enter>"),
            ("search", "/ s p e a k e r : s a l a z a r <space> m i g h t"),
            ("no-match", "/ x y z z y"),
            ("no-match-here", "2 / n o v a"),
            ("help", "2 ?"),
            ("commands", ":"),
            ("text-only", "z <space>"),
        ] {
            Screen::story(width, height).press(keys).check(&format!("{name}-{width}x{height}"));
        }
    }
}

#[test]
fn a_rejected_finding_that_comes_back_is_selected() {
    let mut screen = Screen::story(80, 24);
    screen.press("3 j j j");
    let line = |screen: &Screen| screen.text().lines().find(|l| l.starts_with("▌ ")).unwrap_or_default().to_owned();
    let chosen = line(&screen);
    screen.press("x");
    assert_ne!(line(&screen), chosen);
    screen.press("u");
    assert_eq!(line(&screen), chosen);
    assert!(screen.text().contains("taken back: accepting or rejecting"));
}

#[test]
fn a_verdict_and_its_source_are_taken_back_at_once() {
    let mut screen = Screen::story(80, 24);
    screen.press("3 j c d i s p <space> R e e l <enter>");
    assert!(screen.text().contains("you: DISPUTED"), "{}", screen.text());
    screen.press("u");
    assert!(!screen.text().contains("you: DISPUTED"), "{}", screen.text());
    assert!(screen.text().contains("taken back: source, verdict"));
    screen.press("<ctrl-r>");
    assert!(screen.text().contains("you: DISPUTED"), "{}", screen.text());
}

#[test]
fn themes_and_ascii_carry_the_same_marks() {
    let file = ["seeds/000_14fbd52913b64cd7.txt"];
    for (name, theme, ascii) in [
        ("mono", Palette::Mono, false),
        ("light", Palette::Light, false),
        ("dark", Palette::Dark, false),
        ("ascii", Palette::Auto, true),
    ] {
        let options = Options { theme, ascii, ..Options::default() };
        Screen::open(&file, options, (80, 24)).press("2 j").check(&format!("{name}-80x24"));
    }
}

#[test]
fn mono_has_no_colour_and_ascii_only_ascii_marks() {
    let file = ["tests/golden/texts/dialogue.txt"];
    let mono = Options { theme: Palette::Mono, ascii: true, ..Options::default() };
    let mut screen = Screen::open(&file, mono, (80, 24));
    for keys in ["2 j", "<enter>", "<esc> 3 j", "<enter>", "<esc> 4", "<esc> ?"] {
        let cells = screen.press(keys).cells();
        assert!(cells.content.iter().all(|c| c.fg == Color::Reset && c.bg == Color::Reset), "colour after {keys}");
        let strange: String = rows(&cells).concat().chars().filter(|c| !c.is_ascii()).collect();
        assert!(strange.is_empty(), "not ASCII after {keys}: {strange}");
    }
}

#[test]
fn too_small_says_so_and_comes_back_to_the_same_sentence() {
    let mut screen = Screen::story(80, 24);
    screen.press("<space>");
    let article = |screen: &Screen| screen.text().lines().take(17).map(str::to_owned).collect::<Vec<_>>();
    let before = article(&screen);
    screen.resize(24, 6);
    assert_eq!(screen.text().trim_end(), "sayso needs 30x8; this\nwindow is 24x6");
    screen.resize(80, 24);
    assert_eq!(article(&screen), before);
}

#[test]
fn threads_of_the_built_in_story_are_listed_where_a_text_names_one() {
    let mill = ["tests/golden/texts/dialogue.txt"];
    let mut alone = Screen::open(&mill, Options::default(), (120, 40));
    alone.press("4");
    assert!(!alone.text().contains("not in this text") && !alone.text().contains("Zalem"), "{}", alone.text());
    assert!(alone.text().contains("t and a name"), "{}", alone.text());
    alone.tell(Msg::Named);
    assert!(alone.text().contains("Zalem"), "another article of the story names it: {}", alone.text());
    // With the story beside it they are its threads too.
    let both = [mill[0], "seeds/000_14fbd52913b64cd7.txt"];
    let mut beside = Screen::open(&both, Options::default(), (120, 40));
    beside.press(") ( 4");
    assert!(beside.text().contains("Zalem"), "{}", beside.text());
    // Who changes one has asked for it.
    alone = Screen::open(&mill, Options::default(), (120, 40));
    alone.press("4 t <ctrl-u> N o v a <enter> 4");
    assert!(alone.text().contains("N Nova"), "{}", alone.text());
}

#[test]
fn a_resize_keeps_the_top_sentence() {
    let mut screen = Screen::story(80, 24);
    screen.press("j j j j j j j j j j j j j j j j j");
    let top =
        |screen: &Screen| screen.text().lines().nth(2).map(|row| row.chars().skip(6).take(20).collect::<String>());
    let before = top(&screen);
    for (width, height) in [(120, 40), (62, 20), (80, 24)] {
        screen.resize(width, height);
    }
    assert_eq!(top(&screen), before);
}

#[test]
fn what_the_list_shows_is_exported_under_an_offered_name() {
    let mut screen = Screen::story(120, 40);
    screen.press("2 f kind:indirect <enter> E");
    assert!(screen.text().contains("Export to  000_14fbd52913b64cd7-quotes.md"), "{}", screen.text());
    screen.press("<enter>");
    let last = screen.commands.iter().rev().find_map(|c| match c {
        Cmd::Export(name, form, exported) => Some((name.clone(), form.name, exported.documents[0].items.len())),
        _ => None,
    });
    assert_eq!(last, Some(("000_14fbd52913b64cd7-quotes.md".to_owned(), "markdown", 3)));
    screen.press("E .pages <enter>");
    assert!(screen.text().contains("must end in one of"), "{}", screen.text());
    screen.press("<esc> f nothing-has-this <enter> E");
    assert!(screen.text().contains("nothing to export"), "{}", screen.text());
}

#[test]
fn a_note_is_marked_in_text_and_list_and_all_are_listed() {
    let mut screen = Screen::story(120, 40);
    screen.press("I");
    assert!(screen.text().contains("no notes on this text yet"), "{}", screen.text());
    screen.press("2 j i a s k <space> h e r <enter>");
    let noted = |screen: &Screen| screen.text().lines().any(|row| row.starts_with('i'));
    assert!(noted(&screen), "no mark in the margin:\n{}", screen.text());
    screen.press("f i s : n o t e d <enter>");
    assert!(screen.text().contains("QUOTES   1 of 1"), "{}", screen.text());
    // A passage has a note without being a finding.
    screen.press("<esc> 1 g g v h h i p a s s a g e <enter>");
    assert!(screen.text().contains("I lists all"), "{}", screen.text());
    screen.press("I").check("notes-120x40");
    screen.press("x");
    assert!(
        !screen.text().contains("passage\n") && screen.text().contains("Notes on this text · 1"),
        "{}",
        screen.text()
    );
    screen.press("u");
    assert!(screen.text().contains("Notes on this text · 2"), "{}", screen.text());
    screen.press("j <enter>");
    assert!(!screen.text().contains("Notes on this text"), "{}", screen.text());
    assert!(noted(&screen), "the passage is on the screen:\n{}", screen.text());
}

#[test]
fn unsure_ones_are_found_in_every_list_and_unknown_words_are_told() {
    let mut screen = Screen::story(120, 40);
    screen.press("3 f i s : u n s u r e <enter>");
    assert!(!screen.text().contains("nothing passes"), "{}", screen.text());
    screen.press("<esc> 4 g g .");
    assert!(screen.text().contains("▌ + Sequel"), "{}", screen.text());
    screen.press(".");
    assert!(screen.text().contains("no suggested thread after this"), "{}", screen.text());
    screen.press("2 f i s : n o n s e n s e");
    assert!(screen.text().contains("is:nonsense is not known"), "{}", screen.text());
    screen.press("<enter>");
    assert!(screen.text().contains("is: takes unsure noted"), "{}", screen.text());
    screen.press("3 f");
    assert!(screen.text().contains("certainty: is:unsure verdict:"), "{}", screen.text());
}

#[test]
fn the_help_begins_with_the_keys_of_its_pane_and_cuts_no_sentence() {
    let first = |pane: &str, (width, height): (u16, u16)| {
        let mut screen = Screen::story(width, height);
        screen.press(pane).press("?");
        screen.text()
    };
    for size in SIZES {
        let helps = ["1", "2", "3", "4"].map(|pane| first(pane, size));
        for (number, help) in helps.iter().enumerate() {
            assert!(!help.contains('…'), "a sentence is cut:\n{help}");
            assert!(helps.iter().skip(number + 1).all(|other| other != help));
        }
        assert!(helps[2].contains("your verdict on a claim"), "{}", helps[2]);
    }
    let mut screen = Screen::story(80, 24);
    screen.press("? q");
    assert!(!screen.text().contains("Help"), "{}", screen.text());
    screen.press("? v e r d i c t");
    assert!(screen.text().contains("your verdict on a claim"), "{}", screen.text());
    screen.press("<esc>");
    assert!(!screen.text().contains("Help"), "{}", screen.text());
}

#[test]
fn a_file_that_cannot_be_read_says_why_in_its_place() {
    let opening = |name: &str, document| Opening { name: name.into(), path: None, document, whole: None, day: None };
    let text = Arc::new(document("tests/golden/texts/dialogue.txt"));
    let openings = vec![opening("a.txt", Some(text)), opening("broken.epub", None)];
    let (model, commands) = Model::start(openings, 0, Vec::new(), Options::default(), Size::new(80, 24));
    let mut screen = Screen { model, commands: Vec::new() };
    screen.obey(commands);
    screen.press(") 2 j");
    assert!(screen.text().contains("reading…"), "{}", screen.text());
    let asked = |c: &Cmd| if let Cmd::Load(id, _) = c { Some(*id) } else { None };
    let id = screen.commands.iter().find_map(asked).expect("asked for");
    screen.tell(Msg::Reread(id, Err("broken.epub is cut off; get it again".into())));
    screen.press("2");
    let text = screen.text();
    assert!(text.contains("broken.epub is cut off; get it again; r reads it again"), "{text}");
    assert!(text.contains("this file could not be read") && !text.contains("reading…"), "{text}");
    // Nothing hangs: the next key is obeyed, and so is reading it again.
    screen.press("r");
    assert!(matches!(screen.commands.last(), Some(Cmd::Reread(..))));
    screen.press("(");
    assert!(screen.text().contains("LAMPLIGHTER"), "{}", screen.text());
}

#[test]
fn marking_begins_where_the_reader_is_and_a_thread_gets_a_short_name() {
    let mut screen = Screen::story(120, 40);
    // The selected quote is what is marked.
    screen.press("2 j j v t");
    let prompt = screen.text().lines().last().unwrap_or_default().to_owned();
    let name = prompt.split("New thread").nth(1).and_then(|rest| rest.split("name, other").next()).unwrap_or_default();
    assert!(prompt.contains("New thread") && name.split_whitespace().count() <= 6, "{prompt}");
    screen.press("<esc> y q");
    let copied = |screen: &Screen| match screen.commands.last() {
        Some(Cmd::Copy(text)) => text.clone(),
        other => panic!("copied nothing: {other:?}"),
    };
    let words = copied(&screen);
    screen.press("v y");
    let marked = copied(&screen);
    let first = words.trim_start_matches('“').split(' ').next().unwrap_or_default().to_owned();
    assert!(marked.contains(&first), "{marked} does not hold {words}");
    // Where the selected one is not on the screen, the first sentence there is.
    let plain: Vec<String> = (1..60).map(|i| format!("It rained on day {i}.")).collect();
    let plain = plain.join("\n\n");
    let opening = Arc::new(read(format!("“Go,” said Ada Quill.\n\n{plain}").as_bytes(), "rain.txt").expect("a text"));
    let (model, commands) = Model::open(vec![opening], Options::default(), Size::new(80, 24));
    let mut rain = Screen { model, commands: Vec::new() };
    rain.obey(commands);
    rain.press("<space> <space>");
    let top = rain.text().lines().skip(2).find(|row| row.contains("rained")).unwrap_or_default().trim().to_owned();
    rain.press("v y");
    assert!(top.ends_with(&copied(&rain)), "{} is not {top}", copied(&rain));
}

#[test]
fn the_ends_of_a_quote_in_pieces_do_not_mark_what_stands_between() {
    let mut screen = Screen::open(&["tests/golden/texts/dialogue.txt"], Options::default(), (120, 40));
    screen.press("2 ] e");
    let cells = screen.cells();
    let marked: String = cells
        .content
        .iter()
        .filter(|c| c.modifier.contains(Modifier::REVERSED))
        .map(|c| c.symbol().to_owned())
        .collect();
    assert!(!marked.is_empty() && !marked.contains("said") && !marked.contains('"'), "{marked}");
}

#[test]
fn search_results_tell_how_sure_a_speaker_is() {
    let mut screen = Screen::open(&["tests/golden/texts/dialogue.txt"], Options::default(), (120, 40));
    screen.press("2 f i s : u n s u r e <enter> y q");
    let Some(Cmd::Copy(words)) = screen.commands.last() else { panic!("there is an unsure one: {}", screen.text()) };
    let word = words.split(|c: char| !c.is_alphanumeric()).find(|w| w.len() > 3).expect("a word").to_lowercase();
    let keys: String = word.chars().flat_map(|c| [c, ' ']).collect();
    screen.press("<esc> /").press(&keys);
    assert!(screen.text().lines().skip(3).any(|row| row.contains("? ")), "{}", screen.text());
}

#[test]
fn the_tour_walks_over_the_panes_with_the_real_keys() {
    for (width, height) in [(120, 40), (80, 24), (40, 15)] {
        let mut screen = Screen::story(width, height);
        screen.press(": t o u r <enter>");
        screen.check(&format!("tour-{width}x{height}"));
    }
    // With Enter alone, and with the keys it teaches.
    let ways = [
        "<enter> <enter> <enter> <enter> <enter> <enter> <esc> <enter> x <enter> <enter> <esc>",
        "] 2 <enter> 3 4 i <esc> / x <esc> ? q",
    ];
    for keys in ways {
        let mut screen = Screen::story(80, 24);
        screen.press("<f2>").press(keys);
        assert!(screen.text().contains("That was all"), "{keys}:\n{}", screen.text());
        screen.press("<enter>");
        assert!(screen.text().contains("that was the tour") && !screen.text().contains("Tour "), "{}", screen.text());
    }
    let mut screen = Screen::story(80, 24);
    screen.press("<f2> ] 2");
    assert!(screen.text().contains("Tour 3 of 8"), "{}", screen.text());
    // Other keys do what they always do, and it waits.
    screen.press("j j");
    assert!(screen.text().contains("Tour 3 of 8"), "{}", screen.text());
    screen.press("<esc>");
    assert!(screen.text().contains("the tour is over"), "{}", screen.text());
    // From another text it leads to the story.
    let mut other = Screen::open(&["tests/golden/texts/dialogue.txt"], Options::default(), (80, 24));
    other.press("<f2>");
    assert!(other.commands.iter().any(|c| matches!(c, Cmd::Load(_, name) if name == sayso::document::STORY)));
}
