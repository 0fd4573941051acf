//! The copy menu: what it offers for which entry, and that a key copies what stands beside it.

use roomkey::app::effect::Effect;
use roomkey::domain::clipboard::Care;
use roomkey::domain::entry::Asked;

use crate::support::console::Console;
use crate::support::entries::{bunch, joinme, moderator, token, whereby};

const SIZE: (u16, u16) = (80, 24);

fn made() -> roomkey::domain::entry::Entry {
    let mut entry = whereby("ACME (onboarding)", 0);
    entry.asked = Asked {
        values: vec![
            ("endDate".into(), "2026-11-21T16:00:00+01:00".into()),
            ("isLocked".into(), "true".into()),
        ],
        ..Asked::default()
    };
    entry
}

#[track_caller]
fn copied(keys: &str) -> String {
    let mut console = Console::showing(SIZE, vec![made()]);
    console.press(keys);
    assert!(!console.screen().contains("Copy of"), "the menu closes");
    console.clipboard.unwrap_or_else(|| panic!("{keys} copied nothing"))
}

#[test]
fn the_menu_stands_over_the_list() {
    let mut console = Console::showing(SIZE, vec![made(), joinme("Screen share", 0)]);
    insta::assert_snapshot!("menu", console.keys("C").shot());
    console.keys("<Esc>");
    assert!(!console.screen().contains("Copy of"));
}

#[test]
fn the_code_is_that_of_the_entry_the_menu_was_opened_for() {
    let mut console = Console::showing(SIZE, vec![made(), bunch("Ms Oshafi", 0)]);
    let first = console.model.rows.job_of(&made().id).unwrap();
    assert!(console.keys("C").screen().contains("Copy of Ms Oshafi"));
    console.model.rows.select(first);
    let screen = console.keys("s").screen();
    assert!(screen.contains("Ms Oshafi") && !screen.contains("ACME"), "{screen}");
}

#[test]
fn each_key_copies_what_stands_beside_it() {
    let guest = "https://acme.whereby.com/onb-7f3c";
    assert_eq!(copied("C y"), guest);
    assert_eq!(copied("C k"), format!("[ACME (onboarding)]({guest})"));
    assert_eq!(copied("C h"), format!("<a href=\"{guest}\">ACME (onboarding)</a>"));
    assert!(copied("C m").starts_with("Hello"));
    assert!(copied("C M phone <Enter>").starts_with("Please open"));
    let json: serde_json::Value = serde_json::from_str(&copied("C j")).unwrap();
    assert_eq!(json["links"][0]["url"], guest);
    assert!(!json.to_string().contains("eyJSECRET"));
    let curl = copied("C u");
    assert!(curl.starts_with("curl -X POST 'https://api.whereby.dev/v1/meetings'"), "{curl}");
    assert!(curl.contains("Bearer ${WHEREBY_API_KEY}") && curl.contains("\"isLocked\":true"), "{curl}");
    let event = copied("C i");
    assert!(
        event.starts_with("BEGIN:VCALENDAR\r\n") && event.contains("DTEND:20261121T150000Z\r\n"),
        "{event}"
    );
}

#[test]
fn what_is_not_there_is_not_offered() {
    let mut console = Console::showing(SIZE, vec![token(0)]);
    let screen = console.keys("C").screen();
    assert!(!screen.contains("guest link") && !screen.contains("QR") && !screen.contains("HOST"), "{screen}");
    assert!(screen.contains("1  Access token"), "{screen}");
    console.keys("1");
    let Some(Effect::Copy(copy)) = console.effects.first() else { panic!("no copy") };
    assert_eq!((copy.care, copy.text.expose()), (Care::Secret, "eyJACCESS"));
    let mut console = Console::showing(SIZE, vec![moderator("Boss", 0)]);
    let screen = console.keys("C").screen();
    assert!(screen.contains("HOST link") && !screen.contains("Markdown"), "{screen}");
}

#[test]
fn a_link_for_one_person_is_not_called_one_for_guests() {
    let screen = Console::showing(SIZE, vec![bunch("Ms Oshafi", 0)]).keys("C").screen();
    assert!(screen.contains("y  personal link") && !screen.contains("guest link"), "{screen}");
}

#[test]
fn a_pin_of_the_host_is_copied_with_the_care_of_a_host_link() {
    let mut console = Console::showing(SIZE, vec![joinme("Screen share", 0)]);
    console.keys("C 1");
    let Some(Effect::Copy(copy)) = console.effects.first() else { panic!("no copy") };
    assert_eq!((copy.care, copy.text.expose()), (Care::Host, "7755"));
}

#[test]
fn an_event_is_saved_under_the_entrys_name() {
    let mut console = Console::showing(SIZE, vec![made()]);
    console.keys("C I");
    let Some(Effect::Save { name, text }) = console.effects.first() else { panic!("nothing saved") };
    assert_eq!(name, "ACME-onboarding.ics");
    assert!(text.contains("URL:https://acme.whereby.com/onb-7f3c\r\n") && !text.contains("eyJSECRET"));
}

#[test]
fn a_qr_code_fills_the_screen_or_says_what_it_needs() {
    let mut console = Console::showing(SIZE, vec![made()]);
    insta::assert_snapshot!("qr", console.keys("C s").shot());
    console.keys("<Esc>");
    let long = format!("https://bbb.example/join?fullName=Ada&checksum={}", "0".repeat(160));
    let mut entry = made();
    entry.links[0].url = roomkey::domain::secret::Secret::new(long);
    let mut console = Console::showing(SIZE, vec![entry]);
    let screen = console.keys("C s").screen();
    assert!(screen.contains("The QR code needs a window of "), "{screen}");
}
