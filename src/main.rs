//! The program `sayso`: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    sayso::cli::run(std::env::args_os())
}
