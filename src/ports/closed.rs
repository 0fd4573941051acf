//! Directories and files for the user alone: closed to others from their first moment, whatever the umask.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Makes a directory and those above it, for the user alone.
pub fn make_dir(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    // Above a bare name is where the program stands.
    if let Some(above) = dir.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_dir(above)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(dir) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && dir.is_dir() => return Ok(()),
        made => made?,
    }
    close_to_others(dir, 0o700)
}

/// A new file for the user alone; an error where something is there already.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

/// Sets the mode of what is the user's own.
#[cfg(unix)]
pub(super) fn close_to_others(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(super) fn close_to_others(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_directory_and_those_above_it_are_made_and_closed() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("state/roomkey/runs");
        make_dir(&dir).unwrap();
        make_dir(&dir).unwrap();
        for made in [dir.as_path(), dir.parent().unwrap(), dir.ancestors().nth(2).unwrap()] {
            assert_eq!(fs::metadata(made).unwrap().permissions().mode() & 0o777, 0o700, "{}", made.display());
        }
        fs::write(home.path().join("file"), "").unwrap();
        assert!(make_dir(&home.path().join("file/below")).is_err());
    }

    #[test]
    fn a_bare_name_is_made_where_the_program_stands() {
        let home = tempfile::tempdir_in(".").unwrap();
        let name = Path::new(home.path().file_name().unwrap()).to_owned();
        home.close().unwrap();
        make_dir(&name).unwrap();
        assert!(name.is_dir());
        fs::remove_dir(&name).unwrap();
    }
}
