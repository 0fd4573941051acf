//! What an operation gives: links, and details beside them.

use serde::Deserialize;

use crate::domain::link::{Audience, Reuse};

use super::{End, When};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkSpec {
    pub label: String,
    pub url: String,
    pub audience: Audience,
    pub reuse: Reuse,
    #[serde(default)]
    pub ends: Vec<End>,
    /// The person the link is for.
    #[serde(default)]
    pub person: Option<String>,
    /// A personal link whose holder is host under this condition has audience host.
    #[serde(default)]
    pub host_if: When,
    /// The role of a personal link, where it is fixed.
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub secret: bool,
    /// Its absence in the answer is no error.
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DetailAudience {
    Guest,
    Host,
    Person,
}

/// What a detail is in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Means {
    Code,
    Phone,
    Starts,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailSpec {
    pub label: String,
    pub value: String,
    #[serde(default, rename = "else")]
    pub or: Option<String>,
    #[serde(default)]
    pub secret: bool,
    #[serde(default, rename = "for")]
    pub audience: Option<DetailAudience>,
    #[serde(default)]
    pub host_if: When,
    /// A copy item of its own.
    #[serde(default)]
    pub copy: bool,
    #[serde(default)]
    pub means: Option<Means>,
    /// When present, the entry carries this warning.
    #[serde(default)]
    pub warn: Option<String>,
    #[serde(default)]
    pub when: When,
    #[serde(default)]
    pub ends: Vec<End>,
}
