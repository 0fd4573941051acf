//! The configuration as its users meet it: what is said about a mistake and where, what is never said, which
//! profiles still work, how files are read and secrets fetched.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

#[path = "config/added.rs"]
mod added;
#[path = "config/canary.rs"]
mod canary;
#[path = "support/chance.rs"]
mod chance;
#[path = "config/changes.rs"]
mod changes;
#[path = "config/check.rs"]
mod check;
#[path = "config/files.rs"]
mod files;
#[path = "config/places.rs"]
mod places;
#[path = "config/profiles.rs"]
mod profiles;
#[path = "config/schema.rs"]
mod schema;
#[path = "config/secrets.rs"]
mod secrets;
#[path = "config/support.rs"]
mod support;
#[path = "config/writing.rs"]
mod writing;
