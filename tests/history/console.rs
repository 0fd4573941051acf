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
    // No key is pressed meanwhile, so it has looked by itself.
    pty.until_shown(&["Meanwhile", "Early"]);
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

/// The file of the configuration is held by another, so what the console keeps there waits; a signal does not.
#[test]
fn a_signal_leaves_time_to_name_what_is_not_saved() {
    let stage = Stage::new();
    std::fs::create_dir(stage.home().join("state")).unwrap();
    std::fs::write(state(&stage), "in the way").unwrap();
    let mut pty = console(&stage);
    pty.keys(&format!("{}N", place("whereby")));
    pty.until_shown(&["is ready", "+ live", "not saved: "]);
    let config = std::fs::File::open(stage.config()).unwrap();
    config.lock().unwrap();
    pty.keys("n");
    pty.until_shown(&["New link", "Ends"]);
    pty.keys("in 50m\x1bOR");
    pty.until_shown(&["Presets for whereby"]);
    pty.keys("sfifty");
    pty.until_shown(&["fifty"]);
    pty.keys("\r");
    pty.until("the preset handed over", |pty| !pty.screen().contains("fifty"));
    pty.forget();
    pty.signal(Signal::TERM);
    assert_eq!(pty.exit_code(), 143);
    assert!(pty.written().contains("it will not be listed next time"), "{}", pty.written());
}

#[test]
fn without_a_history_old_links_go_at_the_start() {
    let stage = Stage::new();
    create(&stage, "Early");
    let url = |stage: &Stage| {
        let bytes = std::fs::read(state(stage).join("history.db")).unwrap();
        String::from_utf8_lossy(&bytes).contains("/whereby/")
    };
    assert!(url(&stage));
    let profile = stage.profile("whereby", &[]);
    stage.configure(&format!("history.store = \"off\"\n{profile}"));
    let mut pty = console(&stage);
    // Off the way to the first screen; a look at the file is all that tells when.
    let begun = Instant::now();
    while url(&stage) {
        assert!(begun.elapsed() < Duration::from_secs(20));
        std::thread::yield_now();
    }
    assert!(!pty.shows("Early"));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn hostile_rows_are_inert_on_the_screen() {
    let stage = Stage::new();
    create(&stage, "Early");
    let conn = rusqlite::Connection::open(state(&stage).join("history.db")).unwrap();
    let entry: String = conn.query_row("SELECT entry FROM entry", [], |row| row.get(0)).unwrap();
    let insert = |id: &str, at: i64, entry: rusqlite::types::Value| {
        let sql =
            "INSERT INTO entry(id, run, created_at, answered, version, entry) VALUES(?1, 'r', ?2, 1, 1, ?3)";
        conn.execute(sql, rusqlite::params![id, at, entry]).unwrap();
    };
    let now = jiff::Timestamp::now().as_microsecond();
    let hostile = "\\u001b]0;PWN\\u0007\\u001b[2J\\u202eevil\\u0000";
    insert("escape", now, entry.replace("Early", hostile).into());
    insert("raw", now, entry.replace("Early", "\u{1b}]52;c;UFdO\u{7}").into());
    insert("long", now, entry.replace("Early", &"L".repeat(1 << 20)).into());
    insert("zero", 0, entry.replace("Early", "Zero").into());
    insert("past", i64::MIN, entry.replace("Early", "Past").into());
    insert("before", -1, entry.replace("Early", "Before").into());
    insert("bytes", now, rusqlite::types::Value::Blob(vec![0xff, 0, 0x1b]));
    insert("\u{1b}]0;PWN\u{7}", now, entry.replace("Early", "Named").into());
    insert("json", now, "{".to_owned().into());
    conn.execute("UPDATE entry SET run = CAST(x'ff00' AS TEXT) WHERE id = 'escape'", []).unwrap();
    drop(conn);
    create(&stage, "Latest");
    let mut pty = console(&stage);
    pty.until_shown(&["Early", "Latest", "LLLL", "evil"]);
    let written = pty.written();
    for bad in ["\u{1b}]", "UFdO", "\u{202e}", "\u{9d}"] {
        assert!(!written.contains(bad), "{bad:?}");
    }
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    let listed = stage.run(&["links", "--all"]);
    assert!(listed.code == 0 && listed.out.contains("Latest"), "{}", listed.err);
    assert!(!listed.out.contains('\u{1b}') && !listed.out.contains('\u{202e}') && !listed.out.contains('\0'));
}

/// The number of a profile's tab.
fn place(profile: &str) -> usize {
    PROVIDERS.iter().position(|provider| *provider == profile).unwrap() + 1
}

fn state(stage: &Stage) -> std::path::PathBuf {
    let dir: &Path = stage.home();
    dir.join("state/roomkey")
}
