//! Sending the rows: as many as the profile lets through at once and as many again in line, so that no lane runs dry;
//! what was not sent yet is taken back when the batch holds, pauses or stops.

use jiff::Timestamp;

use crate::app::effect::Effect;
use crate::app::message::JobId;
use crate::app::model::Model;
use crate::app::row::Row;
use crate::app::said::Said;
use crate::domain::entry::{Asked, Entry, Outcome};
use crate::domain::page::Operation;
use crate::domain::roster::Person;
use crate::error::Error;
use crate::provider::compose::Raw;
use crate::provider::plan::Plan;
use crate::provider::validate::{Context, validate};

use super::batch::{Batch, End, Stand};
use super::{People, check};

/// Starts the batch, or what is left of it; to the first bad row where there is one.
pub fn go_on(model: &mut Model) -> Vec<Effect> {
    let Some(mut people) = model.people.take() else { return Vec::new() };
    let mut effects = Vec::new();
    if people.batch.is_none() {
        check(model, &mut people);
        match people.bad() {
            0 => {
                people.batch = Some(Batch::new(people.lines.len(), people.width * 2));
                people.begun = Some(model.now);
            }
            bad => {
                people.at = people.first_bad().unwrap_or(0);
                let rows = if bad == 1 { "1 row needs you".into() } else { format!("{bad} rows need you") };
                model.say(Said::warn(format!("Nothing was sent: {rows}")));
            }
        }
    }
    if people.batch.is_some() {
        effects = meeting(model, &mut people);
    }
    model.people = Some(people);
    effects.extend(feed(model));
    effects
}

/// Makes the meeting, where there is to be one and it is neither there nor under way.
fn meeting(model: &mut Model, people: &mut People) -> Vec<Effect> {
    let Some(first) = people.first.as_ref().filter(|first| !first.made && first.job.is_none()) else {
        return Vec::new();
    };
    let (operation, raw) = (first.operation.clone(), first.all());
    let title = people.title.clone();
    match send(model, people, None, &operation, &raw, title) {
        Ok((job, effect)) => {
            if let Some(first) = &mut people.first {
                first.job = Some(job);
            }
            model.say(Said::plain("The meeting is made first"));
            vec![effect]
        }
        Err(why) => {
            people.batch = None;
            model.say(Said::warn(format!("Nothing was sent: {why}")));
            Vec::new()
        }
    }
}

/// Sends as many rows as may go now.
fn feed(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    let Some(mut people) = model.people.take() else { return effects };
    let ready = people.first.as_ref().is_none_or(|first| first.made);
    while ready && let Some(index) = people.batch.as_mut().and_then(|batch| batch.next(model.now)) {
        let (operation, raw) = (people.operation.clone(), people.lines[index].raw.clone());
        let title = title(&people, &people.lines[index].person);
        let id = people.lines[index].refused.take();
        match send(model, &people, id, &operation, &raw, title) {
            Ok((job, effect)) => {
                people.lines[index].job = Some(job);
                effects.push(effect);
            }
            Err(why) => {
                let outcome = Outcome::NotCreated(Error::usage(&why));
                people.lines[index].wrong = Some(why);
                if let Some(batch) = &mut people.batch {
                    batch.ended(index, &outcome, model.now);
                }
            }
        }
    }
    model.people = Some(people);
    effects
}

/// The name of the entry: the title of the form before that of the person; none where the person's name is in it.
fn title(people: &People, person: &Person) -> String {
    match (people.title.trim(), person.name.as_str()) {
        ("", name) => name.to_owned(),
        (title, name) => format!("{title}: {name}"),
    }
}

/// Adds the row to the list and asks for the call; `id` is that of the entry where it is not the first attempt at it.
/// Relative times mean what they mean now.
fn send(
    model: &mut Model,
    people: &People,
    id: Option<String>,
    operation: &str,
    raw: &Raw,
    title: String,
) -> Result<(JobId, Effect), String> {
    let spec = people.page.operation(operation).ok_or("there is no such operation")?;
    let context = Context { now: model.now, zone: &model.zone, settings: &people.settings };
    let checked = validate(spec, raw, &context);
    if let Some(problem) = checked.first_error() {
        return Err(problem.text.clone());
    }
    let said = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let plan = Plan {
        id: id.unwrap_or_else(|| (model.chance.id)()),
        created_at: model.now,
        profile: people.profile.clone(),
        page: people.page.clone(),
        operation: operation.to_owned(),
        values: checked.values,
        asked: Asked { values: told(spec, raw), title: said(&title), ticket: said(&people.ticket) },
        agent: model.agent.clone(),
        link_hosts: people.link_hosts.clone(),
        among_many: true,
    };
    let job = model.new_job();
    model.rows.push(Row::creating(job, plan.clone(), None), model.now);
    Ok((job, Effect::Create(job, Box::new(plan))))
}

