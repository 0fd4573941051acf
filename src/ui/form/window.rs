//! Text in a space of its own width: the part of a line around the cursor, text over several lines. Every grapheme is
//! cleaned before it is measured, so that what may not be drawn takes the cells of its stand-in.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::DisplayText;
use crate::ui::parts::TextWidth;

/// The part of a line that is seen.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub text: String,
    /// Column of the cursor.
    pub column: u16,
    /// The byte of the line that is seen first.
    pub from: usize,
}

/// The part of a line around a cursor (a byte index between graphemes). Near the end a quarter of the width is kept
/// free behind the cursor, as far as there is text for it.
pub fn around(line: &str, at: usize, width: usize) -> Seen {
    if width == 0 {
        return Seen { text: String::new(), column: 0, from: at };
    }
    let (before, after) = line.split_at(at);
    let ahead = width_up_to(after, width / 4);
    let room = width.saturating_sub(1).saturating_sub(ahead);
    let mut used = 0;
    let mut from = at;
    let mut shown: Vec<String> = Vec::new();
    for grapheme in before.graphemes(true).rev() {
        let clean = clean(grapheme);
        // the whole beginning may use the room kept for what follows
        if used + clean.width() > room {
            break;
        }
        used += clean.width();
        from -= grapheme.len();
        shown.push(clean);
    }
    let mut text: String = shown.into_iter().rev().collect();
    let mut total = used;
    for grapheme in after.graphemes(true) {
        let clean = clean(grapheme);
        if total + clean.width() > width {
            break;
        }
        total += clean.width();
        text.push_str(&clean);
    }
    Seen { text, column: u16::try_from(used).unwrap_or(u16::MAX), from }
}

fn clean(grapheme: &str) -> String {
    DisplayText::line(grapheme).into()
}

fn width_up_to(text: &str, most: usize) -> usize {
    let mut width = 0;
    for grapheme in text.graphemes(true) {
        if width >= most {
            break;
        }
        width += clean(grapheme).width();
    }
    width.min(most)
}

/// Text over several lines, broken at spaces where that is possible.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in DisplayText::line(text).as_str().split(' ') {
        let last = lines.last_mut();
        let Some(line) = last else { continue };
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn seen(line: &str, at: usize, width: usize, text: &str, column: u16) {
        let seen = around(line, at, width);
        assert_eq!((seen.text.as_str(), seen.column), (text, column));
        let from = &line[seen.from..];
        assert!(from.starts_with(&text[..text.find('\u{fffd}').unwrap_or(text.len())]), "{from}");
    }

    #[test]
    fn a_short_line_is_seen_whole() {
        seen("room", 4, 10, "room", 4);
        seen("room", 0, 10, "room", 0);
    }

    #[test]
    fn a_long_line_is_seen_around_its_cursor() {
        seen("abcdefghij", 10, 8, "defghij", 7);
        seen("abcdefghij", 0, 8, "abcdefgh", 0);
        seen("abcdefghij", 7, 8, "cdefghij", 5);
    }

    #[test]
    fn wide_and_joined_characters_keep_their_cells() {
        seen("日本語日本語", 18, 7, "日本語", 6);
        seen("👨‍👩‍👧‍👦x", "👨‍👩‍👧‍👦".len(), 10, "👨‍👩‍👧‍👦x", 2);
        seen("a\u{1b}b", 2, 10, "a\u{fffd}b", 2);
    }

    #[test]
    fn sentences_break_at_spaces() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
    }
}
