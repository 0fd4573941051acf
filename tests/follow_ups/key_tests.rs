//! `F5` in the form: what the provider says to the key of its profile.

use roomkey::provider::catalog::Catalog;
use roomkey::sandbox::{Act, Fault};

use crate::support::live::Live;

const PROFILES: [(&str, &str); 4] =
    [("2", "joinme"), ("3", "metered"), ("4", "bigbluebutton"), ("5", "whereby")];

/// Waits until the screen holds a text.
#[track_caller]
fn until(live: &mut Live, text: &str) {
    while !live.console.screen().contains(text) {
        live.hear();
    }
}

#[test]
fn a_key_that_works_is_said_to_work_and_only_its_test_is_in_the_request_log() {
    let mut live = Live::demo((80, 24));
    for (number, provider) in PROFILES {
        live.keys(&format!("{number}n<F5>"));
        assert!(live.console.screen().contains("whether the key of"), "{}", live.console.screen());
        until(&mut live, "the key works (answered 200 in ");
        live.keys("<Esc>L");
        let page = Catalog::embedded().usable(provider).unwrap();
        let path = page.test.as_ref().unwrap().call.path.rsplit('/').next().unwrap().to_owned();
        until(&mut live, &path);
        live.keys("<Esc>");
        assert_eq!(live.sandbox.created(provider), 0, "{provider}");
    }
    assert!(live.sandbox.requests().iter().all(|seen| seen.method == "GET"));
}

#[test]
fn a_form_that_was_left_meanwhile_leaves_the_answer_to_the_list() {
    let mut live = Live::demo((80, 24));
    live.keys("5n<F5><Esc>");
    until(&mut live, "whereby: the key works");
}

#[test]
fn a_refused_key_is_told_with_what_to_do_and_the_form_stays() {
    let mut live = Live::demo((80, 24));
    let act = Act::Answer { status: 401, headers: Vec::new(), body: b"{}".to_vec() };
    live.sandbox.order(Fault::new("whereby", act));
    live.keys("5n<F5>");
    until(&mut live, "refused");
    let screen = live.console.screen();
    assert!(screen.contains("New link") && screen.contains("api_key"), "{screen}");
}

#[test]
fn a_provider_without_such_a_call_is_said_to_have_none_and_nothing_is_sent() {
    let mut live = Live::demo((80, 24));
    live.keys("1n<F5>");
    assert!(live.console.screen().contains("Bunch has no call that only tests a key"));
    assert_eq!(live.sandbox.requests().len(), 0);
}
