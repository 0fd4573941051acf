//! The notation keys are written in: `n`, `N`, `<Enter>`, `<C-r>`, `<A-Enter>`, `<S-Tab>`, `<F2>`, `<Space>`, `<lt>`.

use std::fmt;
use std::str::FromStr;

use super::{Key, KeyCode};

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

impl Key {
    /// One key in notation; none where the text names no key.
    pub fn parse(text: &str) -> Option<Key> {
        text.parse().ok()
    }

    /// The names a key may have between angle brackets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|row| row.1)
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
        #![proptest_config(crate::chance::usual())]

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
