//! What of an entry a message may give away. `Guest` is made of the link a plain copy would yield and of what stands
//! beside it; it has no place for a host link, a code of the host or a secret detail, so no text filled from it can
//! hold one. `Host` is a `Guest` with the host link.

use jiff::Timestamp;

use super::Subject;
use crate::domain::entry::Entry;
use crate::domain::link::{Audience, Ends, Link};
use crate::domain::page::Means;
use crate::domain::text::DisplayText;

/// An entry as a guest may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Guest or personal; never of a host.
    link: Option<Link>,
    personal: Option<Link>,
    /// Of the entry.
    pub id: String,
    pub person: String,
    /// To be entered on the phone.
    pub code: String,
    pub phone: String,
    pub starts: Option<Timestamp>,
    pub ticket: String,
    pub name: String,
    pub profile: String,
}

impl Guest {
    /// Nothing where there is no link a guest may have.
    pub fn of(subject: &Subject) -> Option<Guest> {
        let guest = Guest::beside(subject);
        guest.link.is_some().then_some(guest)
    }

    /// What stands beside a link, whether there is one for guests or not.
    fn beside(subject: &Subject) -> Guest {
        let entry = subject.entry;
        let link = entry.guest_link().filter(|link| is_open(link, entry)).cloned();
        let personal = entry.links.iter().find(|link| link.audience == Audience::Personal);
        let personal = personal.filter(|link| is_open(link, entry)).cloned();
        let text = |means: Means| {
            let detail = entry.details.iter().find(|detail| {
                let meant = subject.means.iter().any(|(key, known)| *key == detail.key && *known == means);
                meant && !detail.secret && !detail.host
            });
            detail.map_or_else(String::new, |detail| DisplayText::line(detail.value.expose()).into())
        };
        let person = link.as_ref().and_then(Link::person).unwrap_or_default();
        Guest {
            id: entry.id.clone(),
            person: DisplayText::line(person).into(),
            code: text(Means::Code),
            phone: text(Means::Phone),
            starts: text(Means::Starts).parse().ok(),
            ticket: DisplayText::line(entry.asked.ticket.as_deref().unwrap_or_default()).into(),
            name: entry.name.to_string(),
            profile: DisplayText::line(&entry.profile).into(),
            link,
            personal,
        }
    }

    /// The link a plain copy yields.
    pub(super) fn link(&self) -> Option<&Link> {
        self.link.as_ref()
    }

    pub(super) fn personal(&self) -> Option<&Link> {
        self.personal.as_ref()
    }

    pub(super) fn ends(&self) -> &Ends {
        self.link.as_ref().map_or(&Ends::Unknown, |link| &link.ends)
    }

    pub(super) fn end(&self) -> Option<Timestamp> {
        self.ends().time()
    }

    /// Minutes after which a room nobody has entered is gone.
    pub(super) fn minutes(&self) -> Option<&str> {
        self.link.as_ref()?.minutes_alone()
    }
}

/// A link that is still known, and not one that also opens the host's door.
fn is_open(link: &Link, entry: &Entry) -> bool {
    let host = |other: &&Link| other.audience == Audience::Host && other.url == link.url;
    link.audience != Audience::Host && !link.url.is_empty() && !entry.links.iter().any(|l| host(&l))
}

/// An entry as its host may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    guest: Guest,
    link: Option<Link>,
}

impl Host {
    /// Nothing where there is no link at all.
    pub fn of(subject: &Subject) -> Option<Host> {
        let guest = Guest::beside(subject);
        let link = subject.entry.host_link().filter(|link| !link.url.is_empty()).cloned();
        (link.is_some() || guest.link.is_some()).then_some(Host { guest, link })
    }

    pub(super) fn guest(&self) -> &Guest {
        &self.guest
    }

    pub(super) fn link(&self) -> Option<&Link> {
        self.link.as_ref()
    }
}
