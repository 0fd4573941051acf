//! Whole ways, from a key press to the clipboard: console, worker, HTTP, the sandbox that checks everything with code
//! of its own, and back.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

mod support;

use std::time::Duration;

use roomkey::sandbox::{Act, Fault, Gate};

use support::live::Live;

const PROVIDERS: [&str; 5] = ["bunch", "joinme", "metered", "bigbluebutton", "whereby"];

#[test]
fn two_keys_make_a_link_and_copy_it_at_every_provider() {
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let mut live = Live::demo((80, 24));
        live.keys(&format!("{}", index + 1)).keys("N").settle().keys("y");
        let entry = live.entry();
        assert_eq!(entry.outcome.name(), "created", "{provider}: {:?}", entry.outcome);
        let guest = entry
            .guest_link()
            .unwrap_or_else(|| panic!("{provider} gave no guest link"))
            .url
            .expose()
            .to_owned();
        assert_eq!(live.clipboard.text().as_deref(), Some(guest.as_str()), "{provider}");
        assert_eq!(live.sandbox.created(provider), 1, "{provider}");
        assert!(entry.links.iter().all(|link| link.warning.is_none()), "{provider}: {:?}", entry.links);
        assert!(live.console.screen().contains("+ live"), "{provider}");
    }
}

#[test]
fn y_on_a_row_under_way_arms_it() {
    let mut live = Live::demo((80, 24));
    let gate = Gate::new();
    live.sandbox.order(Fault::new("bunch", Act::Pass).hold(&gate));
    live.keys("N").keys("y");
    assert_eq!(live.clipboard.text(), None);
    gate.release();
    live.settle();
    assert_eq!(live.clipboard.text().as_deref(), live.entry().guest_link().map(|link| link.url.expose()));
}

#[test]
fn two_slow_calls_hold_up_neither_keys_nor_a_third() {
    let mut live = Live::demo((100, 30));
    let gate = Gate::new();
    live.sandbox.order(Fault::new("whereby", Act::Pass).times(2).hold(&gate));
    live.keys("5N").keys("3N");
    live.keys("5n<Esc>");
    live.keys("1N").settle_to(1);
    let screen = live.console.screen();
    assert!(screen.contains("~ creating") && screen.contains("+ live"), "{screen}");
    live.keys("q");
    let asked = live.console.screen();
    assert!(asked.contains("under way") || asked.contains("Quit"), "{asked}");
    live.keys("<Esc>");
    gate.release();
    live.settle();
    assert_eq!(live.sandbox.created("whereby"), 1);
    assert_eq!(live.sandbox.created("bunch"), 1);
    assert_eq!(live.sandbox.created("metered"), 1);
}

#[test]
fn a_stopped_call_that_was_sent_is_maybe() {
    let mut live = Live::demo((80, 24));
    live.sandbox.order(Fault::new("whereby", Act::Silence));
    live.keys("5N");
    live.hear();
    assert!(live.sandbox.wait_for(Duration::from_secs(30), |seen| !seen.is_empty()));
    live.keys("x").settle();
    let entry = live.entry();
    assert_eq!(entry.outcome.name(), "maybe_created", "{:?}", entry.outcome);
    assert_eq!(live.sandbox.created("whereby"), 1);
    assert!(live.console.screen().contains("? maybe"));
}

#[test]
fn a_wrong_key_is_one_sentence_and_sends_nothing_twice() {
    let mut live = Live::demo((80, 24));
    live.sandbox.order(Fault::new(
        "bunch",
        Act::Answer { status: 401, headers: Vec::new(), body: b"{\"error\":\"Invalid API key\"}".to_vec() },
    ));
    live.keys("N").settle();
    let screen = live.console.screen();
    assert!(screen.contains("x failed") && screen.contains("Bunch did not accept the key"), "{screen}");
    assert_eq!(live.sandbox.requests().len(), 1);
    assert_eq!(live.sandbox.created("bunch"), 0);
}

#[test]
fn a_room_made_and_then_cut_off_is_maybe_and_never_failed() {
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let mut live = Live::demo((80, 24));
        live.sandbox.order(Fault::new(provider, Act::CutAfter));
        live.keys(&format!("{}N", index + 1)).settle();
        let entry = live.entry();
        assert_eq!(entry.outcome.name(), "maybe_created", "{provider}: {:?}", entry.outcome);
        assert_eq!(live.sandbox.created(provider), 1, "{provider}");
        assert_eq!(live.sandbox.requests().len(), 1, "{provider}: sent twice");
    }
}
