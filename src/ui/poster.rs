//! One thing over the whole screen. A text to be selected by hand begins at the left edge and fills each row to the
//! right one, without a border, so that what the mouse takes is the text and nothing else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::poster::{Look, Poster};
use crate::domain::clipboard::Care;
use crate::domain::text::DisplayText;

use super::parts::{chop, clear, text, wrap};
use super::qr;
use super::theme::Theme;

pub fn draw(poster: &Poster, model: &Model, area: Rect, buffer: &mut Buffer, theme: Theme) {
    clear(buffer, area);
    let style = if poster.care == Care::Host { theme.warn() } else { theme.strong() };
    let title = DisplayText::line(&poster.title);
    text(buffer, area, (1, 0), area.width.saturating_sub(2), title.as_str(), style);
    let mut y = 1;
    let width = usize::from(area.width);
    let loud = (poster.care == Care::Host).then_some("It opens the host's door: not for customers.");
    for line in poster.why.as_deref().into_iter().chain(loud) {
        for line in wrap(DisplayText::line(line).as_str(), width.saturating_sub(2)) {
            text(buffer, area, (1, y), area.width.saturating_sub(2), &line, theme.quiet());
            y += 1;
        }
    }
    y += 1;
    let foot = area.height.saturating_sub(1);
    if poster.look == Look::Qr {
        let room = Rect { y: area.y + 1, height: foot.saturating_sub(1), ..area };
        if let Err((columns, rows)) = qr::draw(poster.text.expose(), room, buffer) {
            let note = match columns {
                0 => "This link is too long for a QR code.".to_owned(),
                _ => format!(
                    "The QR code needs a window of {columns}x{}; this is {}x{}.",
                    rows + 2,
                    area.width,
                    area.height
                ),
            };
            text(buffer, area, (1, y), area.width, &note, theme.warn());
        }
        return hint(model, area, foot, buffer, theme);
    }
    let shown = DisplayText::detail(poster.text.expose());
    let lines = shown.as_str().split('\n').flat_map(|line| chop(line, width));
    for line in lines.take(usize::from(area.height.saturating_sub(y + 2))) {
        text(buffer, area, (0, y), area.width, &line, theme.text());
        y += 1;
    }
    hint(model, area, foot, buffer, theme);
}

fn hint(model: &Model, area: Rect, y: u16, buffer: &mut Buffer, theme: Theme) {
    let hint = format!("{} back", model.keys.shown(Action::ClosePoster));
    text(buffer, area, (1, y), area.width, &hint, theme.quiet());
}
