//! A point in time in words: its day, the time in the reader's zone, and in UTC.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// How a time is echoed beside its field: "today 16:00 CET · 15:00 UTC".
pub fn echo(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (local, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let day = day_name(&local, &today);
    let world = at.to_zoned(TimeZone::UTC);
    let here = local.strftime("%H:%M");
    if local.offset().is_zero() && local.strftime("%Z").to_string() == "UTC" {
        return format!("{day} {here} UTC");
    }
    let other = if world.date() == local.date() { String::new() } else { world.strftime("%a ").to_string() };
    format!("{day} {here} {} · {other}{} UTC", local.strftime("%Z"), world.strftime("%H:%M"))
}

/// "today", "tomorrow", "Friday" within the week, else "Tue 2026-12-01".
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(at: &str, zone: &str, expected: &str) {
        let now: Timestamp = "2026-11-21T13:02:00Z".parse().unwrap();
        let zone = if zone == "UTC" { TimeZone::UTC } else { TimeZone::get(zone).unwrap() };
        assert_eq!(echo(at.parse().unwrap(), now, &zone), expected);
    }

    #[test]
    fn day_zone_and_utc() {
        says("2026-11-21T15:00:00Z", "Europe/Berlin", "today 16:00 CET · 15:00 UTC");
        says("2026-11-21T23:30:00Z", "Europe/Berlin", "tomorrow 00:30 CET · Sat 23:30 UTC");
        says("2026-11-27T08:00:00Z", "Europe/Berlin", "Friday 09:00 CET · 08:00 UTC");
        says("2026-12-01T13:00:30Z", "Europe/Berlin", "Tue 2026-12-01 14:00 CET · 13:00 UTC");
        says("2026-11-21T18:15:00Z", "Asia/Kathmandu", "tomorrow 00:00 +0545 · Sat 18:15 UTC");
        says("2026-11-21T15:00:00Z", "Europe/London", "today 15:00 GMT · 15:00 UTC");
        says("2026-11-21T15:00:00Z", "UTC", "today 15:00 UTC");
    }
}
