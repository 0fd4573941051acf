//! The running console: it waits without a time-out unless something on the screen changes by time alone, takes all
//! that has happened, has `update` decide and the performer do it, and draws once.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::app::model::Model;
use crate::app::reload;
use crate::app::row::Row;
use crate::app::spot::Spots;
use crate::app::tick::needs_tick;
use crate::app::update::update;
use crate::error::{Error, Result};
use crate::ports::clock::Clock;
use crate::ports::random::Random;
use crate::ports::terminal::events::{Batch, Inbox, Sender};
use crate::ports::terminal::mouse::Mouse;
use crate::ports::terminal::screen::Tty;
use crate::ports::terminal::{Screen, TerminalEvent, Watch};
use crate::ports::{http, paths};
use crate::ui;
use crate::worker::setup::Setup;

use super::Event;
use super::changes::{self, Changes};
use super::notices::Later;
use super::opening::Opening;
use super::performer::Performer;

/// The running console: the model, the screen it is drawn on, and what performs its effects.
pub(super) struct Console {
    pub(super) model: Model,
    clock: Clock,
    screen: Screen<Tty>,
    watch: Watch,
    pub(super) performer: Performer,
    /// Looks for a notice, and where to tell it.
    later: Option<Later>,
    sender: Sender<Event>,
    /// Watches the configuration, from the first frame on.
    changes: Option<Changes>,
    read: changes::Read,
    /// `--config`
    pub(super) config: Option<PathBuf>,
    /// What a click means on the frame that is shown.
    spots: Spots,
    /// Set when the console is to end.
    ended: Option<u8>,
    /// The first frame is on the screen.
    drawn: bool,
    /// The user did something: what else may have changed is looked at once that is drawn.
    stirred: bool,
}

impl Console {
    pub(super) fn new(
        mut opening: Opening,
        screen: Screen<Tty>,
        watch: Watch,
        sender: Sender<Event>,
    ) -> Console {
        let clock = opening.clock.clone();
        let (later, read, mouse) = (opening.later.take(), opening.read(), opening.mouse);
        let (start, performer) = opening.begin(screen.size(), sender.clone());
        let mut model = Model::new(start);
        model.remembers = performer.history().is_some();
        model.proxy = http::proxy::in_use(&paths::environment);
        model.mouse = mouse;
        model.copies_by = performer.copies_by();
        Console {
            model,
            clock,
            screen,
            watch,
            performer,
            later,
            sender,
            changes: None,
            read,
            config: None,
            spots: Spots::default(),
            ended: None,
            drawn: false,
            stirred: false,
        }
    }

    /// Looks for what the first screen could not wait for, off this thread.
    fn look_further(&mut self) {
        self.watch();
        let Some(look) = self.later.take() else { return };
        let sender = self.sender.clone();
        let work = move || {
            if let Some(text) = look() {
                let _ = sender.send(Event::App(Message::Banner(text)));
            }
        };
        // Without a thread the notice is missed and nothing else.
        let _ = std::thread::Builder::new().name("notices".into()).spawn(work);
    }

    /// Watches the files of the configuration as they were read.
    fn watch(&mut self) {
        let read = std::mem::take(&mut self.read);
        if read.is_empty() {
            return;
        }
        let sender = self.sender.clone();
        self.changes = Changes::watch(read, move || drop(sender.send(Event::App(Message::ConfigChanged))));
    }

    /// A moment in which the user does something: whatever else may have changed is looked at.
    fn look(&mut self) {
        self.performer.look();
        if let Some(changes) = &self.changes {
            changes.look();
        }
    }

    /// Reads the configuration anew, off this thread; `renew` goes on.
    fn reload(&self) {
        let (sender, config) = (self.sender.clone(), self.config.clone());
        let work = move || {
            let read = Setup::load(config.as_deref(), &paths::environment);
            let _ = sender.send(Event::Read(Box::new(read)));
        };
        // Without a thread the old configuration stays, and its notice.
        let _ = std::thread::Builder::new().name("reload".into()).spawn(work);
    }

