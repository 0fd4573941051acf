//! What is still to be written, in the order it was said and with whoever waits for it, and what this run has written
//! already: where the file is lost under it, that is written once more into the next one.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::fault::Fault;
use super::row;
use super::unsaved::{Mark, Unsaved};
use super::write::Write;

/// Between two tries to write what could not be written.
const RETRY: Duration = Duration::from_secs(1);
/// The same while others hold the file: a try waits for them by itself.
const SOON: Duration = Duration::from_millis(50);

/// So many of what was written are kept at hand; a console runs for weeks.
const AT_HAND: usize = 500;

/// Told whether it is on the disk, or why not.
pub(super) type Receipt = oneshot::Sender<Result<(), String>>;

/// One thing that is not written yet.
struct Pending {
    write: Write,
    mark: Option<Mark>,
    receipt: Option<Receipt>,
}

pub(super) struct Backlog {
    pending: Vec<Pending>,
    written: VecDeque<Write>,
    unsaved: Unsaved,
    retry: Duration,
}

impl Backlog {
    pub fn new(unsaved: Unsaved) -> Backlog {
        Backlog { pending: Vec::new(), written: VecDeque::new(), unsaved, retry: RETRY }
    }

    pub fn add(&mut self, write: Write, mark: Option<Mark>, receipt: Receipt) {
        self.pending.push(Pending { write, mark, receipt: Some(receipt) });
    }

    pub fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    pub fn writes(&self) -> Vec<&Write> {
        self.pending.iter().map(|pending| &pending.write).collect()
    }

    /// When to try again; never, where nothing is left.
    pub fn due(&self) -> Option<Duration> {
        (!self.is_empty()).then_some(self.retry)
    }

    /// All of it is on the disk.
    pub fn succeed(&mut self) {
        for Pending { write, mark, receipt } in std::mem::take(&mut self.pending) {
            if let Some(mark) = mark {
                self.unsaved.saved(mark);
            }
            if let Some(receipt) = receipt {
                let _ = receipt.send(Ok(()));
            }
            self.wrote(write);
        }
    }

    /// Keeps at hand what would have to be written once more. A ticket or the mark of what is gone is a part of what
    /// was written before; what was forgotten is not written again.
    fn wrote(&mut self, write: Write) {
        // What it takes the place of was written a moment ago.
        let is = |one: &Write| one.entry().id == write.entry().id;
        let before = self.written.iter().rposition(is);
        if let Write::Ticket(_) | Write::Deleted(_) = write {
            let known = before.and_then(|at| self.written.get_mut(at)).map(Write::entry_mut);
            known.into_iter().for_each(|known| write.change(known));
            return;
        }
        if let Some(at) = before {
            self.written.remove(at);
        }
        if let Write::Forget(_) = write {
            return;
        }
        self.written.push_back(write);
        if self.written.len() > AT_HAND {
            self.written.pop_front();
        }
    }

    /// Nothing of it is. Who waits may go on, unless it is only a matter of time.
    pub fn fail(&mut self, fault: &Fault) {
        self.retry = if fault.busy { SOON } else { RETRY };
        for pending in self.pending.iter_mut().filter(|_| !fault.busy) {
            if let Some(receipt) = pending.receipt.take() {
                let _ = receipt.send(Err(fault.reason.clone()));
            }
        }
    }

    /// The file that held it is gone or set aside: all of this run goes into the next one, but for what has ended.
    pub fn begin_anew(&mut self, now: Timestamp) {
        let mut again = std::mem::take(&mut self.written);
        for write in &mut again {
            row::blank(write.entry_mut(), now.as_second());
        }
        let later = std::mem::take(&mut self.pending);
        let anew = |write| Pending { write, mark: None, receipt: None };
        self.pending = again.into_iter().map(anew).chain(later).collect();
    }

    /// Somebody has removed these entries: they do not come back.
    pub fn forget(&mut self, ids: &[String]) {
        self.written.retain(|write| !ids.contains(&write.entry().id));
    }
}
