//! A question, in a band over the foot of the page: title, sentences, answers side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::dialog::Dialog;
use crate::app::spot::{Spot, Spots};
use crate::domain::text::DisplayText;

use super::parts::{cells, clear, put, rule, text, wrap};
use super::theme::Theme;

pub fn draw(dialog: &Dialog, body: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let width = usize::from(body.width).saturating_sub(6);
    let lines: Vec<String> =
        dialog.lines.iter().flat_map(|line| wrap(DisplayText::line(line).as_str(), width)).collect();
    let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(5);
    let height = wanted.min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    clear(buffer, area);
    rule(buffer, area, 0, &dialog.title, "", theme);
    let shown = usize::from(height.saturating_sub(4));
    for (line, y) in lines.iter().take(shown).zip(2..) {
        text(buffer, area, (3, y), area.width.saturating_sub(4), line, theme.text());
    }
    let mut spans = Vec::new();
    let y = height.saturating_sub(2);
    let mut place = Rect { x: area.x.saturating_add(3), y: area.y.saturating_add(y), width: 0, height: 1 };
    for (index, answer) in dialog.answers.iter().enumerate() {
        let marked = index == dialog.marked;
        let style = if marked { theme.block() } else { theme.text() };
        spans.push(Span::styled(format!("{}{} ", if marked { "▸" } else { " " }, answer.label), style));
        spans.push(Span::raw("   "));
        place.width = cells(answer.label) + 2;
        spots.add(super::area(place), Spot::Answer(index));
        place.x = place.x.saturating_add(place.width + 3);
    }
    put(buffer, area, 3, y, Line::from(spans));
}
