//! `roomkey profile`: setting up. `test` asks the provider whether a profile's key works.

mod test;

use super::World;
use super::args::Profile as Command;

pub(super) fn run(command: Command, world: &mut World) -> u8 {
    match command {
        Command::Test { name, json } => test::run(&name, json, world),
    }
}
