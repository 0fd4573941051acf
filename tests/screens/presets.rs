//! Presets in the form: loaded under what was typed, saved without secrets, renamed, deleted and made the default.

use roomkey::app::effect::Effect;
use roomkey::app::layer::Layer;
use roomkey::app::message::Message;
use roomkey::config::Change;
use roomkey::domain::literal::Literal;
use roomkey::error::Error;

use crate::support::console::{Console, profiles};

const SIZE: (u16, u16) = (80, 24);

/// Whereby with two presets, the first its default, and the form open.
fn form() -> Console {
    let mut profiles = profiles();
    let short = profiles[4].preset.clone().unwrap();
    let mut long = short.clone();
    long.name = "workshop".into();
    long.values = vec![("endDate".into(), "in 3h".into()), ("roomMode".into(), "group".into())];
    profiles[4].presets = vec![short, long];
    let mut console = Console::with(SIZE, profiles, false);
    console.keys("5 n");
    console
}

/// The change asked for.
#[track_caller]
fn asked(console: &mut Console) -> Change {
    match console.effects.remove(0) {
        Effect::Keep(change) => *change,
        other => panic!("{other:?}"),
    }
}

/// Answers the change asked for as done.
#[track_caller]
fn keep(console: &mut Console) -> Change {
    let change = asked(console);
    console.send(Message::Kept(Box::new(change.clone()), Ok(())));
    assert!(console.effects.pop().is_none_or(|effect| effect == Effect::Reload), "but for the sandbox");
    change
}

fn value<'a>(console: &'a Console, name: &str) -> Option<&'a str> {
    let Some(Layer::Form(form)) = console.model.layers.first() else { panic!("no form") };
    let state = form.fields().find(|(known, ..)| *known == name).unwrap().2;
    match &state.control {
        roomkey::app::form::Control::Text(input) => Some(input.text()),
        roomkey::app::form::Control::One(word) => word.as_deref(),
        _ => None,
    }
}

#[test]
fn the_page_shows_what_each_preset_holds() {
    let mut console = form();
    console.keys("<F3>");
    insta::assert_snapshot!(console.shot());
    console.keys("j s");
    insta::assert_snapshot!(console.shot());
}

#[test]
fn loading_fills_the_form_under_what_was_typed() {
    let mut console = form();
    assert_eq!(value(&console, "endDate"), Some("in 30m"));
    console.keys("<F3> j <Enter>");
    assert_eq!(console.said(), "Filled from preset workshop");
    assert_eq!((value(&console, "endDate"), value(&console, "roomMode")), (Some("in 3h"), Some("group")));
    assert_eq!(value(&console, "isLocked"), None, "the other preset holds it");
    assert!(console.keys("<Tab>").screen().contains("preset workshop"));
    console.keys("<S-Tab> in1h <F3>jj<Enter>");
    assert_eq!(value(&console, "endDate"), Some("in1h"));
    assert_eq!(value(&console, "roomMode"), None);
}

#[test]
fn typed_values_stay_and_are_counted() {
    let mut console = form();
    console.keys("45m <F3> j <Enter>");
    assert_eq!(console.said(), "Filled from preset workshop · one value you typed stays");
    assert_eq!((value(&console, "endDate"), value(&console, "roomMode")), (Some("45m"), Some("group")));
}

#[test]
fn no_preset_leaves_what_the_page_says() {
    let mut console = form();
    console.keys("<F3> k <Enter> <F2>");
    assert_eq!(console.call().1.values.get("isLocked"), None);
}

#[test]
fn the_loaded_preset_survives_leaving_the_form() {
    let mut console = form();
    console.keys("<F3> j <Enter> <Esc> n");
    assert_eq!(value(&console, "roomMode"), Some("group"));
    assert!(console.screen().contains("preset workshop"));
}

#[test]
fn saving_writes_typed_and_preset_values_and_the_form_is_filled_from_it() {
    let mut console = form();
    console.keys("45m <F3> s <C-u>");
    console.paste("standup").keys("<Enter>");
    let Change::Save { preset, over: false } = keep(&mut console) else { panic!() };
    assert_eq!((preset.name.as_str(), preset.profile.as_str()), ("standup", "whereby"));
    assert_eq!(preset.operation, "create");
    let wanted = [("endDate", Literal::Text("45m".into())), ("isLocked", Literal::Bool(true))];
    assert_eq!(preset.values, wanted.map(|(name, value)| (name.to_owned(), value)));
    assert_eq!(console.said(), "Preset standup is saved with 2 values");
    assert!(matches!(console.model.layers.last(), Some(Layer::Form(_))));
    assert!(console.keys("<Tab>").screen().contains("preset standup"));
    console.keys("<F3><Esc><Esc> n");
    assert_eq!(value(&console, "endDate"), Some("45m"), "it fills the form anew");
    let profile = &console.model.book.profiles[4];
    assert_eq!(profile.presets.len(), 3);
    assert_eq!(profile.preset.as_ref().unwrap().name, "30min-call", "the default stays");
}

