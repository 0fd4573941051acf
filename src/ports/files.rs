//! Writing files of the user's: whole or not at all, closed to others from the first byte. A new text is written
//! beside the old one, brought to the disk and then given its name, so that whatever kills the program or fills the
//! disk, the old text stays. A link is not replaced; what it points at is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, Result};

use super::paths::{MOST, TextFile, read_text, reason};

/// How long another run of the program is waited for that writes the same file.
const PATIENCE: Duration = Duration::from_secs(2);

/// What became of a file that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Done,
    /// Something of that name is there, and nothing was said about replacing it.
    Exists,
}

/// Has a file's text changed. It is read anew under a lock, and nothing is written where it changes meanwhile, where
/// `edit` fails, or where the result would be too large. The file keeps its mode.
pub fn rewrite(path: &Path, edit: &mut dyn FnMut(&str) -> Result<String>) -> Result<()> {
    let (real, _lock) = locked(path)?;
    // Read by the name the user knows, which is judged for who owns what it points at.
    let before = read_text(path)?;
    let after = edit(&before.text)?;
    if after == before.text {
        return Ok(());
    }
    if after.len() > MOST {
        return Err(Error::config(format!("{} would be larger than {} KiB", before.name, MOST / 1024)));
    }
    let mode = kept_mode(&real)?;
    let unchanged = |there: &TextFile| there.text == before.text;
    replace(&real, after.as_bytes(), mode, &|| read_text(&real).is_ok_and(|there| unchanged(&there)))
        .map_err(|error| failed(path, &error))
}

/// Writes a file for the user alone; what is there already is replaced only `over` it. A link is replaced itself.
pub fn write(path: &Path, bytes: &[u8], over: bool) -> Result<Written> {
    let there = fs::symlink_metadata(path);
    match there {
        Ok(_) if !over => return Ok(Written::Exists),
        Ok(found) if found.is_dir() => return Err(failed(path, &ErrorKind::IsADirectory.into())),
        _ => {}
    }
    if over {
        return replace(path, bytes, 0o600, &|| true).map(|()| Written::Done).map_err(|e| failed(path, &e));
    }
    match anew(path, bytes) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Written::Exists),
        made => made.map(|()| Written::Done).map_err(|error| failed(path, &error)),
    }
}

/// Takes a file away that was written here; what cannot be taken stays.
pub fn take_back(path: &Path) {
    let _ = fs::remove_file(path);
}

/// The text of a file of the user's own; nothing where there is none. A link, a pipe or somebody else's file is an
/// error: only this program writes here.
pub fn read_own(path: &Path) -> Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(found) if found.is_symlink() => {
            return Err(Error::new(Kind::Storage, format!("{} is a link to another file", path.display())));
        }
        _ => {}
    }
    let file = read_text(path)?;
    kept_mode(path)?;
    Ok(Some(file.text))
}

fn failed(path: &Path, error: &io::Error) -> Error {
    let name = path.display();
    match error.kind() {
        ErrorKind::ResourceBusy => Error::new(Kind::Storage, format!("{name} has changed meanwhile"))
            .hint("look at it and try again"),
        _ => Error::new(Kind::Storage, format!("could not write {name}: {}", reason(error))),
    }
}

/// The file behind the links, locked against other runs of the program until the handle is dropped.
fn locked(path: &Path) -> Result<(PathBuf, File)> {
    let end = Instant::now() + PATIENCE;
    loop {
        // Judges the file before it is opened: a pipe would not come back.
        read_text(path)?;
        let real = fs::canonicalize(path).map_err(|error| failed(path, &error))?;
        let file = File::open(&real).map_err(|error| failed(path, &error))?;
        let busy = match file.try_lock() {
            Ok(()) => false,
            Err(fs::TryLockError::WouldBlock) => true,
            // Some file systems know no locks.
            Err(fs::TryLockError::Error(_)) => return Ok((real, file)),
        };
        // Whoever held the lock has given the name another file.
        if !busy && same(&file, &real) {
            return Ok((real, file));
        }
        if Instant::now() >= end {
            return Err(Error::new(Kind::Storage, format!("{} is being written by another", path.display()))
                .hint("try again"));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
fn same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |found: fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => id(open) == id(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same(_: &File, _: &Path) -> bool {
    true
}

/// The mode a replaced file is to have: that of the old one, which must be the user's own.
#[cfg(unix)]
fn kept_mode(path: &Path) -> Result<u32> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).map_err(|error| failed(path, &error))?;
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(Error::new(Kind::Storage, format!("{} belongs to another user", path.display())));
    }
    Ok(found.mode() & 0o777)
}

#[cfg(not(unix))]
fn kept_mode(_: &Path) -> Result<u32> {
    Ok(0o600)
}

/// Puts bytes in the place of a file, if it is still what it was.
fn replace(path: &Path, bytes: &[u8], mode: u32, unchanged: &dyn Fn() -> bool) -> io::Result<()> {
    let beside = Beside::write(path, bytes, mode)?;
    if !unchanged() {
        return Err(ErrorKind::ResourceBusy.into());
    }
    beside.become_file(path)?;
    sync_dir(path)
}

/// Gives bytes a name that nothing has yet.
fn anew(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = Beside::write(path, bytes, 0o600)?;
    match fs::hard_link(&beside.0, path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
        // Some file systems know no second names.
        Err(_) if fs::symlink_metadata(path).is_ok() => return Err(ErrorKind::AlreadyExists.into()),
        Err(_) => beside.become_file(path)?,
    }
    sync_dir(path)
}

/// A file beside another one, on the disk; it goes when it is dropped, unless it was given the other's name.
struct Beside(PathBuf);

impl Beside {
    fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<Beside> {
        let (beside, mut file) = Beside::create(path)?;
        file.write_all(bytes)?;
        set_mode(&file, mode)?;
        file.sync_all()?;
        Ok(beside)
    }

    /// Gives it the other's name. Its own may be another's at once, so it is not removed after that.
    fn become_file(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.0, path)?;
        self.0.clear();
        Ok(())
    }

    fn create(path: &Path) -> io::Result<(Beside, File)> {
        let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy().into_owned();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        for number in 0..100 {
            let beside = path.with_file_name(format!(".{name}.{}-{number}", std::process::id()));
            match options.open(&beside) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    let beside = Beside(beside);
                    set_mode(&file, 0o600)?;
                    return Ok((beside, file));
                }
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.0.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.0);
        }
    }
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

/// A new name is safe only once its directory is on the disk.
#[cfg(unix)]
fn sync_dir(path: &Path) -> io::Result<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
fn sync_dir(_: &Path) -> io::Result<()> {
    Ok(())
}
