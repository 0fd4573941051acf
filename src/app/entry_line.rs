//! One line of typed text with the cursor at its end: the filter and the lists of choices need no more.

use unicode_segmentation::UnicodeSegmentation;

use crate::config::Context;
use crate::domain::key::{Key, KeyCode};
use crate::domain::text::DisplayText;

use super::action::Action;
use super::keys::Keys;

/// Longest text, in bytes; more is not typed but dropped on us.
const LONGEST: usize = 256;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryLine(String);

impl EntryLine {
    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether the key changed the text.
    pub fn key(&mut self, keys: &Keys, key: Key) -> bool {
        let before = self.0.len();
        match (key.code, keys.lookup(Context::Text, key)) {
            (_, Some((Action::EraseBefore, _))) => self.0.clear(),
            (_, Some((Action::EraseWord, _))) => {
                let kept = self.0.trim_end();
                let cut = kept.rfind(' ').map_or(0, |at| at + 1);
                self.0.truncate(cut);
            }
            (KeyCode::Backspace, None) => {
                let cut = self.0.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
                self.0.truncate(cut);
            }
            (KeyCode::Char(c), None) if !key.ctrl && !key.alt => self.paste(c.encode_utf8(&mut [0; 4])),
            _ => return false,
        }
        self.0.len() != before
    }

    /// Adds what can be drawn, on one line.
    pub fn paste(&mut self, text: &str) {
        let mut line = text.trim_matches(['\r', '\n']);
        while self.0.len() + line.len() > LONGEST {
            let Some((last, _)) = line.char_indices().next_back() else { return };
            line = &line[..last];
        }
        self.0.push_str(DisplayText::line(line).as_str());
    }
}
