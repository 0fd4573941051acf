//! The palette: every action that has a meaning here, found by typing its word. What is picked happens as if its key
//! had been pressed, so the palette knows nothing of what actions do; some actions can be reached by it alone.

use crate::config::Context;
use crate::domain::key::Key;
use crate::domain::text::DisplayText;

use super::action::Action;
use super::effect::Effect;
use super::layer::Layer;
use super::model::Model;
use super::picker::{Choosing, Picker};
use super::update;

#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    pub picker: Picker,
    /// What each choice of the picker means: the action, and the key that asks for it where there is one.
    actions: Vec<(Action, Option<Key>)>,
}

impl Palette {
    /// What is marked: the action, and the key that asks for it where there is one.
    pub fn marked(&self) -> Option<(Action, Option<Key>)> {
        let index = self.picker.shown.get(self.picker.marked)?;
        self.actions.get(*index).copied()
    }
}

/// Opens it over the list, the details or a form; a question or another list of choices has to be answered first.
pub fn open(model: &mut Model) {
    let here: &[Context] = match model.layers.last() {
        None => &[Context::List, Context::Everywhere],
        Some(Layer::Details { .. }) => &[Context::Details, Context::List, Context::Everywhere],
        Some(Layer::Form(form)) if !form.is_picking() => &[Context::Form, Context::Everywhere],
        _ => return,
    };
    let over_details = here[0] == Context::Details;
    let (mut actions, mut choices) = (Vec::new(), Vec::new());
    for context in here {
        for hint in model.keys.hints().iter().filter(|hint| hint.context == *context) {
            // A number says which profile; without one there is nothing to do.
            let idle = matches!(hint.action, Action::Palette | Action::ChooseProfile);
            if idle || (over_details && *context == Context::List && !hint.action.is_of_entry()) {
                continue;
            }
            actions.push((hint.action, model.keys.key_of(*context, hint.action)));
            choices.push((DisplayText::line(&hint.label), format!("{:8} {}", hint.key, hint.help)));
        }
    }
    let palette = Palette { picker: Picker::new(Choosing::Action, choices, 0), actions };
    model.open(Layer::Palette(Box::new(palette)));
}

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.keys.lookup(Context::Picker, key).map(|(action, _)| action);
    let Some(Layer::Palette(palette)) = model.layers.last_mut() else { return Vec::new() };
    let picker = &mut palette.picker;
    match action {
        Some(Action::ClosePicker) => model.close(),
        Some(Action::Pick) => return pick(model),
        Some(action) if picker.go(action) => {}
        _ => picker.type_key(&model.keys, key),
    }
    Vec::new()
}

fn pick(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Palette(palette)) = model.layers.last() else { return Vec::new() };
    let Some((action, key)) = palette.marked() else { return Vec::new() };
    model.close();
    match key {
        Some(key) => update::press(model, key),
        None => update::by_name(model, action),
    }
}

/// A click marks an action, and has it done where it is marked.
pub fn click(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(Layer::Palette(palette)) = model.layers.last_mut() else { return Vec::new() };
    if palette.picker.point(at) { pick(model) } else { Vec::new() }
}
