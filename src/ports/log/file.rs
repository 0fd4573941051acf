//! The file under the log: for the user alone, never longer than a megabyte, with one older file beside it. Several
//! processes append to the same file, each whole lines; one that finds it full gives it its other name.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::ports::closed;
use crate::ports::paths::reason;

const NAME: &str = "roomkey.log";
const OLDER: &str = "roomkey.log.1";
/// Length at which a new file is begun, in bytes.
const MOST: u64 = 1 << 20;

pub(super) struct LogFile {
    path: PathBuf,
    /// Nothing while it cannot be opened; each line tries again.
    file: Option<File>,
}

impl LogFile {
    /// Makes the directory where there is none. An error is a clause without the program's own words.
    pub fn open(dir: &Path) -> Result<LogFile, String> {
        closed::make_dir(dir)
            .map_err(|error| format!("could not make {}: {}", dir.display(), reason(&error)))?;
        let path = dir.join(NAME);
        let file =
            open(&path).map_err(|error| format!("could not open {}: {}", path.display(), reason(&error)))?;
        Ok(LogFile { path, file: Some(file) })
    }

    /// Appends a line; where the disk takes nothing it is lost.
    pub fn write(&mut self, line: &str) {
        let full = |file: &File| file.metadata().is_ok_and(|now| now.len() + line.len() as u64 > MOST);
        if self.file.as_ref().is_some_and(full) {
            self.turn();
        }
        if self.file.is_none() {
            self.file = open(&self.path).ok();
        }
        if let Some(file) = &mut self.file
            && file.write_all(line.as_bytes()).is_err()
        {
            self.file = None;
        }
    }

    /// Begins a new file. Where another process did so already, its file is taken.
    fn turn(&mut self) {
        let Some(file) = self.file.take() else { return };
        let same =
            matches!((file.metadata(), fs::symlink_metadata(&self.path)), (Ok(a), Ok(b)) if is_same(&a, &b));
        if same {
            let _ = fs::rename(&self.path, self.path.with_file_name(OLDER));
        }
    }
}

/// Opens a file for appending, and makes it where there is none; never one that is a link or belongs to another user.
fn open(path: &Path) -> std::io::Result<File> {
    match closed::create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        made => drop(made?),
    }
    let found = fs::symlink_metadata(path)?;
    if !found.is_file() {
        return Err(std::io::Error::other("it is not a regular file"));
    }
    let mut options = File::options();
    options.append(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    let file = options.open(path)?;
    close_to_others(&file)?;
    Ok(file)
}

#[cfg(unix)]
fn close_to_others(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let found = file.metadata()?;
    if !found.is_file() || found.uid() != rustix::process::geteuid().as_raw() {
        return Err(std::io::Error::other("it belongs to another user"));
    }
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn close_to_others(_: &File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn it_is_for_the_user_alone_and_of_bounded_length() {
        let dir = tempfile::tempdir().unwrap();
        let state = dir.path().join("state");
        let (mut one, mut other) = (LogFile::open(&state).unwrap(), LogFile::open(&state).unwrap());
        let line = format!("{}\n", "x".repeat(99_999));
        for turn in 0..40 {
            if turn % 2 == 0 { one.write(&line) } else { other.write(&line) }
        }
        let files: Vec<_> = fs::read_dir(&state).unwrap().map(|entry| entry.unwrap()).collect();
        assert_eq!(files.len(), 2);
        for file in files {
            let found = file.metadata().unwrap();
            assert!(found.len() > 100_000 && found.len() <= MOST, "{:?}: {}", file.path(), found.len());
            assert_eq!(found.permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::read_to_string(file.path()).unwrap().replace(&line, ""), "");
        }
        assert_eq!(fs::metadata(&state).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn links_and_what_is_no_file_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("target");
        fs::write(&target, "").unwrap();
        std::os::unix::fs::symlink(&target, dir.path().join(NAME)).unwrap();
        let refused = |dir: &Path| LogFile::open(dir).err().unwrap();
        assert!(refused(dir.path()).contains("could not open"));
        assert_eq!(fs::read_to_string(target).unwrap(), "");
        fs::remove_file(dir.path().join(NAME)).unwrap();
        fs::create_dir(dir.path().join(NAME)).unwrap();
        assert!(refused(dir.path()).contains("could not open"));
    }
}
