//! Lengths of time, read and written: "2h", "1h30", "90m". Days and weeks are so many seconds, whatever the clocks do.

use super::quote;

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
        let bare_minutes = previous == 3600 && letters == rest.len() && digits == 2 && number < 60;
        let unit = unit(&rest[..letters]).or((letters == 0 && bare_minutes).then_some(60));
        let unit = unit.filter(|unit| previous == 0 || *unit < previous).ok_or_else(refuse)?;
        previous = unit;
        rest = &rest[letters..];
        total = number.checked_mul(unit).and_then(|s| total.checked_add(s)).ok_or_else(refuse)?;
    }
    if previous == 0 { Err(refuse()) } else { Ok(total) }
}

/// Seconds of a unit by any of its names.
fn unit(word: &str) -> Option<i64> {
    Some(match word {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86_400,
        "w" | "week" | "weeks" => 604_800,
        _ => return None,
    })
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

/// The same to the second, as it may be typed again: "2h", "1h30m", "1m30s", "1d2h".
pub fn exact_span(seconds: i64) -> String {
    let mut left = seconds.max(0);
    let mut said = String::new();
    for (name, unit) in [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] {
        let count = left / unit;
        left %= unit;
        if count > 0 || (unit == 1 && said.is_empty()) {
            said.push_str(&format!("{count}{name}"));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        for (text, seconds) in [
            ("2h", 7200),
            ("90m", 5400),
            ("1h30", 5400),
            ("1h30m", 5400),
            ("2 h 5 min", 7500),
            ("45 minutes", 2700),
            ("1d 2h", 93_600),
            ("1W", 604_800),
            ("30s", 30),
            ("0m", 0),
        ] {
            assert_eq!(parse_span(text, None), Ok(seconds), "{text}");
        }
        for text in [
            "",
            " ",
            "90",
            "-5m",
            "2h2h",
            "30m2h",
            "1h90",
            "1h3",
            "1h300",
            "h",
            "2x",
            "1.5h",
            "２h",
            "9223372036854775807m",
        ] {
            assert!(parse_span(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_said_exactly_can_be_typed_again() {
        for (seconds, said) in [(0, "0s"), (90, "1m30s"), (7200, "2h"), (5400, "1h30m"), (93_600, "1d2h")] {
            assert_eq!(exact_span(seconds), said);
            assert_eq!(parse_span(said, None), Ok(seconds));
        }
    }

    #[test]
    fn a_bare_number_counts_in_the_unit_of_the_wire() {
        assert_eq!(parse_span("90", Some(Unit::Minutes)), Ok(5400));
        assert_eq!(parse_span("90", Some(Unit::Seconds)), Ok(90));
        assert_eq!(parse_span("1h30", Some(Unit::Minutes)), Ok(5400));
        assert!(parse_span("-5", Some(Unit::Seconds)).is_err());
        assert!(parse_span("9223372036854775807", Some(Unit::Minutes)).is_err());
    }
}
