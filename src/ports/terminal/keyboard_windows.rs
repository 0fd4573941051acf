//! On Windows the keyboard is read by a thread (`handle_windows`) that sends what it hears; only the bell is waited
//! for.

use std::time::Instant;

use super::TerminalEvent;
use super::bell::Bell;

pub struct Keyboard;

impl Keyboard {
    pub fn new() -> Keyboard {
        Keyboard
    }

    /// Waits until the bell rings, or the time comes.
    pub fn wait(&mut self, bell: &Bell, until: Option<Instant>) -> Vec<TerminalEvent> {
        bell.wait(until);
        bell.hush();
        Vec::new()
    }
}
