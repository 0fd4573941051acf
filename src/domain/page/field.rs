//! A field of an operation: its wire name is its key in the page, and everything a form, a check, a request, the
//! command line and the help need to know stands here.

use serde::Deserialize;

use crate::domain::literal::Literal;
use crate::domain::moment::Unit;

use super::When;

/// What a value is, and with it its JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Text,
    /// Text of several lines.
    Lines,
    Integer,
    /// A length of time, sent as a number of `unit`.
    Duration,
    /// True, false, or left to the provider.
    Switch,
    Choice,
    /// Several of the choices.
    Choices,
    /// Free items, of kind `of`.
    List,
    Datetime,
    Url,
    Email,
    /// A free JSON value.
    Json,
    /// Names and values; the field's key carries the star (`userdata-*`).
    Pairs,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub kind: Kind,
    pub label: String,
    #[serde(default)]
    pub help: String,
    /// Other words a user may look for.
    #[serde(default)]
    pub find: Vec<String>,
    #[serde(default)]
    pub secret: bool,
    /// The field has an effect only then.
    #[serde(default)]
    pub when: When,
    #[serde(default)]
    pub rules: Rules,
    #[serde(default)]
    pub choices: Vec<String>,
    /// The field whose choices are this one's as well.
    #[serde(default)]
    pub choices_of: Option<String>,
    #[serde(default)]
    pub of: Option<Kind>,
    #[serde(default)]
    pub unit: Option<Unit>,
    #[serde(default, rename = "as")]
    pub sent_as: Option<SentAs>,
    /// The provider knows `null` as a value.
    #[serde(default)]
    pub null: bool,
    /// Where it goes, when that is not the step's place under its own name: `none`, `path`, `body:/pointer`, `query`.
    #[serde(default)]
    pub to: Option<String>,
    /// What we fill in and send.
    #[serde(default)]
    pub default: Option<Literal>,
    /// The same, made anew each time.
    #[serde(default)]
    pub generate: Option<String>,
    /// What the provider does when nothing is sent; shown, never sent.
    #[serde(default)]
    pub unset: Option<Literal>,
    /// What quick creation fills in and the form starts with; never used by the command line.
    #[serde(default)]
    pub quick: Option<String>,
}

impl Field {
    /// Whether the provider's own default is known, and how it reads.
    pub fn unset_text(&self) -> Option<String> {
        self.unset.as_ref().map(|literal| match literal {
            Literal::Bool(true) => "on".into(),
            Literal::Bool(false) => "off".into(),
            other => other.typed(),
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SentAs {
    /// As typed where typed with an offset, else in UTC.
    Rfc3339,
    /// In UTC.
    Utc,
    /// Unix seconds.
    Seconds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    Lower,
}

/// Bounds of a value. Lengths count characters (code points); `chars` and `never` are sets of characters
/// (`A-Za-z0-9_-`), `safe` and `avoid` the same as warnings.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    #[serde(default)]
    pub required: bool,
    /// Smallest number, or shortest text; `"now"` for times.
    #[serde(default)]
    pub min: Option<Literal>,
    #[serde(default)]
    pub max: Option<Literal>,
    #[serde(default)]
    pub chars: Option<String>,
    #[serde(default)]
    pub never: Option<String>,
    #[serde(default)]
    pub safe: Option<String>,
    #[serde(default)]
    pub avoid: Option<String>,
    /// What a good text looks like, said where the bounds refuse one: `#RRGGBB`.
    #[serde(default)]
    pub like: Option<String>,
    /// Allowed schemes of an address.
    #[serde(default)]
    pub schemes: Vec<String>,
    /// Set of characters of the names of pairs.
    #[serde(default)]
    pub names: Option<String>,
    #[serde(default)]
    pub names_start: Option<String>,
    #[serde(default)]
    pub case: Option<Case>,
}
