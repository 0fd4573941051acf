//! From a typed text to a point in time.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::clock::{clock, hour};
use super::day::Day;
use super::local::Local;
use super::{Moment, TOO_FAR, UNIX_SECONDS, Unclear, echo, parse_span, quote};

/// Reads a point in time. What lies in the past is refused; what daylight saving makes unclear comes back with its
/// readings.
pub fn parse_moment(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Moment, Unclear> {
    let text = text.trim();
    if let Some(at) = instant(text)? {
        let whole = text.contains('T') && !text.contains(' ');
        return Ok(Moment { at: ahead(at, now, zone)?, iso: whole.then(|| text.to_owned()) });
    }
    let typed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = typed.to_ascii_lowercase();
    let at = if let Some(span) = words.strip_prefix("in ").or(words.strip_prefix('+')) {
        // Lower case has as many bytes, and what is refused is repeated as it was typed.
        later(now, parse_span(&typed[words.len() - span.len()..], None)?)?
    } else if words == "now" {
        now
    } else if !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit()) {
        ahead(unix_seconds(&words)?, now, zone)?
    } else if let Ok(seconds) = parse_span(&words, None) {
        later(now, seconds)?
    } else {
        civil(&words, &typed, &now.to_zoned(zone.clone()))?
    };
    Ok(Moment { at, iso: None })
}

/// Whether a text says a time at all, for texts that are written long before they are used: one that has passed by then
/// is no other than one to come, and so are a day that still lacks its clock time and a time daylight saving doubles.
pub fn could_be_moment(text: &str) -> bool {
    // Whatever people write down lies ahead of this.
    let long_ago = Timestamp::UNIX_EPOCH;
    let words = text.trim().to_ascii_lowercase();
    Day::parse(&words).is_some() || parse_moment(text, long_ago, &TimeZone::UTC).is_ok()
}

