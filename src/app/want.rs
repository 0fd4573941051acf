//! What of an entry can go to the clipboard, and the text it becomes. A want that is for guests is made from the guest
//! link alone; which care a text needs is decided here, where it is made.

use crate::domain::clipboard::Care;
use crate::domain::entry::Entry;
use crate::domain::entry_json::{Reveal, printed};
use crate::domain::link::{Audience, Link, Reuse};
use crate::domain::message::{For, Guest, Refusal, Subject, share};
use crate::domain::moment::echo;
use crate::domain::secret::Secret;

use super::curl;
use super::many::Many;
use super::messages;
use super::model::Model;

/// A part of an entry, or something made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Want {
    /// The guest link, or the personal one where that is all there is.
    Guest,
    Host,
    /// The message of this template.
    Message(String),
    /// The request of the open form, which belongs to no entry yet.
    Request,
    /// Another link of the entry, by its id.
    Link(String),
    /// A detail, by its key.
    Detail(String),
    /// The guest link under the entry's name.
    Markdown,
    Html,
    /// The guest link as an event for calendars.
    Calendar,
    /// The entry as data, without secrets.
    Json,
    /// The requests it was made with, for a shell, with keys as variables.
    Curl,
    /// Something of many entries, whatever entry is at hand.
    Many(Many),
}

/// A text ready for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// "the guest link"
    pub what: String,
    pub text: Secret,
    pub care: Care,
}

/// Why there is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The entry has nothing of the kind.
    Nothing,
    /// It has ended and is not kept any more.
    Over,
    /// A host link is all there is.
    HostOnly,
    /// The template leaves the link out.
    LeftOut,
    /// There is no template of the name any more.
    NoTemplate,
}

impl Want {
    /// The link this gives away, itself or inside of a text.
    pub fn link<'a>(&self, model: &Model, entry: &'a Entry) -> Option<&'a Link> {
        match self {
            Want::Host => entry.host_link(),
            Want::Link(id) => entry.links.iter().find(|link| link.id == *id),
            Want::Detail(_) | Want::Json | Want::Curl | Want::Many(_) => None,
            Want::Message(_) if self.is_for_hosts(model) => entry.host_link().or(entry.guest_link()),
            Want::Request => None,
            Want::Guest | Want::Message(_) | Want::Markdown | Want::Html | Want::Calendar => {
                entry.guest_link()
            }
        }
    }

    fn is_for_hosts(&self, model: &Model) -> bool {
        match self {
            Want::Host => true,
            Want::Message(name) => {
                model.texts.get(name).is_some_and(|template| template.audience() == For::Host)
            }
            _ => false,
        }
    }

    /// The text itself.
    pub fn clip(&self, model: &Model, entry: &Entry) -> Result<Clip, Lack> {
        match self {
            Want::Guest | Want::Host | Want::Link(_) => link(self.link(model, entry)),
            Want::Message(name) => message(model, entry, name),
            Want::Request => Err(Lack::Nothing),
            Want::Many(many) => many.clip(model),
            Want::Detail(key) => detail(entry, key),
            Want::Markdown => Ok(plain("the Markdown link", share::markdown(&guest(model, entry)?))),
            Want::Html => Ok(plain("the HTML link", share::html(&guest(model, entry)?))),
            Want::Calendar => {
                Ok(plain("the calendar event", share::calendar(&guest(model, entry)?, model.now)))
            }
            Want::Json => Ok(plain("the entry as JSON", printed(&entry.json(model.now, Reveal::Masked)))),
            Want::Curl => {
                curl::command(model, entry).map(|text| plain("the curl command", text)).ok_or(Lack::Nothing)
            }
        }
    }

    /// The calendar event, for a file.
    pub fn calendar(model: &Model, entry: &Entry) -> Result<String, Lack> {
        Ok(share::calendar(&guest(model, entry)?, model.now))
    }

    /// Why this should not be copied without a second thought, as a sentence.
    pub fn doubt(&self, model: &Model, entry: &Entry) -> Option<String> {
        let link = self.link(model, entry)?;
        if self.is_for_hosts(model) && *self != Want::Host {
            return Some("This message holds the HOST link, which is not for customers.".into());
        }
        if let Some(warning) = &link.warning {
            return Some(format!("This is not an ordinary link: {warning}."));
        }
        if entry.deleted.is_some() {
            return Some("What this link led to is deleted.".into());
        }
        if link.has_ended(model.now) {
            let end = link.ends.time().map(|end| echo(end, model.now, &model.zone));
            return Some(format!("This link ended {}.", end.unwrap_or_default()));
        }
        if link.reuse == Reuse::Once {
            return Some("This link works once, and a chat that looks ahead may use it up.".into());
        }
        None
    }
}

fn link(link: Option<&Link>) -> Result<Clip, Lack> {
    let link = link.ok_or(Lack::Nothing)?;
    if link.url.is_empty() {
        return Err(Lack::Over);
    }
    let (what, care) = match link.audience {
        Audience::Guest => ("the guest link", Care::Plain),
        Audience::Personal => ("the personal link", Care::Plain),
        Audience::Host => ("the host link", Care::Host),
    };
    Ok(Clip { what: what.into(), text: link.url.clone(), care })
}

fn plain(what: &str, text: String) -> Clip {
    Clip { what: what.to_owned(), text: Secret::new(text), care: Care::Plain }
}

/// The entry as a guest may see it.
fn guest(model: &Model, entry: &Entry) -> Result<Guest, Lack> {
    let means = model.book.means(&entry.provider, &entry.operation);
    Guest::of(&Subject { entry, means: &means }).ok_or(match (entry.guest_link(), entry.host_link()) {
        (Some(_), _) => Lack::Over,
        (None, Some(_)) => Lack::HostOnly,
        (None, None) => Lack::Nothing,
    })
}

fn detail(entry: &Entry, key: &str) -> Result<Clip, Lack> {
    let detail = entry.details.iter().find(|detail| detail.key == key).ok_or(Lack::Nothing)?;
    if detail.value.is_empty() {
        return Err(Lack::Over);
    }
    let care = match (detail.host, detail.secret) {
        (true, _) => Care::Host,
        (false, true) => Care::Secret,
        (false, false) => Care::Plain,
    };
    Ok(Clip { what: format!("“{}”", detail.label), text: detail.value.clone(), care })
}

fn message(model: &Model, entry: &Entry, name: &str) -> Result<Clip, Lack> {
    let template = model.texts.get(name).ok_or(Lack::NoTemplate)?;
    let message = messages::write(model, entry, template, Reveal::Full).map_err(|refusal| match refusal {
        Refusal::NoLink => Lack::Nothing,
        Refusal::HostOnly => Lack::HostOnly,
        Refusal::Over => Lack::Over,
        Refusal::LeftOut => Lack::LeftOut,
    })?;
    let (what, care) = match template.audience() {
        For::Guest => (format!("the message {name}"), Care::Plain),
        For::Roster if message.count == 1 => (format!("the message {name}"), Care::Plain),
        For::Roster => (format!("the message {name} for {}", message.count), Care::Plain),
        For::Host => (format!("the message {name}, for hosts"), Care::Host),
    };
    Ok(Clip { what, text: message.whole(), care })
}
