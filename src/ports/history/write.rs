//! One thing to be kept: what is written of an entry, and how much of it.

use crate::domain::entry::Entry;

/// One thing to be kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Write {
    /// Its request is about to leave; the entry is what would be said of it if nothing more were known.
    Intent(Entry),
    Answer(Entry),
    /// The ticket of an entry is this one's; of everything else what stands there is right.
    Ticket(Entry),
    /// Since when it is gone at the provider is this one's; of everything else what stands there is right.
    Deleted(Entry),
    /// The entry goes for good.
    Forget(Entry),
}

impl Write {
    pub fn entry(&self) -> &Entry {
        match self {
            Write::Intent(entry) | Write::Answer(entry) => entry,
            Write::Ticket(entry) | Write::Deleted(entry) | Write::Forget(entry) => entry,
        }
    }

    pub fn entry_mut(&mut self) -> &mut Entry {
        match self {
            Write::Intent(entry) | Write::Answer(entry) => entry,
            Write::Ticket(entry) | Write::Deleted(entry) | Write::Forget(entry) => entry,
        }
    }

    /// Takes over into an entry what this changes of it; nothing where it is about all of it.
    pub fn change(&self, entry: &mut Entry) {
        match self {
            Write::Ticket(new) => entry.asked.ticket.clone_from(&new.asked.ticket),
            Write::Deleted(new) => entry.deleted = new.deleted,
            Write::Intent(_) | Write::Answer(_) | Write::Forget(_) => {}
        }
    }
}
