//! What a field is filled with: a text with its cursor, a row of choices, or a summary of what a list holds.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::app::form::{Choice, Control, Stop};
use crate::app::text_input::TextInput;
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;
use crate::ui::parts::cut;

use super::Pen;
use super::row::Columns;
use super::window::around;

/// Lines of a text that are seen at once.
const TALL: usize = 4;

/// Cells a note needs at least.
const SHORT_NOTE: usize = 14;

/// Cells a text keeps when its note needs room.
const SHORT_TEXT: usize = 12;

/// The finished lines, and the cursor in them: column of the area, line.
pub struct Drawn<'a> {
    pub lines: Vec<Line<'a>>,
    pub cursor: Option<(u16, u16)>,
    /// Column and cells of each choice that stands in the line.
    pub choices: Vec<(u16, u16)>,
}

impl<'a> Drawn<'a> {
    fn line(spans: Vec<Span<'a>>, cursor: Option<usize>) -> Drawn<'a> {
        let cursor = cursor.map(|x| (u16::try_from(x).unwrap_or(u16::MAX), 0));
        Drawn { lines: vec![Line::from(spans)], cursor, choices: Vec::new() }
    }
}

pub fn height(pen: &Pen, stop: Stop) -> u16 {
    let rows = pen.form.text_at(stop).map_or(1, |text| text.rows().min(TALL));
    u16::try_from(rows).unwrap_or(1)
}

/// Cells a control takes, for placing the note beside it.
pub fn width(pen: &Pen, stop: Stop, columns: &Columns) -> usize {
    if let Some(input) = pen.form.text_at(stop) {
        return cells(pen, stop, input, columns);
    }
    draw(pen, stop, columns, false).lines.first().map_or(0, Line::width)
}

pub fn draw<'a>(pen: &Pen, stop: Stop, columns: &Columns, here: bool) -> Drawn<'a> {
    if let Some(input) = pen.form.text_at(stop) {
        return text(pen, stop, input, columns, here);
    }
    match stop {
        Stop::Advanced | Stop::Group(_) => return heading(pen, stop, here),
        Stop::Field(index) => {
            if let Some((_, _, state)) = pen.form.field(index) {
                match &state.control {
                    Control::Many { chosen, at } if !pen.form.has_many(stop) => {
                        return boxes(pen, stop, chosen, *at, columns, here);
                    }
                    Control::Many { chosen, .. } => return summary(pen, chosen, columns, here),
                    Control::Items(items) => return summary(pen, items, columns, here),
                    Control::Rows(rows) => {
                        let rows: Vec<String> = rows.iter().map(|(n, v)| format!("{n} = {v}")).collect();
                        return summary(pen, &rows, columns, here);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
    one(pen, stop, columns, here)
}

/// Cells of a text: those of its column, more where it is longer and the note can do with less.
fn cells(pen: &Pen, stop: Stop, input: &TextInput, columns: &Columns) -> usize {
    let line = input.text().split('\n').nth(input.row()).unwrap_or_default();
    let wanted = head(line, columns.width).width() + 1;
    let room = columns.width.saturating_sub(columns.input);
    // a time in words is seen whole, so its text does with less where that is enough
    let echo = pen.form.problem(stop).is_none().then(|| pen.form.echo(stop)).flatten();
    let usual = columns.text.min(echo.map_or(room, |echo| room.saturating_sub(echo.width() + 2)));
    let usual = if usual < wanted.max(SHORT_TEXT) { columns.text } else { usual };
    if input.is_secret() { columns.text } else { wanted.min(room.saturating_sub(SHORT_NOTE)).max(usual) }
}

fn text<'a>(pen: &Pen, stop: Stop, input: &TextInput, columns: &Columns, here: bool) -> Drawn<'a> {
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
        return Drawn { lines, cursor, choices: Vec::new() };
    }
    let first = input.row().saturating_sub(TALL - 1).min(input.rows().saturating_sub(TALL));
    let mut start = 0;
    let mut drawn = Drawn { lines: Vec::new(), cursor: None, choices: Vec::new() };
    for (row, line) in input.text().split('\n').enumerate() {
        if row >= first && drawn.lines.len() < TALL {
            let inside = here && (start..=start + line.len()).contains(&input.at()) && row == input.row();
            if inside {
                let seen = around(line, input.at() - start, wide);
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

/// A row of radio buttons where it fits, else the word chosen and its place.
fn one<'a>(pen: &Pen, stop: Stop, columns: &Columns, here: bool) -> Drawn<'a> {
    let choices = pen.form.choices(stop);
    let chosen = pen.form.chosen(stop, &choices);
    let cells: usize = choices.iter().map(|choice| choice.label.width() + 2).sum();
    let room = columns.width.saturating_sub(columns.input);
    let in_row = !pen.form.has_many(stop) && cells + 3 * choices.len().saturating_sub(1) <= room;
    if in_row {
        return radio(pen, &choices, chosen, columns, here);
    }
    let typed = match stop {
        Stop::Field(index) => pen.form.field(index).and_then(|(_, _, state)| match &state.control {
            Control::One(value) => value.clone(),
            _ => None,
        }),
        _ => None,
    };
    let label = chosen.and_then(|at| choices.get(at)).map(|choice| choice.label.clone());
    let word = DisplayText::line(&label.or(typed).unwrap_or_default());
    let style = match chosen.and_then(|at| choices.get(at)) {
        Some(Choice { value: None, .. }) => pen.theme.quiet(),
        _ if here => pen.theme.strong(),
        _ => pen.theme.text(),
    };
    let place = match chosen {
        Some(at) => format!("  {} of {}", at + 1, choices.len()),
        None => format!("  {} choices", choices.len()),
    };
    let mut spans = vec![
        Span::styled("▾ ", if here { pen.theme.accent() } else { pen.theme.quiet() }),
        Span::styled(cut(word.as_str(), room.saturating_sub(place.width() + 2)), style),
    ];
    if here {
        spans.push(Span::styled(place, pen.theme.quiet()));
    }
    Drawn::line(spans, here.then_some(columns.input))
}

fn radio<'a>(
    pen: &Pen,
    choices: &[Choice],
    chosen: Option<usize>,
    columns: &Columns,
    here: bool,
) -> Drawn<'a> {
    let mut spans = Vec::new();
    let mut places = Vec::with_capacity(choices.len());
    let mut cursor = columns.input;
    let mut x = columns.input;
    for (index, choice) in choices.iter().enumerate() {
        if index > 0 {
            spans.push(Span::raw("   "));
            x += 3;
        }
        let on = chosen == Some(index);
        if on {
            cursor = x;
        }
        let label = DisplayText::line(&choice.label);
        let style = match (on, &choice.value) {
            (true, _) if here => pen.theme.strong(),
            (_, None) => pen.theme.quiet(),
            _ => pen.theme.text(),
        };
        spans.push(match on {
            true => Span::styled("● ", if choice.value.is_some() { pen.theme.accent() } else { style }),
            false => Span::styled("○ ", pen.theme.quiet()),
        });
        places.push(place(x, 2 + label.width()));
        x += 2 + label.width();
        spans.push(Span::styled(label.to_string(), style));
    }
    Drawn { choices: places, ..Drawn::line(spans, here.then_some(cursor)) }
}

fn boxes<'a>(
    pen: &Pen,
    stop: Stop,
    chosen: &[String],
    at: usize,
    columns: &Columns,
    here: bool,
) -> Drawn<'a> {
    let choices = pen.form.choices(stop);
    let mut spans = Vec::new();
    let mut places = Vec::with_capacity(choices.len());
    let (mut x, mut cursor) = (columns.input, columns.input);
    for (index, choice) in choices.iter().enumerate() {
        if index > 0 {
            spans.push(Span::raw("   "));
            x += 3;
        }
        let on = choice.value.as_ref().is_some_and(|word| chosen.contains(word));
        if index == at {
            cursor = x;
        }
        let style = if here && index == at { pen.theme.strong() } else { pen.theme.text() };
        spans.push(match on {
            true => Span::styled("■ ", pen.theme.accent()),
            false => Span::styled("□ ", pen.theme.quiet()),
        });
        places.push(place(x, 2 + choice.label.width()));
        x += 2 + choice.label.width();
        spans.push(Span::styled(choice.label.clone(), style));
    }
    // what is not among the choices stands behind them, so that it can be seen and mended
    for word in chosen.iter().filter(|word| !choices.iter().any(|c| c.value.as_ref() == Some(word))) {
        spans.push(Span::styled(format!("   {}", DisplayText::line(word)), pen.theme.bad()));
    }
    Drawn { choices: places, ..Drawn::line(spans, here.then_some(cursor)) }
}

fn place(x: usize, cells: usize) -> (u16, u16) {
    (u16::try_from(x).unwrap_or(u16::MAX), u16::try_from(cells).unwrap_or(0))
}

/// "3: chat, polls, timer".
fn summary<'a>(pen: &Pen, items: &[String], columns: &Columns, here: bool) -> Drawn<'a> {
    let arrow = Span::styled("▾ ", if here { pen.theme.accent() } else { pen.theme.quiet() });
    let text = match items.len() {
        0 => Span::styled("none", pen.theme.quiet()),
        count => {
            let words = format!("{count}: {}", DisplayText::line(&items.join(", ")));
            let style = if here { pen.theme.strong() } else { pen.theme.text() };
            Span::styled(cut(&words, columns.text.saturating_sub(2)), style)
        }
    };
    Drawn::line(vec![arrow, text], here.then_some(columns.input))
}

fn heading<'a>(pen: &Pen, stop: Stop, here: bool) -> Drawn<'a> {
    let open = pen.form.open_groups();
    let style = if here { pen.theme.strong() } else { pen.theme.text() };
    let arrow = |open: bool| Span::styled(if open { "▾ " } else { "▸ " }, pen.theme.quiet());
    let Stop::Group(group) = stop else {
        if pen.form.shows_only_set() {
            let words = Span::styled("Only what is filled in or needed", style);
            return Drawn::line(vec![arrow(true), words], here.then_some(2));
        }
        let (set, left) = pen.form.advanced_counts();
        let spans = vec![
            arrow(open.is_some()),
            Span::styled("Advanced: ", style),
            Span::styled(format!("{set} set, {left} at the provider's default"), pen.theme.quiet()),
        ];
        return Drawn::line(spans, here.then_some(2));
    };
    let (title, set, all) = pen.form.group(group).unwrap_or_default();
    let is_open =
        pen.form.shows_only_set() || open.is_some_and(|open| open.iter().any(|known| known == title));
    let count = if set == 0 { format!("  {all}") } else { format!("  {set} set of {all}") };
    let spans = vec![
        arrow(is_open),
        Span::styled(title.to_owned(), pen.theme.strong()),
        Span::styled(count, pen.theme.quiet()),
    ];
    Drawn::line(spans, here.then_some(2))
}
