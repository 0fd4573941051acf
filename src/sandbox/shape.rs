//! What a JSON body has to look like: a table of rules per service, written from the vendor's page, and one check
//! that names the first thing that is wrong. An unknown field is wrong.

use serde_json::{Map, Value};
use url::Url;

use super::times;
use super::wire::Call;

/// The kind of one value.
pub(super) enum Kind {
    /// Length in characters, both ends included.
    Text(usize, usize),
    Switch,
    /// A JSON integer, both ends included.
    Whole(i64, i64),
    One(&'static [&'static str]),
    /// An absolute URL of one of these schemes, with a host.
    Link(&'static [&'static str]),
    Mail,
    /// ISO 8601; without an offset it is UTC.
    Time,
    /// ISO 8601 in UTC only.
    TimeUtc,
    /// Any object; its inside is the caller's own business.
    Free,
    Many(&'static Kind),
    Part(&'static [Rule]),
}

/// One field of an object.
pub(super) struct Rule {
    name: &'static str,
    kind: Kind,
    required: bool,
    null: bool,
}

/// The field has to be there.
pub(super) const fn need(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, required: true, null: false }
}

/// The field may be absent.
pub(super) const fn may(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, required: false, null: false }
}

impl Rule {
    /// `null` is as good as a value here.
    pub(super) const fn or_null(mut self) -> Rule {
        self.null = true;
        self
    }
}

/// Reads the body as a JSON object and checks it; the error is a sentence about the first mistake.
pub(super) fn read(call: &Call, rules: &[Rule]) -> Result<Map<String, Value>, String> {
    if call.media_type() != "application/json" {
        return Err("Content-Type must be application/json".to_owned());
    }
    match serde_json::from_slice(&call.body) {
        Ok(Value::Object(body)) => check(&body, rules, "").map(|()| body),
        Ok(_) => Err("the body must be a JSON object".to_owned()),
        Err(_) => Err("malformed JSON".to_owned()),
    }
}

fn check(body: &Map<String, Value>, rules: &[Rule], path: &str) -> Result<(), String> {
    if let Some(name) = body.keys().find(|name| !rules.iter().any(|rule| rule.name == name.as_str())) {
        return Err(format!("unknown field {path}{name}"));
    }
    for rule in rules {
        let full = format!("{path}{}", rule.name);
        match body.get(rule.name) {
            None if rule.required => return Err(format!("{full} is required")),
            None => {}
            Some(Value::Null) if rule.null => {}
            Some(value) => judge(value, &rule.kind, &full)?,
        }
    }
    Ok(())
}

fn judge(value: &Value, kind: &Kind, path: &str) -> Result<(), String> {
    let text = value.as_str();
    let number = value.as_i64();
    let (fits, wanted) = match kind {
        Kind::Text(min, max) => {
            let fits = text.is_some_and(|text| (*min..=*max).contains(&text.chars().count()));
            (fits, format!("a string of {min} to {max} characters"))
        }
        Kind::Switch => (value.is_boolean(), "a boolean".to_owned()),
        Kind::Whole(min, max) => (
            number.is_some_and(|number| (*min..=*max).contains(&number)),
            format!("an integer from {min} to {max}"),
        ),
        Kind::One(known) => {
            (text.is_some_and(|text| known.contains(&text)), format!("one of {}", known.join(", ")))
        }
        Kind::Link(schemes) => (
            text.is_some_and(|text| is_link(text, schemes)),
            format!("an absolute URL ({})", schemes.join(", ")),
        ),
        Kind::Mail => (text.is_some_and(is_mail), "an e-mail address".to_owned()),
        Kind::Time => (text.and_then(times::read).is_some(), "an ISO 8601 date and time".to_owned()),
        Kind::TimeUtc => {
            (text.and_then(times::read_utc).is_some(), "an ISO 8601 date and time in UTC".to_owned())
        }
        Kind::Free => (value.is_object(), "an object".to_owned()),
        Kind::Many(inner) => match value.as_array() {
            Some(items) => return items.iter().try_for_each(|item| judge(item, inner, path)),
            None => (false, "an array".to_owned()),
        },
        Kind::Part(rules) => match value.as_object() {
            Some(part) => return check(part, rules, &format!("{path}.")),
            None => (false, "an object".to_owned()),
        },
    };
    if fits { Ok(()) } else { Err(format!("{path} must be {wanted}")) }
}

pub(super) fn is_link(text: &str, schemes: &[&str]) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    schemes.contains(&url.scheme())
        && url.host_str().is_some_and(|host| !host.is_empty())
        && !text.contains(' ')
}

fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let plain = !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    plain && dotted && !name.is_empty() && !host.contains('@')
}
