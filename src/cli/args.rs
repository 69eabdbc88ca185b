//! The arguments, with the words that `--help` prints.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::lexicon::{Languages, Lexicon, Reading};

/// A terminal reader for a story and its claims: who said what, and how sure they were.
#[derive(Parser, Debug)]
#[command(name = "sayso", version, override_usage = "sayso [OPTIONS] [FILE]...\n       sayso [OPTIONS] COMMAND ...")]
#[command(after_help = "With no file sayso opens the story it comes with. Press ? inside for the keys.\n\
Options may stand before or after a command; those for the screen go without one.\n\
Exit status: 0 all went well, 1 something could not be read, 2 wrong usage.")]
pub struct Arguments {
    /// What to do instead of reading.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to read, and how it looks.
    #[command(flatten)]
    pub open: Open,
}

/// Reading on the screen.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Open {
    /// Files or folders to read; `-` for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Threads to look for, instead of the story's own
    #[arg(long, value_name = "FILE")]
    pub threads: Option<PathBuf>,
    /// The language of the texts
    #[command(flatten)]
    pub lang: Lang,
    /// Where notes, verdicts and places are kept, instead of the data folder
    #[arg(long, value_name = "FILE", env = "SAYSO_LIBRARY", hide_env_values = true)]
    pub library: Option<PathBuf>,
    /// Colours: auto (the terminal's own), light, dark, mono, or a theme of your own (also `SAYSO_THEME`)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Draw with ASCII characters only (also `SAYSO_ASCII`)
    #[arg(long)]
    pub ascii: bool,
    /// Listen to the mouse from the start (also `SAYSO_MOUSE`)
    #[arg(long)]
    pub mouse: bool,
    /// Cells of a full line of text, 24 to 120 (also `SAYSO_MEASURE`)
    #[arg(long, value_name = "CELLS")]
    pub measure: Option<u16>,
    /// Where the lists are: auto, beside or below (also `SAYSO_LAYOUT`)
    #[arg(long, value_name = "PLACE")]
    pub layout: Option<String>,
    /// The settings, instead of those in the config folder (also `SAYSO_CONFIG`)
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Read without a screen, line by line: for screen readers, plain terminals and scripts
    #[arg(long)]
    pub linear: bool,
    /// Use no clipboard, ask the terminal nothing, write nothing but the library, never stop for a shell
    #[arg(long, env = "SAYSO_SECURE", hide_env_values = true, value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub secure: bool,
}

/// The commands without a screen.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Print everything found, as JSON
    Extract(Extract),
    /// List the quotes, one a line: place, speaker, kind, words
    Quotes(Files),
    /// List the claims, one a line: place, certainty, holder, clause
    Claims(Files),
    /// List the threads, one a line: place, name, status, mentions, evidence
    Threads(Files),
    /// Keep articles and find in them: add, list, remove, check, export, import
    Library(Shelf),
    /// Write what was found, with your remarks, in a form for other programs
    Export(Export),
    /// Write a story as one HTML page: how its threads ran, who is quoted, what changed, each with its sentence
    Report(Page),
    /// Check an export (csv, jsonl, annotation) against its sources: exit 0 all hold, 1 some do not, 2 unreadable
    Verify(Verify),
    /// Your settings: make a file of them, show what holds and why, or look for faults
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the completions for a shell: bash, zsh, fish, elvish, powershell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page (sayso man | man -l -)
    Man,
}

/// `sayso extract`
#[derive(Args, Debug)]
pub struct Extract {
    /// Files to read; `-` or none for standard input
    pub files: Vec<PathBuf>,
    /// What the files hold
    #[arg(long, value_enum, default_value_t = Input::Document)]
    pub input: Input,
    /// One object indented, or one a line
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Threads to look for, instead of the story's own
    #[arg(long, value_name = "FILE")]
    pub threads: Option<PathBuf>,
    /// With your corrections from the library: speakers you set, ends you moved, names you merged; what you rejected stays in
    #[arg(long)]
    pub corrected: bool,
    /// The library with your corrections, instead of the one in the data folder
    #[arg(long, value_name = "FILE", env = "SAYSO_LIBRARY", hide_env_values = true)]
    pub library: Option<PathBuf>,
    /// The language of the texts
    #[command(flatten)]
    pub lang: Lang,
}

