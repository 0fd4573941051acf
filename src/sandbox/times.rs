//! Reading and writing moments as the services do: ISO 8601 in, UTC with milliseconds out.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// `2026-11-21T14:02:07.000Z`
pub(super) fn utc(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A date and a time with an offset, or without one and then in UTC. A bare date or a named zone is not enough.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    if !text.contains('T') || text.contains('[') || text.trim() != text {
        return None;
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    // jiff reads a civil time out of a text with an offset too; one that has an offset was refused above for a reason
    let clock = text.split_once('T')?.1;
    if clock.contains(['+', '-', 'Z', 'z']) {
        return None;
    }
    let civil: DateTime = text.parse().ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// A moment written in UTC (`Z` or `+00:00`) and in no other way.
pub(super) fn read_utc(text: &str) -> Option<Timestamp> {
    if text.ends_with('Z') || text.ends_with("+00:00") { read(text) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{read, read_utc, utc};

    #[test]
    fn an_offset_is_taken_into_account_and_its_absence_means_utc() {
        let text = |input: &str| read(input).map(utc);
        assert_eq!(text("2099-08-11T07:56:01-05:00").as_deref(), Some("2099-08-11T12:56:01.000Z"));
        assert_eq!(text("2099-08-11T07:56:01").as_deref(), Some("2099-08-11T07:56:01.000Z"));
        assert_eq!(text("2099-02-18T14:23:00.000Z").as_deref(), Some("2099-02-18T14:23:00.000Z"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for wrong in
            ["", "in 2h", "2099-08-11", "2099-13-11T07:56:01Z", "2099-08-11T07:56:01+99:00", "1763733600"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read_utc("2099-08-11T07:56:01-05:00"), None);
    }
}
