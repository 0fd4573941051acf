//! Keys with a known shape: which there are, what they may hold and what holds without them. One table per place
//! of the file feeds reading, checking, "did you mean" and `config show`.

use super::item::{Item, Table, Value};
use super::problem::{Pen, Place};
use crate::domain::text::DisplayText;

/// What a key may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// One line, not empty.
    Text,
    /// Text of any number of lines.
    Lines,
    /// A regular expression; only what no reading could mend is refused.
    Pattern,
    Choice(&'static [&'static str]),
    Switch,
    /// A whole number between the two, both included.
    Whole(i64, i64),
    Texts,
    /// Names of hosts, `*.` for everything below one.
    Hosts,
    /// One of the choices, or `{ command = ["program", …] }`.
    ChoiceOrCommand(&'static [&'static str]),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub name: &'static str,
    pub shape: Shape,
    /// What holds when nothing is written, as `config show` says it; empty for nothing.
    pub default: &'static str,
}

pub(crate) const fn key(name: &'static str, shape: Shape, default: &'static str) -> Key {
    Key { name, shape, default }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Known {
    Text(String),
    Switch(bool),
    Whole(i64),
    Texts(Vec<String>),
}

impl Known {
    pub fn shown(&self) -> String {
        match self {
            Known::Text(text) => text.clone(),
            Known::Switch(on) => on.to_string(),
            Known::Whole(number) => number.to_string(),
            Known::Texts(texts) => texts.join(", "),
        }
    }
}

/// The keys of one table that were written and are good.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet(Vec<(&'static str, Known, Place)>);

impl Sheet {
    /// Reads the known keys of a table; hands every other entry back.
    pub fn read<'t>(
        table: &'t Table,
        keys: &'static [Key],
        pen: &mut Pen<'_>,
    ) -> (Sheet, Vec<&'t super::item::Entry>) {
        let mut sheet = Sheet::default();
        let mut others = Vec::new();
        for entry in table {
            let Some(key) = keys.iter().find(|key| key.name == entry.key) else {
                others.push(entry);
                continue;
            };
            match known(key.shape, &entry.item) {
                Ok(value) => sheet.0.push((key.name, value, entry.place.clone())),
                Err(text) => pen.bad(&entry.item.place, key.name, text),
            }
        }
        (sheet, others)
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        match self.known(name)? {
            Known::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn switch(&self, name: &str) -> Option<bool> {
        match self.known(name)? {
            Known::Switch(on) => Some(*on),
            _ => None,
        }
    }

    pub fn whole(&self, name: &str) -> Option<i64> {
        match self.known(name)? {
            Known::Whole(number) => Some(*number),
            _ => None,
        }
    }

    pub fn texts(&self, name: &str) -> Option<&[String]> {
        match self.known(name)? {
            Known::Texts(texts) => Some(texts),
            _ => None,
        }
    }

    pub fn known(&self, name: &str) -> Option<&Known> {
        self.0.iter().find(|(key, ..)| *key == name).map(|(_, known, _)| known)
    }

    pub fn place(&self, name: &str) -> Option<&Place> {
        self.0.iter().find(|(key, ..)| *key == name).map(|(.., place)| place)
    }

    /// Takes over what the other has and this has not.
    pub fn fill_from(&mut self, other: Sheet) {
        for (name, known, place) in other.0 {
            if self.known(name).is_none() {
                self.0.push((name, known, place));
            }
        }
    }
}

fn known(shape: Shape, item: &Item) -> Result<Known, String> {
    match shape {
        Shape::Text => text(item).and_then(|text| one_line(text).map(Known::Text)),
        Shape::Lines => text(item).map(|text| Known::Text(text.to_owned())),
        Shape::Pattern => text(item).and_then(one_line).and_then(|text| pattern(text).map(Known::Text)),
        Shape::Choice(choices) => choice(item, choices),
        Shape::Switch => match item.value {
            Value::Switch(on) => Ok(Known::Switch(on)),
            _ => Err(expected("true or false", item)),
        },
        Shape::Whole(least, most) => match item.value {
            Value::Integer(number) if (least..=most).contains(&number) => Ok(Known::Whole(number)),
            Value::Integer(_) => Err(format!("expected a whole number from {least} to {most}")),
            _ => Err(expected(&format!("a whole number from {least} to {most}"), item)),
        },
        Shape::Texts => texts(item).map(Known::Texts),
        Shape::Hosts => texts(item).and_then(hosts),
        Shape::ChoiceOrCommand(choices) => match item.table() {
            Some(table) => command(table).map(Known::Texts),
            None => choice(item, choices),
        },
    }
}

pub(crate) fn expected(what: &str, item: &Item) -> String {
    format!("expected {what}, found {}", item.kind())
}

fn text(item: &Item) -> Result<&str, String> {
    item.text().ok_or_else(|| expected("a text", item))
}

/// A text of one line without anything that could not be drawn.
pub(crate) fn one_line(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("must not be empty".to_owned()),
        trimmed if DisplayText::line(trimmed).as_str() != trimmed => {
            Err("holds line breaks or invisible characters: write it again by hand".to_owned())
        }
        trimmed => Ok(trimmed.to_owned()),
    }
}

/// Brackets and parentheses that close, and no `\` at the end: what every reader of patterns asks for.
fn pattern(text: String) -> Result<String, String> {
    let (mut open, mut set, mut after) = (0_usize, None, text.chars().enumerate());
    while let Some((at, c)) = after.next() {
        match (c, set) {
            ('\\', _) if after.next().is_none() => return Err("ends with a lone `\\`".into()),
            ('\\', _) => {}
            // The first character of a set is one of its own, also behind `^`.
            (']', Some(first)) if at > first => set = None,
            ('^', Some(first)) if at == first => set = Some(first + 1),
            (_, Some(_)) => {}
            ('[', None) => set = Some(at + 1),
            ('(', None) => open += 1,
            (')', None) => open = open.checked_sub(1).ok_or("closes a `)` that is not open")?,
            _ => {}
        }
    }
    match (set, open) {
        (Some(_), _) => Err("opens a `[` that is not closed".into()),
        (None, 1..) => Err("opens a `(` that is not closed".into()),
        (None, 0) => Ok(text),
    }
}

fn choice(item: &Item, choices: &[&'static str]) -> Result<Known, String> {
    let text = text(item)?;
    match choices.iter().find(|choice| **choice == text) {
        Some(choice) => Ok(Known::Text((*choice).to_owned())),
        None => Err(not_one_of(text, choices)),
    }
}

pub(crate) fn not_one_of(text: &str, choices: &[&str]) -> String {
    let near = crate::domain::nearest::did_you_mean(text, choices.iter().copied());
    format!("not one of {}{near}", choices.join(", "))
}

fn texts(item: &Item) -> Result<Vec<String>, String> {
    let texts = item.texts().ok_or_else(|| expected("a list of texts", item))?;
    texts.iter().map(|text| one_line(text)).collect()
}

/// `command = ["program", "argument"]`: a list, because no shell ever reads it.
pub(crate) fn command(table: &Table) -> Result<Vec<String>, String> {
    let example = "expected { command = [\"program\", \"argument\"] }";
    let [entry] = table.as_slice() else { return Err(example.to_owned()) };
    let argv = entry.item.texts().filter(|_| entry.key == "command").ok_or(example)?;
    match argv.first() {
        Some(program) if !program.is_empty() && argv.iter().all(|word| !word.contains('\0')) => Ok(argv),
        _ => Err(example.to_owned()),
    }
}

fn hosts(texts: Vec<String>) -> Result<Known, String> {
    let hosts: Vec<String> = texts.iter().map(|text| text.to_ascii_lowercase()).collect();
    let good = |host: &String| {
        let bare = host.strip_prefix("*.").unwrap_or(host);
        !bare.is_empty() && bare.split('.').all(super::rules::is_host_label)
    };
    match hosts.iter().position(|host| !good(host)) {
        Some(at) => Err(format!("number {} is not the name of a host, like `meet.example.com`", at + 1)),
        None => Ok(Known::Texts(hosts)),
    }
}
