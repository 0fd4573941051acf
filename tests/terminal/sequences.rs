//! What a program wrote, taken apart into control sequences, and those that drawing does not need.

use base64::Engine;

/// Private modes that may be switched: cursor, mouse (presses, decimal), alternate screen, bracketed paste,
/// synchronized output.
const MODES: [&str; 6] = ["?25", "?1000", "?1006", "?1049", "?2004", "?2026"];

/// Every control character and sequence that is not among those the console may write.
pub fn strangers(written: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = written;
    while let Some(at) = rest.find(|letter: char| letter.is_control()) {
        let (length, known) = first(&rest[at..]);
        if !known {
            found
                .push(rest[at..].chars().take(length.max(12)).collect::<String>().escape_debug().to_string());
        }
        rest = &rest[at + length..];
    }
    found
}

/// Length in bytes of the sequence this begins with, and whether it may be.
fn first(text: &str) -> (usize, bool) {
    let Some(body) = text.strip_prefix("\x1b[") else {
        let length = text.chars().next().map_or(1, char::len_utf8);
        return (length, false);
    };
    let Some(end) = body.find(|letter: char| ('\u{40}'..='\u{7e}').contains(&letter)) else {
        return (text.len(), false);
    };
    let (parameters, last) = (&body[..end], &body[end..=end]);
    let numbers = |most: usize| {
        parameters.split(';').count() <= most
            && parameters.bytes().all(|byte| byte == b';' || byte.is_ascii_digit())
    };
    let known = match last {
        "m" => numbers(20),
        "H" => numbers(2),
        "J" => parameters == "2",
        "h" | "l" => MODES.contains(&parameters),
        _ => false,
    };
    (2 + end + 1, known)
}

/// The text of the last complete order to the clipboard (OSC 52).
pub fn copied(written: &str) -> Option<String> {
    let (_, order) = written.rsplit_once("\x1b]52;c;")?;
    let (text, _) = order.split_once("\x1b\\")?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
    String::from_utf8(bytes).ok()
}

#[test]
fn only_strangers_are_told() {
    assert_eq!(strangers("a\x1b[1;2Hb\x1b[0;38;5;1m\x1b[2J\x1b[?25h\x1b[?2026l"), Vec::<String>::new());
    for stranger in
        ["\x1b]0;t\x07", "\x1b[6n", "\x1b[c", "\x1b[?1003h", "\x1bc", "\r", "\u{9b}1m", "\x1b[?u", "\x1b["]
    {
        assert_ne!(strangers(stranger), Vec::<String>::new(), "{stranger:?}");
    }
}
