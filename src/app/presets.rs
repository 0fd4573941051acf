//! The presets of the form: load, save, rename, delete, make one what quick creation uses. Nothing is changed here;
//! an effect writes the configuration, and once it is written the book of profiles and the form follow.

use crate::config::{Change, Context, Saved, preset_name};
use crate::domain::key::Key;
use crate::error::Error;

use super::action::Action;
use super::dialog::{Dialog, Then};
use super::effect::Effect;
use super::form::{Form, FormPreset};
use super::form_page;
use super::layer::Layer;
use super::model::Model;
use super::said::Said;
use super::text_input::TextInput;
use super::text_keys;

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

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    model.said = None;
    let context = model.context();
    let action = model.keys.lookup(context, key).map(|(action, _)| action);
    let Some(Layer::Presets(page)) = model.layers.last_mut() else { return Vec::new() };
    if let Some(naming) = &mut page.naming {
        match action {
            Some(Action::Pick) => return named(model),
            Some(Action::ClosePicker) => page.naming = None,
            _ => {
                if text_keys::typed(&mut naming.typed, &model.keys, key) {
                    naming.wrong = None;
                }
            }
        }
        return Vec::new();
    }
    let last = page.lines.len().saturating_sub(1);
    match action {
        Some(Action::NextPreset) => page.at = if page.at >= last { 0 } else { page.at + 1 },
        Some(Action::PreviousPreset) => page.at = page.at.checked_sub(1).unwrap_or(last),
        Some(Action::ClosePresets) => model.close(),
        Some(Action::LoadPreset) => load(model),
        Some(Action::SavePreset) => {
            let proposed = page.lines.iter().find(|line| line.loaded).and_then(|line| line.name.clone());
            page.name(None, &proposed.unwrap_or_default());
        }
        Some(Action::RenamePreset) => match page.here().map(str::to_owned) {
            Some(name) => page.name(Some(&name), &name),
            None => model.say(Said::plain("There is no preset on this line")),
        },
        Some(Action::DefaultPreset) => return make_default(model),
        Some(Action::DeletePreset) => delete(model),
        _ => {}
    }
    Vec::new()
}

fn load(model: &mut Model) {
    let Some(Layer::Presets(page)) = model.layers.last() else { return };
    let name = page.here().map(str::to_owned);
    model.close();
    let (Some(form), mut ground) = form_page::world(model) else { return };
    let typed = form.load_preset(name.as_deref(), &mut ground);
    let said = match &name {
        Some(name) => Said::good(format!("Filled from preset {name}")),
        None => Said::plain("Filled without a preset"),
    };
    model.say(match typed {
        0 => said,
        1 => said.aside("one value you typed stays"),
        n => said.aside(format!("{n} values you typed stay")),
    });
}

/// The name has been typed: the preset is saved or renamed, after a question where it would replace another.
fn named(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Presets(page)) = model.layers.last_mut() else { return Vec::new() };
    let Some(naming) = &mut page.naming else { return Vec::new() };
    let name = match preset_name(naming.typed.text()) {
        Ok(name) => name,
        Err(why) => {
            naming.wrong = Some(why);
            return Vec::new();
        }
    };
    let from = naming.from.clone();
    let taken = page.knows(&name);
    let profile = page.profile.clone();
    match from {
        Some(from) if from == name => {}
        Some(_) if taken => {
            if let Some(naming) = &mut page.naming {
                naming.wrong = Some(format!("there is a preset {name} already"));
            }
            return Vec::new();
        }
        Some(from) => {
            page.naming = None;
            return vec![Effect::Keep(Box::new(Change::Rename { from, to: name }))];
        }
        None => return save(model, profile, name, taken),
    }
    page.naming = None;
    Vec::new()
}

