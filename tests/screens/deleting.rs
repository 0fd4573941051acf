//! Looking entries up, deleting them at their provider and forgetting them here, by keys: what is asked before, what the
//! rows say meanwhile, and what becomes of a deleted entry's links.

use roomkey::app::effect::Effect;
use roomkey::app::message::Message;
use roomkey::domain::entry::{Detail, Entry, State};
use roomkey::domain::finding::{Asking, Finding, Found, Told};
use roomkey::domain::secret::Secret;
use roomkey::domain::text::DisplayText;
use roomkey::error::{Error, Kind};

use crate::support::console::Console;
use crate::support::entries::{at, bunch, failed, joinme, maybe, whereby};

const SIZE: (u16, u16) = (80, 24);

/// A room that holds what its provider knows it by.
fn room(name: &str, made: i64) -> Entry {
    let id = Detail {
        key: "meetingId".into(),
        label: "Meeting id".into(),
        value: Secret::new("84120"),
        secret: false,
        copy: false,
        host: false,
    };
    Entry { details: vec![id], ..whereby(name, made) }
}

/// The calls asked for, answered with this.
fn answer(console: &mut Console, found: &Result<Found, Error>) {
    for effect in std::mem::take(&mut console.effects) {
        let Effect::Ask(job, question) = effect else { panic!("{effect:?}") };
        let finding = found.clone().map(|found| Finding { at: at(180), found });
        console.send(Message::Answered { job, asking: question.asking, answer: Box::new(finding) });
    }
}

fn there() -> Found {
    let line = DisplayText::line;
    Found::There(vec![
        Told { label: line("Ends"), value: line("2026-11-21T15:00:00Z"), time: Some(at(7080)) },
        Told { label: line("Room"), value: line("/onb-7f3c"), time: None },
    ])
}

