//! Made, checked, deleted, checked again, deleted again; at every provider whose page knows how.

use roomkey::domain::entry::State;
use roomkey::domain::finding::{Asking, Found};

use crate::support::live::Live;

/// What makes something that can be deleted: profile, keys, and what a look tells of it.
const MADE: [(&str, &str, &str); 4] = [
    ("joinme", "2n<Down>", "Name"),
    ("metered", "3N", "Privacy"),
    ("bigbluebutton", "4N", "Somebody inside"),
    ("whereby", "5N", "Ends"),
];

/// Makes it. join.me's first operation starts a call at once, which cannot be looked up: there a meeting is scheduled.
pub fn make(provider: &str, keys: &str) -> Live {
    let mut live = Live::demo((80, 24));
    match provider {
        "joinme" => {
            live.keys(
                "2n<Up><Up><Up><Space><Space><Tab><Tab><Tab>Weekly<Tab>in<Space>1h<Tab>in<Space>2h<F2>",
            );
        }
        _ => {
            live.keys(keys);
        }
    }
    live.settle();
    assert_eq!(live.entry().outcome.name(), "created", "{provider}: {:?}", live.entry().outcome);
    live
}

/// The last answer of the selected row.
#[track_caller]
pub fn found(live: &Live) -> (Asking, Found) {
    let row = live.console.model.rows.selected().unwrap();
    let answered = row.answered.clone().expect("an answer");
    (answered.asking, answered.answer.expect("a finding").found)
}

fn state(live: &Live) -> State {
    live.console.model.rows.selected().unwrap().state
}

fn delete(live: &mut Live) {
    live.keys("d<Right><Enter>").settle();
}

#[test]
fn made_checked_deleted_and_gone_at_every_provider() {
    for (provider, keys, label) in MADE {
        let mut live = make(provider, keys);
        let before = live.entry();
        live.keys("<F5>").settle();
        let (_, Found::There(told)) = found(&live) else { panic!("{provider}: {:?}", found(&live)) };
        assert!(told.iter().any(|one| one.label.as_str() == label), "{provider}: {told:?}");
        assert_eq!((live.entry(), state(&live)), (before.clone(), State::Live), "{provider}");

        delete(&mut live);
        assert_eq!(found(&live), (Asking::Delete, Found::Deleted), "{provider}");
        assert!(live.sandbox.rooms().iter().all(|room| room.id != before.id), "{provider}");
        let mut after = live.entry();
        assert_eq!(state(&live), State::Deleted, "{provider}");
        assert!(after.deleted.take().is_some(), "{provider}");
        assert_eq!(after, before, "{provider}: nothing else of it is another");

        live.keys("<F5>").settle();
        assert!(
            matches!(found(&live), (_, Found::Gone { sure: true, .. })),
            "{provider}: {:?}",
            found(&live)
        );
        delete(&mut live);
        // Whereby answers the same to a second deletion; the others do not know it any more.
        let (asking, again) = found(&live);
        assert!(asking == Asking::Delete && !matches!(again, Found::There(_)), "{provider}: {again:?}");
        assert_eq!(state(&live), State::Deleted, "{provider}");
    }
}

#[test]
fn no_address_of_an_entry_is_ever_asked_for() {
    for (provider, keys, _) in MADE {
        let mut live = make(provider, keys);
        live.keys("<F5>").settle();
        delete(&mut live);
        let entry = live.entry();
        let asked = live.sandbox.requests();
        for link in &entry.links {
            let path = link.url.expose().splitn(4, '/').nth(3).unwrap().to_owned();
            assert!(!asked.iter().any(|one| format!("{one:?}").contains(&path)), "{provider}: {path}");
        }
    }
}

#[test]
fn a_deleted_meeting_of_another_does_not_mark_a_link_to_it() {
    let mut live = Live::demo((80, 24));
    live.keys("4n<Up><Up><Up><Space><Tab><Tab><Tab>elsewhere<Tab>Ana<Tab><Space><F2>").settle();
    let entry = live.entry();
    if entry.operation != "join-link" || entry.outcome.name() != "created" {
        panic!("{:?} {:?}", entry.operation, entry.outcome);
    }
    live.keys("<F5>").settle();
    assert!(matches!(found(&live), (_, Found::Gone { sure: false, .. })), "{:?}", found(&live));
    assert_eq!(live.entry().deleted, None);
    live.keys("d");
    let screen = live.console.screen();
    assert!(!screen.contains("Delete at the provider") && screen.contains("Forget here"), "{screen}");
    assert!(screen.contains("no way to delete"), "{screen}");
}

#[test]
fn what_is_marked_is_deleted_with_one_question() {
    let mut live = Live::demo((80, 24));
    for keys in ["1N", "3N", "5N", "5N"] {
        live.keys(keys).settle().console.wait(31_000);
    }
    live.keys("g<Space><Space><Space><Space>d");
    let screen = live.console.screen();
    assert!(screen.contains("4 marked entries"), "{screen}");
    assert!(screen.contains("thrown out: 2 of them") && screen.contains("At Metered"), "{screen}");
    assert!(screen.contains("no way to delete at Bunch"), "{screen}");
    live.keys("<Right><Enter>").settle();
    let states: Vec<State> = live.console.model.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [State::Deleted, State::Deleted, State::Deleted, State::Live]);
    assert_eq!(live.console.said(), "All 3 are deleted");
    assert!(live.console.screen().contains("1 marked"), "the one that cannot be deleted is marked still");
    live.keys("g<Space><Space><Space>");
    // What is forgotten leaves the list, whatever state it is in.
    live.keys("d<Right><Right><Enter>");
    assert_eq!(live.console.model.rows.total(), 0, "{}", live.console.screen());
}
