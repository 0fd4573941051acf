//! Puts texts on the clipboard and reports what became of them. What may take time happens on a thread of its own,
//! made with the first copy; OSC 52 is written by the screen at once. The same thread takes secrets away again when
//! their time is over, and at the end hands what is to stay to a keeper.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::app::effect::Copy;
use crate::app::message::{CopyReport, JobId, Message, Sent};
use crate::app::want::Want;
use crate::domain::clipboard::{Care, Forgotten, Route};
use crate::domain::secret::Secret;
use crate::error::{Error, Kind};
use crate::ports::clipboard::{Clipboard, Way, keeper, tmux};
use crate::ports::terminal::Screen;
use crate::ports::terminal::screen::Output;
use crate::ports::{browser, downloads, paths};

/// How long a secret stays on the clipboard.
const STAY: Duration = Duration::from_secs(45);
/// From this length on some terminals cut what they are handed, in bytes of base64.
const LONG: usize = 6_000;

type Report = Arc<dyn Fn(Message) + Send + Sync>;

pub struct Copier {
    way: Way,
    report: Report,
    orders: Option<Sender<Order>>,
}

enum Order {
    Copy(Box<Copy>),
    /// The screen has written it, or could not.
    Written(Box<Copy>, bool),
    /// A file for the downloads.
    Save(String, String),
    /// The console ends.
    Leave(Sender<()>),
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

    /// Lets the thread put things in order; the answer comes when that is done. Nothing where nothing was copied.
    pub fn leave(&mut self) -> Option<Receiver<()>> {
        let (done, wait) = mpsc::channel();
        self.orders.take()?.send(Order::Leave(done)).ok().map(|()| wait)
    }

    fn start(&self) -> Option<Sender<Order>> {
        let (orders, wait) = mpsc::channel::<Order>();
        let (way, report) = (self.way.clone(), Arc::clone(&self.report));
        let work = move || Desk::new(Clipboard::system(), way, report, STAY).work(&wait);
        std::thread::Builder::new().name("copier".into()).spawn(work).ok().map(|_| orders)
    }
}

fn report(copy: Copy, result: Result<Sent, Error>, may_try_terminal: bool) -> Message {
    let Copy { job, want, what, text, care, .. } = copy;
    Message::Copied(CopyReport { job, want, what, care, chars: text.chars(), result, may_try_terminal })
}

/// A secret that is on the clipboard, and until when.
struct Fuse {
    end: Instant,
    text: Secret,
    route: Route,
    job: JobId,
    what: String,
}

/// What the thread works with.
struct Desk {
    clipboard: Clipboard,
    way: Way,
    report: Report,
    stay: Duration,
    fuse: Option<Fuse>,
    /// What the desktop's clipboard got last and may keep.
    kept: Option<Secret>,
}

impl Desk {
    fn new(clipboard: Clipboard, way: Way, report: Report, stay: Duration) -> Desk {
        Desk { clipboard, way, report, stay, fuse: None, kept: None }
    }

