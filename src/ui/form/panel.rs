//! What is open over the fields: choices, written rows, or fields that were found.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::form::{Answer, Control, FormAction, Panel, PanelKind, Stop};
use crate::app::layout::Area;
use crate::app::spot::{Spot, Spots};
use crate::app::text_input::TextInput;
use crate::domain::text::DisplayText;
use crate::ui::parts::{TextWidth, cells, chop, count, cut, hints};

use super::Pen;
use super::fields::{Block, Content};
use super::window::{around, wrap};

/// The column of the text typed, behind its label.
const TYPED: usize = 9;

/// The column of a row that is written in.
const WRITTEN: u16 = 4;

/// The name of what is open.
pub fn title(pen: &Pen) -> String {
    match pen.form.panel() {
        Some(Panel { kind: PanelKind::Find, .. }) => "Find a field".into(),
        Some(Panel { kind: PanelKind::Request { .. }, .. }) => "Request, secrets hidden".into(),
        Some(Panel { kind: PanelKind::Ask { answer: Answer::Fill { .. }, .. }, .. }) => "Paste".into(),
        Some(Panel { stop: Stop::Field(index), .. }) => {
            pen.form.field(*index).map_or(String::new(), |(_, field, _)| field.label.clone())
        }
        _ => "Operation".into(),
    }
}

pub fn blocks(pen: &Pen, panel: &Panel) -> Vec<Block> {
    let block =
        |line: Line<'static>| Block { content: Content::Line(line, None, None), height: 1, here: false };
    if let PanelKind::Rows { rows, .. } = &panel.kind {
        let written = |(index, text): (usize, &TextInput)| {
            let here = index == panel.at;
            let (line, column, from) = written(pen, text, here);
            let spot = (WRITTEN, Spot::Typed(Some(index), from));
            Block { content: Content::Line(line, here.then_some(column), Some(spot)), height: 1, here }
        };
        return rows.iter().enumerate().map(written).collect();
    }
    if let PanelKind::Request { lines } = &panel.kind {
        return lines
            .iter()
            .enumerate()
            .flat_map(|(at, line)| request(pen, line, (at, at == panel.at)))
            .collect();
    }
    let mut blocks = match &panel.kind {
        PanelKind::Ask { question, .. } => {
            let lines = wrap(question, usize::from(pen.width).saturating_sub(4));
            let line = |text: String| Line::styled(format!("  {text}"), pen.theme.strong());
            lines.into_iter().map(|text| block(line(text))).collect()
        }
        _ => {
            let (line, column, from) = query(pen, &panel.query);
            let spot = (count(TYPED), Spot::Typed(None, from));
            vec![Block { content: Content::Line(line, Some(column), Some(spot)), height: 1, here: false }]
        }
    };
    let entries = entries(pen, panel);
    if entries.is_empty() {
        blocks.push(block(Line::styled("    nothing fits", pen.theme.quiet())));
    }
    let row = |(at, line)| {
        let content = Content::Line(line, None, Some((0, Spot::Line(at))));
        Block { content, height: 1, here: at == panel.at }
    };
    blocks.extend(entries.into_iter().enumerate().map(row));
    blocks
}

/// A line of the requests, over as many rows as it takes.
fn request(pen: &Pen, line: &str, (at, here): (usize, bool)) -> Vec<Block> {
    let text = DisplayText::line(line);
    let parts = chop(text.as_str(), usize::from(pen.width).saturating_sub(5));
    let bar = |first: bool| match (here, first) {
        (true, true) => Span::styled("▌ ", pen.theme.accent()),
        _ => Span::raw("  "),
    };
    let style = if here { pen.theme.strong() } else { pen.theme.text() };
    let row = |(nth, part): (usize, String)| {
        let indent = if nth == 0 { "" } else { " " };
        let line = Line::from(vec![bar(nth == 0), Span::styled(format!("{indent}{part}"), style)]);
        let content = Content::Line(line, None, Some((0, Spot::Line(at))));
        Block { content, height: 1, here: here && nth == 0 }
    };
    parts.into_iter().enumerate().map(row).collect()
}

/// The line, the column of the cursor, and the byte of the text that is seen first.
fn query(pen: &Pen, input: &TextInput) -> (Line<'static>, u16, usize) {
    let width = usize::from(pen.width).saturating_sub(TYPED + 2);
    let seen = around(input.text(), input.at(), width.min(40));
    let column = u16::try_from(TYPED).unwrap_or(0).saturating_add(seen.column);
    let gap = width.min(40).saturating_sub(seen.text.width());
    let typed = Span::styled(seen.text + &" ".repeat(gap), Style::new().add_modifier(Modifier::UNDERLINED));
    (Line::from(vec![Span::styled("  Find   ", pen.theme.quiet()), typed]), column, seen.from)
}

