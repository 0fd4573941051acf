//! Bringing a text into the alphabet of a field: `Zoë Müßig` becomes `Zoe-Muessig` where only letters of ASCII and
//! dashes may stand. Generated names and lists of people use it; what a user types is never changed.

use crate::domain::charset::Charset;
use crate::domain::page::{Case, Rules};

/// Letters with marks and what stands for them in ASCII.
const PLAIN: [(&str, &str); 19] = [
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("Ä", "Ae"),
    ("Ö", "Oe"),
    ("Ü", "Ue"),
    ("ßẞ", "ss"),
    ("àáâãåā", "a"),
    ("ÀÁÂÃÅ", "A"),
    ("èéêëē", "e"),
    ("ÈÉÊË", "E"),
    ("ìíîïı", "i"),
    ("òóôõøō", "o"),
    ("ÒÓÔÕØ", "O"),
    ("ùúûū", "u"),
    ("çćč", "c"),
    ("ñń", "n"),
    ("ł", "l"),
    ("śšş", "s"),
];

/// The text with every character that may not stand in the field replaced by the nearest that may.
pub fn fit(text: &str, rules: &Rules) -> String {
    let text = match rules.case {
        Some(Case::Lower) => text.to_lowercase(),
        None => text.to_owned(),
    };
    let (chars, never) =
        (rules.chars.as_deref().map(Charset::parse), rules.never.as_deref().map(Charset::parse));
    let may = |c: char| {
        chars.as_ref().is_none_or(|set| set.holds(c)) && !never.as_ref().is_some_and(|set| set.holds(c))
    };
    if text.chars().all(may) {
        return text;
    }
    let between = ['-', '_', '.', ' '].into_iter().find(|c| may(*c));
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let plain = PLAIN.iter().find(|(marked, _)| marked.contains(c)).map(|(_, plain)| *plain);
        match plain.filter(|plain| plain.chars().all(may)) {
            _ if may(c) => out.push(c),
            Some(plain) => out.push_str(plain),
            None if between.is_some_and(|between| out.ends_with(between)) => {}
            None => out.extend(between),
        }
    }
    out.trim_matches(['-', '_', '.', ' ']).to_owned()
}
