//! Tables whose first line names the columns: which column means what, and a row read by them.

use super::{Person, Role};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Email,
    Role,
    /// A field of the operation.
    Field(String),
    /// Nobody knows it.
    Unknown(String),
}

/// Whether a column of this name is about the person, and no field of an operation.
pub fn is_about_person(word: &str) -> bool {
    !matches!(columns(&[word.to_owned()], &|_| false).as_slice(), [Column::Unknown(_)])
}

pub(super) fn columns(cells: &[String], field: &dyn Fn(&str) -> bool) -> Vec<Column> {
    let column = |cell: &String| match cell.to_lowercase().as_str() {
        _ if field(cell) => Column::Field(cell.clone()),
        "name" | "person" | "who" | "full name" | "room" => Column::Name,
        "email" | "e-mail" | "mail" | "e-mail address" | "email address" => Column::Email,
        "role" => Column::Role,
        _ => Column::Unknown(cell.clone()),
    };
    cells.iter().map(column).collect()
}

/// A line of names of columns: all are known, or the first two say clearly what they are.
pub(super) fn is_heading(columns: &[Column]) -> bool {
    let known = columns.iter().filter(|column| !matches!(column, Column::Unknown(_))).count();
    known == columns.len()
        || (known >= 2 && matches!(columns[0], Column::Name | Column::Email | Column::Field(_)))
}

pub(super) fn twice(columns: &[Column]) -> Option<&str> {
    let again = columns.iter().enumerate().find(|(at, column)| columns[..*at].contains(column));
    again.map(|(_, column)| match column {
        Column::Name => "name",
        Column::Email => "email",
        Column::Role => "role",
        Column::Field(name) | Column::Unknown(name) => name,
    })
}

pub(super) fn by_columns(columns: &[Column], cells: Vec<String>) -> Person {
    let mut person = Person::default();
    if cells.len() > columns.len() {
        person.problem = Some(format!("{} cells under {} columns", cells.len(), columns.len()));
    }
    for (column, cell) in columns.iter().zip(cells) {
        match column {
            Column::Name => person.name = cell,
            Column::Email => person.email = cell,
            Column::Role => role(&mut person, &cell),
            Column::Field(name) if !cell.is_empty() => person.values.push((name.clone(), cell)),
            Column::Field(_) | Column::Unknown(_) => {}
        }
    }
    person
}

fn role(person: &mut Person, word: &str) {
    person.role = Role::read(word);
    if person.role.is_none() && !word.is_empty() {
        person.problem = Some(format!("`{word}` is no role: host or guest"));
    }
}
