//! What a field is filled with: a text (`text`), choices (`choice`), a summary of what a list holds, or the heading of
//! a group.

use ratatui::text::{Line, Span};

use crate::app::form::{Control, Stop};
use crate::domain::text::DisplayText;
use crate::ui::parts::{cut, line_width};

use super::row::Columns;
use super::{Pen, choice, text};

/// The finished lines, and the cursor in them: column of the area, line.
pub struct Drawn<'a> {
    pub lines: Vec<Line<'a>>,
    pub cursor: Option<(u16, u16)>,
    /// Column and cells of each choice that stands in the line.
    pub choices: Vec<(u16, u16)>,
    /// Where text is typed.
    pub texts: Option<Texts>,
}

/// Where text stands in the lines, from the column of the control on.
#[derive(Clone, Copy)]
pub struct Texts {
    /// For each line, the byte of the text that is seen first.
    pub starts: [usize; text::TALL],
    pub cells: u16,
}

impl<'a> Drawn<'a> {
    pub fn line(spans: Vec<Span<'a>>, cursor: Option<usize>) -> Drawn<'a> {
        let cursor = cursor.map(|x| (u16::try_from(x).unwrap_or(u16::MAX), 0));
        Drawn { lines: vec![Line::from(spans)], cursor, choices: Vec::new(), texts: None }
    }
}

pub fn height(pen: &Pen, stop: Stop) -> u16 {
    let rows = pen.form.text_at(stop).map_or(1, |input| input.rows().min(text::TALL));
    u16::try_from(rows).unwrap_or(1)
}

/// Cells a control takes, for placing the note beside it.
pub fn width(pen: &Pen, stop: Stop, columns: &Columns) -> usize {
    if let Some(input) = pen.form.text_at(stop) {
        return text::cells(pen, stop, input, columns);
    }
    draw(pen, stop, columns, false).lines.first().map_or(0, line_width)
}

pub fn draw<'a>(pen: &Pen, stop: Stop, columns: &Columns, here: bool) -> Drawn<'a> {
    if let Some(input) = pen.form.text_at(stop) {
        return text::draw(pen, stop, input, columns, here);
    }
    match stop {
        Stop::Advanced | Stop::Group(_) => return heading(pen, stop, here),
        Stop::Field(index) => {
            if let Some((_, _, state)) = pen.form.field(index) {
                match &state.control {
                    Control::Many { chosen, at } if !pen.form.has_many(stop) => {
                        return choice::boxes(pen, stop, chosen, *at, columns, here);
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
    choice::one(pen, stop, columns, here)
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

/// Beside a list the counts have to be short, for the keys that stand behind them.
pub fn is_tight(pen: &Pen) -> bool {
    pen.width < 76
}

fn heading<'a>(pen: &Pen, stop: Stop, here: bool) -> Drawn<'a> {
    let open = pen.form.open_groups();
    let style = if here { pen.theme.strong() } else { pen.theme.text() };
    let arrow = |open: bool| Span::styled(if open { "▾ " } else { "▸ " }, pen.theme.quiet());
    let Stop::Group(group) = stop else {
        if pen.form.shows_only_set() {
            let words = if is_tight(pen) { "Only what is set" } else { "Only what is filled in or needed" };
            let words = Span::styled(words, style);
            return Drawn::line(vec![arrow(true), words], here.then_some(2));
        }
        let (set, left) = pen.form.advanced_counts();
        let spans = vec![
            arrow(open.is_some()),
            Span::styled("Advanced: ", style),
            Span::styled(
                match is_tight(pen) {
                    true => format!("{set} of {} set", set + left),
                    false => format!("{set} set, {left} at the provider's default"),
                },
                pen.theme.quiet(),
            ),
        ];
        return Drawn::line(spans, here.then_some(2));
    };
    let (title, set, all) = pen.form.group(group).unwrap_or_default();
    let is_open =
        pen.form.shows_only_set() || open.is_some_and(|open| open.iter().any(|known| known == title));
    let count = match (set, all) {
        (0, 1) => "  1 field".to_owned(),
        (0, _) => format!("  {all} fields"),
        _ => format!("  {set} of {all} set"),
    };
    let spans = vec![
        arrow(is_open),
        Span::styled(title.to_owned(), pen.theme.strong()),
        Span::styled(count, pen.theme.quiet()),
    ];
    Drawn::line(spans, here.then_some(2))
}
