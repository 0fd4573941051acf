//! The configuration on the disk while it is written: whole or as it was, the target of a link, nobody else's.

use std::fs;
use std::path::Path;

use roomkey::config::{Change, Saved};
use roomkey::domain::literal::Literal;
use roomkey::error::{Error, Result};
use roomkey::ports::files::{Written, rewrite, write};

const FILE: &str = "# mine\n[profiles.front]\nprovider = \"whereby\"\napi_key = \"k\"\n";

fn change(name: &str) -> Change {
    let values = vec![("endDate".to_owned(), Literal::Text("in 1h".into()))];
    let preset = Saved { name: name.into(), profile: "front".into(), operation: "create".into(), values };
    Change::Save { preset, over: false }
}

fn save(path: &Path, name: &str) -> Result<()> {
    rewrite(path, &mut |text| change(name).apply(text, "c.toml"))
}

fn names(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    fs::write(&path, FILE).unwrap();
    save(&path, "a").unwrap();
    save(&path, "b").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with(FILE) && text.contains("[presets.a]") && text.contains("[presets.b]"), "{text}");
    assert_eq!(names(dir.path()), ["config.toml"]);
}

#[test]
fn a_file_that_changes_meanwhile_is_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    fs::write(&path, FILE).unwrap();
    let error = rewrite(&path, &mut |text| {
        fs::write(&path, "# from the editor\n").unwrap();
        change("a").apply(text, "c.toml")
    });
    assert!(error.unwrap_err().to_string().contains("has changed meanwhile"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "# from the editor\n");
    assert_eq!(names(dir.path()), ["config.toml"]);
}

#[test]
fn an_edit_that_fails_leaves_the_file_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    for broken in ["a = [", "\u{0}"] {
        fs::write(&path, broken).unwrap();
        assert!(save(&path, "a").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    let huge = rewrite(&path, &mut |_| Ok("#".repeat(2 << 20)));
    assert!(huge.unwrap_err().to_string().contains("larger than 1024 KiB"));
    let failed = rewrite(&path, &mut |_| Err(Error::config("no")));
    assert_eq!(failed.unwrap_err().message(), "no");
    assert!(rewrite(&dir.path().join("none"), &mut |text| Ok(text.into())).is_err());
    assert_eq!(names(dir.path()), ["config.toml"]);
}

#[test]
fn what_is_written_anew_replaces_only_knowingly() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("people.csv");
    assert_eq!(write(&path, b"one", false).unwrap(), Written::Done);
    assert_eq!(write(&path, b"two", false).unwrap(), Written::Exists);
    assert_eq!(fs::read(&path).unwrap(), b"one");
    assert_eq!(write(&path, b"two", true).unwrap(), Written::Done);
    assert_eq!(fs::read(&path).unwrap(), b"two");
    fs::create_dir(dir.path().join("dir")).unwrap();
    assert!(write(&dir.path().join("dir"), b"x", true).is_err());
    assert!(write(&dir.path().join("none").join("x"), b"x", false).is_err());
    assert_eq!(names(dir.path()), ["dir", "people.csv"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn the_target_of_a_link_is_replaced_and_the_link_stays() {
        let (dir, dotfiles) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (link, target) = (dir.path().join("config.toml"), dotfiles.path().join("roomkey.toml"));
        fs::write(&target, FILE).unwrap();
        symlink(&target, &link).unwrap();
        save(&link, "a").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::read_to_string(&target).unwrap().contains("[presets.a]"));
        assert_eq!(names(dotfiles.path()), ["roomkey.toml"]);
    }

    #[test]
    fn modes_stay_and_new_files_are_the_users_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        for wanted in [0o600, 0o640, 0o644] {
            fs::write(&path, FILE).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
            save(&path, "a").unwrap();
            assert_eq!(mode(&path), wanted);
        }
        let fresh = dir.path().join("fresh");
        write(&fresh, b"x", false).unwrap();
        assert_eq!(mode(&fresh), 0o600);
        fs::set_permissions(&fresh, fs::Permissions::from_mode(0o666)).unwrap();
        write(&fresh, b"y", true).unwrap();
        assert_eq!(mode(&fresh), 0o600);
    }

    #[test]
    fn a_planted_link_is_neither_followed_nor_taken_for_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (link, target) = (dir.path().join("out.csv"), dir.path().join("target"));
        symlink(&target, &link).unwrap();
        assert_eq!(write(&link, b"x", false).unwrap(), Written::Exists);
        assert_eq!(write(&link, b"x", true).unwrap(), Written::Done);
        assert!(!target.exists() && !fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn two_runs_that_save_at_once_lose_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        fs::write(&path, FILE).unwrap();
        std::thread::scope(|scope| {
            for run in 0..4 {
                let path = &path;
                scope.spawn(move || (0..5).for_each(|n| save(path, &format!("p{run}-{n}")).unwrap()));
            }
        });
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches("[presets.p").count(), 20);
        assert!(text.starts_with(FILE));
    }
}