/// In which language texts are read.
#[derive(Args, Clone, Debug, Default)]
pub struct Lang {
    /// Language of the texts: auto (each in the one it shows), or the code of one
    #[arg(long = "lang", value_name = "CODE", default_value = "auto", hide_default_value = true, value_parser = languages())]
    code: String,
}

impl Lang {
    /// How texts are to be read.
    pub fn reading(&self) -> Reading {
        Languages::default().code(&self.code).map_or(Reading::Auto, Reading::In)
    }

    /// The language tables that read texts so.
    pub fn lexicon(&self) -> Lexicon {
        Lexicon::english().reading(self.reading())
    }
}

/// `auto` and the codes of all languages.
fn languages() -> clap::builder::PossibleValuesParser {
    let known = Languages::default();
    let value = |code: &'static str, name: &str| clap::builder::PossibleValue::new(code).help(name.to_owned());
    let all = known.all().into_iter().map(|(code, name)| value(code.as_str(), name));
    clap::builder::PossibleValuesParser::new(std::iter::once(value("auto", "the one a text shows")).chain(all))
}

/// What the files given to `extract` hold.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Each file is a document
    Document,
    /// Each line is {"id": "...", "text": "...", "threads": [...]}
    Jsonl,
}

/// How `extract` prints.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Indented
    Json,
    /// One object a line
    Jsonl,
}

/// `sayso library`
#[derive(Args, Debug)]
pub struct Shelf {
    /// What to do
    #[command(subcommand)]
    pub command: Library,
    /// Where the library is, instead of the data folder
    // Its own id: clap carries a value with a global id to every command above.
    #[arg(
        id = "shelf",
        long = "library",
        value_name = "FILE",
        env = "SAYSO_LIBRARY",
        hide_env_values = true,
        global = true
    )]
    pub library: Option<PathBuf>,
}

/// What can be done with the library.
#[derive(Subcommand, Debug)]
pub enum Library {
    /// Analyse files or folders and keep what was found; unchanged files are passed over
    Add {
        /// Files or folders
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Threads to look for, instead of the story's own
        #[arg(long, value_name = "FILE")]
        threads: Option<PathBuf>,
    },
    /// List what it holds, the newest article first; a day in brackets is only that on which the file was changed
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Take files out, with all notes on them (the files themselves stay)
    Remove {
        /// Files, as the list names them
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Look whether it is whole, and which files are missing
    Check,
    /// Write your notes, verdicts, corrections and threads as JSON
    Export {
        /// The file to write; standard output without it
        output: Option<PathBuf>,
        /// Write over a file that exists
        #[arg(long)]
        force: bool,
    },
    /// Take in what another library exported; nothing of yours is overwritten
    Import {
        /// The file
        file: PathBuf,
    },
}

/// `sayso export`
#[derive(Args, Debug)]
#[command(
    after_help = "Your verdicts, notes and corrections come from the library; what you rejected is left out. Places are code\n\
points of the text that sayso shows. A CSV cell that a spreadsheet would take for a formula (it begins with = + - @)\n\
gets an apostrophe in front. An existing file is not replaced."
)]
pub struct Export {
    /// Files to read; `-` or none for standard input
    pub files: Vec<PathBuf>,
    /// The form; without it the ending of the output decides
    #[arg(long, value_parser = forms())]
    pub format: Option<String>,
    /// Which findings
    #[arg(long, value_enum, default_value_t = What::All)]
    pub what: What,
    /// Where to write; without it, standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the output if it is there
    #[arg(long)]
    pub force: bool,
    /// Also what you rejected
    #[arg(long)]
    pub rejected: bool,
    /// Threads to look for, instead of the story's own
    #[arg(long, value_name = "FILE")]
    pub threads: Option<PathBuf>,
    /// The language of the texts
    #[command(flatten)]
    pub lang: Lang,
    /// The library with your remarks, instead of the one in the data folder
    #[arg(long, value_name = "FILE", env = "SAYSO_LIBRARY", hide_env_values = true)]
    pub library: Option<PathBuf>,
}

