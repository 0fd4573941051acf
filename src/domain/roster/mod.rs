//! Many people at once: lines and tables as they are pasted, read into persons. Whatever is odd about a row stands at
//! that row; nothing is dropped in silence and nothing is guessed that could send a link to the wrong one.
//! `records` parts the text, `heading` and `habit` say what the parts are.

mod habit;
mod heading;
mod records;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use habit::by_habit;
pub use heading::is_about_person;
use heading::{Column, by_columns, columns, is_heading, twice};
use records::{Record, Records};

/// Most rows one list has.
pub const MOST: usize = 10_000;

/// What a person may do in the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Host,
    Guest,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Role::Host => "host",
            Role::Guest => "guest",
        }
    }

    fn read(word: &str) -> Option<Role> {
        const HOST: [&str; 9] =
            ["host", "moderator", "admin", "presenter", "organizer", "teacher", "yes", "true", "on"];
        const GUEST: [&str; 9] =
            ["guest", "viewer", "participant", "attendee", "member", "student", "no", "false", "off"];
        let word = word.to_lowercase();
        let is = |words: &[&str]| words.contains(&word.as_str());
        if is(&HOST) { Some(Role::Host) } else { is(&GUEST).then_some(Role::Guest) }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Line of the text, from 1.
    pub line: usize,
    pub name: String,
    pub email: String,
    /// Nothing where the list does not say.
    pub role: Option<Role>,
    /// Further fields by their wire names, from the heading of the table.
    pub values: Vec<(String, String)>,
    /// What is wrong with the row.
    pub problem: Option<String>,
}

/// The first word of a heading that names no column.
pub fn unknown_column(text: &str, field: &dyn Fn(&str) -> bool) -> Option<String> {
    let first = Records::of(text.strip_prefix('\u{FEFF}').unwrap_or(text)).next(|_| false)?;
    columns(&first.cells, field).into_iter().find_map(|column| match column {
        Column::Unknown(word) => Some(word),
        _ => None,
    })
}

/// Reads a list. A first line that names columns is a heading: `field` says which words are fields of the operation.
/// With `heading` there must be one; the error says what is wrong with the list as a whole.
pub fn read(text: &str, heading: bool, field: &dyn Fn(&str) -> bool) -> Result<Vec<Person>, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut records = Records::of(text);
    let mut first = records.next(|_| false);
    if let Some(problem) = first.as_ref().filter(|_| heading).and_then(|first| first.problem) {
        return Err(format!("the first line cannot be read: {problem}"));
    }
    let sound = first.as_ref().filter(|first| first.problem.is_none());
    let columns = match sound.map(|first| columns(&first.cells, field)) {
        Some(columns) if heading || is_heading(&columns) => {
            first = None;
            if let Some(Column::Unknown(word)) = columns.iter().find(|c| matches!(c, Column::Unknown(_))) {
                return Err(format!("column `{word}` is no field of this operation"));
            }
            if let Some(twice) = twice(&columns) {
                return Err(format!("column `{twice}` stands there twice"));
            }
            Some(columns)
        }
        _ => None,
    };
    let is_field = |cell: usize| {
        columns.as_ref().is_some_and(|columns| matches!(columns.get(cell), Some(Column::Field(_))))
    };
    let mut people: Vec<Person> = Vec::new();
    while let Some(record) = first.take().or_else(|| records.next(is_field)) {
        if people.len() == MOST {
            return Err(format!("more than {MOST} rows"));
        }
        people.push(person(record, columns.as_deref()));
    }
    mark_doubles(&mut people);
    Ok(people)
}

fn person(record: Record, columns: Option<&[Column]>) -> Person {
    let Record { line, cells, problem } = record;
    if let Some(problem) = problem {
        return Person { line, problem: Some(problem.into()), ..Person::default() };
    }
    let mut person = match columns {
        Some(columns) => by_columns(columns, cells),
        None => by_habit(cells),
    };
    person.line = line;
    person.problem = person.problem.take().or_else(|| check(&person));
    person
}

fn check(person: &Person) -> Option<String> {
    if person.name.is_empty() && person.values.is_empty() {
        return Some("the name is missing".into());
    }
    if [&person.name, &person.email].iter().any(|text| text.contains(char::is_control)) {
        return Some("there are control characters in it".into());
    }
    let mail = &person.email;
    let (user, host) = mail.rsplit_once('@').unwrap_or_default();
    let odd = user.is_empty() || host.is_empty() || mail.contains(char::is_whitespace);
    (!mail.is_empty() && odd).then(|| "this is no e-mail address".to_owned())
}

/// Marks rows that say the same as one before.
fn mark_doubles(people: &mut [Person]) {
    let mut seen = HashMap::new();
    for person in people.iter_mut().filter(|person| person.problem.is_none()) {
        let key = (person.name.to_lowercase(), person.email.to_lowercase(), person.values.clone());
        match seen.get(&key) {
            Some(line) => person.problem = Some(format!("the same as line {line}")),
            None => drop(seen.insert(key, person.line)),
        }
    }
}
