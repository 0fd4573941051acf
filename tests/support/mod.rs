//! What the tests of the console share: a console on a fixed clock, and entries to fill it with.

pub mod console;
pub mod entries;
pub mod shot;
