//! The user's configuration: profiles, presets, templates, keys and the habits of the console. It is handed text
//! and a name for it and never fails: whatever is wrong becomes a `Problem` with its place, all of them at once,
//! and the rest keeps working. Neighbours: `crate::ports::paths` finds and reads the file, `crate::domain::page`
//! says what a profile of a provider may hold, `crate::ports::secrets` fetches what a `SecretSource` points at.

mod added;
mod basics;
mod change;
mod check;
mod comments;
mod item;
mod keymap;
mod merge;
mod notation;
mod preset;
mod problem;
mod profile;
mod rules;
mod schema;
mod secret;
mod sheet;
mod shown;
mod syntax;
mod template;
mod template_text;
mod values;
mod written;

pub use added::{Added, new_profile_name, setting_text};
pub use basics::{CopyOnCreate, Store};
pub use change::{Change, Saved, preset_name};
pub use keymap::{Binding, Context, Keymap};
pub use merge::Included;
pub use preset::Preset;
pub use problem::{Place, Problem, Severity, What};
pub use profile::{CONCURRENCY, Profile, SettingSource};
pub use schema::schema;
pub use template_text::{TemplateText, read_template};
pub use values::Fault;

use crate::domain::nearest::did_you_mean;
use std::fmt;
use std::sync::Arc;

use crate::domain::page::Page;

use item::{Entry, Table};
use problem::Pen;
use sheet::{Sheet, expected};

/// The keys of `[keys]`: an action and the keys the user gives it, in their notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChoice {
    pub action: String,
    pub keys: Vec<String>,
    pub place: Place,
}

/// A configuration as far as it can be understood.
#[derive(Clone)]
pub struct Config {
    file: Arc<str>,
    basics: Sheet,
    history: Sheet,
    keys: Vec<KeyChoice>,
    profiles: Vec<profile::Notes>,
    presets: Vec<preset::Notes>,
    templates: Vec<template::Notes>,
    problems: Vec<Problem>,
    broken: bool,
    fault: Option<Fault>,
}

impl fmt::Debug for Config {
    /// What stands in a wrong line may be a key, so no values are shown, only what there is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("file", &self.file)
            .field("profiles", &self.profile_names().collect::<Vec<_>>())
            .field("presets", &self.preset_names().collect::<Vec<_>>())
            .field("templates", &self.template_names().collect::<Vec<_>>())
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

impl Config {
    /// Reads a file of this name. A syntax error makes all of it unavailable; every other problem only what it
    /// is about.
    pub fn parse(text: &str, file: &str) -> Config {
        let mut config = Config::empty(file);
        match syntax::parse(text, &config.file) {
            Ok(table) => config.read(&table),
            Err(problems) => {
                config.problems = problems;
                config.broken = true;
            }
        }
        config
    }

    /// What holds where there is no file.
    pub fn empty(file: &str) -> Config {
        Config {
            file: Arc::from(file),
            basics: Sheet::default(),
            history: Sheet::default(),
            keys: Vec::new(),
            profiles: Vec::new(),
            presets: Vec::new(),
            templates: Vec::new(),
            problems: Vec::new(),
            broken: false,
            fault: None,
        }
    }

    /// The same with the values of fields looked at too, whenever a page is at hand.
    #[must_use]
    pub fn judged_by(self, fault: Fault) -> Config {
        Config { fault: Some(fault), ..self }
    }

    /// Every problem that shows without the providers' pages; `check` finds the others.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Name of the main file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The main file is no TOML: nothing of it is here.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// There is no profile, broken ones included: the console starts on the sandbox.
    pub fn has_no_profiles(&self) -> bool {
        self.profiles.is_empty()
    }

    /// Names of all profiles in the order of the file, those that cannot be used included.
    pub fn profile_names(&self) -> impl Iterator<Item = &str> {
        self.profiles.iter().map(|notes| notes.name.as_str())
    }

    /// The provider a profile names; nothing where it names none.
    pub fn provider_of(&self, profile: &str) -> Option<&str> {
        self.profiles.iter().find(|notes| notes.name == profile)?.provider()
    }

    /// The preset that `N` uses with a profile. Known without any page.
    pub fn default_preset_of(&self, profile: &str) -> Option<&str> {
        self.profiles.iter().find(|notes| notes.name == profile)?.sheet.text("default_preset")
    }

    /// The environment variables that hold keys, of all profiles, those that cannot be used included.
    pub fn key_variables(&self) -> impl Iterator<Item = String> {
        self.profiles.iter().flat_map(profile::Notes::variables)
    }

    /// A profile by its provider's page, or everything that makes it unavailable.
    pub fn profile(&self, name: &str, page: &Page) -> Result<Profile, Vec<Problem>> {
        let (profile, mut problems) = self.read_profile(name, page);
        problems.retain(|problem| problem.spoils || profile.is_none() && problem.about.is_none());
        profile.ok_or(problems)
    }

