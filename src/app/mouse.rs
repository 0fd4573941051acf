//! What the mouse does, by the same functions as the keys. A first click only marks, chooses or goes to what stands
//! there; a click on what is marked already opens it, and words that name a key act as that key.

use super::dialog;
use super::effect::Effect;
use super::form_page;
use super::layer::Layer;
use super::message::JobId;
use super::model::Model;
use super::spot::{Click, Spot};
use super::{pages, palette, people, picker, presets, requests, update};

/// Milliseconds after a click that did something in which another one is the second half of a double click.
const DOUBLE: i64 = 400;
/// Lines of a step of the wheel.
const STEP: isize = 3;

/// Answers a click on what was drawn. What has gone since then, or lies under something now, takes none.
pub fn click(model: &mut Model, click: Click) -> Vec<Effect> {
    if click.here != model.context() || doubled(model) {
        return Vec::new();
    }
    let is_word = matches!(click.spot, Spot::Answer(_) | Spot::Key(_) | Spot::Form(_));
    let effects = answer(model, click.spot, usize::from(click.cells));
    if is_word || click.here != model.context() {
        model.clicked = Some(model.now);
    }
    effects
}

fn answer(model: &mut Model, spot: Spot, cells: usize) -> Vec<Effect> {
    match spot {
        Spot::Row(job) => row(model, job),
        Spot::Profile(index) => profile(model, index),
        Spot::Line(at) => return line(model, at),
        Spot::Field(stop, choice) => return form_page::click(model, stop, choice),
        Spot::Text(stop, from) => return form_page::click_text(model, stop, (from, cells)),
        Spot::Typed(row, from) => return form_page::click_typed(model, row, (from, cells)),
        Spot::Form(action) => return form_page::act(model, action),
        Spot::Answer(at) => return dialog::answer(model, at),
        Spot::Key(key) => return update::press(model, key),
    }
    Vec::new()
}

/// A word was pressed twice, as one does with icons: once is enough.
fn doubled(model: &Model) -> bool {
    let passed = |at: jiff::Timestamp| model.now.as_millisecond() - at.as_millisecond();
    model.clicked.is_some_and(|at| (0..DOUBLE).contains(&passed(at)))
}

/// The list can be seen beside a form, but belongs to the mouse only where it belongs to the keys.
fn is_list(model: &Model) -> bool {
    matches!(model.layers.last(), None | Some(Layer::Filter | Layer::Details { whole: false, .. }))
}

/// Selects the row; the selected one opens.
fn row(model: &mut Model, job: JobId) {
    if !is_list(model) || model.rows.get(job).is_none() {
        return;
    }
    if model.rows.selected().is_some_and(|row| row.job == job) {
        return pages::details(model, true);
    }
    model.rows.select(job);
    if let Some(Layer::Details { scroll, .. }) = model.layers.last_mut() {
        *scroll = 0;
    }
}

fn profile(model: &mut Model, index: usize) {
    if is_list(model) {
        model.choose_profile(index);
    }
}

fn line(model: &mut Model, at: usize) -> Vec<Effect> {
    match model.layers.last_mut() {
        Some(Layer::Form(_)) => return form_page::click_line(model, at),
        Some(Layer::Picker(_)) => return picker::click(model, at),
        Some(Layer::Palette(_)) => return palette::click(model, at),
        Some(Layer::Requests { .. }) => requests::click(model, at),
        Some(Layer::Presets(_)) => presets::click(model, at),
        Some(Layer::People) => people::go(model, at),
        _ => {}
    }
    Vec::new()
}

/// A step of the wheel: what lies on top scrolls, and where a mark moves in it the mark moves.
pub fn wheel(model: &mut Model, down: bool) {
    let by = if down { STEP } else { -STEP };
    match model.layers.last_mut() {
        None | Some(Layer::Filter) => model.rows.step(by),
        Some(Layer::Details { .. } | Layer::Help { .. } | Layer::Request { .. }) => pages::scroll(model, by),
        Some(Layer::Picker(open)) => open.step(by),
        Some(Layer::Palette(open)) => open.picker.step(by),
        Some(Layer::Requests { marked }) => *marked = model.requests.step(*marked, by),
        Some(Layer::Presets(open)) => open.step(by),
        Some(Layer::Form(open)) => open.scroll(by),
        Some(Layer::People) => people::step(model, by),
        Some(Layer::Dialog(_) | Layer::Menu(_) | Layer::Poster(_) | Layer::Ticket(_)) => {}
    }
}
