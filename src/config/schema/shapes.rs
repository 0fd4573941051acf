//! The shapes of single values: those of the keys every configuration knows, of secrets, and of keys of the keyboard.

use serde_json::{Map, Value, json};

use crate::config::secret::WAYS;
use crate::config::sheet::{Key, Shape};

use super::reference;

/// One line with something on it; what stands around it is dropped.
pub(super) const LINE: &str = r"^\s*\S(.*\S)?\s*$";
/// The name of a host, or `*.` and the name above it.
const HOST: &str = r"^\s*(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\s*$";
const VARIABLE: &str = r"^\s*[A-Za-z_][A-Za-z0-9_]*\s*$";
/// `n`, `N`, `<Enter>`, separated by blanks.
const KEYS: &str = r"^\s*((<\S+>|[^\s<])(\s+(<\S+>|[^\s<]))*\s*)?$";

/// The keys of a table with what holds where nothing is written.
pub(super) fn keys(keys: &[Key]) -> Map<String, Value> {
    let schema = |key: &Key| {
        let mut schema = shape(key.shape);
        if let Some(default) = default(key) {
            schema.insert("default".into(), default);
        }
        (key.name.to_owned(), Value::Object(schema))
    };
    keys.iter().map(schema).collect()
}

/// Some defaults are told in words ("the login name") and are no values.
fn default(key: &Key) -> Option<Value> {
    match key.shape {
        Shape::Switch => key.default.parse::<bool>().ok().map(Value::from),
        Shape::Whole(..) => key.default.parse::<i64>().ok().map(Value::from),
        Shape::Choice(choices) | Shape::ChoiceOrCommand(choices) => {
            choices.contains(&key.default).then(|| key.default.into())
        }
        _ => None,
    }
}

fn shape(shape: Shape) -> Map<String, Value> {
    let schema = match shape {
        Shape::Text | Shape::Pattern => line(),
        Shape::Lines => json!({ "type": "string" }),
        Shape::Choice(choices) => json!({ "enum": choices }),
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Texts => json!({ "type": "array", "items": line() }),
        Shape::Hosts => json!({ "type": "array", "items": { "type": "string", "pattern": HOST } }),
        Shape::ChoiceOrCommand(choices) => json!({ "anyOf": [{ "enum": choices }, command()] }),
    };
    object(schema)
}

pub(super) fn object(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

pub(super) fn line() -> Value {
    json!({ "type": "string", "pattern": LINE })
}

/// A program and its arguments, as a table with one key.
fn command() -> Value {
    let argv = json!({
        "type": "array",
        "items": { "type": "string", "pattern": "^[^\\u0000]*$" },
        "prefixItems": [{ "type": "string", "minLength": 1 }],
        "minItems": 1,
    });
    only("command", argv)
}

fn only(key: &str, value: Value) -> Value {
    json!({
        "type": "object",
        "properties": { key: value },
        "required": [key],
        "additionalProperties": false,
    })
}

/// Where a secret comes from, or the secret itself.
pub(super) fn secret() -> Value {
    let ways = WAYS.map(|way| match way {
        "command" => command(),
        "env" => only(way, json!({ "type": "string", "pattern": VARIABLE })),
        other => only(other, line()),
    });
    let inline = json!({ "description": "only in a file of mode 600", "type": "string", "pattern": "\\S" });
    json!({ "anyOf": ways.into_iter().chain([inline]).collect::<Vec<_>>() })
}

/// What can be typed in one go.
pub(super) fn scalar() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// A value of a field: what it means is decided where all typed text is.
pub(super) fn value() -> Value {
    let item = json!({ "allOf": [reference("scalar"), { "not": { "type": "string", "pattern": "," } }] });
    json!({ "anyOf": [reference("scalar"), { "type": "array", "items": item }] })
}

/// The same under any name, however deep.
pub(super) fn values() -> Value {
    let below = json!({ "type": "object", "additionalProperties": reference("values") });
    json!({ "anyOf": [reference("value"), below] })
}

pub(super) fn typed_keys() -> Map<String, Value> {
    object(json!({ "type": "string", "pattern": KEYS }))
}
