//! `roomkey create`: from the arguments to a plan, from the plan to an entry, from the entry to standard output. The
//! console walks the same way from validation on. Whatever is wrong with the arguments is told all at once, and then
//! nothing is sent.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::config::Profile;
use crate::domain::entry::{Entry, Outcome};
use crate::domain::entry_json::{Reveal, printed};
use crate::domain::page::Page;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;
use crate::ports::history::{History, Report};
use crate::provider::plan::Plan;
use crate::provider::settings::{Setting, Settings};
use crate::worker::call::{Caller, settings_of};
use crate::worker::setup::Setup;

use super::args::Create;
use super::planning::{Planned, Planner};
use super::{World, choose, copy, dry_run, network, not_in_force, people, report};

/// How long the end waits for what is not on the disk yet.
const CLOSING: Duration = Duration::from_millis(500);

/// Plans with what performing them needs: one, or one per line of a table.
struct Prepared {
    plans: Vec<Plan>,
    /// Lines of the table, one per plan; `people::MEETING` for that of the meeting they share.
    lines: Vec<usize>,
    /// Bad lines that were left out.
    skipped: usize,
    profile: Profile,
    settings: Settings,
    clock: Clock,
    page: Arc<Page>,
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
        return dry_run::run(&prepared.plans, &prepared.settings, create.json, &mut world.io);
    }
    let (clock, desk, page) = (prepared.clock.clone(), prepared.desk.take(), Arc::clone(&prepared.page));
    let (history, trouble) = (prepared.history.clone(), Arc::clone(&prepared.trouble));
    let (lines, skipped) = (prepared.lines.clone(), prepared.skipped);
    match perform(prepared, create.people.is_some(), world) {
        Ok(made) => {
            // All of it is kept by now; what is left to tidy up there is done while the rest is printed.
            let closing = history.map(|history| history.begin_close());
            let entry =
                made.entries.first().map(|(_, entry)| entry.clone()).filter(|_| create.people.is_none());
            let code = match &entry {
                Some(entry) => finish(entry, &create, &clock, world),
                None => people::finish(&made, &lines, skipped, create.json, &clock, world),
            };
            let unsaved = closing.is_some_and(|closing| !closing.wait(CLOSING).is_empty());
            let trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
            match trouble {
                Some(trouble) => world.io.warn(&trouble),
                None if unsaved => world.io.warn("not saved: the history is busy"),
                None => {}
            }
            if let (Some(desk), Some(entry)) = (desk, entry) {
                desk.run(&entry, page.operation(&entry.operation), &mut world.io);
            }
            code
        }
        Err(error) => world.io.fail(&error),
    }
}

fn prepare(create: &Create, world: &World) -> Result<Prepared, Vec<Error>> {
    let one = |error: Error| vec![error];
    if create.skip_bad && create.people.is_none() {
        return Err(one(Error::usage("--skip-bad leaves out bad lines of a table: it goes with --people")));
    }
    let setup = Setup::load(world.config.as_deref(), &*world.env).map_err(one)?;
    let of_preset = create.preset.as_deref().map(|preset| setup.profile_of_preset(preset));
    let of_preset = of_preset.transpose().map_err(one)?.flatten();
    let (profile, page) = choose::profile(create.profile.as_deref().or(of_preset), &setup).map_err(one)?;
    setup.trust(&profile).map_err(one)?;
    let preset =
        create.preset.as_deref().map(|name| setup.preset(name, &profile, &page)).transpose().map_err(one)?;
    let (id, operation) =
        choose::operation(create.operation.as_deref(), preset.as_ref(), &page).map_err(one)?;
    let zone = choose::zone(&setup.config).map_err(one)?;
    let clock = Clock::system(zone);
    let agent = choose::agent(&setup.config, world);
    let settings = Settings::complete(&page, settings_of(&profile, |_| Setting::Hidden));

    let planner = Planner {
        create,
        world,
        clock: &clock,
        profile: &profile,
        page: &page,
        settings: &settings,
        agent: &agent,
        preset: preset.as_ref(),
    };
    let Planned { plans, lines, skipped, warnings } = planner.plans(id, operation)?;
    let ignored = setup.config.read_profile(&profile.name, &page).1;
    let ignored = not_in_force::warning(&setup.config, &ignored);
    let warnings = ignored.into_iter().chain(setup.exposed(&profile)).chain(warnings).collect();
    let desk = create.copy.map(|what| copy::Desk::new(what.into(), &setup, &world.env, &agent, &clock));
    let desk = desk.transpose().map_err(one)?;
    let trouble = Arc::new(Mutex::new(None));
    let history = match create.dry_run {
        true => None,
        false => history(&setup, &clock, world, &trouble),
    };
    Ok(Prepared { plans, lines, skipped, profile, settings, clock, page, warnings, desk, history, trouble })
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
fn perform(prepared: Prepared, batch: bool, world: &World) -> Result<people::Made> {
    let clock = prepared.clock.clone();
    let caller = Caller::new(Arc::clone(&world.env), clock.clone()).with_history(prepared.history.clone());
    let Prepared { mut plans, lines, profile, .. } = prepared;
    network::perform(async |halt| match (batch, plans.pop()) {
        (false, Some(plan)) => {
            // One creation is one word of the user: nothing of it is ever sent again.
            let (entry, _) = caller.perform(plan, &profile, halt, Arc::new(|| ())).await;
            people::Made { entries: vec![(0, entry)], signal: None }
        }
        (_, last) => {
            plans.extend(last);
            let meeting = lines.first() == Some(&people::MEETING);
            people::perform(caller, plans, meeting, profile, clock, halt).await
        }
    })
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
        let error = Error::other(format!(
            "could not write to standard output; the entry is {}, its id is {}",
            entry.outcome.name(),
            entry.id
        ));
        return world.io.fail(&error.hint("`roomkey links --all --reveal` shows it"));
    }
    code
}
