//! When a link ends, from what the page says about it: the earliest time counts, events stand beside it, and an end
//! whose reference is absent drops out.

use jiff::{SignedDuration, Timestamp};

use crate::domain::link::{Ends, Source};
use crate::domain::page::{End, Until};

use super::expand::Ground;

/// The end, its source and what to say beside it.
pub fn resolve(ground: &Ground, ends: &[End], arrived: Timestamp) -> (Ends, Source, Option<String>) {
    let mut earliest: Option<(Timestamp, bool, &Until)> = None;
    let mut events: Vec<(String, Source)> = Vec::new();
    let mut unknown = Source::Assumed;
    for end in ends {
        match end {
            End::Hard(until) | End::Soft(until) => {
                let hard = matches!(end, End::Hard(_));
                if let Some(time) = time(ground, until, arrived)
                    && earliest.as_ref().is_none_or(|(known, ..)| time < *known)
                {
                    earliest = Some((time, hard, until));
                }
            }
            End::Event(event) => events.extend(ground.event(&event.text).map(|text| (text, event.source))),
            End::Unknown(of) => unknown = of.source,
        }
    }
    let said =
        (!events.is_empty()).then(|| events.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>().join(", "));
    match (earliest, events.first()) {
        (Some((time, hard, until)), _) => {
            let note = [until.note.clone(), said].into_iter().flatten().collect::<Vec<_>>().join(", ");
            (Ends::At { time, hard }, until.source, (!note.is_empty()).then_some(note))
        }
        (None, Some((_, source))) => (Ends::Event, *source, said),
        (None, None) => (Ends::Unknown, unknown, None),
    }
}

fn time(ground: &Ground, until: &Until, arrived: Timestamp) -> Option<Timestamp> {
    let start = match (&until.at, &until.after) {
        (Some(at), _) => ground.time(at).or_else(|| until.or.as_deref().and_then(|or| ground.time(or)))?,
        (None, Some(after)) => later(arrived, length(ground, after)?)?,
        (None, None) => return None,
    };
    match until.plus {
        Some(span) => later(start, span.0),
        None => Some(start),
    }
}

/// A fixed length (`"10m"`) or a number of seconds in the answer.
fn length(ground: &Ground, after: &str) -> Option<i64> {
    let seconds = match after.contains('{') {
        true => ground.seconds(after)?,
        false => crate::domain::moment::parse_span(after, None).ok()?,
    };
    (seconds > 0).then_some(seconds)
}

fn later(time: Timestamp, seconds: i64) -> Option<Timestamp> {
    time.checked_add(SignedDuration::from_secs(seconds)).ok()
}