    fn work(mut self, orders: &Receiver<Order>) {
        loop {
            let order = match &self.fuse {
                Some(fuse) => orders.recv_timeout(fuse.end.saturating_duration_since(Instant::now())),
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match order {
                Ok(Order::Copy(copy)) => self.copy(*copy),
                Ok(Order::Written(copy, written)) => self.written(*copy, written),
                Ok(Order::Save(name, text)) => {
                    let saved = downloads::save(&name, &text);
                    (self.report)(Message::Saved(saved.map(|path| path.display().to_string())));
                }
                Ok(Order::Leave(done)) => {
                    self.leave();
                    let _ = done.send(());
                    return;
                }
                Err(RecvTimeoutError::Timeout) => self.forget(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn copy(&mut self, copy: Copy) {
        let route = self.way.route.clone();
        let result = self.clipboard.copy(copy.text.expose(), &route, copy.care.is_secret());
        let sent = match result {
            Ok(copied) => {
                self.remember(&copy, &route);
                let stays = copy.care.is_secret() && self.fuse.is_none();
                let note = stays.then(|| "stays until you copy something else".to_owned());
                Ok(Sent { route: copied.route.name(), confirmed: copied.confirmed, note })
            }
            Err(not) => {
                let error = Error::new(Kind::Clipboard, format!("could not copy: {}", not.reason));
                Err(error.hint("set `clipboard` in the configuration"))
            }
        };
        let may_try_terminal = sent.is_err() && self.way.auto;
        (self.report)(report(copy, sent, may_try_terminal));
    }

    /// The terminal has it, as far as anybody can know.
    fn written(&mut self, copy: Copy, written: bool) {
        let sent = match written {
            true => {
                self.remember(&copy, &Route::Osc52);
                let note = self.doubt(&copy);
                Ok(Sent { route: Route::Osc52.name(), confirmed: false, note })
            }
            false => Err(Error::new(Kind::Clipboard, "the terminal takes nothing at present")),
        };
        (self.report)(report(copy, sent, false));
    }

    /// What may have become of a text on its way through the terminal.
    fn doubt(&self, copy: &Copy) -> Option<String> {
        let dropped =
            self.way.here.tmux && matches!(tmux::set_clipboard().as_deref(), Some("external" | "off"));
        if dropped {
            return Some("tmux drops it: tmux set -s set-clipboard on".into());
        }
        if copy.text.expose().len() * 4 / 3 > LONG {
            return Some("long: some terminals cut it".into());
        }
        if self.way.here.screen {
            return Some("GNU screen may keep it to itself".into());
        }
        copy.care.is_secret().then(|| "stays until you copy something else".into())
    }

    /// Lights the fuse of a secret; whatever was there before is gone.
    fn remember(&mut self, copy: &Copy, route: &Route) {
        let can_forget = match route {
            Route::Native | Route::Tmux => true,
            Route::Osc52 => self.way.here.tmux,
            Route::Command(_) | Route::None => false,
        };
        self.kept = (*route == Route::Native && copy.care == Care::Plain).then(|| copy.text.clone());
        self.fuse = (copy.care.is_secret() && can_forget).then(|| Fuse {
            end: Instant::now() + self.stay,
            text: copy.text.clone(),
            route: route.clone(),
            job: copy.job,
            what: copy.what.clone(),
        });
    }

    /// Takes the secret away, if it is still there.
    fn forget(&mut self) {
        let Some(fuse) = self.fuse.take() else { return };
        if self.clipboard.forget(fuse.text.expose(), &fuse.route) == Forgotten::Removed {
            (self.report)(Message::Cleared(fuse.job, fuse.what));
        }
    }

    /// A secret goes, and what may stay is kept by somebody.
    fn leave(&mut self) {
        self.forget();
        let Some(text) = self.kept.take().filter(|_| keeper::NEEDED) else { return };
        if self.clipboard.holds(text.expose())
            && let Ok(program) = std::env::current_exe()
        {
            // Without a keeper the text goes with us, as it would have done anyway.
            let _ = keeper::hand_over(&program, text.expose(), None, paths::environment);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clipboard::Choice;
    use crate::ports::clipboard::{Memory, Surroundings};

    /// A desk over a clipboard in memory, and what it reports.
    fn desk(stay: Duration) -> (Desk, Memory, Receiver<Message>) {
        let memory = Memory::default();
        let (sender, messages) = mpsc::channel();
        let here = Surroundings { desktop: true, ..Surroundings::default() };
        let way = Way::choose(&Choice::Native, here);
        let report: Report = Arc::new(move |message| drop(sender.send(message)));
        (Desk::new(Clipboard::Memory(memory.clone()), way, report, stay), memory, messages)
    }

    fn copy(text: &str, care: Care) -> Copy {
        let (want, what) = (Want::Host, "the host link".to_owned());
        Copy { job: 7, want, what, text: Secret::new(text), care, by_terminal: false }
    }

    #[test]
    fn a_secret_is_taken_away_when_its_time_is_over() {
        let (desk, memory, messages) = desk(Duration::from_millis(1));
        let (orders, wait) = mpsc::channel();
        orders.send(Order::Copy(Box::new(copy("https://host", Care::Host)))).unwrap();
        let work = std::thread::spawn(move || desk.work(&wait));
        assert!(matches!(messages.recv().unwrap(), Message::Copied(_)));
        assert_eq!(messages.recv().unwrap(), Message::Cleared(7, "the host link".into()));
        assert_eq!(memory.text(), None);
        drop(orders);
        work.join().unwrap();
    }

    #[test]
    fn what_somebody_else_has_copied_is_left_alone() {
        let (mut desk, memory, messages) = desk(STAY);
        desk.copy(copy("https://host", Care::Host));
        memory.put_foreign("theirs");
        desk.forget();
        assert_eq!(memory.text().as_deref(), Some("theirs"));
        assert_eq!(messages.try_iter().count(), 1, "nothing is claimed to be removed");
    }

    #[test]
    fn a_new_copy_puts_out_the_fuse_of_the_one_before_or_lights_it_anew() {
        let (mut desk, _, _messages) = desk(STAY);
        desk.copy(copy("https://host", Care::Host));
        let first = desk.fuse.as_ref().map(|fuse| fuse.end);
        desk.copy(copy("https://host", Care::Host));
        assert!(desk.fuse.as_ref().map(|fuse| fuse.end) > first);
        desk.copy(copy("https://guest", Care::Plain));
        assert!(desk.fuse.is_none() && desk.kept == Some(Secret::new("https://guest")));
    }

    #[test]
    fn at_the_end_a_secret_goes_and_is_never_kept() {
        let (mut desk, memory, _messages) = desk(STAY);
        desk.copy(copy("https://guest", Care::Plain));
        desk.copy(copy("https://host", Care::Secret));
        assert_eq!(desk.kept, None);
        desk.leave();
        assert_eq!(memory.text(), None);
    }
}
