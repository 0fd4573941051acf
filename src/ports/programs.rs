//! Programs of this machine, looked for and never started.

use std::path::{Path, PathBuf};

use super::paths::Lookup;

/// Where a program of this name would be started from; a name with a slash is looked at as it is.
pub fn find(name: &str, env: Lookup<'_>) -> Option<PathBuf> {
    if name.is_empty() {
        return None;
    }
    if name.contains(std::path::MAIN_SEPARATOR) {
        return Some(PathBuf::from(name)).filter(|path| can_run(path));
    }
    let path = env("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|path| can_run(path))
}

#[cfg(unix)]
fn can_run(path: &Path) -> bool {
    path.is_file() && rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn can_run(path: &Path) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_where_it_can_be_started() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tool");
        std::fs::write(&file, "").unwrap();
        let here = folder.path().to_owned();
        let env = move |name: &str| (name == "PATH").then(|| here.clone().into_os_string());
        assert_eq!(find("tool", &env), None, "it cannot be started");
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        assert_eq!(find("tool", &env).as_deref(), Some(file.as_path()));
        assert_eq!(find(&file.display().to_string(), &env).as_deref(), Some(file.as_path()));
        assert_eq!(find("other", &env), None);
        assert_eq!(find("", &env), None);
    }
}
