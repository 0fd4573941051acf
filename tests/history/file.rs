//! The file itself: what comes back, what two runs see of each other, what goes at the end.

use std::collections::HashSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use roomkey::domain::entry::{Entry, Outcome};
use roomkey::error::{Error, Kind};
use roomkey::ports::history::{Keep, Report, Shelf};

use crate::house::{House, LIMIT, ids};
use crate::skipped::skipped;

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn an_entry_comes_back_as_it_was() {
    let house = House::new();
    let run = house.open("one");
    assert_eq!(run.first(), []);
    let (made, failed) = (house.entry("a1"), house.intent("a2"));
    run.intend(&house.intent("a1")).unwrap();
    run.keep(&made).unwrap();
    run.keep(&failed).unwrap();
    assert_eq!(house.entries(), [made.clone(), failed.clone()]);
    assert_eq!(run.close(), Vec::<String>::new());
    assert_eq!(house.open("two").first(), [made, failed]);
}

#[test]
fn an_independent_reader_finds_a_sound_file() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    run.close();
    let ask = |sql: &str| Command::new("sqlite3").arg(house.db()).arg(sql).output();
    let Ok(sound) = ask("PRAGMA integrity_check; SELECT id, answered FROM entry") else {
        return skipped("there is no sqlite3 here, so nobody else read the file");
    };
    assert_eq!(String::from_utf8(sound.stdout).unwrap(), "ok\na1|1\n");
}

#[test]
fn a_call_whose_run_is_gone_is_maybe_created() {
    let house = House::new();
    let (one, other) = (house.open("one"), house.open("other"));
    one.first();
    other.first();
    one.intend(&house.intent("a1")).unwrap();
    assert_eq!(house.entries(), [], "it may still be answered");
    let third = house.open("third");
    assert_eq!(third.first(), []);
    one.close();
    assert_eq!(house.entries(), [house.intent("a1")]);
    for run in [&other, &third] {
        run.history.look();
        let Report::Others(entries) = run.next() else { panic!("the end of the other was not seen") };
        assert!(matches!(entries[0].outcome, Outcome::MaybeCreated(_)), "{entries:?}");
    }
}

#[test]
fn what_one_run_writes_the_others_are_told() {
    let house = House::new();
    let (one, other) = (house.open("one"), house.open("other"));
    one.first();
    other.first();
    one.keep(&house.entry("a1")).unwrap();
    assert_eq!(other.next(), Report::Others(vec![house.entry("a1")]));
    other.keep(&house.entry("b1")).unwrap();
    assert_eq!(one.next(), Report::Others(vec![house.entry("b1")]));
    Shelf::open(&house.dir).unwrap().forget("a1").unwrap();
    assert_eq!(one.next(), Report::Gone(vec!["a1".into()]));
    assert_eq!(other.next(), Report::Gone(vec!["a1".into()]));
}

#[test]
fn runs_that_make_it_at_once_see_one_history() {
    for round in 0..40 {
        let house = House::new();
        std::thread::scope(|scope| {
            for run in 0..8 {
                let house = &house;
                scope.spawn(move || {
                    let one = house.open(&format!("run{run}"));
                    one.keep(&house.entry(&format!("e{run}"))).unwrap();
                    assert_eq!(one.history.close(LIMIT), Vec::<String>::new(), "round {round}");
                    for report in one.reports {
                        assert!(!matches!(report, Report::Trouble(Some(_))), "round {round}: {report:?}");
                    }
                });
            }
        });
        assert_eq!(house.entries().len(), 8, "round {round}");
    }
}

#[test]
fn many_runs_share_it_and_nothing_is_lost_or_doubled() {
    let house = House::new();
    std::thread::scope(|scope| {
        for run in 0..10 {
            let house = &house;
            scope.spawn(move || {
                let one = house.open(&format!("run{run}"));
                for entry in 0..20 {
                    let id = format!("r{run}e{entry}");
                    let _ = one.intend(&house.intent(&id));
                    let _ = one.keep(&house.entry(&id));
                }
                assert_eq!(one.close(), Vec::<String>::new());
            });
        }
    });
    let entries = house.entries();
    assert_eq!((entries.len(), ids(&entries).into_iter().collect::<HashSet<_>>().len()), (200, 200));
    assert!(entries.iter().all(|entry| entry.outcome == Outcome::Created));
}

#[test]
fn a_file_that_others_hold_is_waited_for_and_then_written() {
    let house = House::new();
    let run = house.open("one");
    run.first();
    let outsider = rusqlite::Connection::open(house.db()).unwrap();
    outsider.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(run.intend(&house.intent("a1")), Err("the history is busy".into()));
    // The others hold it for as long as this test runs.
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(run.trouble().unwrap(), "not saved: the history is busy");
    outsider.execute_batch("ROLLBACK").unwrap();
    assert_eq!(run.trouble(), None);
    assert_eq!(run.keep(&house.entry("a1")), Ok(()));
}

#[test]
fn another_attempt_is_noted_over_one_that_created_nothing_and_over_nothing_else() {
    let house = House::new();
    let run = house.open("one");
    run.first();
    for id in ["a1", "b1"] {
        run.intend(&house.intent(id)).unwrap();
        let refused = Outcome::NotCreated(Error::new(Kind::RateLimited, "too many calls"));
        run.keep(&Entry { outcome: refused, links: Vec::new(), details: Vec::new(), ..house.entry(id) })
            .unwrap();
        run.intend(&house.intent(id)).unwrap();
    }
    run.keep(&house.entry("b1")).unwrap();
    run.intend(&house.intent("b1")).unwrap();
    run.close();
    let entries = house.entries();
    assert_eq!(ids(&entries), ["a1", "b1"]);
    assert!(matches!(entries[0].outcome, Outcome::MaybeCreated(_)), "the second attempt has no answer");
    assert_eq!((&entries[1].outcome, entries[1].links.len()), (&Outcome::Created, 2));
}

