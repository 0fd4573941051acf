//! What survives: the program is killed at any moment and at every write, many of them write to one history, and its
//! storage fails in every way there is. The sandbox's own list of rooms and requests is the truth to compare with.
//!
//! Each test does a little; `ROOMKEY_SURVIVAL=full` does all of it (some minutes). `ROOMKEY_SEED` repeats a run, `ROOMKEY_CHANCE=fresh`
//! chooses another.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![cfg(unix)]

#[path = "survival/chance.rs"]
mod chance;
#[path = "survival/kills.rs"]
mod kills;
#[path = "survival/leaving.rs"]
mod leaving;
#[path = "survival/ledger.rs"]
mod ledger;
#[path = "survival/outsider.rs"]
mod outsider;
#[path = "terminal/pty.rs"]
#[allow(dead_code, reason = "shared with the tests of the terminal")]
mod pty;
#[path = "survival/screen.rs"]
mod screen;
#[path = "support/chance.rs"]
mod seed;
#[path = "support/skipped.rs"]
mod skipped;
#[path = "cli/stage.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod stage;
#[path = "survival/storage.rs"]
mod storage;
#[path = "survival/storm.rs"]
mod storm;
#[path = "survival/sweep.rs"]
mod sweep;
