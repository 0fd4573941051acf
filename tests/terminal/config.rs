//! A configuration that is doubtful, or that changes under a console that runs.

use std::path::PathBuf;

use super::pty::Pty;

const SIZE: super::Size = (120, 30);

/// A profile that leads to a port where nobody listens.
fn profile(name: &str) -> String {
    format!(
        "[profiles.{name}]\nprovider = \"bunch\"\nbase_url = \"http://127.0.0.1:1\"\napi_key = \"key-{name}\"\n"
    )
}

/// The console on a configuration of this mode; it is there before the console is.
fn console(mode: &str, text: &str) -> Pty {
    let script = r#"mkdir "$HOME/roomkey"; printf '%s' "$1" > "$HOME/roomkey/config.toml"
        chmod "$2" "$HOME/roomkey/config.toml"; exec "$0""#;
    Pty::run(SIZE, &["sh", "-c", script, env!("CARGO_BIN_EXE_roomkey"), text, mode])
}

fn file(pty: &Pty) -> PathBuf {
    pty.home().join("roomkey/config.toml")
}

#[test]
fn a_changed_configuration_is_said_and_read_when_asked_to() {
    let mut pty = console("600", &profile("first"));
    pty.until_shown(&["first"]);
    std::fs::write(file(&pty), profile("first") + &profile("second")).unwrap();
    pty.keys("j");
    pty.until_shown(&["config changed on disk · :reload"]);
    pty.keys(":reload\r");
    pty.until("the new profile", |pty| pty.shows("second") && !pty.shows("config changed"));
    // What cannot be read is not taken over, and what is gone neither.
    std::fs::write(file(&pty), "[profiles.third\nkey = \"CANARY\"").unwrap();
    pty.keys("j");
    pty.until_shown(&["config changed on disk"]);
    pty.keys(":reload\r");
    pty.until_shown(&["the old configuration stays", "second"]);
    assert!(!pty.written().contains("CANARY"));
    std::fs::remove_file(file(&pty)).unwrap();
    pty.keys(":reload\r");
    pty.until_shown(&["the old configuration stays: there is no profile in it"]);
    pty.keys("N");
    pty.until_shown(&["refused the connection"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn what_others_can_write_is_used_after_a_question() {
    let mut pty = console("666", &profile("first"));
    pty.until_shown(&["first"]);
    pty.keys("N");
    pty.until_shown(&["Doubtful configuration", "others can write", "Use it in this run?"]);
    pty.keys("\r");
    pty.until("no question any more", |pty| !pty.shows("Doubtful"));
    assert!(!pty.shows("refused the connection"));
    pty.keys("N");
    pty.until_shown(&["Doubtful configuration"]);
    pty.keys("\t\r");
    pty.until_shown(&["refused the connection"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}
