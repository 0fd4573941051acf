//! Copying. A plain copy can only yield the link of a guest; a row that is still being created is armed and copies
//! when it is ready; whatever is unusual about a link is asked about or said. What can be copied stands in `want`.

use crate::domain::clipboard::Care;
use crate::domain::entry::{Entry, Outcome};
use crate::domain::link::Reuse;
use crate::error::Error;

use super::action::Action;
use super::dialog::{Dialog, Then};
use super::effect::{Copy, Effect};
use super::form_page;
use super::layer::Layer;
use super::message::{CopyReport, JobId, Sent};
use super::model::Model;
use super::people;
use super::poster::Poster;
use super::row::{Arm, Mark};
use super::said::{Said, Tone};
use super::want::{Clip, Lack, Want};

/// Copies from a row, arms it, asks, or says why not.
pub fn of(model: &mut Model, job: Option<JobId>, want: &Want) -> Vec<Effect> {
    let Some(row) = job.and_then(|job| model.rows.get(job)) else {
        model.say(model.nothing_here());
        return Vec::new();
    };
    let (job, is_there) = (row.job, row.entry().is_some());
    match (is_there, want) {
        (true, _) => self::want(model, job, want),
        (false, Want::Guest) => arm(model, job, Arm::Link),
        (false, Want::Host) => {
            model.say(Said::plain("The host link is not there yet"));
            Vec::new()
        }
        (false, _) => {
            model.say(Said::plain("It is not there yet").hint(Action::CopyGuest, "copies when ready"));
            Vec::new()
        }
    }
}

/// Copies from a row that is there, asks first, or says why not.
pub fn want(model: &mut Model, job: JobId, want: &Want) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    if let Err(lack) = want.clip(model, entry) {
        let said = nothing(entry, want, lack);
        model.say(said);
        return Vec::new();
    }
    let Some(line) = want.doubt(model, entry) else { return put(model, job, want) };
    let instead = instead(model, entry, want);
    let lines = [Some(line), instead, Some("Copy it all the same?".into())].into_iter().flatten().collect();
    let then = Then::Copy { job, want: want.clone() };
    model.open(Layer::Dialog(Box::new(Dialog::new("Copy", lines, "Cancel", "Copy it", then))));
    Vec::new()
}

/// What serves better than copying a link that a chat may use up: the key that opens it.
fn instead(model: &Model, entry: &Entry, want: &Want) -> Option<String> {
    let link = want.link(model, entry).filter(|link| link.reuse == Reuse::Once)?;
    let link = link.warning.is_none().then_some(link).filter(|link| !entry.is_over(link, model.now))?;
    let action = match Some(link) {
        link if link == entry.guest_link() => Action::Open,
        link if link == entry.host_link() => Action::OpenHost,
        _ => return None,
    };
    let key = model.keys.shown(action);
    (!key.is_empty()).then(|| format!("To use it yourself, open it with {key}."))
}

/// Puts what is made of many rows on the clipboard; it is said of the first of them.
pub fn text(model: &Model, job: JobId, want: &Want) -> Result<Vec<Effect>, Lack> {
    let entry = model.rows.iter().find_map(|row| row.entry()).ok_or(Lack::Nothing)?;
    let Clip { what, text, care } = want.clip(model, entry)?;
    let want = want.clone();
    Ok(vec![Effect::Copy(Box::new(Copy { job, want, what, text, care, by_terminal: false }))])
}

/// Why there is nothing to copy, and what there is instead.
fn nothing(entry: &Entry, want: &Want, lack: Lack) -> Said {
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
    match lack {
        Lack::Over => {
            return Said::warn("This link is over and not kept any more")
                .hint(Action::Again, "makes another");
        }
        Lack::LeftOut => {
            return Said::warn("No link is left in this message: nothing copied")
                .hint(Action::ChooseMessage, "takes another template");
        }
        Lack::NoTemplate => return Said::warn("There is no such template any more"),
        Lack::Nothing | Lack::HostOnly => {}
    }
    if *want != Want::Host && entry.host_link().is_some() {
        return Said::warn("This is a host link: nothing copied").hint(Action::CopyHost, "copies it");
    }
    let others: Vec<&str> = entry.details.iter().filter(|d| d.copy).map(|d| d.label.as_str()).collect();
    match (want, others.is_empty()) {
        (Want::Host, true) => Said::plain("This entry has no host link"),
        (_, true) => Said::plain("This entry has no link"),
        (_, false) => {
            let kind = if *want == Want::Host { "host link" } else { "link" };
            let said = Said::plain(format!("No {kind} here, but in the details: {}", others.join(", ")));
            said.hint(Action::Reveal, "shows them")
        }
    }
}

