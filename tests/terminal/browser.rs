//! Links opened by a key: the browser is a program of its own, which cannot write over the screen and does not end with
//! the console; over ssh there is none where the user is, so the link is shown.

use rustix::process::{Pid, Signal, getpgid, kill_process, test_kill_process};

use super::pty::Pty;

/// Tells who it is and what it got, makes a noise, and stays.
const BROWSER: &str = "echo NOISE; echo NOISE >&2\nprintf '%s %s' $$ \"$1\" > \"$0.new\"\n\
                       mv \"$0.new\" \"$0.told\"\nexec sleep 60\n";

/// A console with a room of Whereby's sandbox, in which this is the browser. A shell reads it: what was just written
/// cannot be run while a child of another thread has it open.
fn console(browser: &std::path::Path, more: &str) -> Pty {
    std::fs::write(browser, BROWSER).unwrap();
    let variable = format!("BROWSER=sh {}", browser.display());
    let mut pty = Pty::run((160, 40), &["env", &variable, more, env!("CARGO_BIN_EXE_roomkey")]);
    pty.until_shown(&super::PROFILES);
    pty.keys("5N");
    pty.until_shown(&["+ live"]);
    pty
}

#[test]
fn a_browser_gets_the_link_and_stays_when_the_console_goes() {
    for (key, is_host) in [("o", false), ("O", true)] {
        let folder = tempfile::tempdir().unwrap();
        let browser = folder.path().join("browser");
        let mut pty = console(&browser, "UNUSED=1");
        pty.keys(key);
        pty.until_shown(&["Opened the ", " link"]);
        let told = std::fs::read_to_string(browser.with_extension("told")).unwrap();
        let (id, link) = told.split_once(' ').unwrap();
        assert!(link.starts_with("http://127.0.0.1") && link.contains("roomKey=") == is_host, "{link}");
        assert!(!pty.written().contains("NOISE"));
        let id = Pid::from_raw(id.parse().unwrap()).unwrap();
        assert_eq!(getpgid(Some(id)).unwrap(), id, "keys that end the console are not for it");
        pty.keys("q");
        assert_eq!(pty.exit_code(), 0);
        assert!(test_kill_process(id).is_ok(), "it ended with the console");
        kill_process(id, Signal::KILL).unwrap();
    }
}

#[test]
fn over_ssh_the_link_is_shown_and_nothing_started() {
    let folder = tempfile::tempdir().unwrap();
    let browser = folder.path().join("browser");
    let mut pty = console(&browser, "SSH_TTY=/dev/pts/9");
    pty.keys("o");
    pty.until_shown(&["Not opened: the guest link", "Open it by hand."]);
    let screen = pty.screen();
    let link = screen.lines().find(|line| line.starts_with("http://127.0.0.1"));
    assert!(link.is_some_and(|link| !link.contains("roomKey")), "{screen}");
    assert!(!browser.with_extension("told").exists());
    pty.keys("\x1b");
    pty.until_shown(&["+ live"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}
