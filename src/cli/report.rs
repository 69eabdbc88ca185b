//! What goes wrong on the command line, told on standard error: what, where, what to do.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::text::Shown;

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// Whoever read our output has gone; nothing to say.
    Closed,
    /// The output could not be written.
    Output(io::Error),
    /// The arguments cannot be obeyed.
    Usage(String),
    /// The screen could not be used.
    Terminal(String),
    /// The library could not be used.
    Library(String),
}

impl Failure {
    /// The exit status that goes with it.
    pub fn status(&self) -> u8 {
        match self {
            Failure::Closed => 0,
            Failure::Usage(_) => 2,
            Failure::Output(_) | Failure::Terminal(_) | Failure::Library(_) => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Closed => f.write_str("the output was closed"),
            Failure::Output(error) => write!(f, "the output could not be written: {error}"),
            Failure::Usage(message) | Failure::Terminal(message) | Failure::Library(message) => f.write_str(message),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Failure::Closed } else { Failure::Output(error) }
    }
}

/// Tells of files that could not be used and remembers that there were any.
#[derive(Debug, Default)]
pub struct Reporter {
    failed: bool,
}

impl Reporter {
    /// Tells of one fault; the command goes on and will end with status 1.
    pub fn tell(&mut self, message: &str) {
        self.failed = true;
        // There is nobody left to tell when standard error is gone.
        let _ = writeln!(io::stderr(), "sayso: {}", Shown::line(message));
    }

    /// Tells of something that is no fault.
    pub fn note(message: &str) {
        let _ = writeln!(io::stderr(), "sayso: {}", Shown::line(message));
    }

    /// Remembers a fault that was told otherwise.
    pub fn fail(&mut self) {
        self.failed = true;
    }

    /// 0, or 1 once something was told.
    pub fn status(&self) -> ExitCode {
        ExitCode::from(u8::from(self.failed))
    }
}
