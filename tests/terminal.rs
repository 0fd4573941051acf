//! The console in a real terminal: what it shows first, how it ends, and whether it gives the terminal back. Only what
//! a pseudo-terminal alone can show is tested here; screens are tested without one.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "terminal/browser.rs"]
mod browser;
#[path = "terminal/config.rs"]
mod config;
#[path = "terminal/hyperlinks.rs"]
mod hyperlinks;
#[path = "terminal/input.rs"]
mod input;
#[path = "terminal/mouse.rs"]
mod mouse;
#[path = "terminal/pty.rs"]
#[allow(dead_code, reason = "shared with the tests of the clipboard and of the history")]
mod pty;
#[path = "terminal/sequences.rs"]
mod sequences;
#[path = "support/skipped.rs"]
mod skipped;
#[path = "terminal/tmux.rs"]
mod tmux;
#[path = "terminal/ways_out.rs"]
mod ways_out;

use std::io::{Read, Write};
use std::net::TcpStream;

use pty::{Pty, Size};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::text::Span;
use ratatui::widgets::Widget;
use roomkey::ports::terminal::events::{Batch, Inbox};
use roomkey::ports::terminal::{self, TerminalEvent};
use rustix::process::Signal;

const NORMAL: Size = (80, 24);

const PROFILES: [&str; 5] = ["bunch", "joinme", "metered", "bbb", "whereby"];

/// The console on its sandbox, at rest: nothing is configured where it runs.
fn roomkey() -> Pty {
    let mut pty = Pty::run(NORMAL, &[env!("CARGO_BIN_EXE_roomkey")]);
    pty.until_shown(&PROFILES);
    pty
}

#[test]
fn it_opens_without_configuration_and_q_gives_the_terminal_back() {
    let mut pty = roomkey();
    assert!(pty.in_alternate_screen());
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

#[test]
fn signals_end_it_with_128_and_their_number() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let mut pty = roomkey();
        pty.signal(signal);
        assert_eq!(pty.exit_code(), code, "{signal:?}");
        pty.assert_given_back();
    }
}

#[test]
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
fn it_ends_when_the_terminal_is_gone() {
    let mut pty = roomkey();
    pty.hang_up();
    assert_eq!(pty.exit_code(), 129);
}

