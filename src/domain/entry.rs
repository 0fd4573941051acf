//! One row of the list: one creation with its outcome, links and details. Its state is computed from what is known
//! of its ends, never stored.

use jiff::Timestamp;

use crate::error::Error;

use super::link::{Audience, Ends, Link};
use super::secret::Secret;
use super::text::DisplayText;

/// Links that end within this many seconds are `ending`.
const ENDING: i64 = 600;
/// Entries without a known end count as ended after this many seconds (seven days).
const FORGOTTEN: i64 = 7 * 86_400;

/// What became of a creation. There is no fourth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created,
    /// Certainly not.
    NotCreated(Error),
    /// It may exist; the error says what to check.
    MaybeCreated(Error),
}

impl Outcome {
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Created => "created",
            Outcome::NotCreated(_) => "not_created",
            Outcome::MaybeCreated(_) => "maybe_created",
        }
    }

    pub fn error(&self) -> Option<&Error> {
        match self {
            Outcome::Created => None,
            Outcome::NotCreated(error) | Outcome::MaybeCreated(error) => Some(error),
        }
    }
}

/// The state an entry shows: glyph, word and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Creating,
    Live,
    Ending,
    Ended,
    Failed,
    Maybe,
    Deleted,
}

impl State {
    pub const ALL: [State; 7] = [
        State::Creating,
        State::Live,
        State::Ending,
        State::Ended,
        State::Failed,
        State::Maybe,
        State::Deleted,
    ];

    pub fn name(self) -> &'static str {
        match self {
            State::Creating => "creating",
            State::Live => "live",
            State::Ending => "ending",
            State::Ended => "ended",
            State::Failed => "failed",
            State::Maybe => "maybe",
            State::Deleted => "deleted",
        }
    }

    pub fn glyph(self) -> char {
        match self {
            State::Creating => '~',
            State::Live => '+',
            State::Ending => '!',
            State::Ended => '-',
            State::Failed => 'x',
            State::Maybe => '?',
            State::Deleted => 'd',
        }
    }
}

/// Something answered beside the links: a meeting id, a dial-in number, a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The page's id of it.
    pub key: String,
    pub label: String,
    pub value: Secret,
    pub secret: bool,
    /// A copy item of its own.
    pub copy: bool,
    pub host: bool,
}

impl Detail {
    pub fn shown(&self) -> DisplayText {
        if self.secret {
            DisplayText::line(super::secret::MASK)
        } else {
            DisplayText::detail(self.value.expose())
        }
    }
}

/// What was asked for, as typed and without secrets; `again` fills the form from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub values: Vec<(String, String)>,
    pub title: Option<String>,
    pub ticket: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub created_at: Timestamp,
    pub profile: String,
    pub provider: String,
    pub operation: String,
    pub name: DisplayText,
    pub asked: Asked,
    pub outcome: Outcome,
    pub links: Vec<Link>,
    pub details: Vec<Detail>,
    /// Since when it is known to be gone at the provider: deleted there, or not known there any more.
    pub deleted: Option<Timestamp>,
    /// Later steps of it failed; doing it again repeats only those.
    pub incomplete: bool,
    /// What is missing or odd although the room exists.
    pub warnings: Vec<DisplayText>,
    /// Status of the first answer, where one came.
    pub status: Option<u16>,
    /// Milliseconds from sending to knowing.
    pub took: u64,
}

impl Entry {
    /// The state at a time. Only hard and soft ends change it: `ending` while any link ends within ten minutes,
    /// `ended` when every link with a known end has ended and none is of unknown or event end.
    pub fn state(&self, now: Timestamp) -> State {
        match self.outcome {
            Outcome::NotCreated(_) => return State::Failed,
            _ if self.deleted.is_some() => return State::Deleted,
            Outcome::MaybeCreated(_) => return State::Maybe,
            Outcome::Created => {}
        }
        let known: Vec<_> = self.links.iter().filter_map(|link| link.ends.time()).collect();
        let open = self.links.iter().any(|link| link.ends.time().is_none());
        let age = now.as_second() - self.created_at.as_second();
        if known.is_empty() {
            return if age > FORGOTTEN { State::Ended } else { State::Live };
        }
        let left = |end: &Timestamp| end.as_second() - now.as_second();
        if known.iter().any(|end| left(end) > 0 && left(end) < ENDING) {
            State::Ending
        } else if known.iter().all(|end| left(end) <= 0) && (!open || age > FORGOTTEN) {
            State::Ended
        } else {
            State::Live
        }
    }

    /// Whether a link of it leads nowhere any more: it has ended, or what it led to is gone.
    pub fn is_over(&self, link: &Link, now: Timestamp) -> bool {
        self.deleted.is_some() || link.has_ended(now)
    }

    /// The next time after `now` at which `state` may be another.
    pub fn changes_after(&self, now: Timestamp) -> Option<Timestamp> {
        let second = |at: i64| Timestamp::from_second(at).ok();
        let ends = self.links.iter().filter_map(|link| link.ends.time());
        let turns = ends.flat_map(|end| [second(end.as_second() - ENDING + 1), second(end.as_second())]);
        let old = second(self.created_at.as_second() + FORGOTTEN + 1);
        turns.chain([old]).flatten().filter(|at| *at > now).min()
    }

    /// The end the list shows: the earliest that is still ahead, else the last one passed.
    pub fn ends(&self, now: Timestamp) -> Option<Timestamp> {
        let times = || self.links.iter().filter_map(|link| link.ends.time());
        times().filter(|end| *end > now).min().or_else(|| times().max())
    }

    /// The link a plain copy yields: the guest link, else the personal one. Never a host link, by construction.
    pub fn guest_link(&self) -> Option<&Link> {
        let first = |audience| self.links.iter().find(|link| link.audience == audience);
        first(Audience::Guest).or_else(|| first(Audience::Personal))
    }

    pub fn host_link(&self) -> Option<&Link> {
        self.links.iter().find(|link| link.audience == Audience::Host)
    }

    /// Whom the links are for, as the list says it: "guest+host".
    pub fn audiences(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for link in &self.links {
            if !names.contains(&link.audience.name()) {
                names.push(link.audience.name());
            }
        }
        if names.is_empty() && self.details.iter().any(|d| d.copy) {
            return "token".into();
        }
        names.sort_by_key(|name| *name == "host");
        names.join("+")
    }
}

impl Entry {
    /// Minutes after which a room nobody has joined is gone, where a link ends by events only.
    pub fn event_minutes(&self) -> Option<&str> {
        let by_event = self.links.iter().find(|link| matches!(link.ends, Ends::Event) && link.note.is_some());
        by_event.and_then(Link::minutes_alone)
    }
}
