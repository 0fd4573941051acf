//! A console without a terminal: keys go in as a user types them, effects come out as data, and the screen is text.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use roomkey::app::book::{Book, Preset, Profile};
use roomkey::app::effect::{Copy, Effect};
use roomkey::app::message::{CopyReport, JobId, Message, Sent};
use roomkey::app::messages::Texts;
use roomkey::app::model::{Chance, Model, Start};
use roomkey::app::spot::Spots;
use roomkey::app::tick::needs_tick;
use roomkey::app::update::update;
use roomkey::config::{Config, Keymap};
use roomkey::domain::entry::Entry;
use roomkey::domain::key::Key;
use roomkey::error::Error;
use roomkey::provider::catalog::Catalog;
use roomkey::provider::plan::Plan;
use roomkey::provider::settings::Setting;

/// A Saturday, 14:02 in Berlin.
pub const NOW: &str = "2026-11-21T13:02:00Z";

pub struct Console {
    pub model: Model,
    /// Effects nobody has performed yet, in order.
    pub effects: Vec<Effect>,
    /// What the last copy put on the clipboard.
    pub clipboard: Option<String>,
    /// Copies are read back; else they cannot be confirmed.
    pub confirms: bool,
    screen: Terminal<TestBackend>,
    spots: Spots,
}

pub fn profile(name: &str, provider: &str, secret: &str) -> Profile {
    Profile {
        name: name.into(),
        provider: provider.into(),
        given: vec![(secret.into(), Setting::Hidden)],
        ..Profile::default()
    }
}

/// The five profiles of the demo.
pub fn profiles() -> Vec<Profile> {
    let mut metered = profile("metered", "metered", "secret_key");
    metered.given.push(("app".into(), Setting::Plain("acme".into())));
    let mut bbb = profile("bbb", "bigbluebutton", "secret");
    bbb.given.push(("base_url".into(), Setting::Plain("https://bbb.example.com/bigbluebutton/".into())));
    let mut whereby = profile("whereby", "whereby", "api_key");
    whereby.preset = Some(Preset {
        name: "30min-call".into(),
        operation: Some("create".into()),
        values: vec![("endDate".into(), "in 30m".into()), ("isLocked".into(), "true".into())],
    });
    vec![
        profile("bunch", "bunch", "api_key"),
        profile("joinme", "joinme", "access_token"),
        metered,
        bbb,
        whereby,
    ]
}

/// Chance that counts, so that the same keys give the same names.
fn chance() -> Chance {
    let mut names = 0_u32;
    let mut ids = 0_u32;
    Chance {
        rand: Box::new(move || {
            names += 1;
            format!("rand{names:06}")
        }),
        id: Box::new(move || {
            ids += 1;
            format!("entry{ids:05}")
        }),
    }
}

impl Console {
    pub fn with(size: (u16, u16), profiles: Vec<Profile>, demo: bool) -> Console {
        let start = Start {
            book: Book::new(Arc::new(Catalog::embedded()), profiles),
            current: 0,
            demo,
            banner: None,
            now: NOW.parse().unwrap(),
            zone: TimeZone::get("Europe/Berlin").unwrap(),
            agent: "Ada".into(),
            size,
            keymap: Keymap::shipped().unwrap(),
            colours: true,
            chance: chance(),
            texts: Texts::new(Config::empty("").templates(|_| None))
                .with_texts(Config::empty("").template_texts()),
            copy_on_create: None,
            hyperlinks: false,
        };
        Console {
            model: Model::new(start),
            effects: Vec::new(),
            clipboard: None,
            confirms: false,
            screen: Terminal::new(TestBackend::new(size.0, size.1)).unwrap(),
            spots: Spots::default(),
        }
    }

    /// Five profiles on the sandbox, nothing made yet.
    pub fn demo(size: (u16, u16)) -> Console {
        Console::with(size, profiles(), true)
    }

    /// The same with these entries, the first the oldest.
    pub fn showing(size: (u16, u16), entries: Vec<Entry>) -> Console {
        let mut console = Console::with(size, profiles(), false);
        for entry in entries {
            console.model.add(entry);
        }
        console
    }

    pub fn send(&mut self, message: Message) -> &mut Self {
        let effects = update(&mut self.model, message);
        self.effects.extend(effects);
        self
    }

    /// Types keys in notation; spaces between them are only for reading (`<Space>` is the key).
    pub fn keys(&mut self, text: &str) -> &mut Self {
        for key in Key::sequence(&text.replace(' ', "")).unwrap_or_else(|_| panic!("{text}")) {
            self.send(Message::Key(key));
        }
        self
    }

    /// Presses the left button on a cell of the frame that was drawn last; where nothing stands nothing happens.
    pub fn press_again(&mut self, x: u16, y: u16) -> &mut Self {
        match self.spots.click(x, y) {
            Some(click) => self.send(Message::Click(click)),
            None => self,
        }
    }

