//! How the reader wants sayso to be: a file, variables and flags become one set of settings, each with where it came from. This
//! folder reads texts that it is given; it opens no file, and nothing here is ever written unless somebody asks for it.
//!
//! A flag goes before a variable, a variable before the file, the file before what comes with the program.

mod fault;
mod file;
mod keys;
mod theme;

pub use fault::Fault;
pub use theme::own_palette;

use std::fmt;

use crate::app::MEASURES;
use crate::app::keymap::Keymap;
use crate::widgets::Palette;
use file::File;

/// The file that `sayso config init` writes: everything, with what it is when nobody says otherwise.
pub const TEMPLATE: &str = include_str!("../../assets/config.toml");

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Nobody said anything.
    Standard,
    /// A line of the file.
    File(usize),
    /// A variable of the environment.
    Variable(&'static str),
    /// The command line.
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Standard => f.write_str("standard"),
            Origin::File(line) => write!(f, "line {line} of the file"),
            Origin::Variable(name) => f.write_str(name),
            Origin::Flag => f.write_str("command line"),
        }
    }
}

/// A value with where it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub from: Origin,
}

/// Where the lists are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    /// Beside the text, but below it over a slow line.
    #[default]
    Auto,
    /// Beside the text, where there is room.
    Beside,
    /// Below the text.
    Below,
}

/// The values as words, from the command line or from variables; none where nothing is said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// A theme's name.
    pub theme: Option<String>,
    /// `true` or `false`.
    pub ascii: Option<String>,
    /// `true` or `false`.
    pub mouse: Option<String>,
    /// A number of cells.
    pub measure: Option<String>,
    /// `auto`, `beside` or `below`.
    pub layout: Option<String>,
}

impl Words {
    /// Asks for the variables; an empty one counts as not set.
    pub fn of_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        Self {
            theme: set("SAYSO_THEME"),
            ascii: set("SAYSO_ASCII"),
            mouse: set("SAYSO_MOUSE"),
            measure: set("SAYSO_MEASURE"),
            layout: set("SAYSO_LAYOUT"),
        }
    }
}

/// How sayso is to be.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The theme's name.
    pub theme: Setting<String>,
    /// Only ASCII is drawn.
    pub ascii: Setting<bool>,
    /// The mouse is listened to from the start.
    pub mouse: Setting<bool>,
    /// Cells of a full line.
    pub measure: Setting<u16>,
    /// Where the lists are.
    pub layout: Setting<Layout>,
    /// The keys, with the reader's own.
    pub keymap: Keymap,
    /// The actions whose keys the reader set.
    pub rebound: Vec<&'static str>,
    /// What is worth knowing and no fault: keys that were taken from another action.
    pub notes: Vec<String>,
}

/// Makes the settings out of a file's text, the variables and the flags.
///
/// # Errors
/// With everything that is wrong, not only the first of it.
pub fn settle(text: &str, variables: &Words, flags: &Words) -> Result<Settings, Vec<Fault>> {
    let mut faults = Vec::new();
    let file = file::read(text).unwrap_or_else(|fault| {
        faults.push(fault);
        File::default()
    });
    let mut keys = keys::read(&file.keys, text, &mut faults);
    let mut chosen = Chosen { text, variables, flags, faults };
    let settings = Settings {
        theme: chosen.value(
            "theme",
            file.theme.as_ref(),
            "auto".to_owned(),
            |w| &w.theme,
            |word| Some(word.to_owned()),
        ),
        ascii: chosen.value("ascii", file.ascii.as_ref(), false, |w| &w.ascii, truth),
        mouse: chosen.value("mouse", file.mouse.as_ref(), false, |w| &w.mouse, truth),
        measure: chosen.value("measure", file.measure.as_ref(), 66, |w| &w.measure, cells),
        layout: chosen.layout(&file),
        keymap: std::mem::take(&mut keys.keymap),
        rebound: keys.rebound,
        notes: keys.notes,
    };
    if chosen.faults.is_empty() { Ok(settings) } else { Err(chosen.faults) }
}

/// The built-in palette of a name; none for the reader's own themes.
pub fn palette(theme: &str) -> Option<Palette> {
    [Palette::Auto, Palette::Light, Palette::Dark, Palette::Mono].into_iter().find(|p| p.name() == theme)
}

fn truth(word: &str) -> Option<bool> {
    match word {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn cells(word: &str) -> Option<u16> {
    word.parse().ok().filter(|n| (MEASURES.0..=MEASURES.1).contains(n))
}

fn place(word: &str) -> Option<Layout> {
    match word {
        "auto" => Some(Layout::Auto),
        "beside" => Some(Layout::Beside),
        "below" => Some(Layout::Below),
        _ => None,
    }
}

/// What a value may be, for the one who wrote another.
fn allowed(name: &str) -> &'static str {
    match name {
        "measure" => "a number of cells from 24 to 120",
        "layout" => "auto, beside or below",
        _ => "true or false",
    }
}

/// Chooses between flag, variable, file and standard, and gathers what is wrong.
struct Chosen<'a> {
    text: &'a str,
    variables: &'a Words,
    flags: &'a Words,
    faults: Vec<Fault>,
}

