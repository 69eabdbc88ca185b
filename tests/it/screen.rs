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
use sayso::app::{Cmd, Model, Msg, Options, script, update, view};
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
            ("help", "2 ?"),
            ("commands", ":"),
            ("text-only", "z <space>"),
        ] {
            Screen::story(width, height).press(keys).check(&format!("{name}-{width}x{height}"));
        }
    }
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
