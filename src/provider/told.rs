//! What a provider tells of something that is there: the values a page wants shown, cleaned like all outside text. What
//! the page calls secret where it makes a link or a detail of it stays hidden here as well.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::domain::finding::Told;
use crate::domain::link::Audience;
use crate::domain::mask;
use crate::domain::page::{FollowUp, Kind, Operation};
use crate::domain::secret::MASK;
use crate::domain::text::DisplayText;

use super::answer::{self, Answer};
use super::expand::Ground;
use super::hide::hide;

/// Longest value, in characters.
const LONG: usize = 500;

/// Only what is there; in the order of the page.
pub(super) fn told(ground: &Ground, follow: &FollowUp, answer: &Answer) -> Vec<Told> {
    let one = |(label, pointer): &(String, String)| {
        let value = answer.at(pointer)?;
        let text = text(&value)?;
        let label = DisplayText::line(label);
        if ground.operation.is_some_and(|spec| is_secret(spec, pointer)) {
            return Some(Told { label, value: DisplayText::line(MASK), time: None });
        }
        let text: String = mask::hide(&hide(ground, &text)).chars().take(LONG).collect();
        Some(Told { label, value: DisplayText::line(&text), time: time(ground, pointer, &value) })
    };
    follow.show.iter().filter_map(one).collect()
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::Bool(true) => Some("yes".into()),
        Json::Bool(false) => Some("no".into()),
        // XML has no switches of its own.
        Json::String(text) if text == "true" => Some("yes".into()),
        Json::String(text) if text == "false" => Some("no".into()),
        value => answer::text(value),
    }
}

/// A whole ISO time; or seconds, where a field of this name is a time.
fn time(ground: &Ground, pointer: &str, value: &Json) -> Option<Timestamp> {
    match value {
        Json::String(text) => text.parse().ok(),
        Json::Number(number) => {
            let field = ground.operation?.field(pointer.rsplit('/').next()?)?;
            let seconds = number.as_i64().filter(|_| field.kind == Kind::Datetime)?;
            Timestamp::from_second(seconds).ok()
        }
        _ => None,
    }
}

/// Whether the operation makes a secret of what stands in an answer under this pointer.
fn is_secret(spec: &Operation, pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    let of = |text: &str| text.contains(&format!(":{pointer}}}")) || text.contains(&format!(":{pointer}|"));
    let link = spec.links.iter().any(|(_, link)| {
        (link.secret || link.audience == Audience::Host || !link.host_if.is_empty()) && of(&link.url)
    });
    let detail = spec.details.iter().any(|(key, detail)| detail.secret && (key == last || of(&detail.value)));
    link || detail || spec.field(last).is_some_and(|field| field.secret)
}
