//! What was typed, understood: an option may stand before a command or after it, and one that a command has no use for is
//! refused instead of being passed over or taken for a file.

use std::ffi::OsString;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use super::args::{Arguments, Command, ConfigCommand, Lang, Library};

/// Reads the arguments, the program's name first.
///
/// # Errors
/// When they cannot be obeyed; help and the version are such an error too, as clap has it.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    let matches = Arguments::command().try_get_matches_from(arguments)?;
    let mut given = Arguments::from_arg_matches(&matches)?;
    if let (Some(command), Some((name, inner))) = (&mut given.command, matches.subcommand()) {
        let open = &mut given.open;
        for option in typed(&matches) {
            let name = full_name(name, inner);
            let shown = if option == LANG { "lang" } else { option };
            if is_typed_after(inner, option) {
                return Err(fault(&format!("--{shown} is given twice, before {name} and after it; leave one out")));
            }
            let place = match option {
                "library" => library(command).map(|place| *place = open.library.take()),
                "threads" => threads(command).map(|place| *place = open.threads.take()),
                LANG => lang(command).map(|place| *place = std::mem::take(&mut open.lang)),
                "config" => config(command).map(|place| *place = open.config.take()),
                _ => None,
            };
            if place.is_none() {
                let first = name.split(' ').next().unwrap_or_default();
                return Err(fault(&format!(
                    "--{shown} has no use with the command {name}; leave it out (to open a file of that name, write ./{first})"
                )));
            }
        }
    }
    Ok(given)
}

/// What clap calls `--lang`.
const LANG: &str = "code";

/// The options before a command that were typed, not those that come from a variable.
fn typed(matches: &ArgMatches) -> impl Iterator<Item = &'static str> {
    const OPTIONS: &[&str] =
        &["library", "threads", LANG, "config", "theme", "ascii", "mouse", "measure", "layout", "linear", "secure"];
    OPTIONS.iter().copied().filter(|option| is_typed(matches, option))
}

fn is_typed(matches: &ArgMatches, option: &str) -> bool {
    matches!(matches.try_contains_id(option), Ok(true))
        && matches.value_source(option) == Some(ValueSource::CommandLine)
}

/// Whether a command, or the command in it, was given an option.
fn is_typed_after(matches: &ArgMatches, option: &str) -> bool {
    is_typed(matches, option)
        || option == "library" && is_typed(matches, "shelf")
        || matches.subcommand().is_some_and(|(_, inner)| is_typed_after(inner, option))
}

/// `library add`
fn full_name(name: &str, matches: &ArgMatches) -> String {
    match matches.subcommand() {
        Some((inner, _)) => format!("{name} {inner}"),
        None => name.to_owned(),
    }
}

fn fault(message: &str) -> clap::Error {
    clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, format!("{message}\n"))
}

/// Where a command keeps which library it uses.
fn library(command: &mut Command) -> Option<&mut Option<std::path::PathBuf>> {
    match command {
        Command::Extract(extract) => Some(&mut extract.library),
        Command::Quotes(files) | Command::Claims(files) | Command::Threads(files) => Some(&mut files.library),
        Command::Library(shelf) => Some(&mut shelf.library),
        Command::Export(export) => Some(&mut export.library),
        Command::Report(page) => Some(&mut page.library),
        Command::Verify(_) | Command::Config(_) | Command::Completions { .. } | Command::Man => None,
    }
}

fn threads(command: &mut Command) -> Option<&mut Option<std::path::PathBuf>> {
    match command {
        Command::Extract(extract) => Some(&mut extract.threads),
        Command::Quotes(files) | Command::Claims(files) | Command::Threads(files) => Some(&mut files.threads),
        Command::Export(export) => Some(&mut export.threads),
        Command::Report(page) => Some(&mut page.threads),
        Command::Library(shelf) => match &mut shelf.command {
            Library::Add { threads, .. } => Some(threads),
            _ => None,
        },
        Command::Verify(_) | Command::Config(_) | Command::Completions { .. } | Command::Man => None,
    }
}

fn lang(command: &mut Command) -> Option<&mut Lang> {
    match command {
        Command::Extract(extract) => Some(&mut extract.lang),
        Command::Quotes(files) | Command::Claims(files) | Command::Threads(files) => Some(&mut files.lang),
        Command::Export(export) => Some(&mut export.lang),
        Command::Report(page) => Some(&mut page.lang),
        Command::Library(_) | Command::Verify(_) | Command::Config(_) | Command::Completions { .. } | Command::Man => {
            None
        }
    }
}

