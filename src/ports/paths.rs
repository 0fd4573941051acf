//! Where the configuration and the state live, and how a file of the user's is read: without ever blocking on
//! something that is no file, within bounds, and with the facts about who else may read or write it. Whether those
//! facts matter is for the callers to say; the environment is handed in.

use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Looks up a variable of the environment.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The environment of this process; handed in from the top of the program.
#[allow(clippy::disallowed_methods, reason = "the one place that asks for it")]
pub fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Largest configuration file, in bytes.
pub const MOST: usize = 1 << 20;

/// Where this program keeps its things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The configuration file, whether it exists or not.
    pub config: PathBuf,
    /// The user named it, so it must exist.
    pub named: bool,
    /// The directory of that file; the user's provider pages lie in `providers` below it.
    pub config_dir: PathBuf,
    pub state_dir: PathBuf,
}

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

/// Finds the places: `--config`, else `ROOMKEY_CONFIG`, else the directories of the system. An absolute
/// `XDG_CONFIG_HOME` or `XDG_STATE_HOME` wins on every system.
pub fn places(flag: Option<&Path>, env: Lookup<'_>) -> Result<Places> {
    let given = flag.map(Path::to_owned);
    let given = given.or_else(|| env("ROOMKEY_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from));
    let system = directories::ProjectDirs::from("", "", "roomkey");
    let xdg = |name: &str| {
        let path = env(name).map(PathBuf::from).filter(|path| path.is_absolute())?;
        Some(path.join("roomkey"))
    };
    let no_home = || {
        Error::config("could not find the home directory")
            .hint("set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME")
    };
    let state_dir = xdg("XDG_STATE_HOME")
        .or_else(|| system.as_ref().map(|dirs| dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned()))
        .ok_or_else(no_home)?;
    let usual = xdg("XDG_CONFIG_HOME").or_else(|| system.as_ref().map(|dirs| dirs.config_dir().to_owned()));
    let named = given.is_some();
    let config = match given {
        Some(path) => path,
        None => usual.ok_or_else(no_home)?.join("config.toml"),
    };
    let config_dir = config.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Places { config, named, config_dir, state_dir })
}

/// Reads the configuration; nothing where there is none and none was asked for by name.
pub fn read_config(places: &Places) -> Result<Option<TextFile>> {
    if !places.named && std::fs::symlink_metadata(&places.config).is_err_and(|e| is_missing(&e)) {
        return Ok(None);
    }
    read_text(&places.config).map(Some)
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

/// The path of an included file: `~` is the home directory, relative paths start at the including file.
pub fn beside(file: &Path, path: &str, env: Lookup<'_>) -> PathBuf {
    let path = with_home(path, env);
    if path.is_absolute() { path } else { file.parent().unwrap_or(Path::new("")).join(path) }
}

/// A leading `~/` replaced by the home directory.
pub fn with_home(path: &str, env: Lookup<'_>) -> PathBuf {
    let Some(rest) = path.strip_prefix("~/") else { return PathBuf::from(path) };
    let home = env("HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    let home = home.or_else(|| directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()));
    home.map_or_else(|| PathBuf::from(path), |home| home.join(rest))
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

fn is_missing(error: &std::io::Error) -> bool {
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
