//! `roomkey create`: from the arguments to a plan, from the plan to an entry, from the entry to standard output. The
//! console walks the same way from validation on. Whatever is wrong with the arguments is told all at once, and then
//! nothing is sent.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::config::Profile;
use crate::domain::entry::{Entry, Outcome};
use crate::domain::entry_json::{Reveal, printed};
use crate::domain::page::Page;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::{self, Clock};
use crate::ports::history::{History, Report};
use crate::provider::compose::Raw;
use crate::provider::plan::Plan;
use crate::provider::settings::{Setting, Settings};
use crate::worker::call::{Caller, Halt, settings_of};
use crate::worker::setup::Setup;

use super::args::Create;
use super::{World, choose, copy, dry_run, people, report, signals, understand};

/// How long the end waits for what is not on the disk yet.
const CLOSING: Duration = Duration::from_millis(500);

/// Plans with what performing them needs: one, or one per line of a table.
struct Prepared {
    plans: Vec<Plan>,
    /// Lines of the table, one per plan.
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
    let setup = Setup::load(world.config.as_deref(), &*world.env).map_err(one)?;
    let of_preset = create.preset.as_deref().map(|preset| setup.profile_of_preset(preset));
    let of_preset = of_preset.transpose().map_err(one)?.flatten();
    let (profile, page) = choose::profile(create.profile.as_deref().or(of_preset), &setup).map_err(one)?;
    setup.trust(&profile).map_err(one)?;
    let preset =
        create.preset.as_deref().map(|name| setup.preset(name, &profile, &page)).transpose().map_err(one)?;
    let (id, operation) =
        choose::operation(create.operation.as_deref(), preset.as_ref(), &page).map_err(one)?;
    let zone =
        setup.config.zone_by(clock::zone).map_err(|problem| vec![Error::config(problem.to_string())])?;
    let clock = Clock::system(zone);
    let agent = setup.config.agent().map_or_else(|| choose::login(world), str::to_owned);
    let settings = Settings::complete(&page, settings_of(&profile, |_| Setting::Hidden));

    let reader = understand::Desk {
        create,
        world,
        clock: &clock,
        profile: &profile,
        agent: &agent,
        preset: preset.as_ref(),
    };
    let what = format!("{} {id}", page.id);
    let plan = |row: &Raw, title: Option<&str>| -> Result<(Plan, Vec<String>), Vec<Error>> {
        let understood = reader.understand(&what, operation, &settings, row)?;
        let mut asked = understand::asked(create, operation, understood.raw);
        asked.title = match (asked.title, title) {
            (Some(all), Some(one)) => Some(format!("{all}: {one}")),
            (all, one) => all.or(one.map(str::to_owned)),
        };
        let plan = Plan {
            id: world.random.id().map_err(|error| vec![Error::other(error.to_string())])?,
            created_at: clock.now(),
            profile: profile.name.clone(),
            operation: id.to_owned(),
            values: understood.values,
            asked,
            agent: agent.clone(),
            link_hosts: profile.link_hosts.clone(),
            among_many: create.people.is_some(),
            page: Arc::clone(&page),
        };
        Ok((plan, understood.warnings))
    };
    let Planned { plans, lines, skipped, warnings } = match &create.people {
        None => {
            let (plan, warnings) = plan(&Raw::new(), None)?;
            Planned { plans: vec![plan], warnings, ..Planned::default() }
        }
        Some(path) => many(&people::rows(path, operation).map_err(one)?, create.skip_bad, &plan)?,
    };
    let warnings = setup.exposed(&profile).into_iter().chain(warnings).collect();
    let desk = create.copy.map(|what| copy::Desk::new(what.into(), &setup, &world.env, &agent, &clock));
    let desk = desk.transpose().map_err(one)?;
    let trouble = Arc::new(Mutex::new(None));
    let history = match create.dry_run {
        true => None,
        false => history(&setup, &clock, world, &trouble),
    };
    Ok(Prepared { plans, lines, skipped, profile, settings, clock, page, warnings, desk, history, trouble })
}

/// Plans, the lines of the table they come from, and what was said about them.
#[derive(Default)]
struct Planned {
    plans: Vec<Plan>,
    lines: Vec<usize>,
    skipped: usize,
    warnings: Vec<String>,
}

type PlanOf<'a> = dyn Fn(&Raw, Option<&str>) -> Result<(Plan, Vec<String>), Vec<Error>> + 'a;

/// A plan for every row; everything that is wrong with any of them, each with its line. With `skip` bad rows are told
/// of and left out, as long as there is a good one.
fn many(rows: &[people::Row], skip: bool, plan: &PlanOf) -> Result<Planned, Vec<Error>> {
    let mut planned = Planned::default();
    let mut errors = Vec::new();
    for row in rows {
        let line = row.person.line;
        let name = Some(row.person.name.as_str()).filter(|name| !name.is_empty());
        let made = match &row.given {
            Ok(given) => plan(given, name),
            Err(why) => Err(vec![Error::usage(why)]),
        };
        match made {
            Ok((plan, warnings)) => {
                planned.plans.push(plan);
                planned.lines.push(line);
                planned.warnings.extend(warnings.iter().map(|warning| format!("line {line}: {warning}")));
            }
            Err(wrong) => {
                planned.skipped += 1;
                let told = |error: &Error| Error::new(error.kind, format!("line {line}: {error}"));
                errors.extend(wrong.iter().map(told));
            }
        }
    }
    if !errors.is_empty() && (!skip || planned.plans.is_empty()) {
        return Err(errors);
    }
    let left_out = errors.iter().map(|error| format!("left out: {error}"));
    planned.warnings.splice(0..0, left_out);
    Ok(planned)
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
    let failed = |what: &str| Error::other(format!("could not start {what}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| failed("the network"))?;
    let (give, halt) = watch::channel(None);
    signals::watch(move |signal| {
        give.send_replace(Some(Halt::Signal(signal)));
    })
    .map_err(|_| failed("listening for signals"))?;
    let clock = prepared.clock.clone();
    let caller = Caller::new(Arc::clone(&world.env), clock.clone()).with_history(prepared.history.clone());
    let Prepared { mut plans, profile, .. } = prepared;
    let made = match (batch, plans.pop()) {
        (false, Some(plan)) => {
            // One creation is one word of the user: nothing of it is ever sent again.
            let (entry, _) = runtime.block_on(caller.perform(plan, &profile, halt, Arc::new(|| ())));
            people::Made { entries: vec![(0, entry)], signal: None }
        }
        (_, last) => {
            plans.extend(last);
            runtime.block_on(people::perform(caller, plans, profile, clock, halt))
        }
    };
    // A command or a name server may still be waited for on another thread.
    runtime.shutdown_background();
    Ok(made)
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
