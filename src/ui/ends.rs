//! How the time that is left is written. Counted from the full minute, so that all countdowns of the screen change
//! together, once a minute.

use jiff::Timestamp;

use crate::domain::entry::Entry;
use crate::domain::link::Ends;
use crate::domain::moment::short_span;

/// "1h57m", "<1m"; nothing once it has passed.
pub fn left(end: Timestamp, now: Timestamp) -> Option<String> {
    if end <= now {
        return None;
    }
    let minute = now.as_second().div_euclid(60) * 60;
    let seconds = end.as_second() - minute;
    Some(if seconds < 60 { "<1m".into() } else { short_span(seconds) })
}

/// What the ENDS column says: time left, the event, or nothing known.
pub fn column(entry: &Entry, now: Timestamp) -> Option<String> {
    if let Some(end) = entry.ends(now) {
        return left(end, now);
    }
    let event = entry.links.iter().any(|link| matches!(link.ends, Ends::Event));
    event.then(|| match entry.event_minutes() {
        Some(minutes) => format!("empty {minutes}m"),
        None => "empty".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_changes_at_the_full_minute() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let end = at("2026-11-21T15:00:00Z");
        assert_eq!(left(end, at("2026-11-21T13:02:00Z")).as_deref(), Some("1h58m"));
        assert_eq!(left(end, at("2026-11-21T13:02:59Z")).as_deref(), Some("1h58m"));
        assert_eq!(left(end, at("2026-11-21T14:59:30Z")).as_deref(), Some("1m"));
        assert_eq!(left(end, end), None);
    }
}
