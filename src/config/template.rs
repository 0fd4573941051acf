//! A template: the text of a message, with placeholders. Whom it is for is part of it, because a text for guests
//! must never be able to hold what only a host may see.

use jiff::tz::TimeZone;

use super::item::{Entry, Table};
use super::problem::{Pen, Place, Problem, What};
use super::sheet::{Key, Shape, Sheet, expected, key};
use super::{Config, basics};
use crate::domain::message::{Body, For, Format, Sentences, Template, Text, knows_language};

/// The templates of the program. A new one is a file and a line here.
pub(super) const SHIPPED: [(&str, &str); 5] = [
    ("chat", include_str!("../../assets/templates/chat.toml")),
    ("e-mail", include_str!("../../assets/templates/e-mail.toml")),
    ("phone", include_str!("../../assets/templates/phone.toml")),
    ("roster", include_str!("../../assets/templates/roster.toml")),
    ("hand-over", include_str!("../../assets/templates/hand-over.toml")),
];

pub(crate) const KEYS: &[Key] = &[
    key("for", Shape::Choice(&["guest", "host", "roster"]), "guest"),
    key("format", Shape::Choice(&["plain", "markdown", "slack", "html", "mail"]), "plain"),
    key("lang", Shape::Text, "en"),
    key("zone", Shape::Text, ""),
    key("subject", Shape::Text, ""),
    key("text", Shape::Lines, ""),
    key("end_hard", Shape::Text, ""),
    key("end_soft", Shape::Text, ""),
    key("end_event", Shape::Text, ""),
    key("end_unknown", Shape::Text, ""),
];

#[derive(Clone, Debug)]
pub(crate) struct Notes {
    pub name: String,
    /// None where the text cannot be used.
    template: Option<Template>,
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
        if entry.item.table().is_some() && !table.iter().any(|entry| entry.key == "text") {
            pen.bad(&entry.place, "text", "missing: what shall the message say?");
        }
        let template = read(&entry.key, &sheet, &mut pen);
        Notes { name: entry.key.clone(), template, place: entry.place.clone(), sheet }
    }

    pub fn pen<'a>(&self, problems: &'a mut Vec<Problem>) -> Pen<'a> {
        let name = &self.name;
        Pen { problems, about: Some(What::Template(name.clone())), path: format!("templates.{name}") }
    }

    /// The template in its zone; `at_hand` may know a zone without a search through all of them.
    fn ready(&self, at_hand: &dyn Fn(&str) -> Option<TimeZone>) -> Option<Template> {
        let mut template = self.template.clone()?;
        if let Some(zone) = self.sheet.text("zone") {
            template.zone = Some(at_hand(zone).or_else(|| basics::time_zone(zone).ok())?);
        }
        Some(template)
    }
}

fn read(name: &str, sheet: &Sheet, pen: &mut Pen) -> Option<Template> {
    let audience = match sheet.text("for") {
        Some("host") => For::Host,
        Some("roster") => For::Roster,
        _ => For::Guest,
    };
    let format = match sheet.text("format") {
        Some("markdown") => Format::Markdown,
        Some("slack") => Format::Slack,
        Some("html") => Format::Html,
        Some("mail") => Format::Mail,
        _ => Format::Plain,
    };
    let subject = sheet.text("subject");
    if let (Some(_), Some(place), false) = (subject, sheet.place("subject"), format == Format::Mail) {
        pen.slip(place, "subject", "only a message of format `mail` has a subject");
    }
    let lang = sheet.text("lang").unwrap_or("en").to_owned();
    let mut own = |key: &'static str| {
        let (text, place) = (sheet.text(key)?, sheet.place(key)?);
        match Text::parse(text) {
            Ok(text) => Some(text),
            Err(reasons) => {
                reasons.into_iter().for_each(|reason| pen.bad(place, key, reason));
                None
            }
        }
    };
    let sentences = Sentences {
        hard: own("end_hard"),
        soft: own("end_soft"),
        event: own("end_event"),
        unknown: own("end_unknown"),
    };
    let text = sheet.text("text")?;
    if text.contains("{end_sentence}")
        && !knows_language(&lang)
        && sentences == Sentences::default()
        && let Some(place) = sheet.place("lang")
    {
        let text = "no sentences about the end are known in it: write end_hard, end_soft and end_event";
        pen.warn(place, "lang", text);
    }
    match Body::parse(audience, subject.filter(|_| format == Format::Mail), text) {
        Ok(body) => Some(Template { name: name.to_owned(), format, lang, zone: None, sentences, body }),
        Err(slips) => {
            for (key, reason) in slips {
                if let Some(place) = sheet.place(key) {
                    pen.bad(place, key, reason);
                }
            }
            None
        }
    }
}

