//! The clipboard: a text handed over on the chosen route, within two seconds, and read back before it counts as
//! copied. What takes time happens on one worker thread, made with the first copy. OSC 52 goes through the terminal
//! and so is written by the screen; here it is only counted.

pub mod keeper;
mod native;
mod pipe;
mod route;
pub mod terminal;
pub mod tmux;
mod way;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::domain::clipboard::{Copied, Copying, Forgotten, NotCopied, Route};

pub use route::{Surroundings, choose};
pub use way::Way;

/// How long a clipboard may take.
const LIMIT: Duration = Duration::from_secs(2);
/// What a program that was stopped at the limit has to be cleared away.
const SLACK: Duration = Duration::from_millis(200);

/// A door to the clipboard.
pub enum Clipboard {
    System(Worker),
    /// Keeps the text for whoever asks; for tests.
    Memory(Memory),
}

impl Clipboard {
    /// The clipboard of this machine; nothing is opened yet.
    pub fn system() -> Clipboard {
        Clipboard::System(Worker::default())
    }

    /// Copies a text, and waits for it up to two seconds: not for the drawing thread. `secret` keeps it out of
    /// clipboard histories where the system can. For `Route::Osc52` the screen has the text still to write.
    pub fn copy(&mut self, text: &str, route: &Route, secret: bool) -> Copying {
        let chars = text.chars().count();
        let confirmed = match self {
            _ if *route == Route::Osc52 => Ok(false),
            _ if *route == Route::None => Err("there is no clipboard".into()),
            Clipboard::Memory(memory) => {
                memory.put(text, secret);
                Ok(true)
            }
            Clipboard::System(worker) => worker.copy(text, route, secret),
        };
        confirmed
            .map(|confirmed| Copied { route: route.clone(), confirmed, chars })
            .map_err(|reason| NotCopied { route: route.clone(), reason })
    }

    /// Takes a text away again, if the clipboard still holds it. What tmux keeps of a text that went through it by
    /// OSC 52 is a buffer of its own.
    pub fn forget(&mut self, text: &str, route: &Route) -> Forgotten {
        match self {
            Clipboard::Memory(memory) => memory.forget(text),
            Clipboard::System(worker) => worker.forget(text, route),
        }
    }

    /// Whether the desktop's clipboard holds exactly this text.
    pub fn holds(&mut self, text: &str) -> bool {
        match self {
            Clipboard::Memory(memory) => memory.text().as_deref() == Some(text),
            Clipboard::System(worker) => worker.holds(text),
        }
    }
}

/// The thread that owns the one handle, which lives as long as the program: on X11 and Wayland the text lives no longer
/// than its owner.
#[derive(Default)]
pub struct Worker {
    jobs: Option<Sender<Job>>,
}

/// The one to the desktop's clipboard, from the first copy on.
type Handle = Option<arboard::Clipboard>;
type Work = Box<dyn FnOnce(&mut Handle) + Send>;

/// What the thread is to do with its handle.
struct Job(Work);

impl Worker {
    /// Has something done on the thread, and waits for it as long as a clipboard may take. What is done only after that
    /// is undone: it has been said not to be.
    fn ask<T: Send + 'static>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Handle) -> T + Send + 'static,
        undo: impl FnOnce(&mut Handle) + Send + 'static,
    ) -> Result<T, String> {
        let (answer, wait) = mpsc::channel();
        let jobs = match self.jobs.take() {
            Some(jobs) => jobs,
            None => hire().map_err(|error| format!("could not start a thread: {error}"))?,
        };
        // Whoever comes first: the answer, or the end of the time for it.
        let decided = Arc::new(AtomicBool::new(false));
        let in_time = Arc::clone(&decided);
        let job = Job(Box::new(move |handle| {
            let result = work(handle);
            match in_time.swap(true, Ordering::SeqCst) {
                false => drop(answer.send(result)),
                true => undo(handle),
            }
        }));
        jobs.send(job).map_err(|_| "the clipboard's thread is gone".to_owned())?;
        let answered = wait.recv_timeout(LIMIT + SLACK).ok();
        let just_now = || decided.swap(true, Ordering::SeqCst).then(|| wait.recv().ok()).flatten();
        let result = answered
            .or_else(just_now)
            .ok_or_else(|| format!("{name} did not answer within {} s", LIMIT.as_secs()))?;
        // One that did not answer in time is left behind with its handle; the next copy gets a new one.
        self.jobs = Some(jobs);
        Ok(result)
    }

    fn copy(&mut self, text: &str, route: &Route, secret: bool) -> Result<bool, String> {
        let (text, way) = (text.to_owned(), route.clone());
        let (late, is_native) = (text.clone(), *route == Route::Native);
        let work = move |handle: &mut Handle| match &way {
            Route::Native => native::copy(handle, &text, secret),
            Route::Tmux => tmux::copy(&text, LIMIT),
            Route::Command(argv) => pipe::command(argv, &text, LIMIT).map(|()| false),
            Route::Osc52 | Route::None => Ok(false),
        };
        let undo = move |handle: &mut Handle| {
            if is_native {
                native::forget(handle, &late);
            }
        };
        self.ask(&route.name(), work, undo)?
    }

    fn forget(&mut self, text: &str, route: &Route) -> Forgotten {
        let (text, way) = (text.to_owned(), route.clone());
        let work = move |handle: &mut Handle| match &way {
            Route::Native => native::forget(handle, &text),
            Route::Tmux | Route::Osc52 => match tmux::remove(&text) {
                true => Forgotten::Removed,
                false => Forgotten::Foreign,
            },
            Route::Command(_) | Route::None => Forgotten::Unknown,
        };
        self.ask(&route.name(), work, |_| {}).unwrap_or(Forgotten::Unknown)
    }

    fn holds(&mut self, text: &str) -> bool {
        let text = text.to_owned();
        let work = move |handle: &mut Handle| native::read(handle).is_some_and(|held| held == text);
        self.ask("", work, |_| {}).unwrap_or(false)
    }
}

