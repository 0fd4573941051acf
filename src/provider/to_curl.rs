//! A request as a curl command for a ticket or a shell. What is secret stands there as a variable: the profile's key
//! under its own name, any other under the name of its place. A checksum is a variable too, since only the key makes
//! it.

use serde_json::Value as Json;

use crate::domain::request::Preview;
use crate::domain::secret::MASK;

/// Around the name of a variable until the text is quoted; nothing a request holds.
const OPEN: char = '\u{f0000}';
const CLOSE: char = '\u{f0001}';

/// The commands for what is sent, one after the other; links that are only signed are comments.
pub fn to_curl(previews: &[Preview], key: &str) -> String {
    let commands = previews.iter().map(|preview| match preview.offline {
        true => format!("# signed, not sent: {}", preview.url),
        false => command(preview, key),
    });
    commands.collect::<Vec<_>>().join("\n\n")
}

/// The variable for the secret setting of a provider: `WHEREBY_API_KEY`.
pub fn key_variable(provider: &str, setting: &str) -> String {
    variable(&format!("{provider}_{setting}"))
}

fn command(preview: &Preview, key: &str) -> String {
    let mut parts = vec![format!("curl -X {} {}", preview.method, quoted(&address(&preview.url, key)))];
    for (name, value) in &preview.headers {
        parts.push(format!("-H {}", quoted(&format!("{name}: {}", value.replace(MASK, &marked(key))))));
    }
    if let Some(body) = &preview.body {
        parts.push(format!("--data-raw {}", quoted(&named(body, "secret").to_string())));
    }
    parts.join(" \\\n  ")
}

/// The address with each hidden value under the name of its parameter; the key's own place is known by elimination.
fn address(url: &str, key: &str) -> String {
    let parts = url.split_inclusive(['?', '&']).map(|part| match part.split_once('=') {
        Some(("checksum", rest)) => format!("checksum={}", rest.replace(MASK, &marked("CHECKSUM"))),
        _ => part.replace(MASK, &marked(key)),
    });
    parts.collect()
}

/// The body with each hidden text under the name of its field.
fn named(body: &Json, name: &str) -> Json {
    match body {
        Json::String(text) if text == MASK => Json::String(marked(&variable(name))),
        Json::Array(items) => items.iter().map(|item| named(item, name)).collect(),
        Json::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), named(value, name))).collect()
        }
        other => other.clone(),
    }
}

/// `rtmpOutURL` → `RTMP_OUT_URL`
fn variable(name: &str) -> String {
    let mut out = String::new();
    let mut before = '_';
    for letter in name.chars() {
        let letter = if letter.is_ascii_alphanumeric() { letter } else { '_' };
        if letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            out.push('_');
        }
        before = letter;
        out.push(letter.to_ascii_uppercase());
    }
    out
}

fn marked(variable: &str) -> String {
    format!("{OPEN}{variable}{CLOSE}")
}

/// One word for a POSIX shell, in which only our variables mean something.
fn quoted(text: &str) -> String {
    if !text.contains(OPEN) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut out = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '$' | '`' => out.extend(['\\', letter]),
            OPEN => out.push_str("${"),
            CLOSE => out.push('}'),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preview(url: &str, headers: &[(&str, &str)], body: Option<Json>) -> Preview {
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Preview { method: "POST".into(), url: url.into(), headers, body, offline: false }
    }

    #[test]
    fn secrets_are_variables_and_nothing_else_is() {
        let auth = format!("Bearer {MASK}");
        let body = serde_json::json!({"name": "it's $5 `x`", "rtmpOutURL": MASK});
        let made = preview("https://api.example.com/rooms", &[("Authorization", &auth)], Some(body));
        let expected = r#"curl -X POST 'https://api.example.com/rooms' \
  -H "Authorization: Bearer ${WHEREBY_API_KEY}" \
  --data-raw "{\"name\":\"it's \$5 \`x\`\",\"rtmpOutURL\":\"${RTMP_OUT_URL}\"}""#;
        assert_eq!(to_curl(&[made], &key_variable("whereby", "api_key")), expected);
    }

    #[test]
    fn an_apostrophe_stays_inside_of_its_word() {
        let made = preview("https://x.example/a", &[], Some(serde_json::json!({"name": "it's"})));
        assert!(to_curl(&[made], "K").ends_with(r#"--data-raw '{"name":"it'\''s"}'"#));
    }

    #[test]
    fn keys_and_checksums_in_addresses() {
        let metered = preview(&format!("https://a.metered.live/api/v1/room?secretKey={MASK}"), &[], None);
        assert!(to_curl(&[metered], "METERED_SECRET_KEY").ends_with(r#"?secretKey=${METERED_SECRET_KEY}""#));
        let mut bbb = preview(&format!("https://b.example/api/create?name=x&checksum={MASK}"), &[], None);
        assert!(
            to_curl(std::slice::from_ref(&bbb), "BBB_SECRET").ends_with(r#"name=x&checksum=${CHECKSUM}""#)
        );
        bbb.offline = true;
        assert!(to_curl(&[bbb], "BBB_SECRET").starts_with("# signed, not sent: https://b.example"));
    }

    #[test]
    fn variables_read_as_people_write_them() {
        for (name, expected) in [
            ("rtmpOutURL", "RTMP_OUT_URL"),
            ("accessKeySecret", "ACCESS_KEY_SECRET"),
            ("meetingID", "MEETING_ID"),
            ("a-b.c", "A_B_C"),
        ] {
            assert_eq!(variable(name), expected);
        }
    }
}
