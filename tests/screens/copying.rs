//! A plain copy yields the guest link or nothing; rows still being created are armed; what is odd is asked about.

use roomkey::app::effect::Effect;
use roomkey::app::message::{CopyReport, Message};
use roomkey::app::want::Want;
use roomkey::domain::clipboard::Care;
use roomkey::domain::entry::Entry;
use roomkey::error::{Error, Kind};

use crate::support::console::Console;
use crate::support::entries::{answer, at, bunch, failed, hard, joinme, maybe, moderator, token, whereby};

const SIZE: (u16, u16) = (80, 24);

fn silent() -> Error {
    Error::new(Kind::Clipboard, "could not copy: the clipboard did not answer within 2 s")
}

fn one(entry: Entry) -> Console {
    Console::showing(SIZE, vec![entry])
}

#[test]
fn every_plain_copy_key_yields_the_guest_link_and_nothing_else() {
    for key in ["y", "c", "<Enter>"] {
        let mut console = one(whereby("ACME", 0));
        console.press(key);
        assert_eq!(console.clipboard.as_deref(), Some("https://acme.whereby.com/onb-7f3c"), "{key}");
    }
}

#[test]
fn a_personal_link_is_copied_where_it_is_all_there_is() {
    let mut console = one(bunch("Ms Oshafi", 0));
    console.press("y");
    assert_eq!(console.clipboard.as_deref(), Some("https://www.bunch.community/j/eyJTOKEN"));
    assert_eq!(console.said(), "Sent the personal link (38 characters) · OSC 52, cannot be confirmed");
}

#[test]
fn a_host_link_never_comes_by_a_plain_key() {
    for key in ["y", "c", "<Enter>"] {
        let mut console = one(moderator("Ms Oshafi", 0));
        console.press(key);
        assert_eq!((console.clipboard.as_deref(), console.effects.len()), (None, 0));
        assert!(console.screen().contains("This is a host link: nothing copied   Y copies it"));
    }
}

#[test]
fn the_host_key_is_loud() {
    let mut console = one(whereby("ACME", 0));
    console.keys("Y");
    let Some(Effect::Copy(copy)) = console.effects.first() else { panic!("no copy") };
    assert_eq!(copy.care, Care::Host);
    console.perform();
    assert_eq!(console.clipboard.as_deref(), Some("https://acme.whereby.com/onb-7f3c?roomKey=eyJSECRET"));
    assert!(console.said().starts_with("Sent the HOST link (51 characters)"), "{}", console.said());
    assert!(console.screen().contains("HOST sent"));
}

#[test]
fn only_what_was_read_back_is_called_copied() {
    let mut console = one(whereby("ACME", 0));
    console.confirms = true;
    console.press("y");
    assert_eq!(console.said(), "Copied the guest link (33 characters) · the clipboard");
    assert!(console.screen().contains("+ live copied"));
    let error = Error::new(Kind::Clipboard, "the clipboard did not take it").hint("select it by hand");
    let job = console.model.rows.selected().unwrap().job;
    let report = CopyReport {
        job,
        want: Want::Guest,
        what: "the guest link".into(),
        care: Care::Plain,
        chars: 33,
        result: Err(error),
        again: None,
    };
    console.send(Message::Copied(report));
    assert_eq!(console.said(), "the clipboard did not take it · select it by hand");
}

#[test]
fn only_one_row_is_marked_as_copied() {
    let mut console = Console::showing(SIZE, vec![bunch("Mr Brandt", -60), whereby("ACME", 0)]);
    console.press("y j y");
    let screen = console.screen();
    assert_eq!(screen.matches(" sent").count(), 1, "{screen}");
    assert!(screen.lines().any(|line| line.contains("Mr Brandt") && line.contains("live sent")));
}

#[test]
fn without_a_link_it_says_what_there_is() {
    for (entry, said) in [
        (token(0), "No link here, but in the details: Access token"),
        (failed(0), "There is no link: nothing was created"),
        (maybe(0), "No link is known: it may or may not have been created"),
    ] {
        let mut console = one(entry);
        console.press("y");
        assert_eq!((console.clipboard.as_deref(), console.said().as_str()), (None, said));
    }
}

#[test]
fn one_time_links_say_so() {
    let mut console = one(joinme("Screen share", 0));
    console.press("Y");
    assert_eq!(console.clipboard, None);
    let screen = console.screen();
    assert!(screen.contains("This link works once, and a chat that looks ahead may use it up."), "{screen}");
    assert!(screen.contains("To use it yourself, open it with O."), "{screen}");
    console.press("<Right> <Enter>");
    assert!(console.said().starts_with("Sent the HOST link"), "{}", console.said());
}

