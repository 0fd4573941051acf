//! Holding a batch: pause, stop, and once more what failed.

use crate::app::action::Action;
use crate::app::dialog::{Dialog, Then};
use crate::app::effect::Effect;
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::said::Said;

use super::{go_on, run};

pub(super) fn pause(model: &mut Model) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    batch.paused = !batch.paused;
    let paused = batch.paused;
    if !paused {
        model.say(Said::plain("Going on"));
        return run::tick(model);
    }
    model.say(Said::plain("Paused").aside("what is under way comes to its end"));
    taken_back(model)
}

pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    batch.halted = true;
    let counts = batch.counts();
    // What stands in line comes back: it is not sent either.
    let recalled = taken_back(model);
    let under_way = counts.running.saturating_sub(recalled.len());
    let under_way = match under_way {
        1 => "1 under way comes to its end".to_owned(),
        n => format!("{n} under way come to their end"),
    };
    let unsent = match counts.waiting + recalled.len() {
        1 => "1 is not sent".to_owned(),
        n => format!("{n} are not sent"),
    };
    let aside = format!("{under_way}, {unsent}");
    model.say(Said::plain("Stopped").aside(aside).hint(Action::RetryPeople, "goes on"));
    recalled
}

fn taken_back(model: &mut Model) -> Vec<Effect> {
    let Some(people) = model.people.take() else { return Vec::new() };
    let effects = run::recall(model, &people);
    model.people = Some(people);
    effects
}

/// Once more what failed; what may exist only after a question.
pub(super) fn retry(model: &mut Model, maybe: bool) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    let unsure = batch.counts().maybe;
    if maybe && unsure > 0 {
        let lines = vec![
            match unsure {
                1 => "1 row may exist already.".to_owned(),
                n => format!("{n} rows may exist already."),
            },
            "Send them again all the same?".into(),
        ];
        let dialog = Dialog::new("Once more", lines, "Cancel", "Send them again", Then::RetryMaybe);
        model.open(Layer::Dialog(Box::new(dialog)));
        return Vec::new();
    }
    again(model, false)
}

/// Lets rows wait again, and sends them.
pub fn again(model: &mut Model, maybe: bool) -> Vec<Effect> {
    let Some(batch) = model.people.as_mut().and_then(|people| people.batch.as_mut()) else {
        return Vec::new();
    };
    let rows = batch.retry(maybe);
    let waiting = batch.counts().waiting;
    let said = match (rows, waiting) {
        (0, 0) => Said::plain("There is nothing to send again"),
        (_, 1) => Said::plain("Sending 1 row"),
        (_, n) => Said::plain(format!("Sending {n} rows")),
    };
    model.say(said);
    go_on(model)
}
