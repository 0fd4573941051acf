//! The terminal: taken and given back (`guard`, `panics`), watched by a thread for signals and its end (`watch`), read
//! and drawn on by the main thread (`keyboard`, `parse`; `screen`, `canvas`), and the inbox in which everything that
//! happens meets (`events`). Nothing here ever asks the terminal a question, and nothing wakes up while nothing
//! happens.

#[cfg(unix)]
mod bell;
#[cfg(windows)]
#[path = "bell_windows.rs"]
mod bell;
mod canvas;
mod difference;
pub mod events;
pub mod guard;
#[cfg(unix)]
mod handle;
#[cfg(windows)]
#[path = "handle_windows.rs"]
mod handle;
#[cfg(unix)]
mod keyboard;
#[cfg(windows)]
#[path = "keyboard_windows.rs"]
mod keyboard;
mod leads;
pub mod mouse;
mod panics;
#[cfg_attr(windows, allow(dead_code))] // crossterm reads there
mod parse;
#[cfg(test)]
mod parse_tests;
#[cfg_attr(windows, allow(dead_code))]
mod paste;
mod reset;
pub mod screen;
#[cfg(test)]
mod screen_tests;
#[cfg_attr(windows, allow(dead_code))]
mod sequence;
mod sheets;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod stop;
#[cfg(unix)]
mod tty;
#[cfg(windows)]
#[path = "tty_windows.rs"]
mod tty;
#[cfg(unix)]
mod watch;

use std::fmt;
use std::io;
use std::time::Duration;

use crate::domain::key::Key;
use crate::ports::paths::Lookup;

pub use handle::Watch;
use mouse::Mouse;
pub use panics::install as speak_last_words;
pub use paste::LIMIT as PASTE_LIMIT;
pub use reset::reset;
pub use screen::Screen;
pub use tty::{missing, size};

/// How long the main thread has to end after a signal; then the watch ends the program.
pub const GRACE: Duration = Duration::from_millis(500);

/// What the terminal, or the system through it, has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerminalEvent {
    /// Keys that came together, in their order; never empty.
    Keys(Vec<Key>),
    Mouse(Mouse),
    /// Lines end in `\n`. Not cleaned: it can hold anything.
    Paste(String),
    /// This many bytes were pasted, more than `PASTE_LIMIT`, and thrown away whole.
    PasteTooLong(usize),
    /// A paste began and does not end; until Ctrl-C or Esc no key is heard.
    PasteOpen,
    /// Columns and rows.
    Resize(u16, u16),
    /// The program must end with `Signal::exit_code` now. If it is still there after half a second, the terminal's
    /// watch gives the terminal back and ends it.
    Signal(Signal),
    /// The terminal is ours again after a stop or a loan; the next draw is whole by itself.
    Resumed,
    /// The terminal is gone: end without a word. Enforced like a signal.
    Gone,
}

/// Signals that end the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Int,
    Term,
    Hup,
    Quit,
}

impl Signal {
    pub fn number(self) -> u8 {
        match self {
            Signal::Hup => 1,
            Signal::Int => 2,
            Signal::Quit => 3,
            Signal::Term => 15,
        }
    }

    /// 128 and the number, as shells count.
    pub fn exit_code(self) -> u8 {
        128 + self.number()
    }
}

/// Why there is no console. The program ends with 2 for `NoTerminal`, with 1 for the others.
#[derive(Debug)]
pub enum OpenError {
    /// This stream, `stdin` or `stdout`, is no terminal.
    NoTerminal(&'static str),
    /// The terminal would not be set up.
    Refused(io::Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::NoTerminal(stream) => write!(f, "the console needs a terminal, and {stream} is none"),
            OpenError::Refused(error) => write!(f, "could not set up the terminal: {error}"),
        }
    }
}

impl std::error::Error for OpenError {}

/// Takes the terminal and has it watched. What the watch sees goes to `sink`, from another thread; a sink that answers
/// false ends the watch. The screen gives the terminal back when it is dropped; keys come through the `events::Inbox`.
pub fn open(
    sink: impl Fn(TerminalEvent) -> bool + Send + 'static,
) -> Result<(Screen<screen::Tty>, Watch), OpenError> {
    if let Some(stream) = tty::missing() {
        return Err(OpenError::NoTerminal(stream));
    }
    panics::install();
    // Signals are heard before anything is changed, so that none finds the terminal taken and nobody to give it back.
    let watch = Watch::prepare(sink).map_err(OpenError::Refused)?;
    guard::enter().map_err(OpenError::Refused)?;
    let screen = Screen::new(screen::Tty);
    let watch = watch.start().map_err(OpenError::Refused)?;
    Ok((screen, watch))
}

/// Whether colours may be used: `NO_COLOR` with any value but the empty one switches them off, and so does a terminal
/// that has none.
pub fn has_colours(env: Lookup<'_>) -> bool {
    let off = env("NO_COLOR").is_some_and(|value| !value.is_empty());
    !off && env("TERM").is_none_or(|term| term != "dumb")
}
