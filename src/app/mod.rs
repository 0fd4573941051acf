//! What the console knows and decides, without touching the world: one `Model`, one pure `update` that answers a
//! message with effects, one module per page.

pub mod effect;
pub mod form;
pub mod message;
pub mod text_input;
