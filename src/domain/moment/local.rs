//! From a date and a clock time in a zone to the instant they mean. Daylight saving makes some of them mean nothing or
//! two things; then both readings are named and none is taken.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::{Reading, TOO_FAR, Unclear};

/// What a local time may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Local {
    One(Timestamp),
    /// The clocks skip it: the last minute before, and the first instant after.
    Skipped([Reading; 2]),
    /// It happens twice.
    Twice([Reading; 2]),
}

impl Local {
    pub fn new(local: DateTime, zone: &TimeZone) -> Result<Local, Unclear> {
        let ambiguous = zone.to_ambiguous_zoned(local);
        let at = |offset: Offset| offset.to_timestamp(local).map_err(|_| TOO_FAR);
        Ok(match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { offset } => Local::One(at(offset)?),
            AmbiguousOffset::Fold { before, after } => {
                Local::Twice([reading(at(before)?, zone), reading(at(after)?, zone)])
            }
            AmbiguousOffset::Gap { after, .. } => {
                // read with the later offset the time lies before the gap, so the change is the next one
                let next = zone.following(at(after)?).next().ok_or(TOO_FAR)?.timestamp();
                let last = next.checked_sub(SignedDuration::from_mins(1)).map_err(|_| TOO_FAR)?;
                Local::Skipped([reading(last, zone), reading(next, zone)])
            }
        })
    }

    /// The instant, if it is not before `from` beyond doubt; nothing if it is past.
    pub fn after(self, from: Timestamp, local: DateTime) -> Result<Option<Timestamp>, Unclear> {
        let (what, readings) = match self {
            Local::One(at) => return Ok((at >= from).then_some(at)),
            Local::Skipped([_, next]) | Local::Twice([_, next]) if next.at < from => return Ok(None),
            // the first is past, and the second is the only one there still is
            Local::Twice([first, second]) if first.at < from => return Ok(Some(second.at)),
            Local::Skipped(readings) => ("does not exist: did you mean ", readings),
            Local::Twice(readings) => ("happens twice that day: ", readings),
        };
        let labels: Vec<&str> = readings.iter().map(|reading| reading.label.as_str()).collect();
        Err(Unclear {
            reason: format!("{} {what}{}?", local.strftime("%H:%M"), labels.join(" or ")),
            readings: readings.into_iter().filter(|reading| reading.at >= from).collect(),
        })
    }
}

fn reading(at: Timestamp, zone: &TimeZone) -> Reading {
    let local = at.to_zoned(zone.clone());
    Reading {
        at,
        label: local.strftime("%H:%M %Z").to_string(),
        typed: local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(zone: &str, local: &str, expected: &str) {
        let zone = TimeZone::get(zone).unwrap();
        let local: DateTime = local.parse().unwrap();
        let said = match Local::new(local, &zone).unwrap().after(Timestamp::UNIX_EPOCH, local) {
            Ok(at) => at.unwrap().to_string(),
            Err(unclear) => {
                let typed: Vec<_> = unclear.readings.iter().map(|reading| reading.typed.as_str()).collect();
                format!("{} {}", unclear.reason, typed.join(" "))
            }
        };
        assert_eq!(said, expected);
    }

    #[test]
    fn skipped_times_name_both_sides_of_the_gap() {
        reads(
            "Europe/Berlin",
            "2027-03-28 02:30",
            "02:30 does not exist: did you mean 01:59 CET or 03:00 CEST? \
             2027-03-28T01:59:00+01:00 2027-03-28T03:00:00+02:00",
        );
        reads(
            "America/New_York",
            "2027-03-14 02:30",
            "02:30 does not exist: did you mean 01:59 EST or 03:00 EDT? \
             2027-03-14T01:59:00-05:00 2027-03-14T03:00:00-04:00",
        );
        reads(
            "Australia/Lord_Howe",
            "2027-10-03 02:15",
            "02:15 does not exist: did you mean 01:59 +1030 or 02:30 +11? \
             2027-10-03T01:59:00+10:30 2027-10-03T02:30:00+11:00",
        );
        reads("Europe/Berlin", "2027-03-28 03:00", "2027-03-28T01:00:00Z");
    }

    #[test]
    fn repeated_times_name_both_offsets() {
        reads(
            "Europe/Berlin",
            "2026-10-25 02:30",
            "02:30 happens twice that day: 02:30 CEST or 02:30 CET? \
             2026-10-25T02:30:00+02:00 2026-10-25T02:30:00+01:00",
        );
        reads("Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00:00Z");
    }

    #[test]
    fn between_the_two_only_the_second_is_left() {
        let (zone, local) = (TimeZone::get("Europe/Berlin").unwrap(), "2026-10-25 02:30".parse().unwrap());
        let between: Timestamp = "2026-10-25T00:40:00Z".parse().unwrap();
        let at = Local::new(local, &zone).unwrap().after(between, local).unwrap().unwrap();
        assert_eq!(at.to_string(), "2026-10-25T01:30:00Z");
    }
}
