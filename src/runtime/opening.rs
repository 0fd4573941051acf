//! What a console starts from: the configuration or the demo, the clock, the keys, and the model's first state.
//! Everything here is on the way to the first frame, so nothing is read that the first screen does not need.

use std::sync::{Arc, Mutex};

use crate::app::book::Book;
use crate::app::message::Message;
use crate::app::messages::Texts;
use crate::app::model::{Chance, Start};
use crate::app::reload::Fresh;
use crate::app::row::Arm;
use crate::config::{Config, CopyOnCreate, Keymap, Problem};
use crate::domain::clipboard::Choice;
use crate::error::Result;
use crate::ports::clipboard::Way;
use crate::ports::clock::{self, Clock};
use crate::ports::history::{self, History, Report};
use crate::ports::random::Random;
use crate::ports::terminal::events::Sender;
use crate::ports::{log, login, terminal};
use crate::provider::catalog::Catalog;
use crate::worker::call::{Caller, Env};
use crate::worker::setup::Setup;
use crate::worker::{ProfileOf, Worker};

use super::changes;
use super::copier::Copier;
use super::demo::Demo;
use super::keeper::{self, Keeper};
use super::notices::{Later, banner, later};
use super::performer::{Editing, Performer, Profiles};
use super::profiles::{Present, Trusted, book_of, present, profiles};
use super::{Event, Options};

/// Everything read and decided before the terminal is taken.
pub struct Opening {
    pub clock: Clock,
    book: Book,
    current: usize,
    demo: Option<Arc<Demo>>,
    banner: Option<String>,
    agent: String,
    keymap: Keymap,
    colours: bool,
    texts: Texts,
    copy_on_create: Option<Arm>,
    hyperlinks: bool,
    pub mouse: bool,
    way: Way,
    random: Random,
    profile_of: ProfileOf,
    env: Env,
    /// Taken by whoever looks further once the first screen is there.
    pub later: Option<Later>,
    history: Option<history::Options>,
    trouble: Option<String>,
    /// The files that were read; none for a demo.
    read: changes::Read,
    trusted: Trusted,
    /// Where presets are kept.
    places: keeper::Places,
}

impl Opening {
    /// Reads the configuration. Problems inside it become the banner; only what leaves no console at all is an error.
    pub fn prepare(options: &Options) -> Result<Opening> {
        let env: Env = Arc::new(|name: &str| std::env::var_os(name));
        let random = Random::system();
        match options.demo {
            true => Opening::demo(env, random),
            false => {
                let setup = Setup::load(options.config.as_deref(), &*env)?;
                match setup.config.has_no_profiles() && !setup.config.is_broken() {
                    true => Opening::demo(env, random),
                    false => Opening::real(setup, env, random),
                }
            }
        }
    }

    fn demo(env: Env, random: Random) -> Result<Opening> {
        let clock = Clock::system(None);
        let seed = clock.now().as_nanosecond() as u64;
        let demo = Arc::new(Demo::bind(&clock, seed)?);
        let catalog = Arc::new(Catalog::embedded());
        let book = demo.book(Arc::clone(&catalog));
        let of = Arc::clone(&demo);
        Ok(Opening {
            clock,
            book,
            current: 0,
            demo: Some(demo),
            banner: None,
            agent: login::name(&*env),
            keymap: Keymap::shipped()?,
            colours: terminal::has_colours(&*env),
            texts: texts(&Config::empty("")),
            copy_on_create: None,
            hyperlinks: false,
            mouse: true,
            way: Way::find(&Choice::Auto, &*env),
            random,
            profile_of: Arc::new(move |name| of.profile(name, &catalog)),
            env,
            later: None,
            // What is not real is not remembered.
            history: None,
            trouble: None,
            read: Vec::new(),
            trusted: Trusted::default(),
            places: keeper::Places::default(),
        })
    }

    pub fn real(setup: Setup, env: Env, random: Random) -> Result<Opening> {
        let (setup, trusted) = (Arc::new(setup), Trusted::default());
        let (keymap, key_problems) = Keymap::shipped()?.with(setup.config.keys());
        let zone = setup.config.zone_by(clock::zone);
        let problems: Vec<Problem> = (setup.config.problems().iter().cloned())
            .chain(key_problems)
            .chain(zone.as_ref().err().cloned())
            .collect();
        let book = book_of(&setup);
        let first = setup.config.default_profile().and_then(|name| book.position(name)).unwrap_or(0);
        let agent = setup.config.agent().map(str::to_owned).unwrap_or_else(|| login::name(&*env));
        let way = Way::find(&setup.config.clipboard(), &*env);
        let places = keeper::Places {
            config: Some(setup.places.config.clone()),
            state: Some(setup.places.state_dir.clone()),
        };
        let banner = banner(&problems);
        let later = later(&setup, banner.is_some());
        let mono = setup.config.theme() == "mono";
        let clock = Clock::system(zone.ok().flatten());
        let (history, trouble) = match setup.history(&clock, random.id().ok(), true) {
            Ok(history) => (history, None),
            Err(error) => (None, Some(format!("not saved: {error}"))),
        };
        Ok(Opening {
            clock,
            book,
            current: first,
            demo: None,
            banner,
            agent,
            keymap,
            colours: terminal::has_colours(&*env) && !mono,
            texts: texts(&setup.config),
            copy_on_create: copy_on_create(&setup.config),
            hyperlinks: setup.config.hyperlinks(),
            mouse: setup.config.mouse(),
            way,
            random,
            read: setup.read.clone(),
            profile_of: profiles(setup, Arc::clone(&trusted)),
            trusted,
            env,
            later,
            history,
            trouble,
            places,
        })
    }

