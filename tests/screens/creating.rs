//! `N`, `R` and what keeps a key pressed too often from creating twice.

use roomkey::app::effect::Effect;
use roomkey::app::message::Message;
use roomkey::error::{Error, Kind};

use crate::support::console::{Console, profile};
use crate::support::entries::{answer, failed, maybe, whereby};

const SIZE: (u16, u16) = (80, 24);

fn values(console: &Console) -> Vec<(String, String)> {
    console.call().1.asked.values
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.into(), value.into())
}

#[test]
fn two_keys_from_nothing_to_a_link() {
    let mut console = Console::demo(SIZE);
    console.keys("N");
    let (job, plan) = console.call();
    assert_eq!((plan.profile.as_str(), plan.operation.as_str()), ("bunch", "join-link"));
    console.finish(job, answer(&plan)).press("y");
    assert_eq!(console.clipboard.as_deref(), Some("https://bunch.example/entry00001"));
}

#[test]
fn quick_takes_the_default_preset_over_the_defaults_over_the_page() {
    let mut console = Console::demo(SIZE);
    console.model.book.profiles[4].defaults = vec![pair("roomMode", "group"), pair("endDate", "in 5h")];
    console.keys("5 N");
    let given = values(&console);
    assert!(
        given.contains(&pair("endDate", "in 30m")) && given.contains(&pair("isLocked", "true")),
        "{given:?}"
    );
    assert!(given.contains(&pair("roomMode", "group")), "{given:?}");
}

#[test]
fn every_number_chooses_its_profile_and_creates_nothing() {
    let mut console = Console::demo(SIZE);
    for (key, name) in [("2", "joinme"), ("5", "whereby"), ("3", "metered"), ("9", "metered"), ("1", "bunch")]
    {
        console.keys(key);
        assert_eq!(console.model.profile().unwrap().name, name);
    }
    assert!(console.effects.is_empty());
}

#[test]
fn the_picker_finds_a_profile_by_typing() {
    let mut console = Console::demo(SIZE);
    console.keys("p wh <Enter>");
    assert_eq!(console.model.profile().unwrap().name, "whereby");
    console.keys("p <Down> <Esc>");
    assert_eq!(console.model.profile().unwrap().name, "whereby", "Esc chooses nothing");
    console.keys("p").paste("bun\n").keys("<Enter>");
    assert_eq!(console.model.profile().unwrap().name, "bunch");
}

#[test]
fn a_new_row_is_selected_and_seen_whatever_the_filter() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", -60)]);
    console.keys("/acme<Enter> j N");
    let screen = console.screen();
    assert!(screen.contains("▌14:02  bunch    Guest"), "{screen}");
    assert!(screen.contains("ACME"), "the filter is gone");
}

#[test]
fn a_key_held_down_creates_once() {
    let mut console = Console::demo(SIZE);
    for _ in 0..20 {
        console.keys("N").wait(30);
    }
    assert_eq!(console.calls().len(), 1);
    assert!(console.screen().contains("The same request is under way"));
}

#[test]
fn a_key_held_down_creates_once_even_if_the_answer_is_quick() {
    let mut console = Console::demo(SIZE);
    let mut calls = 0;
    for _ in 0..100 {
        console.keys("N").wait(30);
        if let Some((job, plan)) = console.calls().pop() {
            calls += 1;
            console.finish(job, answer(&plan));
        }
    }
    assert_eq!(calls, 1);
}

#[test]
fn the_question_can_be_answered_with_yes() {
    let mut console = Console::demo(SIZE);
    console.keys("N N <Enter>");
    assert_eq!(console.calls().len(), 1, "the first answer changes nothing");
    console.keys("N <Right> <Enter>");
    assert_eq!(console.calls().len(), 2);
    console.keys("2 N");
    assert_eq!(console.calls().len(), 3, "another profile is another request");
}

#[test]
fn pasting_on_the_list_does_nothing() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    let before = console.screen();
    console.paste("N\ryqN\r\n");
    assert!(console.effects.is_empty());
    assert_eq!(console.screen(), before);
}

#[test]
fn an_unusable_profile_says_why_and_sends_nothing() {
    let mut broken = profile("old", "zoom", "key");
    let mut console = Console::with(SIZE, vec![broken.clone()], false);
    console.keys("N");
    assert_eq!(console.said(), "Profile old cannot be used: there is no provider zoom");
    broken.trouble = Some("the environment variable OLD_KEY is not set".into());
    let mut console = Console::with(SIZE, vec![broken], false);
    console.keys("N n");
    assert_eq!(console.said(), "Profile old cannot be used: the environment variable OLD_KEY is not set");
    assert!(console.effects.is_empty());
    let mut console = Console::with(SIZE, Vec::new(), false);
    console.keys("N n 1 p <Enter> y");
    assert!(console.effects.is_empty());
}

