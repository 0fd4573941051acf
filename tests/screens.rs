//! The console by typed keys: what it does, and what its screens look like.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod screens {
    mod any_keys;
    mod commands;
    mod copying;
    mod creating;
    mod deleting;
    mod elsewhere;
    mod filling;
    mod generated;
    mod leaving;
    mod looks;
    mod marking;
    mod menu;
    mod messages;
    mod mouse;
    mod moving;
    mod opening;
    mod people;
    mod presets;
    mod remembering;
    mod requests;
    mod sizes;
    mod telling;
    mod templates;
    mod time;
    mod viewing;
}
mod support;
