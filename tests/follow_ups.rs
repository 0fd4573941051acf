//! Checking and deleting what was made, and testing keys: whole ways through console, worker, HTTP and the sandbox, and the command line.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

#[path = "follow_ups/faults.rs"]
mod faults;
#[path = "follow_ups/key_tests.rs"]
mod key_tests;
#[path = "follow_ups/program.rs"]
#[cfg(unix)]
mod program;
#[path = "follow_ups/round_trips.rs"]
mod round_trips;
#[path = "follow_ups/saved.rs"]
#[cfg(unix)]
mod saved;
#[path = "cli/stage.rs"]
#[cfg(unix)]
#[allow(dead_code)]
mod stage;
mod support;
