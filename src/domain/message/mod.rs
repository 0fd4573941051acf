//! Messages: from an entry and a template to the text somebody pastes into a chat. `template` reads texts with
//! placeholders, `fill` fills them, `guest` is all of an entry a guest may see, `words` knows languages and times,
//! `format` the ways of writing. A text for guests is filled from `Guest` alone, which has nothing that could open a
//! host's door.

mod fill;
pub mod format;
mod guest;
pub mod share;
mod template;
mod words;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::entry::Entry;
use super::entry_json::Reveal;
use super::page::Means;
use super::secret::Secret;

pub use format::Format;
pub use guest::{Guest, Host};
pub use template::{Body, For, PLACEHOLDERS, Parts, Sentences, Template, Text};
pub use words::knows as knows_language;

use fill::Filler;

/// An entry a message is about, with what its details mean by their keys.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub entry: &'a Entry,
    pub means: &'a [(String, Means)],
}

/// Where and when a message is written, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    pub now: Timestamp,
    /// The zone of who writes; the template's is that of who reads.
    pub zone: &'a TimeZone,
    pub agent: &'a str,
}

/// A finished message. What it holds may open a door, so it is kept like a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Only e-mails have one.
    pub subject: Option<Secret>,
    pub text: Secret,
    /// How many entries it is about.
    pub count: usize,
}

impl Message {
    /// As it is shown before it is copied. What is hidden stays hidden: it was written so.
    pub fn preview(&self) -> String {
        self.whole().expose().to_owned()
    }

    /// All of it, as it goes to the clipboard.
    pub fn whole(&self) -> Secret {
        match &self.subject {
            Some(subject) => Secret::new(format!("Subject: {}\n\n{}", subject.expose(), self.text.expose())),
            None => self.text.clone(),
        }
    }
}

/// Why there is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The entry has no link a message could give.
    NoLink,
    /// A host link is all there is, and the template is not for hosts.
    HostOnly,
    /// The link has ended and is not kept any more.
    Over,
    /// The template leaves the link out, or every line with one disappeared.
    LeftOut,
}

impl Refusal {
    /// A clause.
    pub fn reason(self) -> &'static str {
        match self {
            Refusal::NoLink => "there is no link for this message",
            Refusal::HostOnly => "this is a host link, and the template is not for hosts",
            Refusal::Over => "the link has ended and is not kept any more",
            Refusal::LeftOut => "no link is left in the message",
        }
    }
}

impl Template {
    /// Writes the message: about the first of the subjects, or about each of them where it is a roster.
    pub fn write(&self, of: &[Subject], here: &Here, reveal: Reveal) -> Result<Message, Refusal> {
        let Some(first) = of.first() else { return Err(Refusal::NoLink) };
        match &self.body {
            Body::Guest(parts) => {
                let guest = Guest::of(first).ok_or_else(|| refusal(first.entry))?;
                parts.fill(&Filler { template: self, view: &guest, guest: &guest, here, reveal })
            }
            Body::Host(parts) => {
                let host = Host::of(first).ok_or(Refusal::NoLink)?;
                parts.fill(&Filler { template: self, view: &host, guest: host.guest(), here, reveal })
            }
            Body::Roster(parts) => {
                let guests: Vec<Guest> = of.iter().filter_map(Guest::of).collect();
                let fill = |guest: &Guest| {
                    parts.fill(&Filler { template: self, view: guest, guest, here, reveal }).ok()
                };
                let messages: Vec<Message> = guests.iter().filter_map(fill).collect();
                let subject = messages.first().ok_or_else(|| refusal(first.entry))?.subject.clone();
                let texts: Vec<&str> = messages.iter().map(|message| message.text.expose()).collect();
                Ok(Message { subject, text: Secret::new(texts.join("\n")), count: messages.len() })
            }
        }
    }
}

fn refusal(entry: &Entry) -> Refusal {
    match (entry.guest_link(), entry.host_link()) {
        (Some(_), _) => Refusal::Over,
        (None, Some(_)) => Refusal::HostOnly,
        (None, None) => Refusal::NoLink,
    }
}

#[cfg(test)]
mod tests;