/// `sayso report`
#[derive(Args, Debug)]
#[command(
    after_help = "The page holds everything: no script, nothing fetched. Your speakers and statuses and what you rejected count.\n\
An existing file is not replaced."
)]
pub struct Page {
    /// The articles of the story: files or a folder; without any, all that the library holds
    pub files: Vec<PathBuf>,
    /// Where to write; without it, standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the output if it is there
    #[arg(long)]
    pub force: bool,
    /// What the story is called; without it, by its threads
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Threads to follow, instead of the story's own
    #[arg(long, value_name = "FILE")]
    pub threads: Option<PathBuf>,
    /// The language of the texts
    #[command(flatten)]
    pub lang: Lang,
    /// The library with your remarks, instead of the one in the data folder
    #[arg(long, value_name = "FILE", env = "SAYSO_LIBRARY", hide_env_values = true)]
    pub library: Option<PathBuf>,
}

/// Which findings are exported.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// What is said
    Quotes,
    /// What is asserted
    Claims,
    /// The plot threads
    Threads,
    /// All three
    All,
}

/// The names of the forms, each with a line about it.
fn forms() -> clap::builder::PossibleValuesParser {
    let values = crate::export::EXPORTERS.iter().map(|e| clap::builder::PossibleValue::new(e.name).help(e.about));
    clap::builder::PossibleValuesParser::new(values)
}

/// `sayso config`
#[derive(Subcommand, Debug)]
pub enum ConfigCommand {
    /// Write a file with all settings, commented out, where there is none
    Init {
        /// The file, instead of the one in the config folder
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Print what holds, and whether it comes from the file, a variable or the program
    Show {
        /// The file, instead of the one in the config folder
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Say what is wrong, with line and remedy: exit 0 nothing, 1 something
    Check {
        /// The file, instead of the one in the config folder
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

/// `sayso verify`
#[derive(Args, Debug)]
pub struct Verify {
    /// The export; its sources are looked for as they are named in it, then beside it
    pub export: PathBuf,
}

/// The files of a listing command.
#[derive(Args, Debug)]
#[command(
    after_help = "Your corrections come from the library, if there is one: speakers you set, ends you moved, names you \
merged; what you rejected is left out."
)]
#[expect(clippy::struct_field_names, reason = "the files of a command are its files in every command")]
pub struct Files {
    /// Files to read; `-` or none for standard input
    pub files: Vec<PathBuf>,
    /// Threads to look for, instead of the story's own
    #[arg(long, value_name = "FILE")]
    pub threads: Option<PathBuf>,
    /// The language of the texts
    #[command(flatten)]
    pub lang: Lang,
    /// What to list
    #[command(flatten)]
    pub search: Search,
    /// One JSON object a line (sayso.finding/1)
    #[arg(long)]
    pub json: bool,
    /// Also what you rejected
    #[arg(long)]
    pub rejected: bool,
    /// The library with your corrections, instead of the one in the data folder
    #[arg(long, value_name = "FILE", env = "SAYSO_LIBRARY", hide_env_values = true)]
    pub library: Option<PathBuf>,
}

/// The fields of the search as flags; a finding must fit all that are given.
#[derive(Args, Debug, Default)]
pub struct Search {
    /// Part of the name of who says it
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// Part of the name of whose claim it is
    #[arg(long, value_name = "NAME")]
    pub holder: Vec<String>,
    /// certain, likely, possible, unclear, denied
    #[arg(long, value_name = "WORD")]
    pub certainty: Vec<String>,
    /// Part of the name of a thread it touches
    #[arg(long, value_name = "NAME")]
    pub thread: Vec<String>,
    /// direct, indirect, mixed; fact, opinion, prediction, wish, hypothetical, rule; open, resolved and so on
    #[arg(long, value_name = "WORD")]
    pub kind: Vec<String>,
    /// Only documents published on or after this day, month or year
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only documents published on or before this day, month or year
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Words it holds, in this order; case and accents do not matter
    #[arg(long, value_name = "WORDS")]
    pub text: Vec<String>,
    /// Only what sayso is not sure of
    #[arg(long)]
    pub unsure: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
