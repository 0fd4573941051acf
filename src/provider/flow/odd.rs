//! What is odd about an answer although it counts: a room named otherwise than asked, a clock that is another, a guest
//! link that is the host's; and the whole answer, kept as it came, where no link could be read from it.

use jiff::Timestamp;

use crate::domain::entry::Detail;
use crate::domain::link::{Audience, Link};
use crate::domain::request::Response;
use crate::domain::secret::Secret;
use crate::domain::text::DisplayText;
use crate::domain::values::Value;
use crate::provider::answer::is_packed;
use crate::provider::hide::hide;
use crate::provider::time_header;
use crate::provider::wire::Secrets;

use super::Flow;

/// Most of an answer that is kept, in bytes.
const MOST: usize = 64 * 1024;
/// Longest name that is quoted, in characters.
const QUOTED: usize = 60;

impl Flow {
    /// Says so once, where the first answer shows that the clocks differ.
    pub(super) fn note_clock(&mut self, response: &Response, at: Timestamp) {
        let said = time_header::skew(response, &self.plan.page.name, at);
        self.warnings.extend(said);
    }

    /// A success as text, without the secrets of its request. A packed one is not opened, so nothing could be taken
    /// out of it, and it is not kept.
    pub(super) fn as_it_came(&self, response: &Response) -> Option<Secret> {
        if !(200..300).contains(&response.status) || is_packed(response) {
            return None;
        }
        // Without the zeros, what is plain text in two bytes each can be searched and read as well.
        let text = String::from_utf8_lossy(&response.body).replace('\0', "");
        let mut text = hide(&self.ground(Secrets::Live), text.trim());
        let end = (0..=MOST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        (!text.is_empty()).then(|| Secret::new(text))
    }

    /// Names that were asked for and came back as others: "asked for Room "r", got "s"".
    pub(super) fn renamed(&self) -> Vec<String> {
        let Some(spec) = self.plan.spec() else { return Vec::new() };
        let quoted = |text: &str| {
            let text = DisplayText::line(text);
            text.as_str().chars().take(QUOTED).collect::<String>()
        };
        let differs = |(key, detail): &(String, crate::domain::page::DetailSpec)| {
            let asked = match self.plan.values.get(key)? {
                Value::Text(text) => text.clone(),
                Value::Integer(number) => number.to_string(),
                _ => return None,
            };
            let got = self.detail_value(detail).filter(|got| *got != asked && !detail.secret)?;
            Some(format!("asked for {} \"{}\", got \"{}\"", detail.label, quoted(&asked), quoted(&got)))
        };
        spec.details.iter().filter_map(differs).collect()
    }
}

/// An answer nothing could be made of, as a detail of the entry that is maybe there.
pub(super) fn kept(answer: Secret) -> Detail {
    let (key, label) = ("answer".to_owned(), "Answer as it came".to_owned());
    Detail { key, label, value: answer, secret: true, copy: false, host: false }
}

/// Copying a guest link must never hand out the host's.
pub(super) fn mark_equal(links: &mut [Link]) {
    let hosts: Vec<Secret> =
        (links.iter().filter(|link| link.audience == Audience::Host)).map(|link| link.url.clone()).collect();
    for link in links.iter_mut().filter(|link| link.audience != Audience::Host) {
        if hosts.contains(&link.url) {
            link.secret = true;
            link.warning = Some("the same address as the host's link".into());
        }
    }
}