    /// The same with all that is to be said about it: unknown settings and fields are reported and ignored.
    pub fn read_profile(&self, name: &str, page: &Page) -> (Option<Profile>, Vec<Problem>) {
        let Some(notes) = self.profiles.iter().find(|notes| notes.name == name) else {
            return (None, self.missing("profile", name, self.profile_names()));
        };
        let mut problems = self.about(&What::Profile(name.to_owned()));
        let mut profile = notes.by_page(page, self.fault, &mut problems);
        profile.ca_file = profile.ca_file.or_else(|| self.ca_file().map(str::to_owned));
        let spoiled = problems.iter().any(|problem| problem.spoils);
        ((!spoiled).then_some(profile), problems)
    }

    pub fn preset_names(&self) -> impl Iterator<Item = &str> {
        self.presets.iter().map(|notes| notes.name.as_str())
    }

    /// The profile a preset names.
    pub fn profile_of(&self, preset: &str) -> Option<&str> {
        self.presets.iter().find(|notes| notes.name == preset)?.sheet.text("profile")
    }

    /// A preset by the page of the provider it is used with.
    pub fn preset(&self, name: &str, page: &Page) -> Result<Preset, Vec<Problem>> {
        let Some(notes) = self.presets.iter().find(|notes| notes.name == name) else {
            return Err(self.missing("preset", name, self.preset_names()));
        };
        let mut problems = self.about(&What::Preset(name.to_owned()));
        let preset = notes.by_page(page, self.fault, &mut problems);
        problems.retain(|problem| problem.spoils);
        if problems.is_empty() { Ok(preset) } else { Err(problems) }
    }

    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.templates.iter().map(|notes| notes.name.as_str())
    }

    /// What the user lays over the shipped keys.
    pub fn keys(&self) -> &[KeyChoice] {
        &self.keys
    }

    fn about(&self, what: &What) -> Vec<Problem> {
        self.problems.iter().filter(|problem| problem.about.as_ref() == Some(what)).cloned().collect()
    }

    fn missing<'k>(&self, kind: &str, name: &str, known: impl Iterator<Item = &'k str>) -> Vec<Problem> {
        if self.broken {
            return self.problems.clone();
        }
        let near = did_you_mean(name, known);
        let text = format!("no {kind} `{}`{near}", problem::name(name));
        vec![Problem::new(Severity::Error, &Place::whole(&self.file), text)]
    }

    fn top(&mut self) -> Pen<'_> {
        Pen { problems: &mut self.problems, about: None, path: String::new() }
    }

    fn read(&mut self, table: &Table) {
        let (sheet, others) = Sheet::read(table, basics::KEYS, &mut self.top());
        self.basics = sheet;
        for entry in others {
            match entry.key.as_str() {
                "history" => self.read_history(entry),
                "keys" => self.read_keys(entry),
                "profiles" => {
                    for profile in self.inside(entry) {
                        self.profiles.push(profile::Notes::read(profile, &mut self.problems));
                    }
                }
                "presets" => {
                    for preset in self.inside(entry) {
                        self.presets.push(preset::Notes::read(preset, &mut self.problems));
                    }
                }
                "templates" => {
                    for template in self.inside(entry) {
                        self.templates.push(template::Notes::read(template, &mut self.problems));
                    }
                }
                unknown => {
                    let known = basics::KEYS.iter().map(|key| key.name).chain(basics::TABLES);
                    self.top().unknown(&entry.place, unknown, "key", known);
                }
            }
        }
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
    }

    fn inside<'t>(&mut self, entry: &'t Entry) -> &'t [Entry] {
        entry.item.table().unwrap_or_else(|| {
            self.top().slip(&entry.item.place, &entry.key, expected("a table", &entry.item));
            const { &Vec::new() }
        })
    }

    fn read_history(&mut self, entry: &Entry) {
        let table = Table::from(self.inside(entry));
        let mut pen = Pen { problems: &mut self.problems, about: None, path: "history".into() };
        let (sheet, others) = Sheet::read(&table, basics::HISTORY, &mut pen);
        for other in others {
            pen.unknown(&other.place, &other.key, "key", basics::HISTORY.iter().map(|key| key.name));
        }
        self.history = sheet;
    }

    fn read_keys(&mut self, entry: &Entry) {
        for choice in self.inside(entry) {
            match notation::read(&choice.item) {
                Ok(keys) => {
                    let (action, place) = (choice.key.clone(), choice.place.clone());
                    self.keys.push(KeyChoice { action, keys, place });
                }
                Err(reason) => {
                    let mut pen = Pen { problems: &mut self.problems, about: None, path: "keys".into() };
                    pen.slip(&choice.item.place, &choice.key, reason);
                }
            }
        }
    }
}
