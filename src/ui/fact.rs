//! One labelled thing worth knowing about a row, and how it is laid into lines of a width.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::action::Action;
use crate::domain::hyperlink::Target;
use crate::domain::secret::MASK;

use super::parts::{TextWidth, chop, cut, cut_middle, wrap};

/// One labelled fact.
pub struct Fact {
    pub label: String,
    /// Words and their styles, in order.
    parts: Vec<(String, Style)>,
    /// What is said under it in grey, where there is room.
    pub under: Option<(String, Style)>,
    /// The key that acts on it.
    pub hint: Option<Action>,
    /// The hint stands on the line of the value even where there is room.
    pub beside: bool,
    /// Broken anywhere, not between words.
    pub address: bool,
    /// Where the address leads, if a terminal may follow it.
    pub target: Option<Target>,
}

impl Fact {
    pub fn new(label: impl Into<String>, text: impl Into<String>, style: Style) -> Fact {
        Fact {
            label: label.into(),
            parts: vec![(text.into(), style)],
            under: None,
            hint: None,
            beside: true,
            address: false,
            target: None,
        }
    }

    pub fn and(mut self, text: impl Into<String>, style: Style) -> Fact {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((text, style));
        }
        self
    }

    pub fn key(mut self, action: Action) -> Fact {
        self.hint = Some(action);
        self
    }

    /// Lines of those that `lay` gives that are the fact itself, without what is said under it.
    pub fn own_lines(&self, width: usize, roomy: bool) -> usize {
        let text = self.parts.first().map_or("", |(text, _)| text.as_str());
        if roomy && self.address { chop(text, width).len() } else { 1 }
    }

    /// The fact in lines of a width: one cut line, or as many as it needs.
    pub fn lay(&self, width: usize, roomy: bool) -> Vec<Line<'static>> {
        if !roomy {
            return vec![self.one_line(width)];
        }
        let mut lines = Vec::new();
        for (text, style) in &self.parts {
            let broken = if self.address {
                chop(text, width)
            } else {
                wrap(text.trim_start_matches([' ', '·']), width)
            };
            lines.extend(broken.into_iter().map(|line| Line::from(dotted(line, *style))));
        }
        if self.parts.len() > 1 && !self.address && self.width() <= width {
            lines = vec![self.one_line(width)];
        }
        if let Some((text, style)) = &self.under {
            let room = width.saturating_sub(if self.hint.is_some() { 8 } else { 0 });
            lines.extend(wrap(text, room).into_iter().map(|line| Line::from(Span::styled(line, *style))));
        }
        lines
    }

    fn width(&self) -> usize {
        self.parts.iter().map(|(text, _)| text.width()).sum()
    }

    fn one_line(&self, width: usize) -> Line<'static> {
        let mut left = width;
        let mut spans = Vec::new();
        for (text, style) in &self.parts {
            let text = if self.address { cut_middle(text, left) } else { cut(text, left) };
            left -= text.width().min(left);
            spans.extend(dotted(text, *style));
        }
        Line::from(spans)
    }
}

/// The dots of a secret are drawn in grey.
fn dotted(text: String, style: Style) -> Vec<Span<'static>> {
    match text.split_once(MASK) {
        Some((before, after)) => vec![
            Span::styled(before.to_owned(), style),
            Span::styled(MASK, style.add_modifier(Modifier::DIM)),
            Span::styled(after.to_owned(), style),
        ],
        None => vec![Span::styled(text, style)],
    }
}