impl Chosen<'_> {
    fn value<T: Clone>(
        &mut self,
        name: &'static str,
        file: Option<&toml::Spanned<T>>,
        standard: T,
        field: impl Fn(&Words) -> &Option<String>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Setting<T> {
        let variable = variable(name);
        for (words, from) in [(self.flags, Origin::Flag), (self.variables, Origin::Variable(variable))] {
            let Some(word) = field(words) else { continue };
            match read(word) {
                Some(value) => return Setting { value, from },
                None => self.faults.push(Fault::word(&from, name, word, allowed(name))),
            }
        }
        match file {
            Some(value) => {
                let line = fault::line_at(self.text, value.span().start);
                Setting { value: value.get_ref().clone(), from: Origin::File(line) }
            }
            None => Setting { value: standard, from: Origin::Standard },
        }
    }

    /// The layout is a word in the file too.
    fn layout(&mut self, file: &File) -> Setting<Layout> {
        let mut read = None;
        if let Some(word) = &file.layout {
            match place(word.get_ref()) {
                Some(value) => read = Some(toml::Spanned::new(word.span(), value)),
                None => self.faults.push(Fault::at(
                    self.text,
                    word.span().start,
                    format!("layout is {:?}", word.get_ref()),
                    allowed("layout").to_owned(),
                )),
            }
        }
        if let Some(measure) = file.measure.as_ref().filter(|m| cells(&m.get_ref().to_string()).is_none()) {
            let told = format!("measure is {}", measure.get_ref());
            self.faults.push(Fault::at(self.text, measure.span().start, told, allowed("measure").to_owned()));
        }
        self.value("layout", read.as_ref(), Layout::Auto, |w| &w.layout, place)
    }
}

fn variable(name: &str) -> &'static str {
    match name {
        "theme" => "SAYSO_THEME",
        "ascii" => "SAYSO_ASCII",
        "mouse" => "SAYSO_MOUSE",
        "measure" => "SAYSO_MEASURE",
        _ => "SAYSO_LAYOUT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Action;

    fn faults(text: &str) -> String {
        match settle(text, &Words::default(), &Words::default()) {
            Ok(_) => "none".to_owned(),
            Err(faults) => faults.iter().map(|f| f.to_string() + "\n").collect(),
        }
    }

    #[test]
    fn a_flag_goes_before_a_variable_and_that_before_the_file() {
        let text = "measure = 50\nascii = true\n";
        let word = |n: &str| Words { measure: Some(n.into()), ..Words::default() };
        let measure = |v: &Words, f: &Words| settle(text, v, f).expect("fine").measure;
        assert_eq!(measure(&word("60"), &word("70")), Setting { value: 70, from: Origin::Flag });
        assert_eq!(
            measure(&word("60"), &Words::default()),
            Setting { value: 60, from: Origin::Variable("SAYSO_MEASURE") }
        );
        assert_eq!(measure(&Words::default(), &Words::default()), Setting { value: 50, from: Origin::File(1) });
        let nothing = settle("", &Words::default(), &Words::default()).expect("fine");
        assert_eq!(nothing.measure, Setting { value: 66, from: Origin::Standard });
        assert!(settle(text, &Words::default(), &Words::default()).expect("fine").ascii.value);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_a_remedy() {
        let told = faults("theme = \"dark\"\nmeasur = 50\n");
        assert!(told.starts_with("line 2: ") && told.contains("did you mean measure?"), "{told}");
        let told = faults("\nmeasure = 500\nlayout = \"left\"\n");
        assert!(told.contains("line 2: ") && told.contains("24 to 120") && told.contains("line 3: "), "{told}");
        assert!(faults("ascii = maybe").starts_with("line 1: "));
        let told = faults("[keys]\nrejct = [\"X\"]\naccept = [\"Ctrl-Alt-x\"]\n");
        assert!(
            told.contains("line 2: ") && told.contains("did you mean reject?") && told.contains("line 3: "),
            "{told}"
        );
        let wrong = Words { ascii: Some("perhaps".into()), ..Words::default() };
        assert!(settle("", &wrong, &Words::default()).expect_err("wrong")[0].to_string().contains("SAYSO_ASCII"));
    }

    #[test]
    fn keys_are_taken_from_one_action_and_given_to_another() {
        let settings = settle("[keys]\nreject = \"d\"\nnote = [\"a\", \"A\"]\n", &Words::default(), &Words::default())
            .expect("fine");
        assert_eq!(settings.keymap.keys_of(Action::Reject), ["d"]);
        assert_eq!(settings.keymap.keys_of(Action::Note), ["a", "A"]);
        assert!(settings.keymap.keys_of(Action::Accept).is_empty());
        assert!(settings.notes.iter().any(|n| n.contains("accept")), "{:?}", settings.notes);
    }

    #[test]
    fn keys_that_cannot_both_be_are_told() {
        let told = faults("[keys]\nnote = \"d\"\nreject = \"d\"\n");
        assert!(told.contains("line 3: ") && told.contains("note"), "{told}");
        let told = faults("[keys]\nnote = \"g\"\n");
        assert!(told.contains("g g"), "{told}");
        let told = faults("[keys]\nquit = []\nclose = []\n");
        assert!(told.contains("quit"), "{told}");
    }

    #[test]
    fn the_template_is_what_comes_with_the_program() {
        let uncommented = |line: &str| match line.strip_prefix("# ") {
            Some(setting) if setting.contains(" = ") => setting.to_owned(),
            Some(_) => String::new(),
            None => line.to_owned(),
        };
        let shown = TEMPLATE.lines().map(uncommented).collect::<Vec<_>>().join("\n");
        assert_eq!(faults(TEMPLATE), "none");
        let settings =
            settle(&shown, &Words::default(), &Words::default()).map_err(|f| f[0].to_string()).expect("fine");
        let nothing = settle("", &Words::default(), &Words::default()).expect("fine");
        assert_eq!(settings.theme.value, nothing.theme.value);
        assert_eq!(settings.measure.value, nothing.measure.value);
        assert_eq!(settings.layout.value, nothing.layout.value);
    }
}
