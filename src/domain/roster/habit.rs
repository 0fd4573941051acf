//! Lines without a heading, as people write them: what looks like an address is one, and a role stands at the end.

use super::{Person, Role};

/// `Ada Lovelace, ada@example.com`, `Ada Lovelace <ada@example.com>`, `Lovelace, Ada <ada@example.com>`, each with a
/// role behind it where there is one.
pub(super) fn by_habit(mut cells: Vec<String>) -> Person {
    let mut person = Person::default();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    if cells.len() > 1
        && let Some(last) = cells.last()
        && Role::read(last).is_some()
    {
        person.role = Role::read(last);
        cells.pop();
    }
    let bracketed = cells.iter().position(|cell| cell.ends_with('>') && cell.contains('<'));
    let mailed = cells.iter().position(|cell| cell.contains('@'));
    let rest = match (bracketed, mailed) {
        (Some(at), _) => {
            let cell = cells[at].trim_end_matches('>').to_owned();
            let (name, mail) = cell.split_once('<').unwrap_or((&cell, ""));
            person.email = mail.trim().to_owned();
            let before = cells[..at].iter().map(String::as_str).chain([name.trim()]);
            let parts: Vec<&str> = before.filter(|part| !part.is_empty()).collect();
            person.name = parts.join(", ").trim_matches('"').to_owned();
            at + 1
        }
        (None, Some(at)) if at > 0 => {
            person.name = cells[..at].join(", ");
            person.email.clone_from(&cells[at]);
            at + 1
        }
        (None, Some(_)) => {
            // Nothing but an address: what stands before the sign names the person.
            person.email.clone_from(&cells[0]);
            person.name = cells[0].split('@').next().unwrap_or_default().to_owned();
            1
        }
        (None, None) => {
            person.name = cells.first().cloned().unwrap_or_default();
            1
        }
    };
    if let Some(extra) = cells.get(rest).filter(|cell| !cell.is_empty()) {
        person.problem = Some(match (extra.len() <= 40, person.email.is_empty()) {
            (false, _) => "more than a name, an address and a role".to_owned(),
            (true, true) => format!("`{extra}` is neither an address nor a role"),
            (true, false) => format!("`{extra}` is no role: host or guest"),
        });
    }
    person
}
