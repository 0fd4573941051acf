//! roomkey, a terminal meeting console. This is the map of the program.
//!
//! A **provider is a page one can read**: a TOML file in `assets/providers` that says which settings a profile holds,
//! how a request is signed, which fields an operation has, and what the answer means. Form, checks, request, command
//! line, help and README derive from it.
//!
//! The nouns stand in [`domain`] and touch nothing. [`provider`] gives pages their meaning: typed texts become
//! `Values`, values a `Plan`, and `provider::flow` performs a plan by handing out requests and taking answers, without
//! sending anything itself; `provider::outcome` alone decides whether something was created. [`config`] reads what the
//! user wrote. [`ports`] are the only doors to the world: terminal, network, clock, chance, files, clipboard.
//!
//! The console is one `Model` and one pure `update` in [`app`]; it answers a message with effects, which are plain
//! data. [`ui`] draws the model. [`runtime`] is the loop around both, and [`worker`] performs calls in the background.
//! [`cli`] walks the same way from values on, without a screen. [`sandbox`] imitates the five services, with credential
//! checks of its own, for the demo and the tests.
//!
//! Directions are held by `tests/architecture.rs`.
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

#[cfg(test)]
#[path = "../tests/support/chance.rs"]
mod chance;