/// The same for a row that is written in.
fn written(pen: &Pen, input: &TextInput, here: bool) -> (Line<'static>, u16, usize) {
    let width = usize::from(pen.width).saturating_sub(8);
    let at = if here { input.at() } else { 0 };
    let seen = around(input.text(), at, width);
    let (bar, style) = match here {
        true => (Span::styled("▌   ", pen.theme.accent()), Style::new().add_modifier(Modifier::UNDERLINED)),
        false => (Span::raw("    "), pen.theme.text()),
    };
    let gap = if here { width.saturating_sub(seen.text.width()) } else { 0 };
    let line = Line::from(vec![bar, Span::styled(seen.text + &" ".repeat(gap), style)]);
    (line, WRITTEN + seen.column, seen.from)
}

fn entries(pen: &Pen, panel: &Panel) -> Vec<Line<'static>> {
    let bar = |here: bool| match here {
        true => Span::styled("▌ ", pen.theme.accent()),
        false => Span::raw("  "),
    };
    let style = |here: bool| if here { pen.theme.strong() } else { pen.theme.text() };
    if matches!(panel.kind, PanelKind::Find) {
        let found = pen.form.found(panel.query.text());
        let line = |(at, found): (usize, &crate::app::form::Found)| {
            let here = at == panel.at;
            let label = cut(&found.label, 30);
            let gap = " ".repeat(32usize.saturating_sub(label.width()));
            let place = if found.group.is_empty() { String::new() } else { format!("{} · ", found.group) };
            let about = Span::styled(format!("{place}{}", found.name), pen.theme.quiet());
            Line::from(vec![bar(here), Span::raw("  "), Span::styled(label + &gap, style(here)), about])
        };
        return found.iter().enumerate().map(line).collect();
    }
    let chosen = chosen(pen, panel);
    let several = matches!(panel.kind, PanelKind::Several { .. });
    let line = |(at, choice): (usize, &&crate::app::form::Choice)| {
        let here = at == panel.at;
        let on = chosen.contains(&choice.value);
        let mark = match (several, on) {
            (true, true) => Span::styled("■ ", pen.theme.accent()),
            (true, false) => Span::styled("□ ", pen.theme.quiet()),
            (false, true) => Span::styled("● ", pen.theme.accent()),
            (false, false) => Span::styled("○ ", pen.theme.quiet()),
        };
        let label = DisplayText::line(&choice.label).to_string();
        Line::from(vec![bar(here), Span::raw("  "), mark, Span::styled(label, style(here))])
    };
    panel.shown().iter().enumerate().map(line).collect()
}

/// What is chosen at present.
fn chosen(pen: &Pen, panel: &Panel) -> Vec<Option<String>> {
    let state = match panel.stop {
        Stop::Field(index) => pen.form.field(index).map(|(_, _, state)| &state.control),
        _ => return vec![Some(pen.form.operation().to_owned())],
    };
    match state {
        Some(Control::One(value)) => vec![value.clone()],
        Some(Control::Many { chosen, .. }) => chosen.iter().cloned().map(Some).collect(),
        _ => Vec::new(),
    }
}

/// What the keys do here, each with its word; the first of rows of pairs only says how they are written.
fn words(panel: &Panel) -> Vec<(Option<FormAction>, &'static str)> {
    use FormAction::{ClosePicker, Mark, NextChoice, Pick};
    let words: &[(FormAction, &str)] = match &panel.kind {
        PanelKind::One { .. } | PanelKind::Ask { .. } => {
            &[(Pick, "choose"), (ClosePicker, "leave as it was")]
        }
        PanelKind::Several { .. } => {
            &[(Mark, "mark"), (Pick, "take what is marked"), (ClosePicker, "leave as it was")]
        }
        PanelKind::Rows { .. } => &[(NextChoice, "next row"), (Pick, "done")],
        PanelKind::Find => &[(Pick, "go there"), (ClosePicker, "stay here")],
        PanelKind::Request { .. } => &[(NextChoice, "down"), (Pick, "copy as curl"), (ClosePicker, "back")],
    };
    let pairs = matches!(panel.kind, PanelKind::Rows { pairs: true, .. });
    let how = pairs.then_some((None, "one per row"));
    how.into_iter().chain(words.iter().map(|(action, word)| (Some(*action), *word))).collect()
}

fn key(pen: &Pen, action: Option<FormAction>) -> String {
    action.map_or_else(|| "name = value".into(), |action| (pen.keys)(action))
}

/// The line that says what the keys do here.
pub fn help<'a>(pen: &Pen, panel: &Panel) -> Line<'a> {
    let pairs: Vec<(String, &str)> =
        words(panel).into_iter().map(|(action, word)| (key(pen, action), word)).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(key, word)| (key.as_str(), *word)).collect();
    let mut line = hints(&pairs, pen.theme);
    line.spans.insert(0, Span::raw(" "));
    line
}

/// Notes down where that line stands: a word acts as its key.
pub fn help_spots(pen: &Pen, panel: &Panel, mut place: Area, spots: &mut Spots) {
    place.x = place.x.saturating_add(1);
    for (action, word) in words(panel) {
        place.width = cells(&key(pen, action)) + 1 + cells(word);
        if let Some(action) = action {
            spots.add(place, Spot::Form(action));
        }
        place.x = place.x.saturating_add(place.width + 2);
    }
}
