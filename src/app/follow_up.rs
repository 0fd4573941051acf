//! Asking a provider about what was made, deleting it there, and forgetting it here. A look changes nothing and is made
//! at once; whatever cannot be taken back asks first. What is marked is deleted or forgotten together, after one
//! question.

use crate::domain::entry::{Entry, Outcome};
use crate::domain::finding::{Asking, Finding, Found};
use crate::error::{Error, Result};
use crate::provider::follow_up::Question;

use super::action::Action;
use super::dialog::{Answer, Dialog, Then};
use super::effect::Effect;
use super::layer::Layer;
use super::marks;
use super::message::JobId;
use super::model::Model;
use super::row::{Answered, Row};
use super::said::Said;

/// Reasons and warnings of many entries that are named one by one.
const NAMED: usize = 3;

/// `F5`: looks the selected entry up at its provider.
pub fn check(model: &mut Model) -> Vec<Effect> {
    let Some(job) = model.rows.selected().map(|row| row.job) else {
        model.say(model.nothing_here());
        return Vec::new();
    };
    match question(model, job, Asking::Check) {
        Ok(question) => {
            model.say(Said::plain(format!("Asking {} about {}", question.page().name, question.entry.name)));
            vec![begin(model, job, question)]
        }
        Err(error) => {
            model.say(not_asked(&error));
            Vec::new()
        }
    }
}

/// `d`: the question what is to go, and where.
pub fn delete(model: &mut Model) {
    let jobs = marks::meant(model);
    let idle = |job: &JobId| model.rows.get(*job).is_some_and(is_idle);
    if jobs.is_empty() {
        return model.say(model.nothing_here());
    }
    if !jobs.iter().all(idle) {
        let said = Said::plain("A call is under way on this row");
        return model.say(said.hint(Action::Stop, "stops it"));
    }
    let asked: Vec<_> = jobs.iter().map(|job| (*job, question(model, *job, Asking::Delete))).collect();
    let (can, cannot) = asked.into_iter().partition::<Vec<_>, _>(|(_, question)| question.is_ok());
    let can: Vec<(JobId, Question)> = can.into_iter().filter_map(|(job, q)| Some((job, q.ok()?))).collect();
    let cannot: Vec<String> = cannot.into_iter().filter_map(|(_, q)| q.err()).map(|e| said(&e)).collect();
    let names = names(model, &jobs);
    let mut lines = vec![names];
    lines.extend(warnings(&can, jobs.len()));
    lines.extend(reasons(cannot, jobs.len()));
    let mut answers = vec![Answer { label: "Cancel", then: Then::Nothing }];
    if !can.is_empty() {
        let jobs = can.into_iter().map(|(job, _)| job).collect();
        answers.push(Answer { label: "Delete at the provider", then: Then::Delete(jobs) });
    }
    answers.push(Answer { label: "Forget here", then: Then::Forget(jobs) });
    let dialog = Dialog { title: "Delete".into(), lines, answers, marked: 0 };
    model.open(Layer::Dialog(Box::new(dialog)));
}

fn is_idle(row: &Row) -> bool {
    row.entry().is_some() && !row.completing && row.asking.is_none()
}

/// "ACME onboarding (whereby)", or how many.
fn names(model: &Model, jobs: &[JobId]) -> String {
    match jobs {
        [job] => model.rows.get(*job).map_or(String::new(), |row| format!("{} ({})", row.name, row.profile)),
        _ => format!("{} marked entries", jobs.len()),
    }
}

/// What the pages warn of, each sentence once, with how many it is about.
fn warnings(can: &[(JobId, Question)], of: usize) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for (_, question) in can {
        let warning = question.warning().map_or(String::new(), |warning| format!(": {warning}"));
        let what =
            question.label().filter(|_| of == 1).map_or("At".to_owned(), |label| format!("{label} at"));
        let line = format!("{what} {}{warning}", question.page().name);
        match counted.iter_mut().find(|(known, _)| *known == line) {
            Some((_, count)) => *count += 1,
            None => counted.push((line, 1)),
        }
    }
    let line = |(line, count): (String, usize)| match of {
        1 => format!("{line}."),
        _ => format!("{line}: {count} of them."),
    };
    counted.into_iter().map(line).collect()
}

/// Why some cannot be deleted at their provider.
fn reasons(mut cannot: Vec<String>, of: usize) -> Vec<String> {
    let count = cannot.len();
    cannot.iter_mut().for_each(|reason| reason.push('.'));
    cannot.dedup();
    let more = cannot.len().saturating_sub(NAMED);
    cannot.truncate(NAMED);
    if of > 1 && count > 0 {
        cannot.insert(0, format!("{count} cannot be deleted there:"));
    }
    if more > 0 {
        cannot.push(format!("… and {more} more reasons"));
    }
    cannot
}

/// Deletes these at their providers, each by a call of its own.
pub fn delete_now(model: &mut Model, jobs: Vec<JobId>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for job in &jobs {
        match question(model, *job, Asking::Delete) {
            Ok(question) => effects.push(begin(model, *job, question)),
            Err(error) => model.say(not_asked(&error)),
        }
    }
    model.going = if jobs.len() > 1 { jobs } else { Vec::new() };
    match effects.len() {
        0 => {}
        1 => model.say(Said::plain("Deleting it at the provider")),
        n => model.say(Said::plain(format!("Deleting {n} at their providers"))),
    }
    effects
}

