//! roomkey, a terminal meeting console. The map of the program stands here once the rooms are furnished.

pub mod sandbox;
