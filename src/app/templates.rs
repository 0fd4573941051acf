//! A template in the user's editor: taken out of the list of messages, read as the configuration would be read when it
//! comes back, and written into it. What cannot be used is kept, with the reason said, for another try.

use crate::config::{Change, read_template};
use crate::domain::text::DisplayText;
use crate::error::Error;

use super::action::Action;
use super::effect::Effect;
use super::layer::Layer;
use super::messages;
use super::model::Model;
use super::reload;
use super::said::Said;

/// `F4` on a template of the list.
pub fn edit(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Picker(picker)) = model.layers.last() else { return Vec::new() };
    if !picker.choosing.is_template() {
        return Vec::new();
    }
    let index = picker.shown.get(picker.marked).copied();
    let Some(name) = index.and_then(|index| model.texts.all().get(index)).map(|found| found.name.clone())
    else {
        return Vec::new();
    };
    match model.texts.begin_edit(&name) {
        Ok(text) => vec![Effect::Edit { text, ending: "toml" }],
        Err(file) => {
            model.say(Said::warn(format!("{name} stands in {file}: change it there")));
            Vec::new()
        }
    }
}

/// The editor has left this.
pub fn edited(model: &mut Model, left: Result<String, Error>) -> Vec<Effect> {
    let Some((name, before)) = model.texts.end_edit() else { return Vec::new() };
    let text = match left {
        Ok(text) => text,
        Err(error) => {
            model.say(Said::error(&error));
            return Vec::new();
        }
    };
    match read_template(&name, &text, |_| None) {
        Ok(_) if text == before => {
            model.texts.leave(&name, None);
            model.say(Said::plain(format!("{name} is as it was")));
            Vec::new()
        }
        Ok(_) => vec![Effect::Keep(Box::new(Change::Template { name, text }))],
        Err(why) => {
            model.texts.leave(&name, Some(text));
            let said = Said::warn(format!("{name} is not saved: {}", DisplayText::line(&why)));
            model.say(said.hint(Action::EditTemplate, "mends it"));
            Vec::new()
        }
    }
}

/// It is in the configuration, or is not and why.
pub fn kept(model: &mut Model, name: &str, text: &str, result: Result<(), Error>) -> Vec<Effect> {
    if let Err(error) = result {
        model.texts.leave(name, Some(text.to_owned()));
        model.say(Said::error(&error));
        return Vec::new();
    }
    let Ok(template) = read_template(name, text, |_| None) else { return Vec::new() };
    model.texts.put(template, text);
    messages::refresh_choices(model);
    let said = Said::good(format!("Template {name} is saved"));
    reload::after_saving(model, said)
}
