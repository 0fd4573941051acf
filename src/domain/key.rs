//! A key as roomkey knows it, and the notation keys are written in: `n`, `N`, `<Enter>`, `<C-r>`, `<A-Enter>`,
//! `<S-Tab>`, `<F2>`, `<Space>`, `<lt>`. One press has one spelling: whatever a terminal reports is brought to the
//! same form, so that a keymap, a test and a footer mean the same key.

use std::fmt;
use std::str::FromStr;

/// Which key, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    /// 1 to 24.
    F(u8),
}

/// Names as printed, then other spellings that are read. `Char` stands for the two characters that need a name.
const NAMES: [(KeyCode, &str, &[&str]); 17] = [
    (KeyCode::Enter, "Enter", &["CR", "Return"]),
    (KeyCode::Esc, "Esc", &["Escape"]),
    (KeyCode::Tab, "Tab", &[]),
    (KeyCode::Backspace, "Backspace", &["BS"]),
    (KeyCode::Delete, "Delete", &["Del"]),
    (KeyCode::Insert, "Insert", &["Ins"]),
    (KeyCode::Home, "Home", &[]),
    (KeyCode::End, "End", &[]),
    (KeyCode::PageUp, "PageUp", &["PgUp"]),
    (KeyCode::PageDown, "PageDown", &["PgDn"]),
    (KeyCode::Up, "Up", &[]),
    (KeyCode::Down, "Down", &[]),
    (KeyCode::Left, "Left", &[]),
    (KeyCode::Right, "Right", &[]),
    (KeyCode::Char(' '), "Space", &[]),
    (KeyCode::Char('<'), "lt", &[]),
    (KeyCode::Char('>'), "gt", &[]),
];

/// One key press in normal form: an upper-case letter carries no shift, Ctrl with a letter is lower case, and what
/// terminals cannot tell apart is one key (Ctrl-H is Backspace, Ctrl-I Tab, Ctrl-M Enter, Ctrl-/ Ctrl-_).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
    /// Only with keys that print nothing: `<S-Tab>`, `<S-Up>`.
    pub shift: bool,
}

impl From<KeyCode> for Key {
    fn from(code: KeyCode) -> Key {
        Key::new(code, false, false, false)
    }
}

impl From<char> for Key {
    fn from(letter: char) -> Key {
        Key::from(KeyCode::Char(letter))
    }
}

impl Key {
    /// The normal form of a press.
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Key {
        match code {
            KeyCode::Char(letter) => Key::typed(letter, ctrl, alt, shift),
            code => Key { code, ctrl, alt, shift },
        }
    }

    fn typed(letter: char, ctrl: bool, alt: bool, shift: bool) -> Key {
        let letter = if shift && !ctrl { upper(letter) } else { letter };
        let named = |code| Key { code, ctrl: false, alt, shift };
        let held = |letter| Key { code: KeyCode::Char(letter), ctrl: true, alt, shift: false };
        match (letter, ctrl) {
            ('\r', _) | ('m' | 'M', true) => named(KeyCode::Enter),
            ('\t', _) | ('i' | 'I', true) => named(KeyCode::Tab),
            ('\u{8}' | '\u{7f}', _) | ('h' | 'H', true) => named(KeyCode::Backspace),
            ('\u{1b}', _) | ('[', true) => named(KeyCode::Esc),
            ('\0', _) | ('@', true) => held(' '),
            ('\u{1f}', _) | ('/', true) => held('_'),
            (low @ '\u{1}'..='\u{1a}', _) => held((b'a' + low as u8 - 1) as char),
            (low @ '\u{1c}'..='\u{1e}', _) => held((b'\\' + low as u8 - 0x1c) as char),
            (letter, true) => held(letter.to_ascii_lowercase()),
            (letter, false) => Key { code: KeyCode::Char(letter), ctrl, alt, shift: false },
        }
    }

    /// A key without modifiers.
    pub fn plain(code: KeyCode) -> Key {
        Key::from(code)
    }

    /// One key in notation; none where the text names no key.
    pub fn parse(text: &str) -> Option<Key> {
        text.parse().ok()
    }

    /// The names a key may have between angle brackets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|row| row.1)
    }

    /// The character this press types into a field, if it types one.
    pub fn text(self) -> Option<char> {
        match self.code {
            KeyCode::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }

    /// Reads a run of keys: `nMy room<Enter>`. A space is a space; a `<` that is meant is `<lt>`.
    pub fn sequence(text: &str) -> Result<Vec<Key>, KeyError> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '<' => rest.find('>').ok_or_else(|| KeyError::new(rest))? + 1,
                letter => letter.len_utf8(),
            };
            let (key, tail) = rest.split_at(length);
            keys.push(key.parse()?);
            rest = tail;
        }
        Ok(keys)
    }
}

/// Capital of a letter that has one of a single character.
fn upper(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => letter,
    }
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError {
    text: String,
}

