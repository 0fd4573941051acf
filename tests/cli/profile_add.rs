//! `profile add`: the questions in a real terminal, the key tested with a real sandbox, and what is written of it all.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::pty::Pty;
use crate::skipped::skipped;
use crate::stage::{Stage, finish};

const SIZE: (u16, u16) = (140, 40);
/// In place of an answer, where something is only said.
const SEEN: &str = "\0";
const OLD: &str = "# mine\nagent = \"Ada\"   # stays\n";

fn setting(stage: &Stage, provider: &str, key: &str) -> String {
    stage.sandbox.settings(provider).into_iter().find(|(name, _)| name == key).unwrap().1
}

/// `profile add` on a configuration with this text; none where it is empty.
fn add(config: &str, name: &str, before: &str) -> Pty {
    let script = r#"if [ -n "$1" ]; then mkdir "$HOME/roomkey"; printf '%s' "$1" > "$HOME/roomkey/config.toml"
        chmod 640 "$HOME/roomkey/config.toml"; fi; export DBUS_SESSION_BUS_ADDRESS=none; BEFORE
        exec "$0" profile add $2"#;
    let script = script.replace("BEFORE", before);
    Pty::run(SIZE, &["sh", "-c", &script, env!("CARGO_BIN_EXE_roomkey"), config, name])
}

/// Answers one question after the other; each must be asked.
fn answer(pty: &mut Pty, answers: &[(&str, &str)]) {
    for (question, answer) in answers {
        pty.until_shown(&[question]);
        if *answer != SEEN {
            pty.keys(answer);
            pty.keys("\r");
        }
    }
}

fn dir(pty: &Pty) -> PathBuf {
    pty.home().join("roomkey")
}

fn names(dir: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_profile_with_its_key_in_a_file_works_at_once() {
    let stage = Stage::new();
    let (url, key) = (setting(&stage, "whereby", "base_url"), setting(&stage, "whereby", "api_key"));
    for (config, files) in [(OLD, 2), ("", 2)] {
        let mut pty = add(config, "", "");
        answer(
            &mut pty,
            &[
                ("Provider, by number or name:", "whereby"),
                ("Name of the profile [whereby]:", "eu 1"),
                ("base_url [https://api.whereby.dev/v1]:", &url),
                ("Where shall api_key be kept? (f in a file of its own, for you alone, e in an", "f"),
                ("api_key (it is not shown):", &key),
                ("the key works (answered 200 in ", SEEN),
                ("Write this into", "y"),
            ],
        );
        assert_eq!(pty.exit_code(), 0, "{}", pty.screen());
        assert!(pty.shows("[profiles.\"eu 1\"]") && pty.shows("api_key = { file = "), "{}", pty.screen());
        assert!(!pty.written().contains(&key), "a key that is typed is not shown");
        let file = dir(&pty).join("config.toml");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(config) && !text.contains(&key), "{text}");
        assert_eq!(mode(&file), if config.is_empty() { 0o600 } else { 0o640 });
        assert_eq!(names(&dir(&pty)).len(), files, "{:?}", names(&dir(&pty)));
        assert_eq!(mode(&dir(&pty).join("eu_1.api_key")), 0o600);
        let run = |arguments: &[&str]| finish(stage.command().arg("--config").arg(&file).args(arguments));
        assert_eq!(run(&["config", "check"]).code, 0, "{text}");
        assert_eq!(run(&["profile", "test", "eu 1"]).code, 0, "{text}");
    }
    assert_eq!(stage.sandbox.created("whereby"), 0);
}

#[test]
fn a_key_that_is_refused_can_be_typed_again() {
    let stage = Stage::new();
    let (url, key) = (setting(&stage, "whereby", "base_url"), setting(&stage, "whereby", "api_key"));
    let mut pty = add(OLD, "eu", "");
    answer(
        &mut pty,
        &[
            ("Provider,", "whereby"),
            ("base_url [https://api.whereby.dev/v1]:", "http://api.whereby.dev"),
            ("not encrypted", &url),
            ("Where shall api_key be kept?", "f"),
            ("api_key (it is not shown):", "canary of a key"),
            ("Whereby refused the API key", "t"),
        ],
    );
    pty.forget();
    pty.until("the question again", |pty| pty.written().contains("Where shall api_key be kept?"));
    pty.keys("f\r");
    pty.until("the key again", |pty| pty.written().contains("api_key (it is not shown):"));
    // What was typed can be rubbed out, unseen as it is.
    pty.keys(&format!("xx\u{7f}\u{7f}wrong\u{15}{key}\r"));
    answer(&mut pty, &[("the key works", SEEN), ("Write this into", "n")]);
    assert_eq!(pty.exit_code(), 0, "{}", pty.screen());
    assert!(pty.shows("nothing was changed") && !pty.written().contains(&key), "{}", pty.screen());
    assert!(!pty.screen().contains("canary"), "{}", pty.screen());
    assert_eq!(fs::read_to_string(dir(&pty).join("config.toml")).unwrap(), OLD);
    assert_eq!(names(&dir(&pty)), ["config.toml"]);
}

