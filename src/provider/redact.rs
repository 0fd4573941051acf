//! What the request log may keep of an answer: its shape, its words and its numbers, but no link, code or token.
//! Links keep their host. A provider may name a secret as it likes, so both the name and the look of a value decide,
//! and in doubt it is hidden.

use std::fmt::Write as _;

use serde_json::Value as Json;
use url::Url;

use crate::domain::exchange::Shown;
use crate::domain::mask;
use crate::domain::request::{Preview, Response};
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;

use super::answer::{Answer, Element};

/// Headers that help to understand an answer; those that end in `*` by their beginning.
const TELLING: [&str; 12] = [
    "content-type",
    "content-length",
    "content-encoding",
    "date",
    "server",
    "location",
    "retry-after",
    "x-request-id",
    "request-id",
    "x-mashery-*",
    "ratelimit-*",
    "x-ratelimit-*",
];

/// Ends of names whose value is hidden whatever it looks like.
const HIDDEN: [&str; 15] = [
    "token",
    "secret",
    "password",
    "passwd",
    "pw",
    "pin",
    "code",
    "key",
    "jwt",
    "cookie",
    "session",
    "credential",
    "credentials",
    "signature",
    "bridge",
];

/// Names with such an end that say what went wrong.
const OPEN: [&str; 8] =
    ["code", "key", "returncode", "errorcode", "statuscode", "messagekey", "errorkey", "messagecode"];

/// Letters and digits in a row that make a word a token.
const TOKEN: usize = 20;

/// A request whose secrets are hidden by their types, with the net laid under it.
pub fn request(mut preview: Preview) -> Preview {
    preview.url = mask::hide(&preview.url).into_owned();
    for (_, value) in &mut preview.headers {
        *value = mask::hide(value).into_owned();
    }
    if let Some(body) = &mut preview.body {
        caught(body);
    }
    preview
}

fn caught(json: &mut Json) {
    match json {
        Json::String(text) => *text = mask::hide(text).into_owned(),
        Json::Array(items) => items.iter_mut().for_each(caught),
        Json::Object(object) => object.iter_mut().for_each(|(_, value)| caught(value)),
        _ => {}
    }
}

/// An answer as the request log keeps it.
pub fn answer(response: &Response) -> Shown {
    let tells = |name: &str| {
        let name = name.to_ascii_lowercase();
        TELLING.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *known,
        })
    };
    let header = |(name, value): &(String, String)| {
        (DisplayText::line(name), DisplayText::line(&mask::hide(&words(value))))
    };
    Shown {
        status: response.status,
        headers: response.headers.iter().filter(|(name, _)| tells(name)).map(header).collect(),
        body: DisplayText::detail(&mask::hide(&body(&response.body))),
        bytes: response.body.len(),
    }
}

fn body(bytes: &[u8]) -> String {
    match Answer::json(bytes).or_else(|| Answer::xml(bytes)) {
        Some(Answer::Empty) => String::new(),
        Some(Answer::Json(json)) => {
            let json = without_secrets("", &json);
            serde_json::to_string_pretty(&json).unwrap_or_default()
        }
        Some(Answer::Xml(root)) => {
            let mut out = String::new();
            xml(&root, 0, &mut out);
            out
        }
        None => "(neither JSON nor XML, and so not shown)".into(),
    }
}

/// The value of this name, all of it hidden where the name says so.
fn without_secrets(name: &str, json: &Json) -> Json {
    match json {
        Json::Null | Json::Bool(_) => json.clone(),
        Json::Array(items) => items.iter().map(|item| without_secrets(name, item)).collect(),
        Json::Object(object) => {
            let inner = |(key, value): (&String, &Json)| {
                let under = if is_hidden(name) { name } else { key };
                (words(key), without_secrets(under, value))
            };
            Json::Object(object.iter().map(inner).collect())
        }
        _ if is_hidden(name) => Json::String(MASK.into()),
        Json::String(text) => Json::String(words(text)),
        Json::Number(_) => json.clone(),
    }
}

fn xml(element: &Element, deep: usize, out: &mut String) {
    let indent = "  ".repeat(deep);
    let shown = |name: &str, text: &str| match is_hidden(name) {
        true => MASK.to_owned(),
        false => words(text),
    };
    let _ = write!(out, "{indent}<{}", element.name);
    for (name, value) in &element.attributes {
        let _ = write!(out, " {name}=\"{}\"", shown(name, value));
    }
    let text = element.text.trim();
    if element.children.is_empty() {
        let text = if text.is_empty() { String::new() } else { shown(&element.name, text) };
        let _ = writeln!(out, ">{text}</{}>", element.name);
        return;
    }
    out.push_str(">\n");
    if !text.is_empty() {
        let _ = writeln!(out, "{indent}  {}", shown(&element.name, text));
    }
    for child in &element.children {
        xml(child, deep + 1, out);
    }
    let _ = writeln!(out, "{indent}</{}>", element.name);
}