fn hire() -> std::io::Result<Sender<Job>> {
    let (sender, jobs) = mpsc::channel::<Job>();
    thread::Builder::new().name("clipboard".into()).spawn(move || {
        let mut handle = None;
        for job in jobs {
            job.0(&mut handle);
        }
        // Dropping a handle on the way out makes some systems wait, and some libraries talk.
        std::mem::forget(handle);
    })?;
    Ok(sender)
}

/// A clipboard in memory. Copies share it.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Option<(String, bool)>>>);

impl Memory {
    fn put(&self, text: &str, secret: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((text.to_owned(), secret));
    }

    fn forget(&self, text: &str) -> Forgotten {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match held.take_if(|held| held.0 == text) {
            Some(_) => Forgotten::Removed,
            None => Forgotten::Foreign,
        }
    }

    /// Puts something there as another program would.
    pub fn put_foreign(&self, text: &str) {
        self.put(text, false);
    }

    /// What was copied last.
    pub fn text(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|held| held.0.clone())
    }

    /// Whether what was copied last was to be kept out of histories.
    pub fn is_secret(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(|held| held.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_shows_what_was_copied_last() {
        let memory = Memory::default();
        let mut clipboard = Clipboard::Memory(memory.clone());
        let copied = clipboard.copy("https://x.example/ü", &Route::Native, true).unwrap();
        assert_eq!(copied, Copied { route: Route::Native, confirmed: true, chars: 19 });
        assert_eq!(memory.text().as_deref(), Some("https://x.example/ü"));
        assert!(memory.is_secret());
    }

    #[test]
    fn what_only_the_terminal_could_take_is_never_confirmed() {
        let memory = Memory::default();
        let mut clipboard = Clipboard::Memory(memory.clone());
        assert!(!clipboard.copy("x", &Route::Osc52, false).unwrap().confirmed);
        assert!(clipboard.copy("x", &Route::None, false).is_err());
        assert_eq!(memory.text(), None);
    }

    #[cfg(unix)]
    #[test]
    fn an_own_command_gets_the_text_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copied");
        let argv = ["sh", "-c", "cat > \"$0\""].map(str::to_owned).to_vec();
        let route = Route::Command([argv, vec![file.display().to_string()]].concat());
        let copied = Clipboard::system().copy("https://x.example/a b", &route, false).unwrap();
        assert!(!copied.confirmed);
        assert_eq!(std::fs::read_to_string(file).unwrap(), "https://x.example/a b");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_that_fails_or_is_not_there_says_so() {
        let mut clipboard = Clipboard::system();
        let mut reason = |argv: &[&str]| {
            let route = Route::Command(argv.iter().map(|word| (*word).to_owned()).collect());
            clipboard.copy("SECRET", &route, true).unwrap_err().reason
        };
        assert_eq!(reason(&["sh", "-c", "cat >&2; exit 3"]), "sh ended with 3");
        assert_eq!(reason(&["/no/such/program"]), "could not start /no/such/program: not found");
        assert_eq!(reason(&[]), "the command is empty");
    }
}
