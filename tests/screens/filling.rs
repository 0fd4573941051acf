//! The form inside the console: opening, keeping drafts, creating from it, and filling it again.

use roomkey::app::book::Preset;
use roomkey::app::layer::Layer;
use roomkey::error::{Error, Kind};

use crate::support::console::Console;
use crate::support::entries::{answer, whereby};

const SIZE: (u16, u16) = (80, 24);

fn has_form(console: &Console) -> bool {
    matches!(console.model.layers.last(), Some(Layer::Form(_)))
}

/// The form on Whereby with the cursor on its first line.
fn form() -> Console {
    let mut console = Console::demo(SIZE);
    console.keys("5 n <Up><Up>");
    console
}

#[test]
fn a_form_is_opened_filled_and_sent() {
    let mut console = form();
    console.paste("ACME").keys("<F2>");
    let (job, plan) = console.call();
    assert_eq!(plan.asked.title.as_deref(), Some("ACME"));
    assert!(!has_form(&console));
    assert!(console.screen().contains("▌14:02  whereby  ACME"));
    console.finish(job, answer(&plan));
    assert_eq!(console.said(), "ACME is ready");
}

#[test]
fn letters_are_text_in_a_form() {
    let mut console = form();
    console.keys("Nyq?R");
    assert!(has_form(&console) && console.effects.is_empty());
    assert!(console.screen().contains("Nyq?R"));
}

#[test]
fn create_and_copy_copies_when_ready() {
    let mut console = form();
    console.keys("<F6>");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert_eq!(console.clipboard.as_deref(), Some("https://whereby.example/entry00001"));
}

#[test]
fn enter_twice_or_held_down_creates_once_and_copies_nothing() {
    let mut console = form();
    console.keys("<Enter>");
    assert_eq!(console.calls().len(), 1);
    for _ in 0..100 {
        console.wait(30).keys("<Enter>");
    }
    assert_eq!(console.calls().len(), 1);
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert_eq!(console.clipboard, None, "the row was not armed by the echo");
    console.wait(600).press("<Enter>");
    assert!(console.clipboard.is_some(), "Enter means the list again");
}

#[test]
fn the_same_form_again_is_asked_about() {
    let mut console = form();
    console.keys("<F2>");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan)).wait(5_000).keys("n <F2>");
    assert!(console.effects.is_empty());
    assert!(console.screen().contains("The same request went out 5s ago."));
    console.keys("<Tab><Enter>");
    assert_eq!(console.calls().len(), 1);
}

#[test]
fn a_pasted_line_end_never_creates() {
    let mut console = form();
    console.paste("room\r").paste("\r\n").paste("N\ry");
    assert!(has_form(&console) && console.effects.is_empty());
}

#[test]
fn drafts_survive_esc_ctrl_c_and_another_profile() {
    for leave in ["<Esc>", "<C-c>"] {
        let mut console = form();
        console.paste("half written").keys(leave);
        assert!(!has_form(&console) && console.effects.is_empty(), "{leave}");
        console.keys("1 n");
        assert!(!console.screen().contains("half written"));
        console.keys("<Esc> 5 n");
        assert!(console.screen().contains("half written"), "{leave}");
    }
}

#[test]
fn a_draft_that_was_sent_is_gone() {
    let mut console = form();
    console.paste("sent").keys("<F2> n");
    assert!(has_form(&console) && !console.screen().contains("sent"));
}

#[test]
fn a_refused_repetition_keeps_the_draft() {
    let mut console = form();
    console.paste("twice").keys("<F2> n <Up><Up>").paste("twice").keys("<F2>");
    assert!(console.screen().contains("under way"));
    console.keys("<Esc> n");
    assert!(has_form(&console) && console.screen().contains("twice"));
}

