//! The history's file: one table in SQLite, opened by as many runs at once as there are. Every write is one
//! transaction that is on the disk when it returns; a file of another program or of a newer version is not touched.
//! `upkeep` takes out of it what has had its time.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};

use crate::domain::entry::{Asked, Entry};

use super::fault::Fault;
use super::write::Write;
use super::{Keep, place, row};

/// Says whose file it is: "room" in ASCII.
pub(super) const APPLICATION: i32 = 0x726f_6f6d;
pub(super) const VERSION: i32 = 1;
/// How long one try waits for others who write.
const BUSY: Duration = Duration::from_millis(700);
/// Between two tries to get at it. SQLite itself would wait longer each time, and who came last would be served first.
const NAP: Duration = Duration::from_millis(5);

const TABLE: &str = "CREATE TABLE entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    run TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    version INTEGER NOT NULL,
    blank_at INTEGER,
    entry TEXT NOT NULL
)";

/// An entry as it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub entry: Entry,
    pub version: i64,
    pub answered: bool,
    pub run: String,
}

#[derive(Debug)]
pub(super) struct Store {
    pub(super) conn: Connection,
    path: PathBuf,
    identity: Option<(u64, u64)>,
    /// As SQLite counts the commits of others.
    data_version: i64,
    /// Why it can only be read.
    only_read: Option<Fault>,
    /// What was removed may still be in the write-ahead log; it is looked after when the file is next tidied.
    pub(super) is_log_due: bool,
}

impl Store {
    /// Opens the history of a directory; nothing where there is none and none is to be made.
    pub fn open(dir: &Path, make: bool) -> Result<Option<Store>, Fault> {
        let end = Instant::now() + BUSY;
        loop {
            match Store::try_open(dir, make) {
                // Several runs that make it at once do not wait for each other by themselves.
                Err(fault) if fault.busy && Instant::now() < end => std::thread::sleep(NAP),
                done => return done,
            }
        }
    }

    fn try_open(dir: &Path, make: bool) -> Result<Option<Store>, Fault> {
        let Some(path) = place::prepare(dir, make).map_err(Fault::new)? else { return Ok(None) };
        let (conn, only_read) = match connect(&path) {
            // Where nothing can be written, what is there can be read all the same.
            Err(fault) if fault.unwritable => match read_only(&path) {
                Some(conn) => (conn, Some(Fault::new(fault.only_read()))),
                None => return Err(fault),
            },
            connected => (connected?, None),
        };
        let identity = place::identity(&path);
        let mut store = Store { identity, conn, path, data_version: 0, only_read, is_log_due: false };
        store.data_version = store.count_of_changes()?;
        Ok(Some(store))
    }

    /// Whether the file under the name is still the one that was opened.
    pub fn is_in_place(&self) -> bool {
        self.identity.is_some() && self.identity == place::identity(&self.path)
    }

