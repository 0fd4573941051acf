//! The profiles the console offers, each ready to be used: which provider's page it speaks, its settings with the
//! secrets hidden, its defaults and the preset quick creation takes. Pages are read when a profile is first used.

use std::sync::Arc;

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
    pub link_hosts: Vec<String>,
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
    pub fn settings(&self, page: &Page) -> Settings {
        Settings::complete(page, self.given.clone())
    }
}

pub struct Book {
    pub catalog: Arc<Catalog>,
    pub profiles: Vec<Profile>,
    reader: Option<Reader>,
}

impl Book {
    /// Profiles that are all read.
    pub fn new(catalog: Arc<Catalog>, profiles: Vec<Profile>) -> Book {
        Book { catalog, profiles, reader: None }
    }

    /// Profiles that are read when they are first used: their providers' pages take time the first frame has not.
    pub fn unread(catalog: Arc<Catalog>, profiles: Vec<Profile>, reader: Reader) -> Book {
        Book { catalog, profiles, reader: Some(reader) }
    }

    /// A profile, read whole.
    pub fn ready(&mut self, index: usize) -> Option<&Profile> {
        let profile = self.profiles.get_mut(index)?;
        if profile.unread
            && let Some(read) = &self.reader
        {
            *profile = read(&profile.name);
        }
        Some(profile)
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
