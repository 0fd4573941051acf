//! One row of the list: a job under way, or the entry it became. What lists and filters ask for again and again is
//! worked out once, when the row changes.

use jiff::Timestamp;

use crate::domain::entry::{Asked, Entry, State};
use crate::domain::finding::{Asking, Finding, Found};
use crate::domain::text::DisplayText;
use crate::error::Error;
use crate::provider::plan::Plan;

use super::message::JobId;

#[derive(Clone, Debug, PartialEq)]
pub enum Life {
    Creating(Box<Running>),
    Done(Box<Entry>),
}

/// What an armed row copies when it is ready. A host link is not among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arm {
    /// The guest link, or the personal one.
    Link,
    /// The message of the profile's template.
    Message,
}

impl Arm {
    pub fn name(self) -> &'static str {
        match self {
            Arm::Link => "the guest link",
            Arm::Message => "the message",
        }
    }
}

/// A call under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    pub plan: Plan,
    /// The request has left.
    pub sent: bool,
    /// The user has asked to stop it.
    pub stopping: bool,
    /// What is copied by itself when it is there.
    pub armed: Option<Arm>,
}

/// What of this row was put on the clipboard last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub host: bool,
    /// Read back and equal.
    pub confirmed: bool,
}

/// What a provider said of a row, or why it said nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    pub asking: Asking,
    pub at: Timestamp,
    pub answer: Result<Finding, Error>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Rises with each creation; the order of the list.
    pub job: JobId,
    pub life: Life,
    /// As of the last refresh.
    pub state: State,
    /// The end the list shows, as of the last refresh.
    pub ends: Option<Timestamp>,
    pub mark: Option<Mark>,
    /// What is missing of it is being asked for once more.
    pub completing: bool,
    /// What is being asked of the provider about it.
    pub asking: Option<Asking>,
    /// What came of it the last time.
    pub answered: Option<Box<Answered>>,
    /// The moment the request was asked for.
    pub since: Timestamp,
    pub profile: DisplayText,
    pub name: DisplayText,
    pub ticket: DisplayText,
    pub audiences: String,
    /// Lower-case words the filter looks into.
    words: String,
}

impl Row {
    pub fn creating(job: JobId, plan: Plan, armed: Option<Arm>) -> Row {
        let name = plan.name(None);
        let ticket = plan.asked.ticket.clone().unwrap_or_default();
        let (profile, provider) = (plan.profile.clone(), plan.page.id.clone());
        let since = plan.created_at;
        let running = Running { plan, sent: false, stopping: false, armed };
        let mut row = Row {
            job,
            life: Life::Creating(Box::new(running)),
            state: State::Creating,
            ends: None,
            mark: None,
            completing: false,
            asking: None,
            answered: None,
            since,
            profile: DisplayText::line(&profile),
            name,
            ticket: DisplayText::line(&ticket),
            audiences: String::new(),
            words: String::new(),
        };
        row.index(&provider);
        row
    }

    pub fn done(job: JobId, entry: Entry, now: Timestamp) -> Row {
        let mut row = Row {
            job,
            state: entry.state(now),
            ends: entry.ends(now),
            mark: None,
            completing: false,
            asking: None,
            answered: None,
            since: entry.created_at,
            profile: DisplayText::line(&entry.profile),
            name: entry.name.clone(),
            ticket: DisplayText::line(entry.asked.ticket.as_deref().unwrap_or_default()),
            audiences: entry.audiences(),
            words: String::new(),
            life: Life::Done(Box::new(entry)),
        };
        let provider = row.entry().map(|entry| entry.provider.clone()).unwrap_or_default();
        row.index(&provider);
        row
    }

    /// Gives the entry another ticket; nothing where it is the same, or no entry yet.
    pub fn set_ticket(&mut self, ticket: Option<String>) -> Option<Entry> {
        let Life::Done(entry) = &mut self.life else { return None };
        if entry.asked.ticket.as_deref().unwrap_or_default() == ticket.as_deref().unwrap_or_default() {
            return None;
        }
        entry.asked.ticket = ticket;
        let entry = (**entry).clone();
        self.ticket = DisplayText::line(entry.asked.ticket.as_deref().unwrap_or_default());
        self.index(&entry.provider);
        Some(entry)
    }

    fn index(&mut self, provider: &str) {
        let words = [self.name.as_str(), self.profile.as_str(), self.ticket.as_str(), provider];
        self.words = words.join("\n").to_lowercase();
    }

    /// Whether the filter, in lower case, is in its name, profile, ticket, provider or state.
    pub fn holds(&self, filter: &str) -> bool {
        self.words.contains(filter) || self.state.name().contains(filter)
    }

    /// What was asked for, where it was asked of this provider.
    pub fn asked(&self, provider: &str) -> Option<&Asked> {
        let (of, asked) = match &self.life {
            Life::Creating(running) => (&running.plan.page.id, &running.plan.asked),
            Life::Done(entry) => (&entry.provider, &entry.asked),
        };
        (of == provider).then_some(asked)
    }

    pub fn entry(&self) -> Option<&Entry> {
        match &self.life {
            Life::Creating(_) => None,
            Life::Done(entry) => Some(entry),
        }
    }

    /// How many things its provider told of it.
    pub fn told(&self) -> usize {
        match self.answered.as_deref() {
            Some(Answered { answer: Ok(Finding { found: Found::There(told), .. }), .. }) => told.len() + 1,
            Some(_) => 1,
            None => 0,
        }
    }

    pub fn running(&self) -> Option<&Running> {
        match &self.life {
            Life::Creating(running) => Some(running),
            Life::Done(_) => None,
        }
    }

    pub fn running_mut(&mut self) -> Option<&mut Running> {
        match &mut self.life {
            Life::Creating(running) => Some(running),
            Life::Done(_) => None,
        }
    }
}
