//! Starting other programs: the one way to it, for commands that yield keys, the clipboard, the browser and the editor
//! alike. A child is started without the variables that hold keys, and it has no line to the terminal unless it is
//! given one. Which variables those are is told by whoever reads the configuration and the arguments.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use crate::domain::mask;

/// Names of variables, for the whole process: a child that was forgotten would be told every key.
static KEYS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// From now on no child is started with these variables.
pub fn hide<S: Into<String>>(variables: impl IntoIterator<Item = S>) {
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    keys.extend(variables.into_iter().map(Into::into));
}

/// A program yet to be started: no key in its environment, nothing to read, nobody to talk to.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    for name in KEYS.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        command.env_remove(name);
    }
    // A key may stand under a second name as well.
    for (name, value) in std::env::vars_os().filter(|(_, value)| mask::holds(&value.to_string_lossy())) {
        command.env_remove(name);
        drop(Zeroizing::new(value.into_encoded_bytes()));
    }
    command
}

/// Process groups of commands whose output is waited for, for the whole process.
static WAITED_FOR: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn groups() -> std::sync::MutexGuard<'static, BTreeSet<u32>> {
    WAITED_FOR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A command of a process group of its own that must not outlive this program. Dropped before it is reaped: after that
/// its number may be somebody else's.
pub struct Waited(u32);

impl Waited {
    /// By the number of the command, which is that of its group.
    pub fn on(id: u32) -> Waited {
        groups().insert(id);
        Waited(id)
    }
}

impl Drop for Waited {
    fn drop(&mut self) {
        groups().remove(&self.0);
    }
}

/// Ends every command that is still waited for, with all it has started. For the end of this program.
pub fn end_all() {
    for id in groups().iter() {
        end_group(*id);
    }
}

/// Ends a process group.
pub fn end_group(id: u32) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = id;
}
