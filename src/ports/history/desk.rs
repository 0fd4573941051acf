//! The history's thread. It gathers what is to be written into one transaction, keeps in memory what could not be
//! written and tries again (`backlog`), and tells what others have written (`known`). `agenda` says when.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::time::Duration;

use crate::domain::entry::Entry;
use crate::ports::clock::Clock;

use super::agenda::Agenda;
use super::alive::{self, Alive};
use super::backlog::{Backlog, Receipt};
use super::bell::Bell;
use super::fault::Fault;
use super::known::{Known, News};
use super::store::Store;
use super::unsaved::{Mark, Unsaved};
use super::write::Write;
use super::{Keep, Options, Report, Sink, file_system, place};

/// The file is not cleared up more often than this.
const SOON: Duration = Duration::from_secs(2);

pub(super) enum Order {
    Write(Box<Write>, Option<Mark>, Receipt),
    Look,
    Close(Sender<()>),
}

/// What the orders come to.
enum Next {
    Serve { look: bool },
    Close(Option<Sender<()>>),
}

pub(super) struct Desk {
    dir: PathBuf,
    keep: Keep,
    keep_days: i64,
    clock: Clock,
    run: String,
    reads: bool,
    at_once: bool,
    sink: Sink,
    store: Option<Store>,
    alive: Option<Alive>,
    backlog: Backlog,
    known: Known,
    agenda: Agenda,
    /// The file was opened and not read yet.
    behind: bool,
    trouble: Option<String>,
    told: Option<String>,
    /// Where the file lies was judged.
    placed: bool,
}

