//! The checks below the request: all is ready, or what is not, with the remedies on offer.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::form::{Check, FormAction, Stop};
use crate::domain::text::DisplayText;
use crate::ui::parts::cut;

use super::{Pen, is_here};

/// Every line there is, and the stop that stands on it.
pub fn lines<'a>(pen: &Pen) -> Vec<(Option<Stop>, Line<'a>)> {
    pen.form.checks().iter().map(|check| line(pen, check)).collect()
}

/// The first line to draw, so that the one under the cursor is seen.
pub fn first(pen: &Pen, lines: &[(Option<Stop>, Line)], height: u16) -> usize {
    let here = lines.iter().position(|(stop, _)| stop.is_some_and(|stop| is_here(pen, stop))).unwrap_or(0);
    (here + 1).saturating_sub(usize::from(height))
}

fn line<'a>(pen: &Pen, check: &Check) -> (Option<Stop>, Line<'a>) {
    let theme = pen.theme;
    let width = usize::from(pen.width).saturating_sub(6);
    let said = |mark: &str, text: &str, style: Style| {
        let text = cut(DisplayText::line(text).as_str(), width);
        Line::from(vec![Span::raw("  "), Span::styled(format!("{mark}{text}"), style)])
    };
    let line = match check {
        Check::Bad(text) => said("x ", text, theme.bad()),
        Check::Warn(text) => said("! ", text, theme.warn()),
        Check::Needed(labels) => said("", &format!("Still needed: {}.", labels.join(", ")), theme.text()),
        Check::Ready => ready(pen),
        Check::Fix(place, words) => return (Some(Stop::Fix(*place)), fix(pen, *place, words)),
    };
    (None, line)
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

fn fix<'a>(pen: &Pen, place: usize, words: &str) -> Line<'a> {
    let here = is_here(pen, Stop::Fix(place));
    let key = match here {
        true => (pen.keys)(FormAction::Toggle),
        false if place == 0 => (pen.keys)(FormAction::Fix),
        false => String::new(),
    };
    let words = cut(DisplayText::line(words).as_str(), usize::from(pen.width).saturating_sub(16));
    let mut spans = match here {
        true => vec![Span::styled("▌", pen.theme.accent()), Span::raw("   → ")],
        false => vec![Span::styled("    → ", pen.theme.quiet())],
    };
    spans.push(Span::styled(words, if here { pen.theme.strong() } else { pen.theme.text() }));
    if !key.is_empty() {
        spans.push(Span::styled(format!("   {key}"), pen.theme.key()));
    }
    Line::from(spans)
}
