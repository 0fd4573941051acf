//! How many cells texts take. Every draw asks for many of them and nearly all are simple: the tables of Unicode are
//! looked into for the others only.

use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Characters of one cell each that join with nothing around them: ASCII, lines and the signs of the screens.
fn is_simple(letter: char) -> bool {
    matches!(letter, ' '..='~' | '·' | '‹' | '›' | '•' | '…' | '─'..='╿' | '▌' | '■'..='●')
}

pub fn are_simple(text: &str) -> bool {
    text.chars().all(is_simple)
}

/// Cells a text takes.
pub fn width(text: &str) -> usize {
    if are_simple(text) { text.chars().count() } else { UnicodeWidthStr::width(text) }
}

/// The same as a method.
pub trait TextWidth {
    fn width(&self) -> usize;
}

impl TextWidth for str {
    fn width(&self) -> usize {
        width(self)
    }
}

/// Cells of a line.
pub fn line_width(line: &Line) -> usize {
    line.spans.iter().map(|span| width(&span.content)).sum()
}

/// The same as the screen counts.
pub fn cells(text: &str) -> u16 {
    count(width(text))
}

/// A number of lines or cells as the screen counts.
pub fn count(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// The graphemes of a text, which are its characters where all are simple.
pub fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    let simple = are_simple(text);
    let (mut letters, mut graphemes) = (text.char_indices(), text.graphemes(true));
    std::iter::from_fn(move || match simple {
        true => letters.next().map(|(at, letter)| &text[at..at + letter.len_utf8()]),
        false => graphemes.next(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_characters_take_a_cell_each_and_stand_alone() {
        for letter in (' '..='\u{ffff}').filter(|letter| is_simple(*letter)) {
            assert_eq!(UnicodeWidthStr::width(letter.to_string().as_str()), 1, "{letter:?}");
            assert_eq!(format!("{letter}{letter}").graphemes(true).count(), 2, "{letter:?}");
        }
    }

    #[test]
    fn short_cuts_lead_to_the_same_place() {
        for text in ["", "plain", "── ● on …", "e\u{301}t\u{e9}", "a\u{301}", "日本 🎉", "👩‍👩‍👧 x"]
        {
            assert_eq!(width(text), UnicodeWidthStr::width(text), "{text}");
            assert!(graphemes(text).eq(text.graphemes(true)), "{text}");
        }
    }
}
