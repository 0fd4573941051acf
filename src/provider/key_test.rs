//! Testing the key of a profile with the one harmless call its page names. Like `flow` it sends nothing itself: it
//! hands out the request and judges the answer by the page's own error rows. What creations end with and a test cannot,
//! an entry that may exist, is worded anew here.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::page::{AnswerKind, Page, Test};
use crate::domain::request::{Failure, Preview, Request, Response};
use crate::domain::values::Values;
use crate::error::{Error, Kind, Result};

use super::build;
use super::expand::Ground;
use super::outcome::{Verdict, judge};
use super::settings::Settings;
use super::wire::Secrets;

/// The answer that proved a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    pub status: u16,
    pub took: Duration,
}

impl Proof {
    /// `the key works (answered 200 in 0.2 s)`
    pub fn told(&self) -> String {
        let took = match self.took.as_millis() {
            quick @ ..100 => format!("{quick} ms"),
            _ => format!("{:.1} s", self.took.as_secs_f64()),
        };
        format!("the key works (answered {} in {took})", self.status)
    }
}

/// Why nothing can be tested.
pub fn untestable(page: &Page) -> Error {
    let message = format!("{} has no call that only tests a key", page.name);
    Error::other(message).hint("create a link to see whether it works")
}

/// The test of one profile's key.
pub struct KeyTest {
    page: Arc<Page>,
    profile: String,
    settings: Settings,
    values: Values,
}

impl KeyTest {
    /// `settings` may be hidden as long as only `secret_setting` is asked for.
    pub fn new(page: Arc<Page>, profile: &str, settings: Settings) -> KeyTest {
        KeyTest { page, profile: profile.to_owned(), settings, values: Values::default() }
    }

    /// The one setting whose secret the call signs in with.
    pub fn secret_setting(&self) -> Option<&str> {
        build::secret_setting(&self.ground(Secrets::Hidden), "")
    }

    /// The call, ready to be sent. An error of kind `Other` says that the page names none, one of kind `Config` that a
    /// setting is missing.
    pub fn request(&self) -> Result<Request> {
        build::probe(&self.ground(Secrets::Live), self.test()?, self.answer_kind())
    }

    /// The call with its secret hidden, where it can be shown.
    pub fn shown(&self) -> Option<Preview> {
        let test = self.page.test.as_ref()?;
        build::probe_preview(&self.ground(Secrets::Hidden), test, self.answer_kind()).ok()
    }

    /// The status that proved the key, or why it is not proved. `Timeout`, `Server` and `Unclear` say that nothing is
    /// known about the key.
    pub fn judge(&self, answer: &Result<Response, Failure>, at: Timestamp) -> Result<u16> {
        let status = answer.as_ref().ok().map(|response| response.status);
        if let Some(status) = status
            && self.test()?.also_ok.iter().any(|fine| *fine == status)
        {
            return Ok(status);
        }
        match judge(&self.ground(Secrets::Live), self.answer_kind(), answer, at) {
            Verdict::Success(_) => Ok(status.unwrap_or_default()),
            Verdict::NotCreated(error) | Verdict::Maybe(error) => Err(self.worded(error, status)),
        }
    }

    fn test(&self) -> Result<&Test> {
        self.page.test.as_ref().ok_or_else(|| untestable(&self.page))
    }

    /// The rows of a page speak of rooms, and hints after an unclear answer of what may have been made.
    fn worded(&self, error: Error, status: Option<u16>) -> Error {
        let address = format!("check base_url of profile {}", self.profile);
        let anew = |kind: Kind, message: &str, hint: &str| {
            let anew = Error::new(kind, message).hint(hint);
            status.map_or(anew.clone(), |status| anew.status(status))
        };
        match (status, error.kind) {
            (Some(404), _) => {
                let message =
                    format!("{} answered 404: there is no such call at this address", self.page.name);
                anew(Kind::Refused, &message, &address)
            }
            (Some(300..=399), _) => anew(Kind::Redirected, error.message(), &address),
            (_, Kind::Timeout) => anew(Kind::Timeout, error.message(), "try again"),
            (_, Kind::Server) => anew(Kind::Server, error.message(), "try again later"),
            (_, Kind::Unclear) => anew(Kind::Unclear, error.message(), &address),
            _ => error,
        }
    }

    /// A provider answers all its calls in one notation, so the first step that is sent tells it.
    fn answer_kind(&self) -> AnswerKind {
        let mut steps = self.page.operations.iter().flat_map(|(_, operation)| &operation.steps);
        steps.find(|step| !step.offline).map(|step| step.answer).unwrap_or_default()
    }

    fn ground(&self, secrets: Secrets) -> Ground<'_> {
        Ground {
            page: &self.page,
            operation: None,
            settings: &self.settings,
            values: &self.values,
            answers: &[],
            urls: &[],
            details: &[],
            here: None,
            profile: &self.profile,
            agent: "",
            secrets,
        }
    }
}
