//! What a provider says later about something it made: whether it is still there, and that it was deleted. An entry
//! keeps its outcome and its links whatever is found; only that it is gone is noted with it.

use jiff::Timestamp;

use super::entry::Entry;
use super::text::DisplayText;

/// What is asked of a provider about an entry that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Look it up; changes nothing.
    Check,
    /// Delete or end it.
    Delete,
}

/// What a provider answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// When the answer came.
    pub at: Timestamp,
    pub found: Found,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is there, and this is told of it.
    There(Vec<Told>),
    /// It was deleted by this call.
    Deleted,
    /// The provider does not know it any more. `sure`: there is no other reason to say so than that it is gone.
    Gone { why: DisplayText, sure: bool },
}

/// One thing a provider tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub label: DisplayText,
    pub value: DisplayText,
    /// The value, where it is a time.
    pub time: Option<Timestamp>,
}

impl Found {
    pub fn name(&self) -> &'static str {
        match self {
            Found::There(_) => "there",
            Found::Deleted => "deleted",
            Found::Gone { .. } => "gone",
        }
    }
}

impl Entry {
    /// The entry as it is after a finding: deleted, or not any more, and otherwise as it was.
    pub fn found(&self, finding: &Finding) -> Entry {
        let deleted = match &finding.found {
            Found::There(_) => None,
            Found::Deleted | Found::Gone { sure: true, .. } => self.deleted.or(Some(finding.at)),
            Found::Gone { sure: false, .. } => self.deleted,
        };
        Entry { deleted, ..self.clone() }
    }
}
