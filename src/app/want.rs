//! What of an entry can go to the clipboard, and the text it becomes. A want that is for guests is made from the guest
//! link alone; which care a text needs is decided here, where it is made.

use crate::domain::clipboard::Care;
use crate::domain::entry::Entry;
use crate::domain::entry_json::Reveal;
use crate::domain::link::{Audience, Link, Reuse};
use crate::domain::message::{For, Refusal};
use crate::domain::moment::echo;
use crate::domain::secret::Secret;

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
            Want::Message(_) if self.is_for_hosts(model) => entry.host_link().or(entry.guest_link()),
            Want::Guest | Want::Message(_) => entry.guest_link(),
            Want::Request => None,
        }
    }

    fn is_for_hosts(&self, model: &Model) -> bool {
        match self {
            Want::Guest | Want::Request => false,
            Want::Host => true,
            Want::Message(name) => {
                model.texts.get(name).is_some_and(|template| template.audience() == For::Host)
            }
        }
    }

    /// The text itself.
    pub fn clip(&self, model: &Model, entry: &Entry) -> Result<Clip, Lack> {
        match self {
            Want::Guest | Want::Host => link(self.link(model, entry)),
            Want::Message(name) => message(model, entry, name),
            Want::Request => Err(Lack::Nothing),
        }
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
