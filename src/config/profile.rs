//! A profile: a named provider with its settings, secrets and defaults of fields. What a profile may hold is known
//! only with the provider's page, and reading pages takes time the first frame has not; so the file is read into
//! `Notes`, and a `Profile` is made of them when it is wanted.

use std::fmt;
use std::sync::Arc;

use crate::domain::page::{Page, Setting};
use crate::domain::secret::SecretSource;

use super::item::{Entry, Item, Table};
use super::problem::{Pen, Place, Problem, What};
use super::sheet::{Key, Shape, Sheet, expected, key};
use super::values::{self, Fault, Fields};
use super::{rules, secret};

/// Calls under way at once, where the profile says nothing.
pub const CONCURRENCY: usize = 4;

pub(crate) const KEYS: &[Key] = &[
    key("provider", Shape::Text, ""),
    key("default_preset", Shape::Text, ""),
    key("link_hosts", Shape::Hosts, ""),
    key("ca_file", Shape::Text, ""),
    key("concurrency", Shape::Whole(1, 32), "4"),
    key("prefix", Shape::Text, ""),
];

/// A profile that can be used.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    /// Id of the provider.
    pub provider: String,
    /// The file it stands in: who else may read or write that decides what its inline secrets are worth.
    pub file: Arc<str>,
    /// What the user wrote, nothing else; the page's defaults hold for the rest.
    pub settings: Vec<(String, SettingSource)>,
    /// Field names and values as on the command line.
    pub defaults: Vec<(String, String)>,
    pub default_preset: Option<String>,
    /// Hosts a link may point at, beside those of the page.
    pub link_hosts: Vec<String>,
    pub ca_file: Option<String>,
    /// Calls under way at once, 1 to 32.
    pub concurrency: usize,
    /// What generated names begin with.
    pub prefix: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingSource {
    Plain(String),
    Secret(SecretSource),
}

impl Profile {
    pub fn setting(&self, name: &str) -> Option<&SettingSource> {
        self.settings.iter().find(|(key, _)| key == name).map(|(_, source)| source)
    }

    /// The secrets of this profile and where they come from.
    pub fn secrets(&self) -> impl Iterator<Item = (&str, &SecretSource)> {
        self.settings.iter().filter_map(|(key, source)| match source {
            SettingSource::Secret(source) => Some((key.as_str(), source)),
            SettingSource::Plain(_) => None,
        })
    }

    /// Settings whose secret stands in the file itself.
    pub fn inline_secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets().filter(|(_, source)| matches!(source, SecretSource::Inline(_))).map(|(key, _)| key)
    }

    /// Settings that whoever can write the file could turn against its reader: inline secrets and commands.
    pub fn trusts_file(&self) -> impl Iterator<Item = &str> {
        let from_file =
            |source: &SecretSource| matches!(source, SecretSource::Inline(_) | SecretSource::Command(_));
        self.secrets().filter(move |(_, source)| from_file(source)).map(|(key, _)| key)
    }
}

impl fmt::Debug for Profile {
    /// Defaults may hold values of secret fields, so only their names are shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings: Vec<_> = self.settings.iter().map(|(name, _)| name).collect();
        let defaults: Vec<_> = self.defaults.iter().map(|(name, _)| name).collect();
        f.debug_struct("Profile")
            .field("name", &self.name)
            .field("provider", &self.provider)
            .field("settings", &settings)
            .field("defaults", &defaults)
            .finish_non_exhaustive()
    }
}

/// A profile as it stands in the file, unread but for the keys every profile has.
#[derive(Clone, Debug)]
pub(crate) struct Notes {
    pub name: String,
    pub place: Place,
    pub sheet: Sheet,
    pub settings: Vec<Entry>,
    pub defaults: Table,
}

