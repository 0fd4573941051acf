//! All values in force, each with its source: what `config show` prints. A secret is described by where it comes
//! from; whatever the pages do not know to be harmless is shown as dots.

use std::sync::Arc;

use crate::domain::page::Page;
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;

use super::item::{Item, Table};
use super::problem::{Place, name};
use super::profile::{self, SettingSource};
use super::sheet::{Key, Sheet};
use super::values::{self, Fields};
use super::{Config, Keymap, Pen, basics, preset, rules, secret, template};

/// A key, its value and where it is from: `default`, or `FILE:LINE`.
pub type Shown = (String, String, String);

impl Config {
    /// Every value in force in the order of the documentation, then of the file.
    pub fn shown(&self, page_of: &dyn Fn(&str) -> Option<Arc<Page>>) -> Vec<Shown> {
        let mut shown = Vec::new();
        sheet("", basics::KEYS, &self.basics, &mut shown);
        sheet("history.", basics::HISTORY, &self.history, &mut shown);
        self.show_keys(&mut shown);
        for notes in &self.profiles {
            let page = notes.provider().and_then(page_of);
            show_profile(notes, page.as_deref(), &mut shown);
        }
        for notes in &self.presets {
            let path = format!("presets.{}.", notes.name);
            sheet(&path, preset::KEYS, &notes.sheet, &mut shown);
            let profile = notes.sheet.text("profile").and_then(|profile| self.provider_of(profile));
            let page = profile.and_then(page_of);
            show_values(&format!("{path}values."), &notes.values, page.as_deref(), &mut shown);
        }
        for notes in &self.templates {
            sheet(&format!("templates.{}.", notes.name), template::KEYS, &notes.sheet, &mut shown);
        }
        shown
    }

    fn show_keys(&self, shown: &mut Vec<Shown>) {
        let Ok(keymap) = Keymap::shipped() else { return };
        let (keymap, _) = keymap.with(&self.keys);
        for binding in &keymap.bindings {
            let chosen = self.keys.iter().find(|choice| choice.action == binding.action);
            let source = chosen.map_or_else(|| "default".to_owned(), |choice| choice.place.to_string());
            shown.push((format!("keys.{}", binding.action), binding.keys.join(" "), source));
        }
    }
}

fn push(shown: &mut Vec<Shown>, key: String, value: &str, place: &Place) {
    shown.push((name(&key), DisplayText::line(value).into(), place.to_string()));
}

fn sheet(path: &str, keys: &[Key], sheet: &Sheet, shown: &mut Vec<Shown>) {
    for key in keys {
        match (sheet.known(key.name), sheet.place(key.name)) {
            (Some(known), Some(place)) => push(shown, format!("{path}{}", key.name), &known.shown(), place),
            _ if key.default.is_empty() => {}
            _ => shown.push((name(&format!("{path}{}", key.name)), key.default.into(), "default".into())),
        }
    }
}

fn show_profile(notes: &profile::Notes, page: Option<&Page>, shown: &mut Vec<Shown>) {
    let path = format!("profiles.{}.", notes.name);
    sheet(&path, profile::KEYS, &notes.sheet, shown);
    for entry in &notes.settings {
        let setting = page.and_then(|page| Some((page, page.settings.get(&entry.key)?)));
        let read = setting.and_then(|(page, setting)| {
            profile::read(&entry.item, setting, rules::is_part_of_host(page, &entry.key)).ok()
        });
        let value = match read {
            Some(SettingSource::Plain(text)) => text,
            Some(SettingSource::Secret(source)) => format!("from {}", source.describe()),
            None => unread(&entry.item),
        };
        push(shown, format!("{path}{}", entry.key), &value, &entry.place);
    }
    for (key, setting) in page.into_iter().flat_map(|page| page.settings.iter()) {
        if let (Some(default), false) =
            (&setting.default, notes.settings.iter().any(|entry| entry.key == *key))
        {
            shown.push((name(&format!("{path}{key}")), default.clone(), "default".into()));
        }
    }
    show_values(&format!("{path}defaults."), &notes.defaults, page, shown);
}

/// A setting nobody can read now: where a secret comes from may be said even so.
fn unread(item: &Item) -> String {
    match secret::source(item) {
        Ok(source) if item.table().is_some() => format!("from {}", source.describe()),
        _ => MASK.to_owned(),
    }
}

fn show_values(path: &str, table: &Table, page: Option<&Page>, shown: &mut Vec<Shown>) {
    let Some(page) = page else {
        for entry in table {
            push(shown, format!("{path}{}", entry.key), MASK, &entry.place);
        }
        return;
    };
    let mut unheard = Vec::new();
    let mut pen = Pen { problems: &mut unheard, about: None, path: String::new() };
    let fields = Fields { page, operation: None };
    for value in values::typed(table, page, None, &mut pen) {
        // Any operation that holds the field to be a secret makes it one.
        let harmless = fields.find(&value.name).is_some() && !fields.is_secret(&value.name);
        let text = if harmless { value.text.as_str() } else { MASK };
        push(shown, format!("{path}{}", value.name), text, &value.place);
    }
}
