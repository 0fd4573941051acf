//! Which profile and which operation a command means, who signs, and in which zone.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::config::{Config, Preset, Profile};
use crate::domain::nearest::nearest;
use crate::domain::page::{Operation, Page};
use crate::error::{Error, Result};
use crate::ports::{clock, login};
use crate::worker::setup::Setup;

use super::World;

/// The error of every command that needs a profile, where there is none at all.
pub(super) fn none(setup: &Setup) -> Option<Error> {
    let config = &setup.config;
    let what = if setup.exists { "no profile is configured in" } else { "there is no configuration:" };
    (config.has_no_profiles() && !config.is_broken()).then(|| {
        Error::config(format!("{what} {}", config.file()))
            .hint("write a profile into it; `roomkey` alone shows everything on a sandbox")
    })
}

/// The profile of that name, else the default one, else the only one.
pub(super) fn profile(named: Option<&str>, setup: &Setup) -> Result<(Profile, Arc<Page>)> {
    let config = &setup.config;
    if let Some(none) = none(setup) {
        return Err(none);
    }
    let name = match (named, config.default_profile()) {
        (Some(name), _) => name,
        (None, Some(name)) if config.profile_names().any(|known| known == name) => name,
        (None, Some(name)) => {
            return Err(Error::config(format!("default_profile names `{name}`, which is no profile"))
                .hint(format!("choose {}", setup.names())));
        }
        (None, None) => {
            let mut names = config.profile_names();
            match (names.next(), names.next()) {
                (Some(only), None) => only,
                (None, _) => "",
                (Some(_), Some(_)) => {
                    return Err(Error::usage("which profile is it to be?")
                        .hint(format!("write -p with one of {}", setup.names())));
                }
            }
        }
    };
    setup.profile(name)
}

/// The operation of that name, else the preset's, else the provider's first.
pub(super) fn operation<'a>(
    named: Option<&str>,
    preset: Option<&Preset>,
    page: &'a Page,
) -> Result<(&'a str, &'a Operation)> {
    let of_preset = preset.map(|preset| match (&preset.operation, page.first_operation()) {
        (Some(id), _) => id.as_str(),
        (None, Some((id, _))) => id.as_str(),
        (None, None) => "",
    });
    if let (Some(name), Some(other), Some(preset)) = (named, of_preset, preset)
        && name != other
    {
        let message = format!("preset {} is for operation `{other}`, not `{name}`", preset.name);
        return Err(Error::usage(message).hint("leave out -o or --preset"));
    }
    let Some(name) = named.or(of_preset) else {
        let first = page.first_operation().map(|(id, operation)| (id.as_str(), operation));
        return first.ok_or_else(|| Error::config(format!("{} can do nothing", page.name)));
    };
    let found = page.operations.iter().find(|(id, _)| id == name);
    found.map(|(id, operation)| (id.as_str(), operation)).ok_or_else(|| {
        let error = Error::usage(format!("{} has no operation `{name}`", page.name));
        match nearest(name, page.operations.keys()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("choose {}", page.operations.keys().collect::<Vec<_>>().join(", "))),
        }
    })
}

/// Who signs: whom the configuration names, else who is logged in.
pub(super) fn agent(config: &Config, world: &World) -> String {
    config.agent().map_or_else(|| login::name(&*world.env), str::to_owned)
}

/// The zone times are read and shown in; nothing where the machine's holds.
pub(super) fn zone(config: &Config) -> Result<Option<TimeZone>> {
    config.zone_by(clock::zone).map_err(|problem| Error::config(problem.to_string()))
}
