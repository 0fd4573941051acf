//! The presets of the form: load, save, rename, delete, make one what quick creation uses. Nothing is changed here;
//! an effect writes the configuration, and once it is written the book of profiles and the form follow (`kept`). `keys`
//! is what the keys of the page do.

mod keep;
mod keys;

use crate::config::Context;

use super::form::{Form, FormPreset};
use super::form_page;
use super::layer::Layer;
use super::model::Model;
use super::text_input::TextInput;
use super::text_keys;

pub use keep::kept;
pub use keys::{click, key};

/// One preset that can be loaded; the first line stands for none.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub name: Option<String>,
    /// Label of its operation.
    pub operation: String,
    /// Labels and values.
    pub values: Vec<(String, String)>,
    /// Quick creation uses it.
    pub default: bool,
    /// The form is filled from it.
    pub loaded: bool,
}

/// A name is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Naming {
    /// The preset that is to be called so; none for a new one.
    pub from: Option<String>,
    pub typed: TextInput,
    /// Why the name will not do.
    pub wrong: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Presets {
    pub profile: String,
    pub lines: Vec<Line>,
    /// The line under the cursor.
    pub at: usize,
    pub naming: Option<Naming>,
    /// How many values a new preset would hold.
    pub holds: usize,
}

impl Presets {
    fn of(form: &Form) -> Presets {
        let default = form.profile().preset.as_ref().map(|preset| preset.name.as_str());
        let none = Line {
            name: None,
            operation: String::new(),
            values: Vec::new(),
            default: default.is_none(),
            loaded: form.preset().is_none(),
        };
        let line = |(preset, operation): (&FormPreset, Option<&str>)| {
            let spec = operation.and_then(|id| form.page().operation(id));
            let label = |name: &str| {
                let field = spec.and_then(|spec| spec.field_for(name)).filter(|(known, _)| *known == name);
                field.map_or(name.to_owned(), |(_, field)| field.label.clone())
            };
            let shown = |(name, value): &(String, String)| {
                let secret = spec.and_then(|s| s.field_for(name)).is_some_and(|(_, field)| field.secret);
                (label(name), if secret { crate::domain::secret::MASK.to_owned() } else { words(value) })
            };
            Line {
                name: Some(preset.name.clone()),
                operation: spec.map_or_else(String::new, |spec| spec.label.clone()),
                values: preset.values.iter().map(shown).collect(),
                default: default == Some(preset.name.as_str()),
                loaded: form.preset() == Some(preset.name.as_str()),
            }
        };
        let lines: Vec<Line> = std::iter::once(none).chain(form.presets().map(line)).collect();
        let at = lines.iter().position(|line| line.loaded).unwrap_or(0);
        let profile = form.profile().name.clone();
        Presets { profile, lines, at, naming: None, holds: form.to_save().len() }
    }

    pub fn context(&self) -> Context {
        if self.naming.is_some() { Context::Picker } else { Context::Presets }
    }

    fn here(&self) -> Option<&str> {
        self.lines.get(self.at)?.name.as_deref()
    }

    fn knows(&self, name: &str) -> bool {
        self.lines.iter().any(|line| line.name.as_deref() == Some(name))
    }

    /// Pasted text goes into the name.
    pub fn paste(&mut self, text: &str) {
        if let Some(naming) = &mut self.naming {
            text_keys::pasted(&mut naming.typed, text);
            naming.wrong = None;
        }
    }

    /// Moves the cursor, and stays at the ends.
    pub(super) fn step(&mut self, by: isize) {
        if self.naming.is_none() {
            self.at = self.at.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
        }
    }

    fn name(&mut self, from: Option<&str>, proposed: &str) {
        let typed = TextInput::line(proposed);
        self.naming = Some(Naming { from: from.map(str::to_owned), typed, wrong: None });
    }
}

/// A value as people read it.
fn words(value: &str) -> String {
    match value {
        "" => "left to the provider".into(),
        "true" => "on".into(),
        "false" => "off".into(),
        other => other.to_owned(),
    }
}

/// `F3`
pub fn open(model: &mut Model) {
    let Some(form) = form_page::world(model).0 else { return };
    let page = Presets::of(form);
    model.open(Layer::Presets(Box::new(page)));
}