impl Desk {
    pub fn new(options: Options, sink: Sink, unsaved: Unsaved) -> Desk {
        let Options { dir, keep, keep_days, clock, run, reads, at_once } = options;
        Desk {
            known: Known::new(dir.clone(), run.clone()),
            dir,
            keep,
            keep_days,
            clock,
            run,
            reads,
            at_once,
            sink,
            store: None,
            alive: None,
            backlog: Backlog::new(unsaved),
            agenda: Agenda::new(),
            behind: false,
            trouble: None,
            told: None,
            placed: false,
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
            self.watch(&mut bell);
            let rest = self.agenda.rest(self.backlog.due(), self.known.is_waiting());
            let woken = bell.wait(Some(if std::mem::take(&mut rung) { Duration::ZERO } else { rest }));
            if woken.changed {
                self.agenda.changed();
            }
            let look = self.agenda.is_look_due() || woken.changed || self.known.is_waiting();
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

    /// Has changes to the file wake the thread. What was written before that began has told nobody.
    fn watch(&mut self, bell: &mut Bell) {
        let Some(store) = self.store.as_ref().filter(|_| self.reads) else { return };
        if bell.watch(store.path().parent().unwrap_or(&self.dir)) {
            self.look();
        }
    }

    /// Takes all orders that are there.
    fn take_orders(&mut self, orders: &Receiver<Order>) -> Next {
        let mut look = false;
        loop {
            match orders.try_recv() {
                Ok(Order::Write(write, mark, receipt)) => self.backlog.add(*write, mark, receipt),
                Ok(Order::Look) => look = true,
                Ok(Order::Close(done)) => return Next::Close(Some(done)),
                Err(TryRecvError::Empty) => return Next::Serve { look },
                Err(TryRecvError::Disconnected) => return Next::Close(None),
            }
        }
    }

    /// Writes all that waits, in one transaction.
    fn flush(&mut self) {
        if self.backlog.is_empty() {
            return;
        }
        match self.guarded(Desk::write) {
            Ok(()) => {
                self.trouble = None;
                self.backlog.succeed();
                self.await_end();
            }
            Err(fault) => {
                self.backlog.fail(&fault);
                self.failed(fault);
            }
        }
        self.tell();
    }

    fn write(&mut self) -> Result<(), Fault> {
        self.open()?;
        if self.alive.as_ref().is_none_or(|alive| !alive.is_in_place()) {
            let alive = Alive::begin(&self.dir, &self.run);
            self.alive =
                Some(alive.map_err(|_| Fault::new(format!("{} cannot be written to", self.dir.display())))?);
        }
        let Some(store) = &mut self.store else { return Err(Fault::new("there is no history")) };
        let versions = store.write(&self.backlog.writes(), &self.run, self.keep)?;
        self.known.wrote(versions);
        Ok(())
    }

    /// After an error nothing is believed of what the connection holds: the next try opens the file anew.
    fn failed(&mut self, fault: Fault) {
        if !fault.busy {
            self.store = None;
        }
        self.trouble = Some(fault.reason);
    }

    /// Opens the file, or opens it anew where another one took its name.
    fn open(&mut self) -> Result<(), Fault> {
        if self.store.as_ref().is_some_and(|store| !store.is_in_place()) {
            self.begin_anew();
        }
        if self.store.is_none() {
            self.store = Store::open(&self.dir, true)?;
            self.behind = true;
            self.agenda.tidy_now();
            self.judge_place();
        }
        Ok(())
    }

    /// The file is another one from now on.
    fn begin_anew(&mut self) {
        self.store = None;
        self.known.clear();
        self.backlog.begin_anew(self.clock.now());
    }

    /// Warns once where the file lies on a system whose locks and shared memory cannot be relied on.
    fn judge_place(&mut self) {
        if self.reads
            && !std::mem::replace(&mut self.placed, true)
            && let Some(kind) = file_system::remote(&self.dir)
        {
            let warning = format!("the history lies on {kind}: use it from one machine at a time");
            (self.sink)(Report::Notice(warning));
        }
    }

    /// Does something with the file; where it turns out to be damaged, it is set aside and a new one begun.
    fn guarded<T>(&mut self, act: fn(&mut Desk) -> Result<T, Fault>) -> Result<T, Fault> {
        let before = place::identity(&self.dir.join(place::FILE));
        let fault = match act(self) {
            Err(fault) if fault.damaged => fault,
            done => return done,
        };
        self.begin_anew();
        let path = self.dir.join(place::FILE);
        let _lock = place::lock(&self.dir, super::PATIENCE).map_err(|_| fault.clone())?;
        // Another run may have done so meanwhile.
        if place::identity(&path) == before {
            let name = place::set_aside(&path, self.clock.now()).map_err(|_| fault)?;
            let notice = format!("the history was damaged: it is kept as {name}, and a new one is begun");
            (self.sink)(Report::Notice(notice));
        }
        act(self)
    }

    /// All there is, at the start.
    fn read(&mut self) -> Result<Vec<Entry>, Fault> {
        self.open()?;
        let Some(store) = &self.store else { return Ok(Vec::new()) };
        let (all, unreadable) = store.all()?;
        if unreadable > 0 {
            (self.sink)(Report::Notice(super::unreadable(unreadable)));
        }
        self.trouble = store.only_read().map(|fault| fault.reason.clone());
        self.behind = false;
        Ok(self.known.take(all))
    }

    /// Tells what others have written, and which of their calls will get no answer any more.
    fn look(&mut self) {
        match self.guarded(Desk::news) {
            Ok(News { entries, gone }) => {
                if !entries.is_empty() {
                    (self.sink)(Report::Others(entries));
                }
                if !gone.is_empty() {
                    self.backlog.forget(&gone);
                    (self.sink)(Report::Gone(gone));
                }
            }
            Err(fault) if fault.busy => self.agenda.changed(),
            Err(fault) => self.failed(fault),
        }
    }

    fn news(&mut self) -> Result<News, Fault> {
        self.open()?;
        let Some(store) = &mut self.store else { return Ok(News::default()) };
        if self.backlog.is_empty() {
            self.trouble = store.only_read().map(|fault| fault.reason.clone());
        }
        // That it has changed is told once: where reading fails, the next look has to know.
        self.behind |= store.has_changed()?;
        let news = self.known.news(store, self.behind)?;
        self.behind = false;
        Ok(news)
    }

    /// Blanks and forgets what has had its time: at the start, every hour, and when the next credential has ended.
    fn tidy(&mut self) {
        if !self.agenda.is_tidy_due() {
            return;
        }
        let Some(store) = &mut self.store else { return };
        // What could not be done now is done in an hour.
        let tidied = store.tidy(self.clock.now(), self.keep_days);
        let _ = store.strip(Some(self.keep));
        alive::sweep(&self.dir);
        if tidied.is_ok() {
            self.await_end();
        }
    }

    /// Has the file cleared up when the next credential in it has had its time.
    fn await_end(&mut self) {
        let next = self.store.as_ref().and_then(|store| store.next_end().ok().flatten());
        if let Some(end) = next {
            let left = end.saturating_sub(self.clock.now().as_second());
            self.agenda.tidy_within(Duration::from_secs(u64::try_from(left).unwrap_or(0)).max(SOON));
        }
    }

    /// Tells of trouble when it comes and when it is over.
    fn tell(&mut self) {
        let now = self.trouble.clone().map(|why| format!("not saved: {why}"));
        if self.told != now {
            self.told.clone_from(&now);
            (self.sink)(Report::Trouble(now));
        }
    }
}
