//! An entry as machines read it: the stable JSON of the command line, in a fixed order of keys. Control and format
//! characters are written as escapes, so that the text is as safe to print as it is to parse.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::error::Error;

use super::entry::{Detail, Entry};
use super::link::Link;
use super::moment::utc;
use super::secret::MASK;
use super::text::is_forbidden;

/// Version of the shape; it changes only when a key changes its meaning or goes away.
const VERSION: u8 = 1;

/// Whether links and details that are secret are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveal {
    Full,
    Masked,
}

impl Entry {
    /// The entry with its state at `now`.
    pub fn json(&self, now: Timestamp, reveal: Reveal) -> Value {
        json!({
            "version": VERSION,
            "id": self.id,
            "created_at": utc(self.created_at),
            "profile": self.profile,
            "provider": self.provider,
            "operation": self.operation,
            "name": self.name.as_str(),
            "outcome": self.outcome.name(),
            "state": self.state(now).name(),
            "ticket": self.asked.ticket,
            "links": self.links.iter().map(|one| link(one, reveal)).collect::<Vec<_>>(),
            "details": self.details.iter().map(|one| detail(one, reveal)).collect::<Vec<_>>(),
            "warnings": self.warnings.iter().map(|text| text.as_str()).collect::<Vec<_>>(),
            "error": self.outcome.error().map(error),
        })
    }
}

fn link(link: &Link, reveal: Reveal) -> Value {
    let url = if reveal == Reveal::Full { link.url.expose().to_owned() } else { link.shown() };
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("audience", link.audience.name().into());
    put("label", link.label.as_str().into());
    put("url", url.into());
    put("secret", link.secret.into());
    put("reuse", link.reuse.name().into());
    put("ends_at", link.ends.time().map(utc).into());
    put("end", link.ends.name().into());
    put("source", link.source.name().into());
    if let Some(note) = &link.note {
        put("end_note", note.as_str().into());
    }
    if let Some(warning) = &link.warning {
        put("warning", warning.as_str().into());
    }
    Value::Object(object)
}

fn detail(detail: &Detail, reveal: Reveal) -> Value {
    let hidden = detail.secret && reveal == Reveal::Masked;
    json!({
        "key": detail.key,
        "label": detail.label,
        "value": if hidden { MASK } else { detail.value.expose() },
        "secret": detail.secret,
    })
}

/// An error in the same words everywhere.
pub fn error(error: &Error) -> Value {
    json!({
        "kind": error.kind.name(),
        "message": error.message(),
        "hint": error.next_step(),
        "status": error.status,
    })
}

/// JSON on one line, with every character that may not be drawn as `\uXXXX`.
pub fn printed(json: &Value) -> String {
    let raw = json.to_string();
    let mut text = String::with_capacity(raw.len());
    // Such characters occur inside strings only, where an escape means the same.
    for c in raw.chars() {
        if is_forbidden(c) || matches!(c, '\u{FE0E}' | '\u{FE0F}') {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::entry::{Asked, Outcome};
    use crate::domain::link::{Audience, Ends, Reuse, Source};
    use crate::domain::secret::Secret;
    use crate::domain::text::DisplayText;
    use crate::error::Kind;

    fn entry() -> Entry {
        let end = "2026-11-21T16:00:00Z".parse().unwrap();
        Entry {
            id: "k3".into(),
            created_at: "2026-11-21T14:02:07.5Z".parse().unwrap(),
            profile: "whereby".into(),
            provider: "whereby".into(),
            operation: "create".into(),
            name: DisplayText::line("ACME onboarding"),
            asked: Asked::default(),
            outcome: Outcome::Created,
            links: vec![Link {
                id: "host".into(),
                label: "Host link".into(),
                url: Secret::new("https://acme.whereby.com/onb?roomKey=eyJ"),
                audience: Audience::Host,
                reuse: Reuse::Many,
                secret: true,
                ends: Ends::At { time: end, hard: false },
                source: Source::Server,
                note: None,
                warning: None,
            }],
            details: vec![Detail {
                key: "meetingId".into(),
                label: "Meeting id".into(),
                value: Secret::new("84120"),
                secret: false,
                copy: false,
                host: false,
            }],
            warnings: Vec::new(),
            status: Some(201),
            deleted: None,
            incomplete: false,
            took: 20,
        }
    }

    #[test]
    fn keys_stand_in_their_order() {
        let now = "2026-11-21T14:03:00Z".parse().unwrap();
        assert_eq!(
            printed(&entry().json(now, Reveal::Full)),
            concat!(
                r#"{"version":1,"id":"k3","created_at":"2026-11-21T14:02:07Z","profile":"whereby","#,
                r#""provider":"whereby","operation":"create","name":"ACME onboarding","#,
                r#""outcome":"created","state":"live","ticket":null,"#,
                r#""links":[{"audience":"host","label":"Host link","#,
                r#""url":"https://acme.whereby.com/onb?roomKey=eyJ","secret":true,"reuse":"many","#,
                r#""ends_at":"2026-11-21T16:00:00Z","end":"soft","source":"server"}],"#,
                r#""details":[{"key":"meetingId","label":"Meeting id","value":"84120","secret":false}],"#,
                r#""warnings":[],"error":null}"#,
            )
        );
        let masked = printed(&entry().json(now, Reveal::Masked));
        assert!(!masked.contains("eyJ") && masked.contains("84120"), "{masked}");
    }

    #[test]
    fn failures_and_events_say_why() {
        let mut entry = entry();
        entry.outcome = Outcome::MaybeCreated(Error::new(Kind::Timeout, "x gave no answer").status(504));
        entry.links[0].ends = Ends::Event;
        entry.links[0].note = Some("when the meeting ends".into());
        entry.links[0].warning = Some("unexpected host".into());
        let json = entry.json(entry.created_at, Reveal::Full);
        assert_eq!(json["outcome"], "maybe_created");
        assert_eq!(
            json["error"],
            json!({"kind": "timeout", "message": "x gave no answer", "hint": null, "status": 504})
        );
        let link = &json["links"][0];
        assert_eq!((&link["ends_at"], &link["end"]), (&Value::Null, &Value::from("event")));
        assert_eq!(link["end_note"], "when the meeting ends");
        assert_eq!(link["warning"], "unexpected host");
    }

    #[test]
    fn what_could_move_a_cursor_is_escaped() {
        let raw = "a\u{1b}[2J\u{202e}\u{e0041}\u{7f}\u{9b}👩\u{200d}💻ü";
        let text = printed(&json!(raw));
        assert!(text.chars().all(|c| !is_forbidden(c)), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), raw);
        assert!(text.contains("ü") && text.contains("\\u202e") && text.contains("\\udb40\\udc41"), "{text}");
    }
}
