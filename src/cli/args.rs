//! The arguments, with the words that `--help` prints.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// A terminal reader for a story and its claims: who said what, and how sure they were.
#[derive(Parser, Debug)]
#[command(name = "sayso", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "With no file sayso opens the story it comes with. Press ? inside for the keys.\n\
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
pub struct Open {
    /// Files or folders to read; `-` for standard input
    pub files: Vec<PathBuf>,
    /// Threads to look for, instead of the story's own
    #[arg(long, value_name = "FILE")]
    pub threads: Option<PathBuf>,
    /// Where notes, verdicts and places are kept, instead of the data folder
    #[arg(long, value_name = "FILE", env = "SAYSO_LIBRARY", hide_env_values = true)]
    pub library: Option<PathBuf>,
    /// Colours: the terminal's own, or made for a light or dark background, or none
    #[arg(long, value_enum, default_value_t = ThemeName::Auto, env = "SAYSO_THEME", hide_env_values = true)]
    pub theme: ThemeName,
    /// Draw with ASCII characters only
    #[arg(long)]
    pub ascii: bool,
    /// Read without a screen, line by line: for screen readers, plain terminals and scripts
    #[arg(long)]
    pub linear: bool,
    /// Use no clipboard, ask the terminal nothing, write nothing but the library, never stop for a shell
    #[arg(long, env = "SAYSO_SECURE", hide_env_values = true, value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub secure: bool,
}

/// The themes by name.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own 16 colours.
    Auto,
    /// For a light background.
    Light,
    /// For a dark background.
    Dark,
    /// No colours.
    Mono,
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
}

/// What the files given to `extract` hold.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Each file is a document
    Document,
    /// Each line is {"id": …, "text": …, "threads": […]}
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

/// The files of a listing command.
#[derive(Args, Debug)]
pub struct Files {
    /// Files to read; `-` or none for standard input
    pub files: Vec<PathBuf>,
    /// Threads to look for, instead of the story's own
    #[arg(long, value_name = "FILE")]
    pub threads: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn files_and_commands_are_told_apart() {
        let open = Arguments::try_parse_from(["sayso", "a.txt", "b.txt"]).expect("parses");
        assert_eq!(open.open.files.len(), 2);
        let extract = Arguments::try_parse_from(["sayso", "extract", "--format", "jsonl", "-"]).expect("parses");
        assert!(matches!(extract.command, Some(Command::Extract(e)) if e.format == Some(Format::Jsonl)));
    }
}
