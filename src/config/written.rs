//! How values stand in the file when the program writes them. What stands there already and means the same is left
//! alone, with its spelling and its comments.

use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value};

use crate::domain::literal::Literal;

use super::change::Saved;

/// More values than these get a table of their own.
const FEW: usize = 4;

/// The text under a key.
pub(super) fn text<'t>(table: &'t dyn TableLike, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Item::as_str)
}

/// Puts a value under a key, in the place and with the comments of what stands there.
pub(super) fn put(table: &mut dyn TableLike, key: &str, literal: &Literal) {
    let value = value(literal);
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(known) if same(known, &value) => {}
        Some(known) => {
            let decor = known.decor().clone();
            *known = value;
            *known.decor_mut() = decor;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// A whole preset: a table with a heading, or one between braces.
pub(super) fn preset(preset: &Saved, inline: bool, first: bool) -> Item {
    let pairs = [("profile", &preset.profile), ("operation", &preset.operation)];
    let pairs = pairs.map(|(key, text)| (key, Literal::Text(text.clone())));
    if inline {
        let mut table = InlineTable::new();
        for (key, literal) in &pairs {
            table.insert(*key, value(literal));
        }
        table.insert("values", Value::InlineTable(between_braces(&preset.values)));
        return Item::Value(Value::InlineTable(table));
    }
    let mut table = Table::new();
    if !first {
        table.decor_mut().set_prefix("\n");
    }
    for (key, literal) in &pairs {
        table.insert(key, Item::Value(value(literal)));
    }
    let values = match preset.values.len() {
        0..=FEW => Item::Value(Value::InlineTable(between_braces(&preset.values))),
        _ => {
            let mut table = Table::new();
            for (key, literal) in &preset.values {
                table.insert(key, Item::Value(value(literal)));
            }
            Item::Table(table)
        }
    };
    table.insert("values", values);
    Item::Table(table)
}

/// Brings the values of a preset that is there to what they are to be.
pub(super) fn values(preset: &mut dyn TableLike, wanted: &[(String, Literal)]) {
    let Some(table) = preset.get_mut("values").and_then(Item::as_table_like_mut) else {
        preset.insert("values", Item::Value(Value::InlineTable(between_braces(wanted))));
        return;
    };
    let mut left: Vec<&(String, Literal)> = wanted.iter().collect();
    settle(table, "", &mut left);
    for (name, literal) in left {
        put(table, name, literal);
    }
}

/// Sets what is wanted where it stands, nested or not, and takes out what is not; `left` keeps what stands nowhere.
fn settle(table: &mut dyn TableLike, above: &str, left: &mut Vec<&(String, Literal)>) {
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let path = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        if let Some(at) = left.iter().position(|(name, _)| *name == path) {
            put(table, &key, &left.remove(at).1);
            continue;
        }
        let empty = match table.get_mut(&key).and_then(Item::as_table_like_mut) {
            Some(inner) => {
                settle(inner, &path, left);
                inner.is_empty()
            }
            None => true,
        };
        if empty {
            table.remove(&key);
        }
    }
}

fn between_braces(values: &[(String, Literal)]) -> InlineTable {
    let mut table = InlineTable::new();
    for (key, literal) in values {
        table.insert(key, value(literal));
    }
    table
}

fn value(literal: &Literal) -> Value {
    match literal {
        Literal::Bool(on) => Value::from(*on),
        Literal::Int(number) => Value::from(*number),
        Literal::Text(text) => Value::from(text.as_str()),
        Literal::List(items) => Value::Array(items.iter().map(value).collect::<Array>()),
        Literal::Table(entries) => {
            let pairs = entries.iter().map(|(key, literal)| (key.as_str(), value(literal)));
            Value::InlineTable(pairs.collect())
        }
    }
}

/// Whether two values mean the same, however they are spelled.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Integer(a), Value::Integer(b)) => a.value() == b.value(),
        (Value::Boolean(a), Value::Boolean(b)) => a.value() == b.value(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
        }
        _ => false,
    }
}
