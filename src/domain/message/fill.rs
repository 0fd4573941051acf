//! Filling the placeholders of a text from one view of an entry. What the view lacks, the text cannot hold, and a line
//! in which something is lacking disappears.

use jiff::Timestamp;

use crate::domain::entry_json::Reveal;
use crate::domain::link::Link;
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;

use super::template::{Hole, Open, Parts, Piece, Template, Text};
use super::words::Clock;
use super::{Format, Guest, Here, Host, Message, Refusal};

/// What a placeholder stands for.
pub(super) enum Value {
    Link(String),
    Words(String),
}

impl Value {
    fn is_empty(&self) -> bool {
        matches!(self, Value::Link(text) | Value::Words(text) if text.is_empty())
    }
}

/// Fills the placeholders of one template from one view of an entry. What the view lacks, the text cannot hold.
pub(super) struct Filler<'a, V> {
    pub template: &'a Template,
    pub view: &'a V,
    pub guest: &'a Guest,
    pub here: &'a Here<'a>,
    pub reveal: Reveal,
}

pub(super) trait Fill<H> {
    /// `line` is the line the placeholder stands in.
    fn value(&self, hole: H, line: &[Piece<H>], parts: &Parts<H>) -> Value;
}

impl<V> Filler<'_, V> {
    fn clock(&self) -> Clock<'_> {
        let zone = self.template.zone.as_ref().unwrap_or(self.here.zone);
        let dated = self.template.format == Format::Mail;
        Clock { lang: &self.template.lang, zone, ours: self.here.zone, now: self.here.now, dated }
    }

    fn link(&self, link: Option<&Link>) -> Value {
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
            Open::Agent => DisplayText::line(self.here.agent).into(),
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

    pub(super) fn fill<V>(&self, filler: &Filler<V>) -> Result<Message, Refusal>
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
