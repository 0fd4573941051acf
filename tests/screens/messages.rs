//! Messages: previewed in the details, copied with one key, chosen from a list, armed while the room is made.

use roomkey::app::effect::Effect;
use roomkey::app::messages::Texts;
use roomkey::app::row::Arm;
use roomkey::config::Config;
use roomkey::domain::clipboard::Care;

use crate::support::console::Console;
use crate::support::entries::{answer, bunch, joinme, moderator, morning, token, whereby};

const SIZE: (u16, u16) = (80, 24);

fn texts(config: &str) -> Texts {
    let config = Config::parse(config, "c.toml");
    assert_eq!(config.problems(), []);
    Texts::new(config.templates(|_| None))
}

#[test]
fn a_message_is_one_key_away() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    let preview = "Message  Hello, here is your meeting link: https://acme.whereby.com/…  m copy";
    assert!(console.screen().contains(preview), "{}", console.screen());
    console.press("m");
    let link = "https://acme.whereby.com/onb-7f3c";
    let text = format!("Hello, here is your meeting link: {link}\nPlease use it before 16:00 (CET).");
    assert_eq!(console.clipboard.as_deref(), Some(text.as_str()));
    assert_eq!(console.said(), "Sent the message chat (101 characters) · OSC 52, cannot be confirmed");
}

#[test]
fn the_users_first_template_is_what_begins() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.model.texts = texts(
        "[templates.lead]\nfor = \"host\"\ntext = \"{host_link}\"\n\
         [templates.kurz]\nlang = \"de\"\ntext = \"Ihr Link: {guest_link}\"",
    );
    console.press("m");
    assert_eq!(console.clipboard.as_deref(), Some("Ihr Link: https://acme.whereby.com/onb-7f3c"));
}

#[test]
fn a_chosen_template_is_copied_and_stays_with_its_profile() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.press("M phone <Enter>");
    let text = "Please open https://acme.whereby.com/onb-7f3c\nPlease use it before 16:00 (CET).";
    assert_eq!(console.clipboard.as_deref(), Some(text));
    console.clipboard = None;
    console.press("m");
    assert_eq!(console.clipboard.as_deref(), Some(text));
    console.press("j m");
    assert!(console.clipboard.as_ref().unwrap().starts_with("Hello, here is"), "{:?}", console.clipboard);
}

#[test]
fn a_message_for_hosts_is_asked_about_and_is_no_habit() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.keys("M hand <Enter>");
    assert!(console.effects.is_empty());
    assert!(console.screen().contains("holds the HOST link"), "{}", console.screen());
    console.keys("<Right> <Enter>");
    let Some(Effect::Copy(copy)) = console.effects.first() else { panic!("no copy") };
    assert_eq!(copy.care, Care::Host);
    console.perform();
    assert!(console.clipboard.as_ref().unwrap().contains("roomKey=eyJSECRET"));
    console.press("m");
    assert!(!console.clipboard.as_ref().unwrap().contains("roomKey"));
}

#[test]
fn a_host_link_never_comes_by_the_message_key() {
    let mut console = Console::showing(SIZE, vec![moderator("Ms Oshafi", 0)]);
    assert!(!console.screen().contains("m copy"));
    console.press("m");
    assert_eq!(console.clipboard, None);
    assert!(console.screen().contains("This is a host link: nothing copied"));
}

#[test]
fn without_a_link_there_is_no_message() {
    let mut console = Console::showing(SIZE, vec![token(0)]);
    console.press("m");
    assert_eq!(console.clipboard, None);
    assert!(console.said().starts_with("No link here"), "{}", console.said());
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.model.texts = texts("[templates.a]\ntext = \"By phone: {phone}, or {guest_link}\"");
    console.press("m");
    assert_eq!(console.clipboard, None);
    assert!(console.said().starts_with("No link is left in this message"), "{}", console.said());
}

#[test]
fn what_is_odd_about_the_link_is_asked_about_first() {
    let mut entry = whereby("ACME", 0);
    entry.links[0].warning = Some("its host is not one of Whereby's".into());
    let mut console = Console::showing(SIZE, vec![entry]);
    console.press("m");
    assert_eq!(console.clipboard, None);
    assert!(console.screen().contains("not an ordinary link"));
    console.press("<Right> <Enter>");
    assert!(console.clipboard.as_ref().unwrap().starts_with("Hello"));
}

#[test]
fn a_row_being_created_is_armed_for_its_message() {
    let mut console = Console::demo(SIZE);
    console.keys("N m");
    assert_eq!(console.said(), "Will copy the message when ready");
    assert!(console.screen().contains("~ creating armed"));
    console.keys("y");
    assert_eq!(console.said(), "Will copy the guest link when ready");
    console.keys("m");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert!(
        console.clipboard.as_ref().unwrap().starts_with("Hello, here is your meeting link: https://bunch")
    );
    assert!(console.said().starts_with("Sent the message chat of Guest"), "{}", console.said());
}

#[test]
fn what_is_copied_on_every_creation_is_armed_by_itself() {
    for (arm, begins) in [(Arm::Link, "https://bunch"), (Arm::Message, "Hello, here")] {
        let mut console = Console::demo(SIZE);
        console.model.copy_on_create = Some(arm);
        console.keys("N");
        assert!(console.said().contains(&format!("copies {} when ready", arm.name())), "{}", console.said());
        let (job, plan) = console.call();
        console.finish(job, answer(&plan));
        assert!(console.clipboard.as_ref().unwrap().starts_with(begins), "{:?}", console.clipboard);
    }
}

#[test]
fn jobs_that_copy_by_themselves_name_what_they_replace() {
    let mut console = Console::demo(SIZE);
    console.model.copy_on_create = Some(Arm::Message);
    console.keys("N 2 N");
    for (job, plan) in console.calls() {
        console.finish(job, answer(&plan));
    }
    assert!(console.said().contains("replaces the message chat of Guest"), "{}", console.said());
}

#[test]
fn a_roster_is_about_everyone_of_the_ticket() {
    let ticket = |mut entry: roomkey::domain::entry::Entry| {
        entry.asked.ticket = Some("T-1".into());
        entry
    };
    let people = [("Ana", -4), ("Cem", -1)].map(|(name, made)| ticket(bunch(name, made)));
    let boss = ticket(moderator("Boss", -3));
    let other = bunch("Other", -2);
    let [ana, cem] = people;
    let mut console = Console::showing(SIZE, vec![ana, boss, other, cem]);
    console.press("M roster <Enter>");
    let link = "https://www.bunch.community/j/eyJTOKEN";
    assert_eq!(console.clipboard, Some(format!("Ana\n{link}\nCem\n{link}")));
    assert!(console.said().starts_with("Sent the message roster for 2"), "{}", console.said());
}

#[test]
fn the_preview_shows_no_secrets() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", 0)]);
    console.keys("i");
    assert!(!console.screen().contains("eyJTOKEN"));
    assert!(console.keys(".").screen().contains("eyJTOKEN"));
    let mut console = Console::showing((140, 40), vec![joinme("Screen share", 0)]);
    assert!(!console.screen().contains("PRESENTER"));
}

#[test]
fn the_list_of_templates() {
    let mut console = Console::showing(SIZE, morning());
    insta::assert_snapshot!("templates", console.keys("M").shot());
}
