//! What the tests of the console share: a console on a fixed clock, and entries to fill it with.

#![allow(dead_code, reason = "each test file uses what it needs")]

pub mod chance;
pub mod console;
pub mod entries;
pub mod live;
pub mod nobody;
pub mod shot;
pub mod skipped;
