//! Tables of fields: the defaults of a profile, the values of a preset. A name with dots may be written in one piece,
//! as tables within tables, or as anything between the two.

use serde_json::{Map, Value, json};

use crate::domain::page::{Field, Kind, Operation};

use super::{closed, reference};

/// The rest of a name, and its field.
type Rest<'a> = (Vec<&'a str>, &'a Field);

/// A table that may hold the fields of these operations.
pub(super) fn table(operations: &[&Operation]) -> Value {
    let mut fields: Vec<(&str, &Field)> = Vec::new();
    for (name, field) in operations.iter().flat_map(|operation| operation.fields()) {
        let same = fields.iter().position(|(known, _)| *known == name);
        match same {
            // Several operations may know a field; one that takes JSON takes most.
            Some(at) if field.kind == Kind::Json => fields[at].1 = field,
            Some(_) => {}
            None => fields.push((name, field)),
        }
    }
    let mut schema = node(fields.iter().map(|(name, field)| (name.split('.').collect(), *field)).collect());
    let starred = fields.iter().filter_map(|(name, field)| Some((name.strip_suffix('*')?, field)));
    let patterns: Map<String, Value> =
        starred.map(|(stem, field)| (format!("^{}.", literally(stem)), any(field))).collect();
    if !patterns.is_empty() {
        schema["patternProperties"] = patterns.into();
    }
    schema
}

fn node(rests: Vec<Rest<'_>>) -> Value {
    let mut keys: Vec<(String, Vec<Rest<'_>>)> = Vec::new();
    for (parts, field) in &rests {
        for at in 1..=parts.len() {
            let key = parts[..at].join(".");
            let rest = (parts[at..].to_vec(), *field);
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, rests)) => rests.push(rest),
                None => keys.push((key, vec![rest])),
            }
        }
    }
    let schema = |(key, rests): (String, Vec<Rest<'_>>)| {
        let (here, below): (Vec<_>, Vec<_>) = rests.into_iter().partition(|(parts, _)| parts.is_empty());
        let schema = match (here.first(), below.is_empty()) {
            (Some((_, field)), true) => one(field),
            (Some((_, field)), false) => json!({ "anyOf": [one(field), node(below)] }),
            (None, _) => node(below),
        };
        (key, schema)
    };
    closed(keys.into_iter().map(schema).collect())
}

/// What is typed is understood only when it is used ("in 2h", a pattern, a list with commas), so a field's choices are
/// offered and not demanded.
fn one(field: &Field) -> Value {
    let mut schema = match field.kind {
        Kind::Json => json!({}),
        Kind::Switch => json!({ "anyOf": [{ "type": "boolean" }, reference("value")] }),
        _ if !field.choices.is_empty() => json!({ "anyOf": [{ "enum": field.choices }, reference("value")] }),
        _ => reference("value"),
    };
    schema["description"] = says(field);
    schema
}

/// What a star stands for may hold dots.
fn any(field: &Field) -> Value {
    let mut schema = reference("values");
    schema["description"] = says(field);
    schema
}

fn says(field: &Field) -> Value {
    let says = [field.label.as_str(), field.help.as_str()];
    says.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ").into()
}

/// A piece of a name in the notation of regular expressions.
fn literally(text: &str) -> String {
    let escaped =
        |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_string() } else { format!("\\{c}") };
    text.chars().map(escaped).collect()
}
