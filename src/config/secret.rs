//! How a profile says where a secret comes from: `{ env = "NAME" }`, `{ command = ["program", …] }`,
//! `{ file = "~/key" }`, `{ keyring = "account" }`, or the secret itself in quotes. Only the saying is read here; the
//! secret is fetched when it is needed.

use crate::domain::nearest::did_you_mean;
use crate::domain::secret::SecretSource;

use super::item::{Item, Table, Value};
use super::sheet::{command, expected, one_line};

pub(crate) const WAYS: [&str; 4] = ["env", "command", "file", "keyring"];
const EXAMPLE: &str =
    "{ env = \"NAME\" }, { command = [\"program\", …] }, { file = \"~/key\" } or { keyring = \"NAME\" }";

/// The source, or what is wrong with it; never a word of what stands there.
pub(crate) fn source(item: &Item) -> Result<SecretSource, String> {
    match &item.value {
        Value::Text(_) if item.text().is_none_or(|text| text.trim().is_empty()) => {
            Err(format!("must not be empty: give {EXAMPLE}"))
        }
        Value::Text(text) => Ok(SecretSource::Inline(text.clone())),
        Value::Table(table) => from_table(table),
        _ => Err(expected(EXAMPLE, item)),
    }
}

fn from_table(table: &Table) -> Result<SecretSource, String> {
    let entry = match table.as_slice() {
        [entry] => entry,
        [] => return Err(format!("expected {EXAMPLE}")),
        several => {
            let all_known = several.iter().all(|entry| WAYS.contains(&entry.key.as_str()));
            let odd = several.iter().find(|entry| !WAYS.contains(&entry.key.as_str()));
            return Err(match odd {
                Some(odd) if !all_known => unknown(&odd.key),
                _ => "names several sources: keep one".to_owned(),
            });
        }
    };
    let text = || {
        let text = entry.item.text().ok_or_else(|| expected("a text", &entry.item))?;
        one_line(text)
    };
    match entry.key.as_str() {
        "env" => text().and_then(|name| match is_variable(&name) {
            true => Ok(SecretSource::Env(name)),
            false => Err("env takes the name of a variable (letters, digits, `_`), not its value".to_owned()),
        }),
        "command" => command(table).map(SecretSource::Command),
        "file" => text().map(SecretSource::File),
        "keyring" => text().map(SecretSource::Keyring),
        other => Err(unknown(other)),
    }
}

fn unknown(key: &str) -> String {
    let key = super::problem::name(key);
    format!("unknown source `{key}`{}: expected {EXAMPLE}", did_you_mean(&key, WAYS))
}

fn is_variable(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
