//! Profiles of a file that others can write: what stands in it may be somebody else's word, so its keys and commands
//! are used in this run only after the user said so.

use crate::provider::plan::Plan;

use super::create::{self, Word};
use super::dialog::{Dialog, Then};
use super::effect::Effect;
use super::layer::Layer;
use super::model::Model;
use super::row::Arm;

/// Asks before the first use of a doubtful profile; false where there is nothing to ask.
pub fn asks(model: &mut Model, plan: &Plan, armed: Option<Arm>, word: Word) -> bool {
    let profile = model.book.position(&plan.profile).and_then(|index| model.book.ready(index));
    let Some(doubt) = profile.and_then(|profile| profile.doubt.clone()) else { return false };
    let lines = vec![format!("{doubt}."), "Use it in this run?".into()];
    let then = Then::Trust { plan: Box::new(plan.clone()), armed, word };
    model.open(Layer::Dialog(Box::new(Dialog::new(
        "Doubtful configuration",
        lines,
        "Cancel",
        "Use it",
        then,
    ))));
    true
}

/// From now on the profile is used like any other.
pub fn given(model: &mut Model, plan: Plan, armed: Option<Arm>, word: Word) -> Vec<Effect> {
    if let Some(index) = model.book.position(&plan.profile) {
        model.book.profiles[index].doubt = None;
    }
    let mut effects = vec![Effect::Trust(plan.profile.clone())];
    effects.extend(create::submit(model, plan, armed, word));
    effects
}
