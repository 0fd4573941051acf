//! One thing a provider can do: its fields, rules, steps, links, details, follow-up calls and executable examples.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::domain::keyed::Keyed;
use crate::domain::link::{Audience, Reuse};
use crate::domain::literal::{Literal, OneOrMany};

use super::{End, Field, When};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    pub label: String,
    #[serde(default)]
    pub help: String,
    /// Shown standing in the form.
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub essentials: Keyed<Field>,
    /// Folded fields under the titles of their groups.
    #[serde(default)]
    pub advanced: Keyed<Keyed<Field>>,
    #[serde(default)]
    pub wish: Keyed<Wish>,
    #[serde(default, rename = "rule")]
    pub rules: Vec<Rule>,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    #[serde(default, rename = "link")]
    pub links: Keyed<LinkSpec>,
    #[serde(default, rename = "detail")]
    pub details: Keyed<DetailSpec>,
    #[serde(default)]
    pub check: Option<FollowUp>,
    #[serde(default)]
    pub delete: Option<FollowUp>,
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

impl Operation {
    /// Every field in form order: essentials, then the groups.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Field)> {
        let advanced = self.advanced.iter().flat_map(|(_, group)| group.iter());
        self.essentials.iter().chain(advanced).map(|(name, field)| (name.as_str(), field))
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().find(|(n, _)| *n == name).map(|(_, f)| f)
    }

    /// The field a name of the command line belongs to: its own, or the pairs field whose star it fills.
    pub fn field_for(&self, name: &str) -> Option<(&str, &Field)> {
        self.fields().find(|(n, _)| *n == name).or_else(|| {
            self.fields().find(|(n, _)| {
                n.strip_suffix('*').is_some_and(|stem| name.starts_with(stem) && name.len() > stem.len())
            })
        })
    }

    pub fn choices<'a>(&'a self, field: &'a Field) -> &'a [String] {
        match field.choices_of.as_deref().and_then(|other| self.field(other)) {
            Some(other) => &other.choices,
            None => &field.choices,
        }
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

/// The field that carries an intent shared by all providers (`name`, `end`, `locked` …).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// Missing where `yes` and `no` are tables of several fields' values.
    #[serde(default)]
    pub field: Option<String>,
    #[serde(default)]
    pub yes: Option<Literal>,
    #[serde(default)]
    pub no: Option<Literal>,
    /// The name is brought into the field's alphabet.
    #[serde(default)]
    pub slug: bool,
}

/// A dependency between values: `requires` fields, or an error, or a warning; with a one-key remedy where there is one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    #[serde(default)]
    pub when: When,
    #[serde(default)]
    pub unless: When,
    #[serde(default)]
    pub requires: Vec<String>,
    #[serde(default)]
    pub error: Option<String>,
    #[serde(default)]
    pub warn: Option<String>,
    #[serde(default)]
    pub fix: Keyed<Literal>,
}

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

/// What a second sending of the same request would do.
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

/// A call about an entry that exists already; it may use only details.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    pub call: Call,
    #[serde(default)]
    pub query: Keyed<Literal>,
    /// What to show of the answer: label and pointer.
    #[serde(default)]
    pub show: Keyed<String>,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub warn: Option<String>,
    #[serde(default)]
    pub answer: AnswerKind,
}

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
