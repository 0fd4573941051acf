//! What is taken away from a batch: one tidy block to paste, or a table as CSV, Markdown or JSON. Links of hosts are
//! in none of them: what is sent to many must hold nothing that only one may have.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::entry::Entry;
use crate::domain::entry_json::{Reveal, printed};
use crate::domain::link::{Audience, Link};
use crate::domain::moment::utc;
use crate::domain::roster::{Person, Role};
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;

use super::batch::Counts;

/// A row and what became of it.
pub type Outcome<'a> = (&'a Person, Option<&'a Entry>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Markdown,
    Json,
}

impl Format {
    /// By the end of a file's name.
    pub fn of(path: &str) -> Option<Format> {
        match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "md" | "markdown" => Some(Format::Markdown),
            "json" => Some(Format::Json),
            _ => None,
        }
    }
}

/// "12 made, 1 failed, 2 may exist, 3 not sent".
pub fn summary(counts: &Counts) -> String {
    let mut parts = vec![format!("{} made", counts.made)];
    for (count, word) in [
        (counts.failed, "failed"),
        (counts.maybe, "may exist"),
        (counts.running, "under way"),
        (counts.waiting, "not sent"),
    ] {
        parts.extend((count > 0).then(|| format!("{count} {word}")));
    }
    parts.join(", ")
}

/// The link of a row that may be handed out.
fn link(entry: Option<&Entry>) -> Option<&Link> {
    entry.and_then(Entry::guest_link).filter(|link| !link.url.is_empty())
}

/// One line per person who has a link: name and link. With it, how many they are and how many links were left out
/// because they are a host's.
pub fn block(rows: &[Outcome]) -> (Secret, usize, usize) {
    let mut lines = Vec::new();
    let mut hosts = 0;
    for (person, entry) in rows {
        match link(*entry) {
            Some(link) => lines.push(format!("{}: {}", DisplayText::line(&person.name), link.url.expose())),
            None => hosts += usize::from(entry.is_some_and(|entry| entry.host_link().is_some())),
        }
    }
    (Secret::new(lines.join("\n")), lines.len(), hosts)
}

/// The whole batch as the text of a file.
pub fn export(rows: &[Outcome], format: Format, now: Timestamp) -> Secret {
    let text = match format {
        Format::Json => json(rows, now),
        Format::Csv => csv(rows),
        Format::Markdown => markdown(rows),
    };
    Secret::new(text)
}

const HEAD: [&str; 7] = ["name", "email", "role", "outcome", "link", "ends_at", "error"];

fn cells((person, entry): &Outcome) -> [String; 7] {
    let link = link(*entry);
    let error = entry.and_then(|entry| entry.outcome.error()).map(ToString::to_string);
    [
        person.name.clone(),
        person.email.clone(),
        person.role.map_or("", Role::name).to_owned(),
        entry.map_or("not_sent", |entry| entry.outcome.name()).to_owned(),
        link.map_or_else(String::new, |link| link.url.expose().to_owned()),
        link.and_then(|link| link.ends.time()).map_or_else(String::new, utc),
        error.unwrap_or_default(),
    ]
}

/// What begins like a formula would be one to a spreadsheet.
fn inert(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

fn csv(rows: &[Outcome]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(HEAD);
    for row in rows {
        let _ = writer.write_record(cells(row).map(inert));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn markdown(rows: &[Outcome]) -> String {
    let plain = |text: String| DisplayText::line(&text).as_str().replace('\\', "\\\\").replace('|', "\\|");
    let line = |cells: [String; 7]| format!("| {} |\n", cells.map(plain).join(" | "));
    let mut text = line(HEAD.map(str::to_owned));
    text.push_str(&line(HEAD.map(|_| "---".to_owned())));
    for row in rows {
        text.push_str(&line(cells(row)));
    }
    text
}

fn json(rows: &[Outcome], now: Timestamp) -> String {
    let entries = rows.iter().filter_map(|(_, entry)| *entry);
    let all: Vec<Value> = entries.map(|entry| without_hosts(entry, now)).collect();
    format!("{}\n", printed(&Value::Array(all)))
}

/// The entry in full, but for the links of hosts and for every secret detail.
fn without_hosts(entry: &Entry, now: Timestamp) -> Value {
    let mut full = entry.json(now, Reveal::Full);
    let masked = entry.json(now, Reveal::Masked);
    let hosts = entry.links.iter().enumerate().filter(|(_, link)| link.audience == Audience::Host);
    for (index, _) in hosts {
        full["links"][index] = masked["links"][index].clone();
    }
    full["details"] = masked["details"].clone();
    full
}
