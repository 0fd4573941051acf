//! The meeting that the rows of a batch share: what it is made with, by the form and by the list, and what the links to
//! it take over.

use crate::app::message::JobId;
use crate::provider::compose::Raw;

/// A meeting that must be there before links to it can be signed.
#[derive(Clone)]
pub(super) struct First {
    pub operation: String,
    pub raw: Raw,
    /// Fields of it that its links take over.
    pub shared: Vec<String>,
    /// What the list says of it.
    pub said: Raw,
    pub job: Option<JobId>,
    pub made: bool,
}

impl First {
    /// What the list says of it, as its links take it over.
    pub fn for_links(&self) -> impl Iterator<Item = (String, String)> {
        self.said.iter().filter(|(name, _)| self.shared.contains(name)).cloned()
    }

    /// Everything that holds for it.
    pub fn all(&self) -> Raw {
        let kept = self.raw.iter().filter(|(name, _)| !self.said.iter().any(|(said, _)| said == name));
        kept.chain(&self.said).cloned().collect()
    }
}
