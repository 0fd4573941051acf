//! Ways of a text to the clipboard, and what can be said afterwards: only what was read back counts as copied.

/// What the user wants, from the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    #[default]
    Auto,
    Osc52,
    Tmux,
    Native,
    /// Takes the text on stdin; never through a shell. Not empty.
    Command(Vec<String>),
    None,
}

/// How a text is to be handled once it is on a clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// It is meant to be passed on.
    Plain,
    /// Kept out of histories where that can be, and taken away again after a while.
    Secret,
    /// The same, and said loudly: it opens the host's door.
    Host,
}

impl Care {
    pub fn is_secret(self) -> bool {
        self != Care::Plain
    }
}

/// The way that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The system's own clipboard.
    Native,
    /// Through the terminal.
    Osc52,
    /// Through tmux, which hands it on to its terminal.
    Tmux,
    /// The user's own program.
    Command(Vec<String>),
    /// There is none; the text is to be shown for selection by hand.
    None,
}

impl Route {
    /// As a message names it: `Copied the guest link (34 characters) with OSC 52`.
    pub fn name(&self) -> String {
        match self {
            Route::Native => "the system's clipboard".into(),
            Route::Osc52 => "OSC 52".into(),
            Route::Tmux => "tmux".into(),
            Route::Command(argv) => argv.first().cloned().unwrap_or_default(),
            Route::None => "no clipboard".into(),
        }
    }
}

/// What became of a text that was to be taken off the clipboard again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    /// It was still there, and is not any more.
    Removed,
    /// The clipboard holds something else, which was left alone.
    Foreign,
    /// Nobody can look into this clipboard.
    Unknown,
}

/// A text that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub route: Route,
    /// Read back and found equal; otherwise it was sent and nobody can say more.
    pub confirmed: bool,
    /// Length in characters.
    pub chars: usize,
}

/// A text that is not on the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCopied {
    pub route: Route,
    /// A clause: "the system's clipboard did not answer within 2 s".
    pub reason: String,
}

/// What became of a copy.
pub type Copying = Result<Copied, NotCopied>;
