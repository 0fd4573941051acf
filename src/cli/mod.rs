//! The command line: the same core as the console, without a screen. Data goes to standard output and everything
//! else to standard error; exit codes are those of `crate::error::Kind`. One module per subcommand; `args` says what
//! can be written, `mistake` words what was written wrongly, `streams` is the only way out.

mod args;
mod assign;
mod choose;
mod config;
mod copy;
mod create;
mod dry_run;
mod links;
mod mistake;
mod page;
mod providers;
mod report;
mod sandbox;
mod signals;
mod streams;
mod understand;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;

use crate::error::Error;
use crate::ports::clipboard::keeper;
use crate::ports::paths;
use crate::ports::random::Random;
use crate::ports::terminal;
use crate::worker::call::Env;

use args::{Args, Command};
use streams::Streams;

/// How the console is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// On the sandbox, whatever the configuration says.
    pub demo: bool,
    /// `--config`
    pub config: Option<PathBuf>,
}

/// What every subcommand works with.
struct World {
    env: Env,
    random: Random,
    io: Streams,
    /// `--config`
    config: Option<PathBuf>,
}

/// Reads the arguments (the program's name first), does what they say and gives the exit code. Without a subcommand
/// it leaves everything to `console`.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: impl FnOnce(Console) -> u8) -> u8 {
    let mut io = Streams::standard();
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return mistake::explain(&error, &mut io),
    };
    let Args { config, demo, reset_terminal, command } = args;
    if reset_terminal {
        return match terminal::reset() {
            Ok(()) => 0,
            Err(error) => {
                io.fail(&Error::usage(error.to_string()).hint("run it in the terminal that is broken"))
            }
        };
    }
    let Some(command) = command else { return console(Console { demo, config }) };
    if demo {
        return io.fail(&Error::usage("--demo opens the console and goes with no command"));
    }
    let env: Env = Arc::new(paths::environment);
    let mut world = World { env, random: Random::system(), io, config };
    match command {
        Command::Create(create) => create::run(create, &mut world),
        Command::Links(asked) => links::list(&asked, &mut world),
        Command::Copy { id, host, message } => {
            let what = match (host, message) {
                (true, _) => copy::What::Host,
                (false, Some(template)) => copy::What::Message(Some(template)),
                (false, None) => copy::What::Guest,
            };
            links::copy(&id, what, &mut world)
        }
        Command::KeepClipboard { seconds } => u8::from(!keeper::keep(seconds)),
        Command::Forget { id, yes } => links::forget(&id, yes, &mut world),
        Command::Providers { json, command } => providers::run(command, json, &mut world),
        Command::Config { command } => config::run(command, &mut world),
        Command::Sandbox { port } => sandbox::run(port, &mut world),
    }
}
