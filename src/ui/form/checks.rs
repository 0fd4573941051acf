//! The checks below the request: all is ready, or what is not, with the remedies on offer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::form::{Check, FormAction, Stop};
use crate::app::layout::Area;
use crate::app::spot::{Spot, Spots};
use crate::domain::text::DisplayText;
use crate::ui;
use crate::ui::parts::{cells, count, cut, line_width, put, put_right, wrap};

use super::{Pen, is_here};

/// One line, and what can be done with it.
pub struct Told<'a> {
    line: Line<'a>,
    /// The stop that stands on it.
    stop: Option<Stop>,
    /// The key named at its end: column, cells, and what it does.
    key: Option<(u16, u16, FormAction)>,
}

/// Every line there is.
pub fn lines<'a>(pen: &Pen) -> Vec<Told<'a>> {
    pen.form.checks().iter().flat_map(|check| told(pen, check)).collect()
}

/// Draws as many as there is room for, the one under the cursor among them.
pub fn draw(
    pen: &Pen,
    lines: Vec<Told>,
    area: Rect,
    (top, height): (u16, u16),
    buffer: &mut Buffer,
    spots: &mut Spots,
) {
    let first = first(pen, &lines, height);
    let hidden = lines.len().saturating_sub(first + usize::from(height));
    for (told, y) in lines.into_iter().skip(first).zip(top..top.saturating_add(height)) {
        if let Some(stop) = told.stop {
            spots.add(ui::line(area, y), Spot::Field(stop, None));
        }
        if let Some((x, width, action)) = told.key {
            spots.add(Area { width, ..ui::from(area, x, y) }, Spot::Form(action));
        }
        put(buffer, area, 0, y, told.line);
    }
    if hidden > 0 && height > 0 {
        let more = Line::styled(format!(" +{hidden} more"), pen.theme.quiet());
        put_right(buffer, area, 1, top + height - 1, more);
    }
}

/// The first line to draw, so that the one under the cursor is seen.
fn first(pen: &Pen, lines: &[Told], height: u16) -> usize {
    let here = lines.iter().position(|told| told.stop.is_some_and(|stop| is_here(pen, stop))).unwrap_or(0);
    (here + 1).saturating_sub(usize::from(height))
}

/// What a check says: on one line, or on two where it is long, as beside its field there is less room still.
fn told<'a>(pen: &Pen, check: &Check) -> Vec<Told<'a>> {
    let theme = pen.theme;
    let said = |mark: &str, text: &str, style: Style| {
        let lines = folded(text, usize::from(pen.width).saturating_sub(6));
        let marks = [mark, "  "].into_iter().zip(lines);
        let line = |(mark, text): (&str, String)| {
            Line::from(vec![Span::raw("  "), Span::styled(format!("{mark}{text}"), style)])
        };
        marks.map(line).map(|line| Told { line, stop: None, key: None }).collect()
    };
    match check {
        Check::Bad(text) => said("x ", text, theme.bad()),
        Check::Warn(text) => said("! ", text, theme.warn()),
        Check::Needed(labels) => said("", &format!("Still needed: {}.", labels.join(", ")), theme.text()),
        Check::Ready => vec![Told { line: ready(pen), stop: None, key: None }],
        Check::Fix(place, words) => vec![fix(pen, *place, words)],
    }
}

/// At most two lines of this many cells; what is longer still is cut.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines = wrap(DisplayText::line(text).as_str(), width);
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(cut(&rest, width));
    }
    lines
}

/// Says what Enter will do.
fn ready<'a>(pen: &Pen) -> Line<'a> {
    let lines = pen.form.text_at(pen.form.focus()).is_some_and(|text| text.takes_lines());
    let action = if lines { FormAction::Create } else { FormAction::Submit };
    let key = (pen.keys)(action);
    Line::from(vec![
        Span::raw("  "),
        Span::styled("Ready.", pen.theme.good()),
        Span::styled(format!(" {key} creates the link."), pen.theme.quiet()),
    ])
}

fn fix<'a>(pen: &Pen, place: usize, words: &str) -> Told<'a> {
    let here = is_here(pen, Stop::Fix(place));
    let action = if here { FormAction::Toggle } else { FormAction::Fix };
    let key = if here || place == 0 { (pen.keys)(action) } else { String::new() };
    let words = cut(DisplayText::line(words).as_str(), usize::from(pen.width).saturating_sub(16));
    let mut spans = match here {
        true => vec![Span::styled("▌", pen.theme.accent()), Span::raw("   → ")],
        false => vec![Span::styled("    → ", pen.theme.quiet())],
    };
    spans.push(Span::styled(words, if here { pen.theme.strong() } else { pen.theme.text() }));
    let mut line = Line::from(spans);
    let mut named = None;
    if !key.is_empty() {
        line.push_span(Span::raw("   "));
        named = Some((count(line_width(&line)), cells(&key), action));
        line.push_span(Span::styled(key, pen.theme.key()));
    }
    Told { line, stop: Some(Stop::Fix(place)), key: named }
}
