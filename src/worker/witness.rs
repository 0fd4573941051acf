//! Who sees the requests of this run: each one is told of when it has ended, without its secrets, to the log file and to
//! whoever shows the request log.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::exchange::{Exchange, Heard};
use crate::domain::mask;
use crate::domain::request::{Failure, Preview, Request, Response};
use crate::domain::text::DisplayText;
use crate::error::Error;
use crate::ports::log;
use crate::provider::redact;

use super::call::Caller;

/// Takes the exchanges of a run as they end; must not block.
pub type Witness = Arc<dyn Fn(Exchange) + Send + Sync>;

/// A request under way.
pub(super) struct Seen {
    at: Timestamp,
    begun: std::time::Duration,
    profile: DisplayText,
    request: Preview,
}

impl Caller {
    /// A request is about to leave. What cannot be shown whole is shown by its host.
    pub(super) fn see(&self, profile: &str, request: &Request, shown: Option<Preview>) -> Seen {
        let whole = shown.unwrap_or_else(|| Preview {
            method: request.method.clone(),
            url: format!("https://{}/…", request.host()),
            headers: Vec::new(),
            body: None,
            offline: false,
        });
        Seen {
            at: self.clock.now(),
            begun: self.clock.elapsed(),
            profile: DisplayText::line(&mask::hide(profile)),
            request: redact::request(whole),
        }
    }

    /// What came of it.
    pub(super) fn heard(&self, seen: Seen, answer: &Result<Response, Failure>) {
        let told = |error: &Error| DisplayText::line(error.message());
        self.end(
            seen,
            match answer {
                Ok(response) => Heard::Answer(redact::answer(response)),
                Err(Failure::NotSent(error)) => Heard::NotSent(told(error)),
                Err(Failure::Unknown(error)) => Heard::Nothing(told(error)),
            },
        );
    }

    /// It ended before an answer came, and why.
    pub(super) fn stopped(&self, seen: Seen, sent: bool, why: &Error) {
        let why = DisplayText::line(why.message());
        self.end(seen, if sent { Heard::Nothing(why) } else { Heard::NotSent(why) });
    }

    fn end(&self, seen: Seen, heard: Heard) {
        let took = self.clock.elapsed().saturating_sub(seen.begun);
        let Seen { at, profile, request, .. } = seen;
        let exchange = Exchange { at, took, profile, request, heard };
        write_down(&exchange);
        if let Some(witness) = &self.witness {
            witness(exchange);
        }
    }
}

/// Addresses without their queries, answers without their bodies.
fn write_down(exchange: &Exchange) {
    let head = || {
        let Exchange { profile, request, took, .. } = exchange;
        format!("{profile}: {} {} in {} ms", request.method, exchange.place(), took.as_millis())
    };
    match &exchange.heard {
        Heard::Answer(shown) => {
            log::debug(|| format!("{}: {}, {} bytes", head(), shown.status, shown.bytes));
            for (name, value) in &shown.headers {
                log::trace(|| format!("{}: {name}: {value}", exchange.profile));
            }
        }
        Heard::NotSent(why) => log::warn(|| format!("{}: not sent: {why}", head())),
        Heard::Nothing(why) => log::warn(|| format!("{}: no answer: {why}", head())),
    }
}
