//! Filling the placeholders of a page. Two rules carry everything: a lone placeholder keeps its type and vanishes
//! when it has no value, and inside a longer text an absent one makes the whole value absent.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use crate::domain::keyed::Keyed;
use crate::domain::literal::Literal;
use crate::domain::moment::UNIX_SECONDS;
use crate::domain::page::{Operation, Page};
use crate::domain::request::Response;
use crate::domain::secret::{MASK, Secret};
use crate::domain::values::Values;

use super::answer::{self, Answer};
use super::condition::Facts;
use super::placeholder::{Part, Reading, Reference, Template};
use super::settings::{Setting, Settings};
use super::wire::{self, Secrets};

/// Everything a placeholder may point at.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub page: &'a Page,
    pub operation: Option<&'a Operation>,
    pub settings: &'a Settings,
    pub values: &'a Values,
    /// Answers of the steps so far.
    pub answers: &'a [(String, Answer)],
    /// Exact addresses of steps that were only signed.
    pub urls: &'a [(String, Secret)],
    /// Details of an entry, for follow-up calls.
    pub details: &'a [(String, String)],
    /// The answer at hand, for error rows.
    pub here: Option<(&'a Response, Option<&'a Answer>)>,
    pub profile: &'a str,
    pub agent: &'a str,
    pub secrets: Secrets,
}

impl Ground<'_> {
    /// What conditions of the page may ask about.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            operation: self.operation,
            values: self.values,
            settings: self.settings,
            answers: self.answers,
        }
    }

    /// The value a reference points at, with its JSON type.
    pub fn value(&self, reference: &Reference, reading: Option<Reading>) -> Option<Json> {
        let value = match reference {
            Reference::Field(name) => self.field(name),
            Reference::Setting(key) => match self.settings.get(key)? {
                Setting::Plain(text) => Some(Json::String(text.clone())),
                Setting::Secret(secret) if self.secrets == Secrets::Live => {
                    Some(Json::String(secret.expose().to_owned()))
                }
                Setting::Secret(_) | Setting::Hidden => Some(Json::String(MASK.into())),
            },
            Reference::Answer(step, pointer) => match self.answers.iter().find(|(id, _)| id == step) {
                Some((_, answer)) => answer.at(pointer),
                None => self.not_yet(step, pointer),
            },
            Reference::Url(step) => {
                let (_, url) = self.urls.iter().find(|(id, _)| id == step)?;
                Some(Json::String(url.expose().to_owned()))
            }
            Reference::Detail(key) => {
                self.details.iter().find(|(k, _)| k == key).map(|(_, value)| Json::String(value.clone()))
            }
            Reference::Header(name) => self.here?.0.header(name).map(|value| Json::String(value.to_owned())),
            Reference::Here(pointer) => self.here?.1?.at(pointer),
        }?;
        match reading {
            None => Some(value),
            Some(reading) => read(&value, reading),
        }
    }

    fn field(&self, name: &str) -> Option<Json> {
        match self.values.get(name) {
            Some(value) => {
                let field = self.operation?.field(name)?;
                Some(wire::json(field, value, self.secrets))
            }
            None if name == "profile" => Some(Json::String(self.profile.to_owned())),
            None if name == "agent" => Some(Json::String(self.agent.to_owned())),
            None => None,
        }
    }

    /// In a preview the answer of an earlier step is not known; it is named instead.
    fn not_yet(&self, step: &str, pointer: &str) -> Option<Json> {
        let index = self.operation?.steps.iter().position(|s| s.id == step)? + 1;
        let name = pointer.rsplit('/').next().unwrap_or_default();
        (self.secrets == Secrets::Hidden).then(|| Json::String(format!("‹{name} of step {index}›")))
    }

    /// A text with its placeholders filled; none when one of them has no value.
    pub fn text(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        for part in Template::parse(text).ok()?.0 {
            match part {
                Part::Text(text) => out.push_str(&text),
                Part::Hole { reference, reading } => {
                    out.push_str(&answer::text(&self.value(&reference, reading)?)?);
                }
            }
        }
        Some(out)
    }

    /// An event's text, in which an absent field shows what the provider does by itself ("within 5 min").
    pub fn event(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        for part in Template::parse(text).ok()?.0 {
            match part {
                Part::Text(text) => out.push_str(&text),
                Part::Hole { reference, reading } => {
                    let known = self.value(&reference, reading).and_then(|value| answer::text(&value));
                    out.push_str(&known.or_else(|| self.unset(&reference))?);
                }
            }
        }
        Some(out)
    }

    fn unset(&self, reference: &Reference) -> Option<String> {
        match reference {
            Reference::Field(name) => self.operation?.field(name)?.unset_text(),
            _ => None,
        }
    }

    /// A value of a page's own content, with its JSON type.
    pub fn json(&self, literal: &Literal) -> Option<Json> {
        match literal {
            Literal::Bool(value) => Some(Json::Bool(*value)),
            Literal::Int(value) => Some(Json::from(*value)),
            Literal::Text(text) => match Template::parse(text).ok()?.lone() {
                Some((reference, reading)) => self.value(reference, reading),
                None => self.text(text).map(Json::String),
            },
            Literal::List(items) => Some(items.iter().filter_map(|item| self.json(item)).collect()),
            Literal::Table(table) => Some(Json::Object(self.object(table))),
        }
    }

    pub fn object(&self, table: &Keyed<Literal>) -> Map<String, Json> {
        table.iter().filter_map(|(key, literal)| Some((key.clone(), self.json(literal)?))).collect()
    }

    /// An address: a leading placeholder stays byte for byte; after that values are encoded as path segments and,
    /// behind `?`, as form values.
    pub fn address(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        for (index, part) in Template::parse(text).ok()?.0.into_iter().enumerate() {
            match part {
                Part::Text(text) => out.push_str(&text),
                Part::Hole { reference, reading } => {
                    let value = answer::text(&self.value(&reference, reading)?)?;
                    if index == 0 {
                        out.push_str(&value);
                    } else if out.contains('?') {
                        out.push_str(&wire::form(&value, self.secrets));
                    } else {
                        out.push_str(&wire::segment(&value, self.secrets)?);
                    }
                }
            }
        }
        Some(out)
    }

    /// A time a page points at: ISO text, unix seconds, or one of our own times.
    pub fn time(&self, text: &str) -> Option<Timestamp> {
        let template = Template::parse(text).ok()?;
        let (reference, reading) = template.lone()?;
        if let Reference::Field(name) = reference
            && let Some(time) = self.values.get(name).and_then(crate::domain::values::Value::time)
        {
            return Some(time);
        }
        match self.value(reference, reading)? {
            // A token that says so has ended, whenever that was.
            Json::Number(number) if reading == Some(Reading::JwtExp) => {
                Timestamp::from_second(number.as_i64()?).ok()
            }
            Json::Number(number) => unix(number.as_i64()?),
            Json::String(text) => text.parse().ok().or_else(|| text.parse().ok().and_then(unix)),
            _ => None,
        }
    }

    /// A number of seconds a page points at.
    pub fn seconds(&self, text: &str) -> Option<i64> {
        let template = Template::parse(text).ok()?;
        let (reference, reading) = template.lone()?;
        match self.value(reference, reading)? {
            Json::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|f| f as i64)),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

