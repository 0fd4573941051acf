//! `roomkey profile test`: the page's harmless call, sent with the profile's key. Exit 0 says that the provider took
//! the key and nothing else does: where a page has no such call, the key may be there and yet nothing is known of it,
//! so that ends with 1. Nothing is created, so no answer ends with 8 either.

use std::sync::Arc;

use serde_json::json;

use crate::config::Profile;
use crate::domain::entry_json::{self, printed};
use crate::domain::page::Page;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;
use crate::provider::key_test::Proof;
use crate::worker::call::{Caller, Env};
use crate::worker::setup::Setup;

use super::super::{World, choose, network, not_in_force};

pub(super) fn run(name: &str, as_json: bool, world: &mut World) -> u8 {
    let loaded = Setup::load(world.config.as_deref(), &*world.env).and_then(|setup| {
        if let Some(none) = choose::none(&setup) {
            return Err(none);
        }
        let (profile, page) = setup.profile(name)?;
        setup.trust(&profile)?;
        Ok((profile, page, setup))
    });
    let (profile, page, setup) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return world.io.fail(&error),
    };
    let ignored = setup.config.read_profile(name, &page).1;
    let ignored = not_in_force::warning(&setup.config, &ignored);
    for warning in ignored.into_iter().chain(setup.exposed(&profile)) {
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
    let caller = Caller::new(Arc::clone(env), Clock::system(None));
    network::ask(caller.test(page, profile))
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
        Ok(proof) => (Some(true), Some(proof.status), u64::try_from(proof.took.as_millis()).ok(), None),
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
