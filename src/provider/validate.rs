//! From typed texts to `Values`: every problem at once, each with its field, its reason and, where a page knows
//! one, a one-key remedy. The form, quick creation and the command line all come through here.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::literal::Literal;
use crate::domain::moment::Reading;
use crate::domain::page::{Condition, Field, Operation, Rule};
use crate::domain::values::{Value, Values};

use super::check;
use super::compose::Raw;
use super::condition::Facts;
use super::read::read_field;
use super::settings::Settings;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing can be sent like this.
    Error,
    /// It can be sent; something is worth knowing.
    Warning,
}

/// One thing that is wrong or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: Option<String>,
    pub severity: Severity,
    /// A clause fit to stand under the field.
    pub text: String,
    /// Raw values that would mend it.
    pub fix: Raw,
    /// What the value may mean, where that has to be asked; each is typed in its stead.
    pub readings: Vec<Reading>,
}

/// What validation needs from outside.
pub struct Context<'a> {
    pub now: Timestamp,
    pub zone: &'a TimeZone,
    pub settings: &'a Settings,
}

/// What was understood, and every problem. The values are fit to send only if no problem is an error.
pub struct Checked {
    pub values: Values,
    pub problems: Vec<Problem>,
}

impl Checked {
    pub fn is_ready(&self) -> bool {
        !self.problems.iter().any(|p| p.severity == Severity::Error)
    }

    /// The first error, else nothing.
    pub fn first_error(&self) -> Option<&Problem> {
        self.problems.iter().find(|p| p.severity == Severity::Error)
    }
}

/// Reads all fields of an operation.
pub fn validate(operation: &Operation, raw: &Raw, context: &Context) -> Checked {
    let mut values = Vec::new();
    let mut problems = Vec::new();
    for (name, field) in operation.fields() {
        match read_field(operation, name, field, raw, context) {
            Ok(Some(value)) => values.push((name.to_owned(), value)),
            Ok(None) => {}
            Err(unclear) => {
                let readings = unclear.readings;
                problems.push(Problem { readings, ..error(name, unclear.reason) });
            }
        }
    }
    let values = Values::understood(values);
    let facts =
        Facts { operation: Some(operation), values: &values, settings: context.settings, answers: &[] };
    for (name, field) in operation.fields() {
        field_problems(operation, name, field, &facts, &mut problems);
    }
    for rule in &operation.rules {
        rule_problems(operation, rule, &facts, &mut problems);
    }
    Checked { values, problems }
}

fn error(field: &str, text: String) -> Problem {
    Problem { severity: Severity::Error, ..warning(Some(field), text) }
}

fn warning(field: Option<&str>, text: String) -> Problem {
    Problem {
        field: field.map(str::to_owned),
        severity: Severity::Warning,
        text,
        fix: Raw::new(),
        readings: Vec::new(),
    }
}

/// Requiredness, effect and doubts of one field.
fn field_problems(
    operation: &Operation,
    name: &str,
    field: &Field,
    facts: &Facts,
    problems: &mut Vec<Problem>,
) {
    let in_force = facts.all(&field.when);
    let told = problems.iter().any(|p| p.field.as_deref() == Some(name) && p.severity == Severity::Error);
    match facts.values.get(name) {
        None if field.rules.required && in_force && !told => {
            problems.push(error(name, format!("{} is required", field.label)));
        }
        None => {}
        Some(_) if !in_force && !is_own(field, facts.values.get(name)) => {
            problems.push(Problem { fix: wake(field), ..warning(Some(name), no_effect(operation, field)) });
        }
        Some(Value::Text(text)) => {
            problems.extend(check::doubts(text, &field.rules).map(|text| warning(Some(name), text)));
        }
        Some(_) => {}
    }
}

/// Whether the value is the field's own default, which the user did not ask for.
fn is_own(field: &Field, value: Option<&Value>) -> bool {
    field.generate.is_some() || field.default.as_ref().zip(value).is_some_and(|(own, value)| value.is(own))
}

/// "has no effect unless Locked is off", "has no effect without Internal user ID".
fn no_effect(operation: &Operation, field: &Field) -> String {
    let label = |name: &str| operation.field(name).map_or(name.to_owned(), |f| f.label.clone());
    let needed =
        field.when.iter().find_map(|c| Some((c, c.field.as_deref().or(c.any.first().map(|n| n.as_str()))?)));
    match needed {
        Some((Condition { is: Some(Literal::Bool(on)), .. }, name)) => {
            format!("has no effect unless {} is {}", label(name), if *on { "on" } else { "off" })
        }
        Some((Condition { is: Some(is), .. }, name)) => {
            format!("has no effect unless {} is {}", label(name), is.typed())
        }
        Some((Condition { set: Some(true), .. }, name)) => format!("has no effect without {}", label(name)),
        Some((_, name)) => format!("has no effect with {} as it is", label(name)),
        None => "has no effect with the other values as they are".into(),
    }
}

/// What gives a field its effect, where one value of one other field is all it takes.
fn wake(field: &Field) -> Raw {
    let mut conditions = field.when.iter();
    match (conditions.next(), conditions.next()) {
        (Some(Condition { field: Some(name), is: Some(is), .. }), None) => vec![(name.clone(), is.typed())],
        _ => Raw::new(),
    }
}

fn rule_problems(operation: &Operation, rule: &Rule, facts: &Facts, problems: &mut Vec<Problem>) {
    if !(facts.all(&rule.when) && facts.none(&rule.unless)) {
        return;
    }
    let fix: Raw = rule.fix.iter().map(|(name, literal)| (name.clone(), literal.typed())).collect();
    let about = rule.when.iter().find_map(|c| c.field.as_deref().or(c.any.first().map(String::as_str)));
    for name in rule.requires.iter().filter(|name| facts.values.get(name).is_none()) {
        let label = operation.field(name).map_or(name.as_str(), |f| f.label.as_str());
        let told = problems.iter().any(|p| p.field.as_deref() == Some(name) && p.severity == Severity::Error);
        if !told {
            problems.push(Problem {
                fix: fix.clone(),
                ..error(name, format!("{label} is required{}", because(operation, rule, about)))
            });
        }
    }
    let at = rule.fix.keys().next().filter(|_| about.is_none()).or(about);
    if let Some(text) = &rule.error {
        let severity = Severity::Error;
        problems.push(Problem { severity, fix: fix.clone(), ..warning(at, text.clone()) });
    }
    if let Some(text) = &rule.warn {
        problems.push(Problem { fix, ..warning(at, text.clone()) });
    }
}

/// " with Streaming elsewhere", " unless All rooms is on", " with anything under Recording".
fn because(operation: &Operation, rule: &Rule, about: Option<&str>) -> String {
    let group = || rule.when.iter().find_map(|condition| condition.group.as_deref());
    let word = |literal: &Literal| match literal {
        Literal::Bool(true) => "on".to_owned(),
        Literal::Bool(false) => "off".to_owned(),
        other => other.typed(),
    };
    let tested = rule.when.iter().find(|condition| condition.field.as_deref() == about);
    match about.and_then(|name| operation.field(name)) {
        Some(field) => match tested {
            Some(Condition { not: Some(not), .. }) => format!(" unless {} is {}", field.label, word(not)),
            Some(Condition { is: Some(is @ Literal::Bool(false)), .. }) => {
                format!(" while {} is {}", field.label, word(is))
            }
            _ => format!(" with {}", field.label),
        },
        None => group().map_or(String::new(), |group| format!(" with anything under {group}")),
    }
}
