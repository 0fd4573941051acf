//! Testing the key of a profile, for the console and the command line alike: one harmless call, which creates nothing and
//! waits in no lane.

use std::sync::Arc;

use crate::config::Profile;
use crate::domain::page::Page;
use crate::error::Result;
use crate::ports::log;
use crate::provider::key_test::{KeyTest, Proof};

use super::call::{Caller, hidden_settings};
use super::purse::{Held, fits};

impl Caller {
    /// Sends the page's test with the profile's key. The errors are those of `KeyTest::judge`, and of fetching the key.
    /// Needs a tokio runtime.
    pub async fn test(&self, page: &Arc<Page>, profile: &Profile) -> Result<Proof> {
        let begun = self.clock.elapsed();
        let proof = self.status(page, profile).await.map(|status| {
            let took = self.clock.elapsed().saturating_sub(begun);
            Proof { status, took }
        });
        let outcome = proof.as_ref().map_or_else(|error| error.kind.name(), |_| "works");
        log::info(|| format!("{}: key test: {outcome}", profile.name));
        proof
    }

    async fn status(&self, page: &Arc<Page>, profile: &Profile) -> Result<u16> {
        fits(page, profile)?;
        let hidden = hidden_settings(page, profile);
        let test = KeyTest::new(Arc::clone(page), &profile.name, hidden.clone());
        let settings = match test.secret_setting() {
            Some(key) => self.opened(page, profile, key, &Held::default()).await?,
            None => hidden,
        };
        let test = KeyTest::new(Arc::clone(page), &profile.name, settings);
        let request = test.request()?;
        let seen = self.see(&profile.name, &request, test.shown());
        let answer = self.answer(&request, profile, &Arc::default()).await;
        self.heard(seen, &answer);
        test.judge(&answer, self.clock.now())
    }
}
