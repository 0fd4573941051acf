//! Quitting asks while calls are under way; Ctrl-C closes what is open, and twice within a second it quits.

use roomkey::app::effect::Effect;
use roomkey::app::message::Message;

use crate::support::console::Console;
use crate::support::entries::{answer, whereby};

const SIZE: (u16, u16) = (80, 24);

#[test]
fn quitting_is_immediate_when_nothing_runs() {
    for key in ["q", "<C-c>"] {
        let mut console = Console::demo(SIZE);
        console.keys(key);
        assert_eq!(console.effects, [Effect::Quit(0)], "{key}");
    }
}

#[test]
fn quitting_asks_while_calls_are_under_way() {
    let mut console = Console::demo(SIZE);
    console.keys("N");
    let (job, plan) = console.call();
    console.keys("q");
    assert!(console.screen().contains("1 call is under way."));
    console.keys("q q <Enter>");
    assert!(!console.effects.contains(&Effect::Quit(0)), "staying is the first answer");
    assert!(!console.screen().contains("under way."));
    console.keys("q <Tab> <Enter>");
    assert!(console.effects.contains(&Effect::Quit(0)));
    console.effects.retain(|effect| *effect != Effect::Quit(0));
    console.finish(job, answer(&plan)).keys("q");
    assert!(console.effects.contains(&Effect::Quit(0)), "nothing runs any more");
}

#[test]
fn a_room_that_is_being_completed_is_a_call_under_way() {
    let mut entry = whereby("ACME", -60);
    entry.incomplete = true;
    let mut console = Console::showing(SIZE, vec![entry.clone()]);
    let job = console.model.rows.selected().unwrap().job;
    console.keys("r q");
    let screen = console.screen();
    assert!(screen.contains("1 call is under way.") && screen.contains("what it lacks"), "{screen}");
    assert_eq!(console.effects, [Effect::Complete(job)]);
    entry.incomplete = false;
    console.keys("<Esc>").send(Message::JobDone(job, Box::new(entry))).keys("q");
    assert!(console.effects.contains(&Effect::Quit(0)));
}

#[test]
fn ctrl_c_twice_within_a_second_quits_whatever_runs() {
    let mut console = Console::demo(SIZE);
    console.keys("N <C-c>").wait(900).keys("<C-c>");
    assert!(console.effects.contains(&Effect::Quit(0)));
    let mut console = Console::demo(SIZE);
    console.keys("N <C-c>").wait(1_100).keys("<C-c>");
    assert!(!console.effects.contains(&Effect::Quit(0)), "the second closed the question");
    assert!(!console.screen().contains("call is under way"));
}

#[test]
fn ctrl_c_closes_what_is_open() {
    for open in ["?", "p", "/", "/text"] {
        let mut console = Console::demo(SIZE);
        let before = console.screen();
        console.keys(open).wait(2_000).keys("<C-c>");
        assert!(console.effects.is_empty() && console.model.layers.is_empty(), "{open}");
        if !open.contains("text") {
            assert_eq!(console.screen(), before, "{open}");
        }
    }
}

#[test]
fn esc_never_quits() {
    let mut console = Console::demo(SIZE);
    console.keys("<Esc><Esc><Esc>");
    assert!(console.effects.is_empty());
}

#[test]
fn the_terminal_keys_are_effects() {
    let mut console = Console::demo(SIZE);
    console.keys("<C-l> <C-z>");
    assert_eq!(console.effects, [Effect::Repaint, Effect::Suspend]);
}

#[test]
fn keys_of_the_form_do_nothing_in_the_list() {
    let mut console = Console::showing(SIZE, crate::support::entries::morning());
    let before = console.screen();
    console.keys("<F2> <F3> <F4> <F6> <F7> <F8>");
    assert!(console.effects.is_empty());
    assert_eq!(console.screen(), before);
}
