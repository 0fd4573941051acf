//! What is kept, for how long, and in which order it comes back: by what the user wants and by the clock, however
//! wrong the clock goes.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use roomkey::ports::clock::Clock;
use roomkey::ports::history::{Keep, give_up};

use crate::house::{House, NOW, ids};

#[test]
fn what_is_not_wanted_any_more_goes_at_the_next_start() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    run.close();
    assert!(house.holds("host-a1") && house.holds("pin-a1"));
    let run = house.open_with("two", Keep::Guest);
    run.first();
    // The second order is served after the first rest, before which the file was cleared up.
    run.intend(&house.intent("b1")).unwrap();
    assert!(!house.holds("host-a1") && !house.holds("pin-a1"), "host links are not wanted");
    run.close();
    let kept = house.entries();
    assert_eq!(kept[0].links.len(), 1);
    assert_eq!(kept[0].links[0].url.expose(), "https://a.example/guest-a1");
    give_up(&house.dir).unwrap();
    assert!(!house.holds("guest-a1"), "no links are wanted");
    assert_eq!(ids(&house.entries()), ["a1", "b1"], "what was made and when stays");
}

#[test]
fn nothing_is_made_where_no_history_is_wanted() {
    let house = House::new();
    give_up(&house.dir).unwrap();
    assert!(!house.dir.exists());
}

#[test]
fn the_order_is_that_of_making_whatever_the_clock_says() {
    let times = [
        NOW,
        "2026-11-21T13:00:00Z",
        "2016-11-21T14:00:00Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2038-01-19T03:14:08Z",
        "2126-11-21T14:00:00Z",
        "9999-12-30T20:00:00Z",
        "-009999-01-02T01:59:59Z",
        NOW,
    ];
    let house = House::new();
    let names: Vec<String> = (0..times.len()).map(|number| format!("a{number}")).collect();
    for (time, name) in times.iter().zip(&names) {
        let time: Timestamp = time.parse().unwrap();
        let mut at = house.at(Clock::fixed(time, TimeZone::UTC));
        at.days = 10_000_000;
        let run = at.open(name);
        run.first();
        let mut entry = at.entry(name);
        entry.links.clear();
        run.intend(&entry).unwrap();
        run.keep(&entry).unwrap();
        assert_eq!(run.close(), Vec::<String>::new(), "{time}");
    }
    assert_eq!(ids(&house.entries()), names);
    let written: Vec<Timestamp> = times.iter().map(|time| time.parse().unwrap()).collect();
    assert_eq!(house.entries().iter().map(|entry| entry.created_at).collect::<Vec<_>>(), written);
}

#[test]
fn a_link_that_ended_while_the_machine_slept_has_ended() {
    let house = House::new();
    let entry = house.entry("a1");
    let state = || entry.state(house.clock.now()).name();
    assert_eq!(state(), "live");
    let before = house.clock.elapsed();
    house.clock.advance(Duration::from_secs(3601));
    assert_eq!((state(), house.clock.elapsed() - before), ("ended", Duration::from_secs(3601)));
}
