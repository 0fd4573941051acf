//! A provider as a page: the types of a provider description, one noun per file. They say what a page may hold;
//! what it means is the business of `crate::provider`. Everything keyed keeps the order of the file, which is the
//! order of the form; everything whose order means something is a list.

mod condition;
mod ends;
mod errors;
mod example;
mod field;
mod gives;
mod operation;
mod step;

pub use condition::{Condition, When};
pub use ends::{End, Happening, Span, Unknown, Until};
pub use errors::{ErrorRow, Errors, HeaderTest, RowKind, ValueTest};
pub use example::{Example, ExampleCall};
pub use field::{Case, Field, Kind, Rules, SentAs};
pub use gives::{DetailAudience, DetailSpec, LinkSpec, Means};
pub use operation::{FollowUp, Operation, Rule, Wish};
pub use step::{Also, AnswerKind, Call, Creates, FieldsPlace, Step};

use serde::Deserialize;

use super::keyed::Keyed;
use super::literal::{Literal, OneOrMany};

/// The version of the format this program reads.
pub const FORMAT: i64 = 1;

/// One provider: what a profile holds, how it signs in, what it can do, how its errors read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub format: i64,
    pub id: String,
    pub name: String,
    /// One sentence.
    pub about: String,
    /// Where the vendor documents its API.
    pub docs: String,
    /// Hosts a link of this provider may point at; `*.` covers subdomains, `{setting:base_url}` is that host.
    #[serde(default)]
    pub link_hosts: Vec<String>,
    pub settings: Keyed<Setting>,
    #[serde(default)]
    pub auth: Keyed<Auth, Scheme>,
    #[serde(default)]
    pub test: Option<Test>,
    #[serde(default)]
    pub errors: Errors,
    #[serde(rename = "operation")]
    pub operations: Keyed<Operation>,
}

impl Page {
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.get(id)
    }

    /// The operation a form or a command without a choice starts with.
    pub fn first_operation(&self) -> Option<&(String, Operation)> {
        self.operations.0.first()
    }
}

/// A value a profile holds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    pub kind: Kind,
    pub label: String,
    #[serde(default)]
    pub help: String,
    #[serde(default)]
    pub default: Option<String>,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub secret: bool,
    #[serde(default)]
    pub rules: Rules,
    /// White space around the value is dropped.
    #[serde(default)]
    pub trim: bool,
    /// Path that is added when the address has none, and its last segment when it lacks that.
    #[serde(default)]
    pub completes: Option<String>,
    /// Operations that need it; where empty, `rules.required` decides for all.
    #[serde(default)]
    pub needed_by: Vec<String>,
}

/// How a request proves who sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// `Authorization: Bearer …`
    Bearer,
    /// A header of its own name.
    Header,
    /// A query parameter.
    Query,
    /// The whole `Cookie` header.
    Cookie,
    /// BigBlueButton: a hash over call name, query and secret, placed last in the query.
    BbbChecksum,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// The setting that holds the secret.
    pub secret: String,
    /// Name of the header or query parameter.
    #[serde(default)]
    pub name: Option<String>,
    /// The setting that names the hash (checksum only).
    #[serde(default)]
    pub hash: Option<String>,
    #[serde(default)]
    pub when: When,
    /// These operations use this scheme and no other.
    #[serde(default)]
    pub only: Vec<String>,
}

/// A harmless call, for testing a key.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    pub call: Call,
    #[serde(default)]
    pub query: Keyed<Literal>,
    /// Answer statuses that prove the key though they are not 2xx.
    #[serde(default)]
    pub also_ok: OneOrMany<u16>,
}
