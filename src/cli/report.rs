//! An entry as people read it on the command line: one line per link, its end and the details.

use jiff::Timestamp;

use crate::domain::entry::{Entry, Outcome};
use crate::domain::link::{Audience, Ends, Link};
use crate::domain::secret::MASK;
use crate::error::Kind;
use crate::ports::clock::Clock;

/// Whether there is more to print than the error: a room, what to look for where one may be, and what a signal has
/// cut short.
pub(super) fn is_worth_printing(entry: &Entry) -> bool {
    match &entry.outcome {
        Outcome::Created | Outcome::MaybeCreated(_) => true,
        Outcome::NotCreated(error) => matches!(error.kind, Kind::Interrupted(_)),
    }
}

/// Labels and values in two columns. An outcome other than `created` is the first line.
pub(super) fn text(entry: &Entry, clock: &Clock) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    if entry.outcome != Outcome::Created {
        lines.push(("Outcome".into(), entry.outcome.name().into()));
    }
    for link in &entry.links {
        lines.push((word(link, &entry.links), link.url.expose().to_owned()));
    }
    lines.extend(ends(entry, clock));
    for detail in &entry.details {
        // What is neither link nor copy item may be a PIN that nobody asked for; the JSON has it.
        let hidden = detail.secret && !detail.copy;
        let value = if hidden { MASK } else { detail.value.expose() };
        lines.push((detail.label.clone(), value.replace('\n', " ")));
    }
    let width = lines.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let line = |(label, value): &(String, String)| format!("{label:width$}  {value}");
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One line each: what is missing or odd although the room exists.
pub(super) fn warnings(entry: &Entry) -> Vec<String> {
    let odd = |link: &Link| Some(format!("{}: {}", link.label, link.warning.as_ref()?));
    entry.warnings.iter().map(ToString::to_string).chain(entry.links.iter().filter_map(odd)).collect()
}

/// "Guest"; a second link for the same people is told by its own label.
fn word(link: &Link, links: &[Link]) -> String {
    let first = links.iter().find(|other| other.audience == link.audience);
    if first != Some(link) {
        return link.label.clone();
    }
    match link.audience {
        Audience::Guest => "Guest".into(),
        Audience::Host => "Host".into(),
        Audience::Personal => "Personal".into(),
    }
}

/// When the links end: once where all end alike, else one line each.
fn ends(entry: &Entry, clock: &Clock) -> Vec<(String, String)> {
    let said = |link: &Link| {
        let note = link.note.clone().unwrap_or_default();
        match link.ends {
            Ends::At { time, .. } if note.is_empty() => Some(when(time, clock)),
            Ends::At { time, .. } => Some(format!("{}; {note}", when(time, clock))),
            Ends::Event => Some(note),
            Ends::Unknown => None,
        }
    };
    let all: Vec<_> = entry.links.iter().map(said).collect();
    match all.first() {
        Some(Some(first)) if all.iter().all(|one| one.as_ref() == Some(first)) => {
            vec![("Ends".into(), first.clone())]
        }
        _ => {
            let each = entry.links.iter().zip(all);
            each.filter_map(|(link, said)| Some((format!("{} ends", word(link, &entry.links)), said?)))
                .collect()
        }
    }
}

/// In the zone of the reader and in UTC: `2026-11-21 16:00 CET (15:00 UTC)`.
pub(super) fn when(time: Timestamp, clock: &Clock) -> String {
    let here = time.to_zoned(clock.zone().clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let utc = time.strftime("%H:%M UTC").to_string();
    if here.ends_with("UTC") { here } else { format!("{here} ({utc})") }
}
