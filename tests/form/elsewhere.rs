//! A field handed to the user's editor, and what comes back.

use roomkey::app::form::FormEvent;

use super::console::*;

/// Asks for the field to be edited, and hands in what the editor left.
fn edited(console: &mut Console, name: &str, left: &str) -> (String, &'static str) {
    console.at(name);
    let (text, ending) = match console.keys("<F4>").as_slice() {
        [FormEvent::Edit { text, ending }] => (text.clone(), *ending),
        other => panic!("{name}: {other:?}"),
    };
    console.edited(left);
    (text, ending)
}

#[test]
fn texts_go_as_they_are_and_lose_only_what_the_editor_added() {
    let mut console = Console::every();
    console.at("welcome").keys("a<Enter>b");
    assert_eq!(edited(&mut console, "welcome", "one\r\n\ntwo\n"), ("a\nb".into(), "txt"));
    assert_eq!(console.raw("welcome").as_deref(), Some("one\n\ntwo"));
    console.keys("<C-_>");
    assert_eq!(console.raw("welcome").as_deref(), Some("a\nb"), "one step back");
    assert_eq!(edited(&mut console, "extra", "{\"a\": 1}\n").1, "json");
    assert_eq!(console.raw("extra").as_deref(), Some("{\"a\": 1}"));
}

#[test]
fn a_field_of_one_line_stays_one() {
    let mut console = Console::every();
    edited(&mut console, "name", "Router\n");
    assert_eq!((console.raw("name").as_deref(), console.said()), (Some("Router"), ""));
    edited(&mut console, "name", "two\nlines\n");
    assert_eq!(console.raw("name").as_deref(), Some("twolines"));
    assert_eq!(console.said(), "line ends in the pasted text were dropped");
    let big = "x".repeat(64 * 1024 + 1);
    edited(&mut console, "name", &big);
    assert_eq!(
        (console.raw("name").as_deref(), console.said()),
        (Some("twolines"), "not taken: it is more than 64 KiB")
    );
}

#[test]
fn lists_are_lines() {
    let mut console = Console::every();
    console.at("guests").keys("a@b.c<Down>d@e.f<Enter>");
    let left = "a@b.c\n\ng@h.i\n";
    assert_eq!(edited(&mut console, "guests", left).0, "a@b.c\nd@e.f\n");
    assert_eq!(console.raw("guests").as_deref(), Some("a@b.c,g@h.i"));
    console.at("tag-*").keys("team = red<Enter>");
    assert_eq!(edited(&mut console, "tag-*", "team = blue = green\nx=1").0, "team = red\n");
    assert_eq!(console.raw("tag-team").as_deref(), Some("blue = green"));
    assert_eq!(console.raw("tag-x").as_deref(), Some("1"));
    console.keys("<Space>");
    assert!(matches!(console.keys("<F4>").as_slice(), [FormEvent::Edit { .. }]), "from the open rows too");
    assert!(!console.form.is_picking());
}

#[test]
fn what_was_not_changed_stays_as_it_was() {
    let mut console = Console::every();
    edited(&mut console, "ends", "in 2h\n");
    assert!(console.form.is_prefilled());
}

#[test]
fn secrets_and_choices_stay_here() {
    let mut console = Console::every();
    for (name, said) in [
        ("pin", "a secret is never written to a file"),
        ("locked", "nothing is typed here"),
        ("off", "nothing is typed here"),
    ] {
        console.at(name);
        assert_eq!(console.keys("<F4>"), [FormEvent::Say(said.into())], "{name}");
    }
}