#[test]
fn after_its_end_nothing_of_a_credential_is_left() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    run.close();
    let secrets = ["guest-a1", "host-a1", "pin-a1"];
    assert!(secrets.iter().all(|secret| house.holds(secret)));
    house.clock.advance(std::time::Duration::from_secs(3601));
    let run = house.open("two");
    run.first();
    // The second order is served after the first rest, before which the file was cleared up.
    run.keep(&house.intent("b1")).unwrap();
    assert!(secrets.iter().all(|secret| !house.holds(secret)));
    let entry = &house.entries()[0];
    assert!(entry.links.len() == 2 && entry.links.iter().all(|link| link.url.is_empty()));
    assert_eq!(entry.details[0].value.expose(), "84120");
    house.clock.advance(std::time::Duration::from_secs(91 * 86_400));
    run.close();
    let run = house.open("three");
    run.first();
    run.keep(&house.intent("c1")).unwrap();
    assert_eq!(ids(&house.entries()), ["c1"], "kept for 90 days");
}

#[test]
fn nobody_waits_an_hour_for_the_end_of_a_credential() {
    let house = House::new();
    let run = house.open("one");
    run.first();
    run.keep(&house.entry("a1")).unwrap();
    // A run that writes later finds the end near, and the one after it passed.
    house.clock.advance(std::time::Duration::from_secs(3599));
    run.keep(&house.intent("b1")).unwrap();
    house.clock.advance(std::time::Duration::from_secs(2));
    let end = std::time::Instant::now() + LIMIT;
    while house.holds("guest-a1") || house.holds("pin-a1") {
        assert!(std::time::Instant::now() < end, "it is still in the file");
        std::thread::yield_now();
    }
}

#[test]
fn the_command_line_shows_no_credential_that_has_ended() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    run.close();
    house.clock.advance(std::time::Duration::from_secs(3601));
    let mut shelf = Shelf::open(&house.dir).unwrap();
    shelf.tidy(house.clock.now(), 90);
    assert!(shelf.entries[0].links.iter().all(|link| link.url.is_empty()));
    assert!(!house.holds("guest-a1") && !house.holds("host-a1") && !house.holds("pin-a1"));
}

#[test]
fn without_a_known_end_it_is_seven_days() {
    let house = House::new();
    let run = house.open("one");
    let mut entry = house.entry("a1");
    entry.links.truncate(1);
    entry.links[0].ends = roomkey::domain::link::Ends::Event;
    run.keep(&entry).unwrap();
    run.close();
    for (days, there) in [(6, true), (2, false)] {
        house.clock.advance(std::time::Duration::from_secs(days * 86_400));
        let run = house.open("two");
        run.first();
        run.keep(&house.intent("b1")).unwrap();
        run.close();
        assert_eq!((house.holds("guest-a1"), house.holds("pin-a1")), (there, there));
    }
}

#[test]
fn for_guests_only_no_host_link_is_kept() {
    let house = House::new();
    let run = house.open_with("one", Keep::Guest);
    run.keep(&house.entry("a1")).unwrap();
    assert!(house.holds("guest-a1") && !house.holds("host-a1") && !house.holds("pin-a1"));
}

#[test]
fn what_was_forgotten_is_in_no_file() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    run.keep(&house.entry("a2")).unwrap();
    run.close();
    Shelf::open(&house.dir).unwrap().forget("a1").unwrap();
    assert!(!house.holds("guest-a1") && house.holds("guest-a2"));
}

#[test]
fn a_log_that_others_read_is_cut_later_and_undoes_nothing() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    let outsider = rusqlite::Connection::open(house.db()).unwrap();
    outsider.execute_batch("BEGIN; SELECT count(*) FROM entry").unwrap();
    run.history.forget(house.entry("a1"));
    assert_eq!(run.keep(&house.entry("a2")), Ok(()));
    assert!(!run.reports.try_iter().any(|report| matches!(report, Report::Trouble(Some(_)))));
    assert_eq!(ids(&house.entries()), ["a2"]);
    assert!(house.holds("guest-a1"), "the outsider reads an older state");
    outsider.execute_batch("ROLLBACK").unwrap();
    drop(outsider);
    run.close();
    assert!(!house.holds("guest-a1") && house.holds("guest-a2"));
}

#[test]
fn everything_is_closed_to_others_whatever_the_umask() {
    let house = House::new();
    let run = house.open("one");
    run.intend(&house.intent("a1")).unwrap();
    let dirs = [house.dir.parent().unwrap(), &house.dir, &house.dir.join("runs")];
    assert_eq!(dirs.map(mode), [0o700; 3]);
    let files = ["history.db", "history.db-wal", "history.db-shm", "runs/one.lock"];
    assert_eq!(files.map(|name| mode(&house.dir.join(name))), [0o600; 4]);
    run.close();
    // What somebody opened to all is closed again.
    std::fs::set_permissions(house.db(), PermissionsExt::from_mode(0o644)).unwrap();
    std::fs::set_permissions(&house.dir, PermissionsExt::from_mode(0o755)).unwrap();
    house.open("two").keep(&house.entry("a1")).unwrap();
    assert_eq!((mode(&house.db()), mode(&house.dir)), (0o600, 0o700));
}
