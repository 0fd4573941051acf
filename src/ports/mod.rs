//! The doors to the world: files, processes, clock, network, terminal. Nothing else in the program touches them.

pub mod paths;
pub mod secrets;
