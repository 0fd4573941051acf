//! What ends a call early: the user, a signal, or a computer that slept through it; and what is to be said of it. Before
//! the connection stood nothing was sent, after it the call may have had its effect.

use tokio::sync::watch;

use crate::domain::request::Request;
use crate::error::{Error, Kind};
use crate::provider::plan::Plan;

/// Why a plan is to end early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    User,
    /// Of this number.
    Signal(u8),
}

/// Where a halt shows up.
pub type Halting = watch::Receiver<Option<Halt>>;

impl Halt {
    pub(super) fn error(self, plan: &Plan, sent: bool) -> Error {
        let kind = match self {
            Halt::Signal(number) => Kind::Interrupted(number),
            Halt::User if sent => Kind::Unclear,
            Halt::User => Kind::Other,
        };
        if !sent {
            return Error::new(kind, UNSENT);
        }
        Error::new(kind, UNANSWERED).hint(format!(
            "check at {} for {} before you try again",
            plan.page.name,
            plan.name(None)
        ))
    }
}

pub(super) const UNSENT: &str = "stopped before anything was sent";
pub(super) const UNANSWERED: &str = "stopped before the answer came";

/// What is to be said of a job the user has stopped before its turn came.
pub(super) fn unstarted() -> Error {
    Error::new(Kind::Other, UNSENT)
}

/// What is to be said of a call during which the computer slept.
pub(super) fn asleep(request: &Request, sent: bool) -> Error {
    let host = request.host();
    match sent {
        true => Error::new(Kind::Timeout, format!("this computer slept before the answer of {host} came"))
            .hint("check at the provider before you try again"),
        false => Error::new(Kind::Network, format!("this computer slept before {host} was reached"))
            .hint("try again"),
    }
}

/// Waits for a halt; for ever, where nobody is left to call one.
pub(super) async fn halted(halt: &mut Halting) -> Halt {
    match halt.wait_for(Option::is_some).await {
        Ok(halt) => halt.unwrap_or(Halt::User),
        Err(_) => std::future::pending().await,
    }
}