#[test]
fn whoever_leaves_the_questions_has_changed_nothing_and_has_the_terminal_back() {
    let before = [("Provider,", "whereby"), ("base_url [", "")];
    let until_key = [("Where shall api_key be kept?", "f")];
    for (answers, at, key, code) in [
        (&before[..0], "Provider,", "\x03", 130),
        (&before[..0], "Provider,", "\x04", 0),
        (&before[..], "Where shall", "\x03", 130),
        (&until_key[..], "(it is not shown):", "\x03", 130),
        (&until_key[..], "(it is not shown):", "\x04", 0),
    ] {
        let mut pty = add(OLD, "eu", "");
        if answers.len() == 1 {
            answer(&mut pty, &before);
        }
        answer(&mut pty, answers);
        pty.until_shown(&[at]);
        pty.keys(key);
        assert_eq!(pty.exit_code(), code, "{at}: {}", pty.screen());
        assert!(pty.shows("nothing was changed"), "{at}: {}", pty.screen());
        pty.assert_line_given_back();
        assert_eq!(names(&dir(&pty)), ["config.toml"]);
    }
}

#[test]
fn a_variable_is_only_named_and_what_cannot_be_tested_is_said() {
    let mut pty = add("", "desk", "");
    answer(
        &mut pty,
        &[
            ("Provider,", "nobody"),
            ("there is no such provider", "bunch"),
            ("base_url [", ""),
            ("auth [bearer]:", "x-api-key"),
            ("Where shall api_key be kept?", "e"),
            ("Name of the variable [DESK_API_KEY]:", "sk-live-1"),
            ("made of letters, digits and `_`", ""),
            ("Where shall session_cookie be kept?", "s"),
            ("Bunch has no call that only tests a key, so it is not tested", SEEN),
            ("Write this into", "y"),
        ],
    );
    assert_eq!(pty.exit_code(), 0, "{}", pty.screen());
    let text = fs::read_to_string(dir(&pty).join("config.toml")).unwrap();
    let wanted =
        "[profiles.desk]\nprovider = \"bunch\"\nauth = \"x-api-key\"\napi_key = { env = \"DESK_API_KEY\" }\n";
    assert_eq!((text.as_str(), mode(&dir(&pty).join("config.toml"))), (wanted, 0o600));
    assert_eq!(names(&dir(&pty)), ["config.toml"]);
}

#[test]
fn without_a_terminal_it_says_what_to_write_instead() {
    let stage = Stage::new();
    let before = fs::read_to_string(stage.config()).unwrap();
    stage.run(&["profile", "add", "x"]).failed(2, "there is none: write [profiles.NAME]");
    stage.run(&["profile", "add", "x", "--api-key=canary"]).failed(2, "keys are never arguments");
    assert_eq!(fs::read_to_string(stage.config()).unwrap(), before);
}

#[test]
fn a_real_keyring_keeps_the_key() {
    for program in ["dbus-run-session", "gnome-keyring-daemon", "secret-tool"] {
        let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
        if !found.is_ok_and(|output| output.status.success()) {
            skipped(&format!("{program} is not installed"));
            return;
        }
    }
    let stage = Stage::new();
    let (url, key) = (setting(&stage, "whereby", "base_url"), setting(&stage, "whereby", "api_key"));
    let script = r#"printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        "$0" profile add eu && secret-tool lookup service roomkey username "eu api_key" > "$HOME/kept" &&
        "$0" profile test eu"#;
    let argv = ["dbus-run-session", "--", "sh", "-c", script, env!("CARGO_BIN_EXE_roomkey")];
    let mut pty = Pty::run(SIZE, &argv);
    answer(
        &mut pty,
        &[
            ("Provider,", "whereby"),
            ("base_url [", &url),
            ("Where shall api_key be kept? (k in the keyring,", "k"),
            ("api_key (it is not shown):", &key),
            ("the key works", SEEN),
            ("Write this into", "y"),
            ("eu: the key works", SEEN),
        ],
    );
    assert_eq!(pty.exit_code(), 0, "{}", pty.screen());
    assert_eq!(fs::read_to_string(pty.home().join("kept")).unwrap(), key);
    assert!(!pty.written().contains(&key), "{}", pty.screen());
    let text = fs::read_to_string(dir(&pty).join("config.toml")).unwrap();
    assert!(text.contains("api_key = { keyring = \"eu api_key\" }"), "{text}");
}
