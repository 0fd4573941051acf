//! What is taken out of the history: what was forgotten, what has ended, and what is not to be kept any more. Nothing
//! of it is left in any file afterwards, the write-ahead log and free pages included.

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};

use crate::domain::entry::Entry;

use super::fault::Fault;
use super::store::{Store, text};
use super::{Keep, row};

/// Microseconds.
const DAY: i64 = 86_400_000_000;

impl Store {
    /// Removes an entry for good.
    pub fn forget(&mut self, id: &str) -> Result<bool, Fault> {
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let gone = transaction.execute("DELETE FROM entry WHERE id = ?1", [id])?;
        transaction.commit()?;
        self.empty_the_log();
        Ok(gone > 0)
    }

    /// Blanks what has ended, and forgets entries older than so many days of which nothing can be used any more.
    pub fn tidy(&mut self, now: Timestamp, keep_days: i64) -> Result<(), Fault> {
        let second = now.as_second();
        let oldest = now.as_microsecond().saturating_sub(keep_days.saturating_mul(DAY));
        let due = "SELECT count(*) FROM entry
                   WHERE blank_at <= ?1 OR (created_at < ?2 AND coalesce(blank_at, 0) <= ?1)";
        let count: i64 = self.conn.query_row(due, params![second, oldest], |row| row.get(0))?;
        if count == 0 {
            if self.is_log_due {
                self.empty_the_log();
            }
            return Ok(());
        }
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "DELETE FROM entry WHERE created_at < ?2 AND coalesce(blank_at, 0) <= ?1",
            params![second, oldest],
        )?;
        rewrite(&transaction, "blank_at <= ?1", second, |entry| row::blank(entry, second))?;
        transaction.commit()?;
        self.empty_the_log();
        Ok(())
    }

    /// When the next credential has had its time, in unix seconds.
    pub fn next_end(&self) -> Result<Option<i64>, Fault> {
        Ok(self.conn.query_row("SELECT min(blank_at) FROM entry", [], |row| row.get(0))?)
    }

    /// Takes out what was kept before and is not to be kept any more. Only what has a credential can hold any of it.
    pub fn strip(&mut self, keep: Option<Keep>) -> Result<(), Fault> {
        let drop = match keep {
            Some(Keep::All) => return Ok(()),
            Some(Keep::Guest) => row::drop_host,
            None => row::drop_all,
        };
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = rewrite(&transaction, "blank_at > ?1", i64::MIN, drop)?;
        transaction.commit()?;
        if changed {
            self.empty_the_log();
        }
        Ok(())
    }

    /// Brings the write-ahead log into the file and cuts it, so that nothing of what was removed is left in it. Where
    /// others are at it or the disk gives an error it stays due: it undoes nothing of what was committed.
    pub(super) fn empty_the_log(&mut self) {
        let busy = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i32>(0));
        self.is_log_due = !matches!(busy, Ok(0));
    }
}

/// Changes the entries that are `due` by this number; whether any is another one afterwards.
fn rewrite(conn: &Connection, due: &str, number: i64, change: impl Fn(&mut Entry)) -> Result<bool, Fault> {
    let mut due = conn.prepare(&format!("SELECT id, created_at, entry FROM entry WHERE {due}"))?;
    let read = |row: &rusqlite::Row| Ok((text(row, 0), row.get(1).unwrap_or(i64::MIN), text(row, 2)));
    let rows: Vec<(String, i64, String)> = due.query_map([number], read)?.collect::<Result<_, _>>()?;
    let mut update =
        conn.prepare("UPDATE entry SET entry = ?2, blank_at = ?3, version = version + 1 WHERE id = ?1")?;
    let mut changed = false;
    for (id, at, stored) in rows {
        // What cannot be understood any more may hold a credential all the same.
        let kept = row::decode(id.clone(), at, &stored).and_then(|mut entry| {
            change(&mut entry);
            Some((row::encode(&entry, Keep::All)?, row::blank_at(&entry)))
        });
        let (text, next) = kept.unwrap_or_default();
        if *text != stored {
            update.execute(params![id, text.as_str(), next])?;
            changed = true;
        }
    }
    Ok(changed)
}
