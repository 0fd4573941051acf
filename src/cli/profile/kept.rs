//! Where the secrets of a new profile are kept: an entry of the keyring, a file of their own beside the configuration,
//! or a variable the user sets. What was put somewhere is taken away again unless the profile came to be.

use std::path::{Path, PathBuf};

use crate::domain::secret::{Secret, SecretSource};
use crate::error::{Error, Kind, Result};
use crate::ports::files::{self, Written};
use crate::ports::{keyring, paths};

/// Places that are tried before it is given up.
const TRIES: usize = 100;

/// A secret and the place that was chosen for it.
pub(super) enum Kept {
    /// The program never sees it.
    Variable(String),
    File(PathBuf, Secret),
    Keyring(String, Secret),
}

impl Kept {
    /// A file in this directory that nothing has the name of yet.
    pub fn in_file(dir: &Path, profile: &str, key: &str, secret: Secret) -> Result<Kept> {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
        let stem: String =
            format!("{profile}.{key}").chars().map(|c| if c == '.' { c } else { plain(c) }).collect();
        let stem = stem.trim_start_matches('.').to_owned();
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        let free = numbered(&stem).map(|name| dir.join(name)).find(|path| paths::lies(path).is_none());
        free.map(|path| Kept::File(path, secret)).ok_or_else(no_place)
    }

    /// An entry of the keyring that is not there yet.
    pub fn in_keyring(profile: &str, key: &str, secret: Secret) -> Result<Kept> {
        let free = numbered(&format!("{profile} {key}")).find(|name| keyring::has(name) == Some(false));
        free.map(|name| Kept::Keyring(name, secret)).ok_or_else(no_place)
    }

    /// How the configuration names the place.
    pub fn source(&self) -> SecretSource {
        match self {
            Kept::Variable(name) => SecretSource::Env(name.clone()),
            Kept::File(path, _) => SecretSource::File(path.display().to_string()),
            Kept::Keyring(account, _) => SecretSource::Keyring(account.clone()),
        }
    }

    /// How a test gets at it before it is anywhere.
    pub fn at_hand(&self) -> SecretSource {
        match self {
            Kept::Variable(name) => SecretSource::Env(name.clone()),
            Kept::File(_, secret) | Kept::Keyring(_, secret) => SecretSource::Inline(secret.clone()),
        }
    }

    /// Puts it there.
    pub fn put(&self) -> Result<()> {
        match self {
            Kept::Variable(_) => Ok(()),
            Kept::File(path, secret) => match files::write(path, secret.expose().as_bytes(), false)? {
                Written::Done => Ok(()),
                Written::Exists => Err(no_place()),
            },
            Kept::Keyring(account, secret) => {
                keyring::write(account, secret).map_err(|why| Error::new(Kind::Storage, why))
            }
        }
    }

    /// Takes it away again, as far as that can be done.
    pub fn take_back(&self) {
        match self {
            Kept::Variable(_) => {}
            Kept::File(path, _) => files::take_back(path),
            Kept::Keyring(account, _) => drop(keyring::remove(account)),
        }
    }
}

fn numbered(name: &str) -> impl Iterator<Item = String> {
    (1..=TRIES).map(move |number| if number == 1 { name.to_owned() } else { format!("{name}-{number}") })
}

fn no_place() -> Error {
    Error::new(Kind::Storage, "there is no free place for the key").hint("choose another way to keep it")
}
