//! A creation that has been asked for and is fit to be sent: which operation of which page, with which values, for
//! which profile. Plans are plain data; performing one is the business of `Flow` and of the worker.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::entry::{Asked, Entry, Outcome};
use crate::domain::page::{Operation, Page};
use crate::domain::text::DisplayText;
use crate::domain::values::{Value, Values};
use crate::error::Error;

#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Id of the entry this becomes.
    pub id: String,
    pub created_at: Timestamp,
    pub profile: String,
    pub page: Arc<Page>,
    pub operation: String,
    pub values: Values,
    /// As typed, without secrets.
    pub asked: Asked,
    /// Who signs: `{agent}`.
    pub agent: String,
    /// Further hosts a link may point at, from the profile.
    pub link_hosts: Vec<String>,
    /// One of many that are made together: its connection may serve the next of them.
    pub among_many: bool,
}

/// Fields whose value names an entry, in this order.
const NAMING: [&str; 7] =
    ["meetingName", "name", "userName", "fullName", "title", "roomName", "roomNamePrefix"];

impl Plan {
    /// What is said of a plan that was taken back before it began.
    pub const RECALLED: &str = "taken back before it began";

    pub fn spec(&self) -> Option<&Operation> {
        self.page.operation(&self.operation)
    }

    /// Title, else meetingName, name, userName or fullName, else the room's name, else the operation's label.
    pub fn name(&self, returned: Option<&str>) -> DisplayText {
        let asked = |field: &&str| match self.values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let (people, rooms) = NAMING.split_at(5);
        let name = self
            .asked
            .title
            .clone()
            .filter(|title| !title.trim().is_empty())
            .or_else(|| people.iter().find_map(asked))
            .or_else(|| returned.map(str::to_owned))
            .or_else(|| rooms.iter().find_map(asked))
            .or_else(|| self.spec().map(|spec| spec.label.clone()))
            .unwrap_or_default();
        DisplayText::line(&name)
    }

    /// An entry without links, for outcomes known before any answer.
    pub fn entry(&self, outcome: Outcome) -> Entry {
        Entry {
            id: self.id.clone(),
            created_at: self.created_at,
            profile: self.profile.clone(),
            provider: self.page.id.clone(),
            operation: self.operation.clone(),
            name: self.name(None),
            asked: self.asked.clone(),
            outcome,
            links: Vec::new(),
            details: Vec::new(),
            deleted: None,
            incomplete: false,
            warnings: Vec::new(),
            status: None,
            took: 0,
        }
    }

    pub fn not_created(&self, error: Error) -> Entry {
        self.entry(Outcome::NotCreated(error))
    }
}
