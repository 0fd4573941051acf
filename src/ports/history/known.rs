//! What was told of the file so far, so that only news are told: the versions of the entries, and the calls of other
//! runs that may still get their answer.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use crate::domain::entry::Entry;

use super::alive;
use super::fault::Fault;
use super::store::{Store, Stored};

pub(super) struct Known {
    dir: PathBuf,
    run: String,
    versions: HashMap<String, i64>,
    /// Ids of calls, and the runs that wait for their answers.
    waiting: Vec<(String, String)>,
}

/// What is new in the file.
#[derive(Default)]
pub(super) struct News {
    pub entries: Vec<Entry>,
    /// Ids of entries that are there no more.
    pub gone: Vec<String>,
}

impl Known {
    pub fn new(dir: PathBuf, run: String) -> Known {
        Known { dir, run, versions: HashMap::new(), waiting: Vec::new() }
    }

    /// Whether something may happen that nothing tells of: a run that ends.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// What this run wrote is no news.
    pub fn wrote(&mut self, versions: Vec<(String, i64)>) {
        self.versions.extend(versions);
    }

    /// Another file has taken the place of the one that was told of.
    pub fn clear(&mut self) {
        self.versions.clear();
    }

    /// Those of the entries that are to be told of.
    pub fn take(&mut self, all: Vec<Stored>) -> Vec<Entry> {
        all.into_iter().filter_map(|stored| self.take_one(stored)).collect()
    }

    /// None while its run may still get the answer.
    fn take_one(&mut self, stored: Stored) -> Option<Entry> {
        let id = stored.entry.id.clone();
        self.waiting.retain(|(waiting, _)| *waiting != id);
        if stored.answered || stored.run == self.run {
            self.versions.insert(id, stored.version);
            return stored.answered.then_some(stored.entry);
        }
        if alive::is_alive(&self.dir, &stored.run) {
            self.waiting.push((id, stored.run));
            return None;
        }
        self.versions.insert(id, stored.version);
        Some(stored.entry)
    }

    /// What others have written, if the file has `changed`, and which of their calls will get no answer any more.
    pub fn news(&mut self, store: &Store, changed: bool) -> Result<News, Fault> {
        let mut ids: Vec<String> = Vec::new();
        let mut gone = Vec::new();
        if changed {
            let versions = store.versions()?;
            let there: HashSet<&str> = versions.iter().map(|(id, _)| id.as_str()).collect();
            gone.extend(self.versions.keys().filter(|id| !there.contains(id.as_str())).cloned());
            let news = versions.iter().filter(|(id, version)| self.versions.get(id) != Some(version));
            ids.extend(news.map(|(id, _)| id.clone()));
        }
        for (id, run) in &self.waiting {
            if !ids.contains(id) && !alive::is_alive(&self.dir, run) {
                ids.push(id.clone());
            }
        }
        let mut fresh = Vec::new();
        for id in ids {
            fresh.extend(store.get(&id)?);
        }
        for id in &gone {
            self.versions.remove(id);
        }
        Ok(News { entries: self.take(fresh), gone })
    }
}
