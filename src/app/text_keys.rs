//! What keys do to a text of one line outside of the form: the filter and the lists of choices are typed into like any
//! field, with the same words for moving and erasing.

use crate::config::Context;
use crate::domain::key::{Key, KeyCode};
use crate::domain::text::DisplayText;

use super::action::Action;
use super::keys::Keys;
use super::text_input::{Edit, TextInput};

/// Longest text, in bytes; more is not typed but dropped on us.
const LONGEST: usize = 256;

/// Types or edits; true where the text is another one now.
pub fn typed(input: &mut TextInput, keys: &Keys, key: Key) -> bool {
    let before = input.text().to_owned();
    match (edit(keys, key), key.code) {
        (Some(edit), _) => {
            input.edit(edit);
        }
        (None, KeyCode::Char(c)) if !key.ctrl && !key.alt => pasted(input, c.encode_utf8(&mut [0; 4])),
        _ => return false,
    }
    input.text() != before
}

/// Adds what can be drawn, on one line.
pub fn pasted(input: &mut TextInput, text: &str) {
    let mut line = text.trim_matches(['\r', '\n']);
    while input.text().len() + line.len() > LONGEST {
        let Some((last, _)) = line.char_indices().next_back() else { return };
        line = &line[..last];
    }
    input.insert(DisplayText::line(line).as_str());
}

/// What a key of the cursor does to any text, without a word of the keymap.
pub fn plain(key: Key) -> Option<Edit> {
    let word = key.ctrl || key.alt;
    Some(match key.code {
        KeyCode::Backspace if word => Edit::EraseWord,
        KeyCode::Left if word => Edit::WordLeft,
        KeyCode::Right if word => Edit::WordRight,
        KeyCode::Backspace => Edit::Backspace,
        KeyCode::Delete => Edit::Delete,
        KeyCode::Left => Edit::Left,
        KeyCode::Right => Edit::Right,
        KeyCode::Up => Edit::Up,
        KeyCode::Down => Edit::Down,
        _ => return None,
    })
}

fn edit(keys: &Keys, key: Key) -> Option<Edit> {
    Some(match (keys.lookup(Context::Text, key).map(|(action, _)| action), key.code) {
        (Some(Action::LineStart), _) => Edit::LineStart,
        (Some(Action::LineEnd), _) => Edit::LineEnd,
        (Some(Action::EraseBefore), _) => Edit::EraseBefore,
        (Some(Action::EraseWord), _) => Edit::EraseWord,
        (Some(Action::EraseAfter), _) => Edit::EraseAfter,
        (Some(Action::EraseWordAfter), _) => Edit::EraseWordAfter,
        (Some(Action::WordLeft), _) => Edit::WordLeft,
        (Some(Action::WordRight), _) => Edit::WordRight,
        (Some(Action::Undo), _) => Edit::Undo,
        (Some(Action::Redo), _) => Edit::Redo,
        (Some(_), _) => return None,
        // One line has none above and none below.
        (None, KeyCode::Up | KeyCode::Down) => return None,
        (None, _) => return plain(key),
    })
}
