//! The standing notice of a run: what is wrong with the configuration is known at once, what takes time to find is
//! looked for once the first screen is there.

use std::path::Path;
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

/// Problems that are told in the console; there may be thousands.
const TOLD: usize = 20;

/// The standing notice: all problems, one after the other, by the names of their files.
pub fn banner(problems: &[Problem]) -> Option<String> {
    let told: Vec<String> = problems.iter().take(TOLD).map(told).collect();
    let more = match problems.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(" · {more} more: roomkey config check"),
    };
    (!told.is_empty()).then(|| told.join(" · ") + &more)
}

/// "config.toml:3:1: agnet: unknown key"; the path would leave no room for what is wrong.
fn told(problem: &Problem) -> String {
    let file = Path::new(&*problem.file)
        .file_name()
        .map_or_else(|| problem.file.as_ref().into(), |name| name.to_string_lossy());
    match problem.line {
        0 => format!("{file}: {}", problem.text),
        line => format!("{file}:{line}:{}: {}", problem.column, problem.text),
    }
}
