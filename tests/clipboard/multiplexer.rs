//! tmux and GNU screen: what they take, what they pass on, and what they drop.

use std::process::{Command, Output};

use super::pty::Pty;
use super::{CONFIGURED, ROOMKEY, SIZE, Sandbox, console, has, sequences};

/// What is there when a room is: tmux passes a frame on in pieces, the last line last.
const DRAWN: [&str; 2] = ["+ live", "is ready"];

/// A tmux of its own around a program; it ends with the test.
struct Tmux {
    pty: Pty,
}

impl Tmux {
    /// `set` is the value of `set-clipboard`.
    fn run(set: &str, argv: &[&str]) -> Tmux {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), format!("set -s set-clipboard {set}\n")).unwrap();
        let tmux = ["tmux", "-f", file.path().to_str().unwrap(), "new-session"];
        let mut pty = Pty::run(SIZE, &[&tmux, argv].concat());
        pty.until_shown(&["bunch", "whereby"]);
        Tmux { pty }
    }

    fn ask(&self, arguments: &[&str]) -> Output {
        let mut tmux = Command::new("tmux");
        tmux.args(arguments).env("TMUX_TMPDIR", self.pty.home()).env_remove("TMUX").output().unwrap()
    }

    /// What the newest buffer holds, byte for byte.
    fn buffer(&self) -> String {
        String::from_utf8(self.ask(&["show-buffer"]).stdout).unwrap()
    }

    fn buffers(&self) -> usize {
        String::from_utf8(self.ask(&["list-buffers"]).stdout).unwrap().lines().count()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.ask(&["kill-server"]);
    }
}

/// The guest link on the screen of a sandbox's console.
fn link(pty: &Pty) -> String {
    let screen = pty.screen();
    let details = screen.lines().filter_map(|line| line.rsplit('│').next());
    let text: String = details.map(str::trim_end).collect::<Vec<_>>().join("\n");
    let start = text.find("http://127.0.0.1").unwrap();
    text[start..].lines().next().unwrap().to_owned()
}

#[test]
fn in_tmux_the_link_is_in_the_buffer_whatever_set_clipboard_says() {
    if !has("tmux", "copying through it was not tried") {
        return;
    }
    for set in ["on", "external", "off"] {
        let mut tmux = Tmux::run(set, &[ROOMKEY]);
        tmux.pty.keys("3N");
        tmux.pty.until_shown(&DRAWN);
        tmux.pty.keys("y");
        tmux.pty.until_shown(&["Sent the guest link", "tmux, cannot be confirmed"]);
        let link = link(&tmux.pty);
        assert_eq!(tmux.buffer(), link, "{set}");
        // tmux hands it on to its own terminal, whatever it does with what programs send.
        tmux.pty.until("what tmux passes on", |pty| osc52(&pty.written()).as_deref() == Some(&link));
        tmux.pty.keys("q");
        assert_eq!(tmux.pty.exit_code(), 0);
    }
}

#[test]
fn tmux_is_asked_whether_it_drops_what_goes_through_the_terminal() {
    if !has("tmux", "OSC 52 inside it was not tried") {
        return;
    }
    let real = which("tmux");
    for (set, dropped) in [("on", false), ("external", true), ("off", true)] {
        // A tmux that loads no buffers: the way through it fails, and the terminal is tried.
        let folder = tempfile::tempdir().unwrap();
        let broken = format!("#!/bin/sh\n[ \"$1\" = load-buffer ] && exit 1\nexec {real} \"$@\"\n");
        let fake = folder.path().join("tmux");
        // Written by another process: what this one has open to write, its other threads' children have open too, and
        // what is open cannot be run.
        let write = ["-c", "printf '%s' \"$1\" > \"$0\" && chmod 755 \"$0\""];
        assert!(Command::new("sh").args(write).arg(&fake).arg(broken).status().unwrap().success());
        let place = folder.path().to_str().unwrap();
        let argv = ["sh", "-c", "PATH=\"$0:$PATH\" exec \"$1\"", place, ROOMKEY];
        let mut tmux = Tmux::run(set, &argv);
        tmux.pty.keys("3N");
        tmux.pty.until_shown(&DRAWN);
        let link = link(&tmux.pty);
        tmux.pty.keys("y");
        tmux.pty.until_shown(&["Not on the clipboard", &link]);
        tmux.pty.keys("\x1b");
        tmux.pty.until_shown(&["Sent the guest link", "OSC 52, cannot be confirmed"]);
        if dropped {
            tmux.pty.until_shown(&["tmux drops it"]);
        }
        assert_eq!(tmux.pty.shows("tmux drops it: tmux set -s set-clipboard on"), dropped, "{set}");
        assert_eq!(tmux.buffer(), if dropped { String::new() } else { link }, "{set}");
        tmux.pty.keys("q");
        assert_eq!(tmux.pty.exit_code(), 0);
    }
}

