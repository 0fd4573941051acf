//! `doctor`: facts about a machine and a configuration that can be shown to everybody.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;

use crate::stage::{Ran, Stage, finish};

/// Everything that must never be seen.
const CANARIES: [&str; 7] = [
    "CANARY_inline",
    "CANARY_of_env",
    "CANARY_in_file",
    "CANARY_printed",
    "CANARY-room",
    "canary@example.com",
    "CANARY_variable",
];

/// A stage whose configuration has a secret of every kind, and the directory of its helpers.
fn canaries() -> Stage {
    let stage = Stage::new();
    let file = stage.home().join("key");
    std::fs::write(&file, "CANARY_in_file_123456\n").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let ran = stage.home().join("command-ran");
    let command = format!("{{ command = ['sh', '-c', 'touch {}; echo CANARY_printed_1'] }}", ran.display());
    let whereby = "[profiles.\"canary@example.com\"]\nprovider = \"whereby\"\n\
                   base_url = \"https://user:CANARY_inline_url@api.whereby.dev/v1\"\n\
                   api_key = \"CANARY_inline_1\"\n[profiles.\"canary@example.com\".defaults]\n\
                   roomNamePrefix = \"CANARY-room\"\n";
    let other = format!(
        "[profiles.a]\nprovider = \"whereby\"\napi_key = {{ env = \"CANARY_variable\" }}\n\
         [profiles.b]\nprovider = \"joinme\"\naccess_token = {command}\n\
         [profiles.c]\nprovider = \"bunch\"\napi_key = {{ file = '{}' }}\n",
        file.display()
    );
    stage.configure(&format!("{other}{whereby}"));
    stage
}

fn doctor(stage: &Stage, arguments: &[&str], env: &[(&str, &str)]) -> Ran {
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).arg("doctor").args(arguments);
    command.env("PATH", "/usr/bin:/bin").envs(env.iter().copied());
    finish(&mut command)
}

#[track_caller]
fn fact(json: &Value, name: &str) -> (String, String) {
    let facts = json["facts"].as_array().unwrap();
    let found = facts.iter().find(|fact| fact["name"] == name).unwrap_or_else(|| panic!("{name}: {json:#}"));
    (found["word"].as_str().unwrap().to_owned(), found["says"].as_str().unwrap().to_owned())
}

fn command_ran(stage: &Stage) -> PathBuf {
    stage.home().join("command-ran")
}

#[test]
fn it_shows_no_key_no_name_and_no_home() {
    let stage = canaries();
    for set in [&[("CANARY_variable", "CANARY_of_env_1")][..], &[]] {
        for arguments in [&[][..], &["--json"], &["--run"], &["--run", "--json"]] {
            let ran = doctor(&stage, arguments, set);
            for canary in CANARIES {
                assert!(!ran.out.contains(canary) && !ran.err.contains(canary), "{canary} in {ran:#?}");
            }
            let home = stage.home().display().to_string();
            assert!(!ran.out.contains(&home), "{ran:#?}");
            assert!(!ran.out.contains("https://"), "{ran:#?}");
        }
    }
}

#[test]
fn a_command_is_run_only_where_that_is_asked_for() {
    let stage = canaries();
    let set = [("CANARY_variable", "CANARY_of_env_1")];
    let json = doctor(&stage, &["--json"], &set).json();
    assert_eq!(fact(&json, "b access_token").1, "from a command, which was not run; --run does");
    assert!(!command_ran(&stage).exists());
    let json = doctor(&stage, &["--json", "--run"], &set).json();
    assert_eq!(fact(&json, "b access_token"), ("ok".into(), "from a command: there".into()));
    assert!(command_ran(&stage).exists());
}

#[test]
fn a_secret_that_is_not_there_is_a_problem_of_the_configuration() {
    let stage = canaries();
    let good = doctor(&stage, &["--json"], &[("CANARY_variable", "CANARY_of_env_1")]);
    assert_eq!(fact(&good.json(), "a api_key"), ("ok".into(), "from the environment: there".into()));
    let bad = doctor(&stage, &["--json"], &[]);
    let (word, says) = fact(&bad.json(), "a api_key");
    assert_eq!((word.as_str(), bad.code), ("problem", 3), "{bad:?}");
    assert!(says.contains("… is not set"), "what is not written as variables are may be the key: {says}");
    let file = stage.home().join("config.toml");
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, written.replace("CANARY_variable", "ACME_API_KEY")).unwrap();
    let usual = fact(&doctor(&stage, &["--json"], &[]).json(), "a api_key").1;
    assert!(usual.contains("ACME_API_KEY is not set"), "{usual}");
    assert_eq!(fact(&bad.json(), "c api_key").1, "from a file: there");
}

