//! What the form is handed: the profile it makes links for, a draft to start from, and the world at a moment.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::domain::page::Page;
use crate::provider::compose::Raw;
use crate::provider::settings::Settings;

/// The world at the moment of a key press.
pub struct Ground<'a> {
    pub now: Timestamp,
    pub zone: &'a TimeZone,
    /// Who signs: `{agent}`.
    pub agent: &'a str,
    /// Ten fresh characters of a–z0–9.
    pub rand: &'a mut dyn FnMut() -> String,
    /// A fresh id for an entry.
    pub new_id: &'a mut dyn FnMut() -> String,
}

/// What the form knows of a profile. Its secrets are only known to exist.
#[derive(Clone, Debug, PartialEq)]
pub struct FormProfile {
    pub name: String,
    pub page: Arc<Page>,
    /// With secrets hidden.
    pub settings: Settings,
    pub defaults: Raw,
    /// What the form starts from.
    pub preset: Option<FormPreset>,
    /// All that can be loaded.
    pub presets: Vec<FormPreset>,
    pub link_hosts: Vec<String>,
    /// `{prefix}` of generated names.
    pub prefix: String,
}

/// Values for one operation of the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPreset {
    pub name: String,
    /// The page's first where none is named.
    pub operation: Option<String>,
    pub values: Raw,
}

/// What was typed, so that it survives leaving the form. Secrets are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    pub operation: String,
    /// Typed values by wire name; an empty one leaves the field to the provider.
    pub values: Raw,
    pub title: String,
    pub ticket: String,
    /// The preset that was loaded: none for the profile's own, an empty name for no preset at all.
    pub preset: Option<String>,
    /// The field under the cursor, by wire name.
    pub focus: Option<String>,
    /// Groups of advanced fields that stand open; none where they are folded into one line.
    pub open: Option<Vec<String>>,
}
