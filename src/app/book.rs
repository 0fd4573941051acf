//! The profiles the console offers, each ready to be used: which provider's page it speaks, its settings with the
//! secrets hidden, its defaults and the preset quick creation takes. Pages are read when a profile is first used.

use std::sync::Arc;

use crate::config::{CONCURRENCY, Change, Saved};
use crate::domain::page::{Means, Operation, Page};
use crate::domain::text::DisplayText;
use crate::provider::catalog::Catalog;
use crate::provider::compose::Raw;
use crate::provider::settings::{Setting, Settings};

/// A named set of field values for one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preset {
    pub name: String,
    /// The page's first operation where none is named.
    pub operation: Option<String>,
    pub values: Raw,
}

/// One profile. Its secrets are only known to exist (`Setting::Hidden`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    pub name: String,
    pub provider: String,
    /// What the configuration gives; the page's own defaults are added by `settings`.
    pub given: Vec<(String, Setting)>,
    pub defaults: Raw,
    /// What `N` creates.
    pub preset: Option<Preset>,
    /// All presets that fit it, in the order of the file.
    pub presets: Vec<Preset>,
    pub link_hosts: Vec<String>,
    /// Calls at once; 0 for what is usual.
    pub concurrency: usize,
    /// `{prefix}` of generated names.
    pub prefix: String,
    /// Why its keys and commands are not used before the user said so.
    pub doubt: Option<String>,
    /// Why it cannot be used.
    pub trouble: Option<String>,
    /// Only its name, provider and the preset's name are known so far; `Book::ready` reads the rest.
    pub unread: bool,
}

/// Reads a profile whole, by its name.
pub type Reader = Box<dyn Fn(&str) -> Profile>;

impl Profile {
    /// Calls at once.
    pub fn concurrency(&self) -> usize {
        if self.concurrency == 0 { CONCURRENCY } else { self.concurrency }
    }

    pub fn settings(&self, page: &Page) -> Settings {
        Settings::complete(page, self.given.clone())
    }
}

pub struct Book {
    pub catalog: Arc<Catalog>,
    pub profiles: Vec<Profile>,
    reader: Option<Reader>,
    /// What was changed since the configuration was read.
    changes: Vec<Change>,
}

impl Book {
    /// Profiles that are all read.
    pub fn new(catalog: Arc<Catalog>, profiles: Vec<Profile>) -> Book {
        Book { catalog, profiles, reader: None, changes: Vec::new() }
    }

    /// Profiles that are read when they are first used: their providers' pages take time the first frame has not.
    pub fn unread(catalog: Arc<Catalog>, profiles: Vec<Profile>, reader: Reader) -> Book {
        Book { catalog, profiles, reader: Some(reader), changes: Vec::new() }
    }

    /// A profile, read whole.
    pub fn ready(&mut self, index: usize) -> Option<&Profile> {
        let profile = self.profiles.get(index)?;
        if profile.unread
            && let Some(read) = &self.reader
        {
            let mut profile = read(&profile.name);
            let providers = self.providers();
            self.changes.iter().for_each(|change| change_presets(&mut profile, change, &providers));
            self.profiles[index] = profile;
        }
        self.profiles.get(index)
    }

    /// Takes over a change of the presets that is in the configuration by now.
    pub fn change(&mut self, change: &Change) {
        let providers = self.providers();
        self.profiles.iter_mut().for_each(|profile| change_presets(profile, change, &providers));
        self.changes.push(change.clone());
    }

    /// The provider of each profile.
    fn providers(&self) -> Vec<(String, String)> {
        self.profiles.iter().map(|profile| (profile.name.clone(), profile.provider.clone())).collect()
    }

    /// The page of a profile, or the sentence why there is none.
    pub fn page(&self, profile: &Profile) -> Result<Arc<Page>, String> {
        if let Some(trouble) = &profile.trouble {
            return Err(trouble.clone());
        }
        match self.catalog.page(&profile.provider) {
            Some(Ok(page)) => Ok(page),
            Some(Err(fault)) => {
                Err(format!("the page of provider {} cannot be used: {fault}", profile.provider))
            }
            None => Err(format!("there is no provider {}", profile.provider)),
        }
    }

    /// What the details of an operation are in a message, by their keys.
    pub fn means(&self, provider: &str, operation: &str) -> Vec<(String, Means)> {
        let page = self.catalog.usable(provider);
        let spec = page.as_ref().and_then(|page| page.operation(operation));
        spec.map(Operation::means).unwrap_or_default()
    }

    pub fn position(&self, name: &str) -> Option<usize> {
        self.profiles.iter().position(|profile| profile.name == name)
    }

    /// The operation quick creation uses: the preset's, else the first of the page.
    pub fn quick_operation<'a>(&self, profile: &Profile, page: &'a Page) -> Option<(&'a str, &'a Operation)> {
        let named = profile.preset.as_ref().and_then(|preset| preset.operation.as_deref());
        let found = page.operations.iter().find(|(id, _)| named.is_none_or(|named| named == id));
        found.map(|(id, operation)| (id.as_str(), operation))
    }

    /// Names as they are drawn.
    pub fn shown(&self) -> impl Iterator<Item = DisplayText> {
        self.profiles.iter().map(|profile| DisplayText::line(&profile.name))
    }
}

impl From<&Saved> for Preset {
    fn from(saved: &Saved) -> Preset {
        let values = saved.values.iter().map(|(name, literal)| (name.clone(), literal.typed())).collect();
        Preset { name: saved.name.clone(), operation: Some(saved.operation.clone()), values }
    }
}

/// What a change of the presets means for one profile. A preset fits every profile of the same provider.
fn change_presets(profile: &mut Profile, change: &Change, providers: &[(String, String)]) {
    match change {
        Change::Save { preset, .. } => {
            let of = providers.iter().find(|(name, _)| *name == preset.profile);
            if of.is_none_or(|(_, provider)| *provider != profile.provider) {
                return;
            }
            let fresh = Preset::from(preset);
            if let Some(known) = profile.preset.iter_mut().find(|known| known.name == preset.name) {
                *known = fresh.clone();
            }
            match profile.presets.iter_mut().find(|known| known.name == preset.name) {
                Some(known) => *known = fresh,
                None => profile.presets.push(fresh),
            }
        }
        Change::Rename { from, to } => {
            let all = profile.presets.iter_mut().chain(&mut profile.preset);
            all.filter(|preset| preset.name == *from).for_each(|preset| preset.name.clone_from(to));
        }
        Change::Delete { name } => {
            profile.presets.retain(|preset| preset.name != *name);
            profile.preset.take_if(|preset| preset.name == *name);
        }
        Change::Default { profile: of, preset } if *of == profile.name => {
            let named = |name: &String| {
                let known = profile.presets.iter().find(|preset| preset.name == *name).cloned();
                known.unwrap_or_else(|| Preset { name: name.clone(), ..Preset::default() })
            };
            profile.preset = preset.as_ref().map(named);
        }
        Change::Default { .. } | Change::Template { .. } => {}
    }
}
