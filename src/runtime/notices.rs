//! The standing notice of a run: what is wrong with the configuration is known at once, what takes time to find is
//! looked for once the first screen is there.

use std::sync::Arc;

use crate::config::{Problem, Store};
use crate::worker::setup::Setup;

/// Looks for a standing notice in what takes time to read: the pages of the providers.
pub type Later = Box<dyn FnOnce() -> Option<String> + Send>;

/// Looks for a secret in a file that others can read, if there is such a file and no `banner` stands already: which
/// settings are secret only the providers' pages say. Takes the links out of a history that is not wanted any more.
pub fn later(setup: &Arc<Setup>, banner: bool) -> Option<Later> {
    let readable = !banner && setup.access.iter().any(|(_, access)| access.others_can_read);
    let gives_up = setup.config.store() == Store::Off;
    let setup = Arc::clone(setup);
    let look = move || {
        setup.give_up_history();
        if !readable {
            return None;
        }
        setup.config.profile_names().find_map(|name| {
            let (profile, _) = setup.profile(name).ok()?;
            setup.exposed(&profile)
        })
    };
    (readable || gives_up).then(|| Box::new(look) as Later)
}

/// The standing notice: the first problem and how many more there are.
pub fn banner(problems: &[Problem]) -> Option<String> {
    match problems {
        [] => None,
        [only] => Some(only.to_string()),
        [first, rest @ ..] => Some(format!("{first} (and {} more: roomkey config check)", rest.len())),
    }
}
