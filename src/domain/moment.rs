//! Points in time and lengths of time as people type them: "in 2h", "16:00", "tomorrow 9:00", "fri 14:30",
//! "2026-12-01 14:00", ISO with offset, unix seconds. Nothing is guessed: a clock time that daylight saving skips or
//! repeats is refused with both readings named. The zone and the present are handed in.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

/// Unix seconds outside of this range are a slip: milliseconds, or a number that means something else.
pub const UNIX_SECONDS: std::ops::Range<i64> = 1_000_000_000..4_000_000_000;

/// A point in time, and the text it was typed as where that is an ISO time with offset (which is sent as typed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub iso: Option<String>,
}

impl Moment {
    /// RFC 3339, as typed where it was typed so, else in UTC: `2026-11-21T15:00:00Z`.
    pub fn rfc3339(&self) -> String {
        self.iso.clone().unwrap_or_else(|| utc(self.at))
    }
}

/// RFC 3339 in UTC with whole seconds.
pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The unit a bare number has in a duration field: that of the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Seconds,
    Minutes,
}

impl Unit {
    pub fn seconds(self) -> i64 {
        match self {
            Unit::Seconds => 1,
            Unit::Minutes => 60,
        }
    }
}

/// Reads a point in time. The error is a clause fit to stand under the field.
pub fn parse_moment(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Moment, String> {
    let text = text.trim();
    if let Some(iso) = instant(text) {
        return Ok(Moment { at: iso, iso: Some(text.to_owned()) });
    }
    let words = text.to_ascii_lowercase();
    let at = if let Some(span) = words.strip_prefix("in ").or(words.strip_prefix('+')) {
        from_now(span, now)?
    } else if words == "now" {
        now
    } else if let Some(unix) = unix_seconds(&words) {
        unix?
    } else if let Ok(seconds) = parse_span(&words, None) {
        later(now, seconds)?
    } else {
        civil(&words, &now.to_zoned(zone.clone()))?
    };
    Ok(Moment { at, iso: None })
}

/// Reads a length of time in seconds: "2h", "1h30", "90m", "45 min", "30s"; a bare number counts in `bare`.
pub fn parse_span(text: &str, bare: Option<Unit>) -> Result<i64, String> {
    let refuse = || format!("{}: write 30m, 2h or 1h30", quote(text));
    let compact: String = text.trim().to_ascii_lowercase().split_whitespace().collect();
    if let (Ok(number), Some(unit)) = (compact.parse::<i64>(), bare) {
        return number.checked_mul(unit.seconds()).filter(|s| *s >= 0).ok_or_else(refuse);
    }
    let mut total: i64 = 0;
    let mut rest = compact.as_str();
    let mut previous = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest[..digits].parse().map_err(|_| refuse())?;
        rest = &rest[digits..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = match &rest[..letters] {
            "" if previous == 3600 && rest.is_empty() && digits == 2 => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
            "d" | "day" | "days" => 86_400,
            "w" | "week" | "weeks" => 604_800,
            _ => return Err(refuse()),
        };
        if previous != 0 && unit >= previous {
            return Err(refuse());
        }
        previous = unit;
        rest = &rest[letters..];
        total = number.checked_mul(unit).and_then(|s| total.checked_add(s)).ok_or_else(refuse)?;
    }
    if previous == 0 { Err(refuse()) } else { Ok(total) }
}

fn from_now(span: &str, now: Timestamp) -> Result<Timestamp, String> {
    later(now, parse_span(span, None)?)
}

fn later(now: Timestamp, seconds: i64) -> Result<Timestamp, String> {
    now.checked_add(SignedDuration::from_secs(seconds)).map_err(|_| "that is too far away".to_owned())
}

/// An ISO instant: date, time and an offset or `Z`.
fn instant(text: &str) -> Option<Timestamp> {
    let shaped = text.len() >= 17 && text.as_bytes().get(4) == Some(&b'-') && !text.contains('[');
    if shaped { text.parse().ok() } else { None }
}

fn unix_seconds(words: &str) -> Option<Result<Timestamp, String>> {
    if words.len() < 6 || !words.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = words.parse().unwrap_or(i64::MAX);
    Some(if UNIX_SECONDS.contains(&seconds) {
        Timestamp::from_second(seconds).map_err(|e| e.to_string())
    } else {
        Err("unix time is counted in seconds, ten digits".to_owned())
    })
}

/// A written date, a day by name, or a clock time alone (its next occurrence).
fn civil(words: &str, now: &Zoned) -> Result<Timestamp, String> {
    let unknown = || format!("{}: write 16:00, in 2h, tomorrow 9:00 or 2026-12-01 14:00", quote(words));
    if let Some(clock) = clock(words) {
        let today = resolve(now.date().to_datetime(clock), now)?;
        return if today > now.timestamp() {
            Ok(today)
        } else {
            resolve(next_day(now, 1)?.to_datetime(clock), now)
        };
    }
    let (day, time) = words
        .split_once([' ', 't'])
        .filter(|(d, _)| d.contains('-'))
        .or(words.split_once(' '))
        .ok_or_else(unknown)?;
    let clock = clock(time.trim_start_matches("at ").trim()).ok_or_else(unknown)?;
    if let Ok(date) = day.parse::<Date>() {
        return resolve(date.to_datetime(clock), now);
    }
    match day {
        "today" => resolve(now.date().to_datetime(clock), now),
        "tomorrow" => resolve(next_day(now, 1)?.to_datetime(clock), now),
        _ => {
            let wanted = weekday(day).ok_or_else(unknown)?;
            let ahead = i64::from(now.date().weekday().until(wanted));
            let at = resolve(next_day(now, ahead)?.to_datetime(clock), now)?;
            if at > now.timestamp() {
                Ok(at)
            } else {
                resolve(next_day(now, ahead + 7)?.to_datetime(clock), now)
            }
        }
    }
}

fn next_day(now: &Zoned, days: i64) -> Result<Date, String> {
    now.date().checked_add(days.days()).map_err(|_| "that is too far away".to_owned())
}

/// "16:00", "9:05", "16:00:30", "4pm", "4:30 pm", "noon".
fn clock(words: &str) -> Option<Time> {
    if words == "noon" {
        return Time::new(12, 0, 0, 0).ok();
    }
    let (digits, half) =
        match words.strip_suffix("pm").map(|d| (d, 12)).or(words.strip_suffix("am").map(|d| (d, 0))) {
            Some((digits, half)) => (digits.trim_end(), Some(half)),
            None => (words, None),
        };
    let mut parts = digits.split(':');
    let mut number = |min: usize| -> Option<Option<i8>> {
        match parts.next() {
            None => Some(None),
            Some(p) if (min..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()) => {
                Some(p.parse().ok())
            }
            Some(_) => None,
        }
    };
    let (hour, minute, second) = (number(1)??, number(2)?, number(2)?);
    if parts.next().is_some() || (minute.is_none() && half.is_none()) {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0), 0).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let known = |name: &str| word.len() >= 2 && name.starts_with(word);
    DAYS.iter().find(|(name, _)| known(name)).map(|(_, day)| *day)
}

