//! Reading a page from its text, with the exact place of a mistake. Serde stops at the first one; what a page means
//! is checked by `lint`, which reports all at once.

use std::fmt;

use crate::domain::nearest::nearest;
use crate::domain::page::{FORMAT, Page};

/// A mistake in a page: where it stands and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// Counted from one.
    pub line: usize,
    pub column: usize,
    pub text: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.text)
    }
}

/// The page, or the first mistake of its form.
pub fn page(text: &str, file: &str) -> Result<Page, Fault> {
    match toml::from_str::<Page>(text) {
        Ok(page) if page.format == FORMAT => Ok(page),
        Ok(_) => Err(wrong_format(text, file).unwrap_or_else(|| at_start(file, "the format is unknown"))),
        Err(error) => Err(wrong_format(text, file).unwrap_or_else(|| fault(text, file, &error))),
    }
}

/// Any other table in the same format: fixtures of the tests.
pub fn table<T: serde::de::DeserializeOwned>(text: &str, file: &str) -> Result<T, Fault> {
    toml::from_str::<T>(text).map_err(|error| fault(text, file, &error))
}

/// An unknown version of the format is refused with one clear sentence, whatever else the file holds.
fn wrong_format(text: &str, file: &str) -> Option<Fault> {
    let table: toml::Table = toml::from_str(text).ok()?;
    match table.get("format").map(toml::Value::as_integer) {
        Some(Some(FORMAT)) => None,
        Some(Some(other)) => {
            Some(at_start(file, &format!("format {other} is unknown; this roomkey reads format {FORMAT}")))
        }
        _ => Some(at_start(file, &format!("the file must say `format = {FORMAT}`"))),
    }
}

fn at_start(file: &str, text: &str) -> Fault {
    Fault { file: file.into(), line: 1, column: 1, text: text.into() }
}

fn fault(text: &str, file: &str, error: &toml::de::Error) -> Fault {
    let (line, column) = place(text, error.span().map_or(0, |span| span.start));
    let message = error.message().trim().replace('\n', "; ");
    let mut words = message.replace("wanted exactly 1 element, ", "only one of these keys may stand here: ");
    if let Some(near) = suggestion(&message) {
        words = format!("{words}; did you mean `{near}`?");
    }
    if message.starts_with("unknown field") && !message.contains("did you mean") {
        words.push_str(" (a name with dots needs quotes)");
    }
    Fault { file: file.into(), line, column, text: words }
}

/// "unknown field `lable`, expected one of `kind`, `label`": the nearest of the list.
fn suggestion(message: &str) -> Option<String> {
    if !message.starts_with("unknown ") {
        return None;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let wrong = quoted.next()?;
    let known: Vec<&str> = quoted.collect();
    nearest(wrong, known).map(str::to_owned)
}

/// Line and column, counted from one, of a byte offset.
pub fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
}