fn save(model: &mut Model, profile: String, name: String, over: bool) -> Vec<Effect> {
    let (Some(form), _) = form_page::world(model) else { return Vec::new() };
    let operation = form.operation().to_owned();
    let preset = Saved { name: name.clone(), profile, operation, values: form.to_save() };
    let change = Box::new(Change::Save { preset, over });
    if let Some(Layer::Presets(page)) = model.layers.last_mut() {
        page.naming = None;
    }
    if !over {
        return vec![Effect::Keep(change)];
    }
    let lines =
        vec![format!("There is a preset {name} already."), "Replace it by what the form holds?".into()];
    let dialog = Dialog::new("Save preset", lines, "Cancel", "Replace it", Then::Keep(change));
    model.open(Layer::Dialog(Box::new(dialog)));
    Vec::new()
}

fn make_default(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Presets(page)) = model.layers.last() else { return Vec::new() };
    let Some(line) = page.lines.get(page.at) else { return Vec::new() };
    let preset = line.name.clone().filter(|_| !line.default);
    if line.name.is_none() && line.default {
        return Vec::new();
    }
    vec![Effect::Keep(Box::new(Change::Default { profile: page.profile.clone(), preset }))]
}

fn delete(model: &mut Model) {
    let Some(Layer::Presets(page)) = model.layers.last() else { return };
    let Some(name) = page.here().map(str::to_owned) else {
        model.say(Said::plain("There is no preset on this line"));
        return;
    };
    let lines = vec![format!("Delete preset {name} from the configuration?")];
    let then = Then::Keep(Box::new(Change::Delete { name }));
    model.open(Layer::Dialog(Box::new(Dialog::new("Delete preset", lines, "Cancel", "Delete it", then))));
}

/// A change is in the configuration, or is not.
pub fn kept(model: &mut Model, change: &Change, result: Result<(), Error>) -> Vec<Effect> {
    if let Err(error) = result {
        model.say(Said::error(&error));
        return Vec::new();
    }
    model.book.change(change);
    follow(model, change);
    let said = match change {
        Change::Save { preset, .. } => {
            let many = match preset.values.len() {
                0 => "without values".to_owned(),
                1 => "with one value".to_owned(),
                n => format!("with {n} values"),
            };
            Said::good(format!("Preset {} is saved {many}", preset.name))
        }
        Change::Rename { from, to } => Said::good(format!("Preset {from} is called {to} now")),
        Change::Delete { name } => Said::good(format!("Preset {name} is deleted")),
        Change::Default { profile, preset: Some(name) } => {
            Said::good(format!("Quick creation with {profile} uses preset {name} now"))
        }
        Change::Default { profile, preset: None } => {
            Said::good(format!("Quick creation with {profile} uses no preset now"))
        }
    };
    if model.demo {
        model.say(said.aside("for this run: the sandbox writes nothing"));
        return Vec::new();
    }
    model.say(said);
    // Our own change is no news, so it is taken over without a word.
    model.quiet_reload = true;
    vec![Effect::Reload]
}

/// The open form and the open page learn of the change.
fn follow(model: &mut Model, change: &Change) {
    let Some(name) = form_page::world(model).0.map(|form| form.profile().name.clone()) else { return };
    let Some(index) = model.book.position(&name) else { return };
    let Some(profile) = model.book.ready(index).cloned() else { return };
    let (Some(form), mut ground) = form_page::world(model) else { return };
    if let Change::Rename { from, to } = change {
        form.renamed(from, to);
    }
    let presets = profile.presets.iter().map(FormPreset::from).collect();
    form.offer_presets(presets, profile.preset.as_ref().map(FormPreset::from));
    let saved = match change {
        Change::Save { preset, .. } => Some(preset.name.as_str()),
        _ => None,
    };
    if let Some(name) = saved {
        form.saved(name, &mut ground);
    }
    let fresh = Presets::of(form);
    match model.layers.last_mut() {
        Some(Layer::Presets(_)) if saved.is_some() => model.close(),
        Some(Layer::Presets(page)) => {
            let at = page.at.min(fresh.lines.len().saturating_sub(1));
            **page = Presets { at, ..fresh };
        }
        _ => {}
    }
}
