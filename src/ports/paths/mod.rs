//! Where the configuration and the state live, and how paths of the user's are meant; the environment is handed in.
//! `reading` reads the files, `state` knows how something lies there and whether it has changed.

mod reading;
mod state;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

use reading::is_missing;
pub use reading::{Access, MOST, TextFile, read_text};
pub(crate) use reading::{read_bytes, reason};
pub use state::{Lies, Stamp, lies, stamp};

/// Looks up a variable of the environment.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The environment of this process; handed in from the top of the program.
#[allow(clippy::disallowed_methods, reason = "the one place that asks for it")]
pub fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

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
