//! Pasted text is taken whole or refused whole, and never presses a key.

use roomkey::app::form::FormEvent;

use super::console::*;

fn said(events: Vec<FormEvent>) -> String {
    match events.as_slice() {
        [] => String::new(),
        [FormEvent::Say(text)] => text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_line_end_is_dropped_and_creates_nothing() {
    for text in ["room\r", "room\n", "room\r\n"] {
        let mut console = Console::every();
        assert_eq!(said(console.paste(text)), "");
        assert_eq!(console.raw("name").as_deref(), Some("room"));
    }
    let mut console = Console::every();
    assert_eq!(said(console.paste("my\r\nroom\n")), "line ends in the pasted text were dropped");
    assert_eq!(console.raw("name").as_deref(), Some("myroom"));
    assert!(console.screen().contains("line ends in the pasted text were dropped"));
}

#[test]
fn lines_keep_theirs() {
    let mut console = Console::every();
    console.at("welcome").paste("a\r\nb\rc");
    assert_eq!(console.raw("welcome").as_deref(), Some("a\nb\nc"));
}

#[test]
fn too_much_is_refused_whole_with_its_size() {
    let mut console = Console::every();
    console.at("welcome");
    assert_eq!(said(console.paste(&"x".repeat(64 * 1024))), "");
    assert_eq!(console.raw("welcome").unwrap().len(), 65_536);
    assert_eq!(said(console.paste("y")), "not pasted: with 1 byte the field would hold more than 64 KiB");
    console.at("name");
    assert_eq!(said(console.paste(&"x".repeat(65_537))), "not pasted: 65 KiB is more than 64 KiB");
    assert_eq!(said(console.paste(&"x".repeat(4 << 20))), "not pasted: 4 MiB is more than 64 KiB");
    assert_eq!(console.raw("name"), None);
    assert!(console.screen().contains("not pasted: 4 MiB"));
}

#[test]
fn what_cannot_be_seen_is_refused_in_a_secret() {
    for (text, place) in [
        ("ke\u{0}y", 3),
        ("\u{1b}key", 1),
        ("key\u{202e}", 4),
        ("k\u{200b}", 2),
        ("\u{feff}key", 1),
        ("key\u{fffd}(", 4),
        ("a\nb", 2),
    ] {
        let mut console = Console::every();
        let answer = said(console.at("pin").paste(text));
        assert!(answer.starts_with(&format!("not pasted: character {place} cannot be seen")), "{answer}");
        assert_eq!(console.raw("pin"), None);
    }
    let mut console = Console::every();
    assert_eq!(said(console.at("pin").paste("key-123\n")), "");
    assert_eq!(console.raw("pin").as_deref(), Some("key-123"));
}

#[test]
fn escape_sequences_are_inert_and_refused_by_the_field() {
    let mut console = Console::every();
    console.paste("\u{1b}]52;c;QUJD\u{7}name");
    assert!(console.screen().contains("�]52;c;QUJD�name"), "{}", console.screen());
    assert!(console.checks().contains("is not allowed here"));
}

#[test]
fn items_rows_and_choices_take_a_paste() {
    let mut console = Console::every();
    console.at("guests").paste("a@b.c, d@e.f\ng@h.i\n");
    assert_eq!(console.raw("guests").as_deref(), Some("a@b.c,d@e.f,g@h.i"));
    console.at("tag-*").keys("<Space>");
    console.paste("a = 1\nb = 2\n");
    console.keys("<Esc>");
    assert_eq!(console.raw("tag-b").as_deref(), Some("2"));
    console.at("colour").paste("GREEN\n");
    assert_eq!(console.raw("colour").as_deref(), Some("green"));
    assert_eq!(said(console.paste("violet")), "not pasted: that is not one of the choices");
    console.at("locked").paste("on");
    assert_eq!(console.raw("locked").as_deref(), Some("true"));
}

#[test]
fn a_prefilled_value_is_replaced_by_a_paste() {
    let mut console = Console::every();
    console.at("ends").paste("in 45m\n");
    assert_eq!(console.raw("ends").as_deref(), Some("in 45m"));
}

#[test]
fn one_line_goes_into_the_row_that_was_begun_and_several_become_rows() {
    let mut console = Console::every();
    console.at("tag-*").keys("team<Space>=<Space>");
    console.paste("support\n");
    assert_eq!(console.raw("tag-team").as_deref(), Some("support"));
    console.paste("\r\na = 1\nb = 2\n");
    assert_eq!(console.raw("tag-b").as_deref(), Some("2"));
    assert_eq!(console.raw("tag-team").as_deref(), Some("support"));
}
