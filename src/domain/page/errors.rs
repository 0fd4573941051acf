//! How a provider says no: what counts as success, where its own words stand, and one row per documented error.
//! Whether something was created is not said here; one central table decides that.

use serde::Deserialize;

use crate::domain::literal::{Literal, OneOrMany};

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// A 2xx answer is a success only if this holds (BigBlueButton answers 200 to everything).
    #[serde(default)]
    pub ok: Option<ValueTest>,
    /// A 2xx answer for which neither this nor `ok` holds says neither yes nor no.
    #[serde(default)]
    pub no: Option<ValueTest>,
    /// Pointers to the vendor's error key, the first present counts.
    #[serde(default)]
    pub key: OneOrMany<String>,
    /// Pointers to the vendor's own sentence.
    #[serde(default)]
    pub text: OneOrMany<String>,
    #[serde(default)]
    pub case: Vec<ErrorRow>,
}

/// A test on one value of the answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueTest {
    pub at: String,
    #[serde(default)]
    pub is: Option<Literal>,
    #[serde(default)]
    pub not: Option<Literal>,
}

/// A test on one header; `*` may stand at either end of the wanted value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderTest {
    pub name: String,
    pub is: String,
}

/// A documented error. All tests that are given must hold; the first row that matches speaks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRow {
    #[serde(default)]
    pub status: OneOrMany<u16>,
    #[serde(default)]
    pub key: OneOrMany<String>,
    #[serde(default)]
    pub text: OneOrMany<String>,
    #[serde(default)]
    pub header: Option<HeaderTest>,
    #[serde(default)]
    pub answer: Option<ValueTest>,
    pub kind: RowKind,
    pub say: String,
    #[serde(default)]
    pub hint: Option<String>,
    /// The field the cursor goes to.
    #[serde(default)]
    pub field: Option<String>,
    /// Seconds to wait, from the answer.
    #[serde(default)]
    pub wait: Option<String>,
    #[serde(default, rename = "else")]
    pub or_wait: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    Auth,
    Field,
    Exists,
    Gone,
    Limit,
    Refused,
    Provider,
}
