//! Where files are looked for, and how what is no plain text file is refused.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use roomkey::error::Kind;
use roomkey::ports::paths::{self, Places};

fn env(pairs: &[(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
    let pairs: Vec<(String, OsString)> =
        pairs.iter().map(|(name, value)| ((*name).into(), value.into())).collect();
    move |name| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

fn places(flag: Option<&str>, pairs: &[(&str, &str)]) -> Places {
    paths::places(flag.map(Path::new), &env(pairs)).unwrap()
}

#[cfg(unix)]
#[test]
fn the_flag_wins_then_the_variable_then_the_system() {
    let xdg = [("XDG_CONFIG_HOME", "/xc"), ("XDG_STATE_HOME", "/xs")];
    let usual = places(None, &xdg);
    assert_eq!((usual.config.as_path(), usual.named), (Path::new("/xc/roomkey/config.toml"), false));
    assert_eq!(usual.config_dir, Path::new("/xc/roomkey"));
    assert_eq!(usual.state_dir, Path::new("/xs/roomkey"));
    let variable = places(None, &[xdg[0], xdg[1], ("ROOMKEY_CONFIG", "team.toml")]);
    assert_eq!((variable.config.as_path(), variable.named), (Path::new("team.toml"), true));
    let flag = places(Some("/f.toml"), &[("ROOMKEY_CONFIG", "team.toml"), xdg[1]]);
    assert_eq!((flag.config.as_path(), flag.named), (Path::new("/f.toml"), true));
    assert!(!places(None, &[xdg[0], xdg[1], ("ROOMKEY_CONFIG", "")]).named);
    let relative = places(None, &[("XDG_CONFIG_HOME", "rel"), ("XDG_STATE_HOME", "rel")]);
    assert!(relative.config.is_absolute() && relative.state_dir.is_absolute(), "{relative:?}");
}

fn named(path: &Path) -> Places {
    paths::places(Some(path), &env(&[])).unwrap()
}

fn refused(path: &Path) -> String {
    let error = paths::read_config(&named(path)).unwrap_err();
    assert_eq!(error.kind, Kind::Config);
    error.to_string().replace(&path.display().to_string(), "FILE")
}

#[test]
fn a_missing_file_is_an_error_only_when_it_was_named() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("none.toml");
    assert_eq!(refused(&missing), "there is no file FILE: check the path");
    let unnamed = Places { named: false, ..named(&missing) };
    assert_eq!(paths::read_config(&unnamed).unwrap(), None);
    assert!(paths::read_text(Path::new("~/x.toml")).unwrap_err().to_string().contains("without `~`"));
}

#[test]
fn text_is_read_with_the_place_of_bad_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("c.toml");
    std::fs::write(&path, "a = 1\n").unwrap();
    assert_eq!(paths::read_config(&named(&path)).unwrap().unwrap().text, "a = 1\n");
    std::fs::write(&path, b"a = 1\nb = '\xFF'\n").unwrap();
    assert_eq!(refused(&path), "FILE is not UTF-8 at byte 11: save it as UTF-8");
    std::fs::write(&path, b"\xFF\xFEa\0").unwrap();
    assert_eq!(refused(&path), "FILE is not UTF-8 at byte 0: it looks like UTF-16: save it as UTF-8");
    std::fs::write(&path, vec![b'#'; paths::MOST]).unwrap();
    assert_eq!(paths::read_config(&named(&path)).unwrap().unwrap().text.len(), paths::MOST);
    std::fs::write(&path, vec![b'#'; paths::MOST + 1]).unwrap();
    assert_eq!(refused(&path), "FILE is larger than 1024 KiB");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_by_its_type_and_never_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(refused(dir.path()), "FILE is a directory: name a file");
    let fifo = dir.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let socket = dir.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let zero = dir.path().join("zero");
    std::os::unix::fs::symlink("/dev/zero", &zero).unwrap();
    for path in [fifo, socket, zero] {
        assert_eq!(refused(&path), "FILE is not a regular file: name a file");
    }
}

#[cfg(unix)]
#[test]
fn modes_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("c.toml");
    std::fs::write(&path, "").unwrap();
    let link = dir.path().join("link.toml");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for (mode, read, write) in
        [(0o600, false, false), (0o640, true, false), (0o644, true, false), (0o666, true, true)]
    {
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        for name in [&path, &link] {
            let access = paths::read_text(name).unwrap().access;
            assert_eq!((access.others_can_read, access.others_can_write), (read, write), "{mode:o}");
        }
    }
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    std::fs::set_permissions(dir.path(), PermissionsExt::from_mode(0o777)).unwrap();
    assert!(
        paths::read_text(&path).unwrap().access.others_can_write,
        "whoever may write there may replace it"
    );
}

#[test]
fn included_paths_start_at_the_including_file() {
    let env = env(&[("HOME", "/home/ada")]);
    let beside = |path| paths::beside(Path::new("/etc/rk/config.toml"), path, &env);
    assert_eq!(beside("team.toml"), PathBuf::from("/etc/rk/team.toml"));
    assert_eq!(beside("/x/team.toml"), PathBuf::from("/x/team.toml"));
    assert_eq!(beside("~/team.toml"), PathBuf::from("/home/ada/team.toml"));
}
