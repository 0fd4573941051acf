//! The console inside tmux, as many run it: the multiplexer is a terminal too, with opinions of its own.

use std::process::{Command, Output};

use super::pty::Pty;
use super::skipped::skipped;

/// A tmux of its own around a program; it ends with the test.
struct Tmux {
    pty: Pty,
}

impl Tmux {
    fn run(argv: &[&str]) -> Tmux {
        let tmux = ["tmux", "-f", "/dev/null", "new-session"];
        Tmux { pty: Pty::run(super::NORMAL, &[&tmux, argv].concat()) }
    }

    fn ask(&self, arguments: &[&str]) -> Output {
        let mut tmux = Command::new("tmux");
        tmux.args(arguments).env("TMUX_TMPDIR", self.pty.home()).env_remove("TMUX").output().unwrap()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.ask(&["kill-server"]);
    }
}

#[test]
fn a_link_is_made_inside_tmux() {
    if Command::new("tmux").arg("-V").output().is_err() {
        return skipped("there is no tmux here, so the console was not tried inside it");
    }
    let mut tmux = Tmux::run(&[env!("CARGO_BIN_EXE_roomkey")]);
    tmux.pty.until_shown(&super::PROFILES);
    tmux.pty.keys("N");
    tmux.pty.until_shown(&["+ live"]);
    let captured = tmux.ask(&["capture-pane", "-p"]).stdout;
    let captured = String::from_utf8(captured).unwrap();
    assert!(captured.contains("+ live") && captured.contains("127.0.0.1"), "{captured}");
    tmux.pty.keys("q");
    assert_eq!(tmux.pty.exit_code(), 0);
    tmux.pty.assert_given_back();
}
