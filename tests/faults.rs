//! When providers and networks misbehave: every kind of bad answer and broken connection, over all providers, ends as
//! created, certainly not created or maybe created, with one sentence, one request, no secret and an inert screen.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

mod support;

#[path = "faults/answers.rs"]
mod answers;
#[path = "faults/bench.rs"]
mod bench;
#[path = "faults/canaries/mod.rs"]
mod canaries;
#[path = "faults/connections.rs"]
mod connections;
#[path = "cli/examples.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod examples;
#[path = "faults/exits.rs"]
mod exits;
#[path = "faults/hostile.rs"]
mod hostile;
#[path = "faults/inert.rs"]
mod inert;
#[cfg(target_os = "linux")]
#[path = "faults/keyring.rs"]
mod keyring;
#[path = "faults/links.rs"]
mod links;
#[cfg(target_os = "linux")]
#[path = "faults/memory.rs"]
mod memory;
#[path = "faults/odd.rs"]
mod odd;
#[cfg(target_os = "linux")]
#[path = "faults/process.rs"]
mod process;
#[path = "faults/properties.rs"]
mod properties;
#[path = "faults/redirects.rs"]
mod redirects;
#[path = "faults/refusals.rs"]
mod refusals;
#[path = "cli/stage.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod stage;
#[path = "faults/table.rs"]
mod table;
#[path = "faults/unread.rs"]
mod unread;
#[path = "faults/xml.rs"]
mod xml;
