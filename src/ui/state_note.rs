//! The word beside a state: how long it takes, why it failed, what was copied.

use crate::app::model::Model;
use crate::app::row::{Answered, Row};
use crate::domain::entry::{Entry, State};
use crate::domain::finding::Asking;
use crate::domain::moment::short_span;
use crate::error::{Error, Kind};

pub struct Note {
    pub text: String,
    /// A host link is on the clipboard.
    pub loud: bool,
}

/// In at most `room` columns, where there is a shorter way to say it.
pub fn of(model: &Model, row: &Row, room: u16) -> Note {
    let quiet = |text: String| Note { text, loud: false };
    if let Some(mark) = row.mark.filter(|_| row.asking.is_none()) {
        let word = if mark.confirmed { "copied" } else { "sent" };
        return match mark.host {
            true if usize::from(room) < 5 + word.len() => Note { text: "HOST".into(), loud: true },
            true => Note { text: format!("HOST {word}"), loud: true },
            false => quiet(word.into()),
        };
    }
    if let Some(running) = row.running() {
        let passed = short_span(model.now.as_second() - row.since.as_second());
        return quiet(match (running.stopping, running.armed.is_some()) {
            (true, _) => "stops".into(),
            (false, true) if room < 10 => "armed".into(),
            (false, true) => format!("armed {passed}"),
            (false, false) => passed,
        });
    }
    if let Some(asking) = row.asking {
        return quiet(match asking {
            Asking::Check => "checking".into(),
            Asking::Delete => "deleting".into(),
        });
    }
    if row.completing {
        return quiet("again".into());
    }
    if let Some(Answered { asking: Asking::Delete, answer: Err(error), .. }) = row.answered.as_deref() {
        // Of several that were to go this is what tells them apart.
        return quiet(match error.kind.exit_code() {
            8 => "gone?".into(),
            _ => reason(error),
        });
    }
    quiet(row.entry().map_or(String::new(), |entry| of_entry(entry, row.state, model)))
}

fn of_entry(entry: &Entry, state: State, model: &Model) -> String {
    match (state, entry.outcome.error()) {
        (State::Failed, Some(error)) => reason(error),
        (State::Maybe, _) => "check".into(),
        (State::Ending, _) => soonest(entry, model),
        _ if !entry.warnings.is_empty() => "see below".into(),
        _ => String::new(),
    }
}

fn reason(error: &Error) -> String {
    let word = match error.kind {
        Kind::Auth => "key",
        Kind::Config => "config",
        Kind::RateLimited => "busy",
        Kind::Timeout => "time-out",
        Kind::Network => "network",
        Kind::Interrupted(_) => "stopped",
        other => other.name(),
    };
    match error.status {
        Some(status) => format!("{status} {word}"),
        None => word.into(),
    }
}

/// Whose link ends first, where others live on.
fn soonest(entry: &Entry, model: &Model) -> String {
    let end = entry.ends(model.now);
    let first = entry.links.iter().find(|link| link.ends.time() == end);
    match first {
        Some(link) if entry.links.iter().any(|other| other.ends.time() != end) => link.audience.name().into(),
        _ => String::new(),
    }
}
