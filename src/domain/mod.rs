//! The nouns of roomkey, without any I/O: what a provider's page may say, what a user may enter, what a request, a
//! link and an entry are, and the types that protect (`Secret`, `DisplayText`). Everything else builds on this room.

pub mod charset;
pub mod clipboard;
pub mod entry;
pub mod entry_json;
pub mod exchange;
pub mod finding;
pub mod host;
pub mod hyperlink;
pub mod key;
pub mod keyed;
pub mod link;
pub mod literal;
pub mod mask;
pub mod message;
pub mod moment;
pub mod nearest;
pub mod page;
pub mod request;
pub mod roster;
pub mod secret;
pub mod text;
pub mod values;