#[test]
fn again_at_once_sends_what_was_typed_with_names_made_anew() {
    let mut console = Console::demo(SIZE);
    console.model.book.profiles[2].defaults = vec![pair("maxParticipants", "7")];
    console.keys("3 N");
    let (job, first) = console.call();
    console.finish(job, answer(&first)).wait(31_000).keys("R");
    let (_, second) = console.call();
    let get = |plan: &roomkey::provider::plan::Plan, name: &str| {
        plan.asked.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    assert_eq!(get(&second, "maxParticipants").as_deref(), Some("7"));
    assert_ne!(get(&first, "roomName"), get(&second, "roomName"));
}

#[test]
fn the_same_once_more_asks_within_thirty_seconds_however_it_is_asked_for() {
    for again in ["R", "N", "n<F2>"] {
        let mut console = Console::demo(SIZE);
        console.keys("N");
        let (job, plan) = console.call();
        console.finish(job, answer(&plan)).wait(29_000).keys(again);
        assert!(console.screen().contains("The same request went out 29s ago."), "{}", console.screen());
        assert!(console.effects.is_empty());
        console.keys("<Esc>").wait(1_000).keys(again);
        assert_eq!(console.calls().len(), 1, "{again}");
    }
}

#[test]
fn again_on_what_may_exist_asks_and_on_what_failed_does_not() {
    let mut entry = maybe(-600);
    entry.asked.values = vec![pair("endDate", "in 2h")];
    let mut console = Console::showing(SIZE, vec![entry]);
    console.keys("R");
    assert!(console.screen().contains("It may exist already: Whereby did not answer within 30 s."));
    assert!(console.effects.is_empty());
    let mut console = Console::showing(SIZE, vec![failed(-5)]);
    console.keys("R");
    assert_eq!(console.calls().len(), 1);
}

#[test]
fn stopping_tells_what_is_known() {
    let mut console = Console::demo(SIZE);
    console.keys("N x x");
    let (job, plan) = console.call();
    assert_eq!(console.effects.iter().filter(|e| **e == Effect::Stop(job)).count(), 1, "stopped once");
    console.keys("<Esc>");
    assert!(console.screen().contains("~ creating stops"));
    console.send(Message::Sent(job)).keys("x");
    assert!(console.said().contains("it may be created all the same"));
    console.finish(job, answer(&plan)).keys("x");
    assert_eq!(console.said(), "Nothing is under way on this row");
}

#[test]
fn a_room_that_lacks_something_is_completed_not_made_again() {
    for key in ["r", "R"] {
        let mut entry = whereby("ACME", -60);
        entry.incomplete = true;
        let mut console = Console::showing(SIZE, vec![entry.clone()]);
        let job = console.model.rows.selected().unwrap().job;
        console.keys(key).keys(key);
        assert_eq!(console.effects, [Effect::Complete(job)], "{key}");
        entry.incomplete = false;
        console.send(Message::JobDone(job, Box::new(entry)));
        assert_eq!(console.said(), "ACME is ready");
        assert!(!console.model.rows.get(job).unwrap().completing);
    }
}

#[test]
fn several_calls_end_in_any_order() {
    let mut console = Console::demo(SIZE);
    console.keys("N 2 N 3 N");
    let calls = console.calls();
    assert!(console.screen().contains("~3 creating"));
    for index in [2, 0, 1] {
        let (job, plan) = &calls[index];
        console.finish(*job, answer(plan));
    }
    let screen = console.screen();
    assert!(screen.contains("+3 live") && !screen.contains("creating"), "{screen}");
    assert!(screen.contains("▌14:02  metered"), "the selection stayed: {screen}");
}

#[test]
fn a_provider_that_asked_to_wait_is_not_called_without_a_question() {
    let mut console = Console::demo(SIZE);
    console.keys("5 N");
    let (job, plan) = console.call();
    let mut error = Error::new(Kind::RateLimited, "Whereby has had enough calls").status(429);
    error.wait = Some(40);
    console.finish(job, plan.not_created(error)).wait(15_000).keys("N");
    assert!(console.screen().contains("Whereby asked to wait 25s more."), "{}", console.screen());
    console.keys("<Enter>");
    assert!(console.calls().is_empty(), "the first answer changes nothing");
    // Another profile is not meant, and the time ends.
    console.keys("1 N");
    assert_eq!(console.calls().len(), 1);
    console.wait(26_000).keys("5 N");
    assert_eq!(console.calls().len(), 2);
}
