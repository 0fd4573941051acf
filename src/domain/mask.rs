//! The net under the types: texts that leave for a screen, a log or a terminal are searched for the secrets of this
//! run, in every spelling they are likely to be written in, and what is found is replaced by eight dots. The types
//! keep secrets where they belong; this catches what slips through all the same.

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::secret::{MASK, Secret};

type Spelling = Zeroizing<String>;

/// Every spelling of every secret that was in use, the longest first. For the whole process: a sink that was not
/// handed the net would have none.
static NET: RwLock<Vec<Spelling>> = RwLock::new(Vec::new());

/// Shorter values are looked for only in what the provider they were sent to says itself.
const SHORTEST: usize = 6;
/// A word shorter than this, of letters alone, is not looked for everywhere either.
const WORD: usize = 12;

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// From now on this value is hidden by `hide`. Values that could be a part of ordinary sentences (`test`,
/// `moderator`) are not: dots in the place of a known word would tell the word.
pub fn watch(secret: &Secret) {
    let chars = secret.chars();
    let word = chars < WORD && secret.expose().bytes().all(|byte| byte.is_ascii_alphabetic());
    if chars < SHORTEST || word {
        return;
    }
    let new = spellings(secret);
    let mut net = NET.write().unwrap_or_else(PoisonError::into_inner);
    net.extend(new);
    order(&mut net);
}

/// The text without any secret of this run: the last step before a text is shown, printed or written down.
pub fn hide(text: &str) -> Cow<'_, str> {
    let net = NET.read().unwrap_or_else(PoisonError::into_inner);
    replace(text, &net)
}

/// The text without these secrets, in no matter what spelling.
pub fn hide_these<'s>(secrets: impl Iterator<Item = &'s Secret>, text: &str) -> String {
    let mut all: Vec<Spelling> = secrets.flat_map(spellings).collect();
    order(&mut all);
    replace(text, &all).into_owned()
}

/// Whether a text of the outside, a value of the environment for one, holds a secret of this run.
pub fn holds(text: &str) -> bool {
    let net = NET.read().unwrap_or_else(PoisonError::into_inner);
    net.iter().any(|spelling| text.contains(spelling.as_str()))
}

/// The longest first, so that of a secret that holds another one nothing is left standing.
fn order(spellings: &mut Vec<Spelling>) {
    spellings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    spellings.dedup();
}

fn replace<'t>(text: &'t str, spellings: &[Spelling]) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for spelling in spellings {
        if text.contains(spelling.as_str()) {
            text = Cow::Owned(text.replace(spelling.as_str(), MASK));
        }
    }
    text
}

/// Plain, percent-encoded, as a part of JSON and XML, in base64 at each of its three offsets, and in hexadecimal.
fn spellings(secret: &Secret) -> Vec<Spelling> {
    let plain = secret.expose();
    if plain.is_empty() {
        return Vec::new();
    }
    let form: String = url::form_urlencoded::byte_serialize(plain.as_bytes()).collect();
    let percent = utf8_percent_encode(plain, RESERVED).to_string();
    let json = serde_json::Value::from(plain).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let xml = plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let hex: String = plain.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![
        small_escapes(&form),
        form.replace('+', "%20"),
        form,
        small_escapes(&percent),
        percent,
        json.replace('/', "\\/"),
        json,
        xml.replace('"', "&quot;"),
        xml.replace('"', "&quot;").replace('\'', "&apos;"),
        xml.replace('"', "&quot;").replace('\'', "&#39;"),
        xml,
        hex.to_uppercase(),
        hex,
        plain.to_owned(),
    ];
    for offset in 0..3 {
        all.extend(in_base64(plain.as_bytes(), offset));
    }
    all.into_iter().map(Zeroizing::new).collect()
}

/// `%2F` as `%2f`.
fn small_escapes(encoded: &str) -> String {
    let mut digits = 0;
    let small = |c: char| {
        let is_digit = digits > 0;
        digits = if c == '%' { 2 } else { digits - i32::from(is_digit) };
        if is_digit { c.to_ascii_lowercase() } else { c }
    };
    encoded.chars().map(small).collect()
}