impl KeyError {
    fn new(text: &str) -> KeyError {
        KeyError { text: text.to_owned() }
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no key", self.text.escape_default())
    }
}

impl std::error::Error for KeyError {}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Key, KeyError> {
        let bad = || KeyError::new(text);
        if let Some(letter) = single(text) {
            return Ok(Key::from(letter));
        }
        let mut name = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).ok_or_else(bad)?;
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        while let Some((held, rest)) = modifier(name) {
            match held {
                'C' => ctrl = true,
                'A' | 'M' => alt = true,
                _ => shift = true,
            }
            name = rest;
        }
        let code = code_of(name).ok_or_else(bad)?;
        if single(name).is_some() && !(ctrl || alt || shift) {
            return Err(bad());
        }
        Ok(Key::new(code, ctrl, alt, shift))
    }
}

fn single(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// `C-x` is Ctrl held with `x`; `C-` alone is not, and neither is the minus of `<C-->`.
fn modifier(name: &str) -> Option<(char, &str)> {
    let held =
        name.chars().next().map(|held| held.to_ascii_uppercase()).filter(|held| "CAMS".contains(*held))?;
    let rest = name[1..].strip_prefix('-')?;
    (!rest.is_empty()).then_some((held, rest))
}

fn code_of(name: &str) -> Option<KeyCode> {
    if let Some(letter) = single(name) {
        return Some(KeyCode::Char(letter));
    }
    if let Some(number) = name.strip_prefix(['F', 'f']) {
        return number.parse().ok().filter(|number| (1..=24).contains(number)).map(KeyCode::F);
    }
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    NAMES.iter().find(|(_, print, other)| is(print) || other.iter().any(|known| is(known))).map(|row| row.0)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|row| row.0 == self.code).map(|row| row.1);
        let held = [(self.ctrl, "C-"), (self.alt, "A-"), (self.shift, "S-")];
        let held: String = held.iter().filter(|(on, _)| *on).map(|(_, text)| *text).collect();
        match (self.code, name) {
            (KeyCode::Char('>'), _) if held.is_empty() => write!(f, ">"),
            (_, Some(name)) => write!(f, "<{held}{name}>"),
            (KeyCode::F(number), None) => write!(f, "<{held}F{number}>"),
            (KeyCode::Char(letter), None) if held.is_empty() => write!(f, "{letter}"),
            (KeyCode::Char(letter), None) => write!(f, "<{held}{letter}>"),
            (code, None) => write!(f, "<{held}{code:?}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn one_press_has_one_spelling() {
        for (written, printed) in [
            ("n", "n"),
            ("N", "N"),
            ("<S-n>", "N"),
            ("<C-R>", "<C-r>"),
            ("<C-h>", "<Backspace>"),
            ("<BS>", "<Backspace>"),
            ("<M-cr>", "<A-Enter>"),
            ("<C-/>", "<C-_>"),
            ("<C-@>", "<C-Space>"),
            ("<S-Tab>", "<S-Tab>"),
            ("<C-->", "<C-->"),
            ("<A-->", "<A-->"),
            ("<", "<lt>"),
            (">", ">"),
            ("<gt>", ">"),
            (" ", "<Space>"),
            ("\t", "<Tab>"),
            ("<F12>", "<F12>"),
        ] {
            assert_eq!(key(written).to_string(), printed, "{written}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "<>", "<F0>", "<F25>", "<Nope>", "ab", "<C->", "<x>", "<C-"] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_sequence_reads_like_typing() {
        let keys = Key::sequence("nMy room<lt><Enter>").unwrap();
        let printed: Vec<String> = keys.iter().map(Key::to_string).collect();
        assert_eq!(printed.join(" "), "n M y <Space> r o o m <lt> <Enter>");
        assert!(Key::sequence("a<Enter").is_err());
        assert_eq!(key("Ä").text(), Some('Ä'));
        assert_eq!(key("<A-b>").text(), None);
    }

    fn codes() -> impl Strategy<Value = KeyCode> {
        prop_oneof![
            any::<char>().prop_map(KeyCode::Char),
            (0u8..0x80).prop_map(|letter| KeyCode::Char(letter as char)),
            (1u8..=24).prop_map(KeyCode::F),
            (0..NAMES.len()).prop_map(|row| NAMES[row].0),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(code in codes(), ctrl: bool, alt: bool, shift: bool) {
            let key = Key::new(code, ctrl, alt, shift);
            prop_assert_eq!(key.to_string().parse(), Ok(key));
            prop_assert_eq!(Key::new(key.code, key.ctrl, key.alt, key.shift), key);
        }

        #[test]
        fn runs_of_keys_come_back(presses in prop::collection::vec((codes(), any::<bool>(), any::<bool>()), 0..20)) {
            let keys: Vec<Key> = presses.iter().map(|(code, ctrl, alt)| Key::new(*code, *ctrl, *alt, false)).collect();
            let written: String = keys.iter().map(Key::to_string).collect();
            prop_assert_eq!(Key::sequence(&written), Ok(keys));
        }
    }
}
