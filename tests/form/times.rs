//! Times as they are typed into the form: said in words while typing, and asked where they are unclear.

use jiff::tz::TimeZone;

use super::console::*;
use super::table;

/// The line of the field under the cursor, and the one below it.
fn seen(console: &Console) -> String {
    let screen = console.screen();
    let mut lines = screen.lines().skip_while(|line| !line.starts_with('▌'));
    format!("{}\n{}", lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}

#[test]
fn every_input_of_the_table_is_echoed_in_its_zone_and_in_utc() {
    for case in table::cases() {
        let mut console = Console::every();
        (console.now, console.zone) = (case.now, TimeZone::get(case.zone).unwrap());
        console.at("ends").paste(&case.typed);
        let seen = seen(&console);
        let said = |text: &str| assert!(seen.contains(text), "|{}| lacks {text}:\n{seen}", case.typed);
        match case.expected.as_str() {
            "past" => said("that time has passed: "),
            "refused" => assert!(!seen.contains(" UTC"), "|{}|\n{seen}", case.typed),
            either if either.contains(" or ") => said("?"),
            at => {
                let at: jiff::Timestamp = at.parse().unwrap();
                let local = at.to_zoned(console.zone.clone());
                said(&local.strftime("%H:%M").to_string());
                said(&local.strftime("%Z · ").to_string());
                said(&at.to_zoned(TimeZone::UTC).strftime("%H:%M").to_string());
                said(" UTC");
            }
        }
    }
}

#[test]
fn a_skipped_time_is_asked_with_both_sides_of_the_gap() {
    let mut console = Console::every();
    console.keys("Router");
    console.at("ends").keys("2027-03-28 02:30");
    let screen = console.screen();
    assert!(screen.contains("02:30 does not exist: did you mean 01:59 CET or 03:00 CEST?\n"), "{screen}");
    assert!(screen.contains("→ choose 01:59 CET or 03:00 CEST   ^Y"), "{screen}");
    assert_eq!(console.keys("<F2>").len(), 1, "refused");
    assert_eq!(console.said(), "not created: one field needs you");
    console.keys("<C-y>");
    let screen = console.screen();
    for line in
        ["02:30 does not exist", "○ 01:59 CET · 00:59 UTC", "○ 03:00 CEST · 01:00 UTC", "Enter choose"]
    {
        assert!(screen.contains(line), "{line}:\n{screen}");
    }
    console.keys("<Down><Enter>");
    assert_eq!(console.raw("ends").as_deref(), Some("2027-03-28T03:00:00+02:00"));
    assert!(console.screen().contains("Sun 2027-03-28 03:00 CEST · 01:00 UTC"), "{}", console.screen());
    assert!(console.checks().contains("Ready"));
}

#[test]
fn a_repeated_time_is_asked_with_both_offsets() {
    for (keys, expected) in [
        ("<C-y><Enter>", "2027-10-31T02:30:00+02:00"),
        ("<F10><Tab><Space>", "2027-10-31T02:30:00+01:00"),
        ("<C-y><Esc>", "2027-10-31 02:30"),
        ("<C-y>xyz<BS><Up><Enter>", "2027-10-31T02:30:00+01:00"),
    ] {
        let mut console = Console::every();
        console.at("ends").keys("2027-10-31 02:30");
        assert!(
            seen(&console).contains("happens twice that day: 02:30 CEST or 02:30 CET?"),
            "{}",
            seen(&console)
        );
        console.keys(keys);
        assert_eq!(console.raw("ends").as_deref(), Some(expected), "{keys}");
    }
}

#[test]
fn the_question_is_walked_to_like_any_remedy() {
    let mut console = Console::every();
    console.keys("Router");
    console.at("ends").keys("2027-03-28 02:30");
    console.form.go(roomkey::app::form::Stop::Fix(0));
    console.keys("<Space><Enter>");
    assert_eq!(console.raw("ends").as_deref(), Some("2027-03-28T01:59:00+01:00"));
    assert_eq!(console.here(), "ends");
    console.keys("<C-_>");
    assert_eq!(console.raw("ends").as_deref(), Some("2027-03-28 02:30"), "the choice is one step back");
}

#[test]
fn seconds_on_the_wire_end_where_they_would_mean_something_else() {
    let mut console = Console::shipped("metered", "create-room");
    console.at("expireUnixSec").keys("2096-10-03 00:00");
    assert!(seen(&console).contains("too far away to be sent in seconds"), "{}", seen(&console));
    console.keys("<C-u>4000000000");
    assert!(console.screen().contains("\"expireUnixSec\": 4000000000"), "{}", console.screen());
    console.keys("<C-u>1800000000000");
    assert!(seen(&console).contains("unix time is counted in seconds, ten digits"), "{}", seen(&console));
}

#[test]
fn a_length_of_time_says_what_is_sent() {
    let mut console = Console::shipped("metered", "create-room");
    for (typed, said) in [
        ("90", "1m30s = 90 seconds"),
        ("90m", "1h30m = 5400 seconds"),
        ("2h", "2h = 7200 seconds"),
        ("1h30", "1h30m = 5400 seconds"),
        ("in 2h", "is no time"),
    ] {
        console.at("ejectAfterElapsedTimeInSec").keys("<C-u>").clear();
        console.keys(typed);
        assert!(seen(&console).contains(said), "{typed}: {}", seen(&console));
    }
}

#[test]
fn a_question_is_seen_whole_beside_long_labels_too() {
    let mut console = Console::shipped("whereby", "create");
    console.at("endDate").keys("2027-03-28 02:30");
    let question = "02:30 does not exist: did you mean 01:59 CET or 03:00 CEST?\n";
    assert!(console.screen().contains(question), "{}", console.screen());
}
