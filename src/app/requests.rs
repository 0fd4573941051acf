//! The request log: every request of this run that has ended, the newest first, and the page that shows one of them
//! whole. What comes here has no secret in it.

use std::collections::VecDeque;

use crate::config::Context;
use crate::domain::exchange::Exchange;
use crate::domain::key::Key;

use super::action::Action;
use super::effect::Effect;
use super::layer::Layer;
use super::model::Model;
use super::pages;

/// How many are kept.
const MOST: usize = 500;
/// Lines a page key scrolls.
const PAGE: isize = 10;

/// The exchanges of this run, each with its number.
#[derive(Debug, Default)]
pub struct Requests {
    /// The newest first.
    all: VecDeque<(u64, Exchange)>,
    next: u64,
}

impl Requests {
    pub fn add(&mut self, exchange: Exchange) {
        self.all.push_front((self.next, exchange));
        self.next += 1;
        self.all.truncate(MOST);
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Exchange> {
        self.all.iter().map(|(_, exchange)| exchange)
    }

    pub fn get(&self, number: u64) -> Option<&Exchange> {
        self.all.get(self.place(number)).map(|(_, exchange)| exchange)
    }

    /// Where the one of this number stands; the last place where it is gone.
    pub fn place(&self, number: u64) -> usize {
        let place = self.all.iter().position(|(known, _)| *known == number);
        place.unwrap_or(self.all.len().saturating_sub(1))
    }

    /// The number of the one that stands so many places away, or as far as there are some.
    pub(super) fn step(&self, number: u64, by: isize) -> u64 {
        let last = self.all.len().saturating_sub(1);
        let place = self.place(number).saturating_add_signed(by).min(last);
        self.all.get(place).map_or(0, |(number, _)| *number)
    }
}

/// `L`: the log, with the newest marked.
pub fn open(model: &mut Model) {
    let marked = model.requests.next.saturating_sub(1);
    model.open(Layer::Requests { marked });
}

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.keys.lookup(Context::Requests, key).map(|(action, _)| action);
    let Some(Layer::Requests { marked }) = model.layers.last_mut() else { return Vec::new() };
    let by = match action {
        Some(Action::NextRequest) => 1,
        Some(Action::PreviousRequest) => -1,
        Some(Action::PageOfRequestsDown) => PAGE,
        Some(Action::PageOfRequestsUp) => -PAGE,
        Some(Action::OpenRequest) => {
            open_marked(model);
            return Vec::new();
        }
        Some(Action::CloseRequests) => {
            model.close();
            return Vec::new();
        }
        _ => return Vec::new(),
    };
    *marked = model.requests.step(*marked, by);
    Vec::new()
}

fn open_marked(model: &mut Model) {
    let Some(Layer::Requests { marked }) = model.layers.last() else { return };
    let of = model.requests.step(*marked, 0);
    if !model.requests.is_empty() {
        model.open(Layer::Request { of, scroll: 0 });
    }
}

/// A click marks the one at this place, and opens it where it is marked.
pub fn click(model: &mut Model, at: usize) {
    let Some(Layer::Requests { marked }) = model.layers.last_mut() else { return };
    let Some((number, _)) = model.requests.all.get(at) else { return };
    if std::mem::replace(marked, *number) == *number {
        open_marked(model);
    }
}

/// The page of one request: it scrolls.
pub fn one_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let action = model.keys.lookup(Context::Request, key).map(|(action, _)| action);
    match action {
        Some(Action::CloseRequest) => model.close(),
        Some(Action::RequestDown) => pages::scroll(model, 1),
        Some(Action::RequestUp) => pages::scroll(model, -1),
        Some(Action::PageOfRequestDown) => pages::scroll(model, PAGE),
        Some(Action::PageOfRequestUp) => pages::scroll(model, -PAGE),
        _ => {}
    }
    Vec::new()
}

/// More lines than any screen makes of it; the drawing stops at what there is.
pub(super) fn longest(exchange: &Exchange) -> usize {
    let heard = match &exchange.heard {
        crate::domain::exchange::Heard::Answer(shown) => {
            shown.headers.len() + shown.body.as_str().lines().count() + shown.body.as_str().len() / 40
        }
        _ => 4,
    };
    let request = exchange.request.url.len()
        + exchange.request.body.as_ref().map_or(0, |body| body.to_string().len())
        + 40 * exchange.request.headers.len();
    request / 20 + heard + 20
}
