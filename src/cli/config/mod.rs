//! `roomkey config`: where the configuration is, what holds and from where, and everything that is wrong with it;
//! `edit` opens it in the user's editor.

mod edit;

use std::path::Path;
use std::sync::Arc;

use crate::config::{self, Config, Severity};
use crate::domain::page::Page;
use crate::error::Error;
use crate::ports::{http, paths};
use crate::provider::catalog::Catalog;
use crate::worker::setup::{self, Setup};

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
        Command::Schema => match paths::places(world.config.as_deref(), &*world.env) {
            Ok(places) => schema(&setup::catalog(&places.config_dir.join("providers")), world),
            Err(error) => world.io.fail(&error),
        },
        Command::Edit => edit::run(world),
        Command::Check => match Setup::load(world.config.as_deref(), &*world.env) {
            Ok(setup) => check(&setup, world),
            Err(error) => world.io.fail(&error),
        },
    }
}

/// That of the pages alone: a broken configuration is a reason to ask for it.
fn schema(catalog: &Catalog, world: &mut World) -> u8 {
    let pages: Vec<Arc<Page>> = catalog.ids().filter_map(|id| catalog.usable(id)).collect();
    match serde_json::to_string_pretty(&config::schema(&pages)) {
        Ok(text) => world.io.show(&text),
        Err(_) => world.io.fail(&Error::other("could not write the schema")),
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
    let sound = is_sound(&setup.config, &setup.catalog, world);
    warn_of_modes(setup, world);
    if !sound {
        return 3;
    }
    let count = setup.config.profile_names().count();
    let noun = if count == 1 { "profile" } else { "profiles" };
    world.io.show(&format!("{}: {count} {noun}, no problem", setup.config.file()))
}

/// Tells every problem of a configuration; whether there is none but warnings.
fn is_sound(config: &Config, catalog: &Catalog, world: &mut World) -> bool {
    let ids: Vec<&str> = catalog.ids().collect();
    let mut problems = config.check(&ids, &|provider: &str| catalog.usable(provider));
    problems.extend(config.ca_file_problems(&|file, written| {
        let path = paths::beside(Path::new(file), written, &*world.env);
        http::authorities(&path).err().map(|error| error.message().to_owned())
    }));
    let io = &mut world.io;
    for problem in &problems {
        match problem.severity {
            Severity::Error => io.say(&problem.to_string()),
            Severity::Warning => io.warn(&problem.to_string()),
        }
    }
    let mut sound = problems.iter().all(|problem| problem.severity == Severity::Warning);
    // A page of the user's that cannot be read makes its profiles unavailable.
    for fault in ids.iter().filter_map(|id| catalog.page(id)?.err()) {
        io.say(&fault.to_string());
        sound = false;
    }
    sound
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
