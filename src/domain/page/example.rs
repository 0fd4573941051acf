//! Executable examples: what is typed, what goes out, what comes back, what it gives.

use serde::Deserialize;

use crate::domain::keyed::Keyed;
use crate::domain::literal::Literal;

/// An executable example. Values are written as on the command line.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub title: String,
    /// In a fixture, the operation it belongs to.
    #[serde(default)]
    pub operation: Option<String>,
    #[serde(default)]
    pub settings: Keyed<String>,
    #[serde(default)]
    pub values: Keyed<Literal>,
    #[serde(default)]
    pub now: Option<String>,
    #[serde(default, rename = "call")]
    pub calls: Vec<ExampleCall>,
    #[serde(default)]
    pub gives: Keyed<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleCall {
    pub request: String,
    #[serde(default)]
    pub headers: Keyed<String>,
    #[serde(default)]
    pub body: Option<String>,
    pub status: u16,
    #[serde(default)]
    pub answer: String,
    #[serde(default, rename = "answer_headers")]
    pub answer_headers: Keyed<String>,
}
