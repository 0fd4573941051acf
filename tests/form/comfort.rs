//! Typing comfort: a paste that fills the form, completion, the request to read and to copy, and long texts.

use roomkey::app::form::{Earlier, FormEvent};

use super::console::*;

const CURL: &str = "curl -X POST https://api.whereby.dev/v1/meetings \\\n  -H 'Authorization: Bearer canary' \\\n  \
     -d '{\"endDate\":\"2099-02-18T14:23:00Z\",\"isLocked\":true,\"fields\":[\"hostRoomUrl\"],\"roomNamePrefix\":\"acme\"}'\n";

#[test]
fn a_curl_command_fills_the_form_when_asked_to() {
    let mut console = Console::shipped("whereby", "create");
    assert_eq!(console.paste(CURL), []);
    let screen = console.screen();
    assert!(
        screen.contains("This curl command fills Ends, Locked, Also ask for, Name begins with"),
        "{screen}"
    );
    assert!(!screen.contains("canary"));
    assert_eq!(console.keys("<Enter>"), [FormEvent::Say("filled in 4 fields".into())]);
    for (name, value) in [
        ("endDate", "2099-02-18T14:23:00Z"),
        ("isLocked", "true"),
        ("fields", "hostRoomUrl"),
        ("roomNamePrefix", "acme"),
    ] {
        assert_eq!(console.raw(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(console.here(), "endDate");
    console.keys("<C-_>");
    assert_eq!(console.raw("endDate").as_deref(), Some("in 2h"), "a text goes one step back");
}

#[test]
fn it_is_text_when_that_is_wanted_and_nothing_when_not() {
    let mut console = Console::shipped("whereby", "create");
    console.at("roomNamePrefix").paste(CURL.trim_end());
    console.keys("<Down><Enter>");
    assert!(console.raw("roomNamePrefix").unwrap().starts_with("curl -X POST"));
    let mut console = Console::shipped("whereby", "create");
    let before = console.form.raw();
    console.paste(CURL);
    console.keys("<Esc>");
    assert_eq!((console.form.raw(), console.form.is_picking()), (before, false));
}

#[test]
fn a_name_with_its_address_fills_both() {
    let mut console = Console::shipped("bunch", "join-link");
    console.at("userName").paste("Ada Lovelace <ada@example.com>");
    assert!(console.screen().contains("This name with its address fills"), "{}", console.screen());
    console.keys("<Enter>");
    assert_eq!(console.raw("userName").as_deref(), Some("Ada Lovelace"));
    assert_eq!(console.raw("userEmail").as_deref(), Some("ada@example.com"));
}

#[test]
fn other_texts_are_pasted_without_a_question() {
    for text in ["curling club", "a <b> c", "curl https://x.example/none", "<nobody>", "Ada <ada>"] {
        let mut console = Console::shipped("bunch", "join-link");
        console.at("userName").paste(text);
        assert_eq!(console.raw("userName").as_deref(), Some(text));
    }
    let mut console = Console::every();
    console.at("pin").paste("Ada <ada@example.com>");
    assert!(!console.form.is_picking(), "a secret is no place for questions");
}

#[test]
fn earlier_values_complete_what_is_typed() {
    let mut console = Console::every();
    console.form.recall(Earlier {
        fields: vec![
            ("name".into(), vec!["Router help".into(), "Router test".into(), "日本語".into()]),
            ("pin".into(), vec!["canary".into()]),
        ],
        titles: vec!["ACME onboarding".into()],
        tickets: vec!["T-4821".into()],
    });
    console.at("name");
    assert_eq!(console.form.completion(), None, "nothing is typed yet");
    console.keys("Rou");
    assert!(console.screen().contains("Room *          Router help"), "{}", console.screen());
    assert_eq!(console.raw("name").as_deref(), Some("Rou"), "it is shown, not taken");
    assert!(console.screen().contains("→ takes the rest"), "{}", console.screen());
    let at = console.buffer().1.unwrap().x;
    console.keys("ter<Space>t<Right>");
    assert_eq!(console.raw("name").as_deref(), Some("Router test"));
    assert_eq!(console.buffer().1.unwrap().x, at + 8);
    console.keys("<C-_>");
    assert_eq!(console.raw("name").as_deref(), Some("Router t"), "one step back");
    console.keys("<Left><Right>");
    assert_eq!(console.raw("name").as_deref(), Some("Router t"), "a move inside of the text takes nothing");
    console.keys("<C-u>日<Right>");
    assert_eq!(console.raw("name").as_deref(), Some("日本語"));
    console.form.go(roomkey::app::form::Stop::Ticket);
    console.keys("T<Right>");
    assert_eq!(console.form.ticket().text(), "T-4821");
    console.at("pin").keys("can<Right>");
    assert_eq!(console.raw("pin").as_deref(), Some("can"));
}

#[test]
fn the_request_is_read_whole_and_copied_as_curl() {
    let mut console = Console::shipped("whereby", "create");
    console.at("roomNamePrefix").keys("acme");
    assert_eq!(console.keys("<A-r>"), []);
    let screen = console.screen();
    for part in [
        "── Request, secrets hidden",
        "POST https://api.whereby.dev/v1/meetings",
        "\"roomNamePrefix\": \"acme\"",
    ] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    let events = console.keys("<Enter>");
    let [FormEvent::Copy { what, text }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(what, "the request as curl");
    assert!(text.contains("-H \"Authorization: Bearer ${WHEREBY_API_KEY}\""), "{text}");
    assert!(text.contains("\"roomNamePrefix\":\"acme\"") && !text.contains('•'), "{text}");
    console.keys("<A-r><Esc>");
    assert_eq!(console.here(), "roomNamePrefix");
}

#[test]
fn a_long_request_is_scrolled_to_its_end() {
    let mut console = Console::shipped("bigbluebutton", "meeting");
    console.at("name").keys("Router");
    console.at("welcome").keys("x");
    console.keys("<A-r>");
    assert!(!console.screen().contains("checksum=••••••••\n▌"));
    console.keys("<PgDn><PgDn><PgDn>");
    let screen = console.screen();
    let last = screen.lines().find(|line| line.starts_with('▌')).unwrap().to_owned();
    assert!(last.contains("checksum=••••••••"), "{screen}");
    console.keys("<Up>");
    assert!(!console.screen().lines().any(|line| line == last), "the first step back moves at once");
}

#[test]
fn long_and_difficult_texts_keep_their_cursor_and_every_letter() {
    for piece in ["x", "👨‍👩‍👧‍👦", "日本", "שלום", "e\u{301}", "🇩🇪"] {
        let text = piece.repeat(10_000 / piece.chars().count());
        for name in ["name", "welcome", "owner", "back", "extra", "ends", "stay", "people"] {
            let mut console = Console::every();
            console.at(name).keys("<C-u>");
            assert_eq!(console.paste(&text), [], "{name}");
            assert_eq!(console.raw(name).as_deref(), Some(&*text), "{name}");
            let cursor = console.buffer().1.unwrap();
            assert!((16..79).contains(&cursor.x), "{name} {piece}: {cursor:?}");
            console.keys("<Home>");
            assert_eq!(console.buffer().1.unwrap().x, 16 + 2, "{name} {piece}");
            console.keys("<Del>");
            let whole =
                unicode_segmentation::UnicodeSegmentation::graphemes(&*text, true).next().unwrap().len();
            assert_eq!(console.raw(name).as_deref(), Some(&text[whole..]), "{name} {piece}");
        }
    }
}
