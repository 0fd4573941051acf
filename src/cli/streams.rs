//! The way out: data to standard output, everything else to standard error, both without characters that could move
//! a cursor. A reader that has gone away is an answer, not a crash.

use std::io::{self, Write};

use crate::domain::mask;
use crate::domain::text::printable;
use crate::error::Error;

pub(super) struct Streams {
    out: Box<dyn Write>,
    err: Box<dyn Write + Send>,
}

impl Streams {
    pub fn standard() -> Streams {
        Streams { out: Box::new(io::stdout()), err: Box::new(io::stderr()) }
    }

    /// Data: whole lines. The error says that nobody can have read it.
    pub fn data(&mut self, text: &str) -> io::Result<()> {
        let mut text = printable(text);
        text.push('\n');
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Data whose loss costs nothing: help, lists, pages. The exit code.
    pub fn show(&mut self, text: &str) -> u8 {
        match self.data(text) {
            Ok(()) => 0,
            // Whoever closes the pipe early has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Err(_) => self.fail(&Error::other("could not write to standard output")),
        }
    }

    /// One line for the reader. Where standard error is gone, nobody can be told.
    pub fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{}", printable(&mask::hide(line)));
    }

    /// A question, with the answer on the same line.
    pub fn ask(&mut self, question: &str) {
        let _ = write!(self.err, "{}", printable(&mask::hide(question)));
        let _ = self.err.flush();
    }

    pub fn warn(&mut self, line: &str) {
        self.say(&format!("warning: {line}"));
    }

    /// Tells of an error and gives its exit code.
    pub fn fail(&mut self, error: &Error) -> u8 {
        self.say(&format!("error: {error}"));
        error.kind.exit_code()
    }

    /// Tells of several, one line each; the first decides the exit code.
    pub fn fail_all(&mut self, errors: &[Error]) -> u8 {
        for error in errors {
            self.fail(error);
        }
        errors.first().map_or(1, |error| error.kind.exit_code())
    }
}