#[test]
fn an_ended_link_is_copied_only_after_a_question() {
    let mut entry = whereby("ACME", -9000);
    entry.links.iter_mut().for_each(|link| link.ends = hard(-60));
    let mut console = one(entry);
    console.press("y");
    assert!(console.screen().contains("This link ended today 14:01 CET"));
    console.press("<Enter>");
    assert_eq!(console.clipboard, None, "the first answer changes nothing");
    console.press("y <Right> <Enter>");
    assert!(console.clipboard.is_some());
}

#[test]
fn a_presenter_link_is_over_when_the_computer_wakes() {
    let mut console = one(joinme("Screen share", 0));
    console.wait(15 * 60_000);
    let screen = console.screen();
    assert!(screen.contains(" - ended  https://secure.join.me/p/"), "{screen}");
    assert!(
        screen.contains("ended today 14:12 CET") && !screen.contains("- ended  https://join.me"),
        "{screen}"
    );
    console.press("Y");
    assert!(console.screen().contains("This link ended"), "{}", console.screen());
    console.press("<Enter>");
    assert_eq!(console.clipboard, None);
}

#[test]
fn an_unusual_link_is_copied_only_after_a_question() {
    let mut entry = whereby("ACME", 0);
    entry.links[0].warning = Some("its host is not one of Whereby's".into());
    let mut console = one(entry);
    console.press("y");
    assert_eq!(console.clipboard, None);
    assert!(console.screen().contains("not an ordinary link: its host is not one of Whereby's."));
    console.press("<Esc>");
    assert_eq!(console.clipboard, None);
    console.press("y <Tab> <Enter>");
    assert!(console.clipboard.is_some());
}

#[test]
fn a_row_being_created_is_armed_and_copies_when_ready() {
    let mut console = Console::demo(SIZE);
    console.keys("N y");
    assert_eq!(console.said(), "Will copy the guest link when ready");
    assert!(console.screen().contains("~ creating armed"));
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert_eq!(console.clipboard.as_deref(), Some("https://bunch.example/entry00001"));
    assert!(console.said().starts_with("Sent the personal link of Guest"), "{}", console.said());
}

#[test]
fn arming_twice_disarms() {
    let mut console = Console::demo(SIZE);
    console.keys("N y y");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert_eq!(console.clipboard, None);
    console.press("y");
    assert!(console.clipboard.is_some());
}

#[test]
fn armed_rows_never_overwrite_each_other_silently() {
    for order in [[0, 1], [1, 0]] {
        let mut console = Console::demo(SIZE);
        console.keys("N y 2 N y");
        assert!(console.said().contains("another row is armed too"), "{}", console.said());
        let calls = console.calls();
        for index in order {
            let (job, plan) = &calls[index];
            console.finish(*job, answer(plan));
        }
        let (_, last) = &calls[order[1]];
        let (_, first) = &calls[order[0]];
        assert!(console.clipboard.as_ref().unwrap().contains(&last.id));
        let replaced = format!("link of {}", first.name(None));
        let said = console.said();
        assert!(said.contains("replaces the ") && said.contains(&replaced), "{said}");
    }
}

#[test]
fn an_armed_row_that_fails_copies_nothing_and_says_why() {
    let mut console = Console::demo(SIZE);
    console.keys("N y");
    let (job, plan) = console.call();
    let error = Error::new(Kind::Auth, "Bunch refused the key").hint("check api_key of profile bunch");
    console.finish(job, plan.not_created(error));
    assert_eq!(console.clipboard, None);
    assert_eq!(console.said(), "Bunch refused the key · check api_key of profile bunch");
}

#[test]
fn an_armed_host_link_is_not_copied() {
    let mut console = Console::demo(SIZE);
    console.keys("N y");
    let (job, plan) = console.call();
    let mut entry = answer(&plan);
    entry.links[0].audience = roomkey::domain::link::Audience::Host;
    console.finish(job, entry);
    assert_eq!(console.clipboard, None);
    assert!(console.screen().contains("This is a host link: nothing copied"));
}

#[test]
fn an_armed_link_that_needs_a_question_waits_for_it() {
    let mut console = Console::demo(SIZE);
    console.keys("N y");
    let (job, plan) = console.call();
    let mut entry = answer(&plan);
    entry.links[0].warning = Some("a foreign host".into());
    console.finish(job, entry);
    assert_eq!(console.clipboard, None);
    assert!(console.said().starts_with("Ready, not copied."), "{}", console.said());
}

