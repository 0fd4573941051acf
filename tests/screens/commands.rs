//! The palette, and what is reached by it: a configuration that is read anew. A doubtful one is asked about first.

use insta::assert_snapshot;
use roomkey::app::effect::Effect;
use roomkey::app::message::Message;
use roomkey::error::Error;

use crate::support::console::{Console, profile};
use crate::support::entries::whereby;

const SIZE: (u16, u16) = (80, 24);

#[test]
fn words_are_typed_with_the_spaces_between_them() {
    let mut console = Console::demo(SIZE);
    let screen = console.keys(": copy<Space>the<Space>guest").screen();
    assert!(screen.contains("copy the guest"), "{screen}");
    let screen = console.keys("<Esc> p bunch<Space>x").screen();
    assert!(screen.contains("bunch x"), "{screen}");
}

#[test]
fn every_action_is_found_by_its_word() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME onboarding", 0)]);
    console.keys(":");
    assert_snapshot!(console.shot());
    console.keys("host <Enter>").perform();
    assert!(console.clipboard.is_some(), "the host link was copied");
    console.keys(": <Esc> : zzz <Enter> <Esc>");
    assert!(console.effects.is_empty() && console.model.layers.is_empty());
    console.keys("i : revea <Enter>");
    assert!(console.model.reveal.is_some(), "what acts on the entry is found over its details");
}

#[test]
fn it_opens_over_a_form_and_leaves_it_as_it_is() {
    let mut console = Console::demo(SIZE);
    console.keys("n a : <F9> advanc");
    assert!(console.screen().contains("Choose an action"), "{}", console.screen());
    console.keys("<Enter>");
    assert!(console.screen().contains("a:"), "the colon was text: {}", console.screen());
    // A question is answered first.
    console.keys("<Esc> N N <F9>");
    assert!(console.screen().contains("Create another?"), "{}", console.screen());
}

#[test]
fn a_changed_configuration_stands_above_until_it_is_read() {
    let mut console = Console::with(SIZE, vec![profile("trial", "bunch", "api_key")], false);
    console.send(Message::ConfigChanged);
    assert!(console.screen().contains("config changed on disk · :reload"), "{}", console.screen());
    console.keys(": reload <Enter>");
    assert_eq!(console.effects, [Effect::Reload]);
    let mut demo = Console::demo(SIZE);
    demo.keys(": reload <Enter>");
    assert!(demo.effects.is_empty() && demo.said().contains("sandbox"), "{}", demo.said());
}

#[test]
fn a_doubtful_profile_is_used_after_a_question_and_then_without() {
    let mut doubtful = profile("trial", "bunch", "api_key");
    doubtful.doubt = Some("others can write /tmp/config.toml, which holds api_key of profile trial".into());
    let mut console = Console::with(SIZE, vec![doubtful, profile("other", "bunch", "api_key")], false);
    console.keys("N");
    assert_snapshot!(console.shot());
    console.keys("<Enter>");
    assert!(console.effects.is_empty(), "the first answer changes nothing");
    console.keys("N <Tab> <Enter>");
    assert!(matches!(&console.effects[..], [Effect::Trust(name), Effect::Create(..)] if name == "trial"));
    console.effects.remove(0);
    let (job, plan) = console.call();
    console.finish(job, plan.not_created(Error::other("no"))).keys("N 2 N");
    assert_eq!(console.calls().len(), 2, "no second question, and none for the other");
}

#[test]
fn a_proxy_in_use_is_named() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME onboarding", 0)]);
    assert!(!console.screen().contains("proxy"));
    console.model.proxy = Some("proxy.example:3128".into());
    assert!(console.screen().contains("through proxy proxy.example:3128"), "{}", console.screen());
}
