//! Which profile and which operation a command means, and who signs.

use std::ffi::OsString;
use std::sync::Arc;

use crate::config::{Preset, Profile};
use crate::domain::nearest::nearest;
use crate::domain::page::{Operation, Page};
use crate::error::{Error, Result};
use crate::worker::setup::Setup;

use super::World;

/// The profile of that name, else the default one, else the only one.
pub(super) fn profile(named: Option<&str>, setup: &Setup) -> Result<(Profile, Arc<Page>)> {
    let config = &setup.config;
    if config.has_no_profiles() && !config.is_broken() {
        let what = if setup.exists { "no profile is configured in" } else { "there is no configuration:" };
        return Err(Error::config(format!("{what} {}", config.file()))
            .hint("write a profile into it; `roomkey` alone shows everything on a sandbox"));
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

/// Who signs when the configuration does not say.
pub(super) fn login(world: &World) -> String {
    let name = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| (world.env)(name));
    name.and_then(|name: OsString| name.into_string().ok())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "Host".into())
}