    /// Why nothing can be written to it, where that is known beforehand.
    pub fn only_read(&self) -> Option<&Fault> {
        self.only_read.as_ref()
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes all of it or nothing; the ids with the versions they have now.
    pub fn write(&mut self, writes: &[&Write], run: &str, keep: Keep) -> Result<Vec<(String, i64)>, Fault> {
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut versions = Vec::new();
        {
            // An attempt that created nothing may be followed by another of the same entry; what has a link or a
            // secret is never taken back.
            let mut intent = transaction.prepare(
                "INSERT INTO entry(id, run, created_at, answered, version, blank_at, entry)
                 VALUES(?1, ?2, ?3, 0, 1, ?4, ?5)
                 ON CONFLICT(id) DO UPDATE SET run = excluded.run, created_at = excluded.created_at,
                     answered = 0, version = version + 1, entry = excluded.entry
                     WHERE answered = 1 AND blank_at IS NULL RETURNING version",
            )?;
            let mut answer = transaction.prepare(
                "INSERT INTO entry(id, run, created_at, answered, version, blank_at, entry)
                 VALUES(?1, ?2, ?3, 1, 1, ?4, ?5)
                 ON CONFLICT(id) DO UPDATE SET answered = 1, version = version + 1,
                     blank_at = excluded.blank_at, entry = excluded.entry RETURNING version",
            )?;
            for write in writes {
                let entry = write.entry();
                let merged = kept(&transaction, write)?;
                match write {
                    Write::Ticket(_) | Write::Deleted(_) => {
                        let version = change(&transaction, write, keep)?;
                        versions.extend(version.map(|version| (entry.id.clone(), version)));
                        continue;
                    }
                    Write::Forget(_) => {
                        transaction.execute("DELETE FROM entry WHERE id = ?1", [&entry.id])?;
                        versions.retain(|(id, _)| *id != entry.id);
                        continue;
                    }
                    Write::Intent(_) | Write::Answer(_) => {}
                }
                let Some(text) = row::encode(merged.as_ref().unwrap_or(entry), keep) else { continue };
                let (at, blank) = (entry.created_at.as_microsecond(), row::blank_at(entry));
                let statement = if matches!(write, Write::Intent(_)) { &mut intent } else { &mut answer };
                let params = params![entry.id, run, at, blank, text.as_str()];
                let version = statement.query_row(params, |row| row.get(0)).optional()?;
                // What others have changed of it is still to be told.
                let version = version.filter(|_| merged.is_none());
                versions.extend(version.map(|version| (entry.id.clone(), version)));
            }
        }
        transaction.commit()?;
        place::touch(&self.path);
        // What is committed is written, whatever becomes of the log.
        if writes.iter().any(|write| matches!(write, Write::Forget(_))) {
            self.empty_the_log();
        }
        Ok(versions)
    }

    /// Whether somebody else has written since the last time this was asked.
    pub fn has_changed(&mut self) -> Result<bool, Fault> {
        let now = self.count_of_changes()?;
        Ok(std::mem::replace(&mut self.data_version, now) != now)
    }

    fn count_of_changes(&self) -> Result<i64, Fault> {
        Ok(self.conn.query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// The ids and versions of all entries, the oldest first.
    pub fn versions(&self) -> Result<Vec<(String, i64)>, Fault> {
        let mut statement = self.conn.prepare("SELECT id, version FROM entry ORDER BY seq")?;
        let rows = statement.query_map([], |row| Ok((text(row, 0), row.get(1).unwrap_or(0))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All entries that can be read, the oldest first, and how many cannot.
    pub fn all(&self) -> Result<(Vec<Stored>, usize), Fault> {
        let all = "SELECT id, run, created_at, answered, version, entry FROM entry ORDER BY seq";
        let entries = self.select(all, &[])?;
        let count: i64 = self.conn.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?;
        let unreadable = usize::try_from(count).unwrap_or_default().saturating_sub(entries.len());
        Ok((entries, unreadable))
    }

    pub fn get(&self, id: &str) -> Result<Option<Stored>, Fault> {
        let sql = "SELECT id, run, created_at, answered, version, entry FROM entry WHERE id = ?1";
        Ok(self.select(sql, &[&id])?.pop())
    }

    fn select(&self, sql: &str, params: &[&dyn rusqlite::ToSql]) -> Result<Vec<Stored>, Fault> {
        let mut statement = self.conn.prepare(sql)?;
        let rows = statement.query_map(params, |row| {
            let entry = row::decode(text(row, 0), row.get(2).unwrap_or(i64::MIN), &text(row, 5));
            let (run, answered) = (text(row, 1), row.get(3).unwrap_or(1) != 0);
            Ok(entry.map(|entry| Stored { entry, run, answered, version: row.get(4).unwrap_or(0) }))
        })?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }
}

/// Changes one thing of what stands there, and nothing else of it: others may know it better. The version it has now;
/// nothing where somebody has removed it.
fn change(conn: &Connection, write: &Write, keep: Keep) -> Result<Option<i64>, Fault> {
    let entry = write.entry();
    let read = "SELECT created_at, entry FROM entry WHERE id = ?1";
    let found = conn.query_row(read, [&entry.id], |row| Ok((row.get(0).unwrap_or(i64::MIN), text(row, 1))));
    let Some((at, stored)) = found.optional()? else { return Ok(None) };
    let Some(mut stored) = row::decode(entry.id.clone(), at, &stored) else { return Ok(None) };
    write.change(&mut stored);
    let Some(text) = row::encode(&stored, keep) else { return Ok(None) };
    let write = "UPDATE entry SET entry = ?2, version = version + 1 WHERE id = ?1 RETURNING version";
    Ok(conn.query_row(write, params![entry.id, text.as_str()], |row| row.get(0)).optional()?)
}

/// An answer to what was answered before, with the ticket and the mark that stand there: who completes a room may not
/// know them. Nothing where they are the same.
fn kept(conn: &Connection, write: &Write) -> Result<Option<Entry>, Fault> {
    let Write::Answer(entry) = write else { return Ok(None) };
    let read = "SELECT created_at, entry FROM entry WHERE id = ?1 AND answered = 1";
    let found = conn.query_row(read, [&entry.id], |row| Ok((row.get(0).unwrap_or(i64::MIN), text(row, 1))));
    let stored = found.optional()?.and_then(|(at, stored)| row::decode(entry.id.clone(), at, &stored));
    let Some(stored) = stored else { return Ok(None) };
    if (&stored.asked.ticket, stored.deleted) == (&entry.asked.ticket, entry.deleted) {
        return Ok(None);
    }
    let asked = Asked { ticket: stored.asked.ticket, ..entry.asked.clone() };
    Ok(Some(Entry { asked, deleted: stored.deleted, ..entry.clone() }))
}

/// The text of a column, whatever was put there.
pub(super) fn text(row: &rusqlite::Row, at: usize) -> String {
    row.get_ref(at).ok().and_then(|value| value.as_str().ok()).unwrap_or_default().to_owned()
}

fn connect(path: &Path) -> Result<Connection, Fault> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_handler(Some(nap))?;
    // What is not ours must lie there afterwards as it did before.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    begin(&mut conn)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(conn)
}

/// Whether to try once more after so many tries.
fn nap(tries: i32) -> bool {
    std::thread::sleep(NAP);
    NAP.saturating_mul(u32::try_from(tries).unwrap_or(u32::MAX)) < BUSY
}

/// The file as it lies there, if it is ours and nobody has left a log of unfinished business beside it.
fn read_only(path: &Path) -> Option<Connection> {
    if !place::is_at_rest(path) {
        return None;
    }
    let mut address = url::Url::from_file_path(path).ok()?;
    address.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(address.as_str(), flags).ok()?;
    let is_ours = number(&conn, "PRAGMA application_id").ok()? == APPLICATION
        && number(&conn, "PRAGMA user_version").ok()? == VERSION;
    is_ours.then_some(conn)
}

/// Makes sure that the file is ours and of this version, and sets the connection up.
fn begin(conn: &mut Connection) -> Result<(), Fault> {
    let is_new = is_new(conn)?;
    let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if mode != "wal" {
        conn.query_row("PRAGMA journal_mode = wal", [], |_| Ok(()))?;
    }
    conn.execute_batch("PRAGMA synchronous = full; PRAGMA secure_delete = on; PRAGMA trusted_schema = off")?;
    if is_new {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another run may have been faster.
        if number(&transaction, "PRAGMA user_version")? == 0 {
            transaction.execute_batch(TABLE)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// Whether nothing has been written to it yet; a fault where it is not ours or not of this version. Another run may be
/// making it at this moment: all is asked of one state of the file.
fn is_new(conn: &mut Connection) -> Result<bool, Fault> {
    let state = conn.transaction()?;
    match (number(&state, "PRAGMA application_id")?, number(&state, "PRAGMA user_version")?) {
        (APPLICATION, VERSION) => Ok(false),
        (APPLICATION, version) if version > VERSION => {
            Err(Fault::new("the history was written by a newer roomkey"))
        }
        (0, 0) if number(&state, "SELECT count(*) FROM sqlite_schema")? == 0 => Ok(true),
        _ => Err(Fault::new("history.db belongs to another program")),
    }
}

fn number(conn: &Connection, what: &str) -> rusqlite::Result<i32> {
    conn.query_row(what, [], |row| row.get(0))
}
