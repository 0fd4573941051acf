//! One field as it is drawn: bar, label, what it is filled with, the note beside it, and the reason below where it
//! does not fit beside.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::form::{Form, Note, Stop, Tone};
use crate::ui::parts::{cut, line_width, width};

use super::Pen;
use super::control::{self, Drawn, Texts};

/// Cells of a short time in words, "today 16:00 CET · 15:00 UTC" with what surrounds it.
const NOTE: usize = 31;

/// A finished field: its lines, and the cursor in them (column, line).
pub struct Row<'a> {
    pub lines: Vec<Line<'a>>,
    pub cursor: Option<(u16, u16)>,
    /// Column and cells of each choice that stands in the first line.
    pub choices: Vec<(u16, u16)>,
    pub texts: Option<Texts>,
    /// How many of the lines are those of the control.
    pub typed: usize,
}

/// Columns of a row.
#[derive(Clone, Copy)]
pub struct Columns {
    /// Cells of the label.
    pub label: usize,
    /// Column and cells of a text.
    pub input: usize,
    pub text: usize,
    /// Column of the note.
    pub note: usize,
    pub width: usize,
}

impl Columns {
    pub fn new(form: &Form, columns: u16) -> Columns {
        let columns = usize::from(columns);
        let most = if columns < 70 { 16 } else { 24 };
        let longest =
            form.fields().map(|(_, field, _)| width(&field.label) + if field.rules.required { 2 } else { 0 });
        let label = longest.max().unwrap_or(0).clamp(9, most);
        let input = 2 + label + 2;
        let rest = columns.saturating_sub(input + 2);
        // the note has room for a time in words where that leaves enough for the text
        let text = (rest * 11 / 20).min(rest.saturating_sub(NOTE).max(14)).min(44).min(rest);
        Columns { label, input, text, note: input + text + 2, width: columns.saturating_sub(1) }
    }
}

pub fn height(pen: &Pen, stop: Stop) -> u16 {
    let columns = &pen.columns;
    let inner = control::height(pen, stop);
    let problem = pen.form.problem(stop);
    let whole = problem.as_ref().map(|note| note.text.as_str()).or_else(|| pen.form.echo(stop));
    let below = whole.is_some_and(|text| {
        let end = columns.input + control::width(pen, stop, columns);
        note_column(columns, end, text, problem.is_none()) + width(text) > columns.width
    });
    inner + u16::from(below)
}

/// Where a note begins: under the others; one that is to be seen whole close behind the control where it must.
fn note_column(columns: &Columns, end: usize, note: &str, whole: bool) -> usize {
    let own = columns.note.max(end + 2);
    if whole && own + width(note) > columns.width { end + 2 } else { own }
}

pub fn row<'a>(pen: &Pen, stop: Stop, height: u16) -> Row<'a> {
    let columns = &pen.columns;
    let here = super::is_here(pen, stop);
    let Drawn { mut lines, cursor, choices, texts } = control::draw(pen, stop, columns, here);
    let typed = lines.len();
    let heading = matches!(stop, Stop::Advanced | Stop::Group(_));
    let (label, style) = label(pen, stop, here);
    for (index, line) in lines.iter_mut().enumerate() {
        let bar = if here { Span::styled("▌", pen.theme.accent()) } else { Span::raw(" ") };
        let lead = match (index, heading) {
            (_, true) => Span::raw(" "),
            (0, _) => {
                let text = cut(&label, columns.label);
                let gap = columns.label + 2 - width(&text);
                Span::styled(format!(" {text}{}", " ".repeat(gap)), style)
            }
            _ => Span::raw(" ".repeat(columns.input - 1)),
        };
        line.spans.splice(0..0, [bar, lead]);
    }
    if let Some(note) = pen.form.note(stop) {
        let used = lines.first().map_or(0, line_width);
        let whole = pen.form.echo(stop) == Some(&note.text);
        let column = note_column(columns, used, &note.text, whole);
        beside_or_below(pen, &note, column, &mut lines, height);
    }
    Row { lines, cursor, choices, texts, typed }
}

fn beside_or_below(pen: &Pen, note: &Note, column: usize, lines: &mut Vec<Line>, height: u16) {
    let columns = &pen.columns;
    let style = match note.tone {
        Tone::Quiet => pen.theme.quiet(),
        Tone::Warn => pen.theme.warn(),
        Tone::Bad => pen.theme.bad(),
    };
    let below = lines.len() < usize::from(height);
    let used = lines.first().map_or(0, line_width);
    // what a field takes is moved to the left before it is cut
    let moved = columns.width.saturating_sub(width(&note.text)).max(used + 2);
    let column = if note.tone == Tone::Quiet { column.min(moved) } else { column };
    let room = columns.width.saturating_sub(column);
    if below {
        // under the control, or as far to its left as it takes to be seen whole
        let left = columns.input.min(columns.width.saturating_sub(width(&note.text)).max(4));
        let text = cut(&note.text, columns.width.saturating_sub(left));
        lines.push(Line::from(vec![Span::raw(" ".repeat(left)), Span::styled(text, style)]));
    } else if width(&note.text) <= room || (room >= 12 && note.tone == Tone::Quiet) {
        let Some(first) = lines.first_mut() else { return };
        first.spans.push(Span::raw(" ".repeat(column - used)));
        first.spans.push(Span::styled(cut(&note.text, room), style));
    }
}

fn label(pen: &Pen, stop: Stop, here: bool) -> (String, Style) {
    let plain = |text: &str| (text.to_owned(), if here { pen.theme.strong() } else { pen.theme.text() });
    let Stop::Field(index) = stop else {
        return plain(match stop {
            Stop::Operation => "Operation",
            Stop::Title => "Title",
            Stop::Ticket => "Ticket",
            _ => "",
        });
    };
    let Some((_, field, _)) = pen.form.field(index) else { return plain("") };
    let label = if field.rules.required { format!("{} *", field.label) } else { field.label.clone() };
    let in_force = pen.form.assessment().in_force.get(index).copied().unwrap_or(true);
    match (here, in_force) {
        (true, _) => (label, Style::new().add_modifier(Modifier::BOLD)),
        (false, true) => (label, pen.theme.text()),
        (false, false) => (label, pen.theme.quiet()),
    }
}
