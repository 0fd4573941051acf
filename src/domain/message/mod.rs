//! Messages: from an entry and a template to the text somebody pastes into a chat. `template` reads texts with
//! placeholders, `guest` is all of an entry a guest may see, `words` knows languages and times, `format` the ways of
//! writing. A text for guests is filled from `Guest` alone, which has nothing that could open a host's door.

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

use template::{Hole, Open, Piece};
use words::Clock;

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

/// What a placeholder stands for.
enum Value {
    Link(String),
    Words(String),
}

impl Value {
    fn is_empty(&self) -> bool {
        matches!(self, Value::Link(text) | Value::Words(text) if text.is_empty())
    }
}

/// Fills the placeholders of one template from one view of an entry. What the view lacks, the text cannot hold.
struct Filler<'a, V> {
    template: &'a Template,
    view: &'a V,
    guest: &'a Guest,
    here: &'a Here<'a>,
    reveal: Reveal,
}

trait Fill<H> {
    /// `line` is the line the placeholder stands in.
    fn value(&self, hole: H, line: &[Piece<H>], parts: &Parts<H>) -> Value;
}

impl<V> Filler<'_, V> {
    fn clock(&self) -> Clock<'_> {
        let zone = self.template.zone.as_ref().unwrap_or(self.here.zone);
        let dated = self.template.format == Format::Mail;
        Clock { lang: &self.template.lang, zone, ours: self.here.zone, now: self.here.now, dated }
    }

    fn link(&self, link: Option<&super::link::Link>) -> Value {
        Value::Link(link.map_or_else(String::new, |link| match self.reveal {
            Reveal::Full => link.url.expose().to_owned(),
            Reveal::Masked => link.shown(),
        }))
    }

    fn open(&self, hole: Open, with: &[Open], has_guest_link: bool) -> Value {
        let (guest, clock) = (self.guest, self.clock());
        Value::Words(match hole {
            Open::GuestLink => return self.link(guest.link()),
            Open::PersonalLink => return self.link(guest.personal().filter(|_| !has_guest_link)),
            Open::Person => guest.person.clone(),
            Open::Code => guest.code.clone(),
            Open::Phone => guest.phone.clone(),
            Open::Starts => guest.starts.map_or_else(String::new, |at| clock.time(at)),
            Open::Ends => guest.end().map_or_else(String::new, |at| clock.time(at)),
            Open::EndsIn => guest.end().map_or_else(String::new, |at| clock.left(at)),
            Open::Zone => {
                let named = |hole: Open, at: Option<Timestamp>| at.filter(|_| with.contains(&hole));
                clock.zone(named(Open::Starts, guest.starts), named(Open::Ends, guest.end()))
            }
            Open::EndSentence => self.sentence(),
            Open::Ticket => guest.ticket.clone(),
            Open::Name => guest.name.clone(),
            Open::Agent => super::text::DisplayText::line(self.here.agent).into(),
            Open::Profile => guest.profile.clone(),
        })
    }

    /// What is said about the end: by the template itself, else in its language.
    fn sentence(&self) -> String {
        let Some(text) = self.template.sentences.of(self.guest, &self.template.lang) else {
            return String::new();
        };
        let mut said = String::new();
        for line in &text.lines {
            let holes = Text::holes(line);
            for piece in line {
                match piece {
                    Piece::Text(words) => said.push_str(words),
                    Piece::Hole(Open::EndSentence) => {}
                    Piece::Hole(hole) => match self.open(*hole, &holes, false) {
                        value if value.is_empty() => return String::new(),
                        Value::Link(text) | Value::Words(text) => said.push_str(&text),
                    },
                }
            }
        }
        said
    }
}

impl Fill<Open> for Filler<'_, Guest> {
    fn value(&self, hole: Open, line: &[Piece<Open>], parts: &Parts<Open>) -> Value {
        self.open(hole, &Text::holes(line), parts.names(Open::GuestLink))
    }
}

impl Fill<Hole> for Filler<'_, Host> {
    fn value(&self, hole: Hole, line: &[Piece<Hole>], parts: &Parts<Hole>) -> Value {
        match hole {
            Hole::HostLink => self.link(self.view.link()),
            Hole::Open(hole) => {
                let open = |hole: Hole| match hole {
                    Hole::Open(hole) => Some(hole),
                    Hole::HostLink => None,
                };
                let with: Vec<Open> = Text::holes(line).into_iter().filter_map(open).collect();
                self.open(hole, &with, parts.names(Hole::Open(Open::GuestLink)))
            }
        }
    }
}

impl<H: Copy + PartialEq> Parts<H> {
    fn names(&self, hole: H) -> bool {
        let lines = self.text.lines.iter().chain(self.subject.iter().flat_map(|subject| &subject.lines));
        lines.flatten().any(|piece| matches!(piece, Piece::Hole(known) if *known == hole))
    }

    fn fill<V>(&self, filler: &Filler<V>) -> Result<Message, Refusal>
    where
        for<'a> Filler<'a, V>: Fill<H>,
    {
        let format = filler.template.format;
        let (text, links) = self.text.fill(filler, self, format);
        if links == 0 {
            return Err(Refusal::LeftOut);
        }
        let subject = self.subject.as_ref().map(|subject| subject.fill(filler, self, Format::Plain).0);
        let subject = subject.filter(|subject| !subject.is_empty());
        Ok(Message { subject: subject.map(Secret::new), text: Secret::new(text), count: 1 })
    }
}

impl<H: Copy + PartialEq> Text<H> {
    fn holes(line: &[Piece<H>]) -> Vec<H> {
        let hole = |piece: &Piece<H>| match piece {
            Piece::Hole(hole) => Some(*hole),
            Piece::Text(_) => None,
        };
        line.iter().filter_map(hole).collect()
    }

    /// The filled text and how many links are in it. A line with an empty placeholder disappears.
    fn fill<V>(&self, filler: &Filler<V>, parts: &Parts<H>, format: Format) -> (String, usize)
    where
        for<'a> Filler<'a, V>: Fill<H>,
    {
        let mut lines: Vec<String> = Vec::new();
        let (mut links, mut gap) = (0, false);
        'lines: for line in &self.lines {
            let mut out = String::new();
            let mut here = 0;
            for piece in line {
                match piece {
                    Piece::Text(text) => out.push_str(text),
                    Piece::Hole(hole) => {
                        let value = filler.value(*hole, line, parts);
                        if value.is_empty() {
                            gap = true;
                            continue 'lines;
                        }
                        here += usize::from(matches!(value, Value::Link(_)));
                        out.push_str(&format.write(&value));
                    }
                }
            }
            // Where lines are gone, the empty one before and the empty one behind are one too many.
            let blank = out.trim().is_empty();
            if !(blank && gap && lines.last().is_none_or(|last| last.trim().is_empty())) {
                lines.push(out);
            }
            gap &= blank;
            links += here;
        }
        (lines.join("\n").trim_matches(['\n', ' ']).to_owned(), links)
    }
}

#[cfg(test)]
mod tests;
