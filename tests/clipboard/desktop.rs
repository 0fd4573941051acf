//! The clipboard of a desktop: an X server with xclip, a Wayland compositor with wl-paste. What is copied is there,
//! also after the console has ended; a secret is kept out of histories and goes.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::{ROOMKEY, Sandbox, console, has};

/// A user who owns nothing.
const NOBODY: u32 = 65534;

const PATIENCE: Duration = Duration::from_secs(20);

/// A desktop without a screen; it ends with the test.
struct Desktop {
    server: Child,
    variables: Vec<(&'static str, String)>,
    _folder: tempfile::TempDir,
}

impl Drop for Desktop {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Desktop {
    fn x11() -> Desktop {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "100x100x8", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let variables = vec![("DISPLAY", format!(":{}", number.trim()))];
        Desktop { server, variables, _folder: folder }
    }

    fn wayland() -> Desktop {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().to_str().unwrap().to_owned();
        let config = folder.path().join("sway");
        std::fs::write(&config, "xwayland disable\n").unwrap();
        // It refuses to run as root.
        let mut command = match rustix::process::geteuid().is_root() {
            true => {
                std::os::unix::fs::chown(folder.path(), Some(NOBODY), None).unwrap();
                let id = NOBODY.to_string();
                let mut command = Command::new("setpriv");
                command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "sway"]);
                command
            }
            false => Command::new("sway"),
        };
        let server = command
            .arg("-c")
            .arg(&config)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("XDG_RUNTIME_DIR", &place)
            .env("WLR_BACKENDS", "headless")
            .env("WLR_RENDERER", "pixman")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let variables = vec![("XDG_RUNTIME_DIR", place), ("WAYLAND_DISPLAY", "wayland-1".to_owned())];
        let desktop = Desktop { server, variables, _folder: folder };
        let ready = || desktop.run(&["wl-paste", "--list-types"]);
        // An empty clipboard is an answer too.
        until("the compositor", || {
            let said = ready();
            said.status.success()
                || String::from_utf8_lossy(&said.stderr).contains("No selection")
                || String::from_utf8_lossy(&said.stderr).contains("Nothing is copied")
        });
        desktop
    }

    fn variables(&self) -> Vec<(&str, &str)> {
        self.variables.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    fn run(&self, argv: &[&str]) -> Output {
        Command::new(argv[0]).args(&argv[1..]).envs(self.variables()).output().unwrap()
    }

    fn is_wayland(&self) -> bool {
        self.variables.len() > 1
    }

    fn held(&self) -> String {
        let argv: &[&str] = match self.is_wayland() {
            true => &["wl-paste", "--no-newline"],
            false => &["xclip", "-o", "-selection", "clipboard"],
        };
        String::from_utf8(self.run(argv).stdout).unwrap()
    }

    fn kinds(&self) -> String {
        let argv: &[&str] = match self.is_wayland() {
            true => &["wl-paste", "--list-types"],
            false => &["xclip", "-o", "-selection", "clipboard", "-t", "TARGETS"],
        };
        String::from_utf8(self.run(argv).stdout).unwrap()
    }

    /// As another program would.
    fn put(&self, text: &str) {
        let argv: &[&str] = match self.is_wayland() {
            true => &["wl-copy"],
            false => &["xclip", "-i", "-selection", "clipboard"],
        };
        let mut child = Command::new(argv[0])
            .args(&argv[1..])
            .envs(self.variables())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
        until("the other program's text", || self.held() == text);
    }
}

/// Asks again until it is so; what is asked about happens in another process.
fn until(wanted: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "never came: {wanted}");
        std::thread::yield_now();
    }
}

const HINT: &str = "x-kde-passwordManagerHint";

/// A guest link is copied, confirmed, and there after the end; a host link is kept out of histories and gone.
fn copies(desktop: &Desktop) {
    let mut pty = console(&desktop.variables(), &[ROOMKEY]);
    pty.keys("5N");
    pty.until_shown(&["+ live"]);
    pty.keys("y");
    pty.until_shown(&["Copied the guest link", "the system's clipboard"]);
    let guest = desktop.held();
    assert!(guest.starts_with("http://127.0.0.1") && !guest.contains(char::is_whitespace), "{guest}");
    assert!(!desktop.kinds().contains(HINT), "{}", desktop.kinds());
    pty.keys("Y");
    pty.until_shown(&["Copied the HOST link"]);
    assert!(desktop.held().contains("roomKey="));
    assert!(desktop.kinds().contains(HINT), "{}", desktop.kinds());
    pty.keys("y");
    pty.until_shown(&["Copied the guest link"]);
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(desktop.held(), guest, "after the end");
}

