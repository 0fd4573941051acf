//! What copies take time for, done in order on the copier's thread: the copy itself, taking secrets away again when
//! their time is over, and at the end handing what is to stay to a keeper.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::app::effect::Copy;
use crate::app::message::{JobId, Message, Sent};
use crate::domain::clipboard::{Care, Forgotten, Route};
use crate::domain::secret::Secret;
use crate::error::{Error, Kind};
use crate::ports::clipboard::{Clipboard, Way, keeper, tmux};
use crate::ports::{downloads, paths};

use super::copier::{Report, report};

/// How long a secret stays on the clipboard.
const STAY: Duration = Duration::from_secs(45);
/// From this length on some terminals cut what they are handed, in bytes of base64.
const LONG: usize = 6_000;

pub(super) enum Order {
    Copy(Box<Copy>),
    /// The screen has written it, or could not.
    Written(Box<Copy>, bool),
    /// A file for the downloads.
    Save(String, String),
    /// The console ends. The answer: nothing that was to stay is lost.
    Leave(Sender<bool>),
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
pub(super) struct Desk {
    clipboard: Clipboard,
    way: Way,
    report: Report,
    stay: Duration,
    /// At most one for each way: a copy by the same way takes the place of the one before.
    fuses: Vec<Fuse>,
    /// What the desktop's clipboard got last and may keep.
    kept: Option<Secret>,
}

impl Desk {
    pub fn new(clipboard: Clipboard, way: Way, report: Report) -> Desk {
        Desk { clipboard, way, report, stay: STAY, fuses: Vec::new(), kept: None }
    }

