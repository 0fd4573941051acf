//! The profiles of the configuration: as the console offers them, each read when it is first used, and as the worker
//! needs them at the moment a job comes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::book::{self, Book};
use crate::config::{Preset, Problem, Profile, SettingSource};
use crate::domain::page::Page;
use crate::error::Result;
use crate::provider::settings::Setting;
use crate::worker::ProfileOf;
use crate::worker::setup::Setup;

/// Names of profiles that are used although others can write their file.
pub type Trusted = Arc<Mutex<BTreeSet<String>>>;
/// The profiles as they are at present; those of a configuration read anew take the place of the old ones.
pub type Present = Arc<Mutex<ProfileOf>>;

/// The profiles as they are when they are asked for.
pub fn present(profiles: &Present) -> ProfileOf {
    let profiles = Arc::clone(profiles);
    Arc::new(move |name| {
        let of = Arc::clone(&profiles.lock().unwrap_or_else(PoisonError::into_inner));
        of(name)
    })
}

/// Profiles as the worker needs them, at the moment a job comes.
pub fn profiles(setup: Arc<Setup>, trusted: Trusted) -> ProfileOf {
    Arc::new(move |name| {
        let (profile, _) = setup.profile(name)?;
        if !trusted.lock().unwrap_or_else(PoisonError::into_inner).contains(name) {
            setup.trust(&profile)?;
        }
        Ok(profile)
    })
}

/// The profiles of the configuration as the console offers them, each read when it is first used.
pub fn book_of(setup: &Arc<Setup>) -> Book {
    let name = |name: &str| book::Profile {
        name: name.to_owned(),
        provider: setup.config.provider_of(name).unwrap_or_default().to_owned(),
        preset: setup
            .config
            .default_preset_of(name)
            .map(|preset| book::Preset { name: preset.to_owned(), ..book::Preset::default() }),
        unread: true,
        ..book::Profile::default()
    };
    let profiles = setup.config.profile_names().map(name).collect();
    let reading = Arc::clone(setup);
    Book::unread(Arc::clone(&setup.catalog), profiles, Box::new(move |name| read(&reading, name)))
}

/// One profile by its provider's page; one that cannot be used says why.
fn read(setup: &Setup, name: &str) -> book::Profile {
    let read = setup.profile(name).and_then(|(profile, page)| {
        let preset = default_preset(setup, &profile, &page)?;
        Ok((profile, page, preset))
    });
    match read {
        Ok((profile, page, preset)) => {
            let doubt = setup.trust(&profile).err().map(|error| error.message().to_owned());
            let presets = setup.presets(&page).map(of_config).collect();
            book::Profile {
                given: profile.settings.iter().map(|(key, source)| (key.clone(), hidden(source))).collect(),
                name: profile.name,
                provider: profile.provider,
                defaults: profile.defaults,
                preset: preset.map(of_config),
                presets,
                concurrency: profile.concurrency,
                link_hosts: profile.link_hosts,
                prefix: profile.prefix.unwrap_or_default(),
                doubt,
                trouble: None,
                unread: false,
            }
        }
        Err(error) => book::Profile {
            name: name.to_owned(),
            provider: setup.config.provider_of(name).unwrap_or_default().to_owned(),
            trouble: Some(error.to_string()),
            ..book::Profile::default()
        },
    }
}

/// What quick creation uses. One that is there and cannot be used makes the profile unavailable: without it a room
/// would be made that is not the one meant.
fn default_preset(setup: &Setup, profile: &Profile, page: &Page) -> Result<Option<Preset>> {
    let known = |name: &&str| setup.config.preset_names().any(|known| known == *name);
    let Some(name) = profile.default_preset.as_deref().filter(known) else { return Ok(None) };
    // One of another provider is reported where the configuration is checked.
    let of = setup.config.profile_of(name).and_then(|of| setup.config.provider_of(of));
    match setup.config.preset(name, page) {
        Ok(preset) => Ok(Some(preset)),
        Err(_) if of.is_some_and(|of| of != page.id) => Ok(None),
        Err(problems) => Err(Problem::error(&problems)),
    }
}

fn of_config(preset: Preset) -> book::Preset {
    book::Preset { name: preset.name, operation: preset.operation, values: preset.values }
}

fn hidden(source: &SettingSource) -> Setting {
    match source {
        SettingSource::Plain(text) => Setting::Plain(text.clone()),
        SettingSource::Secret(_) => Setting::Hidden,
    }
}
