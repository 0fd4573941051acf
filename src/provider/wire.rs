//! How a value stands on the wire: its JSON type follows from the field's kind, its text in a query from that JSON.
//! Also the two encodings: form-urlencoded for queries (`+` for space), percent-encoded for path segments.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;

use crate::domain::moment::{Unit, utc};
use crate::domain::page::{Field, SentAs};
use crate::domain::secret::MASK;
use crate::domain::values::Value;

/// Everything but RFC 3986's unreserved characters is encoded in a path segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether secrets are written out or hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    Live,
    Hidden,
}

/// The JSON of a value. Pairs have no place of their own and are null here.
pub fn json(field: &Field, value: &Value, secrets: Secrets) -> Json {
    match value {
        Value::Text(text) => Json::String(text.clone()),
        Value::Secret(_) if secrets == Secrets::Hidden => Json::String(MASK.into()),
        Value::Secret(secret) => Json::String(secret.expose().to_owned()),
        Value::Integer(number) => Json::from(*number),
        Value::Switch(on) => Json::Bool(*on),
        Value::Null | Value::Pairs(_) => Json::Null,
        Value::List(items) => items.iter().cloned().map(Json::String).collect(),
        Value::Time(moment) => match field.sent_as.unwrap_or(SentAs::Rfc3339) {
            SentAs::Rfc3339 => Json::String(moment.rfc3339()),
            SentAs::Utc => Json::String(utc(moment.at)),
            SentAs::Seconds => Json::from(moment.at.as_second()),
        },
        Value::Span(seconds) => Json::from(seconds / field.unit.unwrap_or(Unit::Seconds).seconds()),
        Value::Json(json) => json.clone(),
    }
}

/// A JSON value as query text: lists with commas, objects compact.
pub fn query_text(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Array(items) if items.iter().all(Json::is_string) => {
            items.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// Form-urlencoded: only `A-Za-z0-9*-._` stay, a space becomes `+`. Hidden and not yet known values stay readable.
pub fn form(text: &str, secrets: Secrets) -> String {
    if secrets == Secrets::Hidden && is_stand_in(text) {
        return text.to_owned();
    }
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// One path segment. `.` and `..` are refused: URL parsers climb on them however they are encoded.
pub fn segment(text: &str, secrets: Secrets) -> Option<String> {
    if secrets == Secrets::Hidden && is_stand_in(text) {
        return Some(text.to_owned());
    }
    (!matches!(text, "" | "." | "..")).then(|| utf8_percent_encode(text, SEGMENT).to_string())
}

fn is_stand_in(text: &str) -> bool {
    text.contains(MASK) || (text.starts_with('‹') && text.ends_with('›'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_form_encoded() {
        assert_eq!(
            form("a b&c+d%e=f/g'h()!~*ü", Secrets::Live),
            "a+b%26c%2Bd%25e%3Df%2Fg%27h%28%29%21%7E*%C3%BC"
        );
        assert_eq!(form(MASK, Secrets::Hidden), MASK);
        assert_ne!(form(MASK, Secrets::Live), MASK);
    }

    #[test]
    fn segments_cannot_climb() {
        assert_eq!(segment("1/../2", Secrets::Live).as_deref(), Some("1%2F..%2F2"));
        assert_eq!(segment("..", Secrets::Live), None);
        assert_eq!(segment("a b?c#d", Secrets::Live).as_deref(), Some("a%20b%3Fc%23d"));
    }
}
