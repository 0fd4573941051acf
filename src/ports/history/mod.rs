//! What survives: the entries, in one SQLite file that all runs of the program share. A creation is noted before its
//! request leaves and again before its entry is shown, so that whatever kills the program, no room is forgotten. One
//! thread owns the file (`desk`); nobody waits for it longer than `PATIENCE`, and where it cannot write, the work goes
//! on under a standing notice while it tries again.
//!
//! `store` is the file, `row` how an entry stands in it, `upkeep` what is taken out of it, `place` where it lies,
//! `file_system` on what, `alive` who is still waiting for an answer, `bell` what wakes the thread. `desk` has what is
//! still to be written in `backlog`, what would be lost with it in `unsaved`, and what was told in `known`. `look`
//! reads what `doctor` tells, and changes nothing.

mod agenda;
mod alive;
mod backlog;
mod bell;
mod desk;
mod fault;
mod file_system;
mod known;
mod look;
mod place;
mod row;
#[cfg(test)]
mod sample;
mod shelf;
mod store;
mod unsaved;
mod upkeep;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::domain::entry::Entry;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;

pub use look::{Looked, NO_FILE, look, room, shared_by_machines};
pub use shelf::Shelf;

use bell::Ringer;
use desk::{Desk, Order};
use unsaved::{Mark, Unsaved};
use write::Write;

/// How long a creation waits for the history.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// What of an entry is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    All,
    /// Neither host links nor the secrets that go with them.
    Guest,
}

/// How a history is to be kept.
#[derive(Clone, Debug)]
pub struct Options {
    /// The directory of the state; made where there is none.
    pub dir: PathBuf,
    pub keep: Keep,
    /// Days an entry is kept.
    pub keep_days: i64,
    pub clock: Clock,
    /// The name of this run, letters and digits, of which there is no other.
    pub run: String,
    /// Whether the entries are to be told of: those that are there, and those that others add.
    pub reads: bool,
    /// Whether the file is opened at once, else with the first order.
    pub at_once: bool,
}

/// What the history tells of itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// What was there at the start, the oldest first.
    Entries(Vec<Entry>),
    /// What others have added or changed since.
    Others(Vec<Entry>),
    /// Ids of entries that others have removed.
    Gone(Vec<String>),
    /// Why nothing is saved at present; nothing where all is well again.
    Trouble(Option<String>),
    /// What has happened once, or is so, and stays worth knowing.
    Notice(String),
}

/// "2 entries of the history cannot be read".
pub fn unreadable(count: usize) -> String {
    match count {
        1 => "1 entry of the history cannot be read".to_owned(),
        _ => format!("{count} entries of the history cannot be read"),
    }
}

/// Takes reports; called on the history's thread, must not block.
pub type Sink = Box<dyn Fn(Report) + Send>;

/// The handle of the history.
#[derive(Clone, Debug)]
pub struct History {
    orders: Sender<Order>,
    ringer: Ringer,
    unsaved: Unsaved,
    /// Something was written that nobody waited for.
    noted: Arc<AtomicBool>,
}

/// A history that is being closed.
pub struct Closing {
    done: Receiver<()>,
    unsaved: Unsaved,
}

impl Closing {
    /// Waits at most so long; the names of what is lost.
    pub fn wait(self, patience: Duration) -> Vec<String> {
        let _ = self.done.recv_timeout(patience);
        self.unsaved.names()
    }
}

impl History {
    /// Starts the thread; it opens the file by itself, so this never waits for a disk.
    pub fn start(options: Options, sink: Sink) -> Result<History> {
        allow_full_disks();
        let failed = |_: std::io::Error| Error::new(Kind::Storage, "could not start the history");
        let (ringer, bell) = bell::bell().map_err(failed)?;
        let (orders, take) = channel();
        let unsaved = Unsaved::default();
        let desk = Desk::new(options, sink, unsaved.clone());
        let thread = std::thread::Builder::new().name("history".into());
        thread.spawn(move || desk.serve(&take, bell)).map_err(failed)?;
        Ok(History { orders, ringer, unsaved, noted: Arc::default() })
    }

    /// Notes that a request is about to leave. `entry` is what is to be said of it if its answer never comes.
    pub async fn intend(&self, entry: Entry) -> Result<(), String> {
        self.write(Write::Intent(entry), None).await
    }

    /// Keeps an entry. The error says why it is not on the disk yet; it is tried again all the same.
    pub async fn keep(&self, entry: Entry) -> Result<(), String> {
        let mark = self.unsaved.mark(&entry);
        self.write(Write::Answer(entry), mark).await
    }