    /// Takes over what was read, or keeps the old one where the new one is of no use.
    fn renew(&mut self, read: Result<Setup>) {
        let opening = read.and_then(|setup| {
            let (config, env) = (&setup.config, Arc::new(paths::environment));
            let problem =
                config.problems().first().filter(|_| config.is_broken() || config.has_no_profiles());
            match problem {
                Some(problem) => Err(Error::config(problem.to_string())),
                None if config.has_no_profiles() => Err(Error::config("there is no profile in it")),
                None => Opening::real(setup, env, Random::system()),
            }
        });
        match opening {
            Ok(opening) => {
                self.read = opening.read();
                let fresh = opening.renew(&mut self.performer);
                reload::take(&mut self.model, fresh);
                self.watch();
            }
            Err(error) => {
                let error = Error::config(format!("the old configuration stays: {error}"));
                self.update(Message::Trouble(error));
            }
        }
    }

    /// Draws, waits, handles; until the end.
    pub(super) fn stay(&mut self, inbox: &mut Inbox<Event>) -> u8 {
        loop {
            if self.draw().is_err() {
                return self.ended.unwrap_or(129);
            }
            if std::mem::take(&mut self.stirred) {
                self.look();
            }
            if !std::mem::replace(&mut self.drawn, true) {
                // Only now: what was, and what took long to find, is not to hold up the first frame.
                self.performer.look();
                self.performer.load_drafts();
                self.look_further();
            }
            let timer = needs_tick(&self.model).and_then(|wait| Instant::now().checked_add(wait));
            match inbox.wait(timer) {
                Batch::Messages(events) => events.into_iter().for_each(|event| self.handle(event)),
                Batch::Timer => self.update(Message::Tick),
                Batch::Closed => return self.ended.unwrap_or(1),
            }
            if let Some(code) = self.ended {
                return code;
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (model, spots) = (&self.model, &mut self.spots);
        self.screen.draw_linked(|buffer| (ui::draw(model, buffer, spots), spots.take_links()))?;
        self.screen.mouse(self.model.wants_mouse())
    }

    fn handle(&mut self, event: Event) {
        if self.ended.is_some() {
            return;
        }
        match event {
            Event::App(message) => self.update(message),
            Event::Read(read) => self.renew(*read),
            Event::Terminal(TerminalEvent::Keys(keys)) => {
                keys.into_iter().for_each(|key| self.update(Message::Key(key)));
                self.stirred = true;
            }
            Event::Terminal(TerminalEvent::Mouse(mouse)) => self.point(mouse),
            Event::Terminal(TerminalEvent::Paste(text)) => self.update(Message::Paste(text)),
            Event::Terminal(TerminalEvent::PasteTooLong(bytes)) => {
                let text = format!("{} KiB were pasted: too much, nothing was taken", bytes / 1024);
                self.update(Message::Trouble(Error::usage(text)));
            }
            Event::Terminal(TerminalEvent::PasteOpen) => {
                let text = "a paste has begun and does not end: Esc or Ctrl-C ends it";
                self.update(Message::Trouble(Error::usage(text)));
            }
            Event::Terminal(TerminalEvent::Resize(columns, rows)) => {
                self.update(Message::Resize(columns, rows))
            }
            Event::Terminal(TerminalEvent::Resumed) => {
                self.screen.repaint();
                self.stirred = true;
            }
            Event::Terminal(TerminalEvent::Signal(signal)) => self.ended = Some(signal.exit_code()),
            Event::Terminal(TerminalEvent::Gone) => self.ended = Some(129),
        }
    }

    /// What the mouse does means something on the frame that is shown; where it is the terminal's, reports are noise.
    fn point(&mut self, mouse: Mouse) {
        if !self.model.wants_mouse() {
            return;
        }
        match mouse {
            Mouse::WheelUp => self.update(Message::Wheel(false)),
            Mouse::WheelDown => self.update(Message::Wheel(true)),
            Mouse::Press(x, y) => {
                if let Some(click) = self.spots.click(x, y) {
                    self.update(Message::Click(click));
                }
                self.stirred = true;
            }
        }
    }

    fn update(&mut self, message: Message) {
        if self.ended.is_some() {
            return;
        }
        self.model.now = self.clock.now();
        for effect in update(&mut self.model, message) {
            if effect == Effect::Reload {
                self.reload();
            }
            self.ended = self.ended.or(self.performer.perform(effect, &mut self.screen, &self.watch));
        }
    }

    /// What is still under way, as the last words name it.
    pub(super) fn under_way(&self) -> Vec<String> {
        let sent = |row: &&Row| row.running().is_some_and(|running| running.sent);
        let name = |row: &Row| format!("{} ({})", row.name, row.profile);
        self.model.rows.iter().filter(sent).map(name).collect()
    }
}
