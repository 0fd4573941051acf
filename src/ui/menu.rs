//! The copy menu, in a band over the foot of the page: each key with what it copies, in columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keys::Context;
use crate::app::menu;
use crate::app::message::JobId;
use crate::app::model::Model;
use crate::app::spot::{Spot, Spots};
use crate::domain::text::DisplayText;

use super::parts::{clear, rule, text};
use super::theme::Theme;

/// Narrowest column.
const COLUMN: u16 = 26;

pub fn draw(model: &Model, job: JobId, body: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let items = menu::items(model, job);
    let columns = (body.width.saturating_sub(2) / COLUMN).clamp(1, 4);
    let count = u16::try_from(items.len()).unwrap_or(u16::MAX);
    let rows = count.div_ceil(columns).max(1);
    let height = rows.saturating_add(3).min(body.height);
    let area = Rect { y: body.bottom().saturating_sub(height), height, ..body };
    clear(buffer, area);
    let name = model.rows.get(job).map(|row| row.name.clone()).unwrap_or_default();
    let back = format!("{} back", model.keys.shown(Action::CloseMenu));
    rule(buffer, area, 0, &format!("Copy of {name}"), &back, theme);
    let width = area.width.saturating_sub(2) / columns;
    for (item, at) in items.iter().zip(0..) {
        let (x, y) = (2 + at / rows * width, 2 + at % rows);
        if y >= height {
            continue;
        }
        let hints = model.keys.hints().iter();
        let hint = hints.clone().find(|hint| hint.action == item.action);
        let key = model.keys.nth(item.action, item.nth);
        let label = item.label.as_deref().or(hint.map(|hint| hint.label.as_str())).unwrap_or_default();
        let style = if item.action == Action::MenuHost { theme.warn() } else { theme.text() };
        if let Some(key) = model.keys.nth_key(Context::Menu, item.action, item.nth) {
            let place = Rect { x: area.x + x, y: area.y + y, width: width.saturating_sub(1), height: 1 };
            spots.add(super::area(place), Spot::Key(key));
        }
        text(buffer, area, (x, y), 3, &key, theme.key());
        text(buffer, area, (x + 3, y), width.saturating_sub(4), DisplayText::line(label).as_str(), style);
    }
}
