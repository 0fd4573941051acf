//! Presets from the form's side: what of it goes into one, and how one fills it. A preset never holds a secret, and
//! loading one leaves what was typed.

use crate::domain::literal::Literal;
use crate::domain::page::{Field, Kind};
use crate::provider::compose::{Raw, belongs};

use super::field::{Control, FieldState, Source, items_of};
use super::ground::{FormPreset, Ground};
use super::{Form, layers};

impl Form {
    /// All presets that can be loaded here, and the operation each is for.
    pub fn presets(&self) -> impl Iterator<Item = (&FormPreset, Option<&str>)> {
        let presets = self.profile.presets.iter();
        presets.map(|preset| (preset, layers::operation_of(&self.profile, preset)))
    }

    /// What a preset of the form as it is would hold: what was typed, and what came from a preset before.
    pub fn to_save(&self) -> Vec<(String, Literal)> {
        let before = self.loaded_values();
        let mut values = Vec::new();
        for (name, field, state) in self.fields().filter(|(_, _, state)| !state.is_secret()) {
            let raw = match state.source {
                Source::Typed if state.is_empty() && !self.has_value_below(name, field) => continue,
                Source::Typed => state.typed(),
                // As it was written: a pattern stays one.
                Source::Preset => self.of_field(before, name),
                _ => continue,
            };
            values.extend(raw.into_iter().map(|(name, text)| (name, literal(field, text))));
        }
        values
    }

    /// The values of the preset the form is filled from, as they were written.
    pub fn loaded_values(&self) -> &[(String, String)] {
        let preset = layers::preset_for(&self.profile, self.loaded.as_deref(), &self.operation);
        preset.map_or(&[], |preset| &preset.values)
    }

    /// What was typed, secrets included: for what is sent with it, and for nothing that is kept.
    pub fn typed_values(&self) -> Raw {
        let typed = self.states.iter().filter(|state| state.source == Source::Typed);
        typed.flat_map(FieldState::typed).collect()
    }

    /// Whether something would fill the field if nobody said anything here.
    fn has_value_below(&self, name: &str, field: &Field) -> bool {
        let own = field.default.is_some() || field.generate.is_some() || field.quick.is_some();
        own || !self.of_field(&self.profile.defaults, name).is_empty()
    }

    fn of_field(&self, values: &[(String, String)], name: &str) -> Raw {
        let Some(spec) = self.spec() else { return Raw::new() };
        values.iter().filter(|(given, _)| belongs(spec, given, name)).cloned().collect()
    }

    /// Fills the form from a preset of this name, or from none, and says how many typed values stand above it.
    pub fn load_preset(&mut self, name: Option<&str>, ground: &mut Ground) -> usize {
        let preset = self.profile.presets.iter().find(|preset| Some(preset.name.as_str()) == name);
        let operation = preset.and_then(|preset| layers::operation_of(&self.profile, preset));
        if let Some(operation) = operation.map(str::to_owned) {
            self.turn_to(&operation, ground);
        }
        self.loaded = Some(name.unwrap_or_default().to_owned());
        self.refill(ground);
        self.states.iter().filter(|state| state.source == Source::Typed).count()
    }

    /// The presets have changed: what can be loaded, and what the profile starts from.
    pub fn offer_presets(&mut self, presets: Vec<FormPreset>, default: Option<FormPreset>) {
        // What the form was filled from keeps filling it, under whatever is the default now.
        if self.loaded.is_none() && default.as_ref().map(|preset| &preset.name) != self.preset_name().as_ref()
        {
            self.loaded = Some(self.preset_name().unwrap_or_default());
        }
        self.profile.presets = presets;
        self.profile.preset = default;
    }

    fn preset_name(&self) -> Option<String> {
        self.profile.preset.as_ref().map(|preset| preset.name.clone())
    }

    /// A preset has another name now.
    pub fn renamed(&mut self, from: &str, to: &str) {
        let kept = self.kept.iter_mut().map(|draft| &mut draft.preset);
        for loaded in kept.chain([&mut self.loaded]).flatten() {
            if loaded == from {
                to.clone_into(loaded);
            }
        }
    }

    /// What the form holds has become the preset of this name.
    pub fn saved(&mut self, name: &str, ground: &mut Ground) {
        self.loaded = Some(name.to_owned());
        for state in self.states.iter_mut().filter(|state| !state.is_secret()) {
            if state.source == Source::Typed {
                (state.source, state.touched) = (Source::Nobody, false);
            }
        }
        self.refill(ground);
    }

    /// Fills everything that was not typed anew.
    fn refill(&mut self, ground: &mut Ground) {
        let draft = self.draft();
        let Some(spec) = self.profile.page.operation(&self.operation) else { return };
        let fresh = layers::fill(&self.profile, &self.operation, spec, &draft, ground);
        let kept = |state: &FieldState| state.is_secret() && state.touched;
        for (state, fresh) in self.states.iter_mut().zip(fresh) {
            if kept(state) {
                continue;
            }
            (state.source, state.touched) = (fresh.source, fresh.touched);
            match (&mut state.control, fresh.control) {
                // a text keeps its memory
                (Control::Text(input), Control::Text(filled)) if input.text() == filled.text() => {}
                (Control::Text(input), Control::Text(filled)) => input.replace(filled.text()),
                (control, filled) => *control = filled,
            }
        }
        self.changed(ground);
    }
}

/// The value as it reads best in the file.
fn literal(field: &Field, text: String) -> Literal {
    match (field.kind, text.trim()) {
        (_, "") => Literal::Text(String::new()),
        (Kind::Switch, "true") => Literal::Bool(true),
        (Kind::Switch, "false") => Literal::Bool(false),
        (Kind::Integer | Kind::Duration, number) => match number.parse() {
            Ok(number) => Literal::Int(number),
            Err(_) => Literal::Text(text),
        },
        (Kind::Choices | Kind::List, items) => {
            Literal::List(items_of(items).into_iter().map(Literal::Text).collect())
        }
        _ => Literal::Text(text),
    }
}
