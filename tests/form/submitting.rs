//! Creating: once when complete, never otherwise, and every problem named.

use roomkey::app::form::{FormEvent, Stop};
use roomkey::domain::values::Value;
use roomkey::provider::plan::Plan;

use super::console::*;

fn plan(events: Vec<FormEvent>) -> (Plan, bool) {
    match events.as_slice() {
        [FormEvent::Submit { plan, copy }] => ((**plan).clone(), *copy),
        other => panic!("no plan but {other:?}"),
    }
}

#[test]
fn a_complete_form_becomes_a_plan() {
    let mut console = Console::every();
    console.keys("Router<Up>T-1<Up>ACME");
    console.at("pin").keys("canary");
    let (plan, copy) = plan(console.keys("<F6>"));
    assert!(copy);
    assert_eq!((plan.id.as_str(), plan.operation.as_str(), plan.agent.as_str()), ("entry-1", "make", "Ada"));
    assert_eq!(plan.created_at, console.now);
    assert_eq!((plan.asked.title.as_deref(), plan.asked.ticket.as_deref()), (Some("ACME"), Some("T-1")));
    assert_eq!(plan.values.get("name"), Some(&Value::Text("Router".into())));
    assert!(matches!(plan.values.get("pin"), Some(Value::Secret(_))));
    assert!(!format!("{:?}", plan.asked).contains("canary"));
    assert!(plan.asked.values.contains(&("name".into(), "Router".into())));
}

#[test]
fn every_key_that_creates() {
    for keys in ["<Enter>", "<F2>", "<A-Enter>"] {
        let mut console = Console::every();
        console.keys("Router");
        assert!(!plan(console.keys(keys)).1, "{keys}");
    }
    let mut console = Console::every();
    console.keys("Router");
    console.at("welcome").keys("a<Enter>");
    assert_eq!(plan(console.keys("<F2>")).0.asked.values.last().unwrap().1, "a\n");
}

#[test]
fn twenty_times_enter_create_once() {
    let mut console = Console::every();
    console.keys("Router");
    let events = console.keys(&"<Enter>".repeat(20));
    assert_eq!(events.iter().filter(|event| matches!(event, FormEvent::Submit { .. })).count(), 1);
    assert_eq!(console.said(), "that is already under way");
    assert_eq!(console.keys("2<Enter>").len(), 1);
}

#[test]
fn an_incomplete_form_leads_to_its_first_problem() {
    let mut console = Console::every();
    assert!(console.screen().contains("Still needed: Room."), "{}", console.screen());
    assert!(!console.screen().contains("is required"));
    console.at("owner").keys("ada");
    let events = console.keys("<Enter>");
    assert_eq!(events, [FormEvent::Say("not created: 2 problems, all listed above".into())]);
    assert_eq!(console.here(), "name");
    let checks = console.checks();
    assert!(checks.contains("Room is required") && checks.contains("Owner: write an e-mail"), "{checks}");
    console.keys("Router");
    assert!(!console.checks().contains("Room is required"));
    console.keys("<Enter>");
    assert_eq!(console.here(), "owner");
}

#[test]
fn a_problem_in_a_folded_group_unfolds_it() {
    let mut console = Console::every();
    console.keys("Router");
    console.at("people").keys("0<F7><Enter>");
    assert_eq!(console.here(), "people");
    assert!(console.screen().contains("1 or more"), "{}", console.screen());
}

#[test]
fn a_remedy_is_one_key_away() {
    let mut console = Console::every();
    console.keys("Router");
    console.at("links").keys("<Space>");
    console.at("locked").keys("<Space>");
    assert!(console.screen().contains("→ Links: host   ^Y"), "{}", console.screen());
    console.keys("<C-y>");
    assert_eq!(console.raw("links").as_deref(), Some("host"));
    assert!(console.checks().contains("Ready"), "{}", console.checks());
    assert_eq!(console.keys("<C-y>"), [FormEvent::Say("no remedy is on offer".into())]);
}

#[test]
fn a_remedy_can_be_walked_to_and_adds_to_a_list() {
    let mut console = Console::every();
    console.at("links").keys("<Space><Right><Space>");
    console.at("locked").keys("<Space>");
    console.form.go(Stop::Fix(0));
    assert!(console.screen().contains("▌   → Links: host   Space"), "{}", console.screen());
    console.keys("<Space>");
    assert_eq!(console.raw("links").as_deref(), Some("viewer,host"));
    assert_ne!(console.here(), "Fix(0)");
}

#[test]
fn a_warning_does_not_hold_anybody() {
    let mut console = Console::every();
    console.keys("Router");
    console.at("links").keys("<Space>");
    console.at("locked").keys("<Space>");
    assert!(plan(console.keys("<F2>")).0.values.get("links").is_none());
}

#[test]
fn a_request_that_cannot_be_made_says_why() {
    let mut broken = profile(every());
    broken.settings = roomkey::provider::settings::Settings::default();
    let mut console = Console::open(broken, "make", roomkey::app::form::Draft::default());
    console.keys("Router");
    assert!(console.screen().contains("base_url is not set"), "{}", console.screen());
    assert!(matches!(console.keys("<F2>").as_slice(), [FormEvent::Say(text)] if text.contains("base_url")));
}

#[test]
fn a_long_warning_is_read_whole_below_the_request() {
    let console = Console::shipped("metered", "token");
    let screen = console.screen();
    let lines: Vec<&str> = screen.lines().map(str::trim).collect();
    let first = lines.iter().position(|line| line.starts_with("! Ends: without an end")).unwrap();
    let whole = format!("{} {}", lines[first], lines[first + 1]);
    let said = "! Ends: without an end the token may never stop working: give it the end of the meeting";
    assert_eq!(whole, said, "{screen}");
    assert!(lines.iter().any(|line| line.starts_with("Still needed: Room name")), "{screen}");
}
