//! The way of a text to the clipboard from here: which it is, why it is that one, and what is tried after it. Console,
//! command line and `doctor` ask the same one.

use crate::domain::clipboard::{Choice, Route};
use crate::ports::paths::Lookup;

use super::{Surroundings, choose};

/// The way texts take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub route: Route,
    pub here: Surroundings,
    /// The user has not chosen it, so another one may be tried.
    pub auto: bool,
}

impl Way {
    /// By the user's choice and the environment.
    pub fn find(choice: &Choice, env: Lookup<'_>) -> Way {
        let here = Surroundings::read(|name| env(name).and_then(|value| value.into_string().ok()));
        Way::choose(choice, here)
    }

    pub fn choose(choice: &Choice, here: Surroundings) -> Way {
        Way { route: choose(choice, here), here, auto: *choice == Choice::Auto }
    }

    /// Why it is this one, as a clause.
    pub fn why(&self) -> &'static str {
        match (self.auto, &self.route, self.here) {
            (false, ..) => "the configuration says so",
            (_, Route::Native, _) => "the desktop of this machine can be reached",
            (_, _, Surroundings { ssh: true, tmux: true, .. }) => "over ssh, inside tmux",
            (_, _, Surroundings { ssh: true, .. }) => "over ssh",
            (_, _, Surroundings { tmux: true, .. }) => "no desktop, inside tmux",
            _ => "no desktop can be reached",
        }
    }

    /// What is tried where that fails; nothing where the link is shown alone, for selection by hand.
    pub fn next(&self) -> Option<Route> {
        (self.auto && !matches!(self.route, Route::Osc52 | Route::None)).then_some(Route::Osc52)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_why_and_what_comes_after() {
        let way = |choice: &Choice, set: &[&str]| {
            let set: Vec<String> = set.iter().map(|name| (*name).to_owned()).collect();
            Way::find(choice, &move |name| set.iter().any(|known| known == name).then(|| "x".into()))
        };
        let over_ssh = way(&Choice::Auto, &["SSH_TTY", "TMUX"]);
        assert_eq!((&over_ssh.route, over_ssh.why()), (&Route::Tmux, "over ssh, inside tmux"));
        assert_eq!(over_ssh.next(), Some(Route::Osc52));
        let bare = way(&Choice::Auto, &["SSH_TTY"]);
        assert_eq!((&bare.route, bare.why(), bare.next()), (&Route::Osc52, "over ssh", None));
        let chosen = way(&Choice::Tmux, &["SSH_TTY", "TMUX"]);
        assert_eq!((chosen.why(), chosen.next()), ("the configuration says so", None));
    }
}