/// A written-out time that is not in the past.
fn ahead(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, Unclear> {
    if at >= now { Ok(at) } else { Err(passed(at, now, zone)) }
}

fn passed(at: Timestamp, now: Timestamp, zone: &TimeZone) -> Unclear {
    format!("that time has passed: {}", echo(at, now, zone)).into()
}

fn later(now: Timestamp, seconds: i64) -> Result<Timestamp, Unclear> {
    now.checked_add(SignedDuration::from_secs(seconds)).map_err(|_| TOO_FAR.into())
}

/// An ISO instant: date, time and an offset or `Z`.
fn instant(text: &str) -> Result<Option<Timestamp>, Unclear> {
    let shaped = text.len() >= 17 && text.as_bytes().get(4) == Some(&b'-') && !text.contains('[');
    let Some(at) = shaped.then(|| text.parse().ok()).flatten() else {
        return if shaped && is_at_the_end_of_time(text) { Err(TOO_FAR.into()) } else { Ok(None) };
    };
    if text.contains(":60") {
        return Err("no clock here counts a 60th second".into());
    }
    Ok(Some(at))
}

/// The last hours of the last year of four digits: nobody can say what time they are elsewhere.
fn is_at_the_end_of_time(text: &str) -> bool {
    let local = text.trim_end_matches(['Z', 'z']);
    let offset = local.get(16..).and_then(|rest| rest.rfind(['+', '-'])).map(|at| at + 16);
    let local = &local[..offset.unwrap_or(local.len())];
    local.len() < text.len() && local.starts_with("9999-12-3") && local.parse::<DateTime>().is_ok()
}

fn unix_seconds(digits: &str) -> Result<Timestamp, Unclear> {
    if digits.len() < 6 {
        let say =
            format!("{digits} of what? write {digits}m for minutes from now, or {digits}:00 for a clock");
        return Err(if digits.len() <= 2 { say } else { format!("{}: write {HOW}", quote(digits)) }.into());
    }
    let seconds = digits.parse().ok().filter(|seconds| UNIX_SECONDS.contains(seconds));
    let at = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    at.ok_or_else(|| "unix time is counted in seconds, ten digits".into())
}

const HOW: &str = "16:00, in 2h or fri 9:00";

/// A written date, a day by name, or a clock time alone.
fn civil(words: &str, typed: &str, now: &Zoned) -> Result<Timestamp, Unclear> {
    let Some((day, clock)) = day_and_clock(words) else {
        if let Some(day) = Day::parse(words) {
            let day = if let Day::Dated(date) = day { date.to_string() } else { words.to_owned() };
            return Err(format!("at what time? write {day} 9:00").into());
        }
        return Err(format!("{}: write {HOW}", quote(typed)).into());
    };
    // what is next is after now; what is written out may be now
    let next = matches!(day, Day::Any | Day::Named(_));
    let from =
        if next { later(now.timestamp(), 0)? + SignedDuration::from_nanos(1) } else { now.timestamp() };
    let mut gone = Unclear::from(TOO_FAR);
    for date in day.dates(now)? {
        let local = date.to_datetime(clock);
        if let Some(at) = Local::new(local, now.time_zone())?.after(from, local)? {
            return Ok(at);
        }
        let at = now.time_zone().to_zoned(local).map_err(|_| TOO_FAR)?;
        gone = passed(at.timestamp(), now.timestamp(), now.time_zone());
    }
    Err(gone)
}

/// "fri 9:00", "9:00 fri", "tomorrow at 4pm", "mon 14", "2026-12-01T14:00", or the clock alone. Behind a day a bare
/// number is the hour; alone or before one it could as well be minutes or a day of the month.
fn day_and_clock(words: &str) -> Option<(Day, jiff::civil::Time)> {
    if let Some(clock) = clock(words) {
        return Some((Day::Any, clock));
    }
    let dated = words.split_once([' ', 't']).filter(|(day, _)| day.contains('-'));
    let first = dated.or(words.split_once(' '))?;
    let pair = |(day, time): (&str, &str)| {
        let time = time.strip_prefix("at ").unwrap_or(time);
        Some((Day::parse(day)?, clock(time)?))
    };
    let at_hour = |(day, time): (&str, &str)| {
        let time = time.strip_prefix("at ").unwrap_or(time);
        Some((Day::parse(day)?, hour(time)?))
    };
    let last = || words.rsplit_once(' ').map(|(time, day)| (day, time.strip_suffix(" on").unwrap_or(time)));
    pair(first).or_else(|| at_hour(words.split_once(' ')?)).or_else(|| pair(last()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Saturday, 14:02 in Berlin.
    fn now() -> Timestamp {
        "2026-11-21T13:02:00Z".parse().unwrap()
    }

    fn read(text: &str) -> Result<Moment, Unclear> {
        parse_moment(text, now(), &TimeZone::get("Europe/Berlin").unwrap())
    }

    #[track_caller]
    fn refused(text: &str, reason: &str) {
        let got = read(text).map(|moment| moment.rfc3339()).unwrap_err().reason;
        assert!(got.starts_with(reason), "{text}: {got}");
    }

    #[test]
    fn an_iso_time_is_sent_as_typed() {
        let sent = |text: &str| read(text).unwrap().rfc3339();
        assert_eq!(sent("2099-08-11T07:56:01-05:00"), "2099-08-11T07:56:01-05:00");
        assert_eq!(sent("2026-12-01T14:00+05:45"), "2026-12-01T14:00+05:45");
        assert_eq!(sent("2026-12-01 14:00:00+05:45"), "2026-12-01T08:15:00Z");
        assert_eq!(sent("2026-12-01T14:00"), "2026-12-01T13:00:00Z");
        assert_eq!(sent("in 1h"), "2026-11-21T14:02:00Z");
    }

    #[test]
    fn refusals_say_what_to_write() {
        refused("Soonish", "`Soonish` is no time: write 16:00, in 2h");
        refused("@env:SU", "`@env:SU` is no time");
        refused("in Foo", "`Foo` is no time: write 30m");
        refused("9999-12-31T23:59:59Z", "that is too far away");
        refused("9999-12-31T23:59:59+00:00", "that is too far away");
        refused("soonish", "`soonish` is no time: write 16:00, in 2h");
        refused("90", "90 of what? write 90m");
        refused("9", "9 of what? write 9m for minutes from now, or 9:00 for a clock");
        refused("mon 24", "`mon 24` is no time: write 16:00");
        refused("tomorrow", "at what time? write tomorrow 9:00");
        refused("2026-12-01", "at what time? write 2026-12-01 9:00");
        refused("1800000000000", "unix time is counted in seconds");
        refused("1700000000", "that time has passed: Tue 2023-11-14 23:13 CET · 22:13 UTC");
        refused("2026-11-20 9:00", "that time has passed: yesterday 09:00 CET · 08:00 UTC");
        refused("today 9:00", "that time has passed: today 09:00 CET");
        refused("2027-06-30T23:59:60Z", "no clock here counts a 60th second");
        refused("in 999999999999d", "");
    }

    #[test]
    fn times_that_are_past_or_lack_their_clock_could_be_meant() {
        for text in ["in 2h", "16:00", "fri 9:00", "2001-01-01 9:00", "2026-01-01", "tomorrow", "1700000000"]
        {
            assert!(could_be_moment(text), "{text}");
        }
        for text in ["", "soonish", "5", "2026-13-01", "1700000000000", "in 5"] {
            assert!(!could_be_moment(text), "{text}");
        }
    }

    #[test]
    fn the_minute_that_is_now_is_not_next() {
        assert_eq!(read("14:02").unwrap().rfc3339(), "2026-11-22T13:02:00Z");
        assert_eq!(read("sat 14:02").unwrap().rfc3339(), "2026-11-28T13:02:00Z");
        assert_eq!(read("today 14:02").unwrap().rfc3339(), "2026-11-21T13:02:00Z");
        assert_eq!(read("now").unwrap().at, now());
    }
}
