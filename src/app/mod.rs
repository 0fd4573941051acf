//! What the console knows and decides, without touching the world: one `Model`, one pure `update` that answers a
//! message with effects, one module per page. `crate::ui` draws the model, the runtime performs the effects.

pub mod action;
pub mod book;
pub mod copy;
pub mod create;
pub mod dialog;
pub mod effect;
pub mod form;
pub mod form_page;
pub mod jobs;
pub mod keys;
pub mod layer;
pub mod layout;
pub mod list;
pub mod message;
pub mod messages;
pub mod model;
pub mod pages;
pub mod palette;
pub mod past;
pub mod picker;
pub mod poster;
pub mod quit;
pub mod recall;
pub mod reload;
pub mod requests;
pub mod row;
pub mod rows;
pub mod said;
pub mod text_input;
pub mod text_keys;
pub mod tick;
pub mod trust;
pub mod update;
pub mod want;
