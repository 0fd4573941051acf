//! The process as others of the same user see it: its memory and environment are closed, and no core is left when it is
//! killed by a signal that leaves one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::skipped::skipped;

const NOBODY: u32 = 65534;

/// A sandbox that serves, started by a shell that allows cores.
fn serving(home: &Path, change: impl FnOnce(&mut Command)) -> Option<Child> {
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "ulimit -c unlimited 2>/dev/null; exec \"$0\" sandbox",
        env!("CARGO_BIN_EXE_roomkey"),
    ]);
    command.env_clear().env("HOME", home).env("API_KEY", "CANARY-in-the-environment").current_dir(home);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    change(&mut command);
    let mut child = command.spawn().ok()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
    line.starts_with('{').then_some(child)
}

fn killed(mut child: Child, signal: Signal) -> ExitStatus {
    let pid = Pid::from_raw(child.id() as i32).unwrap();
    // The first fault is looked at by the program, in search of a stack that was too small; the next one kills.
    loop {
        kill_process(pid, signal).unwrap();
        match child.try_wait().unwrap() {
            Some(status) => return status,
            None => std::thread::yield_now(),
        }
    }
}

#[test]
fn no_core_is_left() {
    // Without this the test could not fail.
    let home = tempfile::tempdir().unwrap();
    let dumping = "ulimit -c unlimited; kill -ABRT $$";
    let control = Command::new("sh").args(["-c", dumping]).current_dir(home.path()).status().unwrap();
    if !control.core_dumped() {
        skipped("this system keeps no cores at all");
        return;
    }
    for signal in [Signal::ABORT, Signal::SEGV, Signal::BUS, Signal::SYS] {
        let home = tempfile::tempdir().unwrap();
        let child = serving(home.path(), |_| ()).expect("a sandbox");
        let status = killed(child, signal);
        assert_eq!(status.signal(), Some(signal.as_raw()), "{signal:?}");
        assert!(!status.core_dumped(), "{signal:?}");
        let left: Vec<_> =
            fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!left.iter().any(|name| name.to_string_lossy().contains("core")), "{signal:?}: {left:?}");
    }
}

#[test]
fn its_environment_is_closed_to_the_same_user() {
    let home = tempfile::tempdir().unwrap();
    let root = rustix::process::geteuid().is_root();
    let child = serving(home.path(), |command| {
        if root {
            command.uid(NOBODY).gid(NOBODY).current_dir("/");
        }
    });
    let Some(mut child) = child else {
        skipped("nobody may not run the program where it lies");
        return;
    };
    let place = format!("/proc/{}", child.id());
    let status = fs::read_to_string(format!("{place}/status")).unwrap();
    let user = if root { NOBODY } else { rustix::process::geteuid().as_raw() };
    assert!(
        status.lines().any(|line| line.starts_with("Uid:") && line.contains(&user.to_string())),
        "{status}"
    );
    // What is not dumpable belongs to root.
    assert_eq!(fs::metadata(format!("{place}/environ")).unwrap().uid(), 0);
    for file in ["environ", "maps", "mem", "auxv"] {
        let mut reader = Command::new("head");
        reader.args(["-c", "1"]).arg(format!("{place}/{file}")).stderr(Stdio::null());
        if root {
            reader.uid(NOBODY).gid(NOBODY);
        }
        let read = reader.output().unwrap();
        assert!(!read.status.success() && read.stdout.is_empty(), "{file} can be read");
    }
    // The one that is open to all holds no key, since no option takes one.
    assert!(!fs::read_to_string(format!("{place}/cmdline")).unwrap().contains("CANARY"));
    child.kill().unwrap();
    child.wait().unwrap();
}