    /// Notes the ticket of an entry that is kept already; nobody waits for it but the end.
    pub fn note(&self, entry: Entry) {
        self.noted.store(true, Ordering::Relaxed);
        let (give, _) = oneshot::channel();
        self.order(Order::Write(Box::new(Write::Ticket(entry)), None, give));
    }

    /// Notes since when an entry that is kept already is gone at the provider, or that it is not. The error says why
    /// that is not on the disk yet; it is tried again all the same.
    pub async fn mark(&self, entry: Entry) -> Result<(), String> {
        self.noted.store(true, Ordering::Relaxed);
        self.write(Write::Deleted(entry), None).await
    }

    /// Removes an entry for good; nobody waits for it but the end.
    pub fn forget(&self, entry: Entry) {
        self.noted.store(true, Ordering::Relaxed);
        self.unsaved.forget(&entry.id);
        let (give, _) = oneshot::channel();
        self.order(Order::Write(Box::new(Write::Forget(entry)), None, give));
    }

    async fn write(&self, write: Write, mark: Option<Mark>) -> Result<(), String> {
        let (give, answer) = oneshot::channel();
        self.order(Order::Write(Box::new(write), mark, give));
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(written)) => written,
            Ok(Err(_)) => Err("the history has ended".into()),
            Err(_) => Err("the history is busy".into()),
        }
    }

    /// Has the file looked at for what others have written.
    pub fn look(&self) {
        self.order(Order::Look);
    }

    /// Ends the thread, which writes what it still can within that time; the names of what is lost.
    pub fn close(&self, patience: Duration) -> Vec<String> {
        self.begin_close().wait(patience)
    }

    /// Has the thread end while something else is done.
    pub fn begin_close(&self) -> Closing {
        let (give, done) = channel();
        self.order(Order::Close(give));
        Closing { done, unsaved: self.unsaved.clone() }
    }

    /// The same where something is still to be written; else there is nothing to wait for, and the file is left as it
    /// is.
    pub fn begin_leave(&self) -> Option<Closing> {
        let all_saved = self.unsaved.is_empty() && !self.noted.load(Ordering::Relaxed);
        (!all_saved).then(|| self.begin_close())
    }

    /// The same, waited for; the names of what is lost.
    pub fn leave(&self, patience: Duration) -> Vec<String> {
        self.begin_leave().map(|closing| closing.wait(patience)).unwrap_or_default()
    }

    fn order(&self, order: Order) {
        if self.orders.send(order).is_ok() {
            self.ringer.ring();
        }
    }
}

/// Takes every link and every secret out of the history of a directory, for a user who wants none any more. Nothing is
/// made where there is none.
pub fn give_up(dir: &Path) -> Result<()> {
    let failed = |fault: fault::Fault| Error::new(Kind::Storage, fault.reason);
    let Some(mut store) = store::Store::open(dir, false).map_err(failed)? else { return Ok(()) };
    store.strip(None).map_err(failed)
}

/// A limit on the size of files must be an error to be told of, not the end of the program.
#[cfg(unix)]
fn allow_full_disks() {
    let reached = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let _ = signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), reached);
}

#[cfg(not(unix))]
fn allow_full_disks() {}

#[cfg(test)]
mod tests {
    use super::backlog::Backlog;
    use super::sample::entry;
    use super::*;

    /// A history whose orders nobody takes.
    fn idle() -> (History, Receiver<Order>) {
        let (orders, take) = channel();
        let (ringer, _) = bell::bell().unwrap();
        (History { orders, ringer, unsaved: Unsaved::default(), noted: Arc::default() }, take)
    }

    /// Hands an entry over and does not wait for what becomes of it.
    fn keep(history: &History, entry: Entry) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            tokio::select! { biased; _ = history.keep(entry) => {}, () = async {} => {} }
        });
    }

    #[test]
    fn what_is_saved_of_an_older_answer_leaves_the_newer_to_be_named() {
        let (history, take) = idle();
        let mut backlog = Backlog::new(history.unsaved.clone());
        keep(&history, entry("a", "Older"));
        keep(&history, entry("a", "Newer"));
        for left in [vec!["Newer (whereby)"], vec![]] {
            let Ok(Order::Write(write, mark, receipt)) = take.try_recv() else { panic!("no order") };
            backlog.add(*write, mark, receipt);
            backlog.succeed();
            assert_eq!(history.begin_close().wait(Duration::ZERO), left);
        }
    }
}
