//! Names made from patterns of the profile, of a preset and of the page, and made anew.

use roomkey::app::book::Preset;
use roomkey::app::form::Control;
use roomkey::app::layer::Layer;

use crate::support::console::{Console, profiles};
use crate::support::entries::answer;

/// Metered with patterns: a default of the profile under one of its preset.
fn console(default: &str, preset: &str) -> Console {
    let mut profiles = profiles();
    profiles[2].prefix = "acme".into();
    profiles[2].defaults = vec![("roomName".into(), default.into())];
    if !preset.is_empty() {
        let values = vec![("roomName".into(), preset.into())];
        let preset = Preset { name: "p".into(), operation: Some("create-room".into()), values };
        profiles[2].presets = vec![preset.clone()];
        profiles[2].preset = Some(preset);
    }
    let mut console = Console::with((80, 24), profiles, true);
    console.keys("3");
    console
}

fn room(console: &Console) -> String {
    let Some(Layer::Form(form)) = console.model.layers.last() else { panic!("no form") };
    let (_, _, state) = form.fields().find(|(name, ..)| *name == "roomName").unwrap();
    let Control::Text(input) = &state.control else { panic!() };
    input.text().to_owned()
}

#[test]
fn patterns_of_profile_and_preset_are_filled_in_the_alphabet_of_the_field() {
    let mut plain = console("{prefix}-{agent}-{date}", "");
    plain.keys("n");
    assert_eq!(room(&plain), "acme-Ada-2026-11-21");
    let mut over = console("{prefix}", "{time} {rand}");
    over.keys("N");
    let (_, plan) = over.call();
    let (name, made) = &plan.asked.values[0];
    assert!(name == "roomName" && made.starts_with("14-02-rand"), "{made}");
}

#[test]
fn the_pattern_is_rerolled_and_saved_as_a_pattern() {
    let mut console = console("", "call-{rand}");
    console.keys("n");
    let first = room(&console);
    let Some(Layer::Form(form)) = console.model.layers.last_mut() else { panic!() };
    form.go_to("roomName");
    console.keys("<C-r>");
    let second = room(&console);
    assert!(first != second && second.starts_with("call-rand"), "{first} {second}");
    let Some(Layer::Form(form)) = console.model.layers.last() else { panic!() };
    assert_eq!(form.to_save()[0].1.typed(), "call-{rand}");
}

#[test]
fn once_more_makes_another_name_and_knows_the_same_wish() {
    let mut console = console("", "call-{rand}");
    console.keys("N");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan)).wait(60_000).keys("R");
    let (_, again) = console.call();
    assert_ne!(plan.values.get("roomName"), again.values.get("roomName"));
    console.keys("R");
    assert!(console.screen().contains("under way"), "the same wish, whatever chance made of it");
}
