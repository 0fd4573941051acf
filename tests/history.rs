//! The history: what is in the file and when, who may read it, and what becomes of it when things go wrong. An
//! independent reader, the `sqlite3` program, is asked where it is present.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![cfg(unix)]

#[path = "history/console.rs"]
mod console;
#[path = "history/damage.rs"]
mod damage;
#[path = "history/file.rs"]
mod file;
#[path = "history/house.rs"]
mod house;
#[path = "history/keeping.rs"]
mod keeping;
#[path = "history/program.rs"]
mod program;
#[path = "terminal/pty.rs"]
#[allow(dead_code)]
mod pty;
#[path = "support/skipped.rs"]
mod skipped;
#[path = "cli/stage.rs"]
mod stage;
#[path = "history/tickets.rs"]
mod tickets;
