//! The ticket, or a note, of entries that are there: typed into one line, kept with the entry, found by the filter. It
//! is the user's own word; nothing of it goes to a provider.

use crate::config::Context;
use crate::domain::key::Key;

use super::action::Action;
use super::effect::Effect;
use super::layer::Layer;
use super::marks;
use super::message::JobId;
use super::model::Model;
use super::said::Said;
use super::text_input::TextInput;
use super::text_keys;

/// A ticket being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// Of these rows.
    pub jobs: Vec<JobId>,
    /// Whose it is, as the line says it.
    pub of: String,
    pub typed: TextInput,
}

/// `t`: the line, with the ticket there is.
pub fn open(model: &mut Model) {
    let jobs = marks::meant(model);
    let settled = |job: &JobId| {
        let row = model.rows.get(*job).filter(|row| !row.completing);
        row.is_some_and(|row| row.entry().is_some())
    };
    let Some(first) = jobs.first() else { return model.say(model.nothing_here()) };
    if !jobs.iter().all(settled) {
        return model.say(Said::plain("A ticket can be given once the answer is there"));
    }
    let of = match (jobs.len(), model.rows.get(*first)) {
        (1, Some(row)) => row.name.to_string(),
        (n, _) => format!("{n} marked"),
    };
    let mut tickets: Vec<&str> = jobs.iter().filter_map(|job| known(model, *job)).collect();
    tickets.dedup();
    let ticket = if let [only] = tickets[..] { only } else { "" };
    let typed = TextInput::line(ticket);
    model.open(Layer::Ticket(Box::new(Ticket { jobs, of, typed })));
}

fn known(model: &Model, job: JobId) -> Option<&str> {
    Some(model.rows.get(job)?.entry()?.asked.ticket.as_deref().unwrap_or_default())
}

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.keys.lookup(Context::Ticket, key).map(|(action, _)| action);
    let Some(Layer::Ticket(open)) = model.layers.last_mut() else { return Vec::new() };
    match action {
        Some(Action::LeaveTicket) => model.close(),
        Some(Action::KeepTicket) => return keep(model),
        _ => drop(text_keys::typed(&mut open.typed, &model.keys, key)),
    }
    Vec::new()
}

pub fn paste(open: &mut Ticket, text: &str) {
    text_keys::pasted(&mut open.typed, text);
}

/// Gives the ticket to each of the rows that has another one.
fn keep(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Ticket(open)) = model.layers.pop() else { return Vec::new() };
    let typed = open.typed.text().trim();
    let ticket = (!typed.is_empty()).then(|| typed.to_owned());
    let mut effects = Vec::new();
    for job in open.jobs {
        if let Some(entry) = model.rows.set_ticket(job, ticket.clone()) {
            effects.push(Effect::KeepTicket(Box::new(entry)));
        }
    }
    let of = &open.of;
    let said = match (&ticket, effects.is_empty()) {
        (_, true) => Said::plain("The ticket is as it was"),
        (Some(ticket), _) => Said::good(format!("Ticket {ticket}: {of}")),
        (None, _) => Said::good(format!("No ticket any more: {of}")),
    };
    model.say(if model.remembers || effects.is_empty() { said } else { said.aside("for this run") });
    effects
}