    /// What the model takes over when this was read anew; `performer` uses its profiles from now on.
    pub fn renew(self, performer: &mut Performer) -> Fresh {
        performer.renew(self.profile_of, self.trusted);
        let Opening { book, keymap, agent, colours, banner, texts, copy_on_create, .. } = self;
        let (hyperlinks, mouse) = (self.hyperlinks, self.mouse);
        Fresh { book, keymap, agent, colours, banner, texts, copy_on_create, hyperlinks, mouse }
    }

    /// The files that were read, to be watched.
    pub fn read(&self) -> changes::Read {
        self.read.clone()
    }

    /// The model's start, and what will perform its effects.
    pub fn begin(self, size: (u16, u16), sender: Sender<Event>) -> (Start, Performer) {
        let messages = sender.clone();
        let profiles = Present::new(Mutex::new(self.profile_of));
        let history = self.history.and_then(|options| remember(options, &sender));
        if let Some(trouble) = self.trouble {
            let _ = sender.send(Event::App(Message::Storage(Some(trouble))));
        }
        let edits = sender.clone();
        let tell = move |message| drop(edits.send(Event::App(message)));
        let editing = Editing { env: Arc::clone(&self.env), tell: Arc::new(tell) };
        let requests = sender.clone();
        let witness = Arc::new(move |exchange| {
            let _ = requests.send(Event::App(Message::Exchanged(Box::new(exchange))));
        });
        let worker = Worker::new(
            Caller::new(self.env, self.clock.clone()).with_history(history.clone()).with_witness(witness),
            present(&profiles),
            Arc::new(move |message| drop(messages.send(Event::App(message)))),
        );
        let told = sender.clone();
        let tell = move |message| drop(told.send(Event::App(message)));
        let keeper = Keeper::new(self.places, Arc::new(tell));
        let copier = Copier::new(self.way, move |report| drop(sender.send(Event::App(report))));
        let (rand, id) = (self.random.clone(), self.random);
        // Without chance there is still the clock; a name that is taken is refused by the provider, never reused.
        let (clock, other) = (self.clock.clone(), self.clock.clone());
        let chance = Chance {
            rand: Box::new(move || rand.text().unwrap_or_else(|_| by_time(&clock))),
            id: Box::new(move || id.id().unwrap_or_else(|_| by_time(&other))),
        };
        let start = Start {
            book: self.book,
            current: self.current,
            demo: self.demo.is_some(),
            banner: self.banner,
            now: self.clock.now(),
            zone: self.clock.zone().clone(),
            agent: self.agent,
            size,
            keymap: self.keymap,
            colours: self.colours,
            chance,
            texts: self.texts,
            copy_on_create: self.copy_on_create,
            hyperlinks: self.hyperlinks,
        };
        let profiles = Profiles { present: profiles, trusted: self.trusted };
        (start, Performer::new(worker, copier, self.demo, history, (editing, keeper), profiles))
    }
}

/// The history of this run; what it tells becomes messages. It begins with the first order.
fn remember(options: history::Options, sender: &Sender<Event>) -> Option<History> {
    let messages = sender.clone();
    let tell = move |report| {
        let message = match report {
            Report::Entries(entries) => Message::Remembered(entries),
            Report::Others(entries) => Message::Others(entries),
            Report::Gone(ids) => Message::Gone(ids),
            Report::Trouble(trouble) => {
                log::warn(|| trouble.as_deref().unwrap_or("everything is saved again").to_owned());
                Message::Storage(trouble)
            }
            Report::Notice(notice) => Message::Banner(notice),
        };
        let _ = messages.send(Event::App(message));
    };
    let started = History::start(options, Box::new(tell));
    if let Err(error) = &started {
        let _ = sender.send(Event::App(Message::Storage(Some(format!("not saved: {error}")))));
    }
    started.ok()
}

fn by_time(clock: &Clock) -> String {
    format!("t{:09x}", clock.now().as_nanosecond() as u64 & 0xF_FFFF_FFFF)
}

fn texts(config: &Config) -> Texts {
    Texts::new(config.templates(clock::zone)).with_texts(config.template_texts())
}

fn copy_on_create(config: &Config) -> Option<Arm> {
    match config.copy_on_create() {
        CopyOnCreate::Off => None,
        CopyOnCreate::Guest => Some(Arm::Link),
        CopyOnCreate::Message => Some(Arm::Message),
    }
}