#[test]
fn the_last_used_operation_is_offered_first() {
    let mut console = Console::demo(SIZE);
    console.keys("2 n");
    let first = console.screen();
    console.keys("<Up><Up><Up><Up><Up>");
    for _ in 0..4 {
        console.keys("<Up>");
    }
    console.keys("<Space>");
    let second = console.screen();
    assert_ne!(first, second);
    console.keys("<Esc> n");
    let Some(Layer::Form(form)) = console.model.layers.last() else { panic!("no form") };
    assert_ne!(form.operation(), "start");
}

#[test]
fn again_fills_the_form_as_it_was() {
    let mut console = form();
    console.paste("ACME onboarding").keys("<F2>");
    let (job, plan) = console.call();
    let error = Error::new(Kind::Auth, "Whereby refused the key").hint("check api_key");
    console.finish(job, plan.not_created(error)).keys("r");
    assert!(has_form(&console) && console.screen().contains("ACME onboarding"));
    console.keys("<F2>");
    assert_eq!(console.calls()[0].1.asked, plan.asked);
}

#[test]
fn again_leaves_to_the_provider_what_was_left_to_it() {
    let mut entry = whereby("ACME", -60);
    entry.asked.values = vec![("endDate".into(), "in 2h".into())];
    let mut console = Console::showing(SIZE, vec![entry]);
    console.keys("r <F2>");
    let (_, plan) = console.call();
    assert!(plan.values.get("isLocked").is_none(), "the preset sets it, the entry did not ask for it");
}

#[test]
fn quick_opens_the_form_on_what_is_missing_and_sends_nothing() {
    let mut console = Console::demo(SIZE);
    console.model.book.profiles[1].preset =
        Some(Preset { name: "p".into(), operation: Some("start-scheduled".into()), values: Vec::new() });
    console.keys("2 N");
    assert!(has_form(&console) && console.effects.is_empty());
    assert!(console.screen().contains("is required"), "{}", console.screen());
    console.keys("12345<F2>");
    let (_, plan) = console.call();
    assert_eq!(plan.operation, "start-scheduled");
}

#[test]
fn jobs_go_on_behind_a_form_and_are_told() {
    let mut console = Console::demo(SIZE);
    console.keys("1 N 5 n");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert!(has_form(&console));
    assert!(console.screen().contains("Guest is ready"));
    assert!(console.keys("<Tab>").screen().contains("Enter create"));
}

#[test]
fn the_list_stays_in_sight_where_there_is_room() {
    let mut console = Console::showing((160, 45), vec![whereby("ACME", 0)]);
    console.keys("n");
    let screen = console.screen();
    assert!(screen.contains("── Links") && screen.contains("── New link") && screen.contains("ACME"));
}

#[test]
fn every_operation_of_every_profile_can_be_created_by_keys() {
    for (key, profile) in [("1", "bunch"), ("2", "joinme"), ("3", "metered"), ("5", "whereby")] {
        let mut console = Console::demo(SIZE);
        console.keys(key).keys("n <F2>");
        assert_eq!(console.call().1.profile, profile);
    }
}

#[test]
fn the_request_of_the_form_is_copied_and_the_form_says_so() {
    let mut console = form();
    console.press("<A-r> <Enter>");
    assert!(has_form(&console));
    let copied = console.clipboard.clone().unwrap();
    assert!(copied.starts_with("curl -X POST '") && copied.contains("${WHEREBY_API_KEY}"), "{copied}");
    assert!(
        console.screen().contains("sent the request as curl by OSC 52, cannot be confirmed"),
        "{}",
        console.screen()
    );
}

#[test]
fn earlier_entries_complete_what_is_typed() {
    let mut console = form();
    console.paste("ACME onboarding").keys("<F2>");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    console.wait(31_000).keys("n <Up> <Up> AC");
    assert!(console.screen().contains("ACME onboarding"), "{}", console.screen());
    console.keys("<Right> <F2>");
    assert_eq!(console.call().1.asked.title.as_deref(), Some("ACME onboarding"));
}
