//! Values made anew each time: room names and the like, from patterns with `{prefix} {date} {time} {rand} {ticket}
//! {agent}`. Chance and the present are handed in.

use jiff::Zoned;

/// What patterns may use.
#[derive(Clone, Debug)]
pub struct Pieces {
    pub now: Zoned,
    /// Ten characters of a–z0–9, fresh for each value.
    pub rand: String,
    pub prefix: String,
    pub ticket: String,
    pub agent: String,
}

/// The placeholders a pattern may hold.
pub const PIECES: [&str; 6] = ["prefix", "date", "time", "rand", "ticket", "agent"];

/// Fills a pattern; unknown placeholders stay as they are (lint refuses them). Separators left over by empty pieces
/// at either end are dropped.
pub fn generate(pattern: &str, pieces: &Pieces) -> String {
    let mut out = pattern.to_owned();
    for (name, value) in [
        ("{prefix}", pieces.prefix.as_str()),
        ("{ticket}", pieces.ticket.as_str()),
        ("{agent}", pieces.agent.as_str()),
        ("{rand}", pieces.rand.as_str()),
        ("{date}", &pieces.now.strftime("%Y-%m-%d").to_string()),
        ("{time}", &pieces.now.strftime("%H:%M").to_string()),
    ] {
        out = out.replace(name, value);
    }
    out.trim_matches(['-', '_', ' ']).to_owned()
}
