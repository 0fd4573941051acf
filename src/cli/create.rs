//! `roomkey create`: from the arguments to a plan, from the plan to an entry, from the entry to standard output. The
//! console walks the same way from validation on. Whatever is wrong with the arguments is told all at once, and then
//! nothing is sent.

use std::ffi::OsString;
use std::sync::Arc;

use tokio::sync::watch;

use crate::config::Profile;
use crate::domain::clipboard::Route;
use crate::domain::entry::{Asked, Entry, Outcome};
use crate::domain::entry_json::{Reveal, printed};
use crate::domain::nearest::nearest;
use crate::domain::page::{Operation, Page};
use crate::domain::values::Values;
use crate::error::{Error, Kind, Result};
use crate::ports::clock::Clock;
use crate::provider::compose::{Raw, Start, compose};
use crate::provider::generate::Pieces;
use crate::provider::plan::Plan;
use crate::provider::settings::{Setting, Settings};
use crate::provider::validate::{Context, Problem, Severity, validate};
use crate::worker::call::{Caller, Halt, settings_of};
use crate::worker::setup::Setup;

use super::args::Create;
use super::assign::{self, Assigned};
use super::{World, copy, dry_run, report, signals};

/// A plan with what performing it needs.
struct Prepared {
    plan: Plan,
    profile: Profile,
    settings: Settings,
    clock: Clock,
    warnings: Vec<String>,
    route: Route,
}

pub(super) fn run(create: Create, world: &mut World) -> u8 {
    let prepared = match prepare(&create, world) {
        Ok(prepared) => prepared,
        Err(errors) => return world.io.fail_all(&errors),
    };
    for warning in &prepared.warnings {
        world.io.warn(warning);
    }
    if create.dry_run {
        return dry_run::run(&prepared.plan, &prepared.settings, create.json, &mut world.io);
    }
    let (clock, route) = (prepared.clock.clone(), prepared.route.clone());
    match perform(prepared, world) {
        Ok(entry) => {
            let code = finish(&entry, &create, &clock, world);
            if let Some(which) = create.copy {
                copy::run(&entry, which, &route, &mut world.io);
            }
            code
        }
        Err(error) => world.io.fail(&error),
    }
}

fn prepare(create: &Create, world: &World) -> Result<Prepared, Vec<Error>> {
    let one = |error: Error| vec![error];
    let setup = Setup::load(world.config.as_deref(), &*world.env).map_err(one)?;
    let (profile, page) = choose_profile(create.profile.as_deref(), &setup).map_err(one)?;
    setup.trust(&profile).map_err(one)?;
    let (id, operation) = choose_operation(create.operation.as_deref(), &page).map_err(one)?;
    let zone = setup.config.zone().map_err(|problem| vec![Error::config(problem.to_string())])?;
    let clock = Clock::system(zone);
    let agent = setup.config.agent().map_or_else(|| login(world), str::to_owned);
    let settings = Settings::complete(&page, settings_of(&profile, |_| Setting::Hidden));

    let desk = Desk { create, world, clock: &clock, profile: &profile, agent: &agent };
    let understood = desk.understand(&format!("{} {id}", page.id), operation, &settings)?;
    let plan = Plan {
        id: world.random.id().map_err(|error| vec![Error::other(error.to_string())])?,
        created_at: clock.now(),
        profile: profile.name.clone(),
        operation: id.to_owned(),
        values: understood.values,
        asked: asked(create, operation, understood.raw),
        agent,
        link_hosts: profile.link_hosts.clone(),
        page: Arc::clone(&page),
    };
    let warnings = setup.exposed(&profile).into_iter().chain(understood.warnings).collect();
    let route = copy::route(&setup.config, &world.env);
    Ok(Prepared { plan, profile, settings, clock, warnings, route })
}

/// What arguments are read with.
struct Desk<'a> {
    create: &'a Create,
    world: &'a World,
    clock: &'a Clock,
    profile: &'a Profile,
    agent: &'a str,
}

/// Arguments and defaults, fit to be sent.
struct Understood {
    raw: Raw,
    values: Values,
    warnings: Vec<String>,
}

