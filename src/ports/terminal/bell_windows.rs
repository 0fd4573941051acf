//! What wakes the main thread on Windows, where the keyboard has a thread of its own.

use std::io;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Instant;

#[derive(Default)]
pub struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    pub fn new() -> io::Result<Bell> {
        Ok(Bell::default())
    }

    /// Wakes whoever waits, or will wait next. To be rung after what it tells of is there.
    pub fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.heard.notify_one();
    }

    /// Quiet again. To be called before what it tells of is looked at, so that nothing is missed in between.
    pub fn hush(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }

    /// Waits until it rings, or until the time comes.
    pub fn wait(&self, until: Option<Instant>) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let _rung = match until {
            None => self.heard.wait_while(rung, |rung| !*rung).unwrap_or_else(PoisonError::into_inner),
            Some(until) => {
                let left = until.saturating_duration_since(Instant::now());
                let waited = self.heard.wait_timeout_while(rung, left, |rung| !*rung);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
    }
}
