//! Taking out of a provider's words what was secret in our request. A provider that repeats a key may do so in another
//! form, so every form a key takes on the wire or inside another text is looked for.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use zeroize::Zeroizing;

use crate::domain::secret::{MASK, Secret};
use crate::domain::values::Value;

use super::expand::Ground;
use super::wire::{self, Secrets};

/// Anything shorter would tear holes into ordinary words; it is taken out only where it stands alone.
const SHORT: usize = 4;
/// The least of a secret inside base64 that is told from chance, in characters.
const PIECE: usize = 6;

/// Replaces every secret that was sent and that the provider repeats: those of the profile, and those of fields.
pub(super) fn hide(ground: &Ground, text: &str) -> String {
    let typed = ground.values.iter().filter_map(|(_, value)| match value {
        Value::Secret(secret) => Some(secret),
        _ => None,
    });
    let mut secrets: Vec<&Secret> = ground.settings.secrets().chain(typed).collect();
    // One may be part of another.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.chars()));
    secrets.into_iter().fold(text.to_owned(), |text, secret| without(text, secret.expose()))
}

fn without(mut text: String, secret: &str) -> String {
    if secret.is_empty() {
        return text;
    }
    if secret.chars().count() < SHORT {
        return alone(&text, secret);
    }
    for form in forms(secret).iter().filter(|form| !form.is_empty()) {
        if text.contains(form.as_str()) {
            text = text.replace(form.as_str(), MASK);
        }
    }
    text
}

/// A short secret is replaced where no letter or digit stands beside it.
fn alone(text: &str, secret: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(secret) {
        let (before, after) = (&rest[..at], &rest[at + secret.len()..]);
        let last = before.chars().next_back().or_else(|| out.chars().next_back());
        let joined = last.is_some_and(char::is_alphanumeric)
            || after.chars().next().is_some_and(char::is_alphanumeric);
        out.push_str(before);
        out.push_str(if joined { secret } else { MASK });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The ways in which a secret can stand in a text, the longest first.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    let form = wire::form(secret, Secrets::Live);
    let segment = form.replace('+', "%20");
    let json = serde_json::Value::from(secret).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let xml = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut all = vec![
        secret.to_owned(),
        lower_hex(&form),
        lower_hex(&segment),
        form,
        segment,
        json.replace('/', "\\/"),
        json,
        xml.replace('\'', "&#39;"),
        xml.replace('\'', "&apos;"),
        xml,
    ];
    if secret.len() >= PIECE {
        all.extend(
            (0..3).flat_map(|offset| [packed(&STANDARD, secret, offset), packed(&URL_SAFE, secret, offset)]),
        );
    }
    all.sort_by_key(|form| std::cmp::Reverse(form.len()));
    all.dedup();
    all.into_iter().map(Zeroizing::new).collect()
}

/// `%2F` as `%2f`.
fn lower_hex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut left = 0;
    for c in text.chars() {
        left = if c == '%' { 3 } else { usize::saturating_sub(left, 1) };
        out.push(if left > 0 { c.to_ascii_lowercase() } else { c });
    }
    out
}

/// What base64 makes of a secret that begins so many bytes into a group, without the characters at either end that
/// hold bits of its neighbours.
fn packed(engine: &impl Engine, secret: &str, offset: usize) -> String {
    let bytes = [&[0; 2][..offset], secret.as_bytes()].concat();
    let text = engine.encode(&bytes);
    let text = text.trim_end_matches('=');
    let first = [0, 2, 3][offset];
    let last = if bytes.len() % 3 == 0 { text.len() } else { text.len() - 1 };
    text[first..last].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_of_a_secret_stays() {
        let secret = "sk/live+\"q\"&<7>é'x";
        let json = serde_json::Value::from(secret).to_string();
        let form = wire::form(secret, Secrets::Live);
        for shown in [
            secret.to_owned(),
            form.to_lowercase(),
            form.replace('+', "%20"),
            json.replace('/', "\\/"),
            json,
            "sk/live+&quot;q&quot;&amp;&lt;7&gt;é&#39;x".into(),
        ] {
            let hidden = without(format!("before {shown} after"), secret);
            assert!(hidden.contains(MASK) && !hidden.contains("live"), "{shown}: {hidden}");
        }
        for before in ["", "a", "ab", "abc"] {
            for engine in [&STANDARD, &URL_SAFE] {
                let text = engine.encode(format!("{before}{secret} and more"));
                let hidden = without(text.clone(), secret);
                assert!(hidden.contains(MASK), "{before}: {text}");
            }
        }
    }

    #[test]
    fn short_secrets_are_hidden_where_they_stand_alone() {
        assert_eq!(
            without("<pw>ab</pw> abc grab ab".into(), "ab"),
            format!("<pw>{MASK}</pw> abc grab {MASK}")
        );
        assert_eq!(without("text".into(), ""), "text");
    }
}
