//! A template: the text of a message, with placeholders. Whom it is for is part of it, because a text for guests
//! must never be able to hold what only a host may see.

use super::item::{Entry, Table};
use super::problem::{Pen, Place, Problem, What};
use super::sheet::{Key, Shape, Sheet, expected, key};
use crate::domain::nearest::did_you_mean;

pub(crate) const KEYS: &[Key] = &[
    key("for", Shape::Choice(&["guest", "host", "roster"]), "guest"),
    key("format", Shape::Choice(&["plain", "markdown", "slack", "html"]), "plain"),
    key("lang", Shape::Text, "en"),
    key("zone", Shape::Text, ""),
    key("text", Shape::Lines, ""),
];

const PLACEHOLDERS: [&str; 14] = [
    "guest_link",
    "host_link",
    "personal_link",
    "person",
    "code",
    "phone",
    "starts",
    "ends",
    "ends_in",
    "zone",
    "ticket",
    "name",
    "agent",
    "profile",
];

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Guest,
    Host,
    Roster,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    Slack,
    Html,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub audience: For,
    pub format: Format,
    /// `de`, `pt-BR`.
    pub lang: String,
    /// Name of a time zone; the program's where there is none.
    pub zone: Option<String>,
    pub text: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Notes {
    pub template: Template,
    pub place: Place,
    pub sheet: Sheet,
}

impl Notes {
    pub fn read(entry: &Entry, problems: &mut Vec<Problem>) -> Notes {
        let path = format!("templates.{}", entry.key);
        let mut pen = Pen { problems, about: Some(What::Template(entry.key.clone())), path };
        let empty = Table::new();
        let table = entry.item.table().unwrap_or_else(|| {
            pen.bad(&entry.item.place, "", expected("a table", &entry.item));
            &empty
        });
        let (sheet, others) = Sheet::read(table, KEYS, &mut pen);
        for other in others {
            pen.unknown(&other.place, &other.key, "key", KEYS.iter().map(|key| key.name));
        }
        let audience = match sheet.text("for") {
            Some("host") => For::Host,
            Some("roster") => For::Roster,
            _ => For::Guest,
        };
        let format = match sheet.text("format") {
            Some("markdown") => Format::Markdown,
            Some("slack") => Format::Slack,
            Some("html") => Format::Html,
            _ => Format::Plain,
        };
        let text = sheet.text("text").unwrap_or_default().to_owned();
        if entry.item.table().is_some() && !table.iter().any(|entry| entry.key == "text") {
            pen.bad(&entry.place, "text", "missing: what shall the message say?");
        }
        if let (Err(reason), Some(place)) = (placeholders(&text, audience), sheet.place("text")) {
            pen.bad(place, "text", reason);
        }
        let template = Template {
            name: entry.key.clone(),
            audience,
            format,
            lang: sheet.text("lang").unwrap_or("en").to_owned(),
            zone: sheet.text("zone").map(str::to_owned),
            text,
        };
        Notes { template, place: entry.place.clone(), sheet }
    }

    pub fn pen<'a>(&self, problems: &'a mut Vec<Problem>) -> Pen<'a> {
        let name = &self.template.name;
        Pen { problems, about: Some(What::Template(name.clone())), path: format!("templates.{name}") }
    }
}

/// Whether every brace belongs to a known placeholder that the audience may see.
fn placeholders(text: &str, audience: For) -> Result<(), String> {
    if text.trim().is_empty() && !text.is_empty() {
        return Err("must not be empty".to_owned());
    }
    let mut rest = text;
    let mut count = 0;
    while let Some((_, behind)) = rest.split_once('{') {
        count += 1;
        let line = 1 + text[..text.len() - behind.len()].matches('\n').count();
        let Some((name, after)) = behind.split_once('}').filter(|(name, _)| !name.contains(['{', '\n']))
        else {
            return Err(format!("the {{ in line {line} of the text is not closed"));
        };
        if !PLACEHOLDERS.contains(&name) {
            let near = did_you_mean(name, PLACEHOLDERS);
            return Err(format!("placeholder {count} (line {line} of the text) is not known{near}"));
        }
        if name == "host_link" && audience == For::Guest {
            return Err("{host_link} must not stand in a template for guests".to_owned());
        }
        rest = after;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_placeholders_that_are_known_and_fitting() {
        let said = |text, audience| placeholders(text, audience).err().unwrap_or_default();
        assert_eq!(said("Hallo: {guest_link}\nbis {ends} ({zone})", For::Guest), "");
        assert_eq!(said("{host_link}", For::Host), "");
        assert!(said("{host_link}", For::Guest).contains("must not stand"));
        assert!(
            said("a\n{gest_link}", For::Guest)
                .contains("line 2 of the text) is not known, did you mean `guest_link`")
        );
        assert!(said("{guest_link", For::Guest).contains("not closed"));
        assert!(said("{{guest_link}}", For::Guest).contains("not closed"));
    }
}
