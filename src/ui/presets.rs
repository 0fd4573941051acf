//! The presets of a profile: names at the left, what each is for beside them, and what the marked one holds below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::presets::{Naming, Presets};
use crate::app::spot::{Spot, Spots};
use crate::domain::text::DisplayText;

use super::parts::{clear, cut, put, rule, text, width};
use super::theme::Theme;

/// Columns of the name and of what it is for.
const NAME: u16 = 26;

pub fn draw(
    page: &Presets,
    area: Rect,
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) -> Option<Position> {
    clear(buffer, area);
    let count = page.lines.len() - 1;
    let note = if count == 1 { "1 preset".to_owned() } else { format!("{count} presets") };
    rule(buffer, area, 0, &format!("Presets for {}", DisplayText::line(&page.profile)), &note, theme);
    let cursor = page.naming.as_ref().map(|naming| name(page, naming, area, buffer, theme));
    let (top, least) = (if cursor.is_some() { 5 } else { 2 }, 6);
    let room = usize::from(area.height.saturating_sub(top + least)).max(1).min(page.lines.len());
    lines(page, (room, top), area, buffer, theme, spots);
    let below = top + u16::try_from(room).unwrap_or(0) + 1;
    if cursor.is_none() {
        values(page, below, area, buffer, theme);
    }
    cursor
}

fn lines(
    page: &Presets,
    (room, top): (usize, u16),
    area: Rect,
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) {
    let first = (page.at + 1).saturating_sub(room);
    for ((index, line), y) in page.lines.iter().enumerate().skip(first).take(room).zip(top..) {
        let here = index == page.at && page.naming.is_none();
        if here {
            text(buffer, area, (1, y), 1, "▌", theme.accent());
        }
        spots.add(super::line(area, y), Spot::Line(index));
        let name =
            line.name.as_deref().map_or_else(|| "no preset".into(), |n| DisplayText::line(n).to_string());
        let style = match (here, line.name.is_some()) {
            (true, _) => theme.strong(),
            (false, true) => theme.text(),
            (false, false) => theme.quiet(),
        };
        let mark = if line.loaded { "●" } else { "○" };
        text(buffer, area, (3, y), 1, mark, if line.loaded { theme.accent() } else { theme.quiet() });
        text(buffer, area, (5, y), NAME, &name, style);
        let mut about: Vec<&str> = Vec::new();
        about.extend(line.default.then_some("quick creation uses it"));
        about.extend((!line.operation.is_empty()).then_some(line.operation.as_str()));
        let x = 5 + NAME + 2;
        text(buffer, area, (x, y), area.width.saturating_sub(x + 1), &about.join(" · "), theme.quiet());
    }
}

/// What the marked preset holds.
fn values(page: &Presets, y: u16, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let Some(line) = page.lines.get(page.at) else { return };
    let Some(name) = &line.name else {
        rule(buffer, area, y, "No preset", "", theme);
        let words = "What the profile and the page say, nothing else.";
        text(buffer, area, (3, y + 1), area.width.saturating_sub(4), words, theme.quiet());
        return;
    };
    let many = match line.values.len() {
        1 => "1 value".to_owned(),
        n => format!("{n} values"),
    };
    rule(buffer, area, y, DisplayText::line(name).as_str(), &many, theme);
    let room = usize::from(area.height.saturating_sub(y + 1));
    for (index, ((label, value), row)) in line.values.iter().zip(y + 1..).take(room).enumerate() {
        if index + 1 == room && line.values.len() > room {
            let more = format!("… and {} more", line.values.len() - index);
            text(buffer, area, (5, row), area.width.saturating_sub(6), &more, theme.quiet());
            break;
        }
        text(buffer, area, (5, row), NAME, DisplayText::line(label).as_str(), theme.quiet());
        let x = 5 + NAME + 2;
        let value = DisplayText::line(value);
        text(buffer, area, (x, row), area.width.saturating_sub(x + 1), value.as_str(), theme.text());
    }
}

/// The line a name is typed in, and what becomes of it.
fn name(page: &Presets, naming: &Naming, area: Rect, buffer: &mut Buffer, theme: Theme) -> Position {
    let label = if naming.from.is_some() { "New name  " } else { "Save as   " };
    let room = usize::from(area.width).saturating_sub(20);
    let typed = cut(naming.typed.text(), room);
    let before = cut(&naming.typed.text()[..naming.typed.at()], room);
    let column = 3 + width(label) + width(&before);
    put(buffer, area, 3, 2, Line::from(vec![Span::styled(label, theme.quiet()), Span::raw(typed)]));
    let (words, style) = match (&naming.wrong, &naming.from) {
        (Some(wrong), _) => (wrong.clone(), theme.bad()),
        (None, Some(from)) => (format!("instead of {from}"), theme.quiet()),
        (None, None) => match page.holds {
            0 => ("holds nothing yet: only what you type goes into a preset".into(), theme.quiet()),
            1 => ("holds one value; secrets are never saved".into(), theme.quiet()),
            n => (format!("holds {n} values; secrets are never saved"), theme.quiet()),
        },
    };
    text(buffer, area, (13, 3), area.width.saturating_sub(14), DisplayText::line(&words).as_str(), style);
    let x = u16::try_from(column).unwrap_or(0).min(area.width.saturating_sub(1));
    Position::new(area.x.saturating_add(x), area.y.saturating_add(2))
}
