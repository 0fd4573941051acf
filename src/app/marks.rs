//! Rows the user has marked, so that one key copies of many. Marks follow their rows whatever the filter shows; a row
//! that has gone is marked no more. While the details of one entry are looked at, that entry alone is meant.

use std::collections::BTreeSet;

use super::action::Action;
use super::copy;
use super::effect::Effect;
use super::layer::Layer;
use super::many::{Kind, Many};
use super::message::JobId;
use super::messages;
use super::model::Model;
use super::said::Said;
use super::want::Want;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(BTreeSet<JobId>);

impl Marks {
    pub fn holds(&self, job: JobId) -> bool {
        self.0.contains(&job)
    }
}

/// Takes the marks of these away.
pub(super) fn take(model: &mut Model, jobs: &[JobId]) {
    model.marks.0.retain(|job| !jobs.contains(job));
}

/// `Space`: marks the selected row or takes its mark away, and goes on to the next one.
pub fn toggle(model: &mut Model) {
    let Some(job) = model.rows.selected().map(|row| row.job) else { return };
    if !model.marks.0.remove(&job) {
        model.marks.0.insert(job);
    }
    model.rows.step(1);
    // What was said before may name keys that mean something else now.
    model.say(match count(model) {
        0 => Said::plain("Nothing is marked any more"),
        1 => Said::plain("1 marked").hint(Action::CopyGuest, "copies its link"),
        n => Said::plain(format!("{n} marked"))
            .hint(Action::CopyGuest, "copies their links")
            .hint(Action::CopyMessage, "one message for all"),
    });
}

/// `Esc`: takes all marks away; whether there were any.
pub fn clear(model: &mut Model) -> bool {
    let there = count(model) > 0;
    model.marks = Marks::default();
    if there {
        model.say(Said::plain("Nothing is marked any more"));
    }
    there
}

/// How many rows are marked.
pub fn count(model: &Model) -> usize {
    marked(model).count()
}

fn marked(model: &Model) -> impl Iterator<Item = JobId> {
    model.marks.0.iter().copied().filter(|job| model.rows.get(*job).is_some())
}

/// The rows a key means: those that are marked, the oldest first, else the selected one.
pub fn meant(model: &Model) -> Vec<JobId> {
    let one = matches!(model.layers.last(), Some(Layer::Details { .. }));
    let marked: Vec<JobId> = marked(model).filter(|_| !one).collect();
    match marked.is_empty() {
        true => model.rows.selected().map(|row| row.job).into_iter().collect(),
        false => marked,
    }
}

/// The keys that copy. A host link is never copied with others.
pub fn copy(model: &mut Model, action: Action) -> Vec<Effect> {
    let jobs = meant(model);
    if let [] | [_] = jobs[..] {
        return one(model, jobs.first().copied(), action);
    }
    let kind = match action {
        Action::CopyGuest => Kind::Links,
        Action::CopyMessage => match messages::roster(model) {
            Some(name) => Kind::Message(name),
            None => {
                model.say(
                    Said::warn("There is no template for several").hint(Action::ChooseMessage, "lists all"),
                );
                return Vec::new();
            }
        },
        Action::ChooseMessage => {
            messages::choose_for_many(model);
            return Vec::new();
        }
        _ => {
            model.say(Said::warn("Host links are copied one by one: Esc takes the marks away"));
            return Vec::new();
        }
    };
    many(model, Many { jobs, kind })
}

fn one(model: &mut Model, job: Option<JobId>, action: Action) -> Vec<Effect> {
    match action {
        Action::CopyGuest => return copy::of(model, job, &Want::Guest),
        Action::CopyHost => return copy::of(model, job, &Want::Host),
        Action::CopyMessage => return messages::copy(model, job),
        _ => messages::choose(model, job),
    }
    Vec::new()
}

/// Copies of many at once.
pub fn many(model: &mut Model, many: Many) -> Vec<Effect> {
    let Some(first) = many.jobs.first().copied() else { return Vec::new() };
    let want = Want::Many(many);
    copy::text(model, first, &want).unwrap_or_else(|_| {
        model.say(Said::warn("No marked entry has a link for guests that can be copied without a question"));
        Vec::new()
    })
}
