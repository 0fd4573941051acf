//! What can be written on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::ports::log::Level;

/// Meeting links from the terminal. Without a command the console opens.
#[derive(Parser)]
#[command(name = "roomkey", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = EXIT_CODES)]
pub struct Args {
    /// Read this configuration instead of the usual one
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Write down what happens, in roomkey.log in the state directory: off, error, warn, info, debug or trace
    #[arg(long, global = true, value_name = "LEVEL", value_parser = levels(), hide_possible_values = true)]
    pub log_level: Option<Level>,
    /// Open the console on the built-in sandbox, whatever the configuration says
    #[arg(long)]
    pub demo: bool,
    /// Give back a terminal that a killed program left broken
    #[arg(long, conflicts_with = "demo")]
    pub reset_terminal: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

fn levels() -> impl TypedValueParser<Value = Level> {
    let names = PossibleValuesParser::new(Level::ALL.map(Level::name));
    names.map(|name| Level::named(&name).unwrap_or_default())
}

const EXIT_CODES: &str = "Exit codes: 0 ok, 1 other failure, 2 usage, 3 configuration, 4 key refused, \
    5 refused by the provider, 6 network (certainly not created), 7 a batch partly done, 8 maybe created, 128+n signal";

#[derive(Subcommand)]
pub enum Command {
    /// Make one meeting link
    Create(Create),
    /// The links that were made; those that are over only with --all
    Links(Links),
    /// Put a link of an earlier creation on the clipboard
    Copy {
        /// The id, or as much of its beginning as no other has
        id: String,
        /// The host link instead of the guest link
        #[arg(long, conflicts_with = "message")]
        host: bool,
        /// The message of this template instead of the guest link
        #[arg(long, value_name = "TEMPLATE")]
        message: Option<String>,
    },
    /// Keep a text on the desktop's clipboard after its owner has ended
    #[command(hide = true, name = "keep-clipboard")]
    KeepClipboard {
        /// How long it may stay
        #[arg(long)]
        seconds: Option<u64>,
    },
    /// Ask the provider about what was made: is it still there, and what is told of it
    Check {
        /// The id, or as much of its beginning as no other has
        id: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Delete or end at the provider what was made; what is not there any more counts as deleted
    Delete {
        /// The id, or as much of its beginning as no other has
        id: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Remove an entry here; at the provider nothing is done
    Forget {
        /// The id, or as much of its beginning as no other has
        id: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// The providers and what they can do
    #[command(args_conflicts_with_subcommands = true)]
    Providers {
        /// As JSON
        #[arg(long)]
        json: bool,
        #[command(subcommand)]
        command: Option<Providers>,
    },
    /// Where the configuration is, what holds, and what is wrong with it
    Config {
        #[command(subcommand)]
        command: Config,
    },
    /// Set up a profile, and find out whether its key works
    Profile {
        #[command(subcommand)]
        command: Profile,
    },
    /// What works here and what does not: configuration, keys, history, clipboard, terminal. Nothing is sent, and what
    /// is printed holds no key, link or name
    Doctor {
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Run the commands that print keys, too
        #[arg(long)]
        run: bool,
    },
    /// Serve imitations of all providers on this machine, until interrupted; /sandbox tells which rooms were made
    Sandbox {
        /// Any free port where none is given
        #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "N")]
        port: u16,
    },
    /// The script with which a shell completes command lines
    Completions {
        /// bash, elvish, fish, powershell or zsh
        #[arg(value_enum, hide_possible_values = true)]
        shell: Shell,
    },
    /// The manual page of all commands, for `man -l -`
    Man,
}

#[derive(clap::Args)]
pub struct Create {
    /// Profile; the default one where none is given
    #[arg(short, long)]
    pub profile: Option<String>,
    /// Operation; the provider's first where none is given
    #[arg(short, long)]
    pub operation: Option<String>,
    /// Preset whose values hold where nothing is typed
    #[arg(long)]
    pub preset: Option<String>,
    /// Name of the entry
    #[arg(long)]
    pub title: Option<String>,
    /// Your own reference
    #[arg(long)]
    pub ticket: Option<String>,
    /// Print the entry as JSON
    #[arg(long)]
    pub json: bool,
    /// Put this on the clipboard: a link, or a message with the guest link
    #[arg(long, value_name = "WHAT")]
    pub copy: Option<CopyLink>,
    /// One link per line of a CSV whose first line names fields; `-` is standard input. An operation that makes a
    /// meeting and signs its links makes one for all of them: its entry comes first, then one for each line
    #[arg(long, value_name = "FILE", conflicts_with = "copy", value_hint = ValueHint::FilePath)]
    pub people: Option<PathBuf>,
    /// Leave bad lines out instead of sending nothing
    #[arg(long)]
    pub skip_bad: bool,
    /// Show what would be sent, with secrets hidden, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Values of fields by their wire names; `FIELD=` leaves one to the provider, secrets are given as
    /// `FIELD=@env:VARIABLE`. `roomkey providers show ID` lists them
    #[arg(value_name = "FIELD=VALUE")]
    pub values: Vec<String>,
}

#[derive(clap::Args)]
pub struct Links {
    /// Ended, failed and deleted ones too
    #[arg(long)]
    pub all: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// Show secret links and details in full
    #[arg(long)]
    pub reveal: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CopyLink {
    Guest,
    Host,
    Message,
}

#[derive(Subcommand)]
pub enum Providers {
    /// Settings, operations and fields of one provider
    Show {
        /// The provider
        id: String,
    },
    /// Check a provider's page
    Check {
        /// The page, a TOML file
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}

#[derive(Subcommand)]
pub enum Config {
    /// Print the path of the configuration file
    Path,
    /// Print every value in force and where it comes from
    Show,
    /// Report every problem
    Check,
    /// Print the JSON schema of the configuration, for editors that check and complete
    Schema,
    /// Open it in $VISUAL or $EDITOR, check what was written, and only then put it in place
    Edit,
}

#[derive(Subcommand)]
pub enum Profile {
    /// Add one: asks for its settings and its key, tests the key, and writes it into the configuration
    Add {
        /// The profile; asked for where none is given
        name: Option<String>,
    },
    /// Ask the provider whether the profile's key works, with a call that creates nothing
    Test {
        /// The profile
        name: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}
