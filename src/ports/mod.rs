//! The only doors to the world: files, processes, network, terminal, clock, chance, clipboard. Nothing else in the
//! program touches them, and everything behind them is handed in, so that a test can hand in something else.

#![allow(clippy::disallowed_methods, reason = "this room is where the world comes in")]

pub mod browser;
pub mod children;
pub mod clipboard;
pub mod clock;
pub mod closed;
pub mod downloads;
pub mod editor;
pub mod files;
pub mod history;
pub mod http;
pub mod keyring;
pub mod log;
pub mod login;
pub mod paths;
pub mod process;
pub mod programs;
pub mod prompt;
pub mod random;
pub mod secrets;
pub mod terminal;
