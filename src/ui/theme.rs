//! Colours by meaning. Only the sixteen colours of the terminal are used, so that every theme of the user stays
//! readable; nothing is said by colour alone. Without colour (`NO_COLOR`) bold, dim and reverse carry the weight.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::entry::State;

/// The styles of everything drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    colours: bool,
}

impl Theme {
    pub fn new(colours: bool) -> Theme {
        Theme { colours }
    }

    fn colour(self, style: Style, colour: Color) -> Style {
        if self.colours { style.fg(colour) } else { style }
    }

    /// Content, in the terminal's own foreground.
    pub fn text(self) -> Style {
        Style::new()
    }

    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Labels, headings of columns, rules, notes.
    pub fn quiet(self) -> Style {
        if self.colours { Style::new().fg(Color::DarkGray) } else { Style::new().add_modifier(Modifier::DIM) }
    }

    /// The one accent: focus, and what is under way.
    pub fn accent(self) -> Style {
        self.colour(Style::new(), Color::Cyan)
    }

    /// A key in a hint.
    pub fn key(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub fn good(self) -> Style {
        self.colour(Style::new(), Color::Green)
    }

    pub fn warn(self) -> Style {
        self.colour(Style::new(), Color::Yellow)
    }

    pub fn bad(self) -> Style {
        self.colour(Style::new(), Color::Red)
    }

    /// The selected row or tab: bold, and reversed where a block is wanted.
    pub fn block(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    pub fn state(self, state: State) -> Style {
        match state {
            State::Creating => self.accent(),
            State::Live => self.good(),
            State::Ending => self.warn(),
            State::Failed => self.bad(),
            State::Maybe => self.colour(Style::new(), Color::Magenta),
            State::Ended | State::Deleted => self.quiet(),
        }
    }
}
