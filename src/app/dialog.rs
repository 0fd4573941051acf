//! A question over the page. The first answer changes nothing and is the one marked, so that a key pressed too often
//! does no harm.

use crate::config::{Change, Context};
use crate::domain::key::Key;
use crate::provider::plan::Plan;

use super::action::Action;
use super::copy;
use super::create::{self, Word};
use super::effect::Effect;
use super::follow_up;
use super::layer::Layer;
use super::message::JobId;
use super::model::Model;
use super::open;
use super::people;
use super::row::Arm;
use super::trust;
use super::want::Want;

#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    pub title: String,
    pub lines: Vec<String>,
    pub answers: Vec<Answer>,
    pub marked: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub label: &'static str,
    pub then: Then,
}

/// What an answer leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    Nothing,
    Quit,
    Create {
        plan: Box<Plan>,
        armed: Option<Arm>,
    },
    /// Use a doubtful profile after all, and go on.
    Trust {
        plan: Box<Plan>,
        armed: Option<Arm>,
        word: Word,
    },
    Copy {
        job: JobId,
        want: Want,
    },
    /// Delete these rows at their providers.
    Delete(Vec<JobId>),
    /// Remove these rows here, for good.
    Forget(Vec<JobId>),
    Keep(Box<Change>),
    RetryMaybe,
    NewPeople,
    Export(String),
    Open {
        job: JobId,
        want: Want,
    },
}

impl Dialog {
    pub fn new(title: &str, lines: Vec<String>, stay: &'static str, go: &'static str, then: Then) -> Dialog {
        let answers = vec![Answer { label: stay, then: Then::Nothing }, Answer { label: go, then }];
        Dialog { title: title.to_owned(), lines, answers, marked: 0 }
    }
}

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some((action, _)) = model.keys.lookup(Context::Dialog, key) else { return Vec::new() };
    let Some(Layer::Dialog(dialog)) = model.layers.last_mut() else { return Vec::new() };
    let count = dialog.answers.len();
    match action {
        Action::NextAnswer => dialog.marked = (dialog.marked + 1) % count.max(1),
        Action::PreviousAnswer => dialog.marked = (dialog.marked + count.max(1) - 1) % count.max(1),
        Action::Cancel => model.close(),
        Action::Confirm => {
            let marked = dialog.marked;
            return answer(model, marked);
        }
        _ => {}
    }
    Vec::new()
}

/// The answer at this place is given.
pub fn answer(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(Layer::Dialog(dialog)) = model.layers.last() else { return Vec::new() };
    let then = dialog.answers.get(at).map(|answer| answer.then.clone());
    model.close();
    model.settling = Some(model.now);
    then.map_or(Vec::new(), |then| carry_out(model, then))
}

fn carry_out(model: &mut Model, then: Then) -> Vec<Effect> {
    match then {
        Then::Nothing => Vec::new(),
        Then::Quit => vec![Effect::Quit(0)],
        Then::Create { plan, armed } => create::start(model, *plan, armed),
        Then::Trust { plan, armed, word } => trust::given(model, *plan, armed, word),
        Then::Open { job, want } => open::go(model, job, want),
        Then::Copy { job, want } => copy::put(model, job, &want),
        Then::RetryMaybe => people::again(model, true),
        Then::NewPeople => {
            people::anew(model);
            Vec::new()
        }
        Then::Export(path) => people::export(model, path, true),
        Then::Delete(jobs) => follow_up::delete_now(model, jobs),
        Then::Forget(jobs) => follow_up::forget(model, &jobs),
        Then::Keep(change) => vec![Effect::Keep(change)],
    }
}
