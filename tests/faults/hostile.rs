//! Hostile text in every string of every answer: on the screen, in the details and in both outputs of the command
//! line it is inert, and it never becomes a link.

use roomkey::domain::entry::Entry;
use roomkey::domain::entry_json::{Reveal, printed};
use roomkey::sandbox::{Act, Fault, PROVIDERS};

use crate::bench::{Bench, answer};
use crate::inert;
use crate::stage::Stage;
use crate::support::console::NOW;

/// Sequences a terminal would obey.
const SEQUENCES: [&str; 24] = [
    "\u{1b}]0;PWN\u{7}",
    "\u{1b}]52;c;Y2FuYXJ5\u{7}",
    "\u{1b}]8;;https://evil.example\u{1b}\\x\u{1b}]8;;\u{1b}\\",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[6n",
    "\u{1b}[c",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{1b}[?1049l",
    "\u{1b}[?2004l",
    "\u{1b}]1337;File=x",
    "\u{1b}]9;x",
    "\u{1b}[5n",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{90}x\u{9c}",
    "\u{8}\u{8}\u{8}",
    "\r",
    "\u{0}",
    "\u{7f}",
    "\u{b}",
    "\u{c}",
    "\u{e}",
    "\t",
    "a\r\nb",
];

/// Characters that hide, join or reorder what stands beside them.
const FORMATS: [(u32, u32); 19] = [
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0x1D173, 0x1D17A),
    (0xE0001, 0xE0001),
    (0xE0020, 0xE0022),
    (0xE007F, 0xE007F),
    (0xE0100, 0xE0101),
    (0xE000, 0xE001),
    (0x10FFFF, 0x10FFFF),
    (0x115F, 0x1160),
    (0x3164, 0x3164),
];

/// Every text to try: the sequences one by one, the characters in a few bundles, and what is merely too much.
fn texts() -> Vec<String> {
    let all: String = FORMATS.iter().flat_map(|(from, to)| *from..=*to).filter_map(char::from_u32).collect();
    let apart: String = all.chars().flat_map(|c| ['a', c]).collect();
    let mut texts: Vec<String> = SEQUENCES.iter().map(|text| format!("a{text}b")).collect();
    texts.extend([SEQUENCES.concat(), all.clone(), apart, format!("x{}", "\u{301}".repeat(3000))]);
    texts.extend([
        "A very long name ".repeat(600),
        "[q] quit │ ┌── Links 9 ──┐ + live copied".into(),
        "<b>&amp;\u{202e}</b>'\"`$(reboot)".into(),
        "%1b%5b2J \\u001b[2J \\x1b[2J".into(),
    ]);
    texts
}

/// Screens and both outputs of an entry hold nothing of it.
#[track_caller]
fn is_inert(bench: &Bench, entry: &Entry, place: &str) {
    bench.check(entry, place);
    for reveal in [Reveal::Full, Reveal::Masked] {
        let text = printed(&entry.json(NOW.parse().unwrap(), reveal));
        inert::text(&text, place);
        assert!(!text.contains('\n'), "{place}: {text}");
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }
    for link in &entry.links {
        assert!(link.url.expose().bytes().all(|b| b.is_ascii_graphic()), "{place}: {link:?}");
    }
}

#[test]
fn hostile_text_in_good_answers_is_inert() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for text in texts() {
            let name: String = text.chars().take(40).collect();
            let place = format!("{provider}, {name:?}");
            for links in [false, true] {
                let act = Act::Hostile { text: text.clone(), links };
                let entry = bench.befallen(provider, &place, act);
                assert_ne!(entry.outcome.name(), "not_created", "{place}: the room was made");
                is_inert(&bench, &entry, &place);
            }
        }
    }
}

#[test]
fn hostile_text_in_later_steps_is_inert() {
    let bench = Bench::new();
    let profile = bench.profile("metered", &[]);
    for text in texts() {
        let place = format!("{:?}", text.chars().take(40).collect::<String>());
        bench.sandbox.behave();
        let act = Act::Hostile { text, links: true };
        bench.sandbox.order(Fault::new("metered", act).path("/token").times(2));
        let plan = bench.plan(&profile, None, &[("privacy", "private")]);
        let entry = bench.perform(&profile, plan);
        assert_eq!(entry.outcome.name(), "created", "{place}");
        is_inert(&bench, &entry, &place);
    }
}

/// An error answer that says this everywhere a provider may say something.
fn refusal(provider: &str, status: u16, text: &str) -> Act {
    if provider == "bigbluebutton" {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let xml = format!(
            "<response><returncode>FAILED</returncode><messageKey>{text}</messageKey><message>{text}</message></response>"
        );
        return answer(200, xml);
    }
    let body = serde_json::json!({
        "error": text, "message": text, "Message": text, "ErrorCode": text, "success": false,
        "data": {"msLeft": text}, "error_description": text,
    });
    answer(status, body.to_string())
}

#[test]
fn hostile_text_in_refusals_is_inert() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for (index, text) in texts().into_iter().enumerate() {
            let status = [400, 401, 403, 404, 429, 500][index % 6];
            let place = format!("{provider}, {status} {:?}", text.chars().take(40).collect::<String>());
            let entry = bench.befallen(provider, &place, refusal(provider, status, &text));
            is_inert(&bench, &entry, &place);
            assert!(entry.outcome.error().is_some(), "{place}");
        }
    }
}

#[test]
fn hostile_headers_are_inert() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for name in
            ["x-error-detail-header", "x-mashery-error-code", "www-authenticate", "retry-after", "location"]
        {
            for value in ["\u{202e}evil", "\u{9b}31m", "A very long value ".repeat(500).as_str()] {
                for status in [401, 403, 429] {
                    let act = crate::bench::headed(status, name, value, "{}");
                    let entry = bench.befallen(provider, name, act);
                    is_inert(&bench, &entry, name);
                }
            }
        }
    }
}

#[test]
fn the_command_line_prints_nothing_hostile() {
    let stage = Stage::new();
    for (provider, given) in [
        ("bunch", &["roomName=r", "userName=u"][..]),
        ("joinme", &["startWithPersonalUrl=false"]),
        ("metered", &["privacy=public"]),
        ("bigbluebutton", &["name=nn"]),
        ("whereby", &["endDate=in 2h"]),
    ] {
        let formats: String =
            FORMATS.iter().flat_map(|(from, to)| *from..=*to).filter_map(char::from_u32).collect();
        let text = SEQUENCES.concat() + &formats;
        for act in [
            Act::Hostile { text: text.clone(), links: false },
            Act::Hostile { text: text.clone(), links: true },
            refusal(provider, 403, &text),
            refusal(provider, 500, &text),
        ] {
            for json in [true, false] {
                stage.sandbox.behave();
                stage.sandbox.order(Fault::new(provider, act.clone()));
                let before = stage.sandbox.requests().len();
                let mut arguments = vec!["create", "-p", provider];
                arguments.extend(given);
                arguments.extend(json.then_some("--json"));
                let ran = stage.run(&arguments);
                let place = format!("{provider}, {act:?}");
                inert::text(&ran.out, &place);
                inert::text(&ran.err, &place);
                assert!(!ran.out.contains('\t') && matches!(ran.code, 0 | 4 | 5 | 8), "{place}: {ran:?}");
                assert!(!json || ran.json()["version"] == 1, "{ran:?}");
                assert_eq!(stage.sandbox.requests().len() - before, 1, "{place}");
            }
        }
    }
}
