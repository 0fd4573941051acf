//! `FIELD=VALUE` arguments: which field is meant, what it is given, and where a secret comes from. Values are raw
//! texts here; what they mean is said by validation.

use std::ffi::OsString;

use crate::domain::page::{Field, Kind, Operation};
use crate::error::Error;
use crate::provider::compose::{Raw, nearest};

/// Looks up a variable; none is looked up for a dry run.
pub(super) type Fetch<'a> = Option<&'a dyn Fn(&str) -> Option<OsString>>;

/// What the arguments say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Assigned {
    pub raw: Raw,
    pub errors: Vec<Error>,
    /// Secret fields whose value stood in the command itself.
    pub bare: Vec<String>,
}

/// Reads the arguments of an operation called `what` ("whereby create").
pub(super) fn read(arguments: &[String], what: &str, operation: &Operation, fetch: Fetch) -> Assigned {
    let mut assigned = Assigned::default();
    for (at, argument) in arguments.iter().enumerate() {
        let Some((name, value)) = argument.split_once('=') else {
            let message = format!("value {} is not written as FIELD=VALUE", at + 1);
            assigned.errors.push(Error::usage(message));
            continue;
        };
        let Some((_, field)) = operation.field_for(name) else {
            assigned.errors.push(unknown(name, what, operation));
            continue;
        };
        if assigned.raw.iter().any(|(known, _)| known == name) {
            assigned.errors.push(Error::usage(format!("`{name}` is given twice")));
            continue;
        }
        match given(name, value, field, fetch) {
            Ok(value) => assigned.raw.push((name.to_owned(), value)),
            Err(error) => {
                assigned.errors.push(error);
                // It was given: that it is missing is no second problem.
                assigned.raw.push((name.to_owned(), stand_in(field)));
            }
        }
        if field.secret && !value.is_empty() && !value.starts_with(ENV) {
            assigned.bare.push(name.to_owned());
        }
    }
    assigned
}

const ENV: &str = "@env:";

fn given(name: &str, value: &str, field: &Field, fetch: Fetch) -> Result<String, Error> {
    let Some(variable) = value.strip_prefix(ENV).filter(|_| field.secret) else {
        return Ok(value.to_owned());
    };
    let Some(fetch) = fetch else { return Ok(stand_in(field)) };
    let missing = |why: &str| {
        Err(Error::config(format!("environment variable {variable} {why}"))
            .hint(format!("`{name}` needs it")))
    };
    match fetch(variable).map(OsString::into_string) {
        None => missing("is not set"),
        Some(Err(_)) => missing("is not UTF-8"),
        Some(Ok(text)) if text.is_empty() => missing("is set but empty"),
        Some(Ok(text)) => Ok(text),
    }
}

/// A value that passes for the secret in a dry run. It is hidden there like the true one.
fn stand_in(field: &Field) -> String {
    match (field.kind, field.rules.schemes.first()) {
        (Kind::Url, scheme) => format!("{}://hidden.invalid/hidden", scheme.map_or("https", String::as_str)),
        _ => "hidden".into(),
    }
}

fn unknown(name: &str, what: &str, operation: &Operation) -> Error {
    // A long name may be a value that slipped in front of a `=`.
    let shown = if name.chars().count() <= 60 { format!(" `{name}`") } else { String::new() };
    let error = Error::usage(format!("unknown field{shown} of {what}"));
    match nearest(operation, name) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => {
            let provider = what.split(' ').next().unwrap_or_default();
            error.hint(format!("`roomkey providers show {provider}` lists them"))
        }
    }
}
