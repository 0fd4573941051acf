//! Files for the user, put where downloads go. Nothing that is there is ever replaced.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};

/// Names tried for one file.
const NAMES: u32 = 100;

/// Saves a text under this name, or one with a number where that is taken. Only the user can read it.
pub fn save(name: &str, text: &str) -> Result<PathBuf> {
    let places = directories::UserDirs::new()
        .ok_or_else(|| Error::new(Kind::Other, "could not find the home directory"))?;
    let folder = places.download_dir().filter(|folder| folder.is_dir()).unwrap_or(places.home_dir());
    save_in(folder, name, text)
}

fn save_in(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    for number in 1..=NAMES {
        let numbered =
            if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
        let path = folder.join(numbered);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path).and_then(|mut file| file.write_all(text.as_bytes())) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                let message = format!("could not save {}: {}", path.display(), error.kind());
                return Err(Error::new(Kind::Other, message));
            }
        }
    }
    Err(Error::new(Kind::Other, format!("could not save {name}: there are too many of that name")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["a.ics", "a-2.ics", "a-3.ics"];
        for name in names {
            assert_eq!(save_in(folder.path(), "a.ics", name).unwrap(), folder.path().join(name));
        }
        for name in names {
            assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), name.as_bytes());
        }
        assert!(save_in(&folder.path().join("no"), "a.ics", "x").is_err());
    }
}
