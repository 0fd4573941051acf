//! A line (or a few lines) of text under a cursor. Everything moves and erases by whole graphemes; undo and redo keep
//! whole texts. A secret one is only ever appended to, because nobody can see where a cursor in it would stand.

use std::fmt;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;
use zeroize::Zeroizing;

use crate::domain::text::DisplayText;

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

    /// The index itself, or the next one between two graphemes: what is put in may join what stands behind it.
    fn boundary(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        match cursor.is_boundary(&self.text, 0) {
            Ok(false) => cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len()),
            _ => at,
        }
    }

    fn before(&self) -> usize {
        self.at - self.text[..self.at].graphemes(true).next_back().map_or(0, str::len)
    }

    fn after(&self) -> usize {
        self.at + self.text[self.at..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        let words = self.text[..self.at].split_word_bound_indices().rev();
        words.into_iter().find(|(_, word)| is_word(word)).map_or(0, |(index, _)| index)
    }

    fn word_right(&self) -> usize {
        let mut words = self.text[self.at..].split_word_bound_indices();
        let word = words.find(|(_, word)| is_word(word));
        word.map_or(self.text.len(), |(index, word)| self.at + index + word.len())
    }

    fn line_start(&self) -> usize {
        self.text[..self.at].rfind('\n').map_or(0, |index| index + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.at..].find('\n').map_or(self.text.len(), |index| self.at + index)
    }

    fn above(&self) -> Option<usize> {
        let end = self.line_start().checked_sub(1)?;
        let start = self.text[..end].rfind('\n').map_or(0, |index| index + 1);
        Some(self.under(start, end))
    }

    fn below(&self) -> Option<usize> {
        let end = self.line_end();
        let start = (end < self.text.len()).then_some(end + 1)?;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |index| start + index);
        Some(self.under(start, end))
    }

    /// The place in another line that is nearest to the cursor's column.
    fn under(&self, start: usize, end: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn shows(input: &TextInput, expected: &str) {
        let text = format!("{}|{}", &input.text()[..input.at()], &input.text()[input.at()..]);
        assert_eq!(text, expected);
    }

    fn edits(input: &mut TextInput, edits: &[Edit]) {
        for edit in edits {
            input.edit(*edit);
        }
    }

    #[test]
    fn one_backspace_takes_one_grapheme() {
        for grapheme in ["👨‍👩‍👧‍👦", "e\u{301}", "🇩🇪", "日", "ß", "👩🏽‍🔬"]
        {
            let mut input = TextInput::line(&format!("a{grapheme}"));
            input.edit(Edit::Backspace);
            shows(&input, "a|");
            input.insert(grapheme);
            edits(&mut input, &[Edit::Left, Edit::Left, Edit::Right, Edit::Delete]);
            shows(&input, "a|");
        }
    }

    #[test]
    fn flags_stay_whole_between_flags() {
        let mut input = TextInput::line("🇩🇪🇫🇷🇮🇹");
        edits(&mut input, &[Edit::Left, Edit::Backspace]);
        shows(&input, "🇩🇪|🇮🇹");
    }

    #[test]
    fn words_and_line_ends() {
        let mut input = TextInput::line("acme-onboarding for Zoë");
        edits(&mut input, &[Edit::WordLeft, Edit::WordLeft]);
        shows(&input, "acme-onboarding |for Zoë");
        input.edit(Edit::WordRight);
        shows(&input, "acme-onboarding for| Zoë");
        input.edit(Edit::EraseWord);
        shows(&input, "acme-onboarding | Zoë");
        input.edit(Edit::EraseBefore);
        shows(&input, "| Zoë");
        input.edit(Edit::LineEnd);
        shows(&input, " Zoë|");
        input.edit(Edit::WordLeft);
        assert_eq!(input.would_erase(Edit::EraseAfter), Some("Zoë"));
        input.edit(Edit::EraseWordAfter);
        shows(&input, " |");
        assert_eq!(input.would_erase(Edit::EraseAfter), None);
        edits(&mut input, &[Edit::LineStart, Edit::EraseAfter]);
        shows(&input, "|");
    }

    #[test]
    fn undo_takes_back_a_run_of_typing_and_redo_brings_it_again() {
        let mut input = TextInput::line("");
        for c in ["r", "o", "o", "m", " ", "t", "w", "o"] {
            input.insert(c);
        }
        input.edit(Edit::Undo);
        shows(&input, "room |");
        edits(&mut input, &[Edit::Undo, Edit::Undo]);
        shows(&input, "|");
        assert!(!input.edit(Edit::Undo));
        edits(&mut input, &[Edit::Redo, Edit::Redo, Edit::Redo]);
        shows(&input, "room two|");
        input.edit(Edit::EraseBefore);
        input.edit(Edit::Undo);
        shows(&input, "room two|");
    }

    #[test]
    fn lines_are_moved_through_by_column() {
        let mut input = TextInput::lines("日本語\nab\nxyz");
        edits(&mut input, &[Edit::Up]);
        shows(&input, "日本語\nab|\nxyz");
        edits(&mut input, &[Edit::Up]);
        shows(&input, "日|本語\nab\nxyz");
        assert!(!input.edit(Edit::Up));
        edits(&mut input, &[Edit::Down, Edit::LineStart, Edit::Down, Edit::LineEnd]);
        shows(&input, "日本語\nab\nxyz|");
        assert!(!input.edit(Edit::Down));
        assert_eq!((input.row(), input.rows()), (2, 3));
        input.edit(Edit::EraseBefore);
        shows(&input, "日本語\nab\n|");
    }

    #[test]
    fn a_pointer_finds_the_grapheme_it_is_on() {
        let mut input = TextInput::lines("日本語\nae\u{301}👨‍👩‍👧‍👦z");
        for (from, cells, inside, expected) in [
            (0, 0, true, "|日本語\nae\u{301}👨‍👩‍👧‍👦z"),
            (0, 3, true, "日|本語\nae\u{301}👨‍👩‍👧‍👦z"),
            (3, 2, true, "日本|語\nae\u{301}👨‍👩‍👧‍👦z"),
            (0, 6, false, "日本語|\nae\u{301}👨‍👩‍👧‍👦z"),
            (10, 1, true, "日本語\na|e\u{301}👨‍👩‍👧‍👦z"),
            (10, 2, true, "日本語\nae\u{301}|👨‍👩‍👧‍👦z"),
            (10, 3, true, "日本語\nae\u{301}|👨‍👩‍👧‍👦z"),
            (10, 4, true, "日本語\nae\u{301}👨‍👩‍👧‍👦|z"),
            (10, 99, false, "日本語\nae\u{301}👨‍👩‍👧‍👦z|"),
        ] {
            assert_eq!(input.point(from, cells), inside, "{from} {cells}");
            shows(&input, expected);
        }
        // what was drawn may have gone since
        assert!(!input.point(1, 0) && !input.point(999, 0));
        shows(&input, "日本語\nae\u{301}👨‍👩‍👧‍👦z|");
    }

    #[test]
    fn a_secret_is_appended_to_and_never_shown() {
        let mut input = TextInput::secret("sk_");
        edits(&mut input, &[Edit::Left, Edit::LineStart]);
        assert!(!input.point(0, 1));
        input.insert("1");
        shows(&input, "sk_1|");
        assert_eq!(format!("{input:?}"), "TextInput(4 bytes, at 4)");
    }

    proptest! {
        #[test]
        fn the_cursor_never_splits_a_grapheme(
            texts in prop::collection::vec("[a\u{301}🇩🇪👨\u{200d}👩日\n -]{0,4}", 1..6),
            steps in prop::collection::vec(0usize..16, 0..40),
        ) {
            const EDITS: [Edit; 16] = [
                Edit::Left, Edit::Right, Edit::Up, Edit::Down, Edit::WordLeft, Edit::WordRight, Edit::LineStart,
                Edit::LineEnd, Edit::Backspace, Edit::Delete, Edit::EraseBefore, Edit::EraseWord, Edit::Undo,
                Edit::Redo, Edit::EraseAfter, Edit::EraseWordAfter,
            ];
            let mut input = TextInput::lines("");
            for (index, step) in steps.iter().enumerate() {
                if index % 3 == 0 {
                    input.insert(&texts[index % texts.len()]);
                }
                input.edit(EDITS[*step]);
                let whole = input.text().grapheme_indices(true).any(|(at, _)| at == input.at());
                prop_assert!(whole || input.at() == input.text().len(), "{:?}", input.text());
            }
        }
    }
}
