//! roomkey, a terminal meeting console. The map of the program stands here once the rooms are furnished.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod error;
pub mod ports;
pub mod provider;
pub mod runtime;
pub mod sandbox;
pub mod ui;
pub mod worker;
