//! How a link ends, as a page says it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::domain::link::Source;
use crate::domain::moment::parse_span;

/// One way a link ends. The earliest time counts, events stand beside it; an end whose reference is absent drops out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Refused afterwards.
    Hard(Until),
    /// The room closes some time after.
    Soft(Until),
    Event(Happening),
    Unknown(Unknown),
}

/// A point in time: `at` a placeholder, or `after` a length of time from the answer's arrival.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Until {
    #[serde(default)]
    pub at: Option<String>,
    #[serde(default)]
    pub after: Option<String>,
    #[serde(default)]
    pub plus: Option<Span>,
    /// Used when `at` has no value.
    #[serde(default, rename = "else")]
    pub or: Option<String>,
    pub source: Source,
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happening {
    pub text: String,
    pub source: Source,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    pub source: Source,
}

/// A fixed length of time written in a page, `"1h"`; in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span(pub i64);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_span(&text, None).map(Span).map_err(D::Error::custom)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::domain::moment::short_span(self.0))
    }
}
