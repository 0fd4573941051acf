//! The mouse on a real terminal: asked for and given back, a click that chooses a tab, and a terminal that keeps it.

use rustix::process::Signal;
use vt100::MouseProtocolMode;

use super::pty::Pty;
use super::{PROFILES, roomkey};

const SIZE: super::Size = (80, 24);

/// Presses and releases the left button on a cell, counted from 1.
fn click(pty: &mut Pty, column: u16, row: u16) {
    pty.keys(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
}

#[test]
fn a_click_chooses_a_tab_and_the_mouse_is_given_back_by_every_way_out() {
    let mut pty = roomkey();
    pty.until("the mouse", |pty| pty.mouse() == MouseProtocolMode::PressRelease);
    pty.forget();
    // The second tab; what is typed after it belongs to its profile.
    click(&mut pty, 13, 2);
    pty.keys("n");
    pty.until_shown(&["New link", " joinme"]);
    pty.keys("\x1b");
    pty.until("the list", |pty| !pty.shows("New link"));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let mut pty = roomkey();
        pty.until("the mouse", |pty| pty.mouse() == MouseProtocolMode::PressRelease);
        pty.signal(signal);
        assert_eq!(pty.exit_code(), code);
        assert!(pty.written().contains("\x1b[?1006l\x1b[?1000l"));
        pty.assert_given_back();
    }
}

#[test]
fn it_is_the_terminals_while_a_link_stands_alone_and_after_a_stop_ours_again() {
    let mut pty = roomkey();
    pty.keys("N");
    pty.until_shown(&["+ live"]);
    pty.keys("K");
    pty.until("the terminal's mouse", |pty| {
        pty.mouse() == MouseProtocolMode::None && pty.shows("http://127.0.0.1")
    });
    pty.keys("\x1b");
    pty.until("our mouse", |pty| pty.mouse() == MouseProtocolMode::PressRelease);
    pty.forget();
    pty.signal(Signal::STOP);
    pty.signal(Signal::CONT);
    pty.until("our mouse again", |pty| {
        let written = pty.written();
        written.find("\x1b[?1049h").is_some_and(|taken| written[taken..].contains("\x1b[?1000h\x1b[?1006h"))
    });
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    pty.assert_given_back();
}

#[test]
fn a_mouse_that_is_left_to_the_terminal_is_never_named() {
    let script = r#"mkdir "$HOME/roomkey"; printf '%s' "$1" > "$HOME/roomkey/config.toml"
        chmod 600 "$HOME/roomkey/config.toml"; exec "$0""#;
    let config = PROFILES[..2].iter().fold(String::from("mouse = false\n"), |config, name| {
        config + &format!("[profiles.{name}]\nprovider = \"bunch\"\napi_key = \"key-{name}\"\n")
    });
    let mut pty = Pty::run(SIZE, &["sh", "-c", script, env!("CARGO_BIN_EXE_roomkey"), &config]);
    pty.until_shown(&PROFILES[..2]);
    // A report that comes all the same is noise.
    click(&mut pty, 13, 2);
    pty.keys("n");
    pty.until_shown(&["New link", " bunch"]);
    pty.keys("\x1b");
    pty.until("the list", |pty| !pty.shows("New link"));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    for mode in ["?1000", "?1006"] {
        assert!(!pty.written().contains(mode));
    }
    pty.assert_given_back();
}
