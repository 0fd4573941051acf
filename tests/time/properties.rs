//! Any text at any moment in any zone: no panic, no time in the past, and every answer can be said in words.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use roomkey::domain::moment::{Unit, echo, parse_moment, parse_span, short_span};

const ZONES: [&str; 7] = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "UTC",
];

/// Texts made of what times are made of, so that many of them mean something.
fn timely() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "in",
        "+",
        "at",
        "on",
        "now",
        "today",
        "tomorrow",
        "mon",
        "friday",
        "su",
        "noon",
        "midnight",
        "4pm",
        "12am",
        "16:00",
        "2:30",
        "00:00",
        "23:59:59",
        "2h",
        "90m",
        "1h30",
        "30",
        "2027-03-28",
        "2026-10-25",
        "2027-10-03",
        "9999-12-31",
        "-0001-01-01",
        "T",
        "Z",
        "+02:00",
        "-05:45",
        "1800000000",
        "h",
        "days",
        "99999999999999999999",
        ":",
        "日",
        "\u{202e}",
    ]);
    let gap = prop::sample::select(vec!["", " ", "  "]);
    prop::collection::vec((word, gap), 0..5)
        .prop_map(|parts| parts.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

fn moments() -> impl Strategy<Value = Timestamp> {
    let ends = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    let usual = 1_790_000_000i64..1_860_000_000;
    prop_oneof![8 => usual, 1 => ends.0..=ends.1].prop_map(|second| Timestamp::from_second(second).unwrap())
}

#[track_caller]
fn holds(text: &str, now: Timestamp, zone: &TimeZone) -> Result<(), TestCaseError> {
    match parse_moment(text, now, zone) {
        Ok(moment) => {
            prop_assert!(moment.at >= now, "{text}: {} is before {now}", moment.at);
            let said = echo(moment.at, now, zone);
            prop_assert!(said.ends_with("UTC"), "{text}: {said}");
        }
        Err(unclear) => {
            prop_assert!(!unclear.reason.is_empty());
            prop_assert!(!unclear.reason.contains(char::is_control), "{:?}", unclear.reason);
            prop_assert!(unclear.readings.iter().all(|reading| reading.at >= now), "{text}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..crate::chance::cases(4000) })]

    #[test]
    fn timely_texts(text in timely(), now in moments(), zone in prop::sample::select(ZONES.to_vec())) {
        holds(&text, now, &TimeZone::get(zone).unwrap())?;
    }

    #[test]
    fn any_text(text in any::<String>(), now in moments()) {
        holds(&text, now, &TimeZone::UTC)?;
    }

    /// A clock time comes back as that clock time within two days, or is asked.
    #[test]
    fn a_clock_time_is_its_next_occurrence(
        hour in 0i8..24, minute in 0i8..60, now in 1_790_000_000i64..1_860_000_000,
        zone in prop::sample::select(ZONES.to_vec()),
    ) {
        let (now, zone) = (Timestamp::from_second(now).unwrap(), TimeZone::get(zone).unwrap());
        match parse_moment(&format!("{hour}:{minute:02}"), now, &zone) {
            Ok(moment) => {
                let local = moment.at.to_zoned(zone.clone());
                prop_assert_eq!((local.hour(), local.minute(), local.second()), (hour, minute, 0));
                prop_assert!(moment.at > now);
                prop_assert!(moment.at.duration_since(now) <= SignedDuration::from_hours(26));
            }
            Err(unclear) => prop_assert!(!unclear.readings.is_empty(), "{}", unclear.reason),
        }
    }

    /// What is from now is that long from now, whatever the clocks do meanwhile.
    #[test]
    fn a_length_is_exact_across_changes(minutes in 0i64..500_000, now in 1_790_000_000i64..1_860_000_000) {
        let now = Timestamp::from_second(now).unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let at = parse_moment(&format!("in {minutes}m"), now, &zone).unwrap().at;
        prop_assert_eq!(at.duration_since(now).as_secs(), minutes * 60);
        prop_assert_eq!(parse_span(&minutes.to_string(), Some(Unit::Minutes)), Ok(minutes * 60));
    }

    #[test]
    fn any_length(text in any::<String>(), seconds in any::<i64>()) {
        if let Ok(length) = parse_span(&text, Some(Unit::Seconds)) {
            prop_assert!(length >= 0);
        }
        prop_assert!(!short_span(seconds).is_empty());
    }
}
