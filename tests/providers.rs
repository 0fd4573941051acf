//! Pages and the engine that reads them: every example runs, every error row speaks, every rule fires, every checksum
//! of the vendor matches. Expectations stand in the pages and in `assets/fixtures`, written by hand from the vendors'
//! documents.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

#[path = "providers/addition.rs"]
mod addition;
#[path = "providers/checksums.rs"]
mod checksums;
#[path = "providers/elsewhere.rs"]
mod elsewhere;
#[path = "providers/errors.rs"]
mod errors;
#[path = "providers/examples.rs"]
mod examples;
#[path = "providers/follow_ups.rs"]
mod follow_ups;
#[path = "providers/key_tests.rs"]
mod key_tests;
#[path = "providers/lints.rs"]
mod lints;
#[path = "providers/outcomes.rs"]
mod outcomes;
#[path = "providers/pages.rs"]
mod pages;
#[path = "providers/rules.rs"]
mod rules;
#[path = "support/skipped.rs"]
mod skipped;
#[path = "providers/stage.rs"]
mod stage;
