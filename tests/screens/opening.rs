//! Links are opened by the keys that say so, never by themselves; where there is no browser they are shown.

use roomkey::app::effect::Effect;
use roomkey::app::message::Message;
use roomkey::app::want::Want;
use roomkey::domain::entry::Entry;

use crate::support::console::Console;
use crate::support::entries::{hard, joinme, moderator, whereby};

const SIZE: (u16, u16) = (80, 24);

fn one(entry: Entry) -> Console {
    Console::showing(SIZE, vec![entry])
}

#[track_caller]
fn opened(console: &mut Console) -> (Want, String) {
    match console.effects.pop() {
        Some(Effect::Open { want, url, .. }) => (want, url.expose().to_owned()),
        other => panic!("not opened: {other:?}"),
    }
}

#[test]
fn each_key_opens_its_link() {
    let mut console = one(whereby("ACME", 0));
    console.keys("o");
    assert_eq!(opened(&mut console), (Want::Guest, "https://acme.whereby.com/onb-7f3c".into()));
    console.keys("O");
    assert_eq!(
        opened(&mut console),
        (Want::Host, "https://acme.whereby.com/onb-7f3c?roomKey=eyJSECRET".into())
    );
    let job = console.model.rows.selected().unwrap().job;
    console.send(Message::Opened { job, want: Want::Host, result: Ok("firefox".into()) });
    assert_eq!(console.said(), "Opened the host link · firefox · you enter as host");
}

#[test]
fn a_host_link_is_not_opened_by_the_plain_key() {
    let mut console = one(moderator("Boss", 0));
    console.keys("o");
    assert!(console.effects.is_empty());
    assert!(console.screen().contains("This is a host link: not opened   O opens it"));
}

#[test]
fn what_opening_would_spoil_is_asked_about() {
    let mut console = one(joinme("Screen share", 0));
    console.keys("O");
    assert!(console.effects.is_empty());
    assert!(console.screen().contains("This link works once: opening it uses it up."));
    console.keys("<Enter>");
    assert!(console.effects.is_empty(), "the first answer changes nothing");
    console.keys("O <Right> <Enter>");
    assert_eq!(opened(&mut console).0, Want::Host);
    let mut ended = whereby("ACME", 0);
    ended.links[0].ends = hard(-60);
    let mut console = one(ended);
    console.keys("o");
    assert!(console.effects.is_empty() && console.screen().contains("This link ended"));
}

#[test]
fn without_a_browser_the_link_is_shown() {
    let mut console = one(whereby("ACME", 0));
    console.keys("o");
    opened(&mut console);
    let job = console.model.rows.selected().unwrap().job;
    let why = "the browser of this machine is not where you are";
    console.send(Message::Opened { job, want: Want::Guest, result: Err(why.into()) });
    let screen = console.screen();
    assert!(screen.contains("Not opened: the guest link") && screen.contains(why), "{screen}");
    assert!(screen.lines().any(|line| line == "https://acme.whereby.com/onb-7f3c"), "{screen}");
}