#[test]
fn a_saved_default_is_what_quick_creation_uses() {
    let mut console = form();
    console.keys("45m <F3> s <C-u>").paste("standup").keys("<Enter>");
    keep(&mut console);
    console.keys("<F3> m");
    assert_eq!(
        keep(&mut console),
        Change::Default { profile: "whereby".into(), preset: Some("standup".into()) }
    );
    assert_eq!(console.said(), "Quick creation with whereby uses preset standup now");
    console.keys("<Esc><Esc>");
    assert!(console.screen().contains("preset: standup"), "{}", console.screen());
    console.keys("N");
    let (_, plan) = console.call();
    assert!(plan.asked.values.contains(&("endDate".into(), "45m".into())));
    console.effects.clear();
    console.keys("n <F3> m");
    assert!(matches!(asked(&mut console), Change::Default { preset: None, .. }), "once more takes it back");
}

#[test]
fn a_taken_name_is_asked_about_and_a_bad_one_refused() {
    let mut console = form();
    console.keys("<F3> s <C-u> <Enter>");
    assert!(console.screen().contains("must not be empty"));
    console.paste("workshop").keys("<Enter>");
    assert!(console.effects.is_empty() && console.screen().contains("There is a preset workshop already."));
    console.keys("<Enter>");
    assert!(console.effects.is_empty(), "the first answer changes nothing");
    console.keys("s <C-u>").paste("workshop").keys("<Enter><Tab><Enter>");
    assert!(matches!(asked(&mut console), Change::Save { over: true, .. }));
}

#[test]
fn renaming_and_deleting_follow_in_the_form() {
    let mut console = form();
    console.keys("<F3> r <C-u>").paste("workshop").keys("<Enter>");
    assert!(console.effects.is_empty() && console.screen().contains("there is a preset workshop already"));
    console.keys("<C-u>").paste("half hour").keys("<Enter>");
    keep(&mut console);
    assert_eq!(console.said(), "Preset 30min-call is called half hour now");
    assert!(console.screen().contains("half hour"));
    console.keys("d");
    assert!(console.screen().contains("Delete preset half hour"));
    console.keys("<Tab><Enter>");
    assert_eq!(keep(&mut console), Change::Delete { name: "half hour".into() });
    console.keys("<Esc><Esc>");
    assert!(!console.screen().contains("preset:"), "the profile has no default any more");
}

#[test]
fn what_could_not_be_written_changes_nothing() {
    let mut console = form();
    console.keys("45m <F3> s <C-u>").paste("standup").keys("<Enter>");
    let change = asked(&mut console);
    let error = Error::config("c.toml is not valid TOML").hint("mend it first");
    console.send(Message::Kept(Box::new(change), Err(error)));
    assert_eq!(console.said(), "c.toml is not valid TOML · mend it first");
    assert_eq!(console.model.book.profiles[4].presets.len(), 2);
    assert_eq!(value(&console, "endDate"), Some("45m"));
}

#[test]
fn secret_fields_are_never_saved_and_stay_in_the_form() {
    let mut console = Console::demo(SIZE);
    console.keys("4 n");
    let Some(Layer::Form(form)) = console.model.layers.last_mut() else { panic!() };
    let secret = form.fields().find(|(_, field, _)| field.secret).map(|(name, ..)| name.to_owned());
    form.go_to(&secret.expect("a secret field"));
    console.paste("sEcReT-CANARY").keys("<F3> s").paste("p").keys("<Enter>");
    let change = keep(&mut console);
    assert!(!format!("{change:?}").contains("CANARY"));
    console.keys("<F2>");
    assert!(format!("{:?}", console.call().1.values).contains("Secret(••••)"), "it is still sent");
}

#[test]
fn letters_are_text_while_a_name_is_typed() {
    let mut console = form();
    console.keys("<F3> s <C-u> qdm");
    assert!(console.effects.is_empty());
    assert!(console.screen().contains("qdm"));
    console.keys("<Esc><Esc><Esc>");
    assert!(console.model.layers.is_empty());
}

#[test]
fn every_size_holds_the_page() {
    for size in [(60, 15), (80, 24), (100, 30), (160, 45), (20, 5)] {
        let mut console = form();
        console.resize(size.0, size.1).keys("<F3>");
        console.screen();
        console.keys("s").screen();
    }
}
