//! One request of an operation, or one that is only built and signed.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::domain::keyed::Keyed;
use crate::domain::literal::{Literal, OneOrMany};

use super::When;

/// `"POST /room/{x}"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub method: String,
    pub path: String,
}

impl<'de> Deserialize<'de> for Call {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        match text.split_once(' ') {
            Some((method, path)) if known.contains(&method) && path.starts_with('/') => {
                Ok(Call { method: method.into(), path: path.into() })
            }
            _ => Err(D::Error::custom("a call is a method and a path, like \"POST /meetings\"")),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldsPlace {
    Body,
    Query,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    #[default]
    Json,
    Xml,
    /// BigBlueButton's join with `redirect=false`: XML, or a redirect to the node that is followed up to three times
    /// within its scheme, or a redirect to the logout page that carries the errors.
    BbbJoin,
}

/// What a second sending of the same request would do: said of a creation that may have worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Creates {
    /// A second room or link.
    Again,
    /// The same room.
    Same,
    /// Nothing: the provider refuses the second.
    Refused,
}

/// One request, or one that is only built and signed (`offline`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub call: Call,
    #[serde(default)]
    pub when: When,
    /// This step carries the form.
    #[serde(default)]
    pub fields: Option<FieldsPlace>,
    #[serde(default)]
    pub body: Option<Keyed<Literal>>,
    #[serde(default)]
    pub query: Keyed<Literal>,
    #[serde(default)]
    pub also: OneOrMany<Also>,
    #[serde(default)]
    pub answer: AnswerKind,
    #[serde(default)]
    pub creates: Option<Creates>,
    /// The field by which a provider knows a second sending; where it is left out, a second one creates again.
    #[serde(default)]
    pub known_by: Option<String>,
    /// Its failure is a warning, the entry stays.
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub offline: bool,
}

/// Content that is added only when a condition holds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    pub when: When,
    #[serde(default)]
    pub body: Keyed<Literal>,
    #[serde(default)]
    pub query: Keyed<Literal>,
}
