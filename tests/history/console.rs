//! The real console in a pseudo-terminal: what it lists when it opens, and what other runs make meanwhile.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use roomkey::sandbox::{Act, Fault, Gate, PROVIDERS};
use rustix::process::Signal;

use crate::pty::Pty;
use crate::stage::Stage;

fn console(stage: &Stage) -> Pty {
    let state = format!("XDG_STATE_HOME={}", stage.home().join("state").display());
    let config = stage.config().display().to_string();
    let mut pty = Pty::run((100, 30), &["env", &state, env!("CARGO_BIN_EXE_roomkey"), "--config", &config]);
    pty.until_shown(&["roomkey", "whereby"]);
    pty
}

fn create(stage: &Stage, title: &str) {
    let ran = stage.run(&["create", "-p", "whereby", "endDate=in 2h", "--title", title]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

fn held(stage: &Stage, title: &str, gate: &Gate) -> Child {
    let seen = stage.sandbox.requests().len();
    stage.sandbox.order(Fault::new("whereby", Act::Pass).hold(gate));
    let mut command: Command = stage.command();
    command.arg("--config").arg(stage.config());
    let child = command.args(["create", "-p", "whereby", "endDate=in 2h", "--title", title]).spawn().unwrap();
    assert!(stage.sandbox.wait_for(Duration::from_secs(30), |requests| requests.len() > seen));
    child
}

#[test]
fn it_lists_what_was_there_and_what_others_make() {
    let stage = Stage::new();
    create(&stage, "Early");
    let mut pty = console(&stage);
    pty.until_shown(&["Early", "+ live"]);
    create(&stage, "Meanwhile");
    let made = Instant::now();
    pty.until_shown(&["Meanwhile", "Early"]);
    assert!(made.elapsed() < Duration::from_secs(3), "{:?}", made.elapsed());
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn what_it_makes_itself_is_there_after_it_was_killed() {
    let stage = Stage::new();
    let mut pty = console(&stage);
    pty.keys(&format!("{}N", place("whereby")));
    pty.until_shown(&["is ready"]);
    let gate = Gate::new();
    stage.sandbox.order(Fault::new("metered", Act::Pass).hold(&gate));
    pty.keys(&format!("{}N", place("metered")));
    assert!(stage.sandbox.wait_for(Duration::from_secs(30), |requests| requests.len() == 2));
    pty.signal(Signal::KILL);
    pty.exit_code();
    gate.release();
    let listed = stage.run(&["links"]);
    let count = |state: &str| listed.out.matches(state).count();
    assert_eq!((count("+ live"), count("? maybe")), (1, 1), "{listed:?}");
    let mut pty = console(&stage);
    pty.until_shown(&["+ live", "? maybe"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(
        std::fs::read_dir(state(&stage).join("runs")).unwrap().count(),
        0,
        "signs of the dead are swept"
    );
}

#[test]
fn a_call_whose_console_is_gone_shows_as_maybe() {
    let stage = Stage::new();
    let gate = Gate::new();
    let mut child = held(&stage, "Orphan", &gate);
    child.kill().unwrap();
    child.wait().unwrap();
    gate.release();
    let mut pty = console(&stage);
    pty.until_shown(&["Orphan", "? maybe", "check at Whereby"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn what_is_not_saved_stands_at_the_top_and_is_named_at_the_end() {
    let stage = Stage::new();
    std::fs::create_dir(stage.home().join("state")).unwrap();
    std::fs::write(state(&stage), "in the way").unwrap();
    let mut pty = console(&stage);
    pty.until_shown(&["not saved: "]);
    pty.keys(&format!("{}N", place("whereby")));
    pty.until_shown(&["is ready", "+ live", "not saved: "]);
    pty.forget();
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert!(pty.written().contains("it will not be listed next time"), "{}", pty.written());
}

/// The number of a profile's tab.
fn place(profile: &str) -> usize {
    PROVIDERS.iter().position(|provider| *provider == profile).unwrap() + 1
}

fn state(stage: &Stage) -> std::path::PathBuf {
    let dir: &Path = stage.home();
    dir.join("state/roomkey")
}
