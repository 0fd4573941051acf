//! Everything the server's thread and the handle share: the services, the orders to misbehave, and what was seen.
//! One lock guards it, held only while one request is answered.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::desk::{Book, Desk};
use super::dice::Dice;
use super::fault::{self, Fault, Order};
use super::hall::{Hall, provider_of};
use super::keys::Keys;
use super::truth;
use super::wire::{Answer, Call};
use super::world::World;

/// A request as it arrived. It is listed from its head on; body and status are filled in as they become known.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Empty for a path outside every service.
    pub provider: &'static str,
    pub method: String,
    /// Path and query, byte for byte.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The status answered; `None` while there is no answer, and for ever if the connection was cut.
    pub status: Option<u16>,
}

impl Seen {
    /// The first header of that name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

pub(super) struct State {
    pub hall: Hall,
    pub desk: Desk,
    pub orders: Vec<Fault>,
    pub seen: Vec<Seen>,
    /// Requests of which the rest is still to come.
    reading: usize,
}

/// Told one line per request.
pub(super) type Onlooker = Box<dyn Fn(&str) + Send>;

pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    watch: Option<Mutex<Onlooker>>,
}

/// A request of which the rest is still to come, or the service's work to be done.
pub(super) struct Reading {
    /// Its place among those seen.
    pub number: usize,
    shared: Arc<Shared>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.shared.lock().reading -= 1;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    pub(super) fn new(world: World, origin: String, keys: Keys, watch: Option<Onlooker>) -> Shared {
        let desk = Desk {
            now: (world.now)(),
            origin,
            keys,
            dice: Dice::new(world.seed),
            book: Book::default(),
            suspended: Default::default(),
        };
        let state = State { hall: Hall::default(), desk, orders: Vec::new(), seen: Vec::new(), reading: 0 };
        let watch = watch.map(Mutex::new);
        Shared { state: Mutex::new(state), changed: Condvar::new(), now: world.now, watch }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until every request that has arrived is whole, and the service has done its work for it, and `done` holds;
    /// at most `limit` in all. Says whether it is so.
    pub(super) fn wait(&self, limit: std::time::Duration, done: impl Fn(&State) -> bool) -> bool {
        let done = |state: &State| state.reading == 0 && done(state);
        let waited = self.changed.wait_timeout_while(self.lock(), limit, |state| !done(state));
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        done(&state)
    }

    /// Lists a request by its head; it is being read until its `Reading` is dropped.
    pub(super) fn arrived(self: &Arc<Shared>, call: &Call) -> Reading {
        let mut state = self.lock();
        let target =
            if call.query.is_empty() { call.path.clone() } else { format!("{}?{}", call.path, call.query) };
        state.seen.push(Seen {
            provider: provider_of(&call.path),
            method: call.method.clone(),
            target,
            headers: call.headers.clone(),
            body: Vec::new(),
            status: None,
        });
        state.reading += 1;
        self.changed.notify_all();
        Reading { number: state.seen.len() - 1, shared: Arc::clone(self) }
    }

    /// The request is whole: takes an order for it, if there is one, and lets the service answer.
    pub(super) fn work(&self, number: usize, call: &Call) -> (Option<Order>, Answer) {
        let mut guard = self.lock();
        let state = &mut *guard;
        state.seen[number].body = call.body.clone();
        if let Some(answer) = truth::answer(call, state) {
            return (None, answer);
        }
        let line = format!("{} {}", call.method, state.seen[number].target);
        let order = fault::take(&mut state.orders, provider_of(&call.path), &line);
        let is_passed_on = order.as_ref().is_none_or(|order| order.act.makes());
        let answer = if is_passed_on {
            state.desk.now = (self.now)();
            state.hall.answer(call, &mut state.desk)
        } else {
            Answer::default()
        };
        (order, answer)
    }

    /// Notes the end of a request and tells the onlooker: method, path without the query, status or `-`.
    pub(super) fn answered(&self, number: usize, call: &Call, status: Option<u16>) {
        self.lock().seen[number].status = status;
        self.changed.notify_all();
        let Some(watch) = &self.watch else { return };
        let path: String = call.path.chars().map(|c| if c.is_ascii_graphic() { c } else { '?' }).collect();
        let status = status.map_or("-".to_owned(), |status| status.to_string());
        let tell = watch.lock().unwrap_or_else(PoisonError::into_inner);
        tell(&format!("{} {path} {status}", call.method));
    }
}
