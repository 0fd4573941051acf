//! The console by typed keys: what it does, and what its screens look like.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod screens {
    mod looks;
}
mod support;