/// Arms a row that is still being created, with something else than before, or disarms it.
pub fn arm(model: &mut Model, job: JobId, arm: Arm) -> Vec<Effect> {
    let armed = |row: &&super::row::Row| row.running().is_some_and(|running| running.armed.is_some());
    let others = model.rows.iter().filter(|row| row.job != job).filter(armed).count();
    let Some(running) = model.rows.get_mut(job).and_then(|row| row.running_mut()) else { return Vec::new() };
    running.armed = (running.armed != Some(arm)).then_some(arm);
    let will = format!("Will copy {} when ready", arm.name());
    let said = match (running.armed, others) {
        (None, _) => Said::plain("Will not copy by itself any more"),
        (Some(_), 0) => Said::good(will),
        (Some(_), 1) => {
            Said::good(will).aside("another row is armed too: the later one stays on the clipboard")
        }
        (Some(_), n) => Said::good(will)
            .aside(format!("{n} other rows are armed too: the last one stays on the clipboard")),
    };
    model.say(said);
    Vec::new()
}

/// An armed row is ready. What would need a question is not copied by itself.
pub fn ready(model: &mut Model, job: JobId, arm: Arm) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    let (want, again) = match (arm, model.texts.of(&entry.profile)) {
        (Arm::Message, Some(template)) => (Want::Message(template.name.clone()), Action::CopyMessage),
        _ => (Want::Guest, Action::CopyGuest),
    };
    let said = match (want.clip(model, entry), want.doubt(model, entry)) {
        (Ok(_), None) => {
            model.arriving.push(job);
            return put(model, job, &want);
        }
        (Ok(_), Some(line)) => Said::warn(format!("Ready, not copied. {line}")).hint(again, "copies it"),
        (Err(lack), _) => match entry.outcome.error() {
            Some(error) => Said::error(error),
            None => nothing(entry, &want, lack),
        },
    };
    model.say(said);
    Vec::new()
}

/// Puts it on the clipboard, without asking any more.
pub fn put(model: &mut Model, job: JobId, want: &Want) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    match want.clip(model, entry) {
        Ok(Clip { what, text, care }) => {
            let want = want.clone();
            vec![Effect::Copy(Box::new(Copy { job, want, what, text, care, by_terminal: false }))]
        }
        Err(lack) => {
            let said = nothing(entry, want, lack);
            model.say(said);
            Vec::new()
        }
    }
}

/// Notes what is on its way to the clipboard: what was meant before that may not come after it.
pub(super) fn note(model: &mut Model, effects: &[Effect]) {
    let last = effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(copy) => Some((copy.job, copy.want.clone())),
        _ => None,
    });
    if let Some(last) = last {
        model.latest = Some(last);
    }
}

/// Says what became of a copy, and marks its row. What did not arrive is shown bare.
pub fn reported(model: &mut Model, report: CopyReport) -> Vec<Effect> {
    if report.want == Want::Request {
        let mut effects = form_page::copied(model, &report);
        effects.extend(by_terminal(model, report));
        return effects;
    }
    let arrived = model.arriving.iter().position(|job| *job == report.job);
    // One that is tried another way is still to arrive.
    if let Some(at) = arrived.filter(|_| report.again.is_none() || !is_latest(model, &report)) {
        model.arriving.swap_remove(at);
    }
    match report.result.clone() {
        Err(error) => failed(model, report, &error),
        Ok(sent) => {
            told(model, report, sent, arrived.is_some());
            Vec::new()
        }
    }
}

