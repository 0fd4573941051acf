//! How keys are written: `n`, `N`, `<Enter>`, `<C-r>`, `<A-Enter>`, `<S-Tab>`, `<F2>`, `<Space>`, `<lt>`. Here they
//! are only checked and brought into one spelling, so that two of them can be compared.

use super::item::Item;
use super::nearest::did_you_mean;
use super::sheet::expected;

const NAMES: [&str; 16] = [
    "Enter",
    "Esc",
    "Tab",
    "Backspace",
    "Delete",
    "Insert",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Up",
    "Down",
    "Left",
    "Right",
    "Space",
    "lt",
];

/// The keys of one action, separated by spaces; none at all takes the keys off it.
pub(crate) fn read(item: &Item) -> Result<Vec<String>, String> {
    let text = item.text().ok_or_else(|| expected("a text of keys", item))?;
    text.split_whitespace()
        .enumerate()
        .map(|(at, key)| one(key).map_err(|why| format!("key {}: {why}", at + 1)))
        .collect()
}

/// One key in its usual spelling.
pub(crate) fn one(key: &str) -> Result<String, String> {
    let mut chars = key.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c != '<' && !c.is_control() && !c.is_whitespace() => return Ok(key.to_owned()),
        (Some('<'), None) => return Err("write `<` as <lt>".to_owned()),
        _ => {}
    }
    let inner =
        key.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).filter(|inner| !inner.is_empty());
    let mut inner = inner.ok_or("not a key, like n, N, <Enter>, <C-r> or <F2>")?;
    let mut held = [false; 3];
    while let Some((modifier, rest)) = modifier(inner) {
        held[modifier] = true;
        inner = rest;
    }
    let name = named(inner, held[0])?;
    let prefix: String =
        ["C-", "A-", "S-"].iter().zip(held).filter(|(_, held)| *held).map(|(p, _)| *p).collect();
    Ok(format!("<{prefix}{name}>"))
}

fn modifier(inner: &str) -> Option<(usize, &str)> {
    let (letter, rest) = inner.split_once('-').filter(|(_, rest)| !rest.is_empty())?;
    match letter {
        "C" | "c" => Some((0, rest)),
        "A" | "a" | "M" | "m" => Some((1, rest)),
        "S" | "s" => Some((2, rest)),
        _ => None,
    }
}

fn named(name: &str, ctrl: bool) -> Result<String, String> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Ok(if ctrl { c.to_lowercase().to_string() } else { c.to_string() });
    }
    if let Some(known) = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        return Ok((*known).to_owned());
    }
    match name.strip_prefix(['F', 'f']).and_then(|digits| digits.parse::<u8>().ok()) {
        Some(number @ 1..=12) => Ok(format!("F{number}")),
        _ => Err(format!("not the name of a key{}", did_you_mean(name, NAMES))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_each_key() {
        for (written, usual) in [
            ("n", "n"),
            ("N", "N"),
            ("?", "?"),
            ("<enter>", "<Enter>"),
            ("<c-R>", "<C-r>"),
            ("<C-_>", "<C-_>"),
            ("<a-c-x>", "<C-A-x>"),
            ("<S-Tab>", "<S-Tab>"),
            ("<f12>", "<F12>"),
            ("<lt>", "<lt>"),
            ("<A-->", "<A-->"),
        ] {
            assert_eq!(one(written).as_deref(), Ok(usual), "{written}");
        }
        for wrong in ["", "<", "nn", "<>", "<F13>", "<F0>", "<Entr>", "<C->", "\u{1b}"] {
            assert!(one(wrong).is_err(), "{wrong}");
        }
        assert!(one("<Entr>").unwrap_err().contains("did you mean `Enter`"));
    }
}