fn config(command: &mut Command) -> Option<&mut Option<std::path::PathBuf>> {
    match command {
        Command::Config(
            ConfigCommand::Init { config } | ConfigCommand::Show { config } | ConfigCommand::Check { config },
        ) => Some(config),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Format;
    use crate::lexicon::Reading;
    use std::path::Path;

    fn parsed(line: &str) -> Result<Arguments, String> {
        read(line.split(' ').map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn files_and_commands_are_told_apart() {
        assert_eq!(parsed("sayso a.txt b.txt").expect("parses").open.files.len(), 2);
        let extract = parsed("sayso extract --format jsonl -").expect("parses");
        assert!(matches!(extract.command, Some(Command::Extract(e)) if e.format == Some(Format::Jsonl)));
        assert_eq!(parsed("sayso --ascii --measure 40 quotes.txt").expect("parses").open.files.len(), 1);
    }

    #[test]
    fn an_option_may_stand_before_its_command_or_after_it() {
        let with =
            ["extract a", "quotes a", "claims a", "threads a", "library list", "library add a", "export a", "report a"];
        for command in with {
            for line in [format!("sayso --library L {command}"), format!("sayso {command} --library L")] {
                let mut given = parsed(&line).expect("parses");
                let library = given.command.as_mut().and_then(library).and_then(|l| l.clone());
                assert_eq!(library.as_deref(), Some(Path::new("L")), "{line}");
                assert!(given.open.files.is_empty(), "{line}");
            }
        }
        for command in ["extract a", "quotes a", "claims a", "threads a", "library add a", "export a", "report a"] {
            for line in [format!("sayso --threads T {command}"), format!("sayso {command} --threads T")] {
                let mut given = parsed(&line).expect("parses");
                let threads = given.command.as_mut().and_then(threads).and_then(|t| t.clone());
                assert_eq!(threads.as_deref(), Some(Path::new("T")), "{line}");
            }
        }
        for command in ["extract a", "quotes a", "claims a", "threads a", "export a", "report a"] {
            for line in [format!("sayso --lang de {command}"), format!("sayso {command} --lang de")] {
                let mut given = parsed(&line).expect("parses");
                let reading = given.command.as_mut().and_then(lang).map(|l| l.reading());
                assert!(matches!(reading, Some(Reading::In(_))), "{line}");
            }
        }
        assert!(matches!(parsed("sayso --lang de a.txt").expect("parses").open.lang.reading(), Reading::In(_)));
        assert!(parsed("sayso --lang de library list").expect_err("refused").contains("--lang has no use"));
        for command in ["config init", "config show", "config check"] {
            for line in [format!("sayso --config C {command}"), format!("sayso {command} --config C")] {
                let mut given = parsed(&line).expect("parses");
                let config = given.command.as_mut().and_then(config).and_then(|c| c.clone());
                assert_eq!(config.as_deref(), Some(Path::new("C")), "{line}");
            }
        }
    }

    #[test]
    fn an_option_that_does_nothing_is_refused_on_either_side() {
        let commands = [
            "extract a",
            "quotes a",
            "claims a",
            "threads a",
            "library list",
            "export a",
            "report a",
            "verify a",
            "config show",
            "completions bash",
            "man",
        ];
        let screen = ["--theme dark", "--ascii", "--mouse", "--measure 60", "--layout below", "--linear", "--secure"];
        for command in commands {
            for option in screen {
                let told = parsed(&format!("sayso {option} {command}")).expect_err("refused");
                let name = option.split(' ').next().expect("one");
                assert!(told.contains(name) && told.contains("leave it out"), "{told}");
                assert!(parsed(&format!("sayso {command} {option}")).expect_err("refused").contains(name));
            }
        }
        assert!(parsed("sayso --library L verify a").is_err() && parsed("sayso --threads T library list").is_err());
        assert!(parsed("sayso --config C quotes a").is_err() && parsed("sayso --config C man").is_err());
        let twice = parsed("sayso --library L quotes --library M a").expect_err("refused");
        assert!(twice.contains("given twice"), "{twice}");
        assert!(parsed("sayso --library L library add a --library M").expect_err("refused").contains("library add"));
    }
}
