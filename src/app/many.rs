//! What is copied of many entries at once: their links for guests one per line, or a message with all of them. What
//! would need a question by itself is left out, and said; a host link cannot be among it.

use crate::domain::clipboard::Care;
use crate::domain::entry::Entry;
use crate::domain::entry_json::Reveal;
use crate::domain::message::For;
use crate::domain::secret::Secret;

use super::message::JobId;
use super::messages;
use super::model::Model;
use super::want::{Clip, Lack, Want};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Links,
    /// By this template: one message for all where it is made for that, else one after the other.
    Message(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Many {
    /// The oldest first.
    pub jobs: Vec<JobId>,
    pub kind: Kind,
}

impl Many {
    /// The text. An error where nothing of any entry can be copied.
    pub fn clip(&self, model: &Model) -> Result<Clip, Lack> {
        let fit = self.fit(model);
        let (what, text, count) = match &self.kind {
            Kind::Links => {
                let links = fit.iter().filter_map(|entry| Want::Guest.clip(model, entry).ok());
                let links: Vec<Clip> = links.collect();
                let lines: Vec<&str> = links.iter().map(|link| link.text.expose()).collect();
                (String::new(), Secret::new(lines.join("\n")), links.len())
            }
            Kind::Message(name) => message(model, &fit, name)?,
        };
        let left_out = match self.jobs.len().saturating_sub(count) {
            0 => String::new(),
            left => format!(", {left} left out"),
        };
        let what = match (count, what.as_str()) {
            (0, _) => return Err(Lack::Nothing),
            (1, "") => format!("1 link for guests{left_out}"),
            (n, "") => format!("{n} links for guests{left_out}"),
            (n, name) => format!("the message {name} for {n}{left_out}"),
        };
        Ok(Clip { what, text, care: Care::Plain })
    }

    /// The entries whose link for guests can be copied without a second thought.
    fn fit<'m>(&self, model: &'m Model) -> Vec<&'m Entry> {
        let entries = self.jobs.iter().filter_map(|job| model.rows.get(*job)?.entry());
        let plain = |entry: &&Entry| {
            Want::Guest.clip(model, entry).is_ok() && Want::Guest.doubt(model, entry).is_none()
        };
        entries.filter(plain).collect()
    }
}

/// The template's name, the text, and of how many entries it tells.
fn message(model: &Model, entries: &[&Entry], name: &str) -> Result<(String, Secret, usize), Lack> {
    let template = model.texts.get(name).ok_or(Lack::NoTemplate)?;
    match template.audience() {
        For::Host => Err(Lack::HostOnly),
        For::Roster => {
            let message =
                messages::write_all(model, entries, template, Reveal::Full).map_err(|_| Lack::Nothing)?;
            Ok((name.to_owned(), message.whole(), message.count))
        }
        For::Guest => {
            let each = |entry: &&Entry| messages::write(model, entry, template, Reveal::Full).ok();
            let texts: Vec<Secret> = entries.iter().filter_map(each).map(|message| message.whole()).collect();
            let whole: Vec<&str> = texts.iter().map(|text| text.expose().trim_end()).collect();
            Ok((name.to_owned(), Secret::new(whole.join("\n\n")), texts.len()))
        }
    }
}