impl Desk<'_> {
    /// The values of an operation called `what`, or everything that is wrong with them.
    fn understand(
        &self,
        what: &str,
        operation: &Operation,
        settings: &Settings,
    ) -> Result<Understood, Vec<Error>> {
        let env = |name: &str| (self.world.env)(name);
        let fetch: assign::Fetch = if self.create.dry_run { None } else { Some(&env) };
        let Assigned { raw: typed, mut errors, bare } =
            assign::read(&self.create.values, what, operation, fetch);
        let mut chance = true;
        let raw = compose(operation, Start::Plain, &[&self.profile.defaults, &typed], &mut || {
            let rand = self.world.random.text();
            chance &= rand.is_ok();
            self.pieces(rand.unwrap_or_default())
        });
        if !chance {
            errors.push(Error::other("could not get random bytes from the system"));
        }
        let context = Context { now: self.clock.now(), zone: self.clock.zone(), settings };
        let checked = validate(operation, &raw, &context);
        let (wrong, doubtful): (Vec<_>, Vec<_>) =
            checked.problems.iter().partition(|problem| problem.severity == Severity::Error);
        errors.extend(wrong.into_iter().map(|problem| Error::usage(told(problem))));
        if !errors.is_empty() {
            return Err(errors);
        }
        let shown = |name: &String| {
            format!("`{name}` stands in the history of the shell now; write `{name}=@env:VARIABLE` instead")
        };
        let warnings = doubtful.into_iter().map(told).chain(bare.iter().map(shown)).collect();
        Ok(Understood { raw, values: checked.values, warnings })
    }

    /// What generated values are made of.
    fn pieces(&self, rand: String) -> Pieces {
        Pieces {
            now: self.clock.now().to_zoned(self.clock.zone().clone()),
            rand,
            prefix: self.profile.prefix.clone().unwrap_or_default(),
            ticket: self.create.ticket.clone().unwrap_or_default(),
            agent: self.agent.to_owned(),
        }
    }
}

/// The profile of that name, else the default one, else the only one.
fn choose_profile(named: Option<&str>, setup: &Setup) -> Result<(Profile, Arc<Page>)> {
    let config = &setup.config;
    if config.has_no_profiles() && !config.is_broken() {
        let what = if setup.exists { "no profile is configured in" } else { "there is no configuration:" };
        return Err(Error::config(format!("{what} {}", config.file()))
            .hint("write a profile into it; `roomkey` alone shows everything on a sandbox"));
    }
    let name = match (named, config.default_profile()) {
        (Some(name), _) => name,
        (None, Some(name)) if config.profile_names().any(|known| known == name) => name,
        (None, Some(name)) => {
            return Err(Error::config(format!("default_profile names `{name}`, which is no profile"))
                .hint(format!("choose {}", setup.names())));
        }
        (None, None) => {
            let mut names = config.profile_names();
            match (names.next(), names.next()) {
                (Some(only), None) => only,
                (None, _) => "",
                (Some(_), Some(_)) => {
                    return Err(Error::usage("which profile is it to be?")
                        .hint(format!("write -p with one of {}", setup.names())));
                }
            }
        }
    };
    setup.profile(name)
}

fn choose_operation<'a>(named: Option<&str>, page: &'a Page) -> Result<(&'a str, &'a Operation)> {
    let Some(name) = named else {
        let first = page.first_operation().map(|(id, operation)| (id.as_str(), operation));
        return first.ok_or_else(|| Error::config(format!("{} can do nothing", page.name)));
    };
    let found = page.operations.iter().find(|(id, _)| id == name);
    found.map(|(id, operation)| (id.as_str(), operation)).ok_or_else(|| {
        let error = Error::usage(format!("{} has no operation `{name}`", page.name));
        match nearest(name, page.operations.keys()) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("choose {}", page.operations.keys().collect::<Vec<_>>().join(", "))),
        }
    })
}

/// Who signs when the configuration does not say.
fn login(world: &World) -> String {
    let name = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| (world.env)(name));
    name.and_then(|name: OsString| name.into_string().ok())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "Host".into())
}

fn told(problem: &Problem) -> String {
    match &problem.field {
        Some(field) => format!("{field}: {}", problem.text),
        None => problem.text.clone(),
    }
}

/// What was asked for, without secrets.
fn asked(create: &Create, operation: &Operation, raw: Raw) -> Asked {
    let is_secret = |name: &str| operation.field_for(name).is_some_and(|(_, field)| field.secret);
    Asked {
        values: raw.into_iter().filter(|(name, _)| !is_secret(name)).collect(),
        title: create.title.clone().filter(|title| !title.trim().is_empty()),
        ticket: create.ticket.clone().filter(|ticket| !ticket.trim().is_empty()),
    }
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
    let caller = Caller::new(Arc::clone(&world.env), prepared.clock);
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
        false if entry.outcome == Outcome::Created => Some(report::text(entry, clock)),
        false => None,
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
