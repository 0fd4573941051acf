//! One thing a provider can do: its fields, rules, steps, links, details, follow-up calls and executable examples.

use serde::Deserialize;

use crate::domain::keyed::Keyed;
use crate::domain::literal::Literal;

use super::{AnswerKind, Call, DetailSpec, Example, Field, LinkSpec, Means, Step, ValueTest, When};

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

    /// What details are in a message, by their keys.
    pub fn means(&self) -> Vec<(String, Means)> {
        self.details.iter().filter_map(|(key, detail)| Some((key.clone(), detail.means?))).collect()
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
    /// An answer for which this holds says that it is gone, although it is still known.
    #[serde(default)]
    pub gone: Option<ValueTest>,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub warn: Option<String>,
    #[serde(default)]
    pub answer: AnswerKind,
}
