//! Templates: edited where messages are chosen, and the last one of a profile kept for the next run.

use roomkey::app::effect::Effect;
use roomkey::app::habits::Habit;
use roomkey::app::message::Message;
use roomkey::config::Change;
use roomkey::error::Error;

use crate::support::console::{Console, profiles};
use crate::support::entries::{bunch, whereby};

const SIZE: (u16, u16) = (80, 24);

/// The text the editor gets.
#[track_caller]
fn handed_over(console: &mut Console) -> String {
    match console.effects.remove(0) {
        Effect::Edit { text, ending: "toml" } => text,
        other => panic!("{other:?}"),
    }
}

/// The change asked for.
#[track_caller]
fn asked(console: &mut Console) -> (String, String) {
    match console.effects.remove(0) {
        Effect::Keep(change) => match *change {
            Change::Template { name, text } => (name, text),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn f4_hands_the_template_to_the_editor_and_what_comes_back_is_kept() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.keys("M <F4>");
    let text = handed_over(&mut console);
    assert!(text.contains("format = \"plain\"") && text.contains("{guest_link}"), "{text}");
    console.send(Message::Edited(Ok("lang = \"de\"\ntext = \"Ihr Link: {guest_link}\"".into())));
    let (name, text) = asked(&mut console);
    console.send(Message::Kept(Box::new(Change::Template { name: name.clone(), text }), Ok(())));
    assert_eq!((name.as_str(), console.effects.remove(0)), ("chat", Effect::Reload));
    assert_eq!(console.said(), "Template chat is saved");
    // The list is still there, and knows it.
    assert!(console.screen().contains("for guests · plain · de"), "{}", console.screen());
    console.press("<Enter>");
    assert_eq!(console.clipboard.as_deref(), Some("Ihr Link: https://acme.whereby.com/onb-7f3c"));
}

#[test]
fn what_cannot_be_used_is_told_with_its_line_and_kept_for_another_try() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.keys("M <F4>");
    let before = handed_over(&mut console);
    let bad = "for = \"guest\"\ntext = \"{host_link}\"";
    console.send(Message::Edited(Ok(bad.into())));
    assert!(console.effects.is_empty(), "nothing is written");
    assert!(console.said().starts_with("chat is not saved: line 2: text: "), "{}", console.said());
    assert!(console.screen().contains("F4 mends it"), "{}", console.screen());
    console.keys("<F4>");
    assert_eq!(handed_over(&mut console), bad);
    // Brought back to what it was, there is nothing to save.
    console.send(Message::Edited(Ok(before.clone())));
    assert_eq!((console.said().as_str(), console.effects.len()), ("chat is as it was", 0));
    console.keys("<F4>");
    assert_eq!(handed_over(&mut console), before);
    console.send(Message::Edited(Err(Error::other("the editor did not do it"))));
    assert_eq!(console.said(), "the editor did not do it");
}

#[test]
fn what_the_configuration_does_not_take_is_said_and_kept() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.keys("M <F4>");
    handed_over(&mut console);
    let good = "text = \"Neu: {guest_link}\"";
    console.send(Message::Edited(Ok(good.into())));
    let (name, text) = asked(&mut console);
    let error = Error::config("c.toml is not valid TOML, so nothing is written into it");
    console.send(Message::Kept(Box::new(Change::Template { name, text }), Err(error)));
    assert!(console.said().contains("nothing is written"), "{}", console.said());
    console.keys("<F4>");
    assert_eq!(handed_over(&mut console), good);
}

#[test]
fn on_the_sandbox_it_holds_for_the_run() {
    let mut console = Console::with(SIZE, profiles(), true);
    console.model.add(whereby("ACME", 0));
    console.keys("M <F4>");
    handed_over(&mut console);
    console.send(Message::Edited(Ok("text = \"Neu: {guest_link}\"".into())));
    let (name, text) = asked(&mut console);
    console.send(Message::Kept(Box::new(Change::Template { name, text }), Ok(())));
    assert_eq!(console.said(), "Template chat is saved · for this run: the sandbox writes nothing");
    assert!(console.effects.is_empty());
    console.press("<Enter>");
    assert_eq!(console.clipboard.as_deref(), Some("Neu: https://acme.whereby.com/onb-7f3c"));
}

#[test]
fn f4_is_offered_among_templates_alone() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.keys("M");
    insta::assert_snapshot!(console.shot());
    console.keys("<Esc> p");
    assert!(!console.screen().contains("F4 edit"), "{}", console.screen());
    console.keys("<F4>");
    assert!(console.effects.is_empty());
}

#[test]
fn the_last_template_of_a_profile_is_kept_and_taken_up_again() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.keys("M phone <Enter>");
    let habit = Habit { profile: "whereby".into(), template: "phone".into() };
    assert_eq!(console.effects.remove(0), Effect::KeepHabit(habit.clone()));
    let mut next = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    next.send(Message::Habits(vec![habit]));
    next.press("m");
    assert!(next.clipboard.as_ref().unwrap().starts_with("Please open https://"), "{:?}", next.clipboard);
}

#[test]
fn a_habit_is_never_one_for_hosts_and_never_above_what_was_just_chosen() {
    let habit = |template: &str| Habit { profile: "whereby".into(), template: template.into() };
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.send(Message::Habits(vec![habit("hand-over"), habit("no-such"), habit("roster")]));
    console.press("m");
    assert!(console.clipboard.as_ref().unwrap().starts_with("Hello, here is"), "{:?}", console.clipboard);
    console.press("M phone <Enter>");
    console.effects.clear();
    console.send(Message::Habits(vec![habit("chat")]));
    console.press("m");
    assert!(console.clipboard.as_ref().unwrap().starts_with("Please open"), "{:?}", console.clipboard);
}
