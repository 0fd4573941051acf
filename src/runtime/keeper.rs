//! Writes what the user keeps, on a thread of its own that is started when there is something to write: a disk that
//! hangs must not hang the screen. What became of it is told by messages.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::app::drafts::{self, Stored};
use crate::app::habits::{self, Habit};
use crate::app::message::Message;
use crate::config::Change;
use crate::domain::secret::Secret;
use crate::error::{Error, Kind, Result};
use crate::ports::files::{self, Written};
use crate::ports::{closed, paths};

/// Where things are kept; nowhere, for a demo.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// The directory of the state.
    pub state: Option<PathBuf>,
}

/// The file of the drafts within the state.
const DRAFTS: &str = "drafts.json";
/// That of the habits.
const HABITS: &str = "habits.json";

enum Order {
    Preset(Box<Change>),
    Drafts(Vec<Stored>),
    Habit(Habit),
    Load(String),
    Export {
        path: String,
        text: Secret,
        over: bool,
    },
    /// Everything before it is done.
    Close(Sender<()>),
}

type Tell = Arc<dyn Fn(Message) + Send + Sync>;

pub struct Keeper {
    places: Places,
    tell: Tell,
    orders: Option<Sender<Order>>,
}

impl Keeper {
    pub fn new(places: Places, tell: Tell) -> Keeper {
        Keeper { places, tell, orders: None }
    }

    /// Makes a change of the presets in the configuration; `Kept` answers.
    pub fn preset(&mut self, change: Box<Change>) {
        if let Err(lost) = self.order(Order::Preset(change))
            && let Order::Preset(change) = *lost
        {
            let error = Error::new(Kind::Storage, "could not start writing").hint("start roomkey again");
            (self.tell)(Message::Kept(change, Err(error)));
        }
    }

    /// Writes drafts. What cannot be written is lost with the run, which is no trouble worth a notice.
    pub fn drafts(&mut self, drafts: Vec<Stored>) {
        if self.places.state.is_some() {
            let _ = self.order(Order::Drafts(drafts));
        }
    }

    /// Writes which template a profile used last. Where that cannot be, the next run begins with another.
    pub fn habit(&mut self, habit: Habit) {
        if self.places.state.is_some() {
            let _ = self.order(Order::Habit(habit));
        }
    }

    /// Reads a list of people; `Loaded` answers.
    pub fn load(&mut self, path: String) {
        let _ = self.order(Order::Load(path));
    }

    /// Writes a file; `Exported` answers.
    pub fn export(&mut self, path: String, text: Secret, over: bool) {
        let _ = self.order(Order::Export { path, text, over });
    }

    /// Reads drafts and habits of earlier runs on a thread that then ends; `Drafts` and `Habits` answer.
    pub fn load_drafts(&self) {
        let Some(state) = self.places.state.clone() else { return };
        let tell = Arc::clone(&self.tell);
        let load = move || {
            if let Ok(Some(text)) = files::read_own(&state.join(HABITS)) {
                tell(Message::Habits(habits::read(&text)));
            }
            match read_drafts(&state.join(DRAFTS)) {
                Ok(drafts) if drafts.is_empty() => {}
                Ok(drafts) => tell(Message::Drafts(drafts)),
                Err(error) => tell(Message::Trouble(error)),
            }
        };
        // Without a thread there are no drafts, and nothing else is amiss.
        let _ = std::thread::Builder::new().name("drafts".into()).spawn(load);
    }

    /// The answer comes when everything is written; nothing where nothing was.
    pub fn leave(&mut self) -> Option<Receiver<()>> {
        let (done, wait) = channel();
        self.orders.take()?.send(Order::Close(done)).ok().map(|()| wait)
    }

    fn order(&mut self, order: Order) -> std::result::Result<(), Box<Order>> {
        if self.orders.is_none() {
            self.orders = self.start();
        }
        match &self.orders {
            Some(orders) => orders.send(order).map_err(|lost| Box::new(lost.0)),
            None => Err(Box::new(order)),
        }
    }

    fn start(&self) -> Option<Sender<Order>> {
        let (give, take) = channel();
        let (places, tell) = (self.places.clone(), Arc::clone(&self.tell));
        let thread = std::thread::Builder::new().name("keeper".into());
        thread.spawn(move || serve(&places, &tell, &take)).ok().map(|_| give)
    }
}

fn serve(places: &Places, tell: &Tell, orders: &Receiver<Order>) {
    for order in orders {
        match order {
            Order::Preset(change) => {
                let result = keep(places, &change);
                tell(Message::Kept(change, result));
            }
            Order::Load(path) => {
                let file = paths::read_text(&paths::with_home(&path, &paths::environment));
                tell(Message::Loaded(file.map(|file| file.text)));
            }
            Order::Export { path, text, over } => {
                let target = paths::with_home(&path, &paths::environment);
                let written = files::write(&target, text.expose().as_bytes(), over);
                tell(Message::Exported(path, written.map(|done| done == Written::Exists)));
            }
            // Nothing else depends on it.
            Order::Drafts(drafts) => drop(write_drafts(places, drafts)),
            Order::Habit(habit) => drop(write_habit(places, habit)),
            Order::Close(done) => drop(done.send(())),
        }
    }
}

fn keep(places: &Places, change: &Change) -> Result<()> {
    let Some(config) = &places.config else { return Ok(()) };
    let name = config.display().to_string();
    files::rewrite(config, &mut |text| change.apply(text, &name))
}

fn read_drafts(path: &Path) -> Result<Vec<Stored>> {
    let Some(text) = files::read_own(path)? else { return Ok(Vec::new()) };
    drafts::read(&text).map_err(|why| {
        let message = format!("the drafts of {} are left out: {why}", path.display());
        Error::new(Kind::Storage, message)
    })
}

fn write_drafts(places: &Places, changes: Vec<Stored>) -> Result<()> {
    change(places, DRAFTS, |before| drafts::written(before, changes))
}

fn write_habit(places: &Places, habit: Habit) -> Result<()> {
    change(places, HABITS, |before| habits::written(before, habit))
}

/// Writes a file of the state anew, from what stands in it.
fn change(places: &Places, file: &str, edit: impl FnOnce(&str) -> String) -> Result<()> {
    let Some(state) = &places.state else { return Ok(()) };
    closed::make_dir(state).map_err(|_| Error::new(Kind::Storage, "could not make the state directory"))?;
    let path = state.join(file);
    let before = files::read_own(&path).ok().flatten().unwrap_or_default();
    files::write(&path, edit(&before).as_bytes(), true).map(drop)
}