/// `organizerCode`, `access_token`, `moderatorPW`.
fn is_hidden(name: &str) -> bool {
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let bare = bare.to_ascii_lowercase();
    !OPEN.contains(&bare.as_str()) && HIDDEN.iter().any(|end| bare.ends_with(end))
}

/// A text with its links and tokens hidden; the words around them stay.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        match word.find("://") {
            Some(at) => link(word, at, &mut out),
            None if is_token(word) => out.push_str(MASK),
            None => out.push_str(word),
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

/// A link keeps what it points at, and nothing that would open it.
fn link(word: &str, at: usize, out: &mut String) {
    let scheme = word[..at].rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |before| before + 1);
    let (before, address) = word.split_at(scheme);
    let host =
        Url::parse(address).ok().and_then(|url| Some((url.scheme().to_owned(), url.host_str()?.to_owned())));
    match host {
        Some((scheme, host)) if !is_token(before) => {
            let _ = write!(out, "{before}{scheme}://{host}/{MASK}");
        }
        _ => out.push_str(MASK),
    }
}

fn is_token(word: &str) -> bool {
    let longest = word.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|run| run.len()).unwrap_or("");
    let mixed = longest.bytes().any(|byte| byte.is_ascii_digit())
        || longest.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    word.contains("eyJ") || (longest.len() >= TOKEN && mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> String {
        let headers = vec![
            ("Content-Type".into(), "application/json".into()),
            ("Set-Cookie".into(), "session=abc".into()),
            ("Location".into(), "https://evil.example/x?token=abc".into()),
        ];
        answer(&Response { status: 200, headers, body: body.as_bytes().to_vec() }).body.as_str().to_owned()
    }

    #[test]
    fn links_codes_and_tokens_are_hidden_and_the_rest_is_told() {
        let body = r#"{"roomUrl":"https://acme.whereby.com/onb-7f3c","meetingId":"84120","jwt":"eyJh.eyJi.c",
            "organizerCode":1234,"conferenceId":"123-456-789","success":true,"n":null,
            "hostRoomUrl":"https://acme.whereby.com/onb?roomKey=eyJ","message":"see https://x.example/a?b=c. ok",
            "tokens":[{"token":"abc","role":"host"}],"id":"1b4e28ba-2fa1-11d2-883f-0016d3cca427",
            "session":{"id":"s1","user":"u"},"opaque":"a8Fk3kd92kLs0dkE93kd"}"#;
        let shown = shown(body);
        for hidden in ["7f3c", "eyJ", "1234\"", ": 1234", "roomKey", "b=c", "abc", "s1", "a8Fk"] {
            assert!(!shown.contains(hidden), "{hidden} in {shown}");
        }
        for told in
            ["84120", "123-456-789", "true", "null", "see https://x.example/", " ok", "host", "1b4e28ba-2fa1"]
        {
            assert!(shown.contains(told), "{told} not in {shown}");
        }
    }

    #[test]
    fn xml_is_told_alike() {
        let shown = shown(
            "<response><returncode>SUCCESS</returncode><meetingID>m-1</meetingID><attendeePW>ap</attendeePW>\
             <moderatorPW>mp</moderatorPW><messageKey>duplicateWarning</messageKey>\
             <url>https://bbb.example/join?sessionToken=abc</url><errors><error key=\"k\" message=\"m\"/></errors></response>",
        );
        for hidden in ["ap<", "mp<", "abc"] {
            assert!(!shown.contains(hidden), "{hidden} in {shown}");
        }
        for told in
            ["SUCCESS", "m-1", "duplicateWarning", "https://bbb.example/", "key=\"k\"", "message=\"m\""]
        {
            assert!(shown.contains(told), "{told} not in {shown}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_shown_and_few_headers_are() {
        assert!(!shown("<html>secret page").contains("secret"));
        let response = Response {
            status: 302,
            headers: vec![
                ("Set-Cookie".into(), "a=b".into()),
                ("LOCATION".into(), "https://evil.example/x?token=abc".into()),
                ("x-ratelimit-left".into(), "3".into()),
            ],
            body: Vec::new(),
        };
        let headers: Vec<_> =
            answer(&response).headers.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(headers, [format!("LOCATION: https://evil.example/{MASK}"), "x-ratelimit-left: 3".into()]);
    }
}
