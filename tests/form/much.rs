//! Much text and every script in every kind of field: nothing is lost, nothing is sent, and the cursor stands where the
//! next character goes.

use roomkey::app::form::{FormEvent, Stop};
use roomkey::domain::key::{Key, KeyCode};

use super::console::*;

/// Fields a text is typed into, with a short beginning each can have.
const TEXTS: [&str; 10] =
    ["name", "slug", "ends", "people", "pause", "stay", "welcome", "back", "owner", "extra"];
/// Fields that take one of a few words.
const CHOICES: [&str; 5] = ["locked", "mode", "links", "colour", "off"];

fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("letters", "x".repeat(10_000)),
        ("marks", "e\u{301}".repeat(5_000)),
        ("families", "👨‍👩‍👧‍👦".repeat(10_000 / 7)),
        ("flags", "🇩🇪".repeat(5_000)),
        ("Hebrew", "שלום עולם ".repeat(1_000).trim_end().to_owned()),
        ("Arabic", "مرحبا بالعالم ".repeat(714).trim_end().to_owned()),
        ("Chinese", "会议室".repeat(3_334)),
        ("all together", "a é 👩🏽‍🔬 שלום 会议 🇮🇹 ".repeat(400).trim_end().to_owned()),
        ("64 KiB", "y".repeat(64 * 1024 - 16)),
    ]
}

/// Nothing left the form but words about itself.
#[track_caller]
fn quiet(events: Vec<FormEvent>) {
    assert!(events.iter().all(|event| matches!(event, FormEvent::Say(_))), "{events:?}");
}

/// The symbol before the cursor on the screen; the place itself is on the screen.
#[track_caller]
fn before_the_cursor(console: &Console) -> String {
    let (buffer, cursor) = console.buffer();
    let cursor = cursor.expect("a cursor");
    assert!(buffer.area.contains(cursor), "{cursor:?}");
    buffer[(cursor.x - 1, cursor.y)].symbol().to_owned()
}

/// Puts a text in and writes at both its ends.
#[track_caller]
fn holds_all(console: &mut Console, what: &str, text: &str, value: &dyn Fn(&Console) -> String) {
    quiet(console.keys("<C-a><C-k>"));
    quiet(console.keys("<C-u>"));
    quiet(console.paste(text));
    assert!(value(console) == text, "{what}: the whole text is there");
    for c in ['7', '8'] {
        quiet(console.press(Key::plain(KeyCode::Char(c))));
        assert_eq!(before_the_cursor(console), c.to_string(), "{what}");
    }
    assert!(value(console) == format!("{text}78"), "{what}: typed behind it");
    quiet(console.press(Key::plain(KeyCode::Backspace)));
    quiet(console.press(Key::plain(KeyCode::Left)));
    quiet(console.press(Key::plain(KeyCode::Backspace)));
    let last = unicode_segmentation::UnicodeSegmentation::graphemes(text, true).next_back().unwrap();
    let rest = &text[..text.len() - last.len()];
    assert!(value(console) == format!("{rest}7"), "{what}: the last character went, and no more");
    quiet(console.keys("<C-a>"));
    quiet(console.press(Key::plain(KeyCode::Char('5'))));
    assert_eq!(before_the_cursor(console), "5", "{what}");
    assert!(value(console) == format!("5{rest}7"), "{what}: typed before it");
}

#[test]
fn every_text_holds_ten_thousand_characters_of_any_script() {
    for (what, text) in texts() {
        for name in TEXTS {
            let mut console = Console::every();
            console.at(name);
            let value = |console: &Console| console.raw(name).unwrap_or_default();
            holds_all(&mut console, &format!("{what} in {name}"), &text, &value);
        }
    }
}

#[test]
fn title_and_ticket_do_too() {
    for (what, text) in texts() {
        let mut console = Console::every();
        for stop in [Stop::Title, Stop::Ticket] {
            for _ in 0..100 {
                if console.form.focus() == stop {
                    break;
                }
                quiet(console.press(Key::plain(KeyCode::Tab)));
            }
            assert_eq!(console.form.focus(), stop);
            let value = |console: &Console| match stop {
                Stop::Title => console.form.title().text().to_owned(),
                _ => console.form.ticket().text().to_owned(),
            };
            holds_all(&mut console, &format!("{what} in {stop:?}"), &text, &value);
        }
    }
}

/// Unseen joiners are refused there; everything else is kept, behind a mask.
#[test]
fn secrets_hold_much_without_showing_it() {
    for (what, text) in texts() {
        let mut console = Console::every();
        console.at("pin");
        quiet(console.paste(&text));
        if text.contains('\u{200d}') {
            assert_eq!(console.raw("pin"), None, "{what}");
            continue;
        }
        assert!(console.raw("pin").as_deref() == Some(&*text), "{what}");
        quiet(console.press(Key::plain(KeyCode::Char('7'))));
        assert!(console.raw("pin") == Some(format!("{text}7")), "{what}");
        assert!(!before_the_cursor(&console).contains('7'), "{what}");
        quiet(console.press(Key::plain(KeyCode::Backspace)));
        assert!(console.raw("pin").as_deref() == Some(&*text), "{what}");
    }
}

#[test]
fn choices_refuse_it_and_stay_as_they_are() {
    for (what, text) in texts() {
        for name in CHOICES {
            let mut console = Console::every();
            let before = console.at(name).raw(name);
            let answer = console.paste(&text);
            assert!(matches!(answer.as_slice(), [FormEvent::Say(_)]), "{what} in {name}: {answer:?}");
            assert_eq!(console.raw(name), before, "{what} in {name}");
            console.screen();
        }
    }
}

#[test]
fn items_and_rows_keep_every_line() {
    let many: Vec<String> = (0..2_000).map(|n| format!("p{n}@example.com")).collect();
    let mut console = Console::every();
    quiet(console.at("guests").paste(&many.join("\r\n")));
    assert!(console.raw("guests") == Some(many.join(",")));
    console.screen();
    for (what, text) in texts() {
        let mut console = Console::every();
        quiet(console.at("guests").paste(&text));
        assert!(console.raw("guests").as_deref() == Some(&*text), "{what}");
        console.screen();
        let mut console = Console::every();
        quiet(console.at("tag-*").paste(&format!("a={text}\nb=2\n")));
        assert!(console.raw("tag-a").as_deref() == Some(&*text), "{what}");
        assert_eq!(console.raw("tag-b").as_deref(), Some("2"), "{what}");
        console.screen();
    }
}

/// A paste of lines, as large as one can be, presses nothing: not Enter, not Tab, not the key that creates.
#[test]
fn lines_press_no_key() {
    let text = "create\r\n\t\u{1b}[13;5u\u{1b}OQ".repeat(64 * 1024 / 20);
    for name in TEXTS.iter().chain(&CHOICES).chain(&["guests", "tag-*", "pin"]) {
        let mut console = Console::every();
        quiet(console.at(name).paste(&text));
        assert_eq!(console.here(), *name);
        console.screen();
    }
}
