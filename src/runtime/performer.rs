//! Performs effects: calls go to the worker, texts to the copier, the rest is done at once on the terminal.

use std::sync::mpsc::Receiver;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use crate::app::drafts::Stored;
use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::ports::editor::Editor;
use crate::ports::history::{Closing, History};
use crate::ports::terminal::screen::Tty;
use crate::ports::terminal::{Screen, Watch};
use crate::worker::call::Env;
use crate::worker::{ProfileOf, Sink, Worker};

use super::copier::Copier;
use super::demo::Demo;
use super::keeper::Keeper;
use super::profiles::{Present, Trusted};

/// Between two looks at the history.
const BETWEEN: Duration = Duration::from_secs(1);

/// What it takes to lend the terminal to the user's editor.
pub struct Editing {
    pub env: Env,
    pub tell: Sink,
}

impl Editing {
    /// The editor has the terminal until it ends; this thread waits for it, and what happens meanwhile waits with it.
    fn edit(&self, text: &str, ending: &str, watch: &Watch) {
        watch.lend();
        let left = Editor::find(&*self.env).and_then(|editor| editor.edit(text, ending));
        (self.tell)(Message::Edited(left));
        watch.take_back();
    }
}

pub struct Performer {
    worker: Worker,
    copier: Copier,
    demo: Option<Arc<Demo>>,
    history: Option<History>,
    editing: Editing,
    keeper: Keeper,
    /// When the history was last asked to look.
    looked: Option<Instant>,
    profiles: Profiles,
}

/// What the worker asks for profiles, and which doubtful ones the user has allowed.
pub struct Profiles {
    pub present: Present,
    pub trusted: Trusted,
}

impl Performer {
    pub fn new(
        worker: Worker,
        copier: Copier,
        demo: Option<Arc<Demo>>,
        history: Option<History>,
        (editing, keeper): (Editing, Keeper),
        profiles: Profiles,
    ) -> Performer {
        Performer { worker, copier, demo, history, editing, keeper, looked: None, profiles }
    }

    /// From now on calls use these profiles; those under way keep what they have.
    pub fn renew(&mut self, profile_of: ProfileOf, trusted: Trusted) {
        *self.profiles.present.lock().unwrap_or_else(PoisonError::into_inner) = profile_of;
        self.profiles.trusted = trusted;
    }

    pub fn history(&self) -> Option<&History> {
        self.history.as_ref()
    }

    /// Has the history looked at, for where the system does not tell of changes; not more often than makes sense.
    pub fn look(&mut self) {
        if let Some(history) = &self.history
            && self.looked.is_none_or(|looked| looked.elapsed() > BETWEEN)
        {
            self.looked = Some(Instant::now());
            history.look();
        }
    }

    /// The way copies take.
    pub fn copies_by(&self) -> String {
        self.copier.way()
    }

    /// Puts the clipboard in order at the end; the answer comes when that is done.
    pub fn leave_clipboard(&mut self) -> Option<Receiver<bool>> {
        self.copier.leave()
    }

    /// Reads what earlier runs have left in the forms.
    pub fn load_drafts(&self) {
        self.keeper.load_drafts();
    }

    /// Has the history end, where something is still to be written.
    pub fn leave_history(&self) -> Option<Closing> {
        self.history.as_ref()?.begin_leave()
    }

    /// Writes the last drafts; the answer comes when everything is written.
    pub fn leave_keeper(&mut self, drafts: Vec<Stored>) -> Option<Receiver<()>> {
        if !drafts.is_empty() {
            self.keeper.drafts(drafts);
        }
        self.keeper.leave()
    }

    /// Performs one effect; an exit code means that the console is to end.
    pub fn perform(&mut self, effect: Effect, screen: &mut Screen<Tty>, watch: &Watch) -> Option<u8> {
        match effect {
            Effect::Create(job, plan) => {
                if let Some(demo) = &self.demo {
                    demo.serve();
                }
                self.worker.create(job, plan);
            }
            Effect::Complete(job) => self.worker.complete(job),
            Effect::Ask(job, question) => {
                if let Some(demo) = &self.demo {
                    demo.serve();
                }
                self.worker.ask(job, question);
            }
            Effect::TestKey(profile, page) => {
                if let Some(demo) = &self.demo {
                    demo.serve();
                }
                self.worker.test(profile, page);
            }
            Effect::Forget(entry) => {
                if let Some(history) = &self.history {
                    history.forget(*entry);
                }
            }
            Effect::Stop(job) => self.worker.stop(job),
            Effect::Copy(copy) => self.copier.copy(copy, screen),
            Effect::Edit { text, ending } => self.editing.edit(&text, ending, watch),
            Effect::Trust(profile) => {
                let mut trusted = self.profiles.trusted.lock().unwrap_or_else(PoisonError::into_inner);
                trusted.insert(profile);
            }
            // The console does that by itself.
            Effect::Reload => {}
            Effect::Keep(change) => self.keeper.preset(change),
            Effect::Recall(job) => self.worker.recall(job),
            Effect::Load(path) => self.keeper.load(path),
            Effect::Export { path, text, over } => self.keeper.export(path, text, over),
            Effect::KeepDrafts(drafts) => self.keeper.drafts(drafts),
            Effect::KeepTicket(entry) => {
                if let Some(history) = &self.history {
                    history.note(*entry);
                }
            }
            Effect::KeepHabit(habit) => self.keeper.habit(habit),
            Effect::Open { job, want, url } => self.copier.open(job, want, url),
            Effect::Save { name, text } => self.copier.save(name, text),
            Effect::Repaint => screen.repaint(),
            Effect::Suspend => watch.suspend(),
            Effect::Quit(code) => {
                self.worker.shutdown();
                return Some(code);
            }
        }
        None
    }
}
