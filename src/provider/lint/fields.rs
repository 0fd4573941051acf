//! Findings about single fields.

use crate::domain::literal::Literal;
use crate::domain::page::{Field, Kind, Operation};
use crate::provider::generate::PIECES;
use crate::provider::placeholder::{Reference, Template};

use super::Notes;

/// Longest label and help, in characters: what fits beside an input at 80 columns.
const MAX_LABEL: usize = 24;
const MAX_HELP: usize = 76;

pub fn check(
    operation: &Operation,
    path: &[&str],
    name: &str,
    field: &Field,
    first: bool,
    notes: &mut Notes,
) {
    let kind = field.kind;
    let mut error = |text: &str| notes.error(path, text);
    if (kind == Kind::Pairs) != name.ends_with('*') {
        error("pairs carry a star at the end of their name, and nothing else does");
    }
    if matches!(kind, Kind::Choice | Kind::Choices) && operation.choices(field).is_empty() {
        error("a choice needs choices");
    }
    if let Some(other) = &field.choices_of
        && operation.field(other).is_none_or(|other| other.choices.is_empty())
    {
        error("choices_of names no field with choices");
    }
    if field.of.is_some() && kind != Kind::List {
        error("`of` belongs to a list");
    }
    if field.sent_as.is_some() && kind != Kind::Datetime {
        error("`as` belongs to a datetime");
    }
    if field.null && kind != Kind::Choice && kind != Kind::Switch {
        error("`null` belongs to a choice or switch");
    }
    if let (Some(Literal::Int(min)), Some(Literal::Int(max))) = (&field.rules.min, &field.rules.max)
        && min > max
    {
        error("min is larger than max");
    }
    values(operation, path, name, field, first, notes);
    choices(operation, path, field, notes);
    patterns(path, field, notes);
    words(path, field, notes);
}

/// Where a field's value goes, and where it comes from when nobody gives one.
fn values(operation: &Operation, path: &[&str], name: &str, field: &Field, first: bool, notes: &mut Notes) {
    let mut error = |text: &str| notes.error(path, text);
    if field.secret && !matches!(field.kind, Kind::Text | Kind::Url | Kind::Lines) {
        error("only texts and addresses can be secret");
    }
    if field.secret && (field.default.is_some() || field.generate.is_some() || field.quick.is_some()) {
        error("a secret field has no value of its own");
    }
    let to = field.to.as_deref();
    if !to.is_none_or(|to| matches!(to, "none" | "path" | "query" | "body") || to.starts_with("body:/")) {
        error("`to` is none, path, query, body or body:/pointer");
    }
    if to == Some("path")
        && !operation.steps.iter().any(|step| step.call.path.contains(&format!("{{{name}}}")))
    {
        error("no step's path holds this field");
    }
    if field.default.is_some() && field.generate.is_some() {
        error("`default` and `generate` exclude each other");
    }
    if first
        && field.rules.required
        && field.when.is_empty()
        && field.quick.is_none()
        && field.default.is_none()
    {
        error("a required field of the first operation needs a `quick` value");
    }
}

fn choices(operation: &Operation, path: &[&str], field: &Field, notes: &mut Notes) {
    if !matches!(field.kind, Kind::Choice | Kind::Choices) {
        return;
    }
    let known = |value: &str| operation.choices(field).iter().any(|choice| choice == value);
    for (key, literal) in [("default", &field.default), ("unset", &field.unset)] {
        let values: Vec<String> = match literal {
            Some(Literal::List(items)) => items.iter().map(Literal::typed).collect(),
            Some(other) => vec![other.typed()],
            None => Vec::new(),
        };
        if values.iter().any(|value| !known(value)) {
            notes.error(path, format!("`{key}` is not one of the choices"));
        }
    }
}

/// `generate` and `quick` use only the pieces there are.
fn patterns(path: &[&str], field: &Field, notes: &mut Notes) {
    for pattern in [&field.generate, &field.quick].into_iter().flatten() {
        match Template::parse(pattern) {
            Err(reason) => notes.error(path, reason),
            Ok(template) => {
                for reference in template.references() {
                    let known =
                        matches!(reference, Reference::Field(name) if PIECES.contains(&name.as_str()));
                    if !known {
                        notes.error(path, format!("a pattern may use {}", PIECES.join(", ")));
                    }
                }
            }
        }
    }
}

fn words(path: &[&str], field: &Field, notes: &mut Notes) {
    if field.label.is_empty() || field.label.chars().count() > MAX_LABEL {
        notes.warn(path, format!("a label has 1 to {MAX_LABEL} characters"));
    }
    if field.help.chars().count() > MAX_HELP {
        notes.warn(path, format!("help has at most {MAX_HELP} characters"));
    }
    if field.help.is_empty() {
        notes.warn(path, "the field has no help");
    }
}
