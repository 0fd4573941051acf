//! A choice in its row: radio buttons, boxes for several, or one word of many.

use ratatui::text::Span;

use crate::app::form::{Choice, Control, Stop};
use crate::domain::text::DisplayText;
use crate::ui::parts::{TextWidth, cut, width};

use super::Pen;
use super::control::Drawn;
use super::row::Columns;

/// A row of radio buttons where it fits, else the word chosen and its place.
pub fn one<'a>(pen: &Pen, stop: Stop, columns: &Columns, here: bool) -> Drawn<'a> {
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
    let left = room.saturating_sub(2);
    let mut spans = vec![
        Span::styled("▾ ", if here { pen.theme.accent() } else { pen.theme.quiet() }),
        Span::styled(cut(word.as_str(), left), style),
    ];
    if here && width(word.as_str()) + place.width() <= left {
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

pub fn boxes<'a>(
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