/// Vendors write 0 for "none", and some of them milliseconds; neither is the end of a room.
fn unix(seconds: i64) -> Option<Timestamp> {
    UNIX_SECONDS.contains(&seconds).then(|| Timestamp::from_second(seconds).ok()).flatten()
}

fn read(value: &Json, reading: Reading) -> Option<Json> {
    match reading {
        Reading::Seconds => number(value).map(Json::from),
        Reading::Milliseconds => number(value).map(|ms| Json::from(ms.max(0).saturating_add(999) / 1000)),
        Reading::JwtExp => jwt_expiry(value.as_str()?).map(Json::from),
    }
}

fn number(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The `exp` claim of a token, read without verifying it. Anything odd is no answer.
fn jwt_expiry(token: &str) -> Option<i64> {
    let mut parts = token.split('.');
    let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || claims.len() > 64 * 1024 {
        return None;
    }
    match Answer::json(&URL_SAFE_NO_PAD.decode(claims).ok()?)? {
        Answer::Json(claims) => number(claims.get("exp")?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_its_end() {
        // {"exp":1795000000}
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3OTUwMDAwMDB9.c2ln";
        assert_eq!(jwt_expiry(token), Some(1_795_000_000));
        for odd in ["", "a.b", "a.b.c.d", "a.!!!.c", "eyJ.eyJ9.x"] {
            assert_eq!(jwt_expiry(odd), None, "{odd}");
        }
    }

    #[test]
    fn milliseconds_round_up_to_whole_seconds() {
        assert_eq!(read(&Json::from(38_689), Reading::Milliseconds), Some(Json::from(39)));
        assert_eq!(read(&Json::from("x"), Reading::Seconds), None);
    }
}
