//! Taking out of a provider's words what was secret in our request, in whatever spelling it repeats it. Here even short
//! secrets are looked for, which the net for all texts (`crate::domain::mask`) leaves alone.

use crate::domain::mask;
use crate::domain::secret::{MASK, Secret};

use super::expand::Ground;

/// Anything shorter would tear holes into ordinary words; it is taken out only where it stands alone.
const SHORT: usize = 4;

/// Replaces every secret that was sent and that the provider repeats: those of the profile, and those of fields.
pub(super) fn hide(ground: &Ground, text: &str) -> String {
    without(text, ground.settings.secrets().chain(ground.values.secrets()).collect())
}

fn without(text: &str, secrets: Vec<&Secret>) -> String {
    let (long, short): (Vec<&Secret>, Vec<&Secret>) =
        secrets.into_iter().filter(|secret| !secret.is_empty()).partition(|secret| secret.chars() >= SHORT);
    let text = mask::hide_these(long.into_iter(), text);
    short.into_iter().fold(text, |text, secret| alone(&text, secret.expose()))
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

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::*;
    use crate::provider::wire::{self, Secrets};

    fn hidden(text: &str, secret: &str) -> String {
        without(text, vec![&Secret::new(secret)])
    }

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
            let hidden = hidden(&format!("before {shown} after"), secret);
            assert!(hidden.contains(MASK) && !hidden.contains("live"), "{shown}: {hidden}");
        }
        for before in ["", "a", "ab", "abc"] {
            for engine in [&STANDARD, &URL_SAFE] {
                let text = engine.encode(format!("{before}{secret} and more"));
                let hidden = hidden(&text, secret);
                assert!(hidden.contains(MASK), "{before}: {text}");
            }
        }
    }

    #[test]
    fn short_secrets_are_hidden_where_they_stand_alone() {
        assert_eq!(hidden("<pw>ab</pw> abc grab ab", "ab"), format!("<pw>{MASK}</pw> abc grab {MASK}"));
        assert_eq!(hidden("text", ""), "text");
    }
}
