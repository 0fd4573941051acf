//! One template as a text of its own, for the user's editor: the keys of its table, as they would stand under its
//! heading. What comes back is read as the file would be read, before it goes into the file.

use jiff::tz::TimeZone;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use crate::domain::message::Template;
use crate::error::{Error, Result};

use super::problem::{Severity, name};
use super::sheet::Known;
use super::template::{KEYS, Notes, SHIPPED};
use super::{Config, change};

/// The text of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateText {
    pub name: String,
    pub text: String,
    /// The file it stands in, where that is not the main one.
    pub elsewhere: Option<String>,
}

impl Config {
    /// The texts of all templates, in no order that matters.
    pub fn template_texts(&self) -> Vec<TemplateText> {
        let own = self.templates.iter().map(|notes| TemplateText {
            name: notes.name.clone(),
            text: written(notes),
            elsewhere: (notes.place.file != self.file).then(|| notes.place.file.to_string()),
        });
        let is_own = |name: &str| self.templates.iter().any(|notes| notes.name == name);
        let shipped = SHIPPED.into_iter().filter(|(name, _)| !is_own(name)).map(|(name, text)| {
            TemplateText { name: name.to_owned(), text: text.to_owned(), elsewhere: None }
        });
        own.chain(shipped).collect()
    }
}

/// The table of a template that stands in the file.
fn written(notes: &Notes) -> String {
    let mut table = Table::new();
    for key in KEYS {
        if let Some(Known::Text(text)) = notes.sheet.known(key.name) {
            table.insert(key.name, Item::Value(Value::from(text.as_str())));
        }
    }
    table.to_string()
}

/// What a text makes of the template of this name; the error names each line that is wrong, counted in the text.
pub fn read_template(
    template: &str,
    text: &str,
    at_hand: impl Fn(&str) -> Option<TimeZone>,
) -> Result<Template, String> {
    let heading = format!("[templates.{}]\n", toml_edit::Key::new(template).display_repr());
    let config = Config::parse(&format!("{heading}{text}"), template);
    let wrong = config.problems().iter().filter(|problem| problem.severity == Severity::Error);
    let path = format!("templates.{}.", name(template));
    let told: Vec<String> = wrong
        .map(|problem| {
            format!("line {}: {}", problem.line.saturating_sub(1).max(1), problem.text.replacen(&path, "", 1))
        })
        .collect();
    if !told.is_empty() {
        return Err(told.join("; "));
    }
    if body(text).is_err() {
        return Err("a template has keys alone, no tables".to_owned());
    }
    let found = config.templates(at_hand).into_iter().find(|known| known.name == template);
    found.ok_or_else(|| "it cannot be used as it is".to_owned())
}

/// The keys of a template and nothing else.
fn body(text: &str) -> Result<DocumentMut> {
    let wrong = || Error::config("a template has keys alone, no tables");
    let document: DocumentMut = text.parse().map_err(|_| wrong())?;
    if document.iter().all(|(_, item)| item.is_value()) { Ok(document) } else { Err(wrong()) }
}

/// Puts a template into the file: over the one of its name, whose comments stay, or as a new one.
pub(super) fn save(document: &mut DocumentMut, template: &str, text: &str, file: &str) -> Result<()> {
    let fresh = body(text)?;
    let first = document.as_table().is_empty();
    let templates = change::top(document, "templates", true, file)?;
    match templates.get_mut(template).and_then(Item::as_table_like_mut) {
        Some(known) => replace(known, fresh.as_table()),
        None => {
            let mut table = fresh.as_table().clone();
            table.set_implicit(false);
            table.set_position(None);
            if !first {
                table.decor_mut().set_prefix("\n");
            }
            templates.insert(template, Item::Table(table));
        }
    }
    Ok(())
}

fn replace(known: &mut dyn TableLike, fresh: &Table) {
    let gone: Vec<String> =
        known.iter().map(|(key, _)| key.to_owned()).filter(|key| !fresh.contains_key(key)).collect();
    gone.iter().for_each(|key| drop(known.remove(key)));
    for (key, item) in fresh {
        match (known.get_mut(key).and_then(Item::as_value_mut), item.as_value()) {
            (Some(old), Some(new)) => {
                let decor = old.decor().clone();
                *old = new.clone();
                *old.decor_mut() = decor;
            }
            _ => drop(known.insert(key, item.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Change;

    fn apply(text: &str, name: &str, body: &str) -> Result<String> {
        Change::Template { name: name.into(), text: body.into() }.apply(text, "c.toml")
    }

    #[test]
    fn every_template_can_be_taken_out_and_read_back() {
        let own = "[templates.\"a b\"]\nformat = \"slack\"\ntext = \"\"\"\nSay \"hi\" \\\\ there\n{guest_link}\n\"\"\"\n";
        let config = Config::parse(own, "c.toml");
        assert_eq!(config.problems(), []);
        for text in config.template_texts() {
            let read = read_template(&text.name, &text.text, |_| None).unwrap();
            assert_eq!(Some(&read), config.templates(|_| None).iter().find(|known| known.name == text.name));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong = |text: &str| read_template("chat", text, |_| None).unwrap_err();
        assert!(wrong("for = \"guest\"\ntext = \"{gest_link}\"").starts_with("line 2: text: "));
        assert!(wrong("for = \"guest\"\ntext = \"{host_link}\"").starts_with("line 2: text: "));
        assert!(wrong("for = \"guest\"\n\nfrom = 1\ntext = \"{guest_link}\"").starts_with("line 3: "));
        assert!(wrong("text = \"a").contains("line 1: not valid TOML"));
        assert!(wrong("").contains("text: missing"));
        assert!(wrong("text = \"{guest_link}\"\n[profiles.x]\nprovider = \"bunch\"").contains("no tables"));
        assert!(wrong("zone = \"No/Where\"\ntext = \"{guest_link}\"").contains("cannot be used"));
    }

    #[test]
    fn a_new_one_lies_over_the_programs_and_everything_else_stays() {
        let before = "# mine\nagent = \"Ada\" # me\n\n[profiles.a]\nprovider = \"bunch\"\n";
        let body = "for = \"guest\" # them\ntext = \"\"\"\nHi\n{guest_link}\n\"\"\"\n";
        let after = apply(before, "chat", body).unwrap();
        assert!(after.starts_with(before), "{after}");
        assert!(after.ends_with(&format!("\n[templates.chat]\n{body}")), "{after}");
        let config = Config::parse(&after, "c.toml");
        assert_eq!((config.problems(), config.template_names().collect::<Vec<_>>()), (&[][..], vec!["chat"]));
    }

    #[test]
    fn one_that_is_there_keeps_its_comments_and_its_place() {
        let before = "[templates.de]\nlang = \"de\" # German\n# the words\ntext = \"Alt {guest_link}\"\nzone = \"UTC\"\n\n[keys]\nnew = \"n\"\n";
        let after =
            apply(before, "de", "lang = \"de\"\nformat = \"slack\"\ntext = \"Neu {guest_link}\"").unwrap();
        assert!(
            after.contains("lang = \"de\" # German\n# the words\ntext = \"Neu {guest_link}\"\n"),
            "{after}"
        );
        assert!(after.contains("format = \"slack\"\n") && !after.contains("zone"), "{after}");
        assert!(after.ends_with("\n[keys]\nnew = \"n\"\n"), "{after}");
    }
}