impl Notes {
    pub fn read(entry: &Entry, problems: &mut Vec<Problem>) -> Notes {
        let about = What::Profile(entry.key.clone());
        let path = format!("profiles.{}", entry.key);
        let mut pen = Pen { problems, about: Some(about), path };
        let empty = Table::new();
        let table = entry.item.table().unwrap_or_else(|| {
            pen.bad(&entry.item.place, "", expected("a table", &entry.item));
            &empty
        });
        if entry.key.trim().is_empty() {
            pen.bad(&entry.place, "", "a profile needs a name");
        }
        let (sheet, others) = Sheet::read(table, KEYS, &mut pen);
        if entry.item.table().is_some() && !table.iter().any(|entry| entry.key == "provider") {
            pen.bad(&entry.place, "provider", "missing: which service is it?");
        }
        let mut defaults = Table::new();
        let mut settings = Vec::new();
        for other in others {
            match (other.key.as_str(), other.item.table()) {
                ("defaults", Some(table)) => defaults.clone_from(table),
                ("defaults", None) => {
                    pen.bad(&other.item.place, "defaults", expected("a table", &other.item))
                }
                _ => settings.push(other.clone()),
            }
        }
        Notes { name: entry.key.clone(), place: entry.place.clone(), sheet, settings, defaults }
    }

    pub fn provider(&self) -> Option<&str> {
        self.sheet.text("provider")
    }

    /// The variables that settings are taken from. Known without any page: only secrets come from variables.
    pub fn variables(&self) -> impl Iterator<Item = String> {
        self.settings.iter().filter_map(|entry| match secret::source(&entry.item) {
            Ok(SecretSource::Env(name)) => Some(name),
            _ => None,
        })
    }

    pub fn pen<'a>(&self, problems: &'a mut Vec<Problem>) -> Pen<'a> {
        Pen {
            problems,
            about: Some(What::Profile(self.name.clone())),
            path: format!("profiles.{}", self.name),
        }
    }

    /// The profile by its provider's page, as far as it goes; problems that spoil it are among the problems.
    pub fn by_page(&self, page: &Page, fault: Option<Fault>, problems: &mut Vec<Problem>) -> Profile {
        let mut pen = self.pen(problems);
        let settings = self.settings_by(page, &mut pen);
        let defaults = self.defaults_by(page, fault, &mut pen);
        let text = |name| self.sheet.text(name).map(str::to_owned);
        let concurrency = self.sheet.whole("concurrency").and_then(|number| usize::try_from(number).ok());
        Profile {
            name: self.name.clone(),
            provider: page.id.clone(),
            file: Arc::clone(&self.place.file),
            settings,
            defaults,
            default_preset: text("default_preset"),
            link_hosts: self.sheet.texts("link_hosts").unwrap_or_default().to_vec(),
            ca_file: text("ca_file"),
            concurrency: concurrency.unwrap_or(CONCURRENCY),
            prefix: text("prefix"),
        }
    }

    fn settings_by(&self, page: &Page, pen: &mut Pen<'_>) -> Vec<(String, SettingSource)> {
        let mut settings = Vec::new();
        for entry in &self.settings {
            let Some(setting) = page.settings.get(&entry.key) else {
                let common = KEYS.iter().map(|key| key.name).chain(["defaults"]);
                pen.unknown(&entry.place, &entry.key, "setting", page.settings.keys().chain(common));
                continue;
            };
            match read(&entry.item, setting, rules::is_part_of_host(page, &entry.key)) {
                Ok(source) => settings.push((entry.key.clone(), source)),
                Err(reason) => pen.bad(&entry.item.place, &entry.key, reason),
            }
        }
        for (name, setting) in &page.settings {
            // Settings only some operations need are missed by those.
            let needed = setting.rules.required && setting.default.is_none() && setting.needed_by.is_empty();
            if needed && !self.settings.iter().any(|entry| entry.key == *name) {
                pen.bad(&self.place, name, format!("missing: {} needs its {}", page.name, setting.label));
            }
        }
        settings
    }

    fn defaults_by(&self, page: &Page, fault: Option<Fault>, pen: &mut Pen<'_>) -> Vec<(String, String)> {
        let path = pen.path.clone();
        pen.path = format!("{path}.defaults");
        let fields = Fields { page, operation: None };
        let known = values::good(&self.defaults, &fields, fault, pen);
        pen.path = path;
        known
    }
}

/// One setting by the page's description of it.
pub(crate) fn read(item: &Item, setting: &Setting, part_of_host: bool) -> Result<SettingSource, String> {
    if setting.secret {
        return secret::source(item).map(SettingSource::Secret);
    }
    let text = item.scalar().ok_or_else(|| expected("a text", item))?;
    rules::fit(&text, setting, part_of_host).map(SettingSource::Plain)
}
