//! Entries that this run did not make: those of earlier runs, which take their place under everything made since, and
//! those of other consoles, which come in as the newest. The selection stays where it is.

use crate::domain::entry::Entry;

use super::model::Model;
use super::row::Row;

/// What was there before this run, the oldest first.
pub fn remembered(model: &mut Model, entries: Vec<Entry>) {
    let known = |entry: &Entry| model.rows.job_of(&entry.id).is_some();
    let entries: Vec<Entry> = entries.into_iter().filter(|entry| !known(entry)).collect();
    let first = model.first_job.saturating_sub(entries.len() as u64);
    model.first_job = first;
    let numbered = (first..).zip(entries);
    let rows = numbered.map(|(job, entry)| Row::done(job, entry, model.now)).collect();
    model.rows.prepend(rows, model.now);
}

/// What other consoles have added, or know better by now.
pub fn others(model: &mut Model, entries: Vec<Entry>) {
    for mut entry in entries {
        let Some(job) = model.rows.job_of(&entry.id) else {
            let job = model.new_job();
            model.rows.push(Row::done(job, entry, model.now), model.now);
            continue;
        };
        let Some(row) = model.rows.get(job) else { continue };
        // What is missing can be completed by the console that made it, and may be on its way.
        let completing = row.completing;
        entry.incomplete = row.entry().is_some_and(|known| known.incomplete);
        model.rows.finish(job, entry, model.now);
        if let Some(row) = model.rows.get_mut(job) {
            row.completing = completing;
        }
    }
}
