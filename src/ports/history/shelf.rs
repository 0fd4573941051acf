//! The history as the command line reads it: opened, read once, and closed again; nothing is made where there is none.

use std::path::Path;

use jiff::Timestamp;

use crate::domain::entry::Entry;
use crate::error::{Error, Kind, Result};

use super::alive;
use super::fault::Fault;
use super::store::Store;
use super::write::Write;
use super::{Keep, row};

/// The entries of the history of a directory.
#[derive(Debug)]
pub struct Shelf {
    store: Option<Store>,
    /// The oldest first; calls that may still be answered are not among them.
    pub entries: Vec<Entry>,
    /// How many there are that cannot be read.
    pub unreadable: usize,
}

impl Shelf {
    /// One that holds nothing and looks nowhere.
    pub fn empty() -> Shelf {
        Shelf { store: None, entries: Vec::new(), unreadable: 0 }
    }

    /// An error where there is a history that cannot be read.
    pub fn open(dir: &Path) -> Result<Shelf> {
        let Some(store) = Store::open(dir, false).map_err(error)? else {
            return Ok(Shelf::empty());
        };
        let (all, unreadable) = store.all().map_err(error)?;
        let told = all.into_iter().filter(|one| one.answered || !alive::is_alive(dir, &one.run));
        Ok(Shelf { entries: told.map(|one| one.entry).collect(), store: Some(store), unreadable })
    }

    /// Takes out what has had its time, in the file where it can be written to, and in what is read here in any case.
    pub fn tidy(&mut self, now: Timestamp, keep_days: i64) {
        if let Some(store) = &mut self.store {
            let _ = store.tidy(now, keep_days);
        }
        self.entries.iter_mut().for_each(|entry| row::blank(entry, now.as_second()));
    }

    /// Notes since when an entry is gone at the provider, or that it is not.
    pub fn mark(&mut self, entry: &Entry) -> Result<()> {
        let write = Write::Deleted(entry.clone());
        if let Some(store) = &mut self.store {
            // What stands there was chosen when it was written.
            store.write(&[&write], "", Keep::All).map_err(unwritten)?;
        }
        self.entries.iter_mut().filter(|known| known.id == entry.id).for_each(|known| write.change(known));
        Ok(())
    }

    /// Removes an entry for good; nothing is done at the provider.
    pub fn forget(&mut self, id: &str) -> Result<()> {
        if let Some(store) = &mut self.store {
            store.forget(id).map_err(unwritten)?;
        }
        self.entries.retain(|entry| entry.id != id);
        Ok(())
    }
}

fn unwritten(fault: Fault) -> Error {
    Error::new(Kind::Storage, format!("could not write the history: {}", fault.reason))
}

fn error(fault: Fault) -> Error {
    let error = Error::new(Kind::Storage, format!("could not read the history: {}", fault.reason));
    if fault.damaged { error.hint("the console sets it aside and begins a new one") } else { error }
}
