//! The clipboard with real parts: tmux, GNU screen, an X server, a Wayland compositor, and what happens where there is
//! none. What is not installed is skipped, and said so.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "clipboard/desktop.rs"]
mod desktop;
#[path = "clipboard/multiplexer.rs"]
mod multiplexer;
#[path = "clipboard/none.rs"]
mod none;
#[path = "terminal/pty.rs"]
#[allow(dead_code, reason = "each test file uses what it needs")]
mod pty;
#[path = "terminal/sequences.rs"]
#[allow(dead_code, reason = "each test file uses what it needs")]
mod sequences;
#[path = "support/skipped.rs"]
mod skipped;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use pty::Pty;
use skipped::skipped;

const ROOMKEY: &str = env!("CARGO_BIN_EXE_roomkey");
const SIZE: pty::Size = (200, 40);

/// Whether a program is there; says so where it is not, past the harness that keeps the output of passing tests.
fn has(program: &str, missing: &str) -> bool {
    let found = Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", program]).status();
    let found = found.is_ok_and(|status| status.success());
    if !found {
        skipped(&format!("there is no {program} here, so {missing}"));
    }
    found
}

/// A console on its sandbox in a terminal, with these variables set.
fn console(variables: &[(&str, &str)], argv: &[&str]) -> Pty {
    let variables: Vec<String> = variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let variables: Vec<&str> = variables.iter().map(String::as_str).collect();
    let mut pty = Pty::run(SIZE, &[&["env"], &variables[..], argv].concat());
    pty.until_shown(&["bunch", "whereby"]);
    pty
}

/// A script that writes a configuration, and what is run with it.
const CONFIGURED: &str = r#"mkdir -p "$HOME/roomkey"; printf '%s\n' "$1" > "$HOME/roomkey/config.toml"
    chmod 600 "$HOME/roomkey/config.toml"; exec "$0""#;

/// A sandbox of its own, and a profile that speaks to it.
struct Sandbox {
    child: Child,
    profile: String,
}

impl Sandbox {
    fn start() -> Sandbox {
        let mut child = Command::new(ROOMKEY)
            .arg("sandbox")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        let settings = said["providers"]["metered"].as_object().unwrap();
        let settings = settings.iter().map(|(key, value)| format!("{key} = {value}\n"));
        let profile = format!("[profiles.metered]\nprovider = \"metered\"\n{}", settings.collect::<String>());
        Sandbox { child, profile }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