    /// Draws, and presses the left button on a cell.
    pub fn click(&mut self, x: u16, y: u16) -> &mut Self {
        self.buffer();
        self.press_again(x, y)
    }

    /// Where this text stands on the screen, at its first place: column and row.
    #[track_caller]
    pub fn place(&mut self, text: &str) -> (u16, u16) {
        let screen = self.screen();
        let found = screen.lines().zip(0..).find_map(|(line, y)| Some((line.find(text)?, y, line)));
        let (at, y, line) = found.unwrap_or_else(|| panic!("no {text:?} on\n{screen}"));
        (u16::try_from(unicode_width::UnicodeWidthStr::width(&line[..at])).unwrap(), y)
    }

    /// Clicks on this text.
    #[track_caller]
    pub fn click_on(&mut self, text: &str) -> &mut Self {
        let (x, y) = self.place(text);
        self.click(x, y)
    }

    /// Turns the wheel by so many steps, down or up.
    pub fn wheel(&mut self, steps: i32) -> &mut Self {
        for _ in 0..steps.abs() {
            self.send(Message::Wheel(steps > 0));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Message::Paste(text.into()))
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.screen = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        self.send(Message::Resize(columns, rows))
    }

    /// Lets time pass, as the runtime does: the present first, then the tick where one was asked for.
    pub fn wait(&mut self, milliseconds: i64) -> &mut Self {
        let ticks = needs_tick(&self.model).is_some();
        self.model.now = self.model.now.checked_add(SignedDuration::from_millis(milliseconds)).unwrap();
        if ticks {
            self.send(Message::Tick);
        }
        self
    }

    pub fn now(&self) -> Timestamp {
        self.model.now
    }

    /// The calls asked for and not yet answered.
    pub fn calls(&self) -> Vec<(JobId, Plan)> {
        let call = |effect: &Effect| match effect {
            Effect::Create(job, plan) => Some((*job, (**plan).clone())),
            _ => None,
        };
        self.effects.iter().filter_map(call).collect()
    }

    /// The one call asked for.
    #[track_caller]
    pub fn call(&self) -> (JobId, Plan) {
        let mut calls = self.calls();
        assert_eq!(calls.len(), 1, "calls");
        calls.remove(0)
    }

    /// Answers one call and performs the copies that follow.
    #[track_caller]
    pub fn finish(&mut self, job: JobId, entry: Entry) -> &mut Self {
        let at = self.effects.iter().position(|effect| matches!(effect, Effect::Create(j, _) if *j == job));
        self.effects.remove(at.expect("a call of this number"));
        self.send(Message::JobDone(job, Box::new(entry)));
        self.perform()
    }

    /// Performs copies, as long as there are any.
    pub fn perform(&mut self) -> &mut Self {
        while let Some(at) = self.effects.iter().position(|effect| matches!(effect, Effect::Copy(_))) {
            let Effect::Copy(copy) = self.effects.remove(at) else { unreachable!() };
            let Copy { job, want, what, text, care, .. } = *copy;
            let chars = text.chars();
            self.clipboard = Some(text.expose().to_owned());
            let route = if self.confirms { "the clipboard" } else { "OSC 52" };
            let result = Ok(Sent { route: route.into(), confirmed: self.confirms, note: None });
            self.send(Message::Copied(CopyReport { job, want, what, care, chars, result, again: None }));
        }
        self
    }

    /// The clipboard takes nothing of the copy that was asked for last; the terminal may.
    pub fn refuse(&mut self, error: Error) -> &mut Self {
        let Some(Effect::Copy(copy)) = self.effects.pop() else { panic!("no copy") };
        let again = Some(Box::new(Copy { by_terminal: true, ..(*copy).clone() }));
        let Copy { job, want, what, text, care, .. } = *copy;
        let (chars, result) = (text.chars(), Err(error));
        self.send(Message::Copied(CopyReport { job, want, what, care, chars, result, again }))
    }

    /// Types keys, and performs the copies they ask for.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys(keys).perform()
    }

    pub fn buffer(&mut self) -> &Buffer {
        let (model, spots) = (&self.model, &mut self.spots);
        self.screen
            .draw(|frame| {
                roomkey::ui::draw(model, frame.buffer_mut(), spots);
            })
            .unwrap();
        self.screen.backend().buffer()
    }

    /// The plain text of the screen.
    pub fn screen(&mut self) -> String {
        super::shot::plain(self.buffer())
    }

    /// The text of the screen and a hash of its styles, for snapshots.
    pub fn shot(&mut self) -> String {
        super::shot::with_styles(self.buffer())
    }

    /// The line above the keys.
    #[track_caller]
    pub fn said(&self) -> String {
        let said = self.model.said.as_ref().expect("something was said");
        match &said.aside {
            Some(aside) => format!("{} · {aside}", said.text),
            None => said.text.to_string(),
        }
    }
}
