//! Performing one plan: fetch the one secret it needs, send what `Flow` hands out, give the answers back, and make
//! the entry. A halt, by the user or by a signal, ends it at any point and is told apart like every other trouble:
//! before the connection stood nothing was created, after it maybe.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::config::{Profile, SettingSource};
use crate::domain::entry::{Entry, Outcome};
use crate::domain::mask;
use crate::domain::page::Page;
use crate::error::Error;
use crate::ports::clock::Clock;
use crate::ports::history::History;
use crate::ports::http::{Connected, Door, Limits};
use crate::ports::{log, paths, secrets};
use crate::provider::flow::Flow;
use crate::provider::plan::Plan;
use crate::provider::redact;
use crate::provider::settings::{Setting, Settings};

use super::halt::{asleep, halted};
use super::purse::Purse;
use super::witness::Witness;

pub use super::halt::{Halt, Halting};

/// The environment, handed in.
pub type Env = Arc<dyn Fn(&str) -> Option<OsString> + Send + Sync>;

/// How often a call under way is asked whether the computer slept meanwhile.
const LOOK: Duration = Duration::from_secs(1);

/// Performs plans. One serves a whole run, since it keeps what is costly to make.
pub struct Caller {
    pub door: Door,
    /// For plans that are some of many.
    pub shared: Door,
    pub limits: Limits,
    /// Time for a command that yields a secret.
    pub patience: Duration,
    pub env: Env,
    pub clock: Clock,
    /// Where entries are kept; nowhere, for a demo or where the user wants none.
    pub history: Option<History>,
    /// Who is told of every request.
    pub witness: Option<Witness>,
    /// Secrets that the calls of a batch share.
    pub purse: Purse,
}

impl Caller {
    pub fn new(env: Env, clock: Clock) -> Caller {
        let (door, limits, patience) = (Door::new(), Limits::default(), secrets::LIMIT);
        let shared = door.keeping();
        Caller {
            door,
            shared,
            limits,
            patience,
            env,
            clock,
            history: None,
            witness: None,
            purse: Purse::default(),
        }
    }

    /// The same with a history: each creation is on the disk before its request leaves, and its entry before it is
    /// given back.
    pub fn with_history(self, history: Option<History>) -> Caller {
        Caller { history, ..self }
    }

    /// The same with somebody who is told of every request.
    pub fn with_witness(self, witness: Witness) -> Caller {
        Caller { witness: Some(witness), ..self }
    }

    /// Performs a plan for a profile. `sent` is called when the first request leaves. Needs a tokio runtime.
    /// Where the room exists and something is missing, the flow comes along: `complete` goes on with it.
    pub async fn perform(
        &self,
        plan: Plan,
        profile: &Profile,
        halt: Halting,
        sent: Connected,
    ) -> (Entry, Option<Box<Flow>>) {
        self.perform_telling(plan, profile, halt, sent, || ()).await
    }

    /// The same, and `created` is called as soon as the room is known to exist: its entry is still to be kept, and
    /// meanwhile the next call may have its turn.
    pub async fn perform_telling(
        &self,
        plan: Plan,
        profile: &Profile,
        mut halt: Halting,
        sent: Connected,
        created: impl FnOnce(),
    ) -> (Entry, Option<Box<Flow>>) {
        let held = self.purse.hold(&plan);
        let settings = tokio::select! {
            biased;
            halt = halted(&mut halt) => Err(halt.error(&plan, false)),
            settings = self.settings(&plan, profile, &held) => settings,
        };
        plan.values.secrets().for_each(mask::watch);
        match settings {
            Ok(settings) => {
                let mut flow = Box::new(Flow::new(plan, settings.clone()));
                if let Some(first) = flow.next_request() {
                    let (door, ca_file) = (self.door_for(flow.plan()), self.ca_file(profile));
                    tokio::join!(self.intend(flow.plan(), settings), door.warm(&first, ca_file.as_deref()));
                }
                self.run(flow, profile, halt, sent, created).await
            }
            Err(error) => {
                let entry = plan.not_created(error);
                tell(&entry);
                self.keep(&plan, &entry).await;
                (entry, None)
            }
        }
    }

    /// Tries the steps that are missing once more, and only those, with the key as it is now. Where nothing could be
    /// tried the flow comes back as it was, with the reason.
    pub async fn complete(
        &self,
        mut flow: Box<Flow>,
        profile: &Profile,
        mut halt: Halting,
        sent: Connected,
    ) -> Result<(Entry, Option<Box<Flow>>), (Error, Box<Flow>)> {
        let held = self.purse.hold(flow.plan());
        let settings = tokio::select! {
            biased;
            halt = halted(&mut halt) => Err(halt.error(flow.plan(), false)),
            settings = self.settings(flow.plan(), profile, &held) => settings,
        };
        match settings {
            Ok(settings) if flow.retry() => flow.sign_in(settings),
            Ok(_) => return Err((Error::other("nothing is missing of this room"), flow)),
            Err(error) => return Err((error, flow)),
        }
        if let Some(first) = flow.next_request() {
            self.door_for(flow.plan()).warm(&first, self.ca_file(profile).as_deref()).await;
        }
        Ok(self.run(flow, profile, halt, sent, || ()).await)
    }

