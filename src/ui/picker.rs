//! The list of profiles, templates or actions to choose from by typing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::picker::{Choosing, Picker};
use crate::app::spot::{Spot, Spots};

use super::parts::{put, rule, text};
use super::theme::Theme;

pub fn draw(picker: &Picker, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let note = format!("{} of {}", picker.shown.len(), picker.choices.len());
    // The words of actions are short, what is said beside them is not.
    let (title, none, prompt, beside) = match picker.choosing {
        Choosing::Profile => ("Choose a profile", "No profile holds this text.", "Name  ", 29),
        Choosing::Elsewhere(_) => {
            ("The same meeting on another profile", "No profile holds this text.", "Name  ", 18)
        }
        Choosing::Template(_) | Choosing::TemplateForMany => {
            ("Choose the message", "No template holds this text.", "Name  ", 29)
        }
        Choosing::Action => ("Choose an action", "No action holds this text.", ":", 18),
    };
    rule(buffer, area, 1, title, &note, theme);
    let typed = vec![
        Span::styled(prompt, theme.quiet()),
        Span::raw(picker.typed.text()[..picker.typed.at()].to_owned()),
        Span::styled("▏", theme.accent()),
        Span::raw(picker.typed.text()[picker.typed.at()..].to_owned()),
    ];
    put(buffer, area, 3, 3, Line::from(typed));
    let room = usize::from(area.height.saturating_sub(6));
    let top = (picker.marked + 1).saturating_sub(room.max(1));
    for ((place, index), y) in picker.shown.iter().enumerate().skip(top).take(room).zip(5..) {
        let (name, provider) = &picker.choices[*index];
        let marked = place == picker.marked;
        let style = if marked { theme.strong() } else { theme.text() };
        if marked {
            text(buffer, area, (1, y), 1, "▌", theme.accent());
        }
        spots.add(super::line(area, y), Spot::Line(place));
        text(buffer, area, (3, y), beside - 5, name.as_str(), style);
        text(buffer, area, (beside, y), area.width.saturating_sub(beside + 1), provider, theme.quiet());
    }
    if picker.shown.is_empty() {
        text(buffer, area, (3, 5), 40, none, theme.quiet());
    }
}
