//! Points in time and lengths of time as people type them: "in 2h", "16:00", "tomorrow 9:00", "fri 14:30",
//! "2026-12-01 14:00", ISO with offset, unix seconds. Nothing is guessed and nothing lies in the past: a clock time
//! that daylight saving skips or repeats is answered with both readings, for the user to choose from. The zone and the
//! present are handed in. Clock times stand in `clock`, days in `day`, lengths in `span`, words in `echo`.

mod clock;
mod day;
mod echo;
mod local;
mod parse;
mod span;

use jiff::Timestamp;

pub use echo::echo;
pub use parse::{could_be_moment, parse_moment};
pub use span::{Unit, exact_span, parse_span, short_span};

/// Unix seconds outside of this range are a slip: milliseconds, or a number that means something else.
pub const UNIX_SECONDS: std::ops::RangeInclusive<i64> = 1_000_000_000..=4_000_000_000;

/// A point in time, and the text it was typed as where that is an ISO time with offset (which is sent as typed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub iso: Option<String>,
}

impl Moment {
    /// RFC 3339, as typed where it was typed so, else in UTC: `2026-11-21T15:00:00Z`.
    pub fn rfc3339(&self) -> String {
        self.iso.clone().unwrap_or_else(|| utc(self.at))
    }
}

/// RFC 3339 in UTC with whole seconds.
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// One thing a typed time may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub at: Timestamp,
    /// "02:30 CEST", in the zone it was typed for.
    pub label: String,
    /// An ISO time with offset, which means this and nothing else.
    pub typed: String,
}

/// Why a text is no point in time: a clause fit to stand under the field, and what it may have meant instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    pub reason: String,
    /// The two readings of a time that daylight saving skips or repeats; else nothing.
    pub readings: Vec<Reading>,
}

impl From<String> for Unclear {
    fn from(reason: String) -> Unclear {
        Unclear { reason, readings: Vec::new() }
    }
}

impl From<&str> for Unclear {
    fn from(reason: &str) -> Unclear {
        reason.to_owned().into()
    }
}

const TOO_FAR: &str = "that is too far away";

fn quote(text: &str) -> String {
    let shown: String = crate::domain::text::DisplayText::line(text).as_str().chars().take(40).collect();
    format!("`{shown}` is no time")
}
