//! What the headers of an answer say about time: how long to wait, and what the provider's clock shows. Both are
//! words of strangers; what cannot be understood is as if it were not there.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::domain::moment::short_span;
use crate::domain::request::Response;

/// Clocks that differ by no more than this many seconds agree.
const TOLERANCE: u64 = 60;

/// Seconds to wait by `Retry-After`, a number or a date. A date counts from the provider's own clock where it shows
/// one, else from `at`.
pub(super) fn retry_after(response: &Response, at: Timestamp) -> Option<u64> {
    let value = response.header("retry-after")?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().unwrap_or(u64::MAX));
    }
    let until = date(value)?;
    let from = response.header("date").and_then(date).unwrap_or(at);
    u64::try_from(until.as_second().saturating_sub(from.as_second())).ok()
}

/// How far the clock of this computer is from the provider's, where that is worth a word. `at` is when the answer
/// came.
pub(super) fn skew(response: &Response, provider: &str, at: Timestamp) -> Option<String> {
    let theirs = response.header("date").and_then(date)?;
    let seconds = at.as_second().checked_sub(theirs.as_second())?.unsigned_abs();
    let span = short_span(i64::try_from(seconds).ok()?);
    let text = format!("this computer's clock differs by {span} from that of {provider}");
    (seconds > TOLERANCE).then_some(text)
}

fn date(text: &str) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Response {
        Response { status: 429, headers: vec![(name.into(), value.into())], body: Vec::new() }
    }

    fn at() -> Timestamp {
        "2026-11-21T14:00:00Z".parse().unwrap()
    }

    #[test]
    fn waits_are_numbers_or_dates() {
        for (value, seconds) in [
            ("5", Some(5)),
            (" 0 ", Some(0)),
            ("99999999999999999999999999", Some(u64::MAX)),
            ("Sat, 21 Nov 2026 14:00:30 GMT", Some(30)),
            ("Sat, 21 Nov 2026 13:00:00 GMT", None),
            ("-1", None),
            ("+5", None),
            ("1e3", None),
            ("\u{1b}", None),
            ("", None),
        ] {
            assert_eq!(retry_after(&with("Retry-After", value), at()), seconds, "{value:?}");
        }
        let mut both = with("retry-after", "Sat, 21 Nov 2026 15:00:30 GMT");
        both.headers.push(("date".into(), "Sat, 21 Nov 2026 15:00:00 GMT".into()));
        assert_eq!(retry_after(&both, at()), Some(30));
    }

    #[test]
    fn clocks_may_differ_by_a_minute() {
        let said = |date: &str| skew(&with("Date", date), "Whereby", at());
        for date in ["Sat, 21 Nov 2026 14:01:00 GMT", "Sat, 21 Nov 2026 13:59:00 GMT", "yesterday", ""] {
            assert_eq!(said(date), None, "{date}");
        }
        let ten = "this computer's clock differs by 10m from that of Whereby";
        for date in ["Sat, 21 Nov 2026 14:10:00 GMT", "Sat, 21 Nov 2026 13:50:00 GMT"] {
            assert_eq!(said(date).as_deref(), Some(ten), "{date}");
        }
        assert!(said("Wed, 21 Oct 9998 07:28:00 GMT").is_some());
    }
}
