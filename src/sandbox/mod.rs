//! The sandbox: one loopback HTTP server that imitates the five services strictly, so that the demo, the tests and
//! `roomkey sandbox` can make rooms without an account anywhere.
//!
//! It is written from the vendors' own rules and shares nothing with the code it checks: `verify` judges
//! credentials, `shape` judges JSON, and each service has a file or folder of its own. Where a vendor leaves a point
//! open, the service's module says what was chosen. `fault` makes the server misbehave on order; `running` is the
//! handle that tells the truth about which rooms exist, and `truth` tells it to those outside.

mod announce;
mod bbb;
mod bunch;
mod connection;
mod desk;
mod dice;
mod fault;
mod hall;
mod hostile;
mod joinme;
mod jwt;
mod keys;
mod metered;
mod page;
mod running;
mod server;
mod shape;
mod state;
mod times;
mod truth;
mod verify;
mod whereby;
mod wire;
mod world;

pub use desk::Room;
pub use fault::{Act, Fault, Gate};
pub use running::Running;
pub use server::Sandbox;
pub use state::Seen;
pub use world::World;

/// The ids of the imitated providers, in the order in which they are announced.
pub const PROVIDERS: [&str; 5] = ["bunch", "joinme", "metered", "bigbluebutton", "whereby"];
