//! A key as roomkey knows it. One press has one form, and in `notation` one spelling: whatever a terminal reports is
//! brought to the same form, so that a keymap, a test and a footer mean the same key.

mod notation;

pub use notation::KeyError;

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

    /// The character this press types into a field, if it types one.
    pub fn text(self) -> Option<char> {
        match self.code {
            KeyCode::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
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
