//! A line (or a few lines) of text under a cursor. Everything moves and erases by whole graphemes; undo and redo keep
//! whole texts. A secret one is only ever appended to, because nobody can see where a cursor in it would stand.

mod places;
#[cfg(test)]
mod tests;

use std::fmt;

use zeroize::Zeroizing;

/// Steps that can be taken back.
const MEMORY: usize = 64;

/// What the cursor can do in a line without the keyboard's help: plain moves and erasures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Left,
    Right,
    /// To the line above; nothing on the first line.
    Up,
    Down,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    Backspace,
    Delete,
    /// Everything before the cursor, in this line.
    EraseBefore,
    EraseWord,
    /// Everything behind the cursor, in this line.
    EraseAfter,
    EraseWordAfter,
    Undo,
    Redo,
}

#[derive(Clone)]
struct Snapshot {
    text: Zeroizing<String>,
    at: usize,
}

/// Text, cursor and the way back. Its memory is zeroed when it is dropped; `Debug` shows no text.
#[derive(Clone)]
pub struct TextInput {
    text: Zeroizing<String>,
    /// Byte index of the cursor, always between two graphemes.
    at: usize,
    lines: bool,
    secret: bool,
    past: Vec<Snapshot>,
    future: Vec<Snapshot>,
    /// A run of typed characters is one step.
    typing: bool,
    /// Steps made so far, those forgotten or taken back among them.
    changes: u64,
}

impl Default for TextInput {
    fn default() -> TextInput {
        TextInput::line("")
    }
}

/// What stands there and where the cursor is; the way back does not count.
impl PartialEq for TextInput {
    fn eq(&self, other: &TextInput) -> bool {
        (&*self.text, self.at, self.lines, self.secret) == (&*other.text, other.at, other.lines, other.secret)
    }
}

impl fmt::Debug for TextInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextInput({} bytes, at {})", self.text.len(), self.at)
    }
}

impl TextInput {
    fn with(text: &str, lines: bool, secret: bool) -> TextInput {
        TextInput {
            text: Zeroizing::new(text.to_owned()),
            at: text.len(),
            lines,
            secret,
            past: Vec::new(),
            future: Vec::new(),
            typing: false,
            changes: 0,
        }
    }

    /// One line.
    pub fn line(text: &str) -> TextInput {
        TextInput::with(text, false, false)
    }

    /// Several lines.
    pub fn lines(text: &str) -> TextInput {
        TextInput::with(text, true, false)
    }

    /// One line that is never shown.
    pub fn secret(text: &str) -> TextInput {
        TextInput::with(text, false, true)
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte index of the cursor.
    pub fn at(&self) -> usize {
        self.at
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn is_secret(&self) -> bool {
        self.secret
    }

    pub fn takes_lines(&self) -> bool {
        self.lines
    }

    /// Number of the line the cursor is in, from 0.
    pub fn row(&self) -> usize {
        self.text[..self.at].matches('\n').count()
    }

    pub fn rows(&self) -> usize {
        self.text.matches('\n').count() + 1
    }

    /// Puts a text in at the cursor. The caller has seen to line breaks and length.
    pub fn insert(&mut self, text: &str) {
        let mut characters = text.chars();
        let one = matches!((characters.next(), characters.next()), (Some(c), None) if c != ' ' && c != '\n');
        if !(one && self.typing) {
            self.remember();
        }
        self.typing = one;
        self.text.insert_str(self.at, text);
        self.at = self.boundary(self.at + text.len());
    }

    /// Another text in place of this one, as one step.
    pub fn replace(&mut self, text: &str) {
        self.remember();
        // a first character in place of all begins a run of typing
        self.typing = text.chars().count() == 1;
        self.text = Zeroizing::new(text.to_owned());
        self.at = self.text.len();
    }

    /// Performs an edit and says whether anything changed, the cursor included.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let (length, at) = (self.text.len(), self.at);
        match edit {
            Edit::Undo => return self.travel(true),
            Edit::Redo => return self.travel(false),
            Edit::Backspace => self.erase(self.before(), self.at),
            Edit::Delete => self.erase(self.at, self.after()),
            Edit::EraseBefore => self.erase(self.line_start(), self.at),
            Edit::EraseWord => self.erase(self.word_left(), self.at),
            Edit::EraseAfter => self.erase(self.at, self.line_end()),
            Edit::EraseWordAfter => self.erase(self.at, self.word_right()),
            _ if self.secret => {}
            Edit::Left => self.at = self.before(),
            Edit::Right => self.at = self.after(),
            Edit::WordLeft => self.at = self.word_left(),
            Edit::WordRight => self.at = self.word_right(),
            Edit::LineStart => self.at = self.line_start(),
            Edit::LineEnd => self.at = self.line_end(),
            Edit::Up => self.at = self.above().unwrap_or(self.at),
            Edit::Down => self.at = self.below().unwrap_or(self.at),
        }
        let changed = (length, at) != (self.text.len(), self.at);
        self.typing &= !changed;
        changed
    }

    /// What an edit would erase by the line or the word, for putting it in elsewhere; none of a secret.
    pub fn would_erase(&self, edit: Edit) -> Option<&str> {
        let (from, to) = match edit {
            _ if self.secret => return None,
            Edit::EraseBefore => (self.line_start(), self.at),
            Edit::EraseWord => (self.word_left(), self.at),
            Edit::EraseAfter => (self.at, self.line_end()),
            Edit::EraseWordAfter => (self.at, self.word_right()),
            _ => return None,
        };
        self.text.get(from..to).filter(|text| !text.is_empty())
    }

    /// What is typed from now on is a step of its own.
    pub fn pause(&mut self) {
        self.typing = false;
    }

    /// Grows with every step that can be taken back; taking back does not change it.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    fn remember(&mut self) {
        self.changes += 1;
        self.future.clear();
        if self.past.len() == MEMORY {
            self.past.remove(0);
        }
        self.past.push(Snapshot { text: self.text.clone(), at: self.at });
    }

    fn travel(&mut self, back: bool) -> bool {
        let found = if back { self.past.pop() } else { self.future.pop() };
        let Some(Snapshot { text, at }) = found else { return false };
        let here = Snapshot { text: std::mem::replace(&mut self.text, text), at: self.at };
        if back {
            self.future.push(here)
        } else {
            self.past.push(here)
        }
        self.at = at;
        self.typing = false;
        true
    }

    fn erase(&mut self, from: usize, to: usize) {
        if from < to {
            self.remember();
            self.text.replace_range(from..to, "");
            self.at = self.boundary(from);
        }
    }
}
