//! How something lies there, without reading it: its mode, and what tells that it has changed.

use std::fs::Metadata;
use std::path::Path;

/// A directory, or a file, as it lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lies {
    /// The permission bits; nothing on systems without.
    pub mode: Option<u32>,
    /// This user may write to it.
    pub writable: bool,
}

/// How something lies there; nothing where it is not, or cannot be seen.
#[cfg(unix)]
pub fn lies(path: &Path) -> Option<Lies> {
    use std::os::unix::fs::MetadataExt;
    let mode = std::fs::metadata(path).ok()?.mode() & 0o777;
    let writable = rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok();
    Some(Lies { mode: Some(mode), writable })
}

#[cfg(not(unix))]
pub fn lies(path: &Path) -> Option<Lies> {
    let found = std::fs::metadata(path).ok()?;
    Some(Lies { mode: None, writable: !found.permissions().readonly() })
}

/// What tells one state of a file from another: when it was written, its length, and which file it is. A file that is
/// not there is a state as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(Option<(std::time::SystemTime, u64, u64)>);

/// The state of a file, whatever a link leads to.
pub fn stamp(path: &Path) -> Stamp {
    let facts = |file: Metadata| Some((file.modified().ok()?, file.len(), number(&file)));
    Stamp(std::fs::metadata(path).ok().and_then(facts))
}

#[cfg(unix)]
fn number(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
