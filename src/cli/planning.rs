//! From what `create` was given to the plans of it: one, or with a table one per line, and where the lines share a
//! meeting that of the meeting before them. Everything that is wrong with any of them is told, each with its line.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::config::{Preset, Profile};
use crate::domain::page::{Operation, Page};
use crate::error::{Error, Result};
use crate::ports::clock::Clock;
use crate::provider::compose::Raw;
use crate::provider::people::{room, shared_room, signed_by};
use crate::provider::plan::Plan;
use crate::provider::settings::Settings;

use super::World;
use super::args::Create;
use super::people::{self, MEETING, Meeting, Row};
use super::understand;

/// What plans are made with.
pub(super) struct Planner<'a> {
    pub create: &'a Create,
    pub world: &'a World,
    pub clock: &'a Clock,
    pub profile: &'a Profile,
    pub page: &'a Arc<Page>,
    pub settings: &'a Settings,
    pub agent: &'a str,
    pub preset: Option<&'a Preset>,
}

/// Plans, the lines of the table they come from, and what was said about them.
#[derive(Default)]
pub(super) struct Planned {
    pub plans: Vec<Plan>,
    /// One per plan; `MEETING` for the meeting.
    pub lines: Vec<usize>,
    /// Bad lines that were left out.
    pub skipped: usize,
    pub warnings: Vec<String>,
}

/// What the plans of one kind have in common.
struct Ground<'a> {
    id: &'a str,
    operation: &'a Operation,
    /// `FIELD=VALUE`
    given: &'a [String],
    preset: Option<&'a Preset>,
    /// What the meeting has for it.
    base: Raw,
}

type Made = Result<(Plan, Vec<String>), Vec<Error>>;

impl Planner<'_> {
    /// The plans for an operation.
    pub fn plans(&self, id: &str, operation: &Operation) -> Result<Planned, Vec<Error>> {
        let (given, preset) = (self.create.values.as_slice(), self.preset);
        let ground = Ground { id, operation, given, preset, base: Raw::new() };
        let Some(path) = self.create.people.as_deref() else {
            let (plan, warnings) = self.plan(&ground, &Raw::new(), None)?;
            return Ok(Planned { plans: vec![plan], warnings, ..Planned::default() });
        };
        let signed = signed_by(self.page, operation);
        match signed.and_then(|(id, shared)| Some((id, self.page.operation(id)?, shared))) {
            Some((signs, by, shared)) => self.meeting(path, ground, (signs, by), shared),
            None => {
                let (rows, _) = people::rows(path, operation, None).map_err(|error| vec![error])?;
                self.many(&rows, ground)
            }
        }
    }

    /// A meeting, and a link to it for every row.
    fn meeting(
        &self,
        path: &Path,
        ground: Ground,
        (id, operation): (&str, &Operation),
        shared: Vec<&str>,
    ) -> Result<Planned, Vec<Error>> {
        let meeting = Meeting { makes: ground.operation, shared };
        let (rows, said) = people::rows(path, operation, Some(&meeting)).map_err(|error| vec![error])?;
        let (plan, warnings) = match self.plan(&ground, &said, None) {
            Ok(made) => made,
            Err(mut errors) => {
                errors.extend(rows.iter().filter_map(bad));
                return Err(errors);
            }
        };
        let asked = plan.asked.values.iter();
        let base = asked.filter(|(name, _)| meeting.shared.contains(&name.as_str())).cloned().collect();
        let links = Ground { id, operation, given: &[], preset: None, base };
        let mut planned = self.many(&rows, links)?;
        planned.plans.insert(0, plan);
        planned.lines.insert(0, MEETING);
        planned.warnings.splice(0..0, warnings);
        Ok(planned)
    }

    /// A plan for every row. With `--skip-bad` bad rows are told of and left out, as long as there is a good one.
    fn many(&self, rows: &[Row], mut ground: Ground) -> Result<Planned, Vec<Error>> {
        let mut planned = Planned::default();
        let mut errors = Vec::new();
        let mut rooms: HashMap<&str, usize> = HashMap::new();
        for row in rows {
            let line = row.person.line;
            let name = Some(row.person.name.as_str()).filter(|name| !name.is_empty());
            let room = row.given.as_ref().ok().and_then(|given| room(self.page, ground.operation, given));
            let made = match (&row.given, room.map(|room| *rooms.entry(room).or_insert(line))) {
                (Ok(_), Some(first)) if first != line => {
                    Err(vec![Error::usage(format!("the same room as line {first}"))])
                }
                (Ok(given), _) => self.plan(&ground, given, name),
                (Err(_), _) => Err(Vec::new()),
            };
            match made {
                Ok((plan, warnings)) => {
                    share_room(&mut ground, row, &plan);
                    planned.plans.push(plan);
                    planned.lines.push(line);
                    let told = |warning: &String| format!("line {line}: {warning}");
                    planned.warnings.extend(warnings.iter().map(told));
                }
                Err(wrong) => {
                    planned.skipped += 1;
                    errors.extend(bad(row));
                    errors.extend(wrong.iter().map(|error| at(line, error)));
                }
            }
        }
        if !errors.is_empty() && (!self.create.skip_bad || planned.plans.is_empty()) {
            return Err(errors);
        }
        let left_out = errors.iter().map(|error| format!("left out: {error}"));
        planned.warnings.splice(0..0, left_out);
        Ok(planned)
    }

    fn plan(&self, ground: &Ground, row: &Raw, title: Option<&str>) -> Made {
        let Planner { create, world, clock, profile, page, settings, agent, .. } = *self;
        let (preset, given) = (ground.preset, ground.given);
        let reader = understand::Desk { create, world, clock, profile, agent, preset, given };
        let what = format!("{} {}", page.id, ground.id);
        let said = |name: &str| row.iter().any(|(known, _)| known == name);
        let base = ground.base.iter().filter(|(name, _)| !said(name)).cloned();
        let row: Raw = base.chain(row.iter().cloned()).collect();
        let understood = reader.understand(&what, ground.operation, settings, &row)?;
        let mut asked = understand::asked(create, ground.operation, understood.raw);
        asked.title = match (asked.title, title) {
            (Some(all), Some(one)) => Some(format!("{all}: {one}")),
            (all, one) => all.or(one.map(str::to_owned)),
        };
        let plan = Plan {
            id: world.random.id().map_err(|error| vec![Error::other(error.to_string())])?,
            created_at: clock.now(),
            profile: profile.name.clone(),
            operation: ground.id.to_owned(),
            values: understood.values,
            asked,
            agent: agent.to_owned(),
            link_hosts: profile.link_hosts.clone(),
            among_many: create.people.is_some(),
            page: Arc::clone(page),
        };
        Ok((plan, understood.warnings))
    }
}

/// The room that everybody's link leads into is named once: as in the first row that does not name its own.
fn share_room(ground: &mut Ground, row: &Row, plan: &Plan) {
    let Some(field) = shared_room(ground.operation) else { return };
    let named = |raw: &Raw| raw.iter().any(|(name, _)| name == field);
    if !named(&ground.base) && !row.given.as_ref().is_ok_and(named) {
        ground.base.extend(plan.asked.values.iter().filter(|(name, _)| name == field).cloned());
    }
}

/// What the table itself has wrong in a row.
fn bad(row: &Row) -> Option<Error> {
    let why = row.given.as_ref().err()?;
    Some(at(row.person.line, &Error::usage(why)))
}

fn at(line: usize, error: &Error) -> Error {
    Error::new(error.kind, format!("line {line}: {error}"))
}
