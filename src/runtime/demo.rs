//! The console without a configuration: five profiles on the sandbox. The sandbox is bound at once, so that its
//! address is known to the first frame, and serves from the first effect on.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::book;
use crate::config;
use crate::domain::secret::{Secret, SecretSource};
use crate::error::{Error, Result};
use crate::ports::clock::Clock;
use crate::provider::catalog::Catalog;
use crate::provider::settings::Setting;
use crate::sandbox::{Running, Sandbox, World};

/// Names of the demo's profiles and the providers they speak to.
const PROFILES: [(&str, &str); 5] = [
    ("bunch", "bunch"),
    ("joinme", "joinme"),
    ("metered", "metered"),
    ("bbb", "bigbluebutton"),
    ("whereby", "whereby"),
];

/// The sandbox of a demo: waiting, then serving.
pub struct Demo {
    settings: Vec<(String, Vec<(String, String)>)>,
    state: Mutex<State>,
}

enum State {
    Bound(Sandbox),
    Serving(#[allow(dead_code, reason = "dropping it would end the sandbox")] Running),
    Failed,
}

impl Demo {
    pub fn bind(clock: &Clock, seed: u64) -> Result<Demo> {
        let clock = clock.clone();
        let world = World { now: Arc::new(move || clock.now()), seed };
        let sandbox = Sandbox::bind(0, world)
            .map_err(|e| Error::other(format!("could not open the sandbox on this machine: {}", e.kind())))?;
        let settings = PROFILES.map(|(_, provider)| (provider.to_owned(), sandbox.settings(provider)));
        Ok(Demo { settings: settings.into(), state: Mutex::new(State::Bound(sandbox)) })
    }

    /// Lets the sandbox serve, the first time it is asked for.
    pub fn serve(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Bound(_) = &*state
            && let State::Bound(sandbox) = std::mem::replace(&mut *state, State::Failed)
            && let Ok(running) = sandbox.serve()
        {
            *state = State::Serving(running);
        }
    }

    fn given(&self, provider: &str) -> impl Iterator<Item = &(String, String)> {
        self.settings.iter().filter(move |(id, _)| id == provider).flat_map(|(_, settings)| settings)
    }

    /// The profiles as the console offers them, each read when it is first used.
    pub fn book(self: &Arc<Self>, catalog: Arc<Catalog>) -> book::Book {
        let unread = |(name, provider): (&str, &str)| book::Profile {
            name: name.into(),
            provider: provider.into(),
            unread: true,
            ..book::Profile::default()
        };
        let (demo, pages) = (Arc::clone(self), Arc::clone(&catalog));
        let reader = move |name: &str| demo.read(name, &pages);
        book::Book::unread(catalog, PROFILES.map(unread).into(), Box::new(reader))
    }

    fn read(&self, name: &str, catalog: &Catalog) -> book::Profile {
        let profile = |provider: &str| {
            let page = catalog.usable(provider);
            let secret = |key: &str| {
                page.as_ref().and_then(|page| page.settings.get(key)).is_some_and(|setting| setting.secret)
            };
            let given = self.given(provider).map(|(key, value)| match secret(key) {
                true => (key.clone(), Setting::Hidden),
                false => (key.clone(), Setting::Plain(value.clone())),
            });
            book::Profile {
                name: name.into(),
                provider: provider.into(),
                given: given.collect(),
                ..book::Profile::default()
            }
        };
        let known = PROFILES.iter().find(|(known, _)| *known == name);
        known.map(|(_, provider)| profile(provider)).unwrap_or_default()
    }

    /// A profile as the worker needs it, with its keys.
    pub fn profile(&self, name: &str, catalog: &Catalog) -> Result<config::Profile> {
        let (_, provider) = PROFILES
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| Error::config(format!("there is no profile {name}")))?;
        let page = catalog
            .usable(provider)
            .ok_or_else(|| Error::config(format!("there is no provider {provider}")))?;
        let source =
            |key: &str, value: &str| match page.settings.get(key).is_some_and(|setting| setting.secret) {
                true => config::SettingSource::Secret(SecretSource::Inline(Secret::new(value))),
                false => config::SettingSource::Plain(value.to_owned()),
            };
        Ok(config::Profile {
            name: name.into(),
            provider: (*provider).into(),
            file: "the sandbox".into(),
            settings: self.given(provider).map(|(key, value)| (key.clone(), source(key, value))).collect(),
            defaults: Vec::new(),
            default_preset: None,
            link_hosts: Vec::new(),
            ca_file: None,
            concurrency: config::CONCURRENCY,
            prefix: None,
        })
    }
}
