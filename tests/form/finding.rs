//! Finding a field, seeing only what says something, and putting one field back.

use roomkey::app::form::{Draft, FormEvent, FormPreset, FormProfile};

use super::console::*;

/// The labels and headings on the screen, in their order.
fn seen(console: &Console) -> Vec<String> {
    let screen = console.screen();
    let rows = screen.lines().skip(1).take_while(|line| !line.starts_with("── Request"));
    rows.map(|line| line.chars().skip(2).take(14).collect::<String>().trim().to_owned())
        .filter(|label| !label.is_empty() && !label.starts_with('!'))
        .collect()
}

#[test]
fn fields_are_found_by_label_name_synonym_and_wire_name() {
    for (page, operation, query, name) in [
        ("whereby", "create", "locked", "isLocked"),
        ("whereby", "create", "lobby", "isLocked"),
        ("whereby", "create", "roomNamePrefix", "roomNamePrefix"),
        ("whereby", "create", "transcription lang", "liveTranscription.language"),
        ("metered", "create-room", "rtmp", "enableRTMPOut"),
        ("bigbluebutton", "meeting", "meta_", "meta_*"),
        ("bigbluebutton", "join-link", "userdata", "userdata-*"),
        ("joinme", "start", "meeting.end.callbackUrl", "webhooks.meeting.end.callbackUrl"),
    ] {
        let mut console = Console::shipped(page, operation);
        console.keys("<F8>");
        console.keys(&query.replace(' ', "<Space>"));
        let found = console.form.found(query);
        assert!(found.iter().any(|found| found.name == name), "{query}: {found:?}");
        let down = found.iter().position(|found| found.name == name).unwrap();
        console.keys(&"<Down>".repeat(down));
        console.keys("<Enter>");
        assert_eq!(console.here(), name, "{query}");
        assert!(console.screen().contains('▌'), "it is unfolded and on the screen");
    }
}

#[test]
fn only_what_is_set_is_shown() {
    let mut console = Console::every().sized(80, 40);
    console.at("people").keys("3");
    console.at("tag-*").keys("a = b<Enter>");
    console.at("owner").keys("ada");
    console.at("name").keys("<A-s>");
    let expected = [
        "Operation",
        "Title",
        "Ticket",
        "Room *",
        "Short name",
        "Ends *",
        "Links",
        "▾ Only what is",
        "▾ Numbers  1 o",
        "People at most",
        "▾ Elsewhere  2",
        "Owner",
        "Tags",
    ];
    assert_eq!(seen(&console), expected);
    console.at("people").keys("<C-u>");
    assert!(seen(&console).contains(&"People at most".to_owned()), "the field under the cursor stays");
    console.keys("<Tab>");
    assert_eq!(console.here(), "Group(2)");
    assert!(!seen(&console).contains(&"People at most".to_owned()));
    console.at("welcome");
    assert!(!console.form.shows_only_set(), "what is gone to is shown");
}

#[test]
fn the_line_above_the_groups_goes_through_all_views() {
    let mut console = Console::every();
    console.at("people").keys("3");
    console.keys("<F7>");
    assert_eq!(console.here(), "Advanced");
    let mut views = Vec::new();
    for _ in 0..3 {
        console.keys("<Space>");
        views.push((console.form.open_groups().is_some(), console.form.shows_only_set()));
    }
    assert_eq!(views, [(true, false), (false, true), (false, false)]);
    console.keys("<Space><Space><F7>");
    assert!(console.form.open_groups().is_some_and(|open| open.len() == 3) && !console.form.shows_only_set());
}

#[test]
fn one_field_goes_back_to_what_it_was_filled_with() {
    let profile = FormProfile {
        defaults: raw(&[("mode", "large"), ("tag-a", "1")]),
        preset: Some(FormPreset {
            name: "half hour".into(),
            operation: None,
            values: raw(&[("ends", "in 30m")]),
        }),
        ..super::console::profile(every())
    };
    let mut console = Console::open(profile, "make", Draft::default());
    for (name, keys, filled, said) in [
        ("ends", "5h", Some("in 30m"), "back to the value of the preset"),
        ("mode", "<Space>", Some("large"), "back to the value of the profile"),
        ("links", "<Space>", Some("host"), "back to what it starts with"),
        ("tag-a", "", Some("1"), "it is as it was filled in"),
        ("people", "7", None, "left to the provider again"),
        ("welcome", "a<Enter>b", None, "left to the provider again"),
        ("pin", "canary", None, "left to the provider again"),
    ] {
        let field = if name == "tag-a" { "tag-*" } else { name };
        console.at(field).keys(keys);
        assert_eq!(console.keys("<C-r>"), [FormEvent::Say(said.into())], "{name}");
        assert_eq!(console.raw(name).as_deref(), filled, "{name}");
    }
    assert_eq!(console.form.draft().values, [], "nothing is left of what was typed");
    console.at("people").keys("7<C-r><C-_>");
    assert_eq!(console.raw("people").as_deref(), Some("7"), "one step back");
}

#[test]
fn counts_and_keys_stand_side_by_side_at_every_width() {
    for width in 50..=140 {
        let mut console = Console::every().sized(width, 40);
        let screen = console.screen();
        let line = screen.lines().find(|line| line.contains("Advanced: ")).unwrap();
        let (words, keys) = line.split_once("  F7 unfold").unwrap_or_else(|| panic!("{width}: {line}"));
        let words = words.trim_end();
        assert!(words.ends_with("13 set") || words.ends_with("default"), "{width}: {line}");
        assert!(keys.trim_end().ends_with("F8 find"), "{width}: {line}");
        console.keys("<A-s>");
        let screen = console.screen();
        let line = screen.lines().find(|line| line.contains("Only what is ")).unwrap();
        assert!(line.contains(" set  ") || line.contains(" needed  "), "{width}: {line}");
        assert!(line.contains("  A-s all again  F8 find"), "{width}: {line}");
    }
}
