//! A change of the presets has been written: the book of profiles, the open form and the page follow it.

use crate::app::effect::Effect;
use crate::app::form::FormPreset;
use crate::app::form_page;
use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::reload;
use crate::app::said::Said;
use crate::config::Change;
use crate::error::Error;

use super::Presets;

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
        // That is another page's.
        Change::Template { .. } => return Vec::new(),
    };
    reload::after_saving(model, said)
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
