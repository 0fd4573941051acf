//! Fields of a few words: what can be chosen, the next and previous choice, and marks among several. "Leave it to the
//! provider" is one of the choices wherever the field may stay out of the request, and says what the provider does.

use crate::domain::page::{Field, Kind};

use super::field::Control;
use super::ground::Ground;
use super::{Form, FormEvent, Stop};

/// More choices than these are picked from a list.
pub const FEW: usize = 5;

/// One word that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// None leaves it to the provider.
    pub value: Option<String>,
    pub label: String,
}

impl Form {
    /// What can be chosen at a stop; empty for fields that are not chosen.
    pub fn choices(&self, stop: Stop) -> Vec<Choice> {
        let index = match stop {
            Stop::Operation => {
                let operations = self.page().operations.iter();
                let choice = |(id, operation): &(String, crate::domain::page::Operation)| Choice {
                    value: Some(id.clone()),
                    label: operation.label.clone(),
                };
                return operations.map(choice).collect();
            }
            Stop::Field(index) => index,
            _ => return Vec::new(),
        };
        let (Some(spec), Some((_, field, state))) = (self.spec(), self.field(index)) else {
            return Vec::new();
        };
        let word = |word: &str, label: &str| Choice { value: Some(word.into()), label: label.into() };
        let mut choices: Vec<Choice> = match field.kind {
            Kind::Switch => vec![word("true", "on"), word("false", "off")],
            _ => spec.choices(field).iter().map(|choice| word(choice, choice)).collect(),
        };
        if field.null {
            choices.push(word("null", "null"));
        }
        if matches!(state.control, Control::One(_)) && may_stay_out(field) {
            choices.push(Choice { value: None, label: left(field) });
        }
        choices
    }

    /// Whether Space opens a list instead of stepping on.
    pub fn has_many(&self, stop: Stop) -> bool {
        let Stop::Field(index) = stop else { return self.choices(stop).len() > FEW };
        let (Some(spec), Some((_, field, state))) = (self.spec(), self.field(index)) else { return false };
        match state.control {
            Control::Items(_) | Control::Rows(_) => true,
            _ => spec.choices(field).len() > FEW,
        }
    }

    /// The place of what is chosen among the choices.
    pub fn chosen(&self, stop: Stop, choices: &[Choice]) -> Option<usize> {
        let value = match stop {
            Stop::Operation => Some(&self.operation),
            Stop::Field(index) => match &self.states.get(index)?.control {
                Control::One(value) => value.as_ref(),
                _ => return None,
            },
            _ => return None,
        };
        choices.iter().position(|choice| choice.value.as_ref() == value)
    }

    /// The next or previous choice, around the end.
    pub(super) fn cycle(&mut self, by: isize, ground: &mut Ground) -> Vec<FormEvent> {
        let choices = self.choices(self.focus);
        let Ok(count) = isize::try_from(choices.len()) else { return Vec::new() };
        if count == 0 {
            return Vec::new();
        }
        let here = self.chosen(self.focus, &choices).and_then(|at| isize::try_from(at).ok());
        let next = match here {
            Some(here) => (here + by).rem_euclid(count),
            None if by > 0 => 0,
            None => count - 1,
        };
        let choice = usize::try_from(next).ok().and_then(|next| choices.get(next)).cloned();
        choice.map_or_else(Vec::new, |choice| self.take(self.focus, choice.value, ground))
    }

    /// Takes a choice at a stop.
    pub(super) fn take(&mut self, stop: Stop, value: Option<String>, ground: &mut Ground) -> Vec<FormEvent> {
        match stop {
            Stop::Operation => return self.turn_to(&value.unwrap_or_default(), ground),
            Stop::Field(index) => {
                if let Some(state) = self.states.get_mut(index) {
                    match &mut state.control {
                        Control::One(chosen) => *chosen = value,
                        Control::Text(input) => input.replace(&value.unwrap_or_default()),
                        _ => {}
                    }
                    state.touch();
                }
            }
            _ => {}
        }
        self.changed(ground);
        Vec::new()
    }

    /// Marks or unmarks the choice under the cursor of a field of several.
    pub(super) fn toggle_mark(&mut self, index: usize, ground: &mut Ground) {
        let choices = self.choices(Stop::Field(index));
        if let Some(state) = self.states.get_mut(index)
            && let Control::Many { chosen, at } = &mut state.control
            && let Some(word) = choices.get(*at).and_then(|choice| choice.value.clone())
        {
            mark(chosen, &word, &choices);
            state.touch();
        }
        self.changed(ground);
    }

    /// Moves among the choices of a field of several.
    pub(super) fn move_mark(&mut self, index: usize, by: isize) {
        let count = self.choices(Stop::Field(index)).len();
        if let Some(state) = self.states.get_mut(index)
            && let Control::Many { at, .. } = &mut state.control
            && count > 0
        {
            *at = at.saturating_add_signed(by).min(count - 1);
        }
    }

    /// The next choice that begins with a letter.
    pub(super) fn jump(&mut self, letter: char, ground: &mut Ground) -> Vec<FormEvent> {
        let choices = self.choices(self.focus);
        let begins = |choice: &Choice| {
            choice.label.chars().next().is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
        };
        let count = choices.len();
        let here = self.chosen(self.focus, &choices).map_or(0, |at| at + 1);
        let found = (0..count).map(|step| (here + step) % count).find(|at| begins(&choices[*at]));
        let Some(found) = found else { return Vec::new() };
        if let Stop::Field(index) = self.focus
            && let Control::Many { at, .. } = &mut self.states[index].control
        {
            *at = found;
            return Vec::new();
        }
        self.take(self.focus, choices[found].value.clone(), ground)
    }
}

/// Adds a word to those chosen, in the order of the choices, or takes it away.
pub(super) fn mark(chosen: &mut Vec<String>, word: &str, choices: &[Choice]) {
    match chosen.iter().position(|known| known == word) {
        Some(at) => drop(chosen.remove(at)),
        None => {
            chosen.push(word.to_owned());
            let place = |word: &String| choices.iter().position(|c| c.value.as_ref() == Some(word));
            chosen.sort_by_key(|word| place(word).unwrap_or(usize::MAX));
        }
    }
}

/// Whether sending nothing is an answer: not for what the provider requires and has no word for itself.
fn may_stay_out(field: &Field) -> bool {
    !field.rules.required || field.unset.is_some()
}

/// "provider's default (off)".
pub(super) fn left(field: &Field) -> String {
    match field.unset_text() {
        Some(text) if text != "default" => format!("provider's default ({text})"),
        _ => "provider's default".into(),
    }
}