/// The one instant a local time means; a time that daylight saving skips or repeats is not guessed.
fn resolve(local: DateTime, now: &Zoned) -> Result<Timestamp, String> {
    let zone = now.time_zone();
    let ambiguous = zone.to_ambiguous_zoned(local);
    let name = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%H:%M %Z").to_string();
    let reading = |offset: jiff::tz::Offset| offset.to_timestamp(local).map(name).unwrap_or_default();
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => {
            ambiguous.unambiguous().map(|z| z.timestamp()).map_err(|_| "that is too far away".to_owned())
        }
        AmbiguousOffset::Gap { before, after } => Err(format!(
            "the clocks skip {}: write {} or {}",
            local.strftime("%H:%M"),
            reading(after),
            reading(before)
        )),
        AmbiguousOffset::Fold { before, after } => Err(format!(
            "{} happens twice that night: write {}{before} or {}{after}",
            local.strftime("%H:%M"),
            local.strftime("%Y-%m-%dT%H:%M:%S"),
            local.strftime("%Y-%m-%dT%H:%M:%S"),
        )),
    }
}

/// How a time is echoed beside its field: "today 16:00 CET · 15:00 UTC".
pub fn echo(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (local, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let day = day_name(&local, &today);
    let world = at.to_zoned(TimeZone::UTC);
    if local.offset().is_zero() {
        return format!("{day} {} UTC", local.strftime("%H:%M"));
    }
    let other = if world.date() == local.date() { String::new() } else { world.strftime("%a ").to_string() };
    format!("{day} {} · {other}{} UTC", local.strftime("%H:%M %Z"), world.strftime("%H:%M"))
}

fn day_name(local: &Zoned, today: &Zoned) -> String {
    let days = today.date().until(local.date()).map(|s| s.get_days()).unwrap_or(i32::MAX);
    match days {
        0 => "today".into(),
        1 => "tomorrow".into(),
        -1 => "yesterday".into(),
        2..=6 => local.strftime("%A").to_string(),
        _ => local.strftime("%a %Y-%m-%d").to_string(),
    }
}

/// A length of time in at most two units, rounded down: "1h57m", "58m", "12s", "3d 4h".
pub fn short_span(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (days, hours, minutes) = (seconds / 86_400, seconds % 86_400 / 3600, seconds % 3600 / 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds}s"),
        (0, 0, m) => format!("{m}m"),
        (0, h, m) => format!("{h}h{m:02}m"),
        (d, 0, _) => format!("{d}d"),
        (d, h, _) => format!("{d}d {h}h"),
    }
}

