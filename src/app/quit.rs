//! Leaving, and closing what is open. Calls under way are never lost by a slip of a finger: the question comes first.

use super::dialog::{Dialog, Then};
use super::effect::Effect;
use super::layer::Layer;
use super::model::Model;
use super::people;

/// Two presses of Ctrl-C within this many milliseconds quit.
const TWICE: i64 = 1000;

/// `q`: at once, or with a question while calls are under way.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    let (making, completing, deleting) = (model.running(), model.completing(), model.deleting());
    let unsent = match people::unfinished(model) {
        0 => None,
        1 => Some("1 row of the people is not sent.".to_owned()),
        n => Some(format!("{n} rows of the people are not sent.")),
    };
    let calls = match making + completing + deleting {
        0 if unsent.is_some() => "No call is under way.".to_owned(),
        0 => return vec![Effect::Quit(0)],
        1 => "1 call is under way.".to_owned(),
        n => format!("{n} calls are under way."),
    };
    let asking =
        |layer: &Layer| matches!(layer, Layer::Dialog(d) if d.answers.iter().any(|a| a.then == Then::Quit));
    if !model.layers.iter().any(asking) {
        let after = match (making, model.remembers && model.storage.is_none()) {
            (0, _) if completing == 0 => {
                "What is being deleted may be deleted all the same: check it next time."
            }
            (0, _) => "The room is there; what it lacks stays missing.",
            (_, true) => "What is made after you leave is listed as maybe created next time.",
            (_, false) => "What is made after you leave may exist without being listed here.",
        };
        let after = if making + completing + deleting == 0 { "They are sent by nobody else." } else { after };
        let lines = [Some(calls), unsent, Some(after.into())].into_iter().flatten().collect();
        let dialog = Dialog::new("Quit", lines, "Stay", "Leave", Then::Quit);
        model.open(Layer::Dialog(Box::new(dialog)));
    }
    Vec::new()
}

/// `Ctrl-C`: closes what is open; on the list it is `q`; twice within a second it quits.
pub fn close(model: &mut Model) -> Vec<Effect> {
    let twice = model.last_close.is_some_and(|last| {
        let passed = model.now.as_millisecond() - last.as_millisecond();
        (0..=TWICE).contains(&passed)
    });
    model.last_close = Some(model.now);
    if twice {
        return vec![Effect::Quit(0)];
    }
    if model.layers.is_empty() {
        return ask(model);
    }
    super::pages::close_top(model);
    Vec::new()
}
