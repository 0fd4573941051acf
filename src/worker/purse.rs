//! The one secret a call needs, fetched when its turn comes and gone with it. The calls of a batch that are under way
//! together share it: whoever is asked by a password manager is asked once, and a slow command is not run for every row.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::OnceCell;

use crate::config::{Profile, SettingSource};
use crate::domain::page::Page;
use crate::domain::secret::{Secret, SecretSource};
use crate::error::{Error, Result};
use crate::ports::secrets;
use crate::provider::flow::Flow;
use crate::provider::plan::Plan;
use crate::provider::settings::{Setting, Settings};

use super::call::{Caller, hidden_settings, settings_of};

/// What one call holds while it lasts; the last one takes the secret with it.
pub(super) type Held = Arc<OnceCell<Secret>>;

/// The secrets of batches under way.
#[derive(Default)]
pub struct Purse(Mutex<Vec<Place>>);

/// Where the calls of one batch find theirs.
struct Place {
    profile: String,
    operation: String,
    secret: Weak<OnceCell<Secret>>,
}

impl Purse {
    /// The place of a plan's secret: its own, or that of its batch.
    pub(super) fn hold(&self, plan: &Plan) -> Held {
        if !plan.among_many {
            return Held::default();
        }
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        places.retain(|place| place.secret.strong_count() > 0);
        let ours = |place: &&Place| place.profile == plan.profile && place.operation == plan.operation;
        if let Some(held) = places.iter().find(ours).and_then(|place| place.secret.upgrade()) {
            return held;
        }
        let held = Held::default();
        let (profile, operation) = (plan.profile.clone(), plan.operation.clone());
        places.push(Place { profile, operation, secret: Arc::downgrade(&held) });
        held
    }
}

/// Whether a profile is still one of the page's provider: one of another by now has a key that is not for its address.
pub(super) fn fits(page: &Page, profile: &Profile) -> Result<()> {
    if profile.provider == page.id {
        return Ok(());
    }
    let message = format!("profile {} is one of another provider by now", profile.name);
    Err(Error::config(message).hint(format!("give it provider {} again, or begin anew", page.id)))
}

impl Caller {
    /// The profile's settings with the one secret the plan needs.
    pub(super) async fn settings(&self, plan: &Plan, profile: &Profile, held: &Held) -> Result<Settings> {
        fits(&plan.page, profile)?;
        let hidden = hidden_settings(&plan.page, profile);
        let flow = Flow::new(plan.clone(), hidden.clone());
        let Some(key) = flow.secret_setting() else { return Ok(hidden) };
        self.opened(&plan.page, profile, key, held).await
    }

    /// The profile's settings with this one secret among them.
    pub(super) async fn opened(
        &self,
        page: &Page,
        profile: &Profile,
        key: &str,
        held: &Held,
    ) -> Result<Settings> {
        let Some(SettingSource::Secret(source)) = profile.setting(key) else {
            return Ok(hidden_settings(page, profile));
        };
        let secret = held.get_or_try_init(|| self.fetch(source, key, profile)).await?;
        let given = settings_of(profile, |name| match name == key {
            true => Setting::Secret(secret.clone()),
            false => Setting::Hidden,
        });
        Ok(Settings::complete(page, given))
    }

    /// Fetches a secret, on a thread that may wait where there is something to wait for.
    async fn fetch(&self, source: &SecretSource, key: &str, profile: &Profile) -> Result<Secret> {
        let at_hand = source.is_at_hand();
        let (source, setting, name, env, limit) =
            (source.clone(), key.to_owned(), profile.name.clone(), Arc::clone(&self.env), self.patience);
        let fetch = move || {
            let wanted = secrets::Wanted { source: &source, setting: &setting, profile: &name };
            secrets::resolve(wanted, secrets::Surroundings { env: &*env, limit })
        };
        let fetched = match at_hand {
            true => Ok(fetch()),
            false => tokio::task::spawn_blocking(fetch).await,
        };
        match fetched {
            Ok(fetched) => fetched.map(|fetched| fetched.secret),
            Err(_) => Err(Error::config(format!("could not fetch {key} of profile {}", profile.name))),
        }
    }
}
