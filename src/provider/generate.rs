//! Values made anew each time: room names and the like, from patterns with `{prefix} {date} {time} {rand} {ticket}
//! {agent}`. Chance and the present are handed in.

use jiff::Zoned;

use crate::domain::literal::Literal;
use crate::domain::page::{Field, Kind, Operation};

use super::alphabet;
use super::compose::Raw;

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

/// Whether a text is a pattern: some piece stands in it.
pub fn is_pattern(text: &str) -> bool {
    PIECES.iter().any(|piece| text.contains(&format!("{{{piece}}}")))
}

/// The first name in braces that is no piece, where there is one: a slip of the pen.
pub(super) fn unknown_piece(text: &str) -> Option<&str> {
    let is_name = |name: &&str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
    };
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    names.filter(is_name).find(|name| !PIECES.contains(name))
}

/// Fills a pattern for a field, in the characters and within the length the field allows; unknown placeholders stay
/// as they are (lint refuses them). Separators left over by empty pieces are dropped.
pub fn generate_for(field: &Field, pattern: &str, pieces: &Pieces) -> String {
    let most = match field.rules.max {
        Some(Literal::Int(most)) => usize::try_from(most).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    let mut pieces = pieces.clone();
    loop {
        let made = alphabet::fit(&generate(pattern, &pieces), &field.rules);
        let over = made.chars().count().saturating_sub(most);
        if over == 0 {
            return made;
        }
        let said = [&mut pieces.prefix, &mut pieces.ticket, &mut pieces.agent];
        let used = said.into_iter().zip(["{prefix}", "{ticket}", "{agent}"]);
        let longest = used.filter(|(_, name)| pattern.contains(name)).map(|(text, _)| text);
        match longest.max_by_key(|text| text.chars().count()).filter(|text| !text.is_empty()) {
            Some(text) => drop(text.pop()),
            // What chance made stands at the end.
            None => return made.chars().skip(over).collect(),
        }
    }
}

/// The values of a layer with every pattern filled; only texts that are no secret can be one.
pub fn filled(operation: &Operation, raw: &Raw, pieces: &mut dyn FnMut() -> Pieces) -> Raw {
    let value = |(name, value): &(String, String)| {
        let field = operation.field_for(name).map(|(_, field)| field);
        let made = field.filter(|field| takes_patterns(field) && is_pattern(value));
        (name.clone(), made.map_or_else(|| value.clone(), |field| generate_for(field, value, &pieces())))
    };
    raw.iter().map(value).collect()
}

pub(super) fn takes_patterns(field: &Field) -> bool {
    field.kind == Kind::Text && !field.secret
}

fn generate(pattern: &str, pieces: &Pieces) -> String {
    let mut out = pattern.to_owned();
    let mut gap = false;
    for (name, value) in [
        ("{prefix}", pieces.prefix.as_str()),
        ("{ticket}", pieces.ticket.as_str()),
        ("{agent}", pieces.agent.as_str()),
        ("{rand}", pieces.rand.as_str()),
        ("{date}", &pieces.now.strftime("%Y-%m-%d").to_string()),
        ("{time}", &pieces.now.strftime("%H:%M").to_string()),
    ] {
        gap |= value.is_empty() && out.contains(name);
        out = out.replace(name, value);
    }
    for twice in ["--", "__", "  "] {
        while gap && out.contains(twice) {
            out = out.replace(twice, &twice[..1]);
        }
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

    fn field(rules: &str) -> Field {
        toml::from_str(&format!("kind = \"text\"\nlabel = \"Name\"\n[rules]\n{rules}")).unwrap()
    }

    fn pieces() -> Pieces {
        Pieces {
            now: "2026-11-21T14:02:00[Europe/Berlin]".parse().unwrap(),
            rand: "abcdefghi0".into(),
            prefix: "acme".into(),
            ticket: "T 48/21".into(),
            agent: "Zoë Müßig".into(),
        }
    }

    #[test]
    fn what_is_generated_fits_the_field() {
        let slug = field("chars = \"A-Za-z0-9_-\"");
        let made = |field: &Field, pattern: &str| generate_for(field, pattern, &pieces());
        assert_eq!(made(&slug, "{prefix}-{date}-{time}-{rand}"), "acme-2026-11-21-14-02-abcdefghi0");
        assert_eq!(made(&slug, "{agent} {ticket}"), "Zoe-Muessig-T-48-21");
        assert_eq!(made(&field(""), "{agent}, {ticket}"), "Zoë Müßig, T 48/21");
        assert_eq!(
            made(&field("chars = \"a-z0-9\"\ncase = \"lower\""), "{agent}{rand}"),
            "zoemuessigabcdefghi0"
        );
        assert_eq!(made(&field("never = \"/,\""), "{ticket},{prefix}"), "T 48-21-acme");
        assert_eq!(made(&field("max = 14"), "{prefix}-{rand}"), "acm-abcdefghi0");
        assert_eq!(made(&field("max = 10"), "{prefix}-{agent}-{rand}"), "abcdefghi0");
        assert_eq!(made(&field("max = 6"), "x{rand}"), "efghi0");
    }

    #[test]
    fn empty_pieces_leave_no_gaps() {
        let empty = Pieces { ticket: String::new(), prefix: String::new(), ..pieces() };
        let plain = field("");
        assert_eq!(generate_for(&plain, "{prefix}-{ticket}-{rand}", &empty), "abcdefghi0");
        assert_eq!(generate_for(&plain, "a-{ticket}-{rand}", &empty), "a-abcdefghi0");
        assert_eq!(generate_for(&plain, "a--{rand}", &pieces()), "a--abcdefghi0");
        assert!(is_pattern("x{agent}") && !is_pattern("{guest_link} {x} rand"));
    }

    #[test]
    fn values_made_by_chance_are_known_again() {
        assert!(could_generate("room-{rand}", "room-abcdefghi0"));
        assert!(could_generate("{prefix}-{date}-{rand}", "acme-2026-11-21-abcdefghi0"));
        assert!(!could_generate("room-{rand}", "room-lobby"));
        assert!(!could_generate("room-{rand}", "abcdefghi0"));
        assert!(!could_generate("Meeting {date}", "Meeting 2026-11-21"));
    }
}
