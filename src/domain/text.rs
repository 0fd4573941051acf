//! The only way from outside text to a screen, a log or a terminal. Text of providers, of the configuration, of
//! pasted words and of files becomes `DisplayText` at the boundary; what it holds can neither move the cursor nor
//! hide, reorder or imitate other text.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A grapheme of more code points than this is not text but an attack on the terminal.
const MAX_CODE_POINTS: usize = 8;
/// Longest detail shown, in code points; lists cut much earlier.
const MAX_DETAIL: usize = 4096;

/// Text that is safe to draw: no control, format, private-use or tag characters, no overlong grapheme.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DisplayText(String);

impl DisplayText {
    /// One line, as lists and messages show it: what may not be drawn becomes `�`, line breaks become spaces.
    pub fn line(raw: &str) -> DisplayText {
        DisplayText(clean(raw, |bad, out| match bad {
            '\n' | '\t' | '\r' => out.push(' '),
            _ => out.push('\u{FFFD}'),
        }))
    }

    /// As details show it: what may not be drawn is named, `<U+202E>`. Line breaks stay.
    pub fn detail(raw: &str) -> DisplayText {
        DisplayText(clean(raw, |bad, out| match bad {
            '\n' => out.push('\n'),
            _ => out.push_str(&format!("<U+{:04X}>", bad as u32)),
        }))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Width in terminal cells.
    pub fn width(&self) -> usize {
        if is_plain_text(&self.0) { self.0.chars().count() } else { self.0.width() }
    }
}

impl fmt::Display for DisplayText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<DisplayText> for String {
    fn from(text: DisplayText) -> String {
        text.0
    }
}

/// The first character that may not be drawn or that came out of broken bytes, and its place, counted from 1. What
/// is typed or pasted unseen (keys, passwords) is refused for it.
pub fn first_unseen(raw: &str) -> Option<(usize, char)> {
    let unseen = |c: &char| is_forbidden(*c) || matches!(c, '\u{FFFD}' | '\u{FE0E}' | '\u{FE0F}' | '\u{A0}');
    raw.chars().enumerate().find(|(_, c)| unseen(c)).map(|(index, c)| (index + 1, c))
}

/// Most texts hold nothing but plain letters, and are looked at in every frame.
fn is_plain_text(raw: &str) -> bool {
    raw.len() <= MAX_DETAIL && raw.chars().all(|c| matches!(c, ' '..='~' | '•' | '·' | '‹' | '›' | '…'))
}

fn clean(raw: &str, mut replace: impl FnMut(char, &mut String)) -> String {
    if is_plain_text(raw) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len().min(MAX_DETAIL));
    for (count, grapheme) in raw.graphemes(true).enumerate() {
        if count == MAX_DETAIL {
            out.push('…');
            break;
        }
        if is_plain(grapheme) {
            out.push_str(grapheme);
            continue;
        }
        let mut before = ' ';
        for (index, c) in grapheme.chars().enumerate() {
            if index == MAX_CODE_POINTS {
                out.push('\u{FFFD}');
                break;
            }
            if may_stand(c, before) {
                out.push(c);
                before = c;
            } else {
                replace(c, &mut out);
                before = ' ';
            }
        }
    }
    out
}

fn is_plain(grapheme: &str) -> bool {
    grapheme.len() == 1 && matches!(grapheme.as_bytes()[0], 0x20..=0x7E)
}

/// Text of any length for a pipe: what may not be drawn becomes `�`, line breaks stay and nothing is cut.
pub(crate) fn printable(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut before = ' ';
    for c in raw.chars() {
        before = if c == '\n' || may_stand(c, before) { c } else { '\u{FFFD}' };
        out.push(before);
    }
    out
}

