//! Taking back: one line of steps for the whole form, whatever made them.

use roomkey::app::form::FormPreset;

use super::console::*;

/// Everything filled in, by wire name.
fn held(console: &Console) -> Vec<(String, String)> {
    console.form.raw()
}

#[test]
fn steps_of_all_kinds_are_taken_back_in_their_order_and_done_again() {
    let mut console = Console::every();
    let mut seen = vec![held(&console)];
    let acts: [(&str, &str); 9] = [
        ("name", "router"),
        ("locked", "<Space>"),
        ("name", "-help"),
        ("mode", "<Space>"),
        ("links", "<Right><Space>"),
        ("guests", "ada@example.com<Down>bo@example.com<Enter>"),
        ("tag-*", "team<Space>=<Space>red<Enter>"),
        ("welcome", "Hello<Enter>you"),
        ("colour", "<Space>e<Enter>"),
    ];
    for (field, keys) in acts {
        console.at(field).keys(keys);
        assert_ne!(Some(&held(&console)), seen.last(), "{field}");
        seen.push(held(&console));
    }
    let all = held(&console);
    let mut back = vec![all.clone()];
    for _ in 0..40 {
        console.keys("<C-_>");
        if back.last() != Some(&held(&console)) {
            back.push(held(&console));
        }
    }
    for state in &seen {
        assert!(back.contains(state), "{state:?}\nis none of {back:#?}");
    }
    assert_eq!(back.last(), seen.first());
    assert!(console.screen().contains("nothing to take back"), "{}", console.screen());
    for _ in 0..40 {
        console.keys("<A-_>");
    }
    assert_eq!(held(&console), all);
    assert!(console.screen().contains("nothing to do again"));
}

#[test]
fn the_cursor_goes_where_something_came_back() {
    let mut console = Console::every();
    console.at("locked").keys("<Space>");
    console.at("name").keys("<C-_>");
    assert_eq!(console.here(), "locked");
    assert!(console.screen().contains(": taken back"), "{}", console.screen());
    console.at("name").keys("ab");
    console.at("locked").keys("<Space>");
    console.at("name").keys("cd<C-_>");
    assert_eq!(console.raw("name").as_deref(), Some("ab"), "a run of typing ends where the field is left");
    console.keys("<C-_>");
    assert_eq!(console.here(), "locked");
}

#[test]
fn title_and_ticket_are_fields_like_the_others() {
    let mut console = Console::every();
    console.form.go(roomkey::app::form::Stop::Title);
    console.keys("ACME<Tab>T-1");
    console.at("locked").keys("<Space><C-_><C-_><C-_>");
    assert_eq!((console.form.title().text(), console.form.ticket().text()), ("", ""));
    console.keys("<A-_><A-_>");
    assert_eq!((console.form.title().text(), console.form.ticket().text()), ("ACME", "T-1"));
}

#[test]
fn what_fills_many_fields_is_one_step() {
    let mut console = Console::every();
    let before = held(&console);
    let preset = FormPreset {
        name: "busy".into(),
        operation: None,
        values: vec![("name".into(), "busy-room".into()), ("locked".into(), "true".into())],
    };
    console.load(preset);
    assert_eq!(console.raw("name").as_deref(), Some("busy-room"));
    console.keys("<C-_>");
    assert_eq!(held(&console), before);
}

#[test]
fn a_list_left_as_it_was_is_no_step() {
    let mut console = Console::every();
    console.at("name").keys("x");
    console.at("off").keys("<Space><Space><Down><Space><Esc>");
    console.keys("<C-_>");
    assert_eq!((console.here().as_str(), console.raw("name")), ("name", None));
}