/// The command line asks as the console does. This tmux only answers that question.
#[test]
fn a_command_says_what_to_set_where_tmux_drops_what_it_copies() {
    let sandbox = Sandbox::start();
    let profile = format!("clipboard = \"osc52\"\n{}", sandbox.profile);
    for (set, dropped) in [("on", false), ("external", true), ("off", true)] {
        let fake = "printf '#!/bin/sh\necho %s\n' \"$2\" > \"$HOME/tmux\"; chmod 755 \"$HOME/tmux\"";
        let script =
            format!("{fake}; export TMUX=/x,1,0 PATH=\"$HOME:$PATH\"; {CONFIGURED} create --copy guest");
        let mut pty = Pty::run(SIZE, &["sh", "-c", &script, ROOMKEY, &profile, set]);
        pty.until_shown(&["sent the guest link", "with OSC 52: cannot be confirmed"]);
        assert_eq!(pty.exit_code(), 0);
        let said = "; tmux drops it: tmux set -s set-clipboard on";
        assert_eq!(pty.shows(said), dropped, "{set}: {}", pty.screen());
    }
}

/// The text of the last OSC 52, ended the one way or the other.
fn osc52(written: &str) -> Option<String> {
    sequences::copied(&written.replace('\x07', "\x1b\\").replace("\x1b]52;;", "\x1b]52;c;"))
}

fn which(program: &str) -> String {
    let found = Command::new("sh").args(["-c", "command -v \"$0\"", program]).output().unwrap();
    String::from_utf8(found.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_host_link_leaves_no_buffer_behind_and_what_others_copied_stays() {
    if !has("tmux", "taking secrets out of its buffers was not tried") {
        return;
    }
    let mut tmux = Tmux::run("on", &[ROOMKEY]);
    assert!(tmux.ask(&["set-buffer", "theirs"]).status.success());
    tmux.pty.keys("5N");
    tmux.pty.until_shown(&DRAWN);
    tmux.pty.keys("Y");
    tmux.pty.until_shown(&["Sent the HOST link"]);
    assert!(tmux.buffer().contains("roomKey="), "{}", tmux.buffer());
    let keep = ["set-option", "-g", "remain-on-exit", "on"];
    assert!(tmux.ask(&keep).status.success());
    tmux.pty.keys("q");
    tmux.pty.until_shown(&["[dead]"]);
    assert_eq!((tmux.buffer().as_str(), tmux.buffers()), ("theirs", 1));
}

#[test]
fn a_host_link_is_gone_from_the_buffers_once_something_else_is_copied() {
    if !has("tmux", "taking secrets out of its buffers was not tried") {
        return;
    }
    let mut tmux = Tmux::run("on", &[ROOMKEY]);
    tmux.pty.keys("5N");
    tmux.pty.until_shown(&DRAWN);
    for _ in 0..2 {
        tmux.pty.keys("Y");
        tmux.pty.until_shown(&["Sent the HOST link", "your terminal may keep it"]);
        assert!(tmux.buffer().contains("roomKey="), "{}", tmux.buffer());
        tmux.pty.keys("y");
        tmux.pty.until_shown(&["Sent the guest link"]);
    }
    let held = tmux.ask(&["list-buffers", "-F", "#{buffer_sample}"]).stdout;
    let held = String::from_utf8(held).unwrap();
    assert_eq!((held.lines().count(), held.contains("roomKey")), (2, false), "{held}");
}

#[test]
fn screen_gets_the_bytes_and_the_doubt_is_said() {
    if !has("screen", "OSC 52 inside it was not tried") {
        return;
    }
    // Screen swallows what it is handed, so what the console writes is looked at without it.
    let mut pty = console(&[("STY", "1.pts-0.host")], &[ROOMKEY]);
    pty.keys("3N");
    pty.until_shown(&DRAWN);
    pty.keys("y");
    pty.until_shown(&["Sent the guest link", "GNU screen may keep it to itself"]);
    assert_eq!(sequences::copied(&pty.written()).unwrap(), link(&pty));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    let mut pty = Pty::run(
        SIZE,
        &[
            "sh",
            "-c",
            "mkdir -m 700 \"$HOME/s\"; SCREENDIR=\"$HOME/s\" exec screen \"$@\"",
            "sh",
            "-c",
            "/dev/null",
            "-m",
            ROOMKEY,
        ],
    );
    pty.until_shown(&["bunch", "whereby"]);
    pty.keys("3Ny");
    pty.until_shown(&["Sent the guest link", "GNU screen may keep it to itself"]);
    pty.keys("q");
    pty.exit_code();
}
