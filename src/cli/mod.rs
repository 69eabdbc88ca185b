//! The command line: arguments in, exit status out. Only this folder prints outside the screen, and all it prints of a
//! file's text goes through [`crate::text::Shown`] or escaped JSON.

mod args;
mod asked;
mod config;
mod corrected;
mod export;
mod extract;
mod given;
mod input;
mod library;
mod linear;
mod lists;
mod open;
mod page;
mod report;
mod shell;
mod verify;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::text::Shown;
use args::Command;
use report::{Failure, Reporter};

/// Runs the program with the given arguments, the program's name first. Exit status: 0 all went well, 1 something could
/// not be read, 2 wrong usage, 128 + n ended by signal n.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match given::read(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no faults; clap knows which stream each belongs to.
            if !error.use_stderr() {
                let _ = error.print();
                return ExitCode::SUCCESS;
            }
            // A fault's message repeats what was typed, which may come from a script or a file's name.
            let _ = write!(io::stderr(), "{}", Shown::text(&error.render().to_string()));
            return ExitCode::from(2);
        }
    };
    let mut reporter = Reporter::default();
    let outcome = match arguments.command {
        Some(Command::Extract(extract)) => extract::run(&extract, &mut reporter),
        Some(Command::Quotes(files)) => lists::quotes(&files, &mut reporter),
        Some(Command::Claims(files)) => lists::claims(&files, &mut reporter),
        Some(Command::Threads(files)) => lists::threads(&files, &mut reporter),
        Some(Command::Library(shelf)) => library::run(&shelf, &mut reporter),
        Some(Command::Export(export)) => export::run(&export, &mut reporter),
        Some(Command::Report(page)) => page::run(&page, &mut reporter),
        Some(Command::Verify(verify)) => verify::run(&verify, &mut reporter),
        Some(Command::Config(command)) => config::run(&command, &mut reporter),
        Some(Command::Completions { shell }) => shell::completions(shell),
        Some(Command::Man) => shell::manual(),
        None => open::run(&arguments.open, &mut reporter),
    };
    match outcome {
        Ok(()) => reporter.status(),
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            reporter.tell(&failure.to_string());
            ExitCode::from(failure.status())
        }
    }
}
