//! Puts texts on the clipboard and reports what became of them. What may take time happens on a thread of its own,
//! made with the first copy; OSC 52 is written by the screen at once. What the thread does is `desk`'s.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use crate::app::effect::Copy;
use crate::app::message::{CopyReport, JobId, Message, Sent};
use crate::app::want::Want;
use crate::domain::clipboard::Route;
use crate::domain::secret::Secret;
use crate::error::{Error, Kind};
use crate::ports::clipboard::{Clipboard, Way};
use crate::ports::terminal::Screen;
use crate::ports::terminal::screen::Output;
use crate::ports::{browser, paths};

use super::desk::{Desk, Order};

pub(super) type Report = Arc<dyn Fn(Message) + Send + Sync>;

pub struct Copier {
    way: Way,
    report: Report,
    orders: Option<Sender<Order>>,
}

impl Copier {
    pub fn new(way: Way, report: impl Fn(Message) + Send + Sync + 'static) -> Copier {
        Copier { way, report: Arc::new(report), orders: None }
    }

    /// The way texts take, by its name.
    pub fn way(&self) -> String {
        self.way.route.name()
    }

    /// Opens a link in the browser, on a thread that waits for it.
    pub fn open(&self, job: JobId, want: Want, url: Secret) {
        let told = Arc::clone(&self.report);
        let failed = (want.clone(), Arc::clone(&self.report));
        let ssh = self.way.here.ssh;
        let work = move || {
            let tell = |result| told(Message::Opened { job, want: want.clone(), result });
            match ssh {
                true => tell(Err("the browser of this machine is not where you are".to_owned())),
                false => browser::open(url.expose(), &paths::environment, tell),
            }
        };
        if std::thread::Builder::new().name("browser".into()).spawn(work).is_err() {
            let (want, report) = failed;
            report(Message::Opened { job, want, result: Err("could not start a thread".into()) });
        }
    }

    /// Saves a text as a file where downloads go.
    pub fn save(&mut self, name: String, text: String) {
        if let Some(Order::Save(..)) = self.hand_over(Order::Save(name, text)) {
            let error = Error::other("could not start a thread");
            (self.report)(Message::Saved(Err(error)));
        }
    }

    pub fn copy<O: Output>(&mut self, copy: Box<Copy>, screen: &mut Screen<O>) {
        let order = match self.way.route == Route::Osc52 || copy.by_terminal {
            true => {
                let written = matches!(screen.osc52(copy.text.expose()), Ok(true));
                Order::Written(copy, written)
            }
            false => Order::Copy(copy),
        };
        if let Some(Order::Copy(copy) | Order::Written(copy, _)) = self.hand_over(order) {
            let error = Error::new(Kind::Clipboard, "the clipboard's thread could not be started");
            (self.report)(report(*copy, Err(error), false));
        }
    }

    /// An order that nobody takes comes back.
    fn hand_over(&mut self, order: Order) -> Option<Order> {
        if self.orders.is_none() {
            self.orders = self.start();
        }
        match &self.orders {
            Some(orders) => orders.send(order).map_err(|refused| refused.0).err(),
            None => Some(order),
        }
    }

    /// Lets the thread put things in order; the answer comes when that is done: nothing that was to stay is
    /// lost. Nothing where nothing was copied.
    pub fn leave(&mut self) -> Option<Receiver<bool>> {
        let (done, wait) = mpsc::channel();
        self.orders.take()?.send(Order::Leave(done)).ok().map(|()| wait)
    }

    fn start(&self) -> Option<Sender<Order>> {
        let (orders, wait) = mpsc::channel::<Order>();
        let (way, report) = (self.way.clone(), Arc::clone(&self.report));
        let work = move || Desk::new(Clipboard::system(), way, report).work(&wait);
        std::thread::Builder::new().name("copier".into()).spawn(work).ok().map(|_| orders)
    }
}

pub(super) fn report(copy: Copy, result: Result<Sent, Error>, may_try_terminal: bool) -> Message {
    let again = may_try_terminal.then(|| Box::new(Copy { by_terminal: true, ..copy.clone() }));
    let Copy { job, want, what, text, care, .. } = copy;
    Message::Copied(CopyReport { job, want, what, care, chars: text.chars(), result, again })
}
