//! How keys are written: `n`, `N`, `<Enter>`, `<C-r>`, `<A-Enter>`, `<S-Tab>`, `<F2>`, `<Space>`, `<lt>`. Here they
//! are only checked and brought into one spelling, so that two of them can be compared.

use super::item::Item;
use super::sheet::expected;
use crate::domain::key::Key;
use crate::domain::nearest::did_you_mean;

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
    match Key::parse(key).filter(|_| key != "<" && !key.contains(char::is_control)) {
        Some(key) => Ok(key.to_string()),
        None if key == "<" => Err("write `<` as <lt>".to_owned()),
        None => {
            let name = key.trim_matches(['<', '>']).rsplit('-').next().unwrap_or_default();
            let near = did_you_mean(name, Key::names());
            Err(format!("not a key, like n, N, <Enter>, <C-r> or <F2>{near}"))
        }
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
            ("<PgUp>", "<PageUp>"),
        ] {
            assert_eq!(one(written).as_deref(), Ok(usual), "{written}");
        }
        for wrong in ["", "<", "nn", "<>", "<F99>", "<F0>", "<Entr>", "<C->", "\u{1b}"] {
            assert!(one(wrong).is_err(), "{wrong}");
        }
        assert!(one("<Entr>").unwrap_err().contains("did you mean `Enter`"));
    }
}