#[test]
fn a_sound_place_ends_with_0_and_says_what_there_is() {
    let stage = Stage::new();
    let made = stage.run(&["create", "-p", "whereby", "endDate=in 2h"]);
    assert_eq!(made.code, 0, "{made:?}");
    let ran = doctor(&stage, &["--json"], &[("TERM", "xterm"), ("LANG", "C.UTF-8")]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let json = ran.json();
    assert_eq!((json["version"].as_i64(), ran.err.as_str()), (Some(1), ""));
    assert_eq!(fact(&json, "history"), ("ok".into(), "version 1, entries: 1".into()));
    assert_eq!(fact(&json, "integrity").1, "ok");
    assert_eq!(fact(&json, "other consoles").1, "none");
    assert_eq!(fact(&json, "problems").1, "none");
    assert_eq!(fact(&json, "whereby"), ("ok".into(), "whereby".into()));
    assert!(!ran.out.contains("127.0.0.1"), "no address is told: {json:#}");
    assert_eq!(fact(&json, "whereby api_key").1, "in the configuration: there");
    let page = doctor(&stage, &[], &[("TERM", "xterm"), ("LANG", "C.UTF-8")]);
    assert!(page.out.contains("\nhistory") || page.out.contains("ok       history"), "{}", page.out);
}

#[test]
fn it_changes_nothing() {
    let stage = Stage::new();
    stage.run(&["create", "-p", "whereby", "endDate=in 2h"]);
    let state = stage.home().join("state/roomkey");
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o755)).unwrap();
    let listed = || {
        let files = std::fs::read_dir(&state).unwrap().map(|entry| entry.unwrap());
        let mut files: Vec<_> =
            files.map(|file| (file.file_name(), file.metadata().unwrap().modified().unwrap())).collect();
        files.sort();
        files
    };
    let before = listed();
    let json = doctor(&stage, &["--json"], &[]).json();
    assert_eq!(listed(), before);
    assert_eq!(fact(&json, "directory").0, "note", "others can look into it");
    assert_eq!(std::fs::metadata(&state).unwrap().permissions().mode() & 0o777, 0o755);
}

#[test]
fn damage_is_a_problem_and_so_is_another_programs_file() {
    let stage = Stage::new();
    let state = stage.home().join("state/roomkey");
    std::fs::create_dir_all(&state).unwrap();
    std::fs::write(state.join("history.db"), "this is no database at all, whatever its name says").unwrap();
    let ran = doctor(&stage, &["--json"], &[]);
    assert_eq!(fact(&ran.json(), "history"), ("problem".into(), "the history is damaged".into()));
    assert_eq!(ran.code, 1);
    std::fs::write(state.join("history.db"), "").unwrap();
    let ran = doctor(&stage, &["--json"], &[]);
    assert_eq!(fact(&ran.json(), "history").1, "none yet", "somebody is just about to make it");
    let other = rusqlite::Connection::open(state.join("history.db")).unwrap();
    other.execute_batch("CREATE TABLE notes(text)").unwrap();
    drop(other);
    let ran = doctor(&stage, &["--json"], &[]);
    let told = ("problem".into(), "history.db belongs to another program".into());
    assert_eq!(fact(&ran.json(), "history"), told);
}

#[test]
fn a_broken_configuration_ends_with_3_and_the_rest_is_told_all_the_same() {
    let stage = Stage::new();
    stage.configure("[profiles.a\nkey = CANARY_inline");
    let ran = doctor(&stage, &["--json"], &[]);
    assert_eq!((ran.code, fact(&ran.json(), "problems").0), (3, "problem".into()), "{ran:?}");
    assert!(!ran.out.contains("CANARY"), "{ran:?}");
    fact(&ran.json(), "way");
    let missing = stage.run(&["--config", "/no/such/file", "doctor", "--json"]);
    assert_ne!(missing.code, 0, "{missing:?}");
    let mut command = stage.command();
    let none = finish(command.args(["doctor", "--json"]).env("LANG", "C.UTF-8").env("TERM", "xterm"));
    assert_eq!((none.code, fact(&none.json(), "file").0), (0, "note".into()), "{none:?}");
}

#[test]
fn the_way_to_the_clipboard_is_told_with_its_reason() {
    let stage = Stage::new();
    let way = |env: &[(&str, &str)]| fact(&doctor(&stage, &["--json"], env).json(), "way").1;
    assert_eq!(way(&[("SSH_TTY", "/dev/pts/9")]), "OSC 52: over ssh; cannot be confirmed");
    let local = way(&[("DISPLAY", ":99")]);
    assert_eq!(local, "the system's clipboard: the desktop of this machine can be reached");
    stage.configure(&format!(
        "clipboard = {{ command = ['no-such-program-here'] }}\n{}",
        stage.profile("whereby", &[])
    ));
    assert!(way(&[]).ends_with("that program is not there"));
}
