//! Moving, filtering, and a selection that sticks to its row.

use crate::support::console::Console;
use crate::support::entries::{answer, bunch, morning, whereby};

const SIZE: (u16, u16) = (80, 24);

fn many(count: usize) -> Console {
    let entries = (0..count).map(|n| bunch(&format!("Person {n:05}"), 0)).collect();
    Console::showing(SIZE, entries)
}

fn selected(console: &Console) -> String {
    console.model.rows.selected().map(|row| row.name.to_string()).unwrap_or_default()
}

#[test]
fn keys_move_and_stop_at_both_ends() {
    let mut console = many(40);
    let steps = [
        ("k", "Person 00039"),
        ("j", "Person 00038"),
        ("<Down>", "Person 00037"),
        ("<Up>", "Person 00038"),
        ("G", "Person 00000"),
        ("j", "Person 00000"),
        ("k", "Person 00001"),
        ("<PgUp>", "Person 00010"),
        ("g", "Person 00039"),
        ("<PgDn>", "Person 00030"),
    ];
    for (key, name) in steps {
        console.keys(key);
        assert_eq!(selected(&console), name, "{key}");
        assert!(console.screen().contains(name), "{key} scrolls it into sight");
    }
}

#[test]
fn the_selection_sticks_to_its_row() {
    let mut console = Console::showing(SIZE, morning());
    console.keys("j j");
    let name = selected(&console);
    console.keys("N");
    let (job, plan) = console.call();
    console.keys("j j j");
    assert_eq!(selected(&console), name);
    console.finish(job, answer(&plan));
    assert_eq!(selected(&console), name);
}

#[test]
fn the_filter_looks_into_name_profile_ticket_state_and_provider() {
    for (typed, count) in [
        ("acme", 1),
        ("T-4821", 2),
        ("t-48", 4),
        ("live", 3),
        ("maybe", 1),
        ("WHEREBY", 2),
        (".*", 0),
        ("", 6),
    ] {
        let mut console = Console::showing(SIZE, morning());
        console.keys("/").paste(typed);
        assert_eq!(console.model.rows.len(), count, "{typed}");
    }
}

#[test]
fn the_filter_follows_every_key_and_esc_shows_all() {
    let mut console = Console::showing(SIZE, morning());
    console.keys("/oshafi");
    assert!(console.screen().contains("filter: oshafi▏ 1 of 6"));
    assert_eq!(selected(&console), "Ms Oshafi");
    console.keys("<BS><BS><BS><BS><BS><BS>");
    assert_eq!(console.model.rows.len(), 6);
    assert_eq!(selected(&console), "Ms Oshafi", "the selection stays");
    console.keys("brandt<Enter>");
    assert!(console.screen().contains("filter: brandt · 1 of 6"));
    console.keys("<Esc>");
    assert!(console.screen().contains("all 6"));
    assert_eq!(selected(&console), "Mr Brandt");
    console.keys("/zzz");
    assert!(console.screen().contains("No entry holds this text."));
    console.keys("yqN1<C-w><Esc>");
    assert!(console.effects.is_empty(), "letters are text while the filter is typed");
}

#[test]
fn the_filter_is_edited_like_any_text() {
    let mut console = Console::showing(SIZE, morning());
    console.keys("/shafi<Home>o");
    assert!(console.screen().contains("filter: o▏shafi 1 of 6"), "{}", console.screen());
    console.keys("<A-f><C-w>日本<Left><BS>");
    assert!(console.screen().contains("filter: ▏本 0 of 6"), "{}", console.screen());
    console.keys("<C-k>");
    assert_eq!(console.model.rows.len(), 6);
    console.keys("<C-_><C-_><C-_><C-_>");
    assert!(console.screen().contains("filter: oshafi▏ 1 of 6"), "{}", console.screen());
    console.keys("<Esc>pwhereby<C-a>x<Del>");
    assert!(console.screen().contains("Name  x▏hereby"), "{}", console.screen());
}

#[test]
fn a_row_that_changes_its_state_does_not_slip_out_of_the_filter() {
    let mut console = Console::demo(SIZE);
    console.keys("N 2 N /creating<Enter> j");
    let (job, plan) = console.calls().remove(0);
    assert_eq!(selected(&console), "Guest");
    console.finish(job, answer(&plan)).press("y");
    assert!(console.clipboard.as_ref().unwrap().contains(&plan.id), "y meant the row the eye was on");
}

#[test]
fn ten_thousand_rows_are_drawn_by_the_screenful() {
    let mut console = many(10_000);
    assert!(console.screen().contains("newest first · 1–9 of 10000"));
    console.keys("G");
    assert!(console.screen().contains("▌14:02  bunch    Person 00000"));
    console.keys("/person<Space>09999<Enter>");
    assert_eq!(selected(&console), "Person 09999");
}

#[test]
fn entries_are_ordered_by_when_they_were_asked_for_not_by_the_clock() {
    let mut console = Console::showing(SIZE, vec![whereby("from tomorrow", 86_400)]);
    console.keys("N");
    let screen = console.screen();
    let at = |text: &str| screen.find(text).unwrap();
    assert!(at("Guest") < at("from tomorrow"));
}

#[test]
fn details_scroll_and_close() {
    let mut console = Console::showing((60, 15), morning());
    console.keys("i");
    assert!(console.screen().contains("for the host only"));
    for close in ["i", "<Esc>", "<Tab>"] {
        console.keys("g").keys(close);
        assert!(console.model.layers.is_empty(), "{close}");
        console.keys("i");
    }
    let mut console = Console::showing((110, 15), morning());
    console.keys("<Tab>");
    assert!(console.screen().contains("▌─ ACME onboarding"));
    console.keys("j j <Tab> j");
    assert_eq!(selected(&console), "Ms Oshafi", "the keys move the list again");
}

#[test]
fn help_scrolls_to_its_end() {
    let mut console = Console::demo(SIZE);
    console.keys("?");
    for _ in 0..30 {
        console.keys("<PgDn>");
    }
    assert!(console.screen().contains("Back to the shell"));
    console.keys("?");
    assert!(console.model.layers.is_empty());
}
