//! Chance that can be repeated, and how much of it a run is to try.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::seed::{SEED, is_fresh};

/// A xorshift generator: good enough to scatter moments.
pub struct Chance {
    pub seed: u64,
    state: u64,
}

impl Chance {
    /// From `ROOMKEY_SEED`, else from the clock where chance is to be fresh.
    pub fn new() -> Chance {
        let given = std::env::var("ROOMKEY_SEED").ok().and_then(|seed| seed.parse().ok());
        let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_nanos() as u64);
        let usual = || if is_fresh() { clock() } else { SEED };
        let seed = given.unwrap_or_else(usual).max(1);
        Chance { seed, state: seed }
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % end.max(1) as u64) as usize
    }

    pub fn upto(&mut self, most: Duration) -> Duration {
        Duration::from_micros(self.below(most.as_micros() as usize + 1) as u64)
    }

    pub fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }
}

/// Whether everything is to be tried, which takes minutes.
pub fn is_full() -> bool {
    std::env::var("ROOMKEY_SURVIVAL").is_ok_and(|how| how == "full")
}

/// How often: a few times, or as often as is asked of a full run.
pub fn times(few: usize, full: usize) -> usize {
    if is_full() { full } else { few }
}
