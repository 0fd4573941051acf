//! Choosing a profile or a template by typing: the names that hold what was typed, the best one marked.

use std::sync::Arc;

use crate::config::Context;
use crate::domain::entry::Asked;
use crate::domain::key::Key;
use crate::domain::text::DisplayText;

use super::action::Action;
use super::effect::Effect;
use super::elsewhere::{self, Other};
use super::keys::Keys;
use super::layer::Layer;
use super::message::JobId;
use super::messages;
use super::model::Model;
use super::templates;
use super::text_input::TextInput;
use super::text_keys;

/// What is chosen from.
#[derive(Clone, Debug, PartialEq)]
pub enum Choosing {
    Profile,
    /// The profile on which the same meeting is made, with what was asked for.
    Elsewhere(Arc<(Asked, Vec<Other>)>),
    /// What the palette offers; it has keys of its own.
    Action,
    /// The template of the message about a row.
    Template(JobId),
    /// That of the message about all rows that are marked.
    TemplateForMany,
}

impl Choosing {
    pub fn is_template(&self) -> bool {
        matches!(self, Choosing::Template(_) | Choosing::TemplateForMany)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Picker {
    pub choosing: Choosing,
    pub typed: TextInput,
    /// Names, and what is said beside them, in their order.
    pub choices: Vec<(DisplayText, String)>,
    /// Places among the choices that hold what was typed.
    pub shown: Vec<usize>,
    /// Place among the shown ones.
    pub marked: usize,
}

impl Picker {
    pub fn new(choosing: Choosing, choices: Vec<(DisplayText, String)>, marked: usize) -> Picker {
        let shown = (0..choices.len()).collect();
        Picker { choosing, typed: TextInput::default(), choices, shown, marked }
    }

    /// What begins with the typed text comes before what only holds it.
    fn sift(&mut self) {
        let wanted = self.typed.text().to_lowercase();
        let name = |index: &usize| self.choices[*index].0.as_str().to_lowercase();
        let holds = |index: &usize| {
            name(index).contains(&wanted) || self.choices[*index].1.to_lowercase().contains(&wanted)
        };
        let mut shown: Vec<usize> = (0..self.choices.len()).filter(holds).collect();
        shown.sort_by_key(|index| !name(index).starts_with(&wanted));
        self.shown = shown;
        self.marked = 0;
    }

    /// Other choices; the mark stays on the one of its name, where that is still there.
    pub(super) fn offer(&mut self, choices: Vec<(DisplayText, String)>) {
        let marked = self.shown.get(self.marked).map(|index| self.choices[*index].0.clone());
        self.choices = choices;
        self.sift();
        let same = |index: &usize| Some(&self.choices[*index].0) == marked.as_ref();
        self.marked = self.shown.iter().position(same).unwrap_or(0);
    }

    /// Moves the mark, for the actions that do; false for the others, whose keys are typed.
    pub(super) fn go(&mut self, action: Action) -> bool {
        match action {
            Action::NextChoice => self.step(1),
            Action::PreviousChoice => self.step(-1),
            Action::PageOfChoicesDown => self.step(10),
            Action::PageOfChoicesUp => self.step(-10),
            _ => return false,
        }
        true
    }

    /// Marks the choice at a place among the shown ones; true where it was marked already.
    pub(super) fn point(&mut self, at: usize) -> bool {
        at < self.shown.len() && std::mem::replace(&mut self.marked, at) == at
    }

    /// A key of the line that sifts.
    pub(super) fn type_key(&mut self, keys: &Keys, key: Key) {
        if text_keys::typed(&mut self.typed, keys, key) {
            self.sift();
        }
    }

    pub(super) fn step(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(1);
        self.marked = self.marked.saturating_add_signed(by).min(last);
    }
}

pub fn open(model: &mut Model) {
    let choices = model.book.profiles.iter();
    let choices = choices.map(|p| (DisplayText::line(&p.name), p.provider.clone())).collect();
    model.open(Layer::Picker(Picker::new(Choosing::Profile, choices, model.current)));
}

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.keys.lookup(Context::Picker, key).map(|(action, _)| action);
    let Some(Layer::Picker(picker)) = model.layers.last_mut() else { return Vec::new() };
    match action {
        Some(Action::ClosePicker) => model.close(),
        Some(Action::Pick) => return pick(model),
        Some(Action::EditTemplate) => return templates::edit(model),
        Some(action) if picker.go(action) => {}
        _ => picker.type_key(&model.keys, key),
    }
    Vec::new()
}

fn pick(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Picker(picker)) = model.layers.last() else { return Vec::new() };
    let choosing = picker.choosing.clone();
    let Some(index) = picker.shown.get(picker.marked).copied() else { return Vec::new() };
    model.close();
    match choosing {
        Choosing::Profile => model.choose_profile(index),
        Choosing::Elsewhere(offer) => elsewhere::chosen(model, &offer, index),
        Choosing::Action => {}
        Choosing::Template(job) => return messages::chosen(model, job, index),
        Choosing::TemplateForMany => return messages::chosen_for_many(model, index),
    }
    Vec::new()
}

/// A click marks a choice and takes it where it is marked; a profile, which does nothing yet, is taken at once.
pub fn click(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(Layer::Picker(picker)) = model.layers.last_mut() else { return Vec::new() };
    let there = at < picker.shown.len();
    let marked = picker.point(at);
    if there && (marked || picker.choosing == Choosing::Profile) { pick(model) } else { Vec::new() }
}

pub fn paste(picker: &mut Picker, text: &str) {
    text_keys::pasted(&mut picker.typed, text);
    picker.sift();
}
