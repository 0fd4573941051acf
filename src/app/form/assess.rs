//! What the form knows about itself after a change: the values understood, every problem, the exact requests, the
//! times in words. Drawing only reads it.

use jiff::Timestamp;

use crate::domain::entry::Asked;
use crate::domain::moment::{Unit, echo, exact_span};
use crate::domain::page::Field;
use crate::domain::request::Preview;
use crate::domain::values::{Value, Values};
use crate::provider::compose::Raw;
use crate::provider::condition::Facts;
use crate::provider::flow::previews;
use crate::provider::plan::Plan;
use crate::provider::validate::{Context, Problem, Severity, validate};

use super::ground::Ground;
use super::{FieldState, Form};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    pub values: Values,
    pub problems: Vec<Problem>,
    /// The requests with secrets hidden, as far as the values go.
    pub requests: Vec<Preview>,
    /// Why there are none.
    pub trouble: Option<String>,
    /// For each field, its time or length of time in words.
    pub echoes: Vec<Option<String>>,
    /// For each field, whether it has an effect with the others as they are.
    pub in_force: Vec<bool>,
}

impl Assessment {
    pub fn is_ready(&self) -> bool {
        self.trouble.is_none() && !self.has_errors()
    }

    /// Whether some value is wrong or missing.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Error)
    }
}

impl Form {
    /// Everything filled in, as raw values.
    pub fn raw(&self) -> Raw {
        self.states.iter().flat_map(FieldState::raw).collect()
    }

    pub(super) fn assess(&mut self, ground: &mut Ground) {
        let Some(spec) = self.profile.page.operation(&self.operation) else { return };
        let context = Context { now: ground.now, zone: ground.zone, settings: &self.profile.settings };
        let mut checked = validate(spec, &self.raw(), &context);
        let place = |name: &str| self.position(name).unwrap_or(usize::MAX);
        checked.problems.sort_by_key(|problem| problem.field.as_deref().map_or(usize::MAX, place));
        let facts = Facts {
            operation: Some(spec),
            values: &checked.values,
            settings: &self.profile.settings,
            answers: &[],
        };
        let in_force = spec.fields().map(|(_, field)| facts.all(&field.when)).collect();
        let in_words = |(name, field)| in_words(field, checked.values.get(name)?, ground);
        let echoes = spec.fields().map(in_words).collect();
        let plan = self.plan(String::new(), ground.now, ground.agent, checked.values);
        let (requests, trouble) = match previews(&plan, &self.profile.settings) {
            Ok(requests) => (requests, None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        self.assessment = Assessment {
            values: plan.values,
            problems: checked.problems,
            requests,
            trouble,
            echoes,
            in_force,
        };
    }

    pub(super) fn plan(&self, id: String, now: Timestamp, agent: &str, values: Values) -> Plan {
        let named = |input: &super::TextInput| {
            let text = input.text().trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let told = self.states.iter().filter(|state| !state.is_secret());
        let values_asked =
            told.filter(|state| state.touched || !state.is_empty()).flat_map(FieldState::typed);
        Plan {
            id,
            created_at: now,
            profile: self.profile.name.clone(),
            page: self.profile.page.clone(),
            operation: self.operation.clone(),
            values,
            asked: Asked {
                values: values_asked.collect(),
                title: named(&self.title),
                ticket: named(&self.ticket),
            },
            agent: agent.to_owned(),
            link_hosts: self.profile.link_hosts.clone(),
            among_many: false,
        }
    }
}

/// "today 16:00 CET · 15:00 UTC" for a time, "1h30m = 5400 seconds" for a length of time.
fn in_words(field: &Field, value: &Value, ground: &Ground) -> Option<String> {
    match value {
        Value::Time(moment) => Some(echo(moment.at, ground.now, ground.zone)),
        Value::Span(seconds) => {
            let unit = field.unit.unwrap_or(Unit::Seconds);
            let name = if unit == Unit::Seconds { "seconds" } else { "minutes" };
            Some(format!("{} = {} {name}", exact_span(*seconds), seconds / unit.seconds()))
        }
        _ => None,
    }
}