fn forgotten(console: &mut Console) -> Vec<String> {
    let effects = std::mem::take(&mut console.effects).into_iter();
    effects
        .map(|effect| match effect {
            Effect::Forget(entry) => entry.name.to_string(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_look_says_what_is_known_and_when_it_was_asked() {
    let mut console = Console::showing(SIZE, vec![room("ACME onboarding", 0)]);
    console.keys("<F5>");
    insta::assert_snapshot!("checking", console.shot());
    console.keys("<F5>");
    assert_eq!(console.effects.len(), 1, "asked once");
    answer(&mut console, &Ok(there()));
    insta::assert_snapshot!("checked", console.shot());
    console.keys("i");
    insta::assert_snapshot!("checked_details", console.shot());
}

#[test]
fn deleting_asks_first_and_cancel_changes_nothing() {
    let mut console = Console::showing(SIZE, vec![room("ACME onboarding", 0)]);
    console.keys("d");
    insta::assert_snapshot!("delete", console.shot());
    console.keys("<Enter>");
    assert!(console.effects.is_empty() && console.model.rows.total() == 1);
    console.keys("d <Esc>");
    assert!(console.effects.is_empty() && console.model.layers.is_empty());
}

#[test]
fn a_deleted_entry_says_so_and_its_links_are_not_copied_by_the_way() {
    let mut console = Console::showing(SIZE, vec![room("ACME onboarding", 0)]);
    console.keys("d <Right> <Enter>");
    insta::assert_snapshot!("deleting", console.shot());
    answer(&mut console, &Ok(Found::Deleted));
    insta::assert_snapshot!("deleted", console.shot());
    for keys in ["y", "m", "Y", "o"] {
        console.press(keys);
        assert!(console.screen().contains("What this link led to is deleted."), "{}", console.screen());
        console.keys("<Esc>");
        assert_eq!((console.clipboard.take(), console.effects.len()), (None, 0), "{keys}");
    }
    console.keys("x");
    assert_eq!(console.said(), "Nothing is under way on this row");
}

#[test]
fn an_answer_that_never_came_says_to_check() {
    let mut console = Console::showing(SIZE, vec![room("ACME onboarding", 0)]);
    console.keys("d <Right> <Enter>");
    let error =
        Error::new(Kind::Timeout, "Whereby did not answer within 30 s").hint("it may be deleted: check it");
    answer(&mut console, &Err(error));
    insta::assert_snapshot!("unclear", console.shot());
    assert_eq!(console.model.rows.selected().unwrap().state, State::Live);
}

#[test]
fn what_the_provider_cannot_delete_can_be_forgotten() {
    for (entry, why) in [
        (bunch("Ms Oshafi", 0), "There is no way to delete at Bunch what"),
        (failed(0), "Nothing was created, so there is nothing to delete"),
        (maybe(0), "This entry does not hold “Meeting id”"),
        (joinme("Share", 0), "There is no way to delete at join.me what “Start a meeting now” makes."),
    ] {
        let name = entry.name.to_string();
        let mut console = Console::showing(SIZE, vec![entry]);
        console.keys("d");
        let screen = console.screen();
        assert!(screen.contains(why) && !screen.contains("Delete at the provider"), "{screen}");
        console.keys("<Right> <Enter>");
        assert_eq!(forgotten(&mut console), [name]);
        assert_eq!(console.model.rows.total(), 0);
        assert!(console.said().starts_with("Forgotten here: "), "{}", console.said());
    }
}

#[test]
fn a_profile_that_is_gone_is_said() {
    let mut entry = room("ACME", 0);
    entry.profile = "old".into();
    let mut console = Console::showing(SIZE, vec![entry]);
    console.keys("<F5>");
    assert!(console.effects.is_empty());
    assert!(console.said().starts_with("Profile old is not there any more"), "{}", console.said());
}

#[test]
fn what_is_marked_goes_together_after_one_question() {
    let mut console =
        Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), room("ACME", -30), room("Late", 0)]);
    console.keys("<Space> <Space> <Space> d");
    insta::assert_snapshot!("delete_marked", console.shot());
    console.keys("<Right> <Enter>");
    assert!(console.said().starts_with("Deleting 2 at their providers"), "{}", console.said());
    let last = console.effects.pop().unwrap();
    answer(&mut console, &Ok(Found::Deleted));
    assert!(console.said().ends_with("1 more to go"), "{}", console.said());
    console.effects.push(last);
    answer(&mut console, &Err(Error::new(Kind::Refused, "Whereby does not allow this").status(403)));
    assert!(console.said().starts_with("1 of 2 are deleted · 1 may be there still"), "{}", console.said());
    insta::assert_snapshot!("deleted_marked", console.shot());
    // While one entry is looked at it alone is meant.
    console.keys("i d");
    assert!(console.screen().contains("Ms Oshafi (bunch)"), "{}", console.screen());
    console.keys("<Esc> <Esc> d <Right> <Right> <Enter>");
    assert_eq!(forgotten(&mut console).len(), 2, "what is deleted is marked no more");
    assert_eq!(console.model.rows.total(), 1);
}

#[test]
fn a_deletion_under_way_is_asked_about_before_leaving_and_a_look_is_not() {
    let mut console = Console::showing(SIZE, vec![room("ACME", 0)]);
    console.keys("<F5> q");
    assert!(matches!(console.effects.pop(), Some(Effect::Quit(0))));
    answer(&mut console, &Ok(there()));
    console.keys("d <Right> <Enter> q");
    let screen = console.screen();
    assert!(screen.contains("1 call is under way.") && screen.contains("check it next time"), "{screen}");
}

#[test]
fn what_others_have_deleted_is_deleted_here() {
    let mut console = Console::showing(SIZE, vec![room("ACME", 0)]);
    let mut entry = console.model.rows.selected().unwrap().entry().unwrap().clone();
    entry.deleted = Some(at(60));
    console.send(Message::Others(vec![entry]));
    assert!(console.screen().contains("d deleted"), "{}", console.screen());
    assert_eq!(console.model.rows.count(State::Deleted), 1);
    // A look that finds it after all takes the mark away.
    console.keys("<F5>");
    assert!(matches!(&console.effects[..], [Effect::Ask(_, question)] if question.asking == Asking::Check));
    answer(&mut console, &Ok(there()));
    assert!(console.screen().contains("+ live"), "{}", console.screen());
}