/// Removes these here; at the provider nothing is done.
pub fn forget(model: &mut Model, jobs: &[JobId]) -> Vec<Effect> {
    let rows = jobs.iter().filter_map(|job| model.rows.get(*job)).filter(|row| is_idle(row));
    let entries: Vec<Entry> = rows.filter_map(|row| row.entry().cloned()).collect();
    let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    model.rows.remove(&ids);
    let what = match &entries[..] {
        [entry] => entry.name.to_string(),
        many => format!("{} entries", many.len()),
    };
    let lives = entries
        .iter()
        .any(|entry| !matches!(entry.outcome, Outcome::NotCreated(_)) && entry.deleted.is_none());
    let said = Said::plain(format!("Forgotten here: {what}"));
    model.say(if lives { said.aside("at the provider nothing was done") } else { said });
    entries.into_iter().map(|entry| Effect::Forget(Box::new(entry))).collect()
}

/// The question about a row, if it can be asked now.
fn question(model: &Model, job: JobId, asking: Asking) -> Result<Question> {
    let row = model.rows.get(job).ok_or_else(|| Error::usage("there is no such entry any more"))?;
    let Some(entry) = row.entry().filter(|_| is_idle(row)) else {
        return Err(Error::usage("a call is under way on this row"));
    };
    let unknown =
        || Error::config(format!("there is no page of provider {} that can be used", entry.provider));
    let page = model.book.catalog.usable(&entry.provider).ok_or_else(unknown)?;
    let question = Question::new(asking, entry, page)?;
    match model.book.position(&entry.profile) {
        Some(_) => Ok(question),
        None => Err(Error::config(format!("profile {} is not there any more", entry.profile))
            .hint("write it into the configuration again")),
    }
}

fn begin(model: &mut Model, job: JobId, question: Question) -> Effect {
    if let Some(row) = model.rows.get_mut(job) {
        row.asking = Some(question.asking);
        row.answered = None;
    }
    Effect::Ask(job, Box::new(question))
}

/// The provider has answered, or not and why. The row keeps the answer; its entry is deleted from now on, or not.
pub fn answered(model: &mut Model, job: JobId, asking: Asking, answer: Result<Finding, Error>) {
    let at = model.now;
    let Some(row) = model.rows.get_mut(job) else { return };
    row.asking = None;
    row.answered = Some(Box::new(Answered { asking, at, answer: answer.clone() }));
    let name = row.name.to_string();
    let found = answer.as_ref().ok().and_then(|finding| Some(row.entry()?.found(finding)));
    if let Some(entry) = found {
        model.rows.finish(job, entry, model.now);
    }
    let said = outcome(&name, asking, &answer);
    let more = model.deleting();
    if more == 0 && asking == Asking::Delete && !model.going.is_empty() {
        let said = all_answered(model);
        return model.say(said);
    }
    model.say(match more {
        0 => said,
        n if asking == Asking::Delete => said.aside(format!("{n} more to go")),
        _ => said,
    });
}

/// What became of those that were deleted together. Marks stay on what is still there.
fn all_answered(model: &mut Model) -> Said {
    let jobs = std::mem::take(&mut model.going);
    let is_gone = |job: &JobId| {
        let entry = model.rows.get(*job).and_then(|row| row.entry());
        entry.is_some_and(|entry| entry.deleted.is_some())
    };
    let (gone, left): (Vec<JobId>, Vec<JobId>) = jobs.iter().partition(|job| is_gone(job));
    marks::take(model, &gone);
    match left.len() {
        0 => Said::good(format!("All {} are deleted", gone.len())),
        n => Said::warn(format!("{} of {} are deleted", gone.len(), jobs.len()))
            .aside(format!("{n} may be there still")),
    }
}

fn outcome(name: &str, asking: Asking, answer: &Result<Finding, Error>) -> Said {
    let finding = match answer {
        Ok(finding) => finding,
        Err(error) => return Said::error(error).named(name),
    };
    match (&finding.found, asking) {
        (Found::There(told), _) => {
            let first: Vec<String> = told
                .iter()
                .take(3)
                .filter(|one| one.time.is_none())
                .map(|one| format!("{} {}", one.label, one.value))
                .collect();
            Said::good(format!("{name} is there")).aside(first.join(" · "))
        }
        (Found::Deleted, _) => Said::good(format!("{name} is deleted")),
        (Found::Gone { why, .. }, Asking::Delete) => {
            Said::good(format!("{name} was gone already")).aside(why.as_str())
        }
        (Found::Gone { why, sure: true }, Asking::Check) => {
            Said::warn(format!("{name} is gone")).aside(why.as_str())
        }
        (Found::Gone { why, sure: false }, Asking::Check) => {
            Said::warn(format!("{name} was not found")).aside(why.as_str())
        }
    }
}

fn not_asked(error: &Error) -> Said {
    Said::warn(said(error)).aside(error.next_step().unwrap_or_default())
}

/// The clause of an error as a sentence of its own.
fn said(error: &Error) -> String {
    let mut letters = error.message().chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
