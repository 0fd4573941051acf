//! The terminal device as Windows has it, through crossterm. The console must compile there, without promises.

use std::io::{self, IsTerminal, Write};

use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// The stream that is no terminal, if one is not.
pub fn missing() -> Option<&'static str> {
    if !io::stdin().is_terminal() {
        Some("stdin")
    } else if !io::stdout().is_terminal() {
        Some("stdout")
    } else {
        None
    }
}

/// Columns and rows as the system says; 0×0 where it does not know.
pub fn size() -> (u16, u16) {
    crossterm::terminal::size().unwrap_or((0, 0))
}

/// Every key as it is typed, and escape sequences understood.
pub fn raw() -> io::Result<()> {
    if !crossterm::ansi_support::supports_ansi() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    enable_raw_mode()
}

pub fn cooked() -> io::Result<()> {
    disable_raw_mode()
}

pub fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Has the mouse reported, or not any more.
pub fn mouse(on: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match on {
        true => execute!(out, EnableMouseCapture),
        false => execute!(out, DisableMouseCapture),
    }
}

/// Nothing holds output back here.
pub fn unblock() {}

/// The line as a shell wants it.
pub fn sane() -> io::Result<()> {
    cooked()
}