fn secrets(desktop: &Desktop) {
    let mut pty = console(&desktop.variables(), &[ROOMKEY]);
    pty.keys("5N");
    pty.until_shown(&["+ live"]);
    pty.keys("Y");
    pty.until_shown(&["Copied the HOST link"]);
    assert!(desktop.held().contains("roomKey="));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(desktop.held(), "", "a host link goes with the console");
    let mut pty = console(&desktop.variables(), &[ROOMKEY]);
    pty.keys("5N");
    pty.until_shown(&["+ live"]);
    pty.keys("Y");
    pty.until_shown(&["Copied the HOST link"]);
    desktop.put("theirs");
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
    assert_eq!(desktop.held(), "theirs");
}

/// A desktop that hangs: what was said not to be on the clipboard is not there when it goes on.
fn hangs(desktop: &Desktop) {
    let mut pty = console(&desktop.variables(), &[ROOMKEY]);
    pty.keys("5N");
    pty.until_shown(&["+ live"]);
    pty.keys("y");
    pty.until_shown(&["Copied the guest link"]);
    let server = Pid::from_child(&desktop.server);
    kill_process(server, Signal::STOP).unwrap();
    pty.keys("Y");
    // The server answers nothing until it goes on, so this is the console's own patience.
    pty.until_shown(&["Not on the clipboard: the host link", "did not answer within 2 s"]);
    kill_process(server, Signal::CONT).unwrap();
    // It gets there, over the guest link, and is taken away by who has given up on it.
    until("an empty clipboard", || desktop.held().is_empty());
    pty.keys("\x1b");
    pty.until_shown(&["+ live"]);
    pty.keys("y");
    pty.until_shown(&["Copied the guest link"]);
    assert!(desktop.held().starts_with("http://127.0.0.1"));
    pty.keys("q");
    assert_eq!(pty.exit_code(), 0);
}

/// The terminal is closed over a console that has copied: the link stays.
fn hang_up(desktop: &Desktop) {
    let mut pty = console(&desktop.variables(), &[ROOMKEY]);
    pty.keys("5N");
    pty.until_shown(&["+ live"]);
    pty.keys("y");
    pty.until_shown(&["Copied the guest link"]);
    let guest = desktop.held();
    pty.hang_up();
    pty.exit_code();
    assert_eq!(desktop.held(), guest, "after the terminal has gone");
}

/// The command line ends at once; what it copied stays, a host link only for its time.
fn commands(desktop: &Desktop) {
    let sandbox = Sandbox::start();
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(&config, &sandbox.profile).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(ROOMKEY);
        command.args(arguments).env_clear().envs(desktop.variables()).env("ROOMKEY_CONFIG", &config);
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            command.env(name, home.path());
        }
        let ran = command.output().unwrap();
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let (made, said) = run(&["create", "--json", "--copy", "guest", "roomName=cli", "privacy=public"]);
    assert!(said.contains("copied the guest link"), "{said}");
    let made: serde_json::Value = serde_json::from_str(&made).unwrap();
    assert_eq!(desktop.held(), made["links"][0]["url"].as_str().unwrap());
    for (theirs, left) in [(None, ""), (Some("theirs"), "theirs")] {
        let mut keeper = Command::new(ROOMKEY)
            .args(["keep-clipboard", "--seconds", "3"])
            .envs(desktop.variables())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        keeper.stdin.take().unwrap().write_all(b"https://x.example/HOST").unwrap();
        // It looks itself whether its text is there; what is put over it before that is a failure to it.
        let mut ready = [0];
        keeper.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
        assert_eq!(desktop.held(), "https://x.example/HOST");
        assert!(desktop.kinds().contains(HINT));
        theirs.iter().for_each(|text| desktop.put(text));
        assert!(keeper.wait().unwrap().success());
        assert_eq!(desktop.held(), left);
    }
}

#[test]
fn an_x_server() {
    if has("Xvfb", "no X server was tried") && has("xclip", "no X server was tried") {
        let desktop = Desktop::x11();
        copies(&desktop);
        secrets(&desktop);
        hangs(&desktop);
        hang_up(&desktop);
        commands(&desktop);
    }
}

#[test]
fn a_wayland_compositor() {
    if has("sway", "no Wayland compositor was tried") && has("wl-paste", "no Wayland compositor was tried") {
        let desktop = Desktop::wayland();
        copies(&desktop);
        secrets(&desktop);
        hang_up(&desktop);
        commands(&desktop);
    }
}
