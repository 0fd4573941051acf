//! The list of profiles or templates to choose from by typing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::picker::{Choosing, Picker};

use super::parts::{put, rule, text};
use super::theme::Theme;

pub fn draw(picker: &Picker, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let note = format!("{} of {}", picker.shown.len(), picker.choices.len());
    let (title, none) = match picker.choosing {
        Choosing::Profile => ("Choose a profile", "No profile holds this text."),
        Choosing::Template(_) => ("Choose the message", "No template holds this text."),
    };
    rule(buffer, area, 1, title, &note, theme);
    let typed = vec![
        Span::styled("Name  ", theme.quiet()),
        Span::raw(picker.typed.text().to_owned()),
        Span::styled("▏", theme.accent()),
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
        text(buffer, area, (3, y), 24, name.as_str(), style);
        text(buffer, area, (29, y), area.width.saturating_sub(30), provider, theme.quiet());
    }
    if picker.shown.is_empty() {
        text(buffer, area, (3, 5), 40, none, theme.quiet());
    }
}
