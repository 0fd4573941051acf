//! The handle of a serving sandbox: what it was asked, which rooms exist, and orders to misbehave. Clones are the
//! same sandbox; when the last one is dropped the server stops.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use super::announce;
use super::desk::Room;
use super::fault::Fault;
use super::state::{Seen, Shared};

/// A serving sandbox.
#[derive(Clone)]
pub struct Running {
    shared: Arc<Shared>,
    /// Its end is the server's signal to stop.
    _alive: watch::Sender<()>,
}

impl Running {
    pub(super) fn new(shared: Arc<Shared>, alive: watch::Sender<()>) -> Running {
        Running { shared, _alive: alive }
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> String {
        self.shared.lock().desk.origin.clone()
    }

    /// The settings of every provider: `{"version":1,"providers":{"bunch":{"base_url":…,…},…}}`.
    pub fn announce(&self) -> Value {
        let state = self.shared.lock();
        announce::announce(&state.desk.origin, &state.desk.keys)
    }

    /// The settings a profile of `provider` needs; empty for an unknown one.
    pub fn settings(&self, provider: &str) -> Vec<(String, String)> {
        let state = self.shared.lock();
        announce::settings(provider, &state.desk.origin, &state.desk.keys)
    }

    /// Every room ever made, in the order of the first making.
    pub fn rooms(&self) -> Vec<Room> {
        self.shared.lock().desk.book.all()
    }

    /// How many times a room was made at `provider`, all rooms together.
    pub fn created(&self, provider: &str) -> usize {
        self.rooms().iter().filter(|room| room.provider == provider).map(|room| room.created).sum()
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<Seen> {
        self.shared.lock().seen.clone()
    }

    /// Waits until `done` holds for the requests seen and what they asked for is done, though maybe not answered; at
    /// most `limit`. Says whether it is so. A test waits with it for "the request is there" and never for a time.
    pub fn wait_for(&self, limit: Duration, done: impl Fn(&[Seen]) -> bool) -> bool {
        self.shared.wait(limit, |state| done(&state.seen))
    }

    /// Adds an order to misbehave; orders are tried in the sequence they were given.
    pub fn order(&self, fault: Fault) {
        self.shared.lock().orders.push(fault);
    }

    /// Forgets all orders that have not befallen a request yet.
    pub fn behave(&self) {
        self.shared.lock().orders.clear();
    }

    /// Puts an account out of order, or back: Bunch answers 500 (its misconfiguration), join.me the gateway's 403,
    /// Metered and Whereby 403, BigBlueButton `apiNotEnabled`.
    pub fn suspend(&self, provider: &str, suspended: bool) {
        let set = &mut self.shared.lock().desk.suspended;
        if suspended {
            set.insert(provider.to_owned());
        } else {
            set.remove(provider);
        }
    }

    /// Whereby's budget of points per minute from now on (1000 at the start).
    pub fn whereby_budget(&self, points: u64) {
        self.shared.lock().hall.whereby.set_budget(points);
    }

    /// Puts BigBlueButton behind a load balancer: `join` with `redirect=false` is answered with `status` (302 or
    /// 307) so many times, from node to node, before the last one answers. Zero hops take the balancer away.
    pub fn bbb_balance(&self, status: u16, hops: usize) {
        self.shared.lock().hall.bbb.set_balance(status, hops);
    }
}
