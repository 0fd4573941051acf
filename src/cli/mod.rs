//! The command line: the same core as the console, without a screen. Data goes to standard output and everything
//! else to standard error; exit codes are those of `crate::error::Kind`. One module per subcommand; `args` says what
//! can be written, `mistake` words what was written wrongly, `streams` is the only way out.

mod args;
mod ask;
mod assign;
mod choose;
mod config;
mod copy;
mod create;
mod doctor;
mod dry_run;
mod follow_up;
mod links;
mod mistake;
mod network;
mod not_in_force;
mod page;
mod papers;
mod people;
mod planning;
mod profile;
mod providers;
mod report;
mod sandbox;
mod signals;
mod streams;
mod understand;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;

use crate::error::Error;
use crate::ports::clipboard::keeper;
use crate::ports::log::{self, Level};
use crate::ports::random::Random;
use crate::ports::{children, paths, process, terminal};
use crate::worker::call::Env;

use args::{Args, Command};
pub use papers::description;
use streams::Streams;

/// How long the end waits for the log.
const CLOSING: Duration = Duration::from_millis(200);

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
    process::close_to_others();
    terminal::speak_last_words();
    let mut io = Streams::standard();
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return mistake::explain(&error, &mut io),
    };
    let Args { config, log_level, demo, reset_terminal, command } = args;
    if reset_terminal {
        return match terminal::reset() {
            Ok(()) => 0,
            Err(error) => {
                io.fail(&Error::usage(error.to_string()).hint("run it in the terminal that is broken"))
            }
        };
    }
    keep_log(log_level.unwrap_or_default(), config.as_deref(), &mut io);
    let code = match command {
        None => console(Console { demo, config }),
        Some(_) if demo => io.fail(&Error::usage("--demo opens the console and goes with no command")),
        Some(command) => {
            let env: Env = Arc::new(paths::environment);
            perform(command, &mut World { env, random: Random::system(), io, config })
        }
    };
    // A signal may have ended the wait for a key.
    children::end_all();
    log::info(|| format!("ends with exit code {code}"));
    log::flush(CLOSING);
    code
}

/// A log that cannot be kept stops nothing.
fn keep_log(level: Level, config: Option<&Path>, io: &mut Streams) {
    if level == Level::Off {
        return;
    }
    let places = paths::places(config, &paths::environment);
    if let Err(error) = places.and_then(|places| log::start(level, &places.state_dir)) {
        io.warn(&error.to_string());
    }
    log::info(|| concat!("roomkey ", env!("CARGO_PKG_VERSION"), " begins").into());
}

fn perform(command: Command, world: &mut World) -> u8 {
    match command {
        Command::Create(create) => create::run(create, world),
        Command::Links(asked) => links::list(&asked, world),
        Command::Copy { id, host, message } => {
            let what = match (host, message) {
                (true, _) => copy::What::Host,
                (false, Some(template)) => copy::What::Message(Some(template)),
                (false, None) => copy::What::Guest,
            };
            links::copy(&id, what, world)
        }
        Command::KeepClipboard { seconds } => u8::from(!keeper::keep(seconds)),
        Command::Check { id, json } => follow_up::check(&id, json, world),
        Command::Delete { id, yes } => follow_up::delete(&id, yes, world),
        Command::Forget { id, yes } => links::forget(&id, yes, world),
        Command::Providers { json, command } => providers::run(command, json, world),
        Command::Config { command } => config::run(command, world),
        Command::Profile { command } => profile::run(command, world),
        Command::Doctor { json, run } => doctor::run(json, run, world),
        Command::Completions { shell } => papers::completions(shell, world),
        Command::Man => papers::man(world),
        Command::Sandbox { port } => sandbox::run(port, world),
    }
}
