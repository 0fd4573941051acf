//! What the sandbox needs from outside: a clock and a seed. Both are handed in, so a test decides when a link
//! has ended and gets the same keys and names every time.

use std::sync::Arc;

use jiff::Timestamp;

/// The clock and the source of chance of one sandbox.
#[derive(Clone)]
pub struct World {
    /// Answers the present moment; called once per request.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Start of the random sequence: keys, tokens, ids. Equal seeds give equal sandboxes.
    pub seed: u64,
}

impl World {
    /// A world whose clock stands still at `now`.
    pub fn still(now: Timestamp, seed: u64) -> World {
        World { now: Arc::new(move || now), seed }
    }
}
