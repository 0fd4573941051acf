//! What many people mean to an operation: which of its fields carry a person's name, address and role, or the name of
//! a room where there is one room per line. The pages say it with their wish words.

use crate::domain::link::Audience;
use crate::domain::literal::Literal;
use crate::domain::page::{ErrorRow, Operation, Page, RowKind, Wish};
use crate::domain::roster::{self, Person, Role};

use super::alphabet;
use super::compose::Raw;

/// What one row becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// A link of the person's own.
    Person,
    Room,
}

/// Which it is for an operation.
pub fn each(operation: &Operation) -> Each {
    let personal = operation.links.iter().any(|(_, link)| link.audience == Audience::Personal);
    match field(operation, "who") {
        Some(_) if personal || operation.links.is_empty() => Each::Person,
        _ => Each::Room,
    }
}

/// The field that names the room all rows lead into, where each is a person's link.
pub fn shared_room(operation: &Operation) -> Option<&str> {
    field(operation, "name").filter(|_| each(operation) == Each::Person).map(|(name, _)| name)
}

/// Whether a row's address means something to the operation.
pub fn has_address(operation: &Operation) -> bool {
    field(operation, "email").is_some()
}

/// Whether a row's role means something to the operation.
pub fn has_roles(operation: &Operation) -> bool {
    each(operation) == Each::Person && field(operation, "moderator").is_some()
}

/// The operation that signs each person's link to a meeting made by this one, and the fields it takes over.
pub fn signed_by<'a>(page: &'a Page, operation: &'a Operation) -> Option<(&'a str, Vec<&'a str>)> {
    if each(operation) == Each::Person || field(operation, "host").is_none() {
        return None;
    }
    page.operations.iter().find_map(|(id, other)| {
        let shared: Vec<&str> = (other.fields())
            .filter(|(name, field)| field.rules.required && operation.field(name).is_some())
            .map(|(name, _)| name)
            .collect();
        (each(other) == Each::Person && !shared.is_empty()).then_some((id.as_str(), shared))
    })
}

/// Whether a column of this name is a field, of the operation the rows perform or of the meeting they share. A column
/// of roles is none: people write "host" where the wire has a word of its own.
pub fn is_field(word: &str, rows: &Operation, meeting: Option<&Operation>) -> bool {
    let about = roster::is_about_person(word);
    if about && field(rows, "moderator").is_some_and(|(name, _)| name == word) {
        return false;
    }
    let shared = meeting.filter(|_| !about);
    rows.field_for(word).is_some() || shared.is_some_and(|meeting| meeting.field_for(word).is_some())
}

/// Takes out of the rows what they say of the meeting they share: what its links take over, and what its links do not
/// know. A row that says another thing than one before is marked.
pub fn of_meeting(rows: &Operation, shared: &[&str], people: &mut [Person]) -> Raw {
    let mut said: Vec<(String, String, usize)> = Vec::new();
    for person in people {
        let given = std::mem::take(&mut person.values).into_iter();
        let (theirs, own): (Raw, Raw) =
            given.partition(|(name, _)| shared.contains(&name.as_str()) || rows.field_for(name).is_none());
        person.values = own;
        for (name, value) in theirs {
            match said.iter().find(|(known, ..)| *known == name) {
                Some((_, first, line)) if *first != value => {
                    let why = format!("{name} is another one than in line {line}, and all share one meeting");
                    person.problem.get_or_insert(why);
                }
                Some(_) => {}
                None => said.push((name, value, person.line)),
            }
        }
    }
    said.into_iter().map(|(name, value, _)| (name, value)).collect()
}

/// The values a row gives; an error says what the operation cannot do for it.
pub fn values(operation: &Operation, person: &Person) -> Result<Raw, String> {
    let mut raw = Raw::new();
    let given = |name: &str| person.values.iter().any(|(known, _)| known == name);
    let naming = match each(operation) {
        Each::Person => field(operation, "who"),
        Each::Room => field(operation, "name"),
    };
    if let Some((name, wish)) = naming.filter(|(name, _)| !given(name) && !person.name.is_empty()) {
        let rules = operation.field(name).filter(|_| wish.slug).map(|field| &field.rules);
        let text = rules.map_or_else(|| person.name.clone(), |rules| alphabet::fit(&person.name, rules));
        raw.push((name.to_owned(), text));
    }
    if let Some((name, _)) =
        field(operation, "email").filter(|(name, _)| !given(name) && !person.email.is_empty())
    {
        raw.push((name.to_owned(), person.email.clone()));
    }
    raw.extend(role(operation, person, &given)?);
    raw.extend(person.values.iter().cloned());
    Ok(raw)
}

/// The name of the room a row would make, where the provider has only one of a name: no other row may have it.
pub fn room<'a>(page: &Page, operation: &Operation, row: &'a Raw) -> Option<&'a str> {
    let (name, _) = field(operation, "name").filter(|_| each(operation) == Each::Room)?;
    let one_each = |case: &ErrorRow| case.kind == RowKind::Exists && case.field.as_deref() == Some(name);
    let found = row.iter().rev().find(|(known, _)| known == name);
    found.filter(|_| page.errors.case.iter().any(one_each)).map(|(_, value)| value.as_str())
}

fn role(operation: &Operation, person: &Person, given: &dyn Fn(&str) -> bool) -> Result<Raw, String> {
    let Some((name, wish)) = field(operation, "moderator").filter(|_| each(operation) == Each::Person) else {
        return match person.role {
            Some(Role::Host) => Err(format!("{} knows no roles", operation.label)),
            _ => Ok(Raw::new()),
        };
    };
    let required = operation.field(name).is_some_and(|field| field.rules.required);
    let value = match person.role {
        _ if given(name) => None,
        Some(Role::Host) => wish.yes.as_ref(),
        Some(Role::Guest) => wish.no.as_ref(),
        None => wish.no.as_ref().filter(|_| required),
    };
    Ok(value.map(|value| (name.to_owned(), Literal::typed(value))).into_iter().collect())
}

fn field<'a>(operation: &'a Operation, wish: &str) -> Option<(&'a str, &'a Wish)> {
    let wish = operation.wish.get(wish)?;
    Some((wish.field.as_deref()?, wish))
}