    async fn run(
        &self,
        mut flow: Box<Flow>,
        profile: &Profile,
        mut halt: Halting,
        sent: Connected,
        created: impl FnOnce(),
    ) -> (Entry, Option<Box<Flow>>) {
        let ca_file = self.ca_file(profile);
        let begun = self.clock.elapsed();
        let ever = Arc::new(AtomicBool::new(false));
        let mut next = flow.next_request();
        let mut hop = false;
        let door = self.door_for(flow.plan());
        while let Some(request) = next.take() {
            let left = Arc::new(AtomicBool::new(false));
            let (this, first, told) = (Arc::clone(&left), Arc::clone(&ever), Arc::clone(&sent));
            let connected: Connected = Arc::new(move || {
                this.store(true, Ordering::SeqCst);
                if !first.swap(true, Ordering::SeqCst) {
                    told();
                }
            });
            let seen = self.see(&profile.name, &request, flow.shown().filter(|_| !hop));
            // An answer that is there counts, whatever was wanted meanwhile.
            let heard = tokio::select! {
                biased;
                answer = door.send(&request, ca_file.as_deref(), &self.limits, connected) => Ok(answer),
                halt = halted(&mut halt) => Err(Some(halt)),
                () = self.overslept() => Err(None),
            };
            match heard {
                Ok(answer) => {
                    self.heard(seen, &answer);
                    next = flow.answered(answer, self.clock.now());
                    hop = next.is_some();
                    next = next.or_else(|| flow.next_request());
                }
                Err(halt) => {
                    let left = left.load(Ordering::SeqCst);
                    let why = |sent| match halt {
                        Some(halt) => halt.error(flow.plan(), sent),
                        None => asleep(&request, sent),
                    };
                    self.stopped(seen, left, &why(left));
                    // What led to this hop has had its effect.
                    let (sent, error) = (left || hop, why(left || hop));
                    flow.stop(sent, error);
                }
            }
        }
        self.finish(flow, profile, begun, created).await
    }

    /// What became of it, told and kept, and what of it can be completed later.
    async fn finish(
        &self,
        mut flow: Box<Flow>,
        profile: &Profile,
        begun: Duration,
        created: impl FnOnce(),
    ) -> (Entry, Option<Box<Flow>>) {
        let mut entry = flow.finish();
        entry.took =
            u64::try_from(self.clock.elapsed().saturating_sub(begun).as_millis()).unwrap_or(u64::MAX);
        tell(&entry);
        if entry.outcome == Outcome::Created {
            created();
            // The intent of the next call goes ahead of this entry: somebody waits for it.
            if flow.plan().among_many {
                tokio::task::yield_now().await;
            }
        }
        self.keep(flow.plan(), &entry).await;
        // It may wait for days: the key is fetched anew when it goes on.
        flow.sign_in(hidden_settings(&flow.plan().page, profile));
        let kept = entry.incomplete.then_some(flow);
        (entry, kept)
    }

    /// Returns once a call has had its time although it did not notice: its timers stand still while the computer
    /// sleeps, and the clock does not.
    pub(super) async fn overslept(&self) {
        let begun = self.clock.elapsed();
        let most = self.limits.whole.saturating_add(LOOK);
        while self.clock.elapsed().saturating_sub(begun) <= most {
            tokio::time::sleep(LOOK).await;
        }
    }

    fn door_for(&self, plan: &Plan) -> &Door {
        if plan.among_many { &self.shared } else { &self.door }
    }

    pub(super) fn ca_file(&self, profile: &Profile) -> Option<PathBuf> {
        let written = profile.ca_file.as_deref()?;
        Some(paths::beside(Path::new(&*profile.file), written, &*self.env))
    }
}

/// Writes down what became of a creation.
fn tell(entry: &Entry) {
    let Entry { profile, operation, outcome, .. } = entry;
    match outcome.error() {
        None => log::info(|| format!("{profile} {operation}: created")),
        Some(error) => {
            // A provider's own words may hold anything.
            let said = || redact::words(&error.to_string());
            log::error(|| format!("{profile} {operation}: {}: {}", outcome.name(), said()));
        }
    }
    for warning in &entry.warnings {
        log::warn(|| format!("{profile} {operation}: {warning}"));
    }
}

/// The profile's settings with every secret hidden: for validation and previews, which need none.
pub fn hidden_settings(page: &Page, profile: &Profile) -> Settings {
    Settings::complete(page, settings_of(profile, |_| Setting::Hidden))
}

/// What the user wrote, with secrets as `secret` says.
pub fn settings_of(profile: &Profile, secret: impl Fn(&str) -> Setting) -> Vec<(String, Setting)> {
    let setting = |(name, source): &(String, SettingSource)| match source {
        SettingSource::Plain(text) => (name.clone(), Setting::Plain(text.clone())),
        SettingSource::Secret(_) => (name.clone(), secret(name)),
    };
    profile.settings.iter().map(setting).collect()
}
