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
        self.waiting.clear();
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
            self.waiting.retain(|(id, _)| there.contains(id.as_str()));
        }
        for (id, run) in &self.waiting {
            if !ids.contains(id) && !alive::is_alive(&self.dir, run) {
                ids.push(id.clone());
            }
        }
        let mut fresh = Vec::new();
        for id in ids {
            match store.get(&id)? {
                Some(stored) => fresh.push(stored),
                None => self.waiting.retain(|(waiting, _)| *waiting != id),
            }
        }
        for id in &gone {
            self.versions.remove(id);
        }
        Ok(News { entries: self.take(fresh), gone })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::entry;
    use super::*;
    use crate::domain::entry::Outcome;
    use crate::error::{Error, Kind};
    use crate::ports::history::Keep;
    use crate::ports::history::alive::Alive;
    use crate::ports::history::write::Write;

    /// A file with a call of another run that is alive, and what this run knows of it.
    fn waiting() -> (tempfile::TempDir, Store, Alive, Known) {
        let home = tempfile::tempdir().unwrap();
        let mut store = Store::open(home.path(), true).unwrap().unwrap();
        let other = Alive::begin(home.path(), "other").unwrap();
        let lost = Outcome::MaybeCreated(Error::new(Kind::Unclear, "roomkey ended"));
        let call = Write::Intent(Entry { outcome: lost, ..entry("a", "Early") });
        store.write(&[&call], "other", Keep::All).unwrap();
        let mut known = Known::new(home.path().to_owned(), "mine".into());
        assert!(known.take(store.all().unwrap().0).is_empty() && known.is_waiting());
        (home, store, other, known)
    }

    fn forget(store: &mut Store) {
        store.write(&[&Write::Forget(entry("a", "Early"))], "third", Keep::All).unwrap();
    }

    #[test]
    fn a_call_that_somebody_has_removed_is_not_waited_for() {
        let (_home, mut store, _other, mut known) = waiting();
        forget(&mut store);
        known.news(&store, true).unwrap();
        assert!(!known.is_waiting());
    }

    #[test]
    fn a_call_that_is_not_there_when_its_run_has_ended_is_not_waited_for() {
        let (_home, mut store, other, mut known) = waiting();
        forget(&mut store);
        drop(other);
        known.news(&store, false).unwrap();
        assert!(!known.is_waiting());
    }

    #[test]
    fn what_was_lost_with_the_file_is_not_waited_for() {
        let (_home, _store, _other, mut known) = waiting();
        known.clear();
        assert!(!known.is_waiting());
    }

    #[test]
    fn a_call_whose_run_has_ended_is_told_of() {
        let (_home, store, other, mut known) = waiting();
        assert!(known.news(&store, true).unwrap().entries.is_empty() && known.is_waiting());
        drop(other);
        assert_eq!(known.news(&store, false).unwrap().entries.len(), 1);
        assert!(!known.is_waiting());
    }
}
