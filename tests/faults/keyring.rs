//! Keys from the keyring of the system: every way in which there is none, and a real one where it is installed.

use std::os::unix::net::UnixListener;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::stage::{Ran, Stage, finish};
use crate::support::skipped::skipped;

/// A stage whose one profile has its key in the keyring.
fn stage() -> Stage {
    let stage = Stage::new();
    stage.configure(&stage.profile("whereby", &[("api_key", "{ keyring = \"support\" }")]));
    stage
}

fn key(stage: &Stage) -> String {
    stage.sandbox.settings("whereby").into_iter().find(|(name, _)| name == "api_key").unwrap().1
}

fn create(stage: &Stage, bus: &str) -> Ran {
    let mut command = stage.command();
    command.env("DBUS_SESSION_BUS_ADDRESS", bus).arg("--config").arg(stage.config());
    finish(command.args(["create", "endDate=in 2h"]))
}

#[test]
fn where_there_is_no_keyring_it_says_so() {
    let stage = stage();
    let nowhere = format!("unix:path={}", stage.home().join("bus").display());
    for bus in [nowhere.as_str(), "", "nonsense", "tcp:host=127.0.0.1,port=1"] {
        let ran = create(&stage, bus);
        ran.failed(3, "there is no keyring service to ask in this session");
        assert!(ran.err.contains("check api_key of profile whereby"), "{ran:?}");
    }
    assert!(stage.sandbox.requests().is_empty());
}

#[test]
fn a_keyring_that_says_nothing_is_not_waited_for_long() {
    let stage = stage();
    let path = stage.home().join("bus");
    let _silent = UnixListener::bind(&path).unwrap();
    let begun = Instant::now();
    create(&stage, &format!("unix:path={}", path.display())).failed(3, "gave no answer within 3 s");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// Runs the program after a script, in a session of its own. Its words go to files: services that the session starts
/// by itself write to the session's streams whenever they like.
fn in_session(stage: &Stage, script: &str) -> Ran {
    let command = stage.command();
    let mut session = Command::new("dbus-run-session");
    session.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    session.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("KEY", key(stage)).current_dir(stage.home());
    let script = format!("{script}; unset KEY; exec \"$0\" \"$@\" >said 2>told");
    session.args(["--", "sh", "-c", &script]).arg(command.get_program()).arg("--config").arg(stage.config());
    let ran = finish(session.args(["create", "endDate=in 2h"]).stdin(std::process::Stdio::null()));
    let [out, err] = ["said", "told"].map(|name| std::fs::read_to_string(stage.home().join(name)).unwrap());
    Ran { out, err, ..ran }
}

fn installed(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    found.is_ok_and(|output| output.status.success())
}

#[test]
fn a_real_keyring_gives_the_key_and_names_what_is_missing() {
    for program in ["dbus-run-session", "gnome-keyring-daemon", "secret-tool"] {
        if !installed(program) {
            skipped(&format!("{program} is not installed"));
            return;
        }
    }
    let unlock = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1";
    let store = "printf %s \"$KEY\" | secret-tool store --label=roomkey service roomkey username support";
    let stage = stage();
    in_session(&stage, unlock).failed(3, "the keyring has no entry support of service roomkey");
    assert!(stage.sandbox.requests().is_empty());
    let ran = in_session(&stage, &format!("{unlock}; {store}"));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(stage.sandbox.requests().len(), 1);
    assert!(!ran.err.contains(&key(&stage)) && !ran.out.contains(&key(&stage)));
    // Locked, and nobody there to be asked for its password.
    let locked = in_session(&stage, "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1");
    assert_eq!((locked.code, locked.out.as_str()), (3, ""), "{locked:?}");
    let told = ["is locked and was not unlocked", "gave no answer within 3 s"];
    assert!(told.iter().any(|sentence| locked.err.contains(sentence)), "{locked:?}");
}
