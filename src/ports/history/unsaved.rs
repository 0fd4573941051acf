//! Which answers are not on the disk yet, so that the end can name them. An answer is marked before it is handed over,
//! and its mark goes when it is written; that of a newer answer of the same entry stays.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::entry::{Entry, Outcome};

/// The answers that are not on the disk yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Unsaved(Arc<Mutex<List>>);

/// One answer that is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(u64);

#[derive(Debug, Default)]
struct List {
    made: u64,
    /// Marks, ids and names: one for each entry.
    answers: Vec<(Mark, String, String)>,
}

impl Unsaved {
    /// Marks an answer, in the place of an older one of the entry; nothing where there is nothing to lose.
    pub fn mark(&self, entry: &Entry) -> Option<Mark> {
        if matches!(entry.outcome, Outcome::NotCreated(_)) {
            return None;
        }
        self.forget(&entry.id);
        let mut list = self.list();
        list.made += 1;
        let mark = Mark(list.made);
        list.answers.push((mark, entry.id.clone(), format!("{} ({})", entry.name, entry.profile)));
        Some(mark)
    }

    /// The answer is on the disk.
    pub fn saved(&self, mark: Mark) {
        self.list().answers.retain(|(known, ..)| *known != mark);
    }

    /// Nothing of the entry is to be kept any more.
    pub fn forget(&self, id: &str) {
        self.list().answers.retain(|(_, known, _)| known != id);
    }

    pub fn is_empty(&self) -> bool {
        self.list().answers.is_empty()
    }

    /// What is lost if nothing more is written, as the last words name it.
    pub fn names(&self) -> Vec<String> {
        self.list().answers.iter().map(|(_, _, name)| name.clone()).collect()
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
