//! What the worker tells of the calls under way, and stopping one.

use crate::domain::entry::{Entry, Outcome};
use crate::error::Error;

use super::action::Action;
use super::copy;
use super::effect::Effect;
use super::message::JobId;
use super::model::Model;
use super::people;
use super::row::Row;
use super::said::Said;

pub fn sent(model: &mut Model, job: JobId) {
    if let Some(running) = model.rows.get_mut(job).and_then(|row| row.running_mut()) {
        running.sent = true;
    }
}

/// A job has ended. Its row becomes the entry; an armed one copies.
pub fn done(model: &mut Model, job: JobId, mut entry: Entry) -> Vec<Effect> {
    let Some(row) = model.rows.get(job) else { return Vec::new() };
    let armed = match row.running() {
        Some(running) => running.armed,
        None if row.completing => None,
        None => return Vec::new(),
    };
    // It was asked for with what was known then: what is known of the row by now stays.
    if let Some(known) = row.entry() {
        entry.asked.ticket.clone_from(&known.asked.ticket);
        entry.deleted = known.deleted;
    }
    let theirs = people::done(model, job, &entry);
    if let Some((effects, again)) = theirs {
        let gone = again.then(|| entry.id.clone());
        model.rows.finish(job, entry, model.now);
        // It comes again, as the same entry.
        model.rows.remove(&gone.into_iter().collect::<Vec<_>>());
        return effects;
    }
    let here = model.rows.selected().is_some_and(|row| row.job == job);
    let said = outcome(&entry, here);
    model.rows.finish(job, entry, model.now);
    if let Some(arm) = armed {
        return copy::ready(model, job, arm);
    }
    model.say(said);
    Vec::new()
}

/// `here`: it is the selected row, so that the keys named act on it.
fn outcome(entry: &Entry, here: bool) -> Said {
    let (name, profile) = (&entry.name, &entry.profile);
    match &entry.outcome {
        Outcome::Created => {
            let said = Said::good(format!("{name} is ready"));
            let said = match entry.warnings.first() {
                Some(warning) => said.aside(warning.as_str()),
                None => said,
            };
            match entry.guest_link() {
                Some(_) if here => said.hint(Action::CopyGuest, "copies the link"),
                _ => said,
            }
        }
        Outcome::NotCreated(error) => {
            let said = Said::error(error);
            if error.message().contains(profile.as_str()) { said } else { said.named(name.as_str()) }
        }
        Outcome::MaybeCreated(error) => Said::warn(format!("{name} may exist: {}", error.message()))
            .aside(error.next_step().unwrap_or_default()),
    }
}

/// `r` or `R` on a room that lacks something: only what is missing is asked for again. Nothing where nothing lacks.
pub fn complete(model: &mut Model) -> Option<Vec<Effect>> {
    let lacks = |row: &&Row| {
        row.asking.is_none() && row.entry().is_some_and(|entry| entry.incomplete && entry.deleted.is_none())
    };
    let job = model.rows.selected().filter(lacks)?.job;
    let row = model.rows.get_mut(job)?;
    let before = std::mem::replace(&mut row.completing, true);
    model.say(Said::plain("Asking again for what is missing").aside("the room itself is not made again"));
    Some(if before { Vec::new() } else { vec![Effect::Complete(job)] })
}

/// What is missing could not be asked for; the room is as it was.
pub fn not_completed(model: &mut Model, job: JobId, error: &Error) {
    let Some(row) = model.rows.get_mut(job) else { return };
    row.completing = false;
    let name = row.name.to_string();
    model.say(Said::error(error).named(&name));
}

/// `x`: stops the call of the selected row.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    let Some(job) = model.rows.selected().map(|row| row.job) else { return Vec::new() };
    if model.rows.get(job).is_some_and(|row| row.asking.is_some()) {
        model.say(Said::plain("Stopping").aside("what has been sent may be done all the same"));
        return vec![Effect::Stop(job)];
    }
    if model.rows.get(job).is_some_and(|row| row.completing) {
        model.say(Said::plain("Stopping").aside("the room stays, and what is missing stays missing"));
        return vec![Effect::Stop(job)];
    }
    let Some(running) = model.rows.get_mut(job).and_then(|row| row.running_mut()) else {
        model.say(Said::plain("Nothing is under way on this row"));
        return Vec::new();
    };
    let (sent, before) = (running.sent, running.stopping);
    running.stopping = true;
    running.armed = None;
    let said = Said::plain("Stopping");
    model.say(if sent { said.aside("the request has left: it may be created all the same") } else { said });
    if before { Vec::new() } else { vec![Effect::Stop(job)] }
}
