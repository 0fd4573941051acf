//! A link and what is known of it: whom it is for, how often it can be used, how it ends and how we know.

use jiff::Timestamp;
use serde::Deserialize;

use super::secret::{MASK, Secret};

/// Whom a link is for. A personal link whose holder is host, moderator or admin has audience host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    Guest,
    Host,
    Personal,
}

impl Audience {
    pub fn name(self) -> &'static str {
        match self {
            Audience::Guest => "guest",
            Audience::Host => "host",
            Audience::Personal => "personal",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reuse {
    Many,
    Once,
}

impl Reuse {
    pub fn name(self) -> &'static str {
        match self {
            Reuse::Many => "many",
            Reuse::Once => "once",
        }
    }
}

/// How we know when a link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The provider's answer said so.
    Server,
    /// Read from the token in the link.
    Token,
    /// Computed from what we sent.
    Computed,
    Documented,
    Assumed,
}

impl Source {
    pub fn name(self) -> &'static str {
        match self {
            Source::Server => "server",
            Source::Token => "token",
            Source::Computed => "computed",
            Source::Documented => "documented",
            Source::Assumed => "assumed",
        }
    }
}

/// How a link ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ends {
    /// At a time; `hard` is refused afterwards, else the room closes some time after.
    At {
        time: Timestamp,
        hard: bool,
    },
    /// At an event only.
    Event,
    Unknown,
}

impl Ends {
    pub fn name(&self) -> &'static str {
        match self {
            Ends::At { hard: true, .. } => "hard",
            Ends::At { hard: false, .. } => "soft",
            Ends::Event => "event",
            Ends::Unknown => "unknown",
        }
    }

    pub fn time(&self) -> Option<Timestamp> {
        match self {
            Ends::At { time, .. } => Some(*time),
            Ends::Event | Ends::Unknown => None,
        }
    }
}

/// One link of an entry. The address is kept as a secret whatever its audience: only copy, reveal and the command
/// line's output open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The page's id of it: `guest`, `host`, `viewer` …
    pub id: String,
    pub label: String,
    pub url: Secret,
    pub audience: Audience,
    pub reuse: Reuse,
    pub secret: bool,
    pub ends: Ends,
    pub source: Source,
    /// The event, or what follows the end: "when the meeting ends".
    pub note: Option<String>,
    /// Why this is not an ordinary link; copying asks first.
    pub warning: Option<String>,
}

impl Link {
    /// The address as lists, details and `links` show it: in full, or with the credential hidden.
    pub fn shown(&self) -> String {
        if self.url.is_empty() {
            return String::new();
        }
        if self.secret { masked(self.url.expose()) } else { self.url.expose().to_owned() }
    }

    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.ends.time().is_some_and(|end| end <= now)
    }

    /// The person it is for, as its label says it: "Personal link (Ms Oshafi)".
    pub fn person(&self) -> Option<&str> {
        let (_, person) = self.label.split_once(" (")?;
        person.strip_suffix(')')
    }

    /// Minutes after which a room nobody has joined is gone: the number in "if nobody joins within 5 min".
    pub fn minutes_alone(&self) -> Option<&str> {
        let (before, _) = self.note.as_deref()?.split_once(" min")?;
        let digits = before.rsplit(' ').next()?;
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
    }
}

/// Host and path stay, what follows `?` is hidden; the name of a lone parameter stays as well.
fn masked(url: &str) -> String {
    match url.split_once('?') {
        None => match url.rsplit_once('/') {
            Some((stem, last)) if stem.contains("://") && !last.is_empty() => format!("{stem}/{MASK}"),
            _ => MASK.into(),
        },
        Some((stem, query)) => match query.split_once('=') {
            Some((name, _)) if !query.contains('&') => format!("{stem}?{name}={MASK}"),
            _ => format!("{stem}?{MASK}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_notes_say_who_and_how_long() {
        let link = |label: &str, note: &str| Link {
            id: "guest".into(),
            label: label.into(),
            url: Secret::new("https://x.example"),
            audience: Audience::Guest,
            reuse: Reuse::Many,
            secret: false,
            ends: Ends::Event,
            source: Source::Documented,
            note: Some(note.into()),
            warning: None,
        };
        let known = link("Guest link (Ana (IT))", "if nobody joins within 5 min; else later");
        assert_eq!((known.person(), known.minutes_alone()), (Some("Ana (IT)"), Some("5")));
        let unknown = link("Guest link", "when the meeting ends");
        assert_eq!((unknown.person(), unknown.minutes_alone()), (None, None));
    }

    #[test]
    fn credentials_are_dots_of_fixed_length() {
        assert_eq!(masked("https://a.example/r?roomKey=eyJ"), "https://a.example/r?roomKey=••••••••");
        assert_eq!(masked("https://b.example/join?a=1&checksum=2"), "https://b.example/join?••••••••");
        assert_eq!(masked("https://c.example/secret"), "https://c.example/••••••••");
        assert_eq!(masked("c"), "••••••••");
    }
}
