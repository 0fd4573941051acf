//! Puts texts on the clipboard and reports what became of them. What may take time happens on a thread of its own,
//! made with the first copy; OSC 52 is written by the screen at once.

use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use crate::app::message::{CopyReport, JobId, Message, Sent};
use crate::domain::clipboard::{Care, Route};
use crate::domain::secret::Secret;
use crate::error::{Error, Kind};
use crate::ports::clipboard::Clipboard;
use crate::ports::terminal::Screen;
use crate::ports::terminal::screen::Output;

type Report = Arc<dyn Fn(Message) + Send + Sync>;

pub struct Copier {
    route: Route,
    report: Report,
    orders: Option<Sender<Order>>,
}

struct Order {
    job: JobId,
    what: String,
    text: Secret,
    care: Care,
}

impl Copier {
    pub fn new(route: Route, report: impl Fn(Message) + Send + Sync + 'static) -> Copier {
        Copier { route, report: Arc::new(report), orders: None }
    }

    pub fn copy<O: Output>(
        &mut self,
        job: JobId,
        what: String,
        text: &Secret,
        care: Care,
        screen: &mut Screen<O>,
    ) {
        if self.route == Route::Osc52 {
            let written = screen.osc52(text.expose());
            let result = match written {
                Ok(true) => Ok(Sent { route: self.route.name(), confirmed: false, note: None }),
                _ => Err(Error::new(Kind::Clipboard, "the terminal takes nothing at present")),
            };
            (self.report)(Message::Copied(CopyReport { job, what, care, chars: text.chars(), result }));
            return;
        }
        let order = Order { job, what, text: text.clone(), care };
        if let Err(order) = self.hand_over(order) {
            let result = Err(Error::new(Kind::Clipboard, "the clipboard's thread could not be started"));
            (self.report)(Message::Copied(CopyReport {
                job,
                what: order.what,
                care,
                chars: order.text.chars(),
                result,
            }));
        }
    }

    fn hand_over(&mut self, order: Order) -> Result<(), Order> {
        if self.orders.is_none() {
            self.orders = self.start();
        }
        match &self.orders {
            Some(orders) => orders.send(order).map_err(|refused| refused.0),
            None => Err(order),
        }
    }

    fn start(&self) -> Option<Sender<Order>> {
        let (orders, wait) = mpsc::channel::<Order>();
        let (route, report) = (self.route.clone(), Arc::clone(&self.report));
        let work = move || {
            let mut clipboard = Clipboard::system();
            for order in wait {
                let Order { job, what, text, care } = order;
                let result = match clipboard.copy(text.expose(), &route, care.is_secret()) {
                    Ok(copied) => {
                        Ok(Sent { route: copied.route.name(), confirmed: copied.confirmed, note: None })
                    }
                    Err(not) => Err(Error::new(Kind::Clipboard, format!("could not copy: {}", not.reason))
                        .hint(
                            "set `clipboard` in the configuration, or press i and select the link by hand",
                        )),
                };
                report(Message::Copied(CopyReport { job, what, care, chars: text.chars(), result }));
            }
        };
        std::thread::Builder::new().name("copier".into()).spawn(work).ok().map(|_| orders)
    }
}
