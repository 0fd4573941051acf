//! One field while it is filled in: what is in it, where that came from, and the raw text it stands for.

use crate::app::text_input::TextInput;
use crate::domain::page::{Field, Kind, Operation};
use crate::provider::compose::Raw;
use crate::provider::read;

/// Where a value came from; what nobody gave is left to the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Nobody,
    /// The page's own value.
    Suggested,
    Generated,
    Profile,
    Preset,
    Typed,
}

/// What a field is filled in with.
#[derive(Clone, Debug)]
pub enum Control {
    Text(TextInput),
    /// One of a few words; none leaves it to the provider.
    One(Option<String>),
    /// Several of the choices, and the choice under the cursor.
    Many {
        chosen: Vec<String>,
        at: usize,
    },
    /// Free items.
    Items(Vec<String>),
    /// Names and values.
    Rows(Vec<(String, String)>),
}

#[derive(Clone, Debug)]
pub struct FieldState {
    pub name: String,
    pub control: Control,
    pub source: Source,
    /// Changed by the user.
    pub touched: bool,
}

impl FieldState {
    /// A field holding the raw values that belong to it.
    pub fn new(operation: &Operation, name: &str, field: &Field, raw: &Raw, source: Source) -> FieldState {
        let text = raw.iter().find(|(given, _)| given == name).map_or("", |(_, text)| text.as_str());
        let control = match field.kind {
            Kind::Pairs => Control::Rows(rows_of(name, raw)),
            Kind::List => Control::Items(items_of(text)),
            Kind::Choices => {
                let known = |item: String| known(operation.choices(field), item);
                Control::Many { chosen: items_of(text).into_iter().map(known).collect(), at: 0 }
            }
            Kind::Choice => Control::One(
                (!text.is_empty()).then(|| known(operation.choices(field), text.trim().to_owned())),
            ),
            Kind::Switch => Control::One(switch(text)),
            _ if field.secret => Control::Text(TextInput::secret(text)),
            Kind::Lines | Kind::Json => Control::Text(TextInput::lines(text)),
            _ => Control::Text(TextInput::line(text)),
        };
        let touched = source == Source::Typed;
        FieldState { name: name.to_owned(), control, source, touched }
    }

    /// The raw values as on the command line; none where the field is left to the provider.
    pub fn raw(&self) -> Raw {
        let one = |text: String| vec![(self.name.clone(), text)];
        match &self.control {
            _ if self.is_empty() => Raw::new(),
            Control::Text(input) => one(input.text().to_owned()),
            Control::One(value) => one(value.clone().unwrap_or_default()),
            Control::Many { chosen, .. } => one(chosen.join(",")),
            Control::Items(items) => one(items.join(",")),
            Control::Rows(rows) => {
                let stem = self.name.trim_end_matches('*');
                rows.iter().map(|(name, value)| (format!("{stem}{name}"), value.clone())).collect()
            }
        }
    }

    /// The same for a draft, where "left to the provider" has to be said.
    pub fn typed(&self) -> Raw {
        if self.is_empty() { vec![(self.name.clone(), String::new())] } else { self.raw() }
    }

    pub fn is_empty(&self) -> bool {
        match &self.control {
            Control::Text(input) => input.is_empty(),
            Control::One(value) => value.is_none(),
            Control::Many { chosen: items, .. } | Control::Items(items) => items.is_empty(),
            Control::Rows(rows) => rows.is_empty(),
        }
    }

    pub fn is_secret(&self) -> bool {
        matches!(&self.control, Control::Text(input) if input.is_secret())
    }

    /// Filled in beforehand: the first character typed replaces it all.
    pub fn is_prefilled(&self) -> bool {
        !self.touched && !self.is_empty()
    }

    /// Marks the value as the user's own.
    pub fn touch(&mut self) {
        self.touched = true;
        self.source = Source::Typed;
    }
}

/// Items between commas and line ends.
pub fn items_of(text: &str) -> Vec<String> {
    read::items(text).map(str::to_owned).collect()
}

/// `name = value`, cut at the first `=`.
pub fn row_of(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (name.trim().to_owned(), value.trim().to_owned())
}

fn rows_of(name: &str, raw: &Raw) -> Vec<(String, String)> {
    let stem = name.trim_end_matches('*');
    let mine = raw.iter().filter(|(given, _)| given.starts_with(stem) && given != name);
    mine.map(|(given, value)| (given[stem.len()..].to_owned(), value.clone())).collect()
}

/// The choice as the page writes it, where only upper and lower case differ.
pub fn known(choices: &[String], item: String) -> String {
    read::choice(choices, &item).cloned().unwrap_or(item)
}

/// The raw word of a switch; what is none of its words stays, to be told of.
pub fn switch(text: &str) -> Option<String> {
    let word = || Some(text.trim().to_ascii_lowercase()).filter(|word| !word.is_empty());
    read::switch(text).map(|on| on.to_string()).or_else(word)
}
