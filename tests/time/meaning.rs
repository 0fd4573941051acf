//! The table of inputs, cell by cell.

use jiff::tz::TimeZone;
use roomkey::domain::moment::{echo, parse_moment, utc};

use super::table::{Case, MOMENTS, ZONES, cases};

#[test]
fn every_input_means_what_the_table_says() {
    let cases = cases();
    let inputs = cases.len() / (ZONES.len() * MOMENTS.len());
    assert_eq!(cases.len() % (ZONES.len() * MOMENTS.len()), 0, "every input has an answer for each zone");
    assert!(inputs >= 100, "{inputs}");
    for Case { typed, zone, now, expected } in cases {
        let zone_data = TimeZone::get(zone).unwrap();
        let got = match parse_moment(&typed, now, &zone_data) {
            Ok(moment) => utc(moment.at),
            Err(unclear) if unclear.reason.starts_with("that time has passed") => "past".into(),
            Err(unclear) if unclear.readings.is_empty() => "refused".into(),
            Err(unclear) => {
                let readings: Vec<String> = unclear.readings.iter().map(|reading| utc(reading.at)).collect();
                readings.join(" or ")
            }
        };
        assert_eq!(got, expected, "|{typed}| in {zone} at {now}");
    }
}

#[test]
fn what_is_offered_for_an_unclear_time_is_clear_and_in_words() {
    for Case { typed, zone, now, expected } in cases() {
        let zone = TimeZone::get(zone).unwrap();
        let Err(unclear) = parse_moment(&typed, now, &zone) else { continue };
        assert_eq!(unclear.readings.len() == 2, expected.contains(" or "), "{typed}");
        for reading in unclear.readings {
            assert_eq!(parse_moment(&reading.typed, now, &zone).unwrap().at, reading.at);
            assert!(unclear.reason.contains(&reading.label), "{}", unclear.reason);
            assert!(echo(reading.at, now, &zone).contains(&reading.label));
        }
    }
}