fn quote(text: &str) -> String {
    let shown: String = crate::domain::text::DisplayText::line(text).as_str().chars().take(40).collect();
    format!("`{shown}` is not understood")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("the zone database")
    }

    #[track_caller]
    fn case(text: &str, expected: &str) {
        // a Saturday, 14:02 in Berlin
        let now: Timestamp = "2026-11-21T13:02:00Z".parse().unwrap();
        let got = match parse_moment(text, now, &berlin()) {
            Ok(moment) => utc(moment.at),
            Err(reason) => format!("error: {reason}"),
        };
        assert!(got.starts_with(expected), "{text}: {got}");
    }

    #[test]
    fn human_times() {
        case("in 2h", "2026-11-21T15:02:00Z");
        case("2h", "2026-11-21T15:02:00Z");
        case("+90m", "2026-11-21T14:32:00Z");
        case("in 1h30", "2026-11-21T14:32:00Z");
        case("1 hour 5 minutes", "2026-11-21T14:07:00Z");
        case("16:00", "2026-11-21T15:00:00Z");
        case("14:00", "2026-11-22T13:00:00Z");
        case("4pm", "2026-11-21T15:00:00Z");
        case("tomorrow 9:00", "2026-11-22T08:00:00Z");
        case("fri 09:00", "2026-11-27T08:00:00Z");
        case("sat 15:00", "2026-11-21T14:00:00Z");
        case("sat 9:00", "2026-11-28T08:00:00Z");
        case("2026-12-01 14:00", "2026-12-01T13:00:00Z");
        case("2099-08-11T07:56:01-05:00", "2099-08-11T12:56:01Z");
        case("1800000000", "2027-01-15T08:00:00Z");
        case("1800000000000", "error: unix time is counted in seconds");
        case("2027-03-28 02:30", "error: the clocks skip 02:30: write 01:30 CET or 03:30 CEST");
        case("2026-10-25 02:30", "error: 02:30 happens twice");
        case("soonish", "error: `soonish` is not understood");
        case("", "error:");
        case("25:00", "error:");
        case("2h2h", "error:");
    }

    #[test]
    fn an_iso_time_is_sent_as_typed() {
        let now = Timestamp::UNIX_EPOCH;
        let typed = parse_moment("2099-08-11T07:56:01-05:00", now, &TimeZone::UTC).unwrap();
        assert_eq!(typed.rfc3339(), "2099-08-11T07:56:01-05:00");
        let human = parse_moment("in 1h", now, &TimeZone::UTC).unwrap();
        assert_eq!(human.rfc3339(), "1970-01-01T01:00:00Z");
    }

    #[test]
    fn spans() {
        assert_eq!(parse_span("90", Some(Unit::Minutes)), Ok(5400));
        assert_eq!(parse_span("1h30", Some(Unit::Minutes)), Ok(5400));
        assert_eq!(parse_span("2 h 5 min", None), Ok(7500));
        assert!(parse_span("90", None).is_err());
        assert!(parse_span("-5", Some(Unit::Seconds)).is_err());
        assert!(parse_span("9223372036854775807m", None).is_err());
    }

    #[test]
    fn echoes_name_day_zone_and_utc() {
        let now: Timestamp = "2026-11-21T13:02:00Z".parse().unwrap();
        let at = |s: &str| s.parse::<Timestamp>().unwrap();
        assert_eq!(echo(at("2026-11-21T15:00:00Z"), now, &berlin()), "today 16:00 CET · 15:00 UTC");
        assert_eq!(echo(at("2026-11-21T23:30:00Z"), now, &berlin()), "tomorrow 00:30 CET · Sat 23:30 UTC");
        assert_eq!(echo(at("2026-11-21T15:00:00Z"), now, &TimeZone::UTC), "today 15:00 UTC");
    }
}
