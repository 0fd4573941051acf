//! Which way a text takes, from the user's choice and where the console runs. Pure: the environment is handed in.

use crate::domain::clipboard::{Choice, Route};

/// What of the environment matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The keyboard is on another machine.
    pub ssh: bool,
    pub tmux: bool,
    /// GNU screen, which passes nothing on by itself.
    pub screen: bool,
    /// There is a desktop whose clipboard can be reached.
    pub desktop: bool,
}

impl Surroundings {
    /// From environment variables, asked for by name.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Surroundings {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        Surroundings {
            ssh: ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(set),
            tmux: set("TMUX"),
            screen: set("STY"),
            desktop: cfg!(any(target_os = "macos", windows))
                || ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(set),
        }
    }
}

/// A choice is followed whatever the surroundings; else the clipboard of the machine with the keyboard is meant.
pub fn choose(choice: &Choice, here: Surroundings) -> Route {
    match choice {
        Choice::Command(argv) => Route::Command(argv.clone()),
        Choice::Osc52 => Route::Osc52,
        Choice::Tmux => Route::Tmux,
        Choice::Native => Route::Native,
        Choice::None => Route::None,
        Choice::Auto => match here {
            Surroundings { ssh: false, desktop: true, .. } => Route::Native,
            Surroundings { tmux: true, .. } => Route::Tmux,
            _ => Route::Osc52,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn auto(set: &[(&str, &str)]) -> Route {
        let variable = |name: &str| set.iter().find(|row| row.0 == name).map(|row| row.1.to_owned());
        choose(&Choice::Auto, Surroundings::read(variable))
    }

    #[test]
    fn over_ssh_it_is_the_clipboard_of_the_keyboards_machine() {
        assert_eq!(
            auto(&[("SSH_TTY", "/dev/pts/1"), ("TMUX", "/tmp/t,1,0"), ("DISPLAY", ":10")]),
            Route::Tmux
        );
        assert_eq!(auto(&[("SSH_CONNECTION", "a b"), ("WAYLAND_DISPLAY", "wayland-0")]), Route::Osc52);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn at_the_machine_itself_it_is_the_desktops() {
        assert_eq!(auto(&[("DISPLAY", ":0"), ("TMUX", "/tmp/t,1,0")]), Route::Native);
        assert_eq!(auto(&[("WAYLAND_DISPLAY", "wayland-0")]), Route::Native);
        assert_eq!(auto(&[("DISPLAY", ""), ("SSH_TTY", "")]), Route::Osc52);
        assert_eq!(auto(&[("TMUX", "/tmp/t,1,0")]), Route::Tmux);
        assert_eq!(auto(&[]), Route::Osc52);
    }

    #[test]
    fn a_choice_is_followed_anywhere() {
        let argv = vec!["wl-copy".to_owned()];
        for here in
            [Surroundings::default(), Surroundings { ssh: true, tmux: true, screen: false, desktop: true }]
        {
            assert_eq!(choose(&Choice::Command(argv.clone()), here), Route::Command(argv.clone()));
            assert_eq!(choose(&Choice::Native, here), Route::Native);
            assert_eq!(choose(&Choice::None, here), Route::None);
        }
    }
}