#[test]
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
fn two_keys_put_a_link_of_the_sandbox_on_the_clipboard() {
    let mut pty = roomkey();
    for (tab, profile) in PROFILES.iter().enumerate() {
        pty.forget();
        pty.keys(&format!("{}Ny", tab + 1));
        pty.until("an order to the clipboard", |pty| sequences::copied(&pty.written()).is_some());
        let link = sequences::copied(&pty.written()).unwrap();
        let page = page_behind(&link);
        // BBB sends the guest on to its client.
        let opens = ["HTTP/1.1 200", "HTTP/1.1 302"].iter().any(|good| page.starts_with(good));
        assert!(opens, "{profile}: {link}: {page}");
        pty.until_shown(&["Sent the "]);
    }
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

/// What the sandbox answers to a guest who opens a link.
fn page_behind(link: &str) -> String {
    let (host, path) = link.strip_prefix("http://").and_then(|rest| rest.split_once('/')).unwrap();
    assert!(host.starts_with("127.0.0.1:"), "{link}");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

#[test]
fn it_is_right_at_any_size() {
    let mut pty = roomkey();
    for size in [(1, 1), (2, 1), (1, 60), (300, 1), (59, 14), (60, 15), (500, 200), (10, 3)] {
        pty.forget();
        pty.resize(size);
        pty.until("a whole frame", |pty| pty.written().contains("\x1b[2J"));
    }
    pty.resize((40, 14));
    pty.until_shown(&["This is 40x14."]);
    pty.resize((90, 30));
    pty.until_shown(&PROFILES);
    let mut fresh = Pty::run((90, 30), &[env!("CARGO_BIN_EXE_roomkey")]);
    fresh.until_shown(&PROFILES);
    pty.until("the screen of a fresh start", |pty| pty.screen() == fresh.screen());
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_storm_of_sizes_leaves_the_screen_as_it_was() {
    let mut pty = roomkey();
    let before = pty.screen();
    for turn in 0..200_u16 {
        pty.resize((1 + turn * 37 % 300, 1 + turn * 23 % 120));
    }
    pty.resize(NORMAL);
    pty.until("the screen as before", |pty| pty.screen() == before);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

#[test]
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

#[test]
fn a_key_that_others_can_read_is_told_of_once_the_screen_is_there() {
    let script = r#"mkdir "$HOME/roomkey"; printf "$1" > "$HOME/roomkey/config.toml"
        chmod 644 "$HOME/roomkey/config.toml"; exec "$0""#;
    let config = r#"[profiles.trial]\nprovider = "whereby"\napi_key = "k"\n"#;
    let mut pty = Pty::run((160, 40), &["sh", "-c", script, env!("CARGO_BIN_EXE_roomkey"), config]);
    pty.until_shown(&["trial", "others can read api_key of profile trial"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

/// A script as the user's editor, which says that it is there and waits for a line before it writes.
const EDITOR: &str = r#"printf '%s\n' '#!/bin/sh' 'echo "the editor is here"; cat "$1"; read -r line' \
    'stat -c "%a $1" "$1" > "$HOME/seen"; printf "%s key %s" "$line" "${TRIAL_KEY-none}" > "$1"' > "$HOME/ed"
    chmod +x "$HOME/ed"; mkdir -p "$HOME/roomkey"; printf "$1" > "$HOME/roomkey/config.toml"
    chmod 600 "$HOME/roomkey/config.toml"; export TRIAL_KEY=canary EDITOR="$HOME/ed"; exec "$0""#;

#[test]
fn a_field_goes_to_the_editor_and_the_screen_comes_back_whole() {
    let config = r#"[profiles.trial]\nprovider = "whereby"\napi_key = { env = "TRIAL_KEY" }\n"#;
    let mut pty = Pty::run(NORMAL, &["sh", "-c", EDITOR, env!("CARGO_BIN_EXE_roomkey"), config]);
    pty.until_shown(&["trial"]);
    pty.keys("n");
    pty.until_shown(&["Name begins with"]);
    pty.keys("\x1b[A\x1b[AACME");
    pty.until_shown(&["Title             ACME"]);
    pty.keys("\x1bOS");
    pty.until_shown(&["the editor is here", "ACME"]);
    assert!(!pty.in_alternate_screen());
    // Keys are the editor's now.
    pty.keys("q n y\r");
    pty.until_shown(&["q n y key none", "New link", "F4 editor  Esc back"]);
    assert!(pty.in_alternate_screen());
    let whole = pty.screen();
    pty.forget();
    pty.keys("\x0c");
    pty.until("a whole frame", |pty| pty.written().contains("\x1b[?2026l"));
    assert_eq!(pty.screen(), whole);
    let seen = std::fs::read_to_string(pty.home().join("seen")).unwrap();
    let (mode, file) = seen.trim().split_once(' ').unwrap();
    assert_eq!(mode, "600");
    assert!(file.starts_with(pty.home().to_str().unwrap()) && !std::path::Path::new(file).exists(), "{file}");
    pty.keys("\x1b");
    pty.until("the list", |pty| !pty.shows("New link"));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

/// One word on the screen.
fn word(buffer: &mut Buffer) -> Option<Position> {
    Span::raw("bunch").render(buffer.area, buffer);
    None
}

/// Not a test: what one of the next runs in a terminal.
#[test]
#[ignore = "run by one of the next tests, in a terminal of its own"]
fn victim_elsewhere() {
    let (mut screen, _watch) = terminal::open(|_| true).unwrap();
    screen.draw(word).unwrap();
    let text = format!("holding {}", "CANARY");
    std::thread::spawn(move || std::panic::panic_any(text)).join().unwrap();
}

/// Not a test: the terminal's watch breaks on the first new size.
#[test]
#[ignore = "run by one of the next tests, in a terminal of its own"]
fn victim_on_watch() {
    let seen = |event| match event {
        TerminalEvent::Resize(..) => panic!("out of the blue"),
        _ => true,
    };
    let (mut screen, _watch) = terminal::open(seen).unwrap();
    screen.draw(word).unwrap();
    loop {
        std::thread::park();
    }
}

/// Not a test: the main thread breaks on its first key.
#[test]
#[ignore = "run by one of the next tests, in a terminal of its own"]
fn victim_at_the_keys() {
    let (sender, mut inbox) = Inbox::<TerminalEvent>::new().unwrap();
    let (mut screen, _watch) = terminal::open(move |event| sender.send(event).is_ok()).unwrap();
    screen.draw(word).unwrap();
    loop {
        if let Batch::Messages(events) = inbox.wait(None) {
            assert!(!events.iter().any(|event| matches!(event, TerminalEvent::Keys(_))), "out of the blue");
        }
    }
}

#[test]
fn a_panic_on_any_thread_gives_the_terminal_back_and_repeats_no_value() {
    let this = std::env::current_exe().unwrap();
    for (victim, keys) in [("victim_elsewhere", ""), ("victim_at_the_keys", "x"), ("victim_on_watch", "")] {
        let mut pty = Pty::run(NORMAL, &[this.to_str().unwrap(), "--ignored", "--exact", victim]);
        pty.until("something drawn", |pty| pty.written().contains("bunch"));
        pty.keys(keys);
        pty.resize((90, 30));
        assert_eq!(pty.exit_code(), 101, "{victim}");
        pty.assert_given_back();
        let written = pty.written();
        assert!(pty.shows("roomkey panicked at tests/terminal.rs:"), "{victim}: {written:?}");
        assert!(!written.contains("CANARY"), "{victim}: {written:?}");
    }
}

/// Not a test: what the next one runs in a terminal.
#[test]
#[ignore = "run by the next test, in a terminal of its own"]
fn victim() {
    let (mut screen, _watch) = terminal::open(|_| true).unwrap();
    screen.draw(word).unwrap();
    panic!("out of the blue");
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_readable() {
    let this = std::env::current_exe().unwrap();
    let mut pty = Pty::run(NORMAL, &[this.to_str().unwrap(), "--ignored", "--exact", "victim"]);
    assert_eq!(pty.exit_code(), 101);
    pty.assert_given_back();
    let written = pty.written();
    let (drawn, left) = (written.find("bunch"), written.rfind("\x1b[?1049l"));
    assert!(drawn.is_some() && drawn < left, "{written:?}");
    assert!(pty.shows("roomkey panicked at tests/terminal.rs:"), "{written:?}");
}