/// Joiners and variation selectors keep their meaning only right behind a pictograph, selectors behind the keys of a
/// telephone as well.
fn may_stand(c: char, before: char) -> bool {
    let pictograph = || {
        matches!(before as u32,
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x2BFF | 0x3030 | 0x303D | 0x3297 | 0x3299
        | 0x1F000..=0x1FAFF)
    };
    match c {
        '\u{200D}' => pictograph() || before == '\u{FE0F}',
        '\u{FE0E}' | '\u{FE0F}' => pictograph() || matches!(before, '#' | '*' | '0'..='9'),
        _ => !is_forbidden(c),
    }
}

/// Control, format, separator, surrogate, private-use and tag characters, and the non-characters.
pub(crate) fn is_forbidden(c: char) -> bool {
    // Nearly everything is ASCII.
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    let code = c as u32;
    c.is_control()
        || matches!(code,
            0x00AD | 0x034F | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F | 0x0890..=0x0891 | 0x08E2
            | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xE000..=0xF8FF | 0xFE00..=0xFE0D | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB | 0x110BD | 0x110CD | 0x13430..=0x1343F | 0x1BCA0..=0x1BCA3
            | 0x1D173..=0x1D17A | 0xE0000..=0x10FFFF)
        || code & 0xFFFE == 0xFFFE
        || matches!(code, 0xFDD0..=0xFDEF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_are_visible_and_inert() {
        for hostile in ["\u{1b}]0;PWN\u{7}", "\u{9b}31m", "a\u{8}\u{8}b", "x\u{0}y", "\u{7f}"] {
            let line = DisplayText::line(hostile);
            assert!(!line.as_str().chars().any(char::is_control), "{line:?}");
            assert!(line.as_str().contains('\u{FFFD}'));
        }
        assert_eq!(DisplayText::detail("team\u{202e}moc").as_str(), "team<U+202E>moc");
        assert_eq!(DisplayText::line("a\nb\tc").as_str(), "a b c");
    }

    #[test]
    fn real_text_keeps_its_meaning() {
        for text in ["Zoë Müller", "שלום", "مرحبا", "नमस्ते", "日本", "🇩🇪", "❤️", "👩‍🔬", "👨‍👩‍👧‍👦", "e\u{301}"]
        {
            assert_eq!(DisplayText::line(text).as_str(), text);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_found_with_its_place() {
        assert_eq!(first_unseen("key-123"), None);
        assert_eq!(first_unseen("ke\u{200b}y"), Some((3, '\u{200b}')));
        assert_eq!(first_unseen("key\u{fffd}"), Some((4, '\u{fffd}')));
        assert_eq!(first_unseen("\u{1b}[200~"), Some((1, '\u{1b}')));
    }

    #[test]
    fn joiners_without_a_picture_are_replaced() {
        for text in
            ["a\u{200D}b", "1\u{200D}2", "a\u{FE0F}", "\u{FE0E}", "\u{3042}\u{200D}", "👩\u{E0020}\u{200D}"]
        {
            assert!(DisplayText::line(text).as_str().contains('\u{FFFD}'), "{text:?}");
            assert!(printable(text).contains('\u{FFFD}'), "{text:?}");
        }
        for text in ["👩‍🔬 ❤️\n1️⃣", "line\nline", &"x".repeat(10_000)] {
            assert_eq!(printable(text), text);
        }
        assert_eq!(printable("a\tb\r\n\u{1b}"), "a\u{FFFD}b\u{FFFD}\n\u{FFFD}");
    }

    #[test]
    fn a_mountain_of_accents_is_cut() {
        let zalgo = format!("e{}", "\u{301}".repeat(100_000));
        assert!(DisplayText::line(&zalgo).as_str().len() < 64);
    }

    proptest! {
        #![proptest_config(crate::chance::usual())]

        #[test]
        fn nothing_forbidden_survives(raw in "\\PC*|.*") {
            for text in [DisplayText::line(&raw), DisplayText::detail(&raw)] {
                for c in text.as_str().chars() {
                    prop_assert!(c == '\n' || !is_forbidden(c) , "{c:?}");
                }
            }
        }
    }
}
