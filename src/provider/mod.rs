//! What a page means. `catalog` and `load` bring pages in, `lint` checks them; `compose` and `validate` turn typed
//! texts into `Values`; `plan`, `flow` and `build` turn those into requests and the answers into an entry; `outcome`
//! alone decides whether something was created, `follow_up` asks about it afterwards, and `key_test` creates nothing.
//! Everything here is pure: no network, no files, no clock.

pub mod alphabet;
pub mod answer;
pub mod build;
pub mod catalog;
pub mod check;
pub mod checksum;
pub mod compose;
pub mod condition;
pub mod elsewhere;
pub mod ends;
pub mod expand;
pub mod fits;
pub mod flow;
pub mod follow_up;
pub mod from_curl;
pub mod generate;
mod hide;
pub mod join;
pub mod key_test;
pub mod link_check;
pub mod lint;
pub mod load;
mod locate;
pub mod outcome;
pub mod people;
pub mod placeholder;
pub mod plan;
pub mod read;
pub mod redact;
pub mod settings;
mod time_header;
pub mod to_curl;
mod told;
pub mod validate;
pub mod wire;
