//! `roomkey create`: from the arguments to a plan, from the plan to an entry, from the entry to standard output. The
//! console walks the same way from validation on. Whatever is wrong with the arguments is told all at once, and then
//! nothing is sent.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::config::Profile;
use crate::domain::entry::{Entry, Outcome};
use crate::domain::entry_json::{Reveal, printed};
use crate::error::{Error, Kind, Result};
use crate::ports::clock::{self, Clock};
use crate::ports::history::{History, Report};
use crate::provider::plan::Plan;
use crate::provider::settings::{Setting, Settings};
use crate::worker::call::{Caller, Halt, settings_of};
use crate::worker::setup::Setup;

use super::args::Create;
use super::{World, choose, copy, dry_run, report, signals, understand};

/// How long the end waits for what is not on the disk yet.
const CLOSING: Duration = Duration::from_millis(500);

/// A plan with what performing it needs.
struct Prepared {
    plan: Plan,
    profile: Profile,
    settings: Settings,
    clock: Clock,
    warnings: Vec<String>,
    /// What copies, where something is to be copied.
    desk: Option<copy::Desk>,
    history: Option<History>,
    trouble: Arc<Mutex<Option<String>>>,
}

pub(super) fn run(create: Create, world: &mut World) -> u8 {
    let mut prepared = match prepare(&create, world) {
        Ok(prepared) => prepared,
        Err(errors) => return world.io.fail_all(&errors),
    };
    for warning in &prepared.warnings {
        world.io.warn(warning);
    }
    if create.dry_run {
        return dry_run::run(&prepared.plan, &prepared.settings, create.json, &mut world.io);
    }
    let (clock, desk, page) = (prepared.clock.clone(), prepared.desk.take(), Arc::clone(&prepared.plan.page));
    let (history, trouble) = (prepared.history.clone(), Arc::clone(&prepared.trouble));
    match perform(prepared, world) {
        Ok(entry) => {
            let code = finish(&entry, &create, &clock, world);
            let unsaved = history.is_some_and(|history| !history.close(CLOSING).is_empty());
            let trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
            match trouble {
                Some(trouble) => world.io.warn(&trouble),
                None if unsaved => world.io.warn("not saved: the history is busy"),
                None => {}
            }
            if let Some(desk) = desk {
                desk.run(&entry, page.operation(&entry.operation), &mut world.io);
            }
            code
        }
        Err(error) => world.io.fail(&error),
    }
}

fn prepare(create: &Create, world: &World) -> Result<Prepared, Vec<Error>> {
    let one = |error: Error| vec![error];
    let setup = Setup::load(world.config.as_deref(), &*world.env).map_err(one)?;
    let (profile, page) = choose::profile(create.profile.as_deref(), &setup).map_err(one)?;
    setup.trust(&profile).map_err(one)?;
    let (id, operation) = choose::operation(create.operation.as_deref(), &page).map_err(one)?;
    let zone =
        setup.config.zone_by(clock::zone).map_err(|problem| vec![Error::config(problem.to_string())])?;
    let clock = Clock::system(zone);
    let agent = setup.config.agent().map_or_else(|| choose::login(world), str::to_owned);
    let settings = Settings::complete(&page, settings_of(&profile, |_| Setting::Hidden));

    let desk = understand::Desk { create, world, clock: &clock, profile: &profile, agent: &agent };
    let understood = desk.understand(&format!("{} {id}", page.id), operation, &settings)?;
    let plan = Plan {
        id: world.random.id().map_err(|error| vec![Error::other(error.to_string())])?,
        created_at: clock.now(),
        profile: profile.name.clone(),
        operation: id.to_owned(),
        values: understood.values,
        asked: understand::asked(create, operation, understood.raw),
        agent,
        link_hosts: profile.link_hosts.clone(),
        page: Arc::clone(&page),
    };
    let warnings = setup.exposed(&profile).into_iter().chain(understood.warnings).collect();
    let desk = create.copy.map(|what| copy::Desk::new(what.into(), &setup, &world.env, &plan.agent, &clock));
    let desk = desk.transpose().map_err(one)?;
    let trouble = Arc::new(Mutex::new(None));
    let history = match create.dry_run {
        true => None,
        false => history(&setup, &clock, world, &trouble),
    };
    Ok(Prepared { plan, profile, settings, clock, warnings, desk, history, trouble })
}

/// The history, where one is wanted. Its trouble stops nothing.
fn history(
    setup: &Setup,
    clock: &Clock,
    world: &World,
    trouble: &Arc<Mutex<Option<String>>>,
) -> Option<History> {
    let tell = |said: Option<String>, into: &Mutex<Option<String>>| {
        *into.lock().unwrap_or_else(PoisonError::into_inner) = said;
    };
    let options = match setup.history(clock, world.random.id().ok(), false) {
        Ok(Some(options)) => options,
        Ok(None) => {
            setup.give_up_history();
            return None;
        }
        Err(error) => {
            tell(Some(format!("not saved: {error}")), trouble);
            return None;
        }
    };
    let into = Arc::clone(trouble);
    let sink = move |report| match report {
        Report::Trouble(said) => tell(said, &into),
        Report::Notice(said) => tell(Some(said), &into),
        Report::Entries(_) | Report::Others(_) | Report::Gone(_) => {}
    };
    let started = History::start(options, Box::new(sink));
    started.map_err(|error| tell(Some(format!("not saved: {error}")), trouble)).ok()
}

/// Sends what the plan says; INT, TERM and HUP end it early.
fn perform(prepared: Prepared, world: &World) -> Result<Entry> {
    let failed = |what: &str| Error::other(format!("could not start {what}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| failed("the network"))?;
    let (give, halt) = watch::channel(None);
    signals::watch(move |signal| {
        give.send_replace(Some(Halt::Signal(signal)));
    })
    .map_err(|_| failed("listening for signals"))?;
    let caller = Caller::new(Arc::clone(&world.env), prepared.clock).with_history(prepared.history);
    let (entry, _) =
        runtime.block_on(caller.perform(prepared.plan, &prepared.profile, halt, Arc::new(|| ())));
    // A command or a name server may still be waited for on another thread.
    runtime.shutdown_background();
    Ok(entry)
}

/// Prints the entry and tells what is to be told; the exit code.
fn finish(entry: &Entry, create: &Create, clock: &Clock, world: &mut World) -> u8 {
    let code = match &entry.outcome {
        Outcome::Created => 0,
        Outcome::NotCreated(error) => error.kind.exit_code(),
        Outcome::MaybeCreated(error) => match error.kind {
            Kind::Interrupted(_) => error.kind.exit_code(),
            _ => 8,
        },
    };
    let text = match create.json {
        true => Some(printed(&entry.json(clock.now(), Reveal::Full))),
        false => report::is_worth_printing(entry).then(|| report::text(entry, clock)),
    };
    let written = match text.filter(|_| !matches!(code, 2 | 3)) {
        Some(text) => world.io.data(&text),
        None => Ok(()),
    };
    for warning in report::warnings(entry) {
        world.io.warn(&warning);
    }
    if let Some(error) = entry.outcome.error() {
        let maybe = matches!(entry.outcome, Outcome::MaybeCreated(_));
        world.io.say(&format!("error: {}{error}", if maybe { "maybe created: " } else { "" }));
    }
    if written.is_err() {
        return world.io.fail(&Error::other(format!(
            "could not write to standard output; the entry is {}",
            entry.outcome.name()
        )));
    }
    code
}
