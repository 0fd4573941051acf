//! The same meeting on another profile: what the list of profiles says, and what the form then holds.

use insta::assert_snapshot;

use roomkey::app::layer::Layer;

use crate::support::console::Console;
use crate::support::entries::answer;

const SIZE: (u16, u16) = (80, 24);

/// A Whereby room that has been answered: locked by its preset, large, with a title.
fn made(size: (u16, u16)) -> Console {
    let mut console = Console::demo(size);
    console.keys("5 n <Up><Up>").paste("ACME");
    console.keys("<F8>roomMode<Enter><Space><Space><F2>");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    console
}

/// The values of the open form's draft, those that were typed.
fn typed(console: &Console) -> Vec<String> {
    let Some(Layer::Form(form)) = console.model.layers.last() else { panic!("no form") };
    let draft = form.drafts().pop().unwrap();
    draft.values.iter().map(|(name, value)| format!("{name}={value}")).collect()
}

#[test]
fn the_list_says_what_does_not_carry_over_before_one_is_chosen() {
    let mut console = made(SIZE);
    console.keys("e");
    assert_snapshot!(console.shot());
    console.effects.clear();
    console.keys("<Esc>");
    assert!(console.model.layers.is_empty() && console.effects.is_empty(), "nothing was sent");
}

#[test]
fn the_form_of_the_other_profile_holds_what_carries_over_and_names_the_rest() {
    let mut console = made(SIZE);
    console.keys("e met<Enter>");
    let screen = console.screen();
    assert!(screen.contains("New link") && screen.contains("metered"), "{screen}");
    assert!(screen.contains("does not carry over: Room size"), "{screen}");
    let typed = typed(&console);
    // The name was made by chance and is made anew, for the other provider.
    assert_eq!(typed, ["privacy=private", "expireUnixSec=in 30m"]);
    console.keys("<F2>");
    let (_, plan) = console.calls().pop().unwrap();
    assert_eq!((plan.page.id.as_str(), plan.profile.as_str()), ("metered", "metered"));
    assert_eq!(plan.asked.title.as_deref(), Some("ACME"));
    assert_eq!(console.model.profile().unwrap().name, "whereby", "the profile in front stays");
}
