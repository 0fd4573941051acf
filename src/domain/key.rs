//! A key press in our own words, so that neither pages nor tests know the terminal library. Notation: `n`, `N`,
//! `<Enter>`, `<C-r>`, `<A-Enter>`, `<S-Tab>`, `<F2>`, `<Space>`, `<lt>`.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    F(u8),
}

/// A key with its modifiers. An upper-case letter carries no shift; letters with Ctrl are lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

const NAMES: [(&str, KeyCode); 17] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("BS", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
    ("gt", KeyCode::Char('>')),
];

/// Other spellings of the same names, as configurations write them.
const ALIASES: [(&str, KeyCode); 5] = [
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
];

impl Key {
    pub fn plain(code: KeyCode) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// The same key however a terminal reports it.
    pub fn normal(mut self) -> Key {
        if let KeyCode::Char(c) = self.code {
            if self.ctrl {
                self.code = KeyCode::Char(c.to_ascii_lowercase());
            } else if self.shift && c.is_ascii_lowercase() {
                self.code = KeyCode::Char(c.to_ascii_uppercase());
            }
            self.shift = false;
            if self.ctrl && c.eq_ignore_ascii_case(&'h') {
                self = Key { code: KeyCode::Backspace, ctrl: false, ..self };
            }
        }
        self
    }

    /// One key in notation.
    pub fn parse(text: &str) -> Option<Key> {
        let mut keys = Key::sequence(text)?;
        if keys.len() == 1 { keys.pop() } else { None }
    }

    /// Keys in notation, `nMy room<Enter>`.
    pub fn sequence(text: &str) -> Option<Vec<Key>> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first == '<' {
                let close = rest.find('>')?;
                keys.push(named(&rest[1..close])?);
                rest = &rest[close + 1..];
            } else {
                keys.push(Key::plain(KeyCode::Char(first)));
                rest = &rest[first.len_utf8()..];
            }
        }
        Some(keys)
    }
}

fn named(inner: &str) -> Option<Key> {
    let mut key = Key::plain(KeyCode::Esc);
    let mut rest = inner;
    while let Some((modifier, tail)) = rest.split_once('-').filter(|(m, t)| m.len() == 1 && !t.is_empty()) {
        match modifier {
            "C" => key.ctrl = true,
            "A" | "M" => key.alt = true,
            "S" => key.shift = true,
            _ => return None,
        }
        rest = tail;
    }
    let mut chars = rest.chars();
    key.code = match (chars.next(), chars.next()) {
        (Some(c), None) => KeyCode::Char(c),
        (Some('F'), Some(_)) if rest[1..].parse::<u8>().is_ok_and(|n| (1..=24).contains(&n)) => {
            KeyCode::F(rest[1..].parse().ok()?)
        }
        _ => {
            let mut names = NAMES.iter().chain(&ALIASES);
            names.find(|(name, _)| name.eq_ignore_ascii_case(rest)).map(|(_, code)| *code)?
        }
    };
    Some(key.normal())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.code {
            KeyCode::F(n) => format!("F{n}"),
            KeyCode::Char(c) if !matches!(c, ' ' | '<' | '>') => c.to_string(),
            code => {
                NAMES.iter().find(|(_, known)| *known == code).map_or(String::new(), |(n, _)| (*n).into())
            }
        };
        let bare = matches!(self.code, KeyCode::Char(_)) && name.chars().count() == 1;
        if bare && !self.ctrl && !self.alt && !self.shift {
            return f.write_str(&name);
        }
        let modifier = |on: bool, letter: &'static str| if on { letter } else { "" };
        write!(
            f,
            "<{}{}{}{name}>",
            modifier(self.ctrl, "C-"),
            modifier(self.alt, "A-"),
            modifier(self.shift, "S-")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_goes_both_ways() {
        for text in [
            "n",
            "N",
            "<Enter>",
            "<C-r>",
            "<A-Enter>",
            "<S-Tab>",
            "<F2>",
            "<Space>",
            "<lt>",
            "<C-A-x>",
            "-",
            "<C-->",
        ] {
            assert_eq!(Key::parse(text).map(|key| key.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Key::parse("<C-H>"), Some(Key::plain(KeyCode::Backspace)));
        assert_eq!(Key::parse("<PageDown>"), Key::parse("<PgDn>"));
        assert_eq!(Key::parse("<Nope>"), None);
        assert_eq!(Key::sequence("nMy<Enter>").map(|keys| keys.len()), Some(4));
    }
}
