//! Places in a text: the graphemes, words and lines around the cursor, and the place under a pointer.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use super::TextInput;
use crate::domain::text::DisplayText;

impl TextInput {
    /// Puts the cursor so many cells behind a byte of the text, in the same line, and says whether any of the line is
    /// left behind it. Cells are counted as they are drawn.
    pub fn point(&mut self, from: usize, cells: usize) -> bool {
        let Some(rest) = self.text.get(from..).filter(|_| !self.secret) else { return false };
        let line = rest.split('\n').next().unwrap_or_default();
        let mut left = cells;
        let reached = line.grapheme_indices(true).find(|(_, grapheme)| {
            let own = DisplayText::line(grapheme).as_str().width();
            let here = own > left;
            left = left.saturating_sub(own);
            here
        });
        self.at = self.boundary(from + reached.map_or(line.len(), |(index, _)| index));
        self.typing = false;
        reached.is_some()
    }

    /// The index itself, or the next one between two graphemes: what is put in may join what stands behind it.
    pub(super) fn boundary(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        match cursor.is_boundary(&self.text, 0) {
            Ok(false) => cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len()),
            _ => at,
        }
    }

    pub(super) fn before(&self) -> usize {
        self.at - self.text[..self.at].graphemes(true).next_back().map_or(0, str::len)
    }

    pub(super) fn after(&self) -> usize {
        self.at + self.text[self.at..].graphemes(true).next().map_or(0, str::len)
    }

    pub(super) fn word_left(&self) -> usize {
        let words = self.text[..self.at].split_word_bound_indices().rev();
        words.into_iter().find(|(_, word)| is_word(word)).map_or(0, |(index, _)| index)
    }

    pub(super) fn word_right(&self) -> usize {
        let mut words = self.text[self.at..].split_word_bound_indices();
        let word = words.find(|(_, word)| is_word(word));
        word.map_or(self.text.len(), |(index, word)| self.at + index + word.len())
    }

    pub(super) fn line_start(&self) -> usize {
        self.text[..self.at].rfind('\n').map_or(0, |index| index + 1)
    }

    pub(super) fn line_end(&self) -> usize {
        self.text[self.at..].find('\n').map_or(self.text.len(), |index| self.at + index)
    }

    pub(super) fn above(&self) -> Option<usize> {
        let end = self.line_start().checked_sub(1)?;
        let start = self.text[..end].rfind('\n').map_or(0, |index| index + 1);
        Some(self.under(start, end))
    }

    pub(super) fn below(&self) -> Option<usize> {
        let end = self.line_end();
        let start = (end < self.text.len()).then_some(end + 1)?;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |index| start + index);
        Some(self.under(start, end))
    }

    /// The place in another line that is nearest to the cursor's column.
    pub(super) fn under(&self, start: usize, end: usize) -> usize {
        let wanted = self.text[self.line_start()..self.at].width();
        let mut column = 0;
        for (index, grapheme) in self.text[start..end].grapheme_indices(true) {
            column += grapheme.width();
            if column > wanted {
                return start + index;
            }
        }
        end
    }
}

fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
