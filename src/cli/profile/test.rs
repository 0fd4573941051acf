//! `roomkey profile test`: the page's harmless call, sent with the profile's key. Exit 0 says that the provider took the
//! key and nothing else does: where a page has no such call, the key may be there and yet nothing is known of it, so
//! that ends with 1. Nothing is created, so no answer ends with 8 either.

use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use crate::config::{Profile, SettingSource};
use crate::domain::entry_json::{self, printed};
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;
use crate::ports::http::{Door, Limits};
use crate::ports::secrets::{self, LIMIT, Surroundings, Wanted};
use crate::ports::{log, paths};
use crate::provider::key_test::KeyTest;
use crate::provider::settings::{Setting, Settings};
use crate::worker::call::{Env, settings_of};
use crate::worker::setup::Setup;

use super::super::World;

/// The answer that proved a key.
pub(super) struct Proof {
    status: u16,
    /// In milliseconds.
    took: u128,
}

impl Proof {
    /// `the key works (answered 200 in 0.2 s)`
    pub fn told(&self) -> String {
        let took = match self.took {
            quick @ ..100 => format!("{quick} ms"),
            slow => format!("{:.1} s", slow as f64 / 1000.0),
        };
        format!("the key works (answered {} in {took})", self.status)
    }
}

pub(super) fn run(name: &str, as_json: bool, world: &mut World) -> u8 {
    let loaded = Setup::load(world.config.as_deref(), &*world.env).and_then(|setup| {
        let (profile, page) = setup.profile(name)?;
        setup.trust(&profile)?;
        Ok((profile, page, setup))
    });
    let (profile, page, setup) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return world.io.fail(&error),
    };
    if let Some(warning) = setup.exposed(&profile) {
        world.io.warn(&warning);
    }
    let tested = test(&profile, &page, &world.env);
    let code = tested.as_ref().err().map_or(0, exit_code);
    // What is used or configured wrongly has no answer to print.
    let shown = match &tested {
        _ if as_json && !matches!(code, 2 | 3) => world.io.show(&report(&profile, &tested)),
        Ok(proof) => world.io.show(&format!("{name}: {}", proof.told())),
        Err(_) => 0,
    };
    if let Err(error) = tested {
        world.io.fail(&error);
    }
    if shown == 0 { code } else { shown }
}

/// Sends the test with the profile's key, fetched as for a creation.
pub(super) fn test(profile: &Profile, page: &Arc<Page>, env: &Env) -> Result<Proof> {
    let hidden = Settings::complete(page, settings_of(profile, |_| Setting::Hidden));
    let key = KeyTest::new(Arc::clone(page), &profile.name, hidden).secret_setting().map(str::to_owned);
    let secret = key.as_deref().map(|key| fetch(key, profile, env)).transpose()?.flatten();
    let given = settings_of(profile, |name| match &secret {
        Some(secret) if key.as_deref() == Some(name) => Setting::Secret(secret.clone()),
        _ => Setting::Hidden,
    });
    let test = KeyTest::new(Arc::clone(page), &profile.name, Settings::complete(page, given));
    let request = test.request()?;
    let ca_file = profile.ca_file.as_deref();
    let ca_file = ca_file.map(|written| paths::beside(Path::new(&*profile.file), written, &**env));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| Error::other("could not start the network"))?;
    let clock = Clock::system(None);
    let begun = clock.elapsed();
    let (door, limits) = (Door::new(), Limits::default());
    let sent = door.send(&request, ca_file.as_deref(), &limits, Arc::new(|| ()));
    let answer = runtime.block_on(sent);
    // A name server may still be waited for on another thread.
    runtime.shutdown_background();
    let took = clock.elapsed().saturating_sub(begun).as_millis();
    let judged = test.judge(&answer, clock.now());
    let outcome = judged.as_ref().map_or_else(|error| error.kind.name(), |_| "works");
    log::info(|| format!("{}: key test: {outcome} in {took} ms", profile.name));
    judged.map(|status| Proof { status, took })
}

/// Nothing where the profile names no source; the call then says what is missing.
fn fetch(key: &str, profile: &Profile, env: &Env) -> Result<Option<Secret>> {
    let Some(SettingSource::Secret(source)) = profile.setting(key) else { return Ok(None) };
    let wanted = Wanted { source, setting: key, profile: &profile.name };
    let fetched = secrets::resolve(wanted, Surroundings { env: &**env, limit: LIMIT })?;
    Ok(Some(fetched.secret))
}

/// Nothing was to be created, so nothing may have been: 8 is never the answer.
fn exit_code(error: &Error) -> u8 {
    match error.kind {
        Kind::Timeout => Kind::Network.exit_code(),
        Kind::Server | Kind::Unclear => Kind::Other.exit_code(),
        kind => kind.exit_code(),
    }
}

/// `works` is null where nothing is known about the key.
fn report(profile: &Profile, tested: &Result<Proof>) -> String {
    let (works, status, took, error) = match tested {
        Ok(proof) => (Some(true), Some(proof.status), u64::try_from(proof.took).ok(), None),
        Err(error) => {
            let refused = (error.kind == Kind::Auth).then_some(false);
            (refused, error.status, None, Some(entry_json::error(error)))
        }
    };
    printed(&json!({
        "version": 1,
        "profile": profile.name,
        "provider": profile.provider,
        "works": works,
        "status": status,
        "took_ms": took,
        "error": error,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_says_that_something_may_have_been_created() {
        for (kind, code) in [
            (Kind::Auth, 4),
            (Kind::Refused, 5),
            (Kind::RateLimited, 5),
            (Kind::Redirected, 5),
            (Kind::Network, 6),
            (Kind::Timeout, 6),
            (Kind::Server, 1),
            (Kind::Unclear, 1),
        ] {
            assert_eq!(exit_code(&Error::new(kind, "x")), code, "{kind:?}");
        }
    }
}
