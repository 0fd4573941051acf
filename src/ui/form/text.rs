//! A text in its row: the part of it that is seen, the cursor, what would complete it.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::form::Stop;
use crate::app::text_input::TextInput;
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;
use crate::ui::parts::{TextWidth, cut};

use super::Pen;
use super::control::{Drawn, Texts};
use super::row::Columns;
use super::window::around;

/// Lines of a text that are seen at once.
pub const TALL: usize = 4;

/// Cells a note needs at least.
const SHORT_NOTE: usize = 14;

/// Cells a text keeps when its note needs room.
const SHORT_TEXT: usize = 12;

/// Cells of a text: those of its column, more where it is longer and the note can do with less.
pub fn cells(pen: &Pen, stop: Stop, input: &TextInput, columns: &Columns) -> usize {
    let line = input.text().split('\n').nth(input.row()).unwrap_or_default();
    let wanted = head(line, columns.width).width() + 1;
    let room = columns.width.saturating_sub(columns.input);
    // a time in words is seen whole, so its text does with less where that is enough
    let echo = pen.form.problem(stop).is_none().then(|| pen.form.echo(stop)).flatten();
    let usual = columns.text.min(echo.map_or(room, |echo| room.saturating_sub(echo.width() + 2)));
    let usual = if usual < wanted.max(SHORT_TEXT) { columns.text } else { usual };
    if input.is_secret() { columns.text } else { wanted.min(room.saturating_sub(SHORT_NOTE)).max(usual) }
}

pub fn draw<'a>(pen: &Pen, stop: Stop, input: &TextInput, columns: &Columns, here: bool) -> Drawn<'a> {
    let style = if here { Style::new().add_modifier(Modifier::UNDERLINED) } else { pen.theme.text() };
    let wide = cells(pen, stop, input, columns);
    let filled = |text: String, width: usize| {
        let gap = wide.saturating_sub(width);
        let gap = if here { " ".repeat(gap) } else { String::new() };
        Line::from(Span::styled(text + &gap, style))
    };
    if input.is_secret() {
        let dots = if input.is_empty() { "" } else { MASK };
        let cursor = here.then(|| (u16::try_from(columns.input + dots.width()).unwrap_or(0), 0));
        let lines = vec![filled(dots.into(), dots.width())];
        return Drawn { lines, cursor, choices: Vec::new(), texts: None };
    }
    let first = input.row().saturating_sub(TALL - 1).min(input.rows().saturating_sub(TALL));
    let mut start = 0;
    let mut drawn = Drawn { lines: Vec::new(), cursor: None, choices: Vec::new(), texts: None };
    let mut starts = [0; TALL];
    for (row, line) in input.text().split('\n').enumerate() {
        if row >= first && drawn.lines.len() < TALL {
            starts[drawn.lines.len()] = start;
            let inside = here && (start..=start + line.len()).contains(&input.at()) && row == input.row();
            if inside {
                let seen = around(line, input.at() - start, wide);
                starts[drawn.lines.len()] = start + seen.from;
                let x = u16::try_from(columns.input).unwrap_or(0).saturating_add(seen.column);
                drawn.cursor = Some((x, u16::try_from(drawn.lines.len()).unwrap_or(0)));
                drawn.lines.push(completed(pen, seen.text, wide, style));
            } else {
                let text = cut(DisplayText::line(head(line, wide)).as_str(), wide);
                let width = text.width();
                drawn.lines.push(filled(text, width));
            }
        }
        start += line.len() + 1;
    }
    drawn.texts = Some(Texts { starts, cells: u16::try_from(wide).unwrap_or(u16::MAX) });
    drawn
}

/// The text under the cursor, and behind it what would complete it, as far as there is room.
fn completed<'a>(pen: &Pen, text: String, wide: usize, style: Style) -> Line<'a> {
    let room = wide.saturating_sub(text.width());
    let rest = pen.form.completion().map(DisplayText::line).unwrap_or_default();
    let rest = cut(rest.as_str(), room);
    let gap = " ".repeat(room.saturating_sub(rest.width()));
    let quiet = pen.theme.quiet().add_modifier(Modifier::UNDERLINED);
    let spans = match rest.is_empty() {
        true => vec![Span::styled(text + &gap, style)],
        false => vec![Span::styled(text, style), Span::styled(rest, quiet), Span::styled(gap, style)],
    };
    Line::from(spans)
}

/// Enough of a line to fill a width: cleaning and cutting need not see the rest of a long one.
fn head(line: &str, width: usize) -> &str {
    let end = line.char_indices().nth(width * 8 + 8).map_or(line.len(), |(index, _)| index);
    &line[..end]
}
