//! One error for the whole program: a kind for the machine, a clause for the reader, a hint for the next step.
//!
//! Messages are lower-case clauses that name the act ("could not reach bbb.example"), hints are imperatives
//! ("check base_url of profile bbb-eu"). Sources that can hold a URL or a configured value (the HTTP client, TOML
//! and JSON parsers) are mapped to this type at once and never kept.

use std::fmt;

use crate::domain::mask;
use crate::domain::text::DisplayText;

/// What kind of trouble it is; decides the exit code and the word `error.kind` of the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The command line or the form was filled in wrongly.
    Usage,
    /// The configuration, or a setting of a profile, is missing or unusable.
    Config,
    /// The provider refused the key.
    Auth,
    /// The provider has had enough calls for now.
    RateLimited,
    /// The provider understood and said no.
    Refused,
    /// The provider pointed elsewhere; roomkey follows no redirect.
    Redirected,
    /// Nothing was sent: no address, no connection, no trusted certificate.
    Network,
    /// The call was sent and no (whole) answer came in time.
    Timeout,
    /// The provider answered that it broke.
    Server,
    /// An answer came that cannot be understood.
    Unclear,
    Storage,
    Clipboard,
    /// Stopped by a signal of this number.
    Interrupted(u8),
    Other,
}

impl Kind {
    /// The word of the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Usage => "usage",
            Kind::Config => "config",
            Kind::Auth => "auth",
            Kind::RateLimited => "rate_limited",
            Kind::Refused => "refused",
            Kind::Redirected => "redirected",
            Kind::Network => "network",
            Kind::Timeout => "timeout",
            Kind::Server => "server",
            Kind::Unclear => "unclear",
            Kind::Storage => "storage",
            Kind::Clipboard => "clipboard",
            Kind::Interrupted(_) => "interrupted",
            Kind::Other => "other",
        }
    }

    /// The exit code of the command line. `Timeout`, `Server` and `Unclear` say 8: the room may exist.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Storage | Kind::Clipboard | Kind::Other => 1,
            Kind::Usage => 2,
            Kind::Config => 3,
            Kind::Auth => 4,
            Kind::RateLimited | Kind::Refused | Kind::Redirected => 5,
            Kind::Network => 6,
            Kind::Timeout | Kind::Server | Kind::Unclear => 8,
            Kind::Interrupted(signal) => 128 + signal,
        }
    }
}

/// An error as people and machines read it. Its texts are safe to draw and to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub kind: Kind,
    message: DisplayText,
    hint: Option<DisplayText>,
    /// The HTTP status, where an answer was the cause.
    pub status: Option<u16>,
    /// The field the cursor should go to.
    pub field: Option<String>,
    /// Seconds to wait before another try makes sense.
    pub wait: Option<u64>,
}

impl Error {
    pub fn new(kind: Kind, message: impl AsRef<str>) -> Error {
        Error { kind, message: shown(message.as_ref()), hint: None, status: None, field: None, wait: None }
    }

    pub fn usage(message: impl AsRef<str>) -> Error {
        Error::new(Kind::Usage, message)
    }

    pub fn config(message: impl AsRef<str>) -> Error {
        Error::new(Kind::Config, message)
    }

    pub fn other(message: impl AsRef<str>) -> Error {
        Error::new(Kind::Other, message)
    }

    /// With the next step, as an imperative.
    pub fn hint(mut self, hint: impl AsRef<str>) -> Error {
        let hint = shown(hint.as_ref());
        self.hint = (!hint.is_empty()).then_some(hint);
        self
    }

    pub fn status(mut self, status: u16) -> Error {
        self.status = Some(status);
        self
    }

    pub fn message(&self) -> &str {
        self.message.as_str()
    }

    pub fn next_step(&self) -> Option<&str> {
        self.hint.as_ref().map(DisplayText::as_str)
    }
}

/// Without what moves a cursor, and without any secret of this run.
fn shown(text: &str) -> DisplayText {
    DisplayText::line(&mask::hide(text))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.hint {
            Some(hint) => write!(f, "{}: {}", self.message, hint),
            None => write!(f, "{}", self.message),
        }
    }
}

impl std::error::Error for Error {}

pub type Result<T, E = Error> = std::result::Result<T, E>;
