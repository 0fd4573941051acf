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
