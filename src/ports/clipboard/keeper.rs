//! Keeping a text on the desktop's clipboard when its owner ends: on X11 and Wayland the text dies with the program
//! that put it there. A small process of this program takes it over by its standard input, detaches itself, says that
//! it has it, and stays until something else is copied, or until the time of a secret is over.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::ports::children;

use super::LIMIT;

/// The subcommand that keeps; it is not listed among the others.
pub const SUBCOMMAND: &str = "keep-clipboard";
/// What it says once it has the text.
const READY: u8 = b'+';
/// What of the environment it needs: the way to the desktop, and nothing that could be a key.
const PASSED: [&str; 7] =
    ["DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "HOME", "PATH", "TMPDIR"];
/// Longest text kept, in bytes.
const LONGEST: u64 = 1 << 20;

/// Whether texts need to be kept on this system.
pub const NEEDED: bool = cfg!(all(unix, not(any(target_os = "macos", target_os = "ios"))));

/// Hands a text over to a keeper and waits until it has it. `seconds` is how long it may stay; `program` is this one.
pub fn hand_over(
    program: &Path,
    text: &str,
    seconds: Option<u64>,
    environment: impl Fn(&str) -> Option<std::ffi::OsString>,
) -> Result<(), String> {
    let mut command = children::command(program);
    command.arg(SUBCOMMAND).env_clear();
    command.envs(PASSED.iter().filter_map(|name| Some((*name, environment(name)?))));
    if let Some(seconds) = seconds {
        command.arg("--seconds").arg(seconds.to_string());
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|_| "could not start the keeper of the clipboard".to_owned())?;
    let fed = child.stdin.take().map(|mut stdin| stdin.write_all(text.as_bytes()));
    let stdout = child.stdout.take();
    let (answer, wait) = mpsc::channel();
    let listen = move || {
        let mut said = [0];
        let read = stdout.map(|mut stdout| stdout.read_exact(&mut said));
        let _ = answer.send(matches!(read, Some(Ok(()))) && said[0] == READY);
    };
    let listening = std::thread::Builder::new().name("keeper".into()).spawn(listen).is_ok();
    let took = listening && matches!(fed, Some(Ok(()))) && wait.recv_timeout(LIMIT).unwrap_or(false);
    if !took {
        let _ = child.kill();
        let _ = child.wait();
        return Err("nobody could keep it".to_owned());
    }
    Ok(())
}

/// The keeper itself: reads the text, takes the clipboard, says so and stays. False if it could not take it.
pub fn keep(seconds: Option<u64>) -> bool {
    detach();
    let mut text = String::new();
    if std::io::stdin().lock().take(LONGEST).read_to_string(&mut text).is_err() || text.is_empty() {
        return false;
    }
    let ready = || {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(&[READY]).and_then(|()| stdout.flush()).is_ok()
    };
    stay(&text, seconds, ready)
}

/// Out of the terminal's session: closing the terminal does not end it.
fn detach() {
    #[cfg(unix)]
    let _ = rustix::process::setsid();
}

fn stay(text: &str, seconds: Option<u64>, ready: impl FnOnce() -> bool) -> bool {
    let mut handle = None;
    // A text with a time is a secret.
    if !super::native::copy(&mut handle, text, seconds.is_some()).unwrap_or(false) || !ready() {
        return false;
    }
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    // The text is served from a thread of the library. A look now and then: when it is not ours any more, or the
    // desktop is gone, there is nothing left to keep.
    loop {
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        if left.is_some_and(|left| left.is_zero()) {
            super::native::forget(&mut handle, text);
            return true;
        }
        std::thread::sleep(left.unwrap_or(LOOK).min(LOOK));
        if super::native::read(&mut handle).is_none_or(|held| held != text) {
            return true;
        }
    }
}

/// Between two looks.
const LOOK: Duration = Duration::from_secs(10);