/// What was asked for, without secrets.
fn told(spec: &Operation, raw: &Raw) -> Raw {
    let secret = |name: &str| spec.field_for(name).is_some_and(|(_, field)| field.secret);
    raw.iter().filter(|(name, _)| !secret(name)).cloned().collect()
}

/// A job has ended; nothing where it is none of these. The row of the list is the caller's: whether it goes, because
/// it comes again as the same entry.
pub fn done(model: &mut Model, job: JobId, entry: &Entry) -> Option<(Vec<Effect>, bool)> {
    let mut people = model.people.take()?;
    let again = match people.line_of(job) {
        Some(index) => Some(row_done(model, &mut people, index, entry)),
        // Nothing makes the meeting again by itself.
        None => meeting_done(model, &mut people, job, entry).then_some(false),
    };
    let recalled = recall(model, &people);
    model.people = Some(people);
    let again = again?;
    let mut effects = recalled;
    effects.extend(feed(model));
    Some((effects, again))
}

/// Whether it will be sent again.
fn row_done(model: &mut Model, people: &mut People, index: usize, entry: &Entry) -> bool {
    let Some(batch) = &mut people.batch else { return false };
    if batch.stand(index) != Some(Stand::Running) {
        return false;
    }
    if is_recalled(entry) {
        batch.put_back(index);
        // Of the same entry there may have been an attempt before, so it stays the same one.
        (people.lines[index].job, people.lines[index].refused) = (None, Some(entry.id.clone()));
        return true;
    }
    let end = batch.ended(index, &entry.outcome, model.now);
    match end {
        End::Again => {
            (people.lines[index].job, people.lines[index].refused) = (None, Some(entry.id.clone()));
            let until = batch.held(model.now).map_or(0, |until| until.as_second() - model.now.as_second());
            let wait = crate::domain::moment::short_span(until);
            model.say(Said::warn(format!("Too many calls: waiting {wait}, then on by itself")));
        }
        End::Refused => {
            if let Some(error) = entry.outcome.error() {
                model.say(Said::error(error).aside("nothing more is sent"));
            }
        }
        End::Final if batch.is_over() => model.say(said_over(batch)),
        End::Final => {}
    }
    end == End::Again
}

fn said_over(batch: &Batch) -> Said {
    let counts = batch.counts();
    let text = super::out::summary(&counts);
    match counts.failed + counts.maybe + counts.waiting {
        0 => Said::good(text),
        _ => Said::warn(text),
    }
}

fn meeting_done(model: &mut Model, people: &mut People, job: JobId, entry: &Entry) -> bool {
    let Some(first) = people.first.as_mut().filter(|first| first.job == Some(job)) else { return false };
    first.job = None;
    first.made = entry.outcome == Outcome::Created;
    if let Some(error) = entry.outcome.error() {
        model.say(Said::error(error).aside("no link was signed"));
    }
    true
}

/// What was in line and is to wait: the lane gives back what has not begun, and leaves alone what has.
pub(super) fn recall(model: &Model, people: &People) -> Vec<Effect> {
    let Some(batch) = &people.batch else { return Vec::new() };
    if !(batch.paused || batch.halted || batch.held(model.now).is_some()) {
        return Vec::new();
    }
    let running =
        people.lines.iter().enumerate().filter(|(index, _)| batch.stand(*index) == Some(Stand::Running));
    let unsent = |job: &JobId| model.rows.get(*job).and_then(|row| row.running()).is_some_and(|r| !r.sent);
    running.filter_map(|(_, line)| line.job).filter(unsent).map(Effect::Recall).collect()
}

/// Whether a job was given back by its lane.
fn is_recalled(entry: &Entry) -> bool {
    matches!(&entry.outcome, Outcome::NotCreated(error) if error.message() == Plan::RECALLED)
}

/// Time has passed: what was held may go on.
pub fn tick(model: &mut Model) -> Vec<Effect> {
    feed(model)
}

/// When something can go on by time alone.
pub fn wakes(model: &Model) -> Option<Timestamp> {
    let batch = model.people.as_ref()?.batch.as_ref()?;
    let idle = batch.paused || batch.halted || batch.counts().waiting == 0;
    batch.held(model.now).filter(|_| !idle)
}

/// How many rows wait to be sent; they are nowhere else.
pub fn unfinished(model: &Model) -> usize {
    let batch = model.people.as_ref().and_then(|people| people.batch.as_ref());
    batch.filter(|batch| !batch.is_over()).map_or(0, |batch| batch.counts().waiting)
}
