//! Which runs of the program are alive. Each run that writes holds a lock on a file of its own; the system releases it
//! whatever way the run ends, so a lock that can be had, or a file that is gone, means that nobody is waiting for an
//! answer there any more. No clean-up is ever needed by hand.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::ports::closed;

use super::place;

const DIR: &str = "runs";
/// Tries to make a file that nobody clears away meanwhile.
const TRIES: usize = 10;

/// The sign of this run; it goes when it is dropped.
#[derive(Debug)]
pub(super) struct Alive {
    path: PathBuf,
    identity: Option<(u64, u64)>,
    _lock: File,
}

impl Alive {
    /// Says that `run` is alive, for as long as this lives.
    pub fn begin(dir: &Path, run: &str) -> io::Result<Alive> {
        let path = file(dir, run);
        closed::make_dir(&dir.join(DIR))?;
        for _ in 0..TRIES {
            let lock = closed::create(&path)?;
            let locked = lock.try_lock().is_ok();
            // Between making and locking it, another run may have taken it for a dead one's.
            let identity = place::identity(&path);
            if locked && identity.is_some() {
                return Ok(Alive { path, identity, _lock: lock });
            }
            let _ = fs::remove_file(&path);
        }
        Err(io::Error::from(ErrorKind::WouldBlock))
    }
}

impl Alive {
    /// Whether others still see it; a directory can be taken away as a whole.
    pub fn is_in_place(&self) -> bool {
        self.identity == place::identity(&self.path)
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        if self.is_in_place() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether a run may still be waiting for an answer. In doubt it is.
pub(super) fn is_alive(dir: &Path, run: &str) -> bool {
    // A name that none of ours can have.
    if !run.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    is_locked(&file(dir, run))
}

fn is_locked(path: &Path) -> bool {
    match File::options().read(true).write(true).open(path) {
        Err(error) => error.kind() != ErrorKind::NotFound,
        // Shared, so that two who look do not take each other for the living.
        Ok(file) => file.try_lock_shared().is_err(),
    }
}

/// How many runs that have written something are alive.
pub(super) fn count(dir: &Path) -> usize {
    let Ok(files) = fs::read_dir(dir.join(DIR)) else { return 0 };
    let locks = files.flatten().map(|found| found.path());
    locks.filter(|path| path.extension().is_some_and(|end| end == "lock") && is_locked(path)).count()
}

/// Clears away the signs of runs that are gone.
pub(super) fn sweep(dir: &Path) {
    let Ok(files) = fs::read_dir(dir.join(DIR)) else { return };
    for path in files
        .flatten()
        .map(|found| found.path())
        .filter(|path| path.extension().is_some_and(|end| end == "lock"))
    {
        let regular = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        let Ok(file) = File::options().read(true).write(true).open(&path) else { continue };
        if regular && file.try_lock().is_ok() {
            let _ = fs::remove_file(&path);
        }
    }
}

fn file(dir: &Path, run: &str) -> PathBuf {
    dir.join(DIR).join(format!("{run}.lock"))
}
