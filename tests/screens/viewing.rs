//! Sorting the list, and showing only what is in some states.

use roomkey::domain::entry::Entry;

use crate::support::console::Console;
use crate::support::entries::{answer, at, bunch, failed, joinme, maybe, morning, whereby};

const SIZE: (u16, u16) = (80, 24);

/// The names in the list, from its top.
fn names(console: &Console) -> Vec<String> {
    let rows = &console.model.rows;
    (0..rows.len()).map(|place| rows.at(place).unwrap().name.to_string()).collect()
}

fn selected(console: &Console) -> String {
    console.model.rows.selected().map(|row| row.name.to_string()).unwrap_or_default()
}

#[test]
fn s_walks_through_the_orders_and_the_selection_sticks_to_its_row() {
    let (acme, oshafi, brandt) = ("ACME onboarding", "Ms Oshafi", "Mr Brandt");
    let (share, billing, desk) = ("Screen share Lindqvist", "billing-0412", "Morning desk");
    let mut console = Console::showing(SIZE, morning());
    console.keys("j");
    for (told, expected) in [
        ("ending first · all 6", [share, acme, oshafi, brandt, desk, billing]),
        ("by profile · all 6", [oshafi, brandt, share, billing, acme, desk]),
        ("by name · all 6", [acme, billing, desk, brandt, oshafi, share]),
        ("newest first · all 6", [acme, oshafi, brandt, share, billing, desk]),
    ] {
        console.keys("s");
        assert!(console.screen().contains(told), "{told}: {}", console.screen());
        assert_eq!(names(&console), expected, "{told}");
        assert_eq!(selected(&console), oshafi, "{told}");
        assert!(console.screen().contains("▌14:01  bunch    Ms Oshafi"), "{}", console.screen());
    }
}

/// A list of more than a screenful, in which the newest end first.
fn long(count: i64) -> Vec<Entry> {
    (0..count).map(|n| bunch(&format!("Person {n:03}"), n - count)).collect()
}

#[test]
fn what_changes_takes_its_new_place_and_stays_in_sight() {
    let mut console = Console::showing(SIZE, long(60));
    console.keys("sssN");
    assert!(console.screen().contains("by name · 1–9 of 61"), "{}", console.screen());
    assert_eq!((selected(&console).as_str(), names(&console)[0].as_str()), ("Guest", "Guest"));
    let (job, plan) = console.call();
    console.keys("s s");
    assert_eq!(names(&console)[60], "Guest", "under way there is no end to sort by");
    assert!(console.screen().contains("~ creating"), "{}", console.screen());
    console.finish(job, answer(&plan));
    // The others end a minute before it.
    assert_eq!((names(&console)[60].as_str(), selected(&console).as_str()), ("Guest", "Guest"));
    console.keys("G k");
    assert_eq!(selected(&console), "Person 000");
    console.keys("g");
    assert_eq!(selected(&console), "Person 059", "of equal ends the newest");
}

#[test]
fn f_shows_what_is_live_what_is_in_doubt_what_is_over_and_all() {
    let mut gone = whereby("Gone", -30);
    gone.deleted = Some(at(-5));
    let mut entries = vec![bunch("Last week", -200_000), gone];
    entries[0].links[0].ends = roomkey::domain::link::Ends::At { time: at(-190_000), hard: true };
    entries.extend([maybe(-20), failed(-15), joinme("Ending soon", -10), whereby("ACME", 0)]);
    let mut console = Console::showing(SIZE, entries);
    for (told, expected) in [
        ("newest first · live · 2 of 6", vec!["ACME", "Ending soon"]),
        ("newest first · failed or maybe · 2 of 6", vec!["billing-0412", "Morning desk"]),
        ("newest first · over · 2 of 6", vec!["Gone", "Last week"]),
        (
            "newest first · all 6",
            vec!["ACME", "Ending soon", "billing-0412", "Morning desk", "Gone", "Last week"],
        ),
    ] {
        console.keys("f");
        assert!(console.screen().contains(told), "{told}: {}", console.screen());
        assert_eq!(names(&console), expected, "{told}");
    }
    console.keys("f/acme<Enter>s");
    assert!(console.screen().contains("filter: acme · ending first · live · 1 of 6"), "{}", console.screen());
    console.keys("<Esc>");
    assert!(console.screen().contains("ending first · all 6"), "Esc shows all: {}", console.screen());
    assert_eq!(selected(&console), "ACME");
}

#[test]
fn a_view_without_rows_says_so_and_a_new_row_leaves_it() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", -60)]);
    console.keys("f f");
    assert!(console.screen().contains("No entry is in this state."), "{}", console.screen());
    console.keys("y d <Enter>");
    assert!(console.effects.is_empty() && console.clipboard.is_none(), "there is nothing to copy or delete");
    console.keys("N");
    assert_eq!(names(&console), ["Guest", "ACME"], "a new row is seen whatever the view");
    assert_eq!(selected(&console), "Guest");
}

#[test]
fn a_row_whose_state_changes_stays_under_the_finger() {
    let mut console = Console::demo(SIZE);
    console.keys("N f");
    let (job, plan) = console.call();
    let error = roomkey::error::Error::new(roomkey::error::Kind::Auth, "refused");
    console.finish(job, plan.not_created(error));
    assert_eq!(selected(&console), "Guest");
    assert!(console.screen().contains("x failed") && console.screen().contains("live · 1 of 1"));
}
