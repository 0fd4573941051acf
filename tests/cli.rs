//! The command line as its users meet it: the real program, the real sandbox, exit codes, standard output and
//! standard error.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

#[path = "cli/catalogue.rs"]
mod catalogue;
#[cfg(unix)]
#[path = "cli/doctor.rs"]
mod doctor;
#[cfg(unix)]
#[path = "cli/edit.rs"]
mod edit;
#[path = "cli/every_field.rs"]
mod every_field;
#[path = "cli/examples.rs"]
mod examples;
#[path = "cli/field_values.rs"]
mod field_values;
#[path = "cli/in_force.rs"]
mod in_force;
#[path = "http/listener.rs"]
#[allow(dead_code)]
mod listener;
#[path = "cli/mistakes.rs"]
mod mistakes;
#[path = "support/nobody.rs"]
mod nobody;
#[path = "cli/outcomes.rs"]
mod outcomes;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/papers.rs"]
mod papers;
#[path = "cli/people.rs"]
mod people;
#[cfg(unix)]
#[path = "cli/profile_add.rs"]
mod profile_add;
#[path = "cli/profile_test.rs"]
mod profile_test;
#[cfg(unix)]
#[path = "terminal/pty.rs"]
#[allow(dead_code, reason = "shared with the tests of the terminal")]
mod pty;
#[cfg(unix)]
#[path = "cli/signals.rs"]
mod signals;
#[path = "support/skipped.rs"]
mod skipped;
#[path = "cli/stage.rs"]
mod stage;
