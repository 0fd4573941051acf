//! The configuration as a tree that remembers where everything stands. Any text may turn out to be a key once the
//! provider's page is at hand, so every text is held as a `Secret` from the start: `Debug` of a configuration shows
//! its shape and nothing else.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::secret::Secret;

use super::problem::Place;

#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub place: Place,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Secret),
    Integer(i64),
    /// A number that is no 64-bit integer, or a date and time, as it was written.
    Other(Secret, &'static str),
    Switch(bool),
    List(Vec<Item>),
    Table(Table),
}

/// Keys in the order of the file.
pub(crate) type Table = Vec<Entry>;

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub key: String,
    pub place: Place,
    pub item: Item,
}

impl Item {
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.expose()),
            _ => None,
        }
    }

    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// A list of texts, or nothing.
    pub fn texts(&self) -> Option<Vec<String>> {
        match &self.value {
            Value::List(items) => items.iter().map(|item| item.text().map(str::to_owned)).collect(),
            _ => None,
        }
    }

    /// A scalar as it would be typed on the command line; nothing for lists and tables.
    pub fn scalar(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Other(text, _) => Some(text.expose().to_owned()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Switch(on) => Some(on.to_string()),
            Value::List(_) | Value::Table(_) => None,
        }
    }

    /// What stands there, without saying it: "a number".
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Text(_) => "a text",
            Value::Integer(_) => "a number",
            Value::Other(_, kind) => kind,
            Value::Switch(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Turns byte offsets into lines and columns.
pub(crate) struct Lines<'a> {
    file: Arc<str>,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str, file: &Arc<str>) -> Lines<'a> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Lines { file: Arc::clone(file), text, starts: std::iter::once(0).chain(ends).collect() }
    }

    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.as_bytes().get(start..offset).unwrap_or_default();
        // Characters are counted by their first bytes, so that an offset inside one does no harm.
        let column = before.iter().filter(|byte| (**byte as i8) >= -0x40).count();
        let number = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        Place { file: Arc::clone(&self.file), line: number(line), column: number(column) }
    }
}

pub(crate) fn table(parsed: &DeTable<'_>, lines: &Lines<'_>) -> Table {
    let entry = |(key, value): (&Spanned<_>, &Spanned<_>)| Entry {
        key: AsRef::<std::borrow::Cow<'_, str>>::as_ref(key).to_string(),
        place: lines.place(key.span().start),
        item: item(value, lines),
    };
    parsed.iter().map(entry).collect()
}

fn item(parsed: &Spanned<DeValue<'_>>, lines: &Lines<'_>) -> Item {
    let value = match parsed.get_ref() {
        DeValue::String(text) => Value::Text(Secret::new(text.as_ref())),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Other(Secret::new(number.to_string()), "a number"),
        },
        DeValue::Float(number) => Value::Other(Secret::new(number.as_str()), "a number"),
        DeValue::Boolean(on) => Value::Switch(*on),
        DeValue::Datetime(time) => Value::Other(Secret::new(typed_time(time)), "a date"),
        DeValue::Array(items) => Value::List(items.iter().map(|entry| item(entry, lines)).collect()),
        DeValue::Table(entries) => Value::Table(table(entries, lines)),
    };
    Item { place: lines.place(parsed.span().start), value }
}

/// A date as people type it: an offset makes it an ISO time, without one date and clock stand apart.
fn typed_time(time: &toml::value::Datetime) -> String {
    let text = time.to_string();
    if time.offset.is_some() { text } else { text.replacen('T', " ", 1) }
}
