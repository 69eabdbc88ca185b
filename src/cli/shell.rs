//! What makes the program at home in a shell: completions and manual pages, made from the same arguments that it reads.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Arguments;
use super::report::Failure;

/// Prints the completions for a shell.
///
/// # Errors
/// When the output cannot be written.
pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sayso", &mut script);
    Ok(io::stdout().lock().write_all(&script)?)
}

/// Prints the manual page, with the commands in it.
///
/// # Errors
/// As [`completions`].
pub fn manual() -> Result<(), Failure> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for inner in command.get_subcommands().filter(|c| c.get_name() != "help") {
        clap_mangen::Man::new(inner.clone()).render(&mut page)?;
    }
    Ok(io::stdout().lock().write_all(&page)?)
}
