//! A template: text with placeholders, read once and checked when it is read. Placeholders are a type by audience: a
//! text for guests is made of `Open` ones, and there is no `Open` one for a host link.

use jiff::tz::TimeZone;

use super::format::Format;
use super::guest::Guest;
use super::words;
use crate::domain::link::Ends;
use crate::domain::nearest::did_you_mean;
use crate::domain::text::printable;

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Guest,
    Host,
    /// Many people at once: the text is repeated for each.
    Roster,
}

impl For {
    pub fn name(self) -> &'static str {
        match self {
            For::Guest => "guest",
            For::Host => "host",
            For::Roster => "roster",
        }
    }
}

/// What a text for guests may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    GuestLink,
    PersonalLink,
    Person,
    Code,
    Phone,
    Starts,
    Ends,
    EndsIn,
    Zone,
    EndSentence,
    Ticket,
    Name,
    Agent,
    Profile,
}

/// What a text for hosts may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hole {
    Open(Open),
    HostLink,
}

const OPEN: [(&str, Open); 14] = [
    ("guest_link", Open::GuestLink),
    ("personal_link", Open::PersonalLink),
    ("person", Open::Person),
    ("code", Open::Code),
    ("phone", Open::Phone),
    ("starts", Open::Starts),
    ("ends", Open::Ends),
    ("ends_in", Open::EndsIn),
    ("zone", Open::Zone),
    ("end_sentence", Open::EndSentence),
    ("ticket", Open::Ticket),
    ("name", Open::Name),
    ("agent", Open::Agent),
    ("profile", Open::Profile),
];
const HOST_LINK: &str = "host_link";

/// Names of all placeholders.
pub const PLACEHOLDERS: [&str; 15] = [
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
    "end_sentence",
    "ticket",
    "name",
    "agent",
    "profile",
];

/// A kind of placeholders.
pub trait Placeholder: Copy {
    /// The one of this name; the error says why a known one must not stand here.
    fn named(name: &str) -> Option<Result<Self, String>>;
}

impl Placeholder for Open {
    fn named(name: &str) -> Option<Result<Open, String>> {
        if name == HOST_LINK {
            return Some(Err("{host_link} must not stand in a template for guests".into()));
        }
        OPEN.iter().find(|(known, _)| *known == name).map(|(_, hole)| Ok(*hole))
    }
}

impl Placeholder for Hole {
    fn named(name: &str) -> Option<Result<Hole, String>> {
        match name {
            HOST_LINK => Some(Ok(Hole::HostLink)),
            _ => Open::named(name).map(|hole| hole.map(Hole::Open)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<H> {
    Text(String),
    Hole(H),
}

/// A text with placeholders, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<H> {
    pub(super) lines: Vec<Vec<Piece<H>>>,
}

impl<H: Placeholder> Text<H> {
    /// Reads a text. Errors are clauses that name the line of the text, and no part of it but known names.
    pub fn parse(text: &str) -> Result<Text<H>, Vec<String>> {
        if text.trim().is_empty() && !text.is_empty() {
            return Err(vec!["must not be empty".to_owned()]);
        }
        let (mut count, mut problems) = (0, Vec::new());
        let text = text.replace('\t', "    ");
        let lines = text.trim_end_matches(['\r', '\n']).split('\n').zip(1..);
        let lines = lines.map(|(line, number)| {
            let mut see = |name: Option<&str>| {
                count += 1;
                hole::<H>(name, count, number).map_err(|problem| problems.push(problem)).ok()
            };
            pieces(line.trim_end_matches('\r'), &mut see)
        });
        let lines = lines.collect();
        if problems.is_empty() { Ok(Text { lines }) } else { Err(problems) }
    }
}

/// A placeholder by its name; the name is missing where its brace is not closed.
fn hole<H: Placeholder>(name: Option<&str>, count: usize, line: usize) -> Result<H, String> {
    let Some(name) = name else { return Err(format!("the {{ in line {line} of the text is not closed")) };
    match H::named(name) {
        Some(hole) => hole.map_err(|reason| format!("{reason} (line {line} of the text)")),
        None => {
            let near = did_you_mean(name, PLACEHOLDERS);
            Err(format!("placeholder {count} (line {line} of the text) is not known{near}"))
        }
    }
}

/// The pieces of a line; what `see` knows nothing of is left out.
fn pieces<H: Placeholder>(line: &str, see: &mut impl FnMut(Option<&str>) -> Option<H>) -> Vec<Piece<H>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('{') {
        pieces.push(Piece::Text(printable(before)));
        let closed = behind.split_once('}').filter(|(name, _)| !name.contains('{'));
        pieces.extend(see(closed.map(|(name, _)| name)).map(Piece::Hole));
        rest = closed.map_or(behind, |(_, after)| after);
    }
    pieces.push(Piece::Text(printable(rest)));
    pieces
}

/// Subject and text; only e-mails have a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<H> {
    pub subject: Option<Text<H>>,
    pub text: Text<H>,
}

/// The text, by whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Guest(Parts<Open>),
    Host(Parts<Hole>),
    Roster(Parts<Open>),
}

