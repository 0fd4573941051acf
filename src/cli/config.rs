//! `roomkey config`: where the configuration is, what holds and from where, and everything that is wrong with it.

use std::sync::Arc;

use crate::config::Severity;
use crate::domain::page::Page;
use crate::error::Error;
use crate::ports::paths;
use crate::worker::setup::Setup;

use super::World;
use super::args::Config as Command;

pub(super) fn run(command: Command, world: &mut World) -> u8 {
    match command {
        Command::Path => match paths::places(world.config.as_deref(), &*world.env) {
            Ok(places) => world.io.show(&places.config.display().to_string()),
            Err(error) => world.io.fail(&error),
        },
        Command::Show => match Setup::load(world.config.as_deref(), &*world.env) {
            Ok(setup) => show(&setup, world),
            Err(error) => world.io.fail(&error),
        },
        Command::Check => match Setup::load(world.config.as_deref(), &*world.env) {
            Ok(setup) => check(&setup, world),
            Err(error) => world.io.fail(&error),
        },
    }
}

fn show(setup: &Setup, world: &mut World) -> u8 {
    if setup.config.is_broken() {
        return check(setup, world);
    }
    let shown = setup.config.shown(&|provider: &str| page(setup, provider));
    let line = |(key, value, source): &(String, String, String)| format!("{key} = {value}  ({source})");
    world.io.show(&shown.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn check(setup: &Setup, world: &mut World) -> u8 {
    if !setup.exists {
        let error = Error::config(format!("there is no configuration: {}", setup.config.file()));
        return world.io.fail(&error.hint("`roomkey` alone shows everything on a sandbox"));
    }
    let ids: Vec<&str> = setup.catalog.ids().collect();
    let problems = setup.config.check(&ids, &|provider: &str| page(setup, provider));
    for problem in &problems {
        match problem.severity {
            Severity::Error => world.io.say(&problem.to_string()),
            Severity::Warning => world.io.warn(&problem.to_string()),
        }
    }
    warn_of_modes(setup, world);
    let mut sound = problems.iter().all(|problem| problem.severity == Severity::Warning);
    // A page of the user's that cannot be read makes its profiles unavailable.
    for fault in ids.iter().filter_map(|id| setup.catalog.page(id)?.err()) {
        world.io.say(&fault.to_string());
        sound = false;
    }
    if !sound {
        return 3;
    }
    let count = setup.config.profile_names().count();
    let noun = if count == 1 { "profile" } else { "profiles" };
    world.io.show(&format!("{}: {count} {noun}, no problem", setup.config.file()))
}

/// What the modes of the files say about their secrets; warnings change no exit code.
fn warn_of_modes(setup: &Setup, world: &mut World) {
    for name in setup.config.profile_names() {
        let Ok((profile, _)) = setup.profile(name) else { continue };
        if let Err(error) = setup.trust(&profile) {
            world.io.warn(&error.to_string());
        }
        if let Some(warning) = setup.exposed(&profile) {
            world.io.warn(&warning);
        }
    }
}

fn page(setup: &Setup, provider: &str) -> Option<Arc<Page>> {
    setup.catalog.usable(provider)
}
