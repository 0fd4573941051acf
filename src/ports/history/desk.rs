//! The history's thread. It gathers what is to be written into one transaction, keeps in memory what could not be
//! written and tries again every second, and tells what others have written.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::domain::entry::Entry;
use crate::ports::clock::Clock;

use super::alive::{self, Alive};
use super::bell::Bell;
use super::store::{Fault, Store, Stored, Write};
use super::{Keep, Options, Report, Sink, Unsaved, place};

/// Between two tries to write what could not be written.
const RETRY: Duration = Duration::from_secs(1);
/// Between two looks at calls of other runs, whose end nothing tells of.
const GLANCE: Duration = Duration::from_secs(10);
/// When to look again after a file has changed: a commit is seen only some time after its bytes are written.
const ECHOES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(1200)];
/// Between two times of clearing away what has ended.
const TIDY: Duration = Duration::from_secs(3600);

pub(super) enum Order {
    Write(Box<Write>, oneshot::Sender<Result<(), String>>),
    Look,
    Close(Sender<()>),
}

/// What the orders come to.
enum Next {
    Serve { look: bool },
    Close(Option<Sender<()>>),
}

/// What is to be written, and who waits for it.
type Pending = (Write, Option<oneshot::Sender<Result<(), String>>>);

pub(super) struct Desk {
    dir: PathBuf,
    keep: Keep,
    keep_days: i64,
    clock: Clock,
    run: String,
    reads: bool,
    at_once: bool,
    sink: Sink,
    unsaved: Unsaved,
    store: Option<Store>,
    alive: Option<Alive>,
    pending: Vec<Pending>,
    /// The file was opened and not read yet.
    behind: bool,
    /// The versions of the entries that were told of.
    known: HashMap<String, i64>,
    /// Calls of other runs that may still get their answer.
    waiting: Vec<(String, String)>,
    trouble: Option<String>,
    /// What has happened once and stays worth knowing.
    notice: Option<String>,
    told: Option<String>,
    next_tidy: Instant,
    /// When to look again.
    again: VecDeque<Instant>,
}

impl Desk {
    pub fn new(options: Options, sink: Sink, unsaved: Unsaved) -> Desk {
        let Options { dir, keep, keep_days, clock, run, reads, at_once } = options;
        Desk {
            dir,
            keep,
            keep_days,
            clock,
            run,
            reads,
            at_once,
            sink,
            unsaved,
            store: None,
            alive: None,
            pending: Vec::new(),
            behind: false,
            known: HashMap::new(),
            waiting: Vec::new(),
            trouble: None,
            notice: None,
            told: None,
            next_tidy: Instant::now() + TIDY,
            again: VecDeque::new(),
        }
    }

    /// Serves until it is told to close, or nobody is left to tell it.
    pub fn serve(mut self, orders: &Receiver<Order>, mut bell: Bell) {
        // The order that began it has rung already.
        let mut rung = !self.at_once;
        if rung {
            bell.wait(None);
        }
        if self.reads {
            let entries = self.guarded(Desk::read).unwrap_or_else(|fault| {
                self.trouble = Some(fault.reason);
                Vec::new()
            });
            (self.sink)(Report::Entries(entries));
        }
        loop {
            self.tidy();
            self.tell();
            if self.reads
                && let Some(store) = &self.store
            {
                // What was written before the watch began has told nobody.
                if bell.watch(store.path().parent().unwrap_or(&self.dir)) {
                    self.look();
                }
            }
            let rest = if std::mem::take(&mut rung) { Duration::ZERO } else { self.rest() };
            let woken = bell.wait(Some(rest));
            if woken.changed {
                self.again = ECHOES.map(|after| Instant::now() + after).into();
            }
            let due = self.again.front().is_some_and(|at| *at <= Instant::now());
            if due {
                self.again.pop_front();
            }
            let look = woken.changed || due || !self.waiting.is_empty();
            match self.take_orders(orders) {
                Next::Serve { look: asked } => {
                    self.flush();
                    let behind = self.behind && self.store.is_some();
                    if self.reads && (look || asked || behind) {
                        self.look();
                    }
                }
                Next::Close(done) => {
                    self.flush();
                    drop(self);
                    if let Some(done) = done {
                        let _ = done.send(());
                    }
                    return;
                }
            }
        }
    }

    /// Takes all orders that are there.
    fn take_orders(&mut self, orders: &Receiver<Order>) -> Next {
        let mut look = false;
        loop {
            match orders.try_recv() {
                Ok(Order::Write(write, receipt)) => self.pending.push((*write, Some(receipt))),
                Ok(Order::Look) => look = true,
                Ok(Order::Close(done)) => return Next::Close(Some(done)),
                Err(TryRecvError::Empty) => return Next::Serve { look },
                Err(TryRecvError::Disconnected) => return Next::Close(None),
            }
        }
    }

    /// How long nothing needs to be done.
    fn rest(&self) -> Duration {
        let now = Instant::now();
        let left = |at: &Instant| at.saturating_duration_since(now);
        let rest = self.again.front().map_or(TIDY, left).min(left(&self.next_tidy));
        match (self.pending.is_empty(), self.waiting.is_empty()) {
            (false, _) => rest.min(RETRY),
            (true, false) => rest.min(GLANCE),
            (true, true) => rest,
        }
    }

