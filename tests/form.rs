//! The form, filled in by typing and looked at on a screen in memory.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "form/comfort.rs"]
mod comfort;
#[path = "form/console.rs"]
mod console;
#[path = "form/dependencies.rs"]
mod dependencies;
#[path = "form/elsewhere.rs"]
mod elsewhere;
#[path = "form/every_page.rs"]
mod every_page;
#[path = "form/finding.rs"]
mod finding;
#[path = "form/keys.rs"]
mod keys;
#[path = "form/kinds.rs"]
mod kinds;
#[path = "form/moving.rs"]
mod moving;
#[path = "form/much.rs"]
mod much;
#[path = "form/pasting.rs"]
mod pasting;
#[path = "form/submitting.rs"]
mod submitting;
#[path = "time/table.rs"]
#[allow(dead_code)]
mod table;
#[path = "form/times.rs"]
mod times;
#[path = "form/undoing.rs"]
mod undoing;
#[path = "form/values.rs"]
mod values;
