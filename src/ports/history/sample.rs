//! An entry for the tests of this room.

use crate::domain::entry::{Asked, Entry, Outcome};
use crate::domain::text::DisplayText;

/// A created entry without links.
pub fn entry(id: &str, name: &str) -> Entry {
    Entry {
        id: id.into(),
        created_at: "2026-11-21T14:00:00Z".parse().unwrap(),
        profile: "whereby".into(),
        provider: "whereby".into(),
        operation: "create".into(),
        name: DisplayText::line(name),
        asked: Asked::default(),
        outcome: Outcome::Created,
        links: Vec::new(),
        details: Vec::new(),
        deleted: None,
        incomplete: false,
        warnings: Vec::new(),
        status: None,
        took: 0,
    }
}
