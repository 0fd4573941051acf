//! What the user keeps: presets written by the real console into the configuration, and what comes of them.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![cfg(unix)]

#[path = "keeping/drafts.rs"]
mod drafts;
#[path = "keeping/presets.rs"]
mod presets;
#[path = "terminal/pty.rs"]
#[allow(dead_code)]
mod pty;
#[path = "cli/stage.rs"]
#[allow(dead_code)]
mod stage;
#[path = "keeping/templates.rs"]
mod templates;
