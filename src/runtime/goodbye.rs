//! The end of a run: everything that is still being written or handed over is told to end at once, and waited for
//! together, no longer than the terminal's watch waits for this program. Then what was left, and what is lost, is named
//! on the main screen.

use std::io::{self, Write};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::app::form_page;
use crate::domain::mask;
use crate::domain::text::DisplayText;
use crate::ports::history::Closing;
use crate::ports::terminal::GRACE;

use super::console::Console;

/// How long the end waits; some of the grace is left for the last words.
const PATIENCE: Duration = GRACE.saturating_sub(Duration::from_millis(100));

/// A run that is ending.
pub(super) struct Goodbye {
    deadline: Instant,
    /// Calls that were under way.
    left: Vec<String>,
    history: Option<Closing>,
    /// What is kept beside it; told when all is written.
    kept: Option<Receiver<()>>,
    /// Told whether nothing that was to stay on the clipboard is lost.
    clipboard: Option<Receiver<bool>>,
}

impl Goodbye {
    /// Has everything end that takes time, and waits for none of it. The screen is given back with the console.
    pub fn begin(mut console: Console) -> Goodbye {
        let deadline = Instant::now() + PATIENCE;
        let drafts = form_page::last_words(&mut console.model);
        Goodbye {
            deadline,
            left: console.under_way(),
            history: console.performer.leave_history(),
            kept: console.performer.leave_keeper(drafts),
            clipboard: console.performer.leave_clipboard(),
        }
    }

    /// Waits, first for what nobody else knows: an answer that is not on the disk. Then says what there is to say.
    pub fn say(self) {
        let left = || self.deadline.saturating_duration_since(Instant::now());
        let unsaved = self.history.map(|closing| closing.wait(left())).unwrap_or_default();
        if let Some(kept) = self.kept {
            let _ = kept.recv_timeout(left());
        }
        // A secret is taken off the clipboard, and what stays there needs somebody to keep it.
        let lost = self.clipboard.is_some_and(|done| done.recv_timeout(left()) == Ok(false));
        say(&self.left, &unsaved, lost);
    }
}

/// Calls that were left are named on the main screen, and what could not be saved.
fn say(left: &[String], unsaved: &[String], lost: bool) {
    let mut stderr = io::stderr().lock();
    if lost {
        let _ = writeln!(stderr, "what you copied is not on the clipboard any more: nobody could keep it");
    }
    for entry in unsaved {
        let _ = writeln!(
            stderr,
            "not saved: {}: it will not be listed next time",
            DisplayText::line(&mask::hide(entry))
        );
    }
    for call in left {
        let call = DisplayText::line(&mask::hide(call));
        let _ = writeln!(stderr, "maybe created: {call}: check at the provider before you try again");
    }
}