/// It is not on the clipboard: the terminal may still take it, and the eye can.
fn failed(model: &mut Model, report: CopyReport, error: &Error) -> Vec<Effect> {
    let entry = model.rows.get(report.job).and_then(|row| row.entry());
    let clip = entry.and_then(|entry| report.want.clip(model, entry).ok());
    let said = Said::error(error);
    if !is_latest(model, &report) {
        let of = entry.map(|entry| entry.name.to_string());
        model.say(of.iter().fold(said, |said, name| said.named(name)));
        return Vec::new();
    }
    model.say(said);
    // What many rows were made into is on no row.
    let clip = clip.filter(|_| !report.what.starts_with(people::BLOCK));
    let room = !model.layers.iter().any(|layer| matches!(layer, Layer::Form(_) | Layer::Poster(_)));
    if let Some(Clip { what, text, care }) = clip.filter(|_| room) {
        model.open(Layer::Poster(Box::new(Poster::instead(&what, text, care, error.message()))));
    }
    by_terminal(model, report)
}

/// Nothing else was meant to be on the clipboard since.
fn is_latest(model: &Model, report: &CopyReport) -> bool {
    model.latest.as_ref().is_none_or(|(job, want)| (*job, want) == (report.job, &report.want))
}

/// The same by the terminal, where that may help; never over what was copied since.
fn by_terminal(model: &Model, report: CopyReport) -> Vec<Effect> {
    let is_latest = is_latest(model, &report);
    report.again.filter(|_| is_latest).map(Effect::Copy).into_iter().collect()
}

/// A copy that came by itself names its row, and what it replaced.
fn told(model: &mut Model, report: CopyReport, sent: Sent, by_itself: bool) {
    if report.what.starts_with(people::BLOCK) || matches!(report.want, Want::Many(_)) {
        let (verb, how) = match sent.confirmed {
            true => ("Copied", sent.route),
            false => ("Sent", format!("{}, cannot be confirmed", sent.route)),
        };
        let text = format!("{verb} {} ({} characters)", report.what, report.chars);
        return model.say(Said::good(text).aside(how));
    }
    let Some(row) = model.rows.get(report.job) else { return };
    let host = report.care == Care::Host;
    // What matters most comes first: the line may be short.
    let mut asides: Vec<String> = host.then(|| "not for customers".to_owned()).into_iter().collect();
    asides.extend(sent.note);
    asides.push(match sent.confirmed {
        true => sent.route.clone(),
        false => format!("{}, cannot be confirmed", sent.route),
    });
    let before = model.clipboard.as_ref().filter(|(job, _)| by_itself && *job != report.job);
    if let Some((before, what)) = before.and_then(|(job, what)| Some((model.rows.get(*job)?, what))) {
        asides.push(format!("replaces {what} of {}", before.name));
    }
    let verb = if sent.confirmed { "Copied" } else { "Sent" };
    let what = if host { report.what.replace("the host", "the HOST") } else { report.what.clone() };
    let of = if by_itself { format!(" of {}", row.name) } else { String::new() };
    let text = format!("{verb} {what}{of} ({} characters)", report.chars);
    let tone = if host { Tone::Loud } else { Tone::Good };
    let said = Said::new(tone, text).aside(asides.join(" · "));
    let plain = report.want == Want::Guest && !sent.confirmed;
    model.say(if plain { said.hint(Action::BareLink, "shows it") } else { said });
    model.rows.mark(report.job, Mark { host, confirmed: sent.confirmed });
    model.clipboard = Some((report.job, report.what));
}

/// A secret was taken off the clipboard again. What was passed on to a terminal may still be there.
pub fn cleared(model: &mut Model, job: JobId, what: &str, passed_on: bool) {
    if passed_on {
        let said = Said::plain(format!("Took {what} out of tmux again"));
        return model.say(said.aside("your terminal may hold it until you copy something else"));
    }
    model.rows.unmark(job);
    if model.clipboard.as_ref().is_some_and(|(known, _)| *known == job) {
        model.clipboard = None;
    }
    model.say(Said::plain(format!("Took {what} off the clipboard again")));
}
