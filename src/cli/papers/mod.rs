//! `roomkey completions` and `roomkey man`: what shells and readers want to know of the command line, both made from
//! the one description that the parser works with, so that nothing in them can be out of date.

mod man;

use clap::{Command as Description, CommandFactory};
use clap_complete::Shell;

use crate::error::Error;

use super::World;
use super::args::Args;

/// The command line as people may know it: that of the parser without the commands the program keeps for itself.
pub fn description() -> Description {
    let whole = Args::command();
    let open = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let mut description = Description::new("roomkey")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .args(whole.get_arguments().cloned())
        .subcommands(open);
    if let Some(about) = whole.get_about() {
        description = description.about(about.clone());
    }
    if let Some(last) = whole.get_after_help() {
        description = description.after_help(last.clone());
    }
    description
}

pub(super) fn completions(shell: Shell, world: &mut World) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut description(), "roomkey", &mut script);
    print(script, world)
}

pub(super) fn man(world: &mut World) -> u8 {
    match man::page(&description()) {
        Ok(page) => print(page, world),
        Err(_) => world.io.fail(&Error::other("could not write the page")),
    }
}

fn print(text: Vec<u8>, world: &mut World) -> u8 {
    match String::from_utf8(text) {
        Ok(text) => world.io.show(text.trim_end_matches('\n')),
        Err(_) => world.io.fail(&Error::other("could not write the page")),
    }
}
