//! Where things stand at a size of the terminal. Both sides need it: `update` to scroll, `crate::ui` to draw.

/// Below this size only a polite note is drawn.
pub const SMALLEST: (u16, u16) = (60, 15);

/// Columns and rows of a part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    /// Whether the cell at this column and row belongs to it.
    pub fn holds(&self, x: u16, y: u16) -> bool {
        let inside = |at: u16, from: u16, length: u16| at >= from && at - from < length;
        inside(x, self.x, self.width) && inside(y, self.y, self.height)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Details under the list.
    Narrow,
    /// Details beside the list.
    Wide,
    /// Profiles, list and details side by side.
    Full,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub shape: Shape,
    pub too_small: bool,
    pub header: Area,
    /// Empty where the profiles have a column of their own.
    pub tabs: Area,
    pub profiles: Area,
    /// Rule, headings and rows.
    pub list: Area,
    pub details: Area,
    /// Everything between header and footer, for pages over the list.
    pub body: Area,
    /// The rule above it, the message and the keys.
    pub footer: Area,
}

impl Layout {
    /// A form needs more room than details do; with three columns it gets it from the list.
    pub fn of((width, height): (u16, u16), form: bool) -> Layout {
        let too_small = width < SMALLEST.0 || height < SMALLEST.1;
        let shape = match width {
            0..100 => Shape::Narrow,
            100..140 => Shape::Wide,
            _ => Shape::Full,
        };
        // A form that covers the body has a rule and a message line of its own.
        let foot = match (shape, height) {
            (Shape::Narrow | Shape::Wide, _) if form => 1,
            (Shape::Narrow, 20..) => 4,
            _ => 3,
        };
        let at = |x, y, width, height| Area { x, y, width, height };
        let footer = at(0, height.saturating_sub(foot), width, foot.min(height));
        let body = at(0, 1, width, height.saturating_sub(1 + foot));
        let mut layout = Layout {
            shape,
            too_small,
            header: at(0, 0, width, 1.min(height)),
            tabs: Area::default(),
            profiles: Area::default(),
            list: Area::default(),
            details: Area::default(),
            body,
            footer,
        };
        layout.panes(width, body.height, form);
        layout
    }

    fn panes(&mut self, width: u16, body: u16, form: bool) {
        let at = |x, y, width, height| Area { x, y, width, height };
        match self.shape {
            Shape::Narrow => {
                let rest = body.saturating_sub(1);
                let details = share(rest, 2, 5).max(4).min(rest);
                self.tabs = at(0, 1, width, 1);
                self.list = at(0, 2, width, rest - details);
                self.details = at(0, 2 + rest - details, width, details);
            }
            Shape::Wide => {
                let rest = body.saturating_sub(2);
                let details = width / 3;
                self.tabs = at(0, 1, width, 1);
                self.list = at(0, 3, width - details - 2, rest);
                self.details = at(width - details, 3, details, rest);
            }
            Shape::Full => {
                let rest = body.saturating_sub(1);
                let profiles = 18;
                let details = match form {
                    true => width - profiles - 4 - 62 - (width - 140) / 4,
                    false => share(width, 5, 16).max(46),
                };
                self.profiles = at(0, 2, profiles, rest);
                self.list = at(profiles + 2, 2, width.saturating_sub(profiles + details + 4), rest);
                self.details = at(width - details, 2, details, rest);
            }
        }
    }

    /// Rows of entries that can be seen.
    pub fn list_height(&self) -> usize {
        usize::from(self.list.height.saturating_sub(2))
    }

    pub fn is_wide(&self) -> bool {
        self.shape != Shape::Narrow
    }

    /// Day and time stand in the header.
    pub fn has_clock(&self) -> bool {
        self.is_wide() && !self.too_small
    }
}

/// So many parts of a whole: `part / of` of it, for whatever width a terminal claims to have.
fn share(whole: u16, part: u16, of: u16) -> u16 {
    (u32::from(whole) * u32::from(part) / u32::from(of)) as u16
}
