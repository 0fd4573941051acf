//! Opening and closing what lies over the list, and the keys of the pages that only scroll.

use crate::config::Context;
use crate::domain::entry::Entry;
use crate::domain::key::Key;

use super::action::Action;
use super::effect::Effect;
use super::form_page;
use super::layer::Layer;
use super::list;
use super::model::Model;
use super::requests;
use super::row::Row;

/// Lines a page key scrolls.
const PAGE: isize = 10;

pub fn help(model: &mut Model) {
    match model.layers.last() {
        Some(Layer::Help { .. }) => model.close(),
        _ => model.open(Layer::Help { scroll: 0 }),
    }
}

pub fn help_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.keys.lookup(Context::Help, key).map(|(action, _)| action);
    match action {
        Some(Action::CloseHelp) => model.close(),
        Some(Action::HelpDown) => scroll(model, 1),
        Some(Action::HelpUp) => scroll(model, -1),
        Some(Action::PageOfHelpDown) => scroll(model, PAGE),
        Some(Action::PageOfHelpUp) => scroll(model, -PAGE),
        _ => {}
    }
    Vec::new()
}

/// Opens the details: over the whole screen, or their pane for scrolling.
pub fn details(model: &mut Model, whole: bool) {
    if model.rows.selected().is_some() {
        model.open(Layer::Details { scroll: 0, whole });
    }
}

/// What long details may take, in lines, where there is little room.
fn lines(entry: &Entry) -> usize {
    entry.details.iter().map(|detail| detail.value.chars().min(4096) / 30).sum()
}

/// Scrolling, and every key that acts on the entry looked at.
pub fn details_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.keys.lookup(Context::Details, key).map(|(action, _)| action);
    match action {
        Some(Action::CloseDetails) => model.close(),
        Some(Action::DetailsDown) => scroll(model, 1),
        Some(Action::DetailsUp) => scroll(model, -1),
        Some(Action::PageOfDetailsDown) => scroll(model, PAGE),
        Some(Action::PageOfDetailsUp) => scroll(model, -PAGE),
        _ => match model.keys.lookup(Context::List, key) {
            Some((action, nth)) if action.is_of_entry() => return list::act(model, action, nth),
            _ => {}
        },
    }
    Vec::new()
}

/// Scrolls the topmost page, if it is one that does. The drawing stops at what there is.
pub fn scroll(model: &mut Model, by: isize) {
    let last = match model.layers.last() {
        // Where there is little room a line of help takes up to three.
        Some(Layer::Help { .. }) => 3 * model.keys.hints().len() + Context::ALL.len() * 2,
        Some(Layer::Details { .. }) => {
            let entry = model.rows.selected().and_then(|row| row.entry());
            let told = model.rows.selected().map_or(0, Row::told);
            entry.map_or(0, |e| 4 * (e.links.len() + e.details.len() + told) + lines(e))
        }
        Some(Layer::Request { of, .. }) => model.requests.get(*of).map_or(0, requests::longest),
        _ => return,
    };
    if let Some(Layer::Help { scroll } | Layer::Details { scroll, .. } | Layer::Request { scroll, .. }) =
        model.layers.last_mut()
    {
        *scroll = scroll.saturating_add_signed(by).min(last);
    }
}

/// Closes the topmost layer, as its own Esc would.
pub fn close_top(model: &mut Model) {
    match model.layers.last() {
        Some(Layer::Form(_)) => form_page::close_top(model),
        _ => model.close(),
    }
}
