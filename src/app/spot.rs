//! Places on the screen that mean something to a click, and those that lead to an address. Drawing notes them down, the
//! runtime looks up the one under the pointer, and `mouse` does what it means.

use crate::config::Context;
use crate::domain::hyperlink::Hyperlink;
use crate::domain::key::Key;

use super::form::{FormAction, Stop};
use super::layout::Area;
use super::message::JobId;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A row of the list.
    Row(JobId),
    /// A tab, by the place of its profile.
    Profile(usize),
    /// A line of the list on top: choices, requests, presets, people.
    Line(usize),
    /// An answer of a question.
    Answer(usize),
    /// A word that names a key.
    Key(Key),
    /// A word that names what the form can do.
    Form(FormAction),
    /// A field of the form, or one of the choices that stand in its row.
    Field(Stop, Option<usize>),
    /// The text of a field, from a byte of it on.
    Text(Stop, usize),
    /// What is typed in a list over the fields: a row by its place, or what is looked for; from a byte of it on.
    Typed(Option<usize>, usize),
}

/// A click: where the user was when it was drawn, and what stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Click {
    pub here: Context,
    pub spot: Spot,
    /// Cells between the left edge of the place and the pointer.
    pub cells: u16,
}

/// The spots of one frame. It is kept from frame to frame, so that drawing allocates nothing for it.
#[derive(Clone, Debug, Default)]
pub struct Spots {
    here: Option<Context>,
    all: Vec<(Area, Spot)>,
    links: Vec<Hyperlink>,
}

impl Spots {
    /// A new frame begins.
    pub fn begin(&mut self, here: Context) {
        self.here = Some(here);
        self.cover();
    }

    /// What has been drawn so far is covered, or means nothing to a click now.
    pub fn cover(&mut self) {
        self.all.clear();
        self.links.clear();
    }

    /// What is added later lies above.
    pub fn add(&mut self, area: Area, spot: Spot) {
        self.all.push((area, spot));
    }

    /// Words that name a key, where that key would do something here.
    pub fn add_key(&mut self, area: Area, key: Option<Key>) {
        if let Some(key) = key {
            self.add(area, Spot::Key(key));
        }
    }

    /// Cells of a row that lead to an address, for terminals that can follow it.
    pub fn lead(&mut self, link: Hyperlink) {
        self.links.push(link);
    }

    /// Those of this frame; they are handed out once.
    pub fn take_links(&mut self) -> Vec<Hyperlink> {
        std::mem::take(&mut self.links)
    }

    /// A click on the cell at this column and row, if anything stands there.
    pub fn click(&self, x: u16, y: u16) -> Option<Click> {
        let (area, spot) = self.all.iter().rev().find(|(area, _)| area.holds(x, y))?;
        Some(Click { here: self.here?, spot: *spot, cells: x - area.x })
    }
}
