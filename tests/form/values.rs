//! Where values come from, and generated ones made anew.

use roomkey::app::form::{Draft, FormPreset, FormProfile};

use super::console::*;

fn layered() -> FormProfile {
    FormProfile {
        defaults: raw(&[
            ("mode", "large"),
            ("people", "20"),
            ("tag-a", "1"),
            ("nowhere", "x"),
            ("locked", "yes"),
        ]),
        preset: Some(FormPreset {
            name: "half hour".into(),
            operation: None,
            values: raw(&[("ends", "in 30m"), ("people", "30"), ("links", "")]),
        }),
        ..profile(every())
    }
}

#[test]
fn typed_wins_over_preset_over_profile_over_the_page() {
    let draft = Draft { values: raw(&[("people", "40")]), ..Draft::default() };
    let console = Console::open(layered(), "make", draft);
    let expected = [
        ("slug", Some("acme-rand000001")),
        ("ends", Some("in 30m")),
        ("mode", Some("large")),
        ("people", Some("40")),
        ("links", None),
        ("locked", Some("true")),
        ("tag-a", Some("1")),
    ];
    for (name, value) in expected {
        assert_eq!(console.raw(name).as_deref(), value, "{name}");
    }
    assert_eq!(console.form.draft().values, raw(&[("people", "40")]));
}

#[test]
fn the_source_of_a_value_stands_beside_it() {
    let mut console = Console::open(layered(), "make", Draft::default()).sized(100, 50);
    let screen = console.keys("<F7>");
    assert_eq!(screen, []);
    let screen = console.screen();
    for (label, note) in
        [("Short name", "generated"), ("Size", "from the profile"), ("People at most", "from the preset")]
    {
        let line = screen.lines().find(|line| line.contains(label)).unwrap();
        assert!(line.ends_with(note), "{line}");
    }
    assert!(screen.contains("every › make · preset half hour"), "{screen}");
}

#[test]
fn a_preset_serves_its_own_operation_alone() {
    let console = Console::open(layered(), "drop", Draft::default());
    assert_eq!(console.form.preset(), None);
    assert_eq!(console.form.raw(), []);
}

#[test]
fn generated_values_are_made_anew_and_undo_brings_the_old_one_back() {
    let mut console = Console::every();
    let first = console.raw("slug").unwrap();
    console.at("slug").keys("<C-r>");
    let second = console.raw("slug").unwrap();
    assert_ne!(second, first);
    assert!(second.starts_with("acme-rand"));
    console.keys("<C-_>");
    assert_eq!(console.raw("slug"), Some(first));
    console.keys("mine<C-r>");
    assert!(console.raw("slug").unwrap().starts_with("acme-rand"));
    console.at("name").keys("<C-r>");
    assert_eq!((console.said(), console.raw("name")), ("it is as it was filled in", None));
}

#[test]
fn relative_times_move_with_the_clock() {
    let mut console = Console::every();
    assert!(console.screen().contains("today 16:02 CET · 15:02 UTC"));
    console.now = "2026-11-21T14:02:00Z".parse().unwrap();
    console.refresh();
    assert!(console.screen().contains("today 17:02 CET · 16:02 UTC"), "{}", console.screen());
}

#[test]
fn the_request_is_what_will_be_sent() {
    let mut console = Console::every().sized(100, 43);
    console.keys("ACME & Söhne");
    console.at("locked").keys("<Space>");
    console.at("ends").keys("2026-12-01T14:00:00+01:00");
    let screen = console.screen();
    for part in [
        "POST https://rooms.example.com/rooms   Authorization: Bearer ••••••••",
        r#""name": "ACME & Söhne""#,
        r#""ends": "2026-12-01T13:00:00Z""#,
        r#""locked": true"#,
        "Signed link https://rooms.example.com/join?room=ACME+%26+S%C3%B6hne&as=guest",
    ] {
        assert!(screen.contains(part), "{part} is not in\n{screen}");
    }
    assert!(!screen.contains("mode"), "what is left to the provider is not sent");
}

#[test]
fn a_field_without_effect_says_on_what_it_depends() {
    let mut console = Console::every();
    console.at("stream");
    assert!(console.screen().contains("only with Locked off"), "{}", console.screen());
    console.keys("<Space>");
    assert!(console.screen().contains("has no effect unless Locked is off"), "{}", console.screen());
}
