//! How a file of the user's is read: without ever blocking on something that is no file, within bounds, and with the
//! facts about who else may read or write it. Whether those facts matter is for the callers to say.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Largest configuration file, in bytes.
pub const MOST: usize = 1 << 20;

/// A text file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFile {
    /// Its path, as it was given.
    pub name: String,
    pub text: String,
    pub access: Access,
}

/// Who else can get at a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Its group or everybody may read it.
    pub others_can_read: bool,
    /// Its group or everybody may write or replace it, or it belongs to somebody else.
    pub others_can_write: bool,
}

/// Reads a text file of at most `MOST` bytes.
pub fn read_text(path: &Path) -> Result<TextFile> {
    let (bytes, metadata) = read_bytes(path, MOST)?;
    let name = path.display().to_string();
    let text = match String::from_utf8(bytes.to_vec()) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            drop(Zeroizing::new(error.into_bytes()));
            let utf16 = matches!(bytes.get(..2), Some([0xFF, 0xFE] | [0xFE, 0xFF]));
            let what = if utf16 { ": it looks like UTF-16" } else { "" };
            return Err(
                Error::config(format!("{name} is not UTF-8 at byte {at}{what}")).hint("save it as UTF-8")
            );
        }
    };
    Ok(TextFile { name, text, access: access(path, &metadata) })
}

/// Reads a regular file of at most `most` bytes. The buffer is zeroed when it is dropped.
pub(crate) fn read_bytes(path: &Path, most: usize) -> Result<(Zeroizing<Vec<u8>>, Metadata)> {
    let failed = |error: std::io::Error| unreadable(path, &error);
    regular(path, &std::fs::metadata(path).map_err(failed)?)?;
    refuse_foreign_link(path)?;
    let file = open(path).map_err(failed)?;
    // The name may have changed hands since; what was opened decides.
    let metadata = file.metadata().map_err(failed)?;
    regular(path, &metadata)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(most.min(metadata.len() as usize) + 1));
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > most {
        return Err(Error::config(format!("{} is larger than {} KiB", path.display(), most / 1024)));
    }
    Ok((bytes, metadata))
}

#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // A pipe that takes the file's place must not block the opening.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

fn regular(path: &Path, metadata: &Metadata) -> Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    let what = if metadata.is_dir() { "a directory" } else { "not a regular file" };
    Err(Error::config(format!("{} is {what}", path.display())).hint("name a file"))
}

pub(super) fn is_missing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let name = path.display();
    if !is_missing(error) {
        return Error::config(format!("could not read {name}: {}", reason(error)));
    }
    let hint = if path.starts_with("~") {
        "write the path without `~`, or without quotes in the shell"
    } else {
        "check the path"
    };
    Error::config(format!("there is no file {name}")).hint(hint)
}

/// The system's own words without its number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        other => other.to_string(),
    }
}

/// A link is followed only to a file of its own owner, or of the system: anybody can lay a file into /tmp.
#[cfg(unix)]
fn refuse_foreign_link(path: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let failed = |error: std::io::Error| unreadable(path, &error);
    let link = std::fs::symlink_metadata(path).map_err(failed)?;
    let target = std::fs::metadata(path).map_err(failed)?;
    if link.is_symlink() && !is_trusted_target(link.uid(), target.uid()) {
        let message = format!("{} is a link to a file of another user", path.display());
        return Err(Error::config(message).hint("copy the file, or name it itself"));
    }
    Ok(())
}

#[cfg(unix)]
fn is_trusted_target(link: u32, target: u32) -> bool {
    target == link || target == 0
}

#[cfg(not(unix))]
fn refuse_foreign_link(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(unix)]
fn access(path: &Path, file: &Metadata) -> Access {
    use std::os::unix::fs::MetadataExt;
    let me = rustix::process::geteuid().as_raw();
    // What a link points at lies in a directory of its own.
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let dir = real.parent().and_then(|dir| std::fs::metadata(dir).ok()).map(|dir| (dir.mode(), dir.uid()));
    judge(me, (file.mode(), file.uid()), dir)
}

/// Judges modes and owners of the file and of its directory.
#[cfg(unix)]
fn judge(me: u32, (mode, owner): (u32, u32), dir: Option<(u32, u32)>) -> Access {
    const STICKY: u32 = 0o1000;
    let stranger = |owner: u32| owner != me && owner != 0;
    // In a directory with the sticky bit only the owner can replace the file.
    let replaced =
        dir.is_some_and(|(mode, owner)| stranger(owner) || (mode & 0o022 != 0 && mode & STICKY == 0));
    Access {
        others_can_read: mode & 0o044 != 0,
        others_can_write: mode & 0o022 != 0 || stranger(owner) || replaced,
    }
}

#[cfg(not(unix))]
fn access(_: &Path, _: &Metadata) -> Access {
    Access::default()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn modes_and_owners() {
        let private = Some((0o40700, 1000));
        let judged = |file, dir| {
            let access = judge(1000, file, dir);
            (access.others_can_read, access.others_can_write)
        };
        assert_eq!(judged((0o100600, 1000), private), (false, false));
        assert_eq!(judged((0o100644, 1000), private), (true, false));
        assert_eq!(judged((0o100640, 1000), private), (true, false));
        assert_eq!(judged((0o100666, 1000), private), (true, true));
        assert_eq!(judged((0o100620, 1000), private), (false, true));
        assert_eq!(judged((0o100600, 1000), Some((0o40777, 1000))), (false, true));
        assert_eq!(judged((0o100600, 1000), Some((0o41777, 0))), (false, false));
        assert_eq!(judged((0o100600, 1001), private), (false, true));
        assert_eq!(judged((0o100644, 0), Some((0o40755, 0))), (true, false));
    }

    #[test]
    fn links_lead_to_files_of_their_owner_or_the_system() {
        assert!(is_trusted_target(1000, 1000));
        assert!(is_trusted_target(1000, 0));
        assert!(!is_trusted_target(1000, 1001));
    }
}
