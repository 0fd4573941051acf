//! What people type for a time, against answers worked out by another program, and against anything at all.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/chance.rs"]
mod chance;
#[path = "time/meaning.rs"]
mod meaning;
#[path = "time/properties.rs"]
mod properties;
#[path = "time/table.rs"]
mod table;
