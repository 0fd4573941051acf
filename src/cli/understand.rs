//! From the arguments and the profile's defaults to values fit to be sent, with everything that is wrong told at once.

use crate::config::{Preset, Profile};
use crate::domain::entry::Asked;
use crate::domain::page::Operation;
use crate::domain::values::Values;
use crate::error::Error;
use crate::ports::children;
use crate::ports::clock::Clock;
use crate::provider::compose::{Raw, Start, compose};
use crate::provider::generate::{Pieces, filled};
use crate::provider::settings::Settings;
use crate::provider::validate::{Context, Problem, Severity, validate};

use super::World;
use super::args::Create;
use super::assign::{self, Assigned};

/// What arguments are read with.
pub(super) struct Desk<'a> {
    pub create: &'a Create,
    pub world: &'a World,
    pub clock: &'a Clock,
    pub profile: &'a Profile,
    pub agent: &'a str,
    pub preset: Option<&'a Preset>,
    /// `FIELD=VALUE`
    pub given: &'a [String],
}

/// Arguments and defaults, fit to be sent.
pub(super) struct Understood {
    pub raw: Raw,
    pub values: Values,
    pub warnings: Vec<String>,
}

impl Desk<'_> {
    /// The values of an operation called `what`, or everything that is wrong with them. `row` stands above all.
    pub fn understand(
        &self,
        what: &str,
        operation: &Operation,
        settings: &Settings,
        row: &Raw,
    ) -> Result<Understood, Vec<Error>> {
        let env = |name: &str| {
            children::hide([name]);
            (self.world.env)(name)
        };
        let fetch: assign::Fetch = if self.create.dry_run { None } else { Some(&env) };
        let Assigned { raw: typed, mut errors, bare } = assign::read(self.given, what, operation, fetch);
        let mut chance = true;
        let nothing = Raw::new();
        let preset = self.preset.map_or(&nothing, |preset| &preset.values);
        let mut pieces = || {
            let rand = self.world.random.text();
            chance &= rand.is_ok();
            self.pieces(rand.unwrap_or_default())
        };
        let defaults = filled(operation, &self.profile.defaults, &mut pieces);
        let preset = filled(operation, preset, &mut pieces);
        let raw = compose(operation, Start::Plain, &[&defaults, &preset, &typed, row], &mut pieces);
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

/// "endDate: 02:30 happens twice that day: 02:30 CEST or 02:30 CET? (write …+02:00 or …+01:00)".
fn told(problem: &Problem) -> String {
    let readings: Vec<&str> = problem.readings.iter().map(|reading| reading.typed.as_str()).collect();
    let write =
        if readings.is_empty() { String::new() } else { format!(" (write {})", readings.join(" or ")) };
    match &problem.field {
        Some(field) => format!("{field}: {}{write}", problem.text),
        None => format!("{}{write}", problem.text),
    }
}

/// What was asked for, without secrets.
pub(super) fn asked(create: &Create, operation: &Operation, raw: Raw) -> Asked {
    let is_secret = |name: &str| operation.field_for(name).is_some_and(|(_, field)| field.secret);
    Asked {
        values: raw.into_iter().filter(|(name, _)| !is_secret(name)).collect(),
        title: create.title.clone().filter(|title| !title.trim().is_empty()),
        ticket: create.ticket.clone().filter(|ticket| !ticket.trim().is_empty()),
    }
}
