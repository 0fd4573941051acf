//! What `update` wants done. Effects are plain comparable data; the runtime and the worker perform them and answer
//! with messages.

use std::sync::Arc;

use crate::config::Change;
use crate::domain::clipboard::Care;
use crate::domain::entry::Entry;
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::provider::follow_up::Question;
use crate::provider::plan::Plan;

use super::drafts::Stored;
use super::habits::Habit;
use super::message::JobId;
use super::want::Want;

/// A text on its way to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The row it comes from.
    pub job: JobId,
    pub want: Want,
    /// "the guest link"
    pub what: String,
    pub text: Secret,
    pub care: Care,
    /// Through the terminal, whatever the way: the usual one has failed.
    pub by_terminal: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Perform a plan in the background; `Sent` and `JobDone` answer.
    Create(JobId, Box<Plan>),
    /// Try the missing steps of a room that exists once more, under its job's own number; `JobDone` or
    /// `NotCompleted` answers.
    Complete(JobId),
    /// Ask the provider about a row, or have it deleted there; `Answered` answers.
    Ask(JobId, Box<Question>),
    /// Ask the provider of this page whether the key of a profile works; `KeyTested` answers.
    TestKey(String, Arc<Page>),
    /// Remove an entry from the history for good.
    Forget(Box<Entry>),
    /// Stop a job. It still ends with `JobDone`: not created if nothing was sent, else maybe.
    Stop(JobId),
    /// Take a job back that has not begun: it ends with `JobDone`, not created. One that has begun goes on.
    Recall(JobId),
    /// Read a list of people; `Loaded` answers.
    Load(String),
    /// Write a file for the user alone; `Exported` answers.
    Export { path: String, text: Secret, over: bool },
    /// Put one text on the clipboard; `Copied` answers.
    Copy(Box<Copy>),
    /// Lend the terminal to the user's editor with this text; `Edited` answers. `ending` is that of the file's name.
    Edit { text: String, ending: &'static str },
    /// Use the keys and commands of this profile in this run, although others can write its file.
    Trust(String),
    /// Read the configuration anew.
    Reload,
    /// Change the presets in the configuration; `Kept` answers.
    Keep(Box<Change>),
    /// Write drafts that were left; nobody waits for it.
    KeepDrafts(Vec<Stored>),
    /// Write which template a profile used last; nobody waits for it.
    KeepHabit(Habit),
    /// Note the ticket of an entry in the history.
    KeepTicket(Box<Entry>),
    /// Open a link in the browser; `Opened` answers.
    Open { job: JobId, want: Want, url: Secret },
    /// Save a text as a file of this name where downloads go; `Saved` answers.
    Save { name: String, text: String },
    /// Make the next draw whole.
    Repaint,
    /// Give the terminal back and stop this process until it is continued.
    Suspend,
    /// End the program with this exit code.
    Quit(u8),
}
