//! What does not go well: a refused key, silence after the request has left, a look that is cut off.

use roomkey::domain::entry::State;
use roomkey::error::{Error, Kind};
use roomkey::sandbox::{Act, Fault, Gate};

use crate::round_trips::make;
use crate::support::live::Live;

fn failed(live: &Live) -> Error {
    let row = live.console.model.rows.selected().unwrap();
    row.answered.clone().expect("an answer").answer.expect_err("no finding")
}

fn answer(status: u16, body: &str) -> Act {
    Act::Answer { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
}

#[test]
fn a_refused_key_deletes_nothing() {
    for (provider, keys) in [("metered", "3N"), ("whereby", "5N")] {
        let mut live = make(provider, keys);
        live.sandbox.order(Fault::new(provider, answer(401, "{}")));
        live.keys("d<Right><Enter>").settle();
        let row = live.console.model.rows.selected().unwrap();
        assert_eq!((failed(&live).kind, row.state), (Kind::Auth, State::Live), "{provider}");
        let screen = live.console.screen();
        assert!(screen.contains("+ live 401 key"), "{screen}");
    }
}

#[test]
fn a_deletion_that_is_cut_off_may_be_done_and_says_what_to_do() {
    for act in [Act::CutAfter, Act::Reset { made: true }, Act::CutBefore, answer(500, "{}")] {
        let mut live = make("metered", "3N");
        live.sandbox.order(Fault::new("metered", act.clone()));
        live.keys("d<Right><Enter>").settle();
        let error = failed(&live);
        assert_eq!(error.kind.exit_code(), 8, "{act:?}: {error}");
        assert_eq!(error.next_step(), Some("it may be deleted: check it"), "{act:?}");
        assert_eq!(live.entry().deleted, None, "{act:?}");
        assert!(live.console.screen().contains("gone?"), "{}", live.console.screen());
        live.keys("<F5>").settle();
        let done = matches!(act, Act::CutAfter | Act::Reset { .. });
        assert_eq!(live.entry().deleted.is_some(), done, "{act:?}: a look tells");
    }
}

#[test]
fn silence_after_the_request_can_be_stopped() {
    let mut live = make("whereby", "5N");
    let gate = Gate::new();
    live.sandbox.order(Fault::new("whereby", Act::Silence).path("DELETE"));
    live.keys("d<Right><Enter>");
    let asked = |seen: &[roomkey::sandbox::Seen]| seen.len() == 2;
    assert!(live.sandbox.wait_for(std::time::Duration::from_secs(30), asked));
    assert!(live.console.screen().contains("deleting"), "{}", live.console.screen());
    live.keys("q");
    let screen = live.console.screen();
    assert!(screen.contains("1 call is under way") && screen.contains("check it next time"), "{screen}");
    live.keys("<Esc>x").settle();
    let error = failed(&live);
    assert_eq!((error.kind, error.next_step()), (Kind::Unclear, Some("it may be deleted: check it")));
    gate.release();
}

#[test]
fn a_look_under_way_is_left_without_a_question() {
    let mut live = make("whereby", "5N");
    let gate = Gate::new();
    live.sandbox.order(Fault::new("whereby", Act::Pass).path("GET").hold(&gate));
    live.keys("<F5>");
    assert!(live.console.screen().contains("checking"), "{}", live.console.screen());
    live.keys("d");
    assert!(live.console.said().starts_with("A call is under way on this row"), "{}", live.console.said());
    live.console.keys("q");
    assert_eq!(live.console.effects, [roomkey::app::effect::Effect::Quit(0)]);
    gate.release();
    live.settle();
}

#[test]
fn a_bare_404_proves_nothing_to_a_look_and_is_enough_for_a_deletion() {
    for (status, body) in [(404, ""), (410, "<!doctype html>")] {
        let mut live = make("whereby", "5N");
        live.sandbox.order(Fault::new("whereby", answer(status, body)).times(2));
        live.keys("<F5>").settle();
        assert_eq!(live.entry().deleted.is_some(), status == 410);
        live.keys("d<Right><Enter>").settle();
        assert!(live.entry().deleted.is_some());
        assert!(live.console.said().contains(&format!("Whereby answered {status}")) || status == 410);
        // It was there all the time, and a look finds it again.
        live.keys("<F5>").settle();
        assert_eq!(live.entry().deleted, None);
    }
}

#[test]
fn an_answer_that_says_nothing_finds_nothing() {
    for (provider, keys) in [("whereby", "5N"), ("metered", "3N"), ("joinme", "")] {
        for (status, body) in [(200, "{}"), (204, ""), (200, "{\"hello\":\"world\"}")] {
            let mut live = make(provider, keys);
            live.sandbox.order(Fault::new(provider, answer(status, body)));
            live.keys("<F5>").settle();
            let error = failed(&live);
            assert_eq!(error.kind, Kind::Unclear, "{provider} {body}: {error}");
            assert!(error.to_string().contains("says nothing about it"), "{provider} {body}: {error}");
            assert_eq!(live.entry().deleted, None);
        }
    }
    let mut live = make("bigbluebutton", "4N");
    let body = "<response><returncode>SUCCESS</returncode></response>";
    live.sandbox.order(Fault::new("bigbluebutton", answer(200, body)));
    live.keys("<F5>").settle();
    assert_eq!(failed(&live).kind, Kind::Unclear);
}

#[test]
fn a_404_of_somebody_else_deletes_nothing() {
    for (provider, keys) in [("whereby", "5N"), ("metered", "3N"), ("bigbluebutton", "4N")] {
        let mut live = make(provider, keys);
        live.sandbox.order(Fault::new(provider, answer(404, "<!doctype html>")));
        live.keys("d<Right><Enter>").settle();
        let error = failed(&live);
        assert_eq!((error.kind.exit_code(), live.entry().deleted), (8, None), "{provider}: {error}");
        assert!(error.to_string().contains("at this address"), "{provider}: {error}");
        assert!(error.next_step().unwrap().starts_with("check base_url of profile"), "{provider}: {error:?}");
    }
}

#[test]
fn nothing_secret_is_shown_of_what_is_told() {
    let mut live = make("bigbluebutton", "4N");
    let settings = live.sandbox.settings("bigbluebutton");
    let key = &settings.iter().find(|(name, _)| name == "secret").unwrap().1;
    let body = format!(
        "<response><returncode>SUCCESS</returncode><running>{key}</running>\
         <participantCount>\u{202e}2</participantCount></response>"
    );
    live.sandbox.order(Fault::new("bigbluebutton", answer(200, &body)));
    live.keys("<F5>").settle().keys("i");
    live.console.resize(120, 45);
    let screen = live.console.screen();
    assert!(screen.contains("Somebody inside") && !screen.contains(key.as_str()), "{screen}");
    assert!(!screen.contains('\u{202e}'), "{screen}");
    live.keys("<Esc>L<Enter>");
    let log = live.console.screen();
    assert!(log.contains("getMeetingInfo") && !log.contains(key.as_str()), "{log}");
}