impl Body {
    /// Reads the text of a message. Errors are clauses with the key they belong to.
    pub fn parse(audience: For, subject: Option<&str>, text: &str) -> Result<Body, Vec<Slip>> {
        Ok(match audience {
            For::Guest => Body::Guest(parts(subject, text)?),
            For::Host => Body::Host(parts(subject, text)?),
            For::Roster => Body::Roster(parts(subject, text)?),
        })
    }
}

/// A key of a template, and what is wrong with its text.
pub type Slip = (&'static str, String);

fn parts<H: Placeholder>(subject: Option<&str>, text: &str) -> Result<Parts<H>, Vec<Slip>> {
    let of = |key| move |reasons: Vec<String>| reasons.into_iter().map(|reason| (key, reason)).collect();
    let subject: Result<_, Vec<Slip>> = subject.map(Text::parse).transpose().map_err(of("subject"));
    match (subject, Text::parse(text).map_err(of("text"))) {
        (Ok(subject), Ok(text)) => Ok(Parts { subject, text }),
        (subject, text) => Err([subject.err(), text.err()].into_iter().flatten().flatten().collect()),
    }
}

/// Sentences about the end, by its kind, where the template brings its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentences {
    pub hard: Option<Text<Open>>,
    pub soft: Option<Text<Open>>,
    pub event: Option<Text<Open>>,
    pub unknown: Option<Text<Open>>,
}

impl Sentences {
    pub(super) fn of(&self, guest: &Guest, lang: &str) -> Option<Text<Open>> {
        let own = match guest.ends() {
            Ends::At { hard: true, .. } => &self.hard,
            Ends::At { hard: false, .. } => &self.soft,
            Ends::Event => &self.event,
            Ends::Unknown => &self.unknown,
        };
        own.clone().or_else(|| Text::parse(&words::sentence(lang, guest.ends(), guest.minutes())?).ok())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub format: Format,
    /// `de`, `pt-BR`.
    pub lang: String,
    /// The zone of who reads it; that of who writes where there is none.
    pub zone: Option<TimeZone>,
    pub sentences: Sentences,
    pub body: Body,
}

impl Template {
    pub fn audience(&self) -> For {
        match self.body {
            Body::Guest(_) => For::Guest,
            Body::Host(_) => For::Host,
            Body::Roster(_) => For::Roster,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_placeholders_that_are_known_and_fitting() {
        let guest = |text| Text::<Open>::parse(text).err().unwrap_or_default().join("; ");
        assert_eq!(guest("Hallo: {guest_link}\nbis {ends} ({zone})"), "");
        assert!(guest("{host_link}").contains("must not stand"));
        let all = guest("{a}\nb {host_link}\n{c} {guest_link} {d");
        let places =
            ["placeholder 1 (line 1", "guests (line 2", "placeholder 3 (line 3", "in line 3 of the text"];
        assert!(places.iter().all(|place| all.contains(place)) && all.matches("; ").count() == 3, "{all}");
        assert!(Text::<Hole>::parse("{host_link}").is_ok());
        assert!(
            guest("a\n{gest_link}").contains("line 2 of the text) is not known, did you mean `guest_link`")
        );
        assert!(guest("{guest_link").contains("not closed"));
        assert!(guest("{guest_link\n}").contains("not closed"));
        assert!(guest("{{guest_link}}").contains("not closed"));
    }

    #[test]
    fn the_names_of_placeholders_stand_in_one_place() {
        for name in PLACEHOLDERS {
            assert!(Hole::named(name).is_some_and(|hole| hole.is_ok()), "{name}");
        }
        assert_eq!(OPEN.len() + 1, PLACEHOLDERS.len());
    }
}
