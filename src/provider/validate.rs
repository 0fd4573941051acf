//! From typed texts to `Values`: every problem at once, each with its field, its reason and, where a page knows
//! one, a one-key remedy. The form, quick creation and the command line all come through here.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::moment::{parse_moment, parse_span};
use crate::domain::nearest::nearest;
use crate::domain::page::{Case, Field, Kind, Operation, Rule};
use crate::domain::secret::Secret;
use crate::domain::values::{Value, Values};

use super::check;
use super::compose::Raw;
use super::condition::Facts;
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
            Err(text) => problems.push(error(name, text)),
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
    Problem { field: Some(field.to_owned()), severity: Severity::Error, text, fix: Raw::new() }
}

fn warning(field: Option<&str>, text: String) -> Problem {
    Problem { field: field.map(str::to_owned), severity: Severity::Warning, text, fix: Raw::new() }
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
            problems.push(warning(Some(name), no_effect(operation, field)));
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

fn no_effect(operation: &Operation, field: &Field) -> String {
    let label = |name: &str| operation.field(name).map_or(name.to_owned(), |f| f.label.clone());
    let needed = field.when.iter().find_map(|c| c.field.as_deref().or(c.any.first().map(String::as_str)));
    match needed {
        Some(name) => format!("has no effect with {} as it is", label(name)),
        None => "has no effect with the other values as they are".into(),
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
                ..error(name, format!("{label} is required{}", because(operation, about)))
            });
        }
    }
    let at = rule.fix.keys().next().filter(|_| about.is_none()).or(about);
    if let Some(text) = &rule.error {
        let field = at.map(str::to_owned);
        problems.push(Problem { field, severity: Severity::Error, text: text.clone(), fix: fix.clone() });
    }
    if let Some(text) = &rule.warn {
        problems.push(Problem { fix, ..warning(at, text.clone()) });
    }
}

fn because(operation: &Operation, about: Option<&str>) -> String {
    match about.and_then(|name| operation.field(name)) {
        Some(field) => format!(" with {}", field.label),
        None => String::new(),
    }
}

/// The value of one field, none where nothing is given.
fn read_field(
    operation: &Operation,
    name: &str,
    field: &Field,
    raw: &Raw,
    context: &Context,
) -> Result<Option<Value>, String> {
    if field.kind == Kind::Pairs {
        return read_pairs(name, field, raw);
    }
    match raw.iter().find(|(given, _)| given == name) {
        Some((_, text)) if !text.is_empty() => read(operation, field, text, context).map(Some),
        _ => Ok(None),
    }
}

fn read(operation: &Operation, field: &Field, typed: &str, context: &Context) -> Result<Value, String> {
    let rules = &field.rules;
    let lowered;
    let text = match rules.case {
        Some(Case::Lower) => {
            lowered = typed.to_lowercase();
            &lowered
        }
        None => typed,
    };
    if field.null && text == "null" {
        return Ok(Value::Null);
    }
    let value = match field.kind {
        Kind::Text => check::text(text, rules, false).map(|()| Value::Text(text.into())),
        Kind::Lines => check::text(text, rules, true).map(|()| Value::Text(text.into())),
        Kind::Url => check::url(text.trim(), rules).map(|()| Value::Text(text.trim().into())),
        Kind::Email => check::email(text.trim()).map(|()| Value::Text(text.trim().into())),
        Kind::Integer => read_integer(text.trim(), field),
        Kind::Duration => parse_span(text, Some(field.unit.unwrap_or(crate::domain::moment::Unit::Seconds)))
            .and_then(|seconds| read_span(seconds, field)),
        Kind::Switch => read_switch(text.trim()),
        Kind::Choice => choose(operation.choices(field), text.trim()).map(Value::Text),
        Kind::Choices => {
            let choices = operation.choices(field);
            items(text).map(|item| choose(choices, item)).collect::<Result<_, _>>().map(Value::List)
        }
        Kind::List => read_list(field, text),
        Kind::Datetime => {
            let moment = parse_moment(text, context.now, context.zone)?;
            check::time(moment.at, rules, context.now).map(|()| Value::Time(moment))
        }
        Kind::Json => serde_json::from_str(text)
            .map(Value::Json)
            .map_err(|e| format!("not JSON: line {}, column {}", e.line(), e.column())),
        Kind::Pairs => Ok(Value::Pairs(Vec::new())),
    }?;
    Ok(match value {
        Value::Text(text) if field.secret => Value::Secret(Secret::new(text)),
        value => value,
    })
}

fn read_integer(text: &str, field: &Field) -> Result<Value, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = !digits.is_empty() && digits.len() <= 19 && digits.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = if whole { text.parse().ok() } else { None }.ok_or("write a whole number in digits")?;
    check::number(number, &field.rules).map(|()| Value::Integer(number))
}

/// Bounds of a duration count in the wire's unit.
fn read_span(seconds: i64, field: &Field) -> Result<Value, String> {
    let unit = field.unit.unwrap_or(crate::domain::moment::Unit::Seconds);
    if seconds % unit.seconds() != 0 {
        return Err("whole minutes only".into());
    }
    check::number(seconds / unit.seconds(), &field.rules).map(|()| Value::Span(seconds))
}

fn read_switch(text: &str) -> Result<Value, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "on" | "yes" => Ok(Value::Switch(true)),
        "false" | "off" | "no" => Ok(Value::Switch(false)),
        _ => Err("write true or false".into()),
    }
}

/// The choice as the page writes it; upper and lower case are not told apart.
fn choose(choices: &[String], text: &str) -> Result<String, String> {
    let exact = choices.iter().find(|choice| *choice == text);
    exact.or_else(|| choices.iter().find(|choice| choice.eq_ignore_ascii_case(text))).cloned().ok_or_else(
        || match nearest(text, choices.iter().map(String::as_str)) {
            Some(near) => format!("not one of the choices; did you mean `{near}`?"),
            None if choices.len() <= 6 => format!("choose {}", choices.join(", ")),
            None => "not one of the choices".into(),
        },
    )
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

fn read_list(field: &Field, text: &str) -> Result<Value, String> {
    let list: Vec<String> = items(text).map(str::to_owned).collect();
    for item in &list {
        match field.of {
            Some(Kind::Email) => check::email(item)?,
            Some(Kind::Url) => check::url(item, &crate::domain::page::Rules::default())?,
            _ => check::text(
                item,
                &crate::domain::page::Rules { chars: field.rules.chars.clone(), ..Default::default() },
                false,
            )?,
        }
    }
    check::length(list.len(), &field.rules, "item")?;
    Ok(Value::List(list))
}

/// The pairs whose names begin with the field's stem.
fn read_pairs(name: &str, field: &Field, raw: &Raw) -> Result<Option<Value>, String> {
    let stem = name.trim_end_matches('*');
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (given, value) in raw.iter().filter(|(given, _)| given.starts_with(stem) && given != name) {
        let mut key = given[stem.len()..].to_owned();
        check::pair_name(&key, &field.rules)?;
        if field.rules.case == Some(Case::Lower) {
            key = key.to_lowercase();
        }
        if pairs.iter().any(|(known, _)| *known == key) {
            return Err(format!("the name {key} stands there twice"));
        }
        if value.is_empty() {
            return Err(format!("{key} has no value"));
        }
        check::text(value, &crate::domain::page::Rules::default(), true)?;
        pairs.push((key, value.clone()));
    }
    Ok((!pairs.is_empty()).then_some(Value::Pairs(pairs)))
}
