//! A console whose calls are real: worker, HTTP, the sandbox on loopback. `settle` performs effects until no job is
//! left, waiting for messages and never for time.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use roomkey::app::book::Profile;
use roomkey::app::effect::{Copy, Effect};
use roomkey::app::message::{CopyReport, Message, Sent};
use roomkey::config;
use roomkey::domain::clipboard::Route;
use roomkey::domain::secret::{Secret, SecretSource};
use roomkey::ports::clipboard::{Clipboard, Memory};
use roomkey::ports::clock::Clock;
use roomkey::ports::history::History;
use roomkey::provider::catalog::Catalog;
use roomkey::provider::settings::Setting;
use roomkey::sandbox::{Running, Sandbox, World};
use roomkey::worker::Worker;
use roomkey::worker::call::Caller;

use super::console::{Console, NOW};

/// No message takes this long; only a fault in the program does.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Live {
    pub console: Console,
    pub sandbox: Running,
    pub clipboard: Memory,
    worker: Worker,
    history: Option<History>,
    messages: Receiver<Message>,
}

const PROFILES: [(&str, &str); 5] = [
    ("bunch", "bunch"),
    ("joinme", "joinme"),
    ("metered", "metered"),
    ("bbb", "bigbluebutton"),
    ("whereby", "whereby"),
];

impl Live {
    pub fn demo(size: (u16, u16)) -> Live {
        Live::wide(size, config::CONCURRENCY, None)
    }

    /// The same with so many calls at once, and with a history.
    pub fn wide(size: (u16, u16), concurrency: usize, history: Option<History>) -> Live {
        let now: Timestamp = NOW.parse().unwrap();
        let sandbox = Sandbox::bind(0, World::still(now, 7)).unwrap().serve().unwrap();
        let catalog = Arc::new(Catalog::embedded());
        let given = PROFILES.map(|(name, provider)| (name, provider, sandbox.settings(provider)));
        let secret = |provider: &str, key: &str| {
            catalog.usable(provider).unwrap().settings.get(key).is_some_and(|setting| setting.secret)
        };
        let profiles = given.iter().map(|(name, provider, settings)| Profile {
            name: (*name).into(),
            provider: (*provider).into(),
            given: (settings.iter())
                .map(|(key, value)| match secret(provider, key) {
                    true => (key.clone(), Setting::Hidden),
                    false => (key.clone(), Setting::Plain(value.clone())),
                })
                .collect(),
            concurrency,
            ..Profile::default()
        });
        let console = Console::with(size, profiles.collect(), true);
        let keyed: Vec<config::Profile> = given
            .iter()
            .map(|(name, provider, settings)| {
                let source = |key: &String, value: &String| match secret(provider, key) {
                    true => config::SettingSource::Secret(SecretSource::Inline(Secret::new(value))),
                    false => config::SettingSource::Plain(value.clone()),
                };
                config::Profile {
                    name: (*name).into(),
                    provider: (*provider).into(),
                    file: "the sandbox".into(),
                    settings: settings.iter().map(|(key, value)| (key.clone(), source(key, value))).collect(),
                    defaults: Vec::new(),
                    default_preset: None,
                    link_hosts: Vec::new(),
                    ca_file: None,
                    concurrency,
                    prefix: None,
                }
            })
            .collect();
        let (sender, messages) = channel();
        let exchanges = sender.clone();
        let witness = move |exchange| drop(exchanges.send(Message::Exchanged(Box::new(exchange))));
        let clock = Clock::fixed(now, TimeZone::UTC);
        let caller = Caller::new(Arc::new(|_| None), clock).with_witness(Arc::new(witness));
        let caller = caller.with_history(history.clone());
        let profile_of =
            move |name: &str| Ok(keyed.iter().find(|profile| profile.name == name).unwrap().clone());
        let worker =
            Worker::new(caller, Arc::new(profile_of), Arc::new(move |message| drop(sender.send(message))));
        Live { console, sandbox, clipboard: Memory::default(), worker, history, messages }
    }

    /// Types keys and performs what they ask for, without waiting for calls.
    pub fn keys(&mut self, text: &str) -> &mut Self {
        self.console.keys(text);
        self.perform()
    }

    pub fn perform(&mut self) -> &mut Self {
        while !self.console.effects.is_empty() {
            match self.console.effects.remove(0) {
                Effect::Create(job, plan) => self.worker.create(job, plan),
                Effect::Complete(job) => self.worker.complete(job),
                Effect::Ask(job, question) => self.worker.ask(job, question),
                Effect::TestKey(profile, page) => self.worker.test(profile, page),
                Effect::Forget(entry) => {
                    if let Some(history) = &self.history {
                        history.forget(*entry);
                    }
                }
                Effect::Stop(job) => self.worker.stop(job),
                Effect::Copy(copy) => {
                    let Copy { job, want, what, text, care, .. } = *copy;
                    let copied = Clipboard::Memory(self.clipboard.clone())
                        .copy(text.expose(), &Route::Native, care.is_secret())
                        .unwrap();
                    let result =
                        Ok(Sent { route: copied.route.name(), confirmed: copied.confirmed, note: None });
                    self.console.send(Message::Copied(CopyReport {
                        job,
                        want,
                        what,
                        care,
                        chars: copied.chars,
                        result,
                        again: None,
                    }));
                }
                Effect::Save { .. }
                | Effect::Open { .. }
                | Effect::Quit(_)
                | Effect::Repaint
                | Effect::Suspend
                | Effect::Edit { .. } => {}
                Effect::Trust(_) | Effect::Reload => {}
                Effect::Keep(change) => drop(self.console.send(Message::Kept(change, Ok(())))),
                Effect::Recall(job) => self.worker.recall(job),
                Effect::Load(_) | Effect::Export { .. } | Effect::KeepDrafts(_) | Effect::KeepHabit(_) => {}
                Effect::KeepTicket(_) => {}
            }
        }
        self
    }

    /// Waits for one message and handles it.
    #[track_caller]
    pub fn hear(&mut self) -> &mut Self {
        let message = self.messages.recv_timeout(PATIENCE).expect("a message from the worker");
        self.console.send(message);
        self.perform()
    }

    /// The same with what comes within this time; whether anything came.
    pub fn hear_within(&mut self, time: Duration) -> bool {
        let message = self.messages.recv_timeout(time);
        if let Ok(message) = message {
            self.console.send(message);
            self.perform();
            return true;
        }
        false
    }

    /// Performs effects until no job is left.
    #[track_caller]
    pub fn settle(&mut self) -> &mut Self {
        self.perform();
        while self.console.model.running() + self.console.model.asking() > 0 {
            self.hear();
        }
        self
    }

    /// Waits until so many jobs are still under way.
    #[track_caller]
    pub fn settle_to(&mut self, running: usize) -> &mut Self {
        while self.console.model.running() > running {
            self.hear();
        }
        self
    }

    /// The entry of the selected row.
    #[track_caller]
    pub fn entry(&self) -> roomkey::domain::entry::Entry {
        self.console.model.rows.selected().and_then(|row| row.entry()).expect("an entry").clone()
    }
}
