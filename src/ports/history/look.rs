//! The history looked at from outside, for somebody who wants to know whether it is well: nothing is made, mended,
//! closed to others or waited for, and of what stands in it only the number is told.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::fault::Fault;
use super::store::{APPLICATION, VERSION, text};
use super::{alive, file_system, place, row};

/// Why something that lies in the place of the history is left alone.
pub const NO_FILE: &str = "history.db is not a regular file";

/// What can be said of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The version of its tables; nothing where it is no history of this program.
    pub schema: Option<i32>,
    /// This program reads and writes that version.
    pub understood: bool,
    pub entries: i64,
    /// How many of them cannot be read.
    pub unreadable: usize,
    /// SQLite finds nothing wrong with the file.
    pub sound: bool,
    /// Runs that have written to it and are still there.
    pub others: usize,
}

/// The kind of file system a directory lies on, if other machines may share it.
pub fn shared_by_machines(dir: &Path) -> Option<&'static str> {
    file_system::remote(dir)
}

/// How many bytes can still be written where a directory lies, if that can be known.
pub fn room(dir: &Path) -> Option<u64> {
    file_system::room(dir)
}

/// Looks at the history of a directory; nothing where there is none. The error is a clause.
pub fn look(dir: &Path) -> Result<Option<Looked>, String> {
    let path = dir.join(place::FILE);
    match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(crate::ports::paths::reason(&error)),
        Ok(found) if !found.is_file() => return Err(NO_FILE.to_owned()),
        Ok(_) => {}
    }
    read(&path, alive::count(dir)).map_err(|fault| fault.reason)
}

/// Nothing where somebody is just about to make it.
fn read(path: &Path, others: usize) -> Result<Option<Looked>, Fault> {
    let conn = open(path)?;
    // All of one state: somebody may be making it at this moment.
    let state = conn.unchecked_transaction()?;
    let number = |what: &str| state.query_row(what, [], |row| row.get::<_, i32>(0));
    if number("SELECT count(*) FROM sqlite_schema")? == 0 && number("PRAGMA application_id")? == 0 {
        return Ok(None);
    }
    let ours = number("PRAGMA application_id")? == APPLICATION;
    let schema = ours.then(|| number("PRAGMA user_version")).transpose()?;
    let understood = schema == Some(VERSION);
    let sound = state.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0))? == "ok";
    let count = || state.query_row("SELECT count(*) FROM entry", [], |row| row.get(0));
    let entries = if understood { count()? } else { 0 };
    let unreadable = if understood { unreadable(&state)? } else { 0 };
    Ok(Some(Looked { schema, understood, entries, unreadable, sound, others }))
}

fn unreadable(conn: &Connection) -> Result<usize, Fault> {
    let mut statement = conn.prepare("SELECT id, created_at, entry FROM entry")?;
    let rows = statement.query_map([], |row| {
        Ok(row::decode(text(row, 0), row.get(1).unwrap_or(i64::MIN), &text(row, 2)).is_none())
    })?;
    Ok(rows.filter(|row| !matches!(row, Ok(false))).count())
}

/// For reading alone; where nobody writes and no log lies beside it, without so much as a lock.
fn open(path: &Path) -> Result<Connection, Fault> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    if !place::is_at_rest(path) {
        return Ok(Connection::open_with_flags(path, flags)?);
    }
    let address = url::Url::from_file_path(path).ok();
    let mut address = address.ok_or_else(|| Fault::new("the path of the history is not absolute"))?;
    address.set_query(Some("immutable=1"));
    Ok(Connection::open_with_flags(address.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)?)
}
