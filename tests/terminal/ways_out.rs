//! Every way out of the console, and what is left of it: signals at any moment, stops and continuations, a terminal
//! that is gone or takes nothing, streams that are closed, and what a killed one leaves behind.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::pty::Pty;
use super::skipped::skipped;
use super::{NORMAL, PROFILES, roomkey};

const ROOMKEY: &str = env!("CARGO_BIN_EXE_roomkey");

#[test]
fn signals_end_it_at_any_moment() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        for keys in ["", "????????", "n\x1bn\x1bn", "5N", "5N5Ny"] {
            let mut pty = Pty::run(NORMAL, &[ROOMKEY]);
            pty.until("the terminal taken", |pty| pty.written().contains("\x1b[?1049h"));
            pty.keys(keys);
            pty.signal(signal);
            pty.signal(signal);
            assert_eq!(pty.exit_code(), code, "{signal:?} after {keys:?}");
            pty.assert_given_back();
        }
    }
}

#[test]
fn fifty_stops_and_continuations_leave_it_as_it_was() {
    let script = r#""$0"; turn=0; while [ $turn -lt 50 ]; do fg > /dev/null; turn=$((turn+1)); done"#;
    let mut pty = Pty::run(NORMAL, &["sh", "-mc", script, ROOMKEY]);
    let whole = ["none yet", "? help  q quit"];
    pty.until_shown(&whole);
    let before = pty.screen();
    for turn in 0..50 {
        pty.forget();
        pty.keys("\x1a");
        pty.until(&format!("continuation {turn}"), |pty| {
            let written = pty.written();
            let left = written.find("\x1b[?1049l");
            left.is_some_and(|left| written[left..].contains("\x1b[?1049h")) && pty.screen() == before
        });
    }
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

/// User and system time in ticks of a process that runs or has ended and was not asked for yet; whether it has ended.
#[cfg(target_os = "linux")]
fn ticks(id: u32) -> (u64, bool) {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let number = |at: usize| fields[at].parse::<u64>().unwrap();
    (number(11) + number(12), fields[0] == "Z")
}

#[cfg(target_os = "linux")]
#[test]
fn without_its_terminal_it_ends_and_burns_nothing() {
    for script in [r#"exec "$0""#, r#"trap '' HUP; exec "$0""#] {
        let mut pty = Pty::run(NORMAL, &["sh", "-c", script, ROOMKEY]);
        pty.until_shown(&PROFILES);
        let (before, begun) = (ticks(pty.id()).0, Instant::now());
        pty.hang_up();
        let spent = loop {
            let (now, ended) = ticks(pty.id());
            if ended {
                break now - before;
            }
            // Nothing else would ever end it.
            assert!(begun.elapsed() < Duration::from_secs(20), "{script}: it does not end");
            std::thread::yield_now();
        };
        // A hundred ticks are a second, and a loop around a terminal that is gone takes all there are.
        assert!(spent < 50, "{script}: {spent} ticks");
        assert_eq!(pty.exit_code(), 129, "{script}");
    }
}

#[test]
fn a_terminal_that_takes_nothing_does_not_keep_it() {
    let mut pty = roomkey();
    pty.fall_silent();
    // More than a terminal holds back.
    for turn in 0..200_u16 {
        pty.resize_oddly((200 + turn % 2, 100));
        pty.keys("?");
    }
    pty.signal(Signal::TERM);
    // Waited for at length: a console that waits for this terminal would never end.
    assert_eq!(pty.exit_code(), 143);
}

#[test]
fn a_closed_error_stream_costs_nothing() {
    let mut pty = Pty::run(NORMAL, &["sh", "-c", r#"exec "$0" 2>&-"#, ROOMKEY]);
    pty.until_shown(&PROFILES);
    pty.keys("N");
    pty.until_shown(&["+ live"]);
    pty.signal(Signal::TERM);
    assert_eq!(pty.exit_code(), 143);
    pty.assert_given_back();
}

#[test]
fn without_streams_it_says_so_where_it_can_and_ends() {
    for (script, said) in [
        (r#"exec "$0" < /dev/null"#, true),
        (r#"echo x | "$0""#, true),
        (r#"exec "$0" <&-"#, true),
        (r#"exec "$0" < /dev/null 2>&-"#, false),
        (r#"exec "$0" <&- >&- 2>&-"#, false),
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", script, ROOMKEY]).env_clear().env("HOME", home.path());
        let path = std::env::var_os("PATH").unwrap_or_default();
        let output = command.env("PATH", path).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{script}: {output:?}");
        assert!(output.stdout.is_empty() && !output.stderr.contains(&0x1b), "{script}: {output:?}");
        let lines = String::from_utf8(output.stderr).unwrap().lines().count();
        assert_eq!(lines, usize::from(said), "{script}");
    }
}

#[test]
fn a_broken_terminal_is_given_back() {
    let broken = r#"printf '\033[?1049h\033[?25l\033[?1000h\033[?1006h\033[?2004h\033[?1h\033=\033[1;31m'
        stty raw -echo; "$0" --reset-terminal"#;
    let mut pty = Pty::run(NORMAL, &["sh", "-c", broken, ROOMKEY]);
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
    let output = Command::new(ROOMKEY).arg("--reset-terminal").stdin(Stdio::null()).output().unwrap();
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
}

#[test]
fn a_killed_console_is_mended_by_the_next() {
    let mut pty = Pty::run(NORMAL, &["sh", "-c", r#""$0"; "$0" --reset-terminal"#, ROOMKEY]);
    pty.until_shown(&PROFILES);
    let children = format!("/proc/{0}/task/{0}/children", pty.id());
    let Ok(child) = std::fs::read_to_string(children) else {
        return skipped("the system does not say which process to kill");
    };
    let child = rustix::process::Pid::from_raw(child.trim().parse().unwrap()).unwrap();
    rustix::process::kill_process(child, Signal::KILL).unwrap();
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}