impl Config {
    /// The templates of the program with those of the user laid over them by name: first the user's additions in the
    /// order of the file, then the program's in theirs, each as the user has it. One that cannot be used is left out;
    /// it is among the problems.
    pub fn templates(&self, at_hand: impl Fn(&str) -> Option<TimeZone>) -> Vec<Template> {
        let usable = |notes: &&Notes| self.template_problems(&notes.name).is_empty();
        let own = self.templates.iter().filter(usable).filter_map(|notes| notes.ready(&at_hand));
        let is_shipped = |template: &Template| SHIPPED.iter().any(|(name, _)| *name == template.name);
        let (over, mut templates): (Vec<Template>, Vec<Template>) = own.partition(is_shipped);
        for shipped in shipped() {
            match over.iter().find(|template| template.name == shipped.name) {
                Some(over) => templates.push(over.clone()),
                None if self.templates.iter().any(|notes| notes.name == shipped.name) => {}
                None => templates.push(shipped),
            }
        }
        templates
    }

    fn template_problems(&self, name: &str) -> Vec<Problem> {
        let mut problems = self.about(&What::Template(name.to_owned()));
        problems.retain(|problem| problem.spoils);
        problems
    }

    /// The template of a name, or everything that makes it unavailable.
    pub fn template(
        &self,
        name: &str,
        at_hand: impl Fn(&str) -> Option<TimeZone>,
    ) -> Result<Template, Vec<Problem>> {
        let problems = self.template_problems(name);
        if !problems.is_empty() {
            return Err(problems);
        }
        let templates = self.templates(at_hand);
        let found = templates.iter().find(|template| template.name == name).cloned();
        found.ok_or_else(|| {
            self.missing("template", name, templates.iter().map(|template| template.name.as_str()))
        })
    }
}

/// The templates of the program.
fn shipped() -> Vec<Template> {
    let read = |(name, text): (&str, &str)| {
        let table = format!("[templates.\"{name}\"]\n{text}");
        Config::parse(&table, name).templates.first().and_then(|notes| notes.template.clone())
    };
    SHIPPED.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_templates_are_good() {
        for (name, text) in SHIPPED {
            let config = Config::parse(&format!("[templates.\"{name}\"]\n{text}"), name);
            assert_eq!(config.problems(), [], "{name}");
        }
        assert_eq!(shipped().len(), SHIPPED.len());
    }

    #[test]
    fn what_the_user_writes_lies_over_what_is_shipped() {
        let text = "[templates.chat]\ntext = \"Hi {guest_link}\"\n[templates.de]\ntext = \"{guest_link}\"";
        let config = Config::parse(text, "c.toml");
        let names: Vec<String> = config.templates(|_| None).into_iter().map(|t| t.name).collect();
        assert_eq!(names, ["de", "chat", "e-mail", "phone", "roster", "hand-over"]);
        assert!(config.template("e-mail", |_| None).is_ok());
        let problems = config.template("emial", |_| None).unwrap_err();
        assert!(problems[0].text.contains("did you mean"), "{}", problems[0].text);
    }

    #[test]
    fn one_that_cannot_be_used_is_left_out_and_not_replaced() {
        let config = Config::parse("[templates.chat]\ntext = \"{gest_link}\"", "c.toml");
        assert!(config.templates(|_| None).iter().all(|template| template.name != "chat"));
        assert!(config.template("chat", |_| None).is_err());
    }
}
