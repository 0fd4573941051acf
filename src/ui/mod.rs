//! Drawing: a pure function of the `Model`, one module per page. Words over icons, one accent, no box inside a box.

pub mod details;
mod dialog;
mod ends;
mod fact;
mod facts;
mod findings;
mod footer;
pub mod form;
mod header;
mod help;
pub mod list;
mod measure;
mod menu;
mod message;
pub mod parts;
mod people;
mod picker;
mod poster;
mod presets;
mod qr;
mod requests;
mod state_note;
pub mod theme;
mod welcome;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::app::action::Action;
use crate::app::form::{Form, FormAction};
use crate::app::layer::Layer;
use crate::app::layout::{Area, Layout, SMALLEST, Shape};
use crate::app::model::Model;
use crate::app::spot::Spots;

use theme::Theme;

/// Draws the whole screen into a buffer, of whatever size, and notes down what a click would mean where. The answer is
/// where the terminal's cursor belongs.
pub fn draw(model: &Model, buffer: &mut Buffer, spots: &mut Spots) -> Option<Position> {
    spots.begin(model.context());
    let area = buffer.area;
    let layout = Layout::of((area.width, area.height), model.has_form());
    let theme = Theme::new(model.colours);
    if layout.too_small {
        too_small(buffer, area);
        return None;
    }
    if let Some(Layer::Poster(open)) = model.layers.last() {
        poster::draw(open, model, area, buffer, theme);
        return None;
    }
    header::draw(model, &layout, buffer, theme, spots);
    let cursor = body(model, &layout, buffer, theme, spots);
    let over = match model.layers.last() {
        Some(over @ (Layer::Dialog(_) | Layer::Menu(_))) => over,
        _ => {
            footer::draw(model, &layout, buffer, theme, spots);
            return cursor;
        }
    };
    spots.cover();
    footer::draw(model, &layout, buffer, theme, spots);
    match over {
        Layer::Dialog(open) => dialog::draw(open, rect(layout.body), buffer, theme, spots),
        Layer::Menu(job) => menu::draw(model, *job, rect(layout.body), buffer, theme, spots),
        _ => {}
    }
    None
}

/// The lowest page that covers the body is drawn; questions lie over it.
fn body(
    model: &Model,
    layout: &Layout,
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) -> Option<Position> {
    let over = |layer: &&Layer| matches!(layer, Layer::Dialog(_) | Layer::Menu(_) | Layer::Ticket(_));
    let pages = model.layers.iter().rev().filter(|layer| !over(layer));
    match pages.into_iter().next() {
        Some(Layer::Picker(open)) => picker::draw(open, rect(layout.body), buffer, theme, spots),
        Some(Layer::Palette(open)) => picker::draw(&open.picker, rect(layout.body), buffer, theme, spots),
        Some(Layer::People) => return people::draw(model, rect(layout.body), buffer, theme, spots),
        Some(Layer::Presets(open)) => return presets::draw(open, rect(layout.body), buffer, theme, spots),
        Some(Layer::Help { scroll }) => help::draw(model, *scroll, rect(layout.body), buffer, theme),
        Some(Layer::Requests { marked }) => {
            requests::draw(model, *marked, rect(layout.body), buffer, theme, spots)
        }
        Some(Layer::Request { of, scroll }) => {
            requests::draw_one(model, *of, *scroll, rect(layout.body), buffer, theme);
        }
        Some(Layer::Details { scroll, whole }) if *whole || !layout.is_wide() => {
            let at = (rect(layout.body), details::Space::Whole);
            details::draw(model, *scroll, at, buffer, theme, spots);
        }
        Some(Layer::Form(open)) => {
            let area = match layout.shape {
                Shape::Full => {
                    panes(model, layout, None, buffer, theme, spots);
                    rect(layout.details)
                }
                Shape::Narrow | Shape::Wide => rect(layout.body),
            };
            return form_at(model, open, area, buffer, theme, spots);
        }
        other => panes(model, layout, other, buffer, theme, spots),
    }
    None
}

fn form_at(
    model: &Model,
    open: &Form,
    area: Rect,
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) -> Option<Position> {
    let shown = |action: FormAction| {
        let action = Action::from_id(action.id());
        action.map_or(String::new(), |action| model.keys.shown(action).to_owned())
    };
    spots.cover();
    form::draw(open, area, buffer, theme, &shown, spots)
}

fn panes(
    model: &Model,
    layout: &Layout,
    top: Option<&Layer>,
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) {
    let (list, beside) = (rect(layout.list), rect(layout.details));
    header::profiles(model, rect(layout.profiles), buffer, theme, spots);
    match model.rows.total() {
        0 => welcome::draw(model, list, buffer, theme, spots),
        _ => list::draw(model, list, buffer, theme, spots),
    }
    let scroll = match top {
        Some(Layer::Details { scroll, .. }) => Some(*scroll),
        _ => None,
    };
    let space = match layout.shape {
        Shape::Narrow => details::Space::Under,
        Shape::Wide | Shape::Full => details::Space::Beside { focused: scroll.is_some() },
    };
    if !model.has_form() {
        details::draw(model, scroll.unwrap_or(0), (beside, space), buffer, theme, spots);
    }
    if layout.is_wide() {
        upright(beside, buffer, theme);
    }
    if layout.shape == Shape::Full {
        upright(list, buffer, theme);
    }
}

/// The one vertical line where two panes meet, left of a pane.
fn upright(right: Rect, buffer: &mut Buffer, theme: Theme) {
    for y in 0..right.height {
        let at = Rect { x: right.x.saturating_sub(2), ..right };
        parts::text(buffer, at, (0, y), 1, "│", theme.quiet());
    }
}

fn too_small(buffer: &mut Buffer, area: Rect) {
    let (columns, rows) = SMALLEST;
    let lines =
        [format!("roomkey needs {columns}x{rows}."), format!("This is {}x{}.", area.width, area.height)];
    let top = area.height.saturating_sub(2) / 2;
    for (line, y) in lines.iter().zip(top..) {
        let width = u16::try_from(line.len()).unwrap_or(0);
        parts::put(buffer, area, area.width.saturating_sub(width) / 2, y, Line::from(line.as_str()));
    }
}

pub fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

/// A part of the screen, as the model knows it.
fn area(rect: Rect) -> Area {
    Area { x: rect.x, y: rect.y, width: rect.width, height: rect.height }
}

/// A row of a part of the screen, from a column on.
fn from(rect: Rect, x: u16, y: u16) -> Area {
    let line = line(rect, y);
    Area { x: line.x.saturating_add(x), width: line.width.saturating_sub(x), ..line }
}

/// One row of a part of the screen.
fn line(rect: Rect, y: u16) -> Area {
    Area { y: rect.y.saturating_add(y), height: 1, ..area(rect) }
}
