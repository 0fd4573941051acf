//! Copying links. A plain copy can only yield the link of a guest; a row that is still being created is armed and
//! copies when it is ready; whatever is unusual about a link is asked about or said.

use crate::domain::entry::{Entry, Outcome};
use crate::domain::link::{Audience, Link, Reuse};

use super::action::Action;
use super::dialog::{Dialog, Then};
use super::effect::Effect;
use super::layer::Layer;
use super::message::{CopyReport, JobId};
use super::model::Model;
use super::row::Mark;
use super::said::{Said, Tone};

/// What a copied host link is called between here and the clipboard.
const HOST: &str = "the host link";

/// Which of an entry's links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// The guest link, or the personal one where that is all there is.
    Guest,
    Host,
}

impl Want {
    fn of(self, entry: &Entry) -> Option<&Link> {
        match self {
            Want::Guest => entry.guest_link(),
            Want::Host => entry.host_link(),
        }
    }
}

/// Copies from the selected row, arms it, asks, or says why not.
pub fn selected(model: &mut Model, want: Want) -> Vec<Effect> {
    let Some(row) = model.rows.selected() else {
        model.say(Said::plain("Nothing to copy yet").hint(Action::Quick, "creates a link"));
        return Vec::new();
    };
    let job = row.job;
    match row.entry() {
        None if want == Want::Guest => arm(model, job),
        None => {
            model.say(Said::plain("The host link is not there yet"));
            Vec::new()
        }
        Some(entry) => match (want.of(entry), doubt(model, entry, want)) {
            (None, _) => {
                let said = nothing(entry, want);
                model.say(said);
                Vec::new()
            }
            (Some(link), _) if link.url.is_empty() => {
                model.say(
                    Said::warn("This link is over and not kept any more")
                        .hint(Action::Again, "makes another"),
                );
                Vec::new()
            }
            (Some(_), Some(line)) => {
                let lines = vec![line, "Copy it all the same?".into()];
                let then = Then::Copy { job, want };
                let dialog = Dialog::new("Copy", lines, "Cancel", "Copy it", then);
                model.open(Layer::Dialog(Box::new(dialog)));
                Vec::new()
            }
            (Some(_), None) => put(model, job, want),
        },
    }
}

/// Why this link should not be copied without a second thought.
fn doubt(model: &Model, entry: &Entry, want: Want) -> Option<String> {
    let link = want.of(entry)?;
    if let Some(warning) = &link.warning {
        return Some(format!("This is not an ordinary link: {warning}."));
    }
    if link.has_ended(model.now) {
        let end = link.ends.time().map(|end| crate::domain::moment::echo(end, model.now, &model.zone));
        return Some(format!("This link ended {}.", end.unwrap_or_default()));
    }
    None
}

/// Why there is nothing to copy, and what there is instead.
fn nothing(entry: &Entry, want: Want) -> Said {
    match &entry.outcome {
        Outcome::NotCreated(_) => {
            return Said::warn("There is no link: nothing was created")
                .hint(Action::Again, "fill it in again");
        }
        Outcome::MaybeCreated(_) => {
            return Said::warn("No link is known: it may or may not have been created");
        }
        Outcome::Created => {}
    }
    if want == Want::Guest && entry.host_link().is_some() {
        return Said::warn("This is a host link: nothing copied").hint(Action::CopyHost, "copies it");
    }
    let others: Vec<&str> = entry.details.iter().filter(|d| d.copy).map(|d| d.label.as_str()).collect();
    match (want, others.is_empty()) {
        (Want::Host, true) => Said::plain("This entry has no host link"),
        (Want::Guest, true) => Said::plain("This entry has no link"),
        (_, false) => {
            let kind = if want == Want::Host { "host link" } else { "link" };
            let said = Said::plain(format!("No {kind} here, but in the details: {}", others.join(", ")));
            said.hint(Action::Reveal, "shows them")
        }
    }
}

/// Arms a row that is still being created, or disarms it.
fn arm(model: &mut Model, job: JobId) -> Vec<Effect> {
    let others = model.rows.iter().filter(|row| row.job != job && row.running().is_some_and(|r| r.armed));
    let others = others.count();
    let Some(running) = model.rows.get_mut(job).and_then(|row| row.running_mut()) else { return Vec::new() };
    running.armed = !running.armed;
    let said = match (running.armed, others) {
        (false, _) => Said::plain("Will not copy by itself any more"),
        (true, 0) => Said::good("Will copy the guest link when ready"),
        (true, 1) => Said::good("Will copy the guest link when ready")
            .aside("another row is armed too: the later one stays on the clipboard"),
        (true, n) => Said::good("Will copy the guest link when ready")
            .aside(format!("{n} other rows are armed too: the last one stays on the clipboard")),
    };
    model.say(said);
    Vec::new()
}

/// An armed row is ready. What would need a question is not copied by itself.
pub fn ready(model: &mut Model, job: JobId) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    let said = match (Want::Guest.of(entry), doubt(model, entry, Want::Guest)) {
        (Some(_), None) => {
            model.arriving.push(job);
            return put(model, job, Want::Guest);
        }
        (Some(_), Some(line)) => {
            Said::warn(format!("Ready, not copied. {line}")).hint(Action::CopyGuest, "copies it")
        }
        (None, _) => match entry.outcome.error() {
            Some(error) => Said::error(error),
            None => nothing(entry, Want::Guest),
        },
    };
    model.say(said);
    Vec::new()
}

/// Puts the link on the clipboard, without asking any more.
pub fn put(model: &mut Model, job: JobId, want: Want) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    let Some(link) = want.of(entry) else { return Vec::new() };
    let what = match link.audience {
        Audience::Guest => "the guest link",
        Audience::Personal => "the personal link",
        Audience::Host => HOST,
    };
    let host = link.audience == Audience::Host;
    vec![Effect::Copy { job, what: what.into(), text: link.url.clone(), host }]
}

/// Says what became of a copy, and marks its row. A copy that came by itself names its row, and what it replaced.
pub fn reported(model: &mut Model, report: CopyReport) {
    let arrived = model.arriving.iter().position(|job| *job == report.job);
    if let Some(at) = arrived {
        model.arriving.swap_remove(at);
    }
    let sent = match report.result {
        Err(error) => return model.say(Said::error(&error)),
        Ok(sent) => sent,
    };
    let Some(row) = model.rows.get(report.job) else { return };
    let host = report.what == HOST;
    let mut asides = vec![match sent.confirmed {
        true => sent.route.clone(),
        false => format!("{}, cannot be confirmed", sent.route),
    }];
    if host {
        asides.push("not for customers".to_owned());
    }
    let link = row.entry().and_then(|entry| if host { entry.host_link() } else { entry.guest_link() });
    if link.is_some_and(|link| link.reuse == Reuse::Once) {
        asides.push("works once".to_owned());
    }
    let before = model.clipboard.filter(|before| arrived.is_some() && *before != report.job);
    if let Some(before) = before.and_then(|before| model.rows.get(before)) {
        asides.push(format!("replaces the link of {}", before.name));
    }
    let verb = if sent.confirmed { "Copied" } else { "Sent" };
    let what = if host { "the HOST link" } else { &report.what };
    let of = if arrived.is_some() { format!(" of {}", row.name) } else { String::new() };
    let text = format!("{verb} {what}{of} ({} characters)", report.chars);
    let tone = if host { Tone::Loud } else { Tone::Good };
    model.say(Said::new(tone, text).aside(asides.join(" · ")));
    model.rows.mark(report.job, Mark { host, confirmed: sent.confirmed });
    model.clipboard = Some(report.job);
}
