//! What the keys of the presets' page do. Whatever changes a preset becomes an effect, after a question where something
//! would be lost.

use crate::app::action::Action;
use crate::app::dialog::{Dialog, Then};
use crate::app::effect::Effect;
use crate::app::form_page;
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::said::Said;
use crate::app::text_keys;
use crate::config::{Change, Saved, preset_name};
use crate::domain::key::Key;

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

/// A click goes to a line, and loads it where the cursor is there.
pub fn click(model: &mut Model, at: usize) {
    let Some(Layer::Presets(page)) = model.layers.last_mut() else { return };
    let there = page.naming.is_none() && at < page.lines.len();
    if there && std::mem::replace(&mut page.at, at) == at {
        load(model);
    }
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
