//! `roomkey profile`: setting up. `add` asks for what a profile holds and writes it, `kept` being where its keys go;
//! `test` asks the provider whether a profile's key works.

mod add;
mod kept;
mod questions;
mod test;

use super::World;
use super::args::Profile as Command;

pub(super) fn run(command: Command, world: &mut World) -> u8 {
    match command {
        Command::Add { name } => add::run(name, world),
        Command::Test { name, json } => test::run(&name, json, world),
    }
}