    /// Writes all that waits, in one transaction.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        match self.guarded(Desk::write) {
            Ok(()) => {
                self.trouble = None;
                for (write, receipt) in std::mem::take(&mut self.pending) {
                    self.saved(&write);
                    if let Some(receipt) = receipt {
                        let _ = receipt.send(Ok(()));
                    }
                }
            }
            Err(fault) => {
                // Who waits may go on, unless it is only a matter of time.
                for (_, receipt) in self.pending.iter_mut().filter(|_| !fault.busy) {
                    if let Some(receipt) = receipt.take() {
                        let _ = receipt.send(Err(fault.reason.clone()));
                    }
                }
                self.trouble = Some(fault.reason);
            }
        }
        self.tell();
    }

    fn saved(&self, write: &Write) {
        if let Write::Answer(entry) = write {
            let mut unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
            unsaved.retain(|(id, _)| *id != entry.id);
        }
    }

    fn write(&mut self) -> Result<(), Fault> {
        self.open()?;
        if self.alive.is_none() {
            let alive = Alive::begin(&self.dir, &self.run);
            self.alive =
                Some(alive.map_err(|_| Fault::new(format!("{} cannot be written to", self.dir.display())))?);
        }
        let Some(store) = &mut self.store else { return Err(Fault::new("there is no history")) };
        let writes: Vec<&Write> = self.pending.iter().map(|(write, _)| write).collect();
        let versions = store.write(&writes, &self.run, self.keep)?;
        self.known.extend(versions);
        Ok(())
    }

    /// Opens the file, or opens it anew where another one took its name.
    fn open(&mut self) -> Result<(), Fault> {
        if self.store.as_ref().is_some_and(|store| !store.is_in_place()) {
            self.store = None;
            self.known.clear();
        }
        if self.store.is_none() {
            self.store = Store::open(&self.dir, true)?;
            self.behind = true;
            self.next_tidy = Instant::now();
        }
        Ok(())
    }

    /// Does something with the file; where it turns out to be damaged, it is set aside and a new one begun.
    fn guarded<T>(&mut self, act: fn(&mut Desk) -> Result<T, Fault>) -> Result<T, Fault> {
        let before = place::identity(&self.dir.join(place::FILE));
        let fault = match act(self) {
            Err(fault) if fault.damaged => fault,
            done => return done,
        };
        self.store = None;
        self.known.clear();
        let path = self.dir.join(place::FILE);
        let _lock = place::lock(&self.dir, super::PATIENCE).map_err(|_| fault.clone())?;
        // Another run may have done so meanwhile.
        if place::identity(&path) == before {
            let name = place::set_aside(&path, self.clock.now()).map_err(|_| fault)?;
            self.notice =
                Some(format!("the history was damaged: it is kept as {name}, and a new one is begun"));
        }
        act(self)
    }

    /// All there is, at the start.
    fn read(&mut self) -> Result<Vec<Entry>, Fault> {
        self.open()?;
        let Some(store) = &self.store else { return Ok(Vec::new()) };
        let all = store.all()?;
        self.behind = false;
        Ok(all.into_iter().filter_map(|stored| self.take(stored)).collect())
    }

    /// An entry to tell of; none while its run may still get the answer.
    fn take(&mut self, stored: Stored) -> Option<Entry> {
        let id = stored.entry.id.clone();
        self.waiting.retain(|(waiting, _)| *waiting != id);
        if stored.answered || stored.run == self.run {
            self.known.insert(id, stored.version);
            return stored.answered.then_some(stored.entry);
        }
        if alive::is_alive(&self.dir, &stored.run) {
            self.waiting.push((id, stored.run));
            return None;
        }
        self.known.insert(id, stored.version);
        Some(stored.entry)
    }

    /// Tells what others have written, and which of their calls will get no answer any more.
    fn look(&mut self) {
        match self.guarded(Desk::news) {
            Ok((others, gone)) => {
                if !others.is_empty() {
                    (self.sink)(Report::Others(others));
                }
                if !gone.is_empty() {
                    (self.sink)(Report::Gone(gone));
                }
            }
            // The next look will tell.
            Err(fault) if fault.busy => {}
            Err(fault) => {
                self.store = None;
                self.trouble = Some(fault.reason);
            }
        }
    }

    fn news(&mut self) -> Result<(Vec<Entry>, Vec<String>), Fault> {
        self.open()?;
        let Some(store) = &mut self.store else { return Ok(Default::default()) };
        if self.pending.is_empty() {
            self.trouble = None;
        }
        let mut ids: Vec<String> = Vec::new();
        let mut gone = Vec::new();
        if store.has_changed()? || self.behind {
            let versions = store.versions()?;
            let there: HashSet<&str> = versions.iter().map(|(id, _)| id.as_str()).collect();
            gone.extend(self.known.keys().filter(|id| !there.contains(id.as_str())).cloned());
            let news = versions.iter().filter(|(id, version)| self.known.get(id) != Some(version));
            ids.extend(news.map(|(id, _)| id.clone()));
            self.behind = false;
        }
        for (id, run) in &self.waiting {
            if !ids.contains(id) && !alive::is_alive(&self.dir, run) {
                ids.push(id.clone());
            }
        }
        let mut fresh = Vec::new();
        for id in ids {
            fresh.extend(store.get(&id)?);
        }
        for id in &gone {
            self.known.remove(id);
        }
        Ok((fresh.into_iter().filter_map(|stored| self.take(stored)).collect(), gone))
    }

    /// Blanks and forgets what has had its time, at the start and every hour.
    fn tidy(&mut self) {
        if Instant::now() < self.next_tidy {
            return;
        }
        self.next_tidy = Instant::now() + TIDY;
        let Some(store) = &mut self.store else { return };
        // What could not be done now is done in an hour.
        let _ = store.tidy(self.clock.now(), self.keep_days);
        alive::sweep(&self.dir);
    }

    /// Tells of trouble when it comes and when it is over.
    fn tell(&mut self) {
        let now = self.trouble.clone().map(|why| format!("not saved: {why}")).or_else(|| self.notice.clone());
        if self.told != now {
            self.told.clone_from(&now);
            (self.sink)(Report::Trouble(now));
        }
    }
}