    pub fn work(mut self, orders: &Receiver<Order>) {
        loop {
            let order = match self.fuses.iter().map(|fuse| fuse.end).min() {
                Some(end) => orders.recv_timeout(end.saturating_duration_since(Instant::now())),
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
                    let _ = done.send(self.leave());
                    return;
                }
                Err(RecvTimeoutError::Timeout) => self.forget(Instant::now()),
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
                let stays = copy.care.is_secret().then(|| stays(&route)).flatten();
                let note = stays.map(str::to_owned);
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
        copy.care.is_secret().then(|| stays(&Route::Osc52)).flatten().map(str::to_owned)
    }

    /// Lights the fuse of a secret. What went the same way before has lost its place, but for tmux, which keeps a
    /// buffer of each text: an older secret goes from there at once.
    fn remember(&mut self, copy: &Copy, route: &Route) {
        let old = self.fuses.iter().position(|fuse| fuse.route == *route);
        let old = old.map(|at| self.fuses.swap_remove(at));
        if let Some(old) = old.filter(|old| old.text != copy.text && *route != Route::Native) {
            let _ = self.clipboard.forget(old.text.expose(), &old.route);
        }
        if *route == Route::Native {
            self.kept = (copy.care == Care::Plain).then(|| copy.text.clone());
        }
        let can_forget = match route {
            Route::Native | Route::Tmux => true,
            Route::Osc52 => self.way.here.tmux,
            Route::Command(_) | Route::None => false,
        };
        self.fuses.extend((copy.care.is_secret() && can_forget).then(|| Fuse {
            end: Instant::now() + self.stay,
            text: copy.text.clone(),
            route: route.clone(),
            job: copy.job,
            what: copy.what.clone(),
        }));
    }

    /// Takes the secrets away whose time is over by then, where they are still there.
    fn forget(&mut self, by: Instant) {
        let (over, burning) = self.fuses.drain(..).partition(|fuse| fuse.end <= by);
        self.fuses = burning;
        let over: Vec<Fuse> = over;
        for Fuse { text, route, job, what, .. } in over {
            if self.clipboard.forget(text.expose(), &route) == Forgotten::Removed {
                let passed_on = route != Route::Native;
                (self.report)(Message::Cleared { job, what, passed_on });
            }
        }
    }

    /// Secrets go, and what may stay is kept by somebody; false where nobody could.
    fn leave(&mut self) -> bool {
        self.forget(Instant::now() + self.stay);
        let Some(text) = self.kept.take().filter(|_| keeper::NEEDED) else { return true };
        if !self.clipboard.holds(text.expose()) {
            return true;
        }
        std::env::current_exe()
            .is_ok_and(|program| keeper::hand_over(&program, text.expose(), None, paths::environment).is_ok())
    }
}

/// What is to be said of a secret that went this way: where it cannot be taken back from.
fn stays(route: &Route) -> Option<&'static str> {
    match route {
        Route::Native => None,
        Route::Tmux => Some("your terminal may keep it"),
        Route::Osc52 | Route::Command(_) | Route::None => Some("stays until you copy something else"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};

    use super::*;
    use crate::app::want::Want;
    use crate::domain::clipboard::Choice;
    use crate::ports::clipboard::{Memory, Surroundings};

    /// A desk over a clipboard in memory, and what it reports.
    fn desk(stay: Duration) -> (Desk, Memory, Receiver<Message>) {
        let memory = Memory::default();
        let (sender, messages) = mpsc::channel();
        let here = Surroundings { desktop: true, ..Surroundings::default() };
        let way = Way::choose(&Choice::Native, here);
        let report: Report = Arc::new(move |message| drop(sender.send(message)));
        let desk = Desk { stay, ..Desk::new(Clipboard::Memory(memory.clone()), way, report) };
        (desk, memory, messages)
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
        let cleared = Message::Cleared { job: 7, what: "the host link".into(), passed_on: false };
        assert_eq!(messages.recv().unwrap(), cleared);
        assert_eq!(memory.text(), None);
        drop(orders);
        work.join().unwrap();
    }

    #[test]
    fn what_somebody_else_has_copied_is_left_alone() {
        let (mut desk, memory, messages) = desk(STAY);
        desk.copy(copy("https://host", Care::Host));
        memory.put_foreign("theirs");
        desk.forget(Instant::now() + STAY);
        assert_eq!(memory.text().as_deref(), Some("theirs"));
        assert_eq!(messages.try_iter().count(), 1, "nothing is claimed to be removed");
    }

    #[test]
    fn a_new_copy_puts_out_the_fuse_of_the_one_before_or_lights_it_anew() {
        let (mut desk, memory, messages) = desk(STAY);
        desk.copy(copy("https://host", Care::Host));
        let first = desk.fuses[0].end;
        desk.copy(copy("https://host", Care::Host));
        assert!(desk.fuses.len() == 1 && desk.fuses[0].end > first);
        desk.forget(first);
        assert_eq!(memory.text().as_deref(), Some("https://host"), "its time began anew");
        desk.copy(copy("https://guest", Care::Plain));
        assert!(desk.fuses.is_empty() && desk.kept == Some(Secret::new("https://guest")));
        assert_eq!(messages.try_iter().count(), 3, "three copies, and nothing taken away");
    }

    #[test]
    fn what_went_another_way_keeps_its_own_time() {
        let (mut desk, memory, _messages) = desk(STAY);
        desk.copy(copy("https://host", Care::Host));
        desk.written(copy("https://guest", Care::Plain), true);
        assert_eq!(desk.fuses.len(), 1, "the desktop still has it");
        assert!(desk.leave());
        assert_eq!(memory.text(), None);
    }

    #[test]
    fn a_text_that_some_terminals_cut_is_told_of() {
        let (mut desk, _, messages) = desk(STAY);
        for (length, note) in [(4500, None), (4503, Some("long: some terminals cut it"))] {
            desk.written(copy(&"x".repeat(length), Care::Plain), true);
            let Ok(Message::Copied(report)) = messages.recv() else { panic!("no report") };
            let sent = report.result.unwrap();
            assert_eq!((sent.note.as_deref(), sent.confirmed), (note, false));
        }
    }

    #[test]
    fn at_the_end_a_secret_goes_and_is_never_kept() {
        let (mut desk, memory, _messages) = desk(STAY);
        desk.copy(copy("https://guest", Care::Plain));
        desk.copy(copy("https://host", Care::Secret));
        assert_eq!(desk.kept, None);
        assert!(desk.leave());
        assert_eq!(memory.text(), None);
    }
}
