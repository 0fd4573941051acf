//! The copy menu: everything of an entry that can be copied, each under its key. What is offered and what the keys do
//! is one table.

use crate::config::Context;
use crate::domain::entry::Entry;
use crate::domain::key::Key;
use crate::domain::link::Audience;
use crate::error::Error;

use super::action::Action;
use super::copy;
use super::effect::Effect;
use super::layer::Layer;
use super::message::JobId;
use super::messages;
use super::model::Model;
use super::poster::{self, Look};
use super::said::Said;
use super::want::Want;

/// The template that tells a colleague everything.
const HAND_OVER: &str = "hand-over";
/// Pieces have the keys 1 to 9.
const PIECES: usize = 9;

/// What a key of the menu leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    Copy(Want),
    Templates,
    Qr,
    SaveCalendar,
}

/// One line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub action: Action,
    /// Its place among the keys of the action.
    pub nth: usize,
    /// Where it is not that of the action.
    pub label: Option<String>,
    pub leads: Leads,
}

/// `C`: opens the menu of the selected row.
pub fn open(model: &mut Model) {
    match model.rows.selected().map(|row| (row.job, row.entry().is_some())) {
        Some((job, true)) => model.open(Layer::Menu(job)),
        Some((_, false)) => {
            model.say(Said::plain("It is not there yet").hint(Action::CopyGuest, "copies when ready"));
        }
        None => model.say(model.nothing_here()),
    }
}

/// What can be copied of a row at present.
pub fn items(model: &Model, job: JobId) -> Vec<Item> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    let message = model.texts.of(&entry.profile).map(|template| template.name.clone());
    let copies = [
        Some((Action::MenuGuest, Want::Guest)),
        Some((Action::MenuHost, Want::Host)),
        message.map(|name| (Action::MenuMessage, Want::Message(name))),
        Some((Action::MenuCalendar, Want::Calendar)),
        Some((Action::MenuMarkdown, Want::Markdown)),
        Some((Action::MenuHtml, Want::Html)),
        Some((Action::MenuJson, Want::Json)),
        Some((Action::MenuCurl, Want::Curl)),
        Some((Action::MenuHandOver, Want::Message(HAND_OVER.to_owned()))),
    ];
    let there = |want: &Want| want.clip(model, entry).is_ok();
    let mut items: Vec<Item> = copies
        .into_iter()
        .flatten()
        .filter(|(_, want)| there(want))
        .map(|(action, want)| {
            let label = personal(entry).filter(|_| action == Action::MenuGuest);
            Item { action, nth: 0, label, leads: Leads::Copy(want) }
        })
        .collect();
    let more = [
        (Action::MenuMessage, Action::MenuTemplates, Leads::Templates),
        (Action::MenuCalendar, Action::MenuCalendarFile, Leads::SaveCalendar),
        (Action::MenuGuest, Action::MenuQr, Leads::Qr),
    ];
    for (beside, action, leads) in more {
        if let Some(at) = items.iter().position(|item| item.action == beside) {
            items.insert(at + 1, Item { action, nth: 0, label: None, leads });
        }
    }
    items.extend(pieces(model, entry));
    items
}

/// What the link for guests is called where it is for one of them alone.
fn personal(entry: &Entry) -> Option<String> {
    let link = entry.guest_link()?;
    (link.audience == Audience::Personal).then(|| "personal link".to_owned())
}

/// Other links and the details, by their numbers.
fn pieces(model: &Model, entry: &Entry) -> Vec<Item> {
    let named = [entry.guest_link(), entry.host_link()];
    let others = entry.links.iter().filter(|link| !named.contains(&Some(link)));
    let links = others.map(|link| (link.label.clone(), Want::Link(link.id.clone())));
    let details = entry.details.iter().map(|one| (one.label.clone(), Want::Detail(one.key.clone())));
    let there = links.chain(details).filter(|(_, want)| want.clip(model, entry).is_ok());
    let item = |(nth, (label, want))| Item {
        action: Action::MenuPiece,
        nth,
        label: Some(label),
        leads: Leads::Copy(want),
    };
    there.take(PIECES).enumerate().map(item).collect()
}

pub fn key(model: &mut Model, job: JobId, key: Key) -> Vec<Effect> {
    let Some((action, nth)) = model.keys.lookup(Context::Menu, key) else { return Vec::new() };
    let found = items(model, job).into_iter().find(|item| item.action == action && item.nth == nth);
    if action == Action::CloseMenu || found.is_some() {
        model.close();
    }
    match found.map(|item| item.leads) {
        None => Vec::new(),
        Some(Leads::Copy(want)) => copy::want(model, job, &want),
        Some(Leads::Templates) => {
            messages::choose(model, Some(job));
            Vec::new()
        }
        Some(Leads::Qr) => poster::show(model, Some(job), Look::Qr),
        Some(Leads::SaveCalendar) => save(model, job),
    }
}

/// Saves the event under the entry's name.
fn save(model: &mut Model, job: JobId) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    let Ok(text) = Want::calendar(model, entry) else { return Vec::new() };
    vec![Effect::Save { name: format!("{}.ics", file_name(entry.name.as_str())), text }]
}

/// The file is there, or why not.
pub fn saved(model: &mut Model, result: Result<String, Error>) {
    model.say(match result {
        Ok(place) => Said::good(format!("Saved as {place}")),
        Err(error) => Said::error(&error),
    });
}

/// Letters and digits of a name, so that it is a file's name everywhere.
fn file_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let name: String = words.join("-").chars().take(60).collect();
    if name.is_empty() { "meeting".to_owned() } else { name }
}
