//! The request log: what it lists, how it is walked, and what one request looks like.

use std::time::Duration;

use insta::assert_snapshot;
use roomkey::app::message::Message;
use roomkey::domain::exchange::{Exchange, Heard};
use roomkey::domain::request::{Preview, Response};
use roomkey::domain::text::DisplayText;
use roomkey::provider::redact;
use serde_json::json;

use crate::support::console::{Console, NOW};

fn whereby() -> Preview {
    Preview {
        method: "POST".into(),
        url: "https://api.whereby.dev/v1/meetings".into(),
        headers: vec![
            ("Authorization".into(), "Bearer ••••••••".into()),
            ("Content-Type".into(), "application/json".into()),
        ],
        body: Some(json!({"endDate": "2026-11-21T15:02:00Z", "isLocked": true, "fields": ["hostRoomUrl"]})),
        offline: false,
    }
}

fn metered() -> Preview {
    Preview {
        url: "https://acme.metered.live/api/v1/room?secretKey=••••••••".into(),
        body: Some(json!({"roomName": "room-rand000001", "privacy": "public"})),
        ..whereby()
    }
}

fn answered(status: u16, body: &serde_json::Value) -> Heard {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let headers = vec![
        header("content-type", "application/json; charset=utf-8"),
        header("set-cookie", "session=CANARY"),
        header("date", "Sat, 21 Nov 2026 13:02:07 GMT"),
    ];
    Heard::Answer(redact::answer(&Response { status, headers, body: body.to_string().into_bytes() }))
}

/// Requests as a morning makes them, the oldest first.
pub fn exchanges() -> Vec<Exchange> {
    let error = |text: &str| DisplayText::line(text);
    let room = json!({"meetingId": "84120", "roomUrl": "https://acme.whereby.com/CANARY-7f3c",
        "hostRoomUrl": "https://acme.whereby.com/CANARY-7f3c?roomKey=eyJCANARY", "startDate": "2026-11-21T13:02:07Z"});
    let all = [
        ("whereby", whereby(), answered(201, &room), 312),
        ("metered", metered(), answered(401, &json!({"success": false, "message": "Invalid secretKey"})), 87),
        (
            "bbb-with-a-very-long-name",
            whereby(),
            Heard::Nothing(error("no answer from bbb within 20 s")),
            20_004,
        ),
        ("joinme", metered(), Heard::NotSent(error("could not find the address of api.join.me")), 12),
        ("whereby", whereby(), answered(500, &json!({"a": "x".repeat(3000)})), 1_450),
    ];
    let exchange = |(profile, request, heard, took): (&str, Preview, Heard, u64)| Exchange {
        at: NOW.parse().unwrap(),
        took: Duration::from_millis(took),
        profile: DisplayText::line(profile),
        request,
        heard,
    };
    all.map(exchange).into()
}

fn console(size: (u16, u16)) -> Console {
    let mut console = Console::demo(size);
    for exchange in exchanges() {
        console.send(Message::Exchanged(Box::new(exchange)));
    }
    console
}

#[test]
fn before_anything_is_sent_it_says_so() {
    assert_snapshot!("requests-none-80x24", Console::demo((80, 24)).keys("L").shot());
}

#[test]
fn the_log_and_one_of_its_requests() {
    for size in [(80, 24), (140, 45)] {
        let mut console = console(size);
        let name = |what: &str| format!("{what}-{}x{}", size.0, size.1);
        assert_snapshot!(name("requests"), console.keys("L").shot());
        assert_snapshot!(name("request"), console.keys("j j j j <Enter>").shot());
        assert_snapshot!(name("request-no-answer"), console.keys("<Esc> k k <Enter>").shot());
    }
}

#[test]
fn the_newest_is_marked_and_stays_so_while_others_come() {
    let mut console = console((80, 24));
    let marked = |console: &mut Console| {
        let screen = console.screen();
        screen.lines().find(|line| line.contains('▌')).unwrap_or_default().to_owned()
    };
    console.keys("L");
    assert!(marked(&mut console).contains("500"), "{}", console.screen());
    console.keys("j");
    assert!(marked(&mut console).contains("not sent"));
    console.send(Message::Exchanged(Box::new(exchanges().remove(0))));
    assert!(marked(&mut console).contains("not sent"), "{}", console.screen());
    console.keys("<PgUp>");
    assert!(marked(&mut console).contains("201"));
    console.keys("<PgDn> k");
    assert!(marked(&mut console).contains("401"));
}

#[test]
fn each_page_leads_back_to_the_one_before() {
    let mut console = console((80, 24));
    console.keys("L <Enter>");
    assert!(console.screen().contains("Request with whereby"));
    console.keys("<Esc>");
    assert!(console.screen().contains("newest first · all 5 of this run"));
    console.keys("L");
    assert!(console.screen().contains("none yet") && !console.screen().contains("of this run"));
    assert_eq!(console.effects, []);
}

#[test]
fn a_long_answer_scrolls_to_its_end_and_no_further() {
    let mut console = console((80, 24));
    console.keys("L <Enter>").keys(&"<PgDn>".repeat(30));
    let end = console.screen();
    assert!(end.contains('}'), "{end}");
    console.keys("j");
    assert_eq!(console.screen(), end);
    console.keys(&"<PgUp>".repeat(60));
    assert!(console.screen().contains("Sent"));
}

#[test]
fn only_the_last_five_hundred_are_kept() {
    let mut console = Console::demo((80, 24));
    for _ in 0..501 {
        console.send(Message::Exchanged(Box::new(exchanges().remove(0))));
    }
    assert!(console.keys("L").screen().contains("all 500 of this run"));
    console.keys(&"<PgDn>".repeat(60)).keys("<Enter>");
    assert!(console.screen().contains("Request with whereby"));
}

#[test]
fn nothing_secret_of_an_answer_is_in_it() {
    let held = format!("{:?}", exchanges());
    assert!(!held.contains("CANARY"), "{held}");
    assert!(held.contains("https://acme.whereby.com/") && held.contains("84120"));
}
