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

/// Whether a value can have come from a pattern that holds `{rand}`: it has the pattern's own texts in their places
/// and something that looks made by chance where the pattern says so.
pub fn could_generate(pattern: &str, value: &str) -> bool {
    let Some((before, after)) = pattern.split_once("{rand}") else { return false };
    let own = |text: &str| !text.contains('{');
    let chance = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let tail = if own(after) { after } else { "" };
    let Some(rest) = value.strip_suffix(tail) else { return false };
    let made = rest.char_indices().rev().take_while(|(_, c)| chance(*c)).count();
    let head = &rest[..rest.len() - made.min(10)];
    made >= 10 && (!own(before) || head == before.trim_start_matches(['-', '_', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_made_by_chance_are_known_again() {
        assert!(could_generate("room-{rand}", "room-abcdefghi0"));
        assert!(could_generate("{prefix}-{date}-{rand}", "acme-2026-11-21-abcdefghi0"));
        assert!(!could_generate("room-{rand}", "room-lobby"));
        assert!(!could_generate("room-{rand}", "abcdefghi0"));
        assert!(!could_generate("Meeting {date}", "Meeting 2026-11-21"));
    }
}
