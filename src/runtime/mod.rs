//! The console in motion: event → message → `update` → effects → draw, in one loop on the main thread. `opening` makes
//! the model a run starts from, `console` is the loop, `copier` and `performer` do what `update` wants done, `goodbye`
//! is what a run ends with.

#![allow(
    clippy::disallowed_methods,
    reason = "the loop waits for real time and starts from the real environment"
)]

mod changes;
mod console;
mod copier;
mod demo;
mod desk;
mod goodbye;
mod keeper;
mod notices;
mod opening;
mod performer;
mod profiles;

use std::io::{self, Write};
use std::path::PathBuf;

use crate::app::message::Message;
use crate::domain::mask;
use crate::error::{Error, Kind, Result};
use crate::ports::terminal::events::Inbox;
use crate::ports::terminal::{self, OpenError, TerminalEvent};
use crate::worker::setup::Setup;

use console::Console;
use goodbye::Goodbye;
use opening::Opening;

/// How the console is to be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// On the sandbox, whatever the configuration says.
    pub demo: bool,
    /// `--config`
    pub config: Option<PathBuf>,
}

/// All that can happen, in one channel.
pub(crate) enum Event {
    Terminal(TerminalEvent),
    App(Message),
    /// The configuration, read anew; or why it could not be.
    Read(Box<Result<Setup>>),
}

impl From<TerminalEvent> for Event {
    fn from(event: TerminalEvent) -> Event {
        Event::Terminal(event)
    }
}

/// Opens the console and stays until it is left. The exit code is that of the command line's contract.
pub fn run(options: &Options) -> u8 {
    match Opening::prepare(options) {
        Ok(opening) => open(opening, options),
        Err(error) => fail(&error),
    }
}

fn open(opening: Opening, options: &Options) -> u8 {
    let (sender, mut inbox) = match Inbox::new() {
        Ok(ends) => ends,
        Err(error) => return fail(&Error::other(OpenError::Refused(error).to_string())),
    };
    let terminal_events = sender.clone();
    let opened = terminal::open(move |event| terminal_events.send(Event::Terminal(event)).is_ok());
    let (screen, watch) = match opened {
        Ok(opened) => opened,
        Err(error @ OpenError::NoTerminal(_)) => {
            return fail(&Error::usage(error.to_string()).hint("use `roomkey create` in scripts"));
        }
        Err(error) => return fail(&Error::other(error.to_string())),
    };
    let mut console = Console::new(opening, screen, watch, sender);
    console.config.clone_from(&options.config);
    let code = console.stay(&mut inbox);
    Goodbye::begin(console).say();
    code
}

fn fail(error: &Error) -> u8 {
    let _ = writeln!(io::stderr().lock(), "{}", mask::hide(&format!("roomkey: {error}")));
    match error.kind {
        Kind::Timeout | Kind::Server | Kind::Unclear => 1,
        kind => kind.exit_code(),
    }
}
