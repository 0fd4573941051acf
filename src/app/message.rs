//! What can happen. Keys, pastes and sizes come from the terminal, results from the worker; all arrive in one channel
//! and are handled one after the other by `update`.

use crate::config::Change;
use crate::domain::clipboard::Care;
use crate::domain::entry::Entry;
use crate::domain::exchange::Exchange;
use crate::domain::finding::{Asking, Finding};
use crate::domain::key::Key;
use crate::error::Error;
use crate::provider::key_test::Proof;

use super::drafts::Stored;
use super::effect::Copy;
use super::habits::Habit;
use super::spot::Click;
use super::want::Want;

/// Number of a job of this run; jobs and rows keep it for life.
pub type JobId = u64;

#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    Key(Key),
    Click(Click),
    /// A step of the mouse's wheel, down or up.
    Wheel(bool),
    /// Pasted text, whole.
    Paste(String),
    /// New size of the terminal: columns, rows.
    Resize(u16, u16),
    /// A timer the last draw asked for has run out: countdowns and spinners move on.
    Tick,
    /// The request of a job has left; from now on its outcome can be "maybe".
    Sent(JobId),
    /// A job has ended; its entry says how.
    JobDone(JobId, Box<Entry>),
    /// What is missing of a room could not be asked for, and why; the room is as it was.
    NotCompleted(JobId, Error),
    /// What was asked about a row, or its deletion, has been answered, or not and why.
    Answered {
        job: JobId,
        asking: Asking,
        answer: Box<Result<Finding, Error>>,
    },
    /// What came of testing the key of a profile.
    KeyTested(String, Box<Result<Proof, Error>>),
    /// A request has ended; for the request log.
    Exchanged(Box<Exchange>),
    /// What became of a copy.
    Copied(CopyReport),
    /// A secret was taken off the clipboard again: the row it came from, and what it was. `passed_on`: a terminal has
    /// got it as well, from which nothing can be taken back.
    Cleared {
        job: JobId,
        what: String,
        passed_on: bool,
    },
    /// A link was handed to this browser, or why there is none: it is shown instead.
    Opened {
        job: JobId,
        want: Want,
        result: Result<String, String>,
    },
    /// Where a file was saved, or why not.
    Saved(Result<String, Error>),
    /// A standing notice that took longer to find than the first screen could wait.
    Banner(String),
    /// The entries of earlier runs, the oldest first.
    Remembered(Vec<Entry>),
    /// Entries that other consoles have added or changed.
    Others(Vec<Entry>),
    /// Ids of entries that other consoles have removed.
    Gone(Vec<String>),
    /// Why nothing is saved at present, or nothing where all is well.
    Storage(Option<String>),
    /// What the editor that `Effect::Edit` asked for has left.
    Edited(Result<String, Error>),
    /// The configuration on the disk is another than the one that was read.
    ConfigChanged,
    /// A change of the presets is in the configuration, or is not and why.
    Kept(Box<Change>, Result<(), Error>),
    /// The text of a list of people, from a file.
    Loaded(Result<String, Error>),
    /// A file was to be written: the error, or whether something of that name is there and nothing was written.
    Exported(String, Result<bool, Error>),
    /// The drafts of earlier runs.
    Drafts(Vec<Stored>),
    /// Which templates were used last, in earlier runs.
    Habits(Vec<Habit>),
    /// Something to tell that belongs to no row.
    Trouble(Error),
}

/// What became of a copy that `Effect::Copy` asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyReport {
    /// The row the text came from.
    pub job: JobId,
    pub want: Want,
    /// What was copied: "the guest link".
    pub what: String,
    pub care: Care,
    /// Length in characters.
    pub chars: usize,
    /// How it went and whether it is known to have arrived.
    pub result: Result<Sent, Error>,
    /// It failed, and the terminal may know another way: the same by it.
    pub again: Option<Box<Copy>>,
}

/// How a copy went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// "the clipboard", "OSC 52", …
    pub route: String,
    /// Read back and equal; otherwise the message says that it cannot be confirmed.
    pub confirmed: bool,
    /// What else is to be said: what to set where the text may not have arrived.
    pub note: Option<String>,
}