#[test]
fn secrets_are_dots_until_they_are_revealed_for_twenty_seconds() {
    let mut console = one(joinme("Screen share", 0));
    let hidden = console.screen();
    assert!(!hidden.contains("PRESENTER") && !hidden.contains("7755"), "{hidden}");
    let shown = console.keys("i .").screen();
    assert!(shown.contains("https://secure.join.me/p/PRESENTER") && shown.contains("7755"), "{shown}");
    assert!(console.wait(19_000).screen().contains("PRESENTER"));
    assert!(!console.wait(1_000).screen().contains("PRESENTER"));
    assert!(console.keys(".").screen().contains("PRESENTER"));
    assert!(!console.keys(".").screen().contains("PRESENTER"));
}

#[test]
fn copying_works_while_looking_at_the_details() {
    let mut console = one(whereby("ACME", 0));
    console.press("i y");
    assert_eq!(console.clipboard.as_deref(), Some("https://acme.whereby.com/onb-7f3c"));
    assert!(at(0) == console.now());
}

#[test]
fn what_no_clipboard_took_is_shown_bare_and_the_terminal_tried() {
    let mut console = one(whereby("ACME", 0));
    console.keys("y");
    console.refuse(silent());
    insta::assert_snapshot!("bare", console.shot());
    let Some(Effect::Copy(copy)) = console.effects.first() else { panic!("no other way was tried") };
    assert!(copy.by_terminal);
    console.press("<Esc>");
    assert!(console.said().contains("OSC 52, cannot be confirmed"), "{}", console.said());
}

#[test]
fn the_bare_link_is_the_guests() {
    let mut console = one(whereby("ACME", 0));
    let screen = console.keys("K").screen();
    assert!(screen.lines().any(|line| line == "https://acme.whereby.com/onb-7f3c"), "{screen}");
    assert!(console.keys("K").screen().contains("NAME"));
    let mut console = one(moderator("Ms Oshafi", 0));
    console.keys("K");
    assert!(console.screen().contains("This is a host link: not shown"));
}

#[test]
fn a_secret_that_was_taken_away_is_not_marked_any_more() {
    let mut console = one(whereby("ACME", 0));
    console.press("Y");
    assert!(console.screen().contains("HOST sent"));
    let job = console.model.rows.selected().unwrap().job;
    console.send(Message::Cleared { job, what: "the host link".into(), passed_on: true });
    assert!(console.screen().contains("HOST sent"), "the terminal may still have it");
    assert!(console.said().starts_with("Took the host link out of tmux again · your terminal may hold it"));
    console.send(Message::Cleared { job, what: "the host link".into(), passed_on: false });
    assert!(!console.screen().contains("HOST sent"));
    assert_eq!(console.said(), "Took the host link off the clipboard again");
}

#[test]
fn a_copy_that_failed_late_is_not_put_over_what_was_copied_since() {
    let mut console = Console::showing(SIZE, vec![bunch("Mr Brandt", -60), whereby("ACME", 0)]);
    console.keys("y");
    let older = console.effects.pop();
    console.press("j y");
    let newer = console.clipboard.clone();
    assert_eq!(newer.as_deref(), Some("https://www.bunch.community/j/eyJTOKEN"));
    console.effects.extend(older);
    console.refuse(silent());
    assert_eq!(console.effects.len(), 0, "no other way is tried for it");
    assert!(console.said().starts_with("ACME: could not copy"), "{}", console.said());
    assert!(!console.screen().contains("Not on the clipboard"), "{}", console.screen());
}

#[test]
fn an_armed_copy_that_goes_another_way_still_names_its_row_and_what_it_replaces() {
    let mut console = Console::demo(SIZE);
    console.keys("N y 2 N y");
    let calls = console.calls();
    let (job, plan) = &calls[0];
    console.finish(*job, answer(plan));
    let (job, plan) = &calls[1];
    console.send(Message::JobDone(*job, Box::new(answer(plan))));
    console.refuse(silent()).perform();
    console.keys("<Esc>");
    let (said, name) = (console.said(), calls[1].1.name(None));
    assert!(said.contains(&format!(" of {name} (")) && said.contains("replaces the "), "{said}");
}

#[test]
fn the_request_of_a_form_goes_by_the_terminal_too() {
    let mut console = Console::demo(SIZE);
    console.keys("5 n <A-r> <Enter>").refuse(silent());
    assert!(console.screen().contains("could not copy"), "{}", console.screen());
    console.perform();
    assert!(console.clipboard.as_ref().unwrap().starts_with("curl "), "{:?}", console.clipboard);
    assert!(console.screen().contains("cannot be confirmed"), "{}", console.screen());
}
