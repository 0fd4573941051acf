//! Where the history lies, and whether it may be trusted: a directory and files of the user's own, closed to all
//! others from the first byte, whatever the umask. Links are not followed, nothing is deleted, and what is damaged is
//! set aside under another name.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::ports::closed::{close_to_others, create, make_dir};
use crate::ports::paths::reason;

pub(super) const FILE: &str = "history.db";

/// What SQLite lays beside the file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The path of the history, with every link in its directory resolved; nothing where there is none and none is to be
/// made. Directory and file are made, closed to others, and checked.
pub(super) fn prepare(dir: &Path, make: bool) -> Result<Option<PathBuf>, String> {
    match fs::metadata(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound && !make => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make_dir(dir).map_err(|error| format!("could not make {}: {}", dir.display(), reason(&error)))?;
        }
        Err(error) => return Err(format!("could not reach {}: {}", dir.display(), reason(&error))),
        Ok(_) => {}
    }
    let real =
        fs::canonicalize(dir).map_err(|e| format!("could not reach {}: {}", dir.display(), reason(&e)))?;
    let found =
        fs::metadata(&real).map_err(|e| format!("could not reach {}: {}", real.display(), reason(&e)))?;
    if !found.is_dir() {
        return Err(format!("{} is not a directory", real.display()));
    }
    own(&real, &found)?;
    let path = real.join(FILE);
    if !exists(&path)? {
        if !make {
            return Ok(None);
        }
        let made = create(&path).map(drop);
        match made {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(format!("could not make {}: {}", path.display(), reason(&error)));
            }
            _ => {}
        }
        exists(&path)?;
    }
    for end in BESIDE {
        exists(&beside(&path, end))?;
    }
    Ok(Some(path))
}

/// A lock on the name of the history, for whoever gives it another file. It goes when it is dropped.
pub(super) fn lock(dir: &Path, patience: Duration) -> io::Result<File> {
    let path = dir.join("history.lock");
    let file = match create(&path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            File::options().read(true).write(true).open(&path)?
        }
        made => made?,
    };
    let end = Instant::now() + patience;
    while let Err(error) = file.try_lock() {
        if Instant::now() >= end {
            return Err(error.into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(file)
}

/// Whether there is a file of that name; anything else than a regular file of the user's own is an error.
fn exists(path: &Path) -> Result<bool, String> {
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(format!("could not reach {}: {}", path.display(), reason(&error))),
        Ok(found) => found,
    };
    if found.is_symlink() {
        return Err(format!("{} is a link to another file", path.display()));
    }
    if !found.is_file() {
        return Err(format!("{} is not a regular file", path.display()));
    }
    own(path, &found)?;
    Ok(true)
}

#[cfg(unix)]
fn own(path: &Path, found: &Metadata) -> Result<(), String> {
    use std::os::unix::fs::MetadataExt;
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(format!("{} belongs to another user", path.display()));
    }
    if found.mode() & 0o077 == 0 {
        return Ok(());
    }
    let mode = if found.is_dir() { 0o700 } else { 0o600 };
    close_to_others(path, mode).map_err(|_| format!("others can read {}", path.display()))
}

#[cfg(not(unix))]
fn own(_: &Path, _: &Metadata) -> Result<(), String> {
    Ok(())
}

/// Has the directory tell whoever watches it that a commit stands in the file. Its bytes are written before others can
/// see it, and how long before is the disk's to say.
#[cfg(unix)]
pub(super) fn touch(path: &Path) {
    use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, UTIME_OMIT, utimensat};
    let time = |nanoseconds| Timespec { tv_sec: 0, tv_nsec: nanoseconds };
    let times = Timestamps { last_access: time(UTIME_OMIT), last_modification: time(UTIME_NOW) };
    // Others look again by themselves some time later.
    let _ = utimensat(CWD, path, &times, AtFlags::SYMLINK_NOFOLLOW);
}

#[cfg(not(unix))]
pub(super) fn touch(_: &Path) {}

/// What tells one file from another that took its name; nothing where there is none.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::symlink_metadata(path).ok().map(|_| (0, 0))
}

/// Gives a damaged history another name, with all that belongs to it; the new name.
pub(super) fn set_aside(path: &Path, now: Timestamp) -> io::Result<String> {
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let name = (1..1000)
        .map(|number| match number {
            1 => format!("{FILE}.bad-{stamp}"),
            _ => format!("{FILE}.bad-{stamp}-{number}"),
        })
        .find(|name| fs::symlink_metadata(path.with_file_name(name)).is_err())
        .ok_or_else(|| io::Error::from(ErrorKind::AlreadyExists))?;
    let target = path.with_file_name(&name);
    fs::rename(path, &target)?;
    for end in BESIDE {
        match fs::rename(beside(path, end), beside(&target, end)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(name)
}

/// Whether nobody is in the middle of writing, or died there: no log lies beside the file.
pub(super) fn is_at_rest(path: &Path) -> bool {
    let is_empty = |path: PathBuf| fs::symlink_metadata(path).map_or(true, |found| found.len() == 0);
    is_empty(beside(path, "-wal")) && is_empty(beside(path, "-journal"))
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
