//! The console in a real terminal: what it shows first, how it ends, and whether it gives the terminal back. Only what
//! a pseudo-terminal alone can show is tested here; screens are tested without one.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "terminal/pty.rs"]
mod pty;
#[path = "terminal/sequences.rs"]
mod sequences;

use pty::{Pty, Size};
use rustix::process::Signal;

const NORMAL: Size = (80, 24);

fn roomkey() -> Pty {
    let mut pty = Pty::run(NORMAL, &[env!("CARGO_BIN_EXE_roomkey")]);
    pty.until_shown(&["roomkey", "bunch"]);
    pty
}

#[test]
#[ignore = "the console is not wired up yet"]
fn it_opens_without_configuration_and_q_gives_the_terminal_back() {
    let mut pty = roomkey();
    assert!(pty.in_alternate_screen());
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

#[test]
#[ignore = "the console is not wired up yet"]
fn signals_end_it_with_128_and_their_number() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let mut pty = roomkey();
        pty.signal(signal);
        assert_eq!(pty.exit_code(), code, "{signal:?}");
        pty.assert_given_back();
    }
}

#[test]
#[ignore = "the console is not wired up yet"]
fn half_a_sequence_does_not_keep_it_from_ending() {
    for half in ["\x1b[", "\x1b[200~pasted", "\x1b]52;c;", "\u{1b}P"] {
        let mut pty = roomkey();
        pty.keys(half);
        pty.signal(Signal::TERM);
        assert_eq!(pty.exit_code(), 143, "{half:?}");
        pty.assert_given_back();
    }
}

#[test]
#[ignore = "the console is not wired up yet"]
fn it_ends_when_the_terminal_is_gone() {
    let mut pty = roomkey();
    pty.hang_up();
    assert_eq!(pty.exit_code(), 129);
}

#[test]
#[ignore = "the console is not wired up yet"]
fn ctrl_z_stops_it_and_fg_draws_it_again() {
    let script = r#""$0"; printf 'job %s' stopped; fg > /dev/null"#;
    let mut pty = Pty::run(NORMAL, &["sh", "-mc", script, env!("CARGO_BIN_EXE_roomkey")]);
    pty.until_shown(&["roomkey", "bunch"]);
    pty.forget();
    pty.keys("\x1a");
    pty.until("the shell's word, then a whole frame", |pty| {
        let written = pty.written();
        let stopped = written.find("\x1b[?1049l").and_then(|left| written[left..].find("job stopped"));
        stopped.is_some() && pty.in_alternate_screen() && pty.shows("bunch")
    });
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

#[test]
#[ignore = "the console is not wired up yet"]
fn stopped_and_continued_from_outside_it_draws_itself_again() {
    let mut pty = roomkey();
    for _ in 0..5 {
        pty.forget();
        pty.signal(Signal::STOP);
        pty.signal(Signal::CONT);
        pty.until("a whole frame", |pty| pty.written().contains("\x1b[?1049h") && pty.shows("bunch"));
    }
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

#[test]
#[ignore = "the console is not wired up yet"]
fn it_lives_at_any_size() {
    let mut pty = roomkey();
    for size in [(1, 1), (2, 1), (1, 60), (300, 1), (59, 14), (60, 15), (500, 200), (10, 3)] {
        pty.forget();
        pty.resize(size);
        pty.until("a frame", |pty| pty.written().ends_with("\x1b[?2026l"));
    }
    pty.resize(NORMAL);
    pty.until_shown(&["roomkey", "bunch"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
#[ignore = "the console is not wired up yet"]
fn it_writes_only_what_drawing_needs() {
    let mut pty = roomkey();
    pty.keys("n");
    pty.keys("\x1b");
    pty.keys("?");
    pty.keys("\x1b");
    pty.keys("\x1b[?1;2c\x1b]52;c;c2VjcmV0\x07\x1b[M !!\x1b[I");
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(sequences::strangers(&pty.written()), Vec::<String>::new());
}

#[test]
#[ignore = "the console is not wired up yet"]
fn without_a_terminal_it_says_so_and_writes_no_sequence() {
    let home = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_roomkey"))
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_STATE_HOME", home.path())
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
    assert!(!output.stderr.contains(&0x1b));
}