/// The letters that stand for these bytes alone where so many others (modulo three) come before them.
fn in_base64(bytes: &[u8], offset: usize) -> Vec<String> {
    let shifted = Zeroizing::new([&vec![0; offset], bytes].concat());
    let (first, last) = ((offset * 8).div_ceil(6), shifted.len() * 8 / 6);
    let cut = |text: String| text.get(first..last).filter(|part| part.len() >= SHORTEST).map(str::to_owned);
    [STANDARD_NO_PAD.encode(&*shifted), URL_SAFE_NO_PAD.encode(&*shifted)]
        .into_iter()
        .filter_map(cut)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The net is one for all tests of this process, so each uses a secret of its own.
    fn watched(secret: &str) -> impl Fn(&str) -> String {
        watch(&Secret::new(secret));
        |text| hide(text).into_owned()
    }

    #[test]
    fn every_spelling_is_hidden() {
        let secret = "N3t/und+er \"the\" <ty&pes>'";
        let hidden = watched(secret);
        let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let json = serde_json::json!({ "key": secret }).to_string();
        for text in [
            secret.to_owned(),
            form.clone(),
            form.replace('+', "%20"),
            form.replace("%2F", "%2f").replace("%2B", "%2b").replace("%3C", "%3c").replace("%3E", "%3e"),
            json.clone(),
            json.replace('/', "\\/"),
            "N3t/und+er &quot;the&quot; &lt;ty&amp;pes&gt;&apos;".to_owned(),
            secret.bytes().map(|byte| format!("{byte:02x}")).collect(),
            secret.bytes().map(|byte| format!("{byte:02X}")).collect(),
        ] {
            let shown = hidden(&format!("before {text} after"));
            assert!(shown.contains(MASK), "{text}");
            assert!(!shown.contains("und"), "{shown}");
            assert!(shown.starts_with("before ") && shown.ends_with(" after"), "{shown}");
        }
    }

    #[test]
    fn base64_is_seen_through_whatever_stands_before_it() {
        let hidden = watched("b64-Canary-0815-?~ÿ");
        for before in ["", "u", "us", "user", "agent:"] {
            let whole = format!("{before}b64-Canary-0815-?~ÿ and more");
            for encoded in [STANDARD_NO_PAD.encode(&whole), URL_SAFE_NO_PAD.encode(&whole)] {
                let shown = hidden(&encoded);
                assert!(shown.contains(MASK) && shown.len() < encoded.len() + MASK.len(), "{shown}");
                // What is left on either side tells a letter of the secret at most.
                let most = 4 * (before.len() + " and more".len()) / 3 + 4;
                assert!(shown.replace(MASK, "").len() <= most, "{before:?}: {shown}");
            }
        }
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        for word in ["key", "short", "moderator", "Lastly"] {
            assert_eq!(watched(word)(&format!("a {word} stands here")), format!("a {word} stands here"));
        }
        assert_eq!(watched("moder4tor")("a moder4tor stands here"), format!("a {MASK} stands here"));
        assert_eq!(watched("averylongpassphrase")("averylongpassphrases"), format!("{MASK}s"));
    }

    #[test]
    fn of_a_secret_that_holds_another_nothing_stays() {
        watch(&Secret::new("inner-93"));
        watch(&Secret::new("outer-inner-93-outer"));
        assert_eq!(hide("outer-inner-93-outer inner-93"), format!("{MASK} {MASK}"));
        let both = [Secret::new("ab12"), Secret::new("xxab12xx")];
        assert_eq!(hide_these(both.iter(), "xxab12xx ab12"), format!("{MASK} {MASK}"));
    }

    #[test]
    fn a_text_that_holds_a_secret_is_known() {
        watch(&Secret::new("held-secret-7"));
        assert!(holds("x=held-secret-7;") && !holds("x=held-secret;"));
    }
}
