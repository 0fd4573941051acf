//! When something holds: a test on a field, a group, a setting or an earlier answer.

use serde::Deserialize;

use crate::domain::literal::{Literal, OneOrMany};

/// One condition or several that must all hold; none always holds.
pub type When = OneOrMany<Condition>;

/// `{ field | any = [fields] | group | setting | step + at,  is | not | has | set | from }`. For a field without a
/// value `is` is false and `not` is true; `from = "other"` holds when the time is not before that field's.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    #[serde(default)]
    pub field: Option<String>,
    #[serde(default)]
    pub any: Vec<String>,
    #[serde(default)]
    pub group: Option<String>,
    #[serde(default)]
    pub setting: Option<String>,
    #[serde(default)]
    pub step: Option<String>,
    /// Pointer into that step's answer.
    #[serde(default)]
    pub at: Option<String>,
    #[serde(default)]
    pub is: Option<Literal>,
    #[serde(default)]
    pub not: Option<Literal>,
    #[serde(default)]
    pub has: Option<String>,
    #[serde(default)]
    pub set: Option<bool>,
    #[serde(default)]
    pub from: Option<String>,
}
