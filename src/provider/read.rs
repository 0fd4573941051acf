//! From one typed text to one value, by the field's kind. Every refusal is a clause fit to stand under the field.

use crate::domain::moment::{UNIX_SECONDS, Unclear, Unit, parse_moment, parse_span};
use crate::domain::nearest::nearest;
use crate::domain::page::{Case, Field, Kind, Operation, Rules, SentAs};
use crate::domain::secret::Secret;
use crate::domain::values::Value;

use super::check;
use super::compose::Raw;
use super::validate::Context;

/// The value of one field, none where nothing is given.
pub(super) fn read_field(
    operation: &Operation,
    name: &str,
    field: &Field,
    raw: &Raw,
    context: &Context,
) -> Result<Option<Value>, Unclear> {
    if field.kind == Kind::Pairs {
        return Ok(read_pairs(name, field, raw)?);
    }
    match raw.iter().find(|(given, _)| given == name) {
        Some((_, text)) if !text.is_empty() => read(operation, field, text, context).map(Some),
        _ => Ok(None),
    }
}

fn read(operation: &Operation, field: &Field, typed: &str, context: &Context) -> Result<Value, Unclear> {
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
        Kind::Duration => parse_span(text, Some(field.unit.unwrap_or(Unit::Seconds)))
            .and_then(|seconds| read_span(seconds, field)),
        Kind::Switch => read_switch(text.trim()),
        Kind::Choice => choose(operation.choices(field), text.trim()).map(Value::Text),
        Kind::Choices => {
            let choices = operation.choices(field);
            items(text).map(|item| choose(choices, item)).collect::<Result<_, _>>().map(Value::List)
        }
        Kind::List => read_list(field, text),
        Kind::Json => serde_json::from_str(text)
            .map(Value::Json)
            .map_err(|e| format!("not JSON: line {}, column {}", e.line(), e.column())),
        Kind::Datetime => return read_time(field, text, context),
        Kind::Pairs => Ok(Value::Pairs(Vec::new())),
    }?;
    Ok(match value {
        Value::Text(text) if field.secret => Value::Secret(Secret::new(text)),
        value => value,
    })
}

/// A time that is not past, and that the wire can say.
fn read_time(field: &Field, text: &str, context: &Context) -> Result<Value, Unclear> {
    let moment = parse_moment(text, context.now, context.zone)?;
    if field.sent_as == Some(SentAs::Seconds) && !UNIX_SECONDS.contains(&moment.at.as_second()) {
        return Err("too far away to be sent in seconds: before 2096-10-02".into());
    }
    Ok(Value::Time(moment))
}

fn read_integer(text: &str, field: &Field) -> Result<Value, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = !digits.is_empty() && digits.len() <= 19 && digits.bytes().all(|b| b.is_ascii_digit());
    if whole && digits.len() > 1 && digits.starts_with('0') {
        return Err("a number has no zeros in front: they would not be sent".into());
    }
    let number: i64 = if whole { text.parse().ok() } else { None }.ok_or("write a whole number in digits")?;
    check::number(number, &field.rules).map(|()| Value::Integer(number))
}

/// Bounds of a duration count in the wire's unit.
fn read_span(seconds: i64, field: &Field) -> Result<Value, String> {
    let unit = field.unit.unwrap_or(Unit::Seconds);
    if seconds % unit.seconds() != 0 {
        return Err("whole minutes only".into());
    }
    check::number(seconds / unit.seconds(), &field.rules).map(|()| Value::Span(seconds))
}

fn read_switch(text: &str) -> Result<Value, String> {
    switch(text).map(Value::Switch).ok_or_else(|| "write true or false".into())
}

/// What a word says of a switch; nothing where it is none of its words.
pub fn switch(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "on" | "yes" => Some(true),
        "false" | "off" | "no" => Some(false),
        _ => None,
    }
}

fn choose(choices: &[String], text: &str) -> Result<String, String> {
    let unknown = || match nearest(text, choices.iter().map(String::as_str)) {
        Some(near) => format!("not one of the choices; did you mean `{near}`?"),
        None if choices.len() <= 6 => format!("choose {}", choices.join(", ")),
        None => "not one of the choices".into(),
    };
    choice(choices, text).cloned().ok_or_else(unknown)
}

/// The choice as the page writes it; upper and lower case are told apart only where both are choices.
pub fn choice<'a>(choices: &'a [String], text: &str) -> Option<&'a String> {
    let exact = choices.iter().find(|choice| *choice == text);
    exact.or_else(|| choices.iter().find(|choice| choice.eq_ignore_ascii_case(text)))
}

/// Items between commas and line ends.
pub fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '\n', '\r']).map(str::trim).filter(|item| !item.is_empty())
}

fn read_list(field: &Field, text: &str) -> Result<Value, String> {
    let list: Vec<String> = items(text).map(str::to_owned).collect();
    for item in &list {
        match field.of {
            Some(Kind::Email) => check::email(item)?,
            Some(Kind::Url) => check::url(item, &Rules::default())?,
            _ => check::text(item, &Rules { chars: field.rules.chars.clone(), ..Default::default() }, false)?,
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
        check::text(value, &Rules::default(), true)?;
        pairs.push((key, value.clone()));
    }
    Ok((!pairs.is_empty()).then_some(Value::Pairs(pairs)))
}
