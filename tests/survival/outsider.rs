//! Somebody else holds the history: work goes on, a notice stands, and what was made is written when it is free again.

use std::time::{Duration, Instant};

use crate::chance::times;
use crate::ledger::{Ledger, is_sound};
use crate::screen::{Console, named};
use crate::stage::Stage;

/// The lock of a program that is no roomkey.
fn hold(stage: &Stage) -> rusqlite::Connection {
    let outsider = rusqlite::Connection::open(stage.home().join("state/roomkey/history.db")).unwrap();
    outsider.execute_batch("BEGIN EXCLUSIVE").unwrap();
    outsider
}

#[test]
fn while_others_hold_the_file_work_goes_on_and_is_written_afterwards() {
    let stage = Stage::new();
    let mut early = Console::open(&stage, &named(&stage, "early"));
    early.keys("1N");
    early.sees("a link", |console| console.links() == 1);
    let outsider = hold(&stage);
    let begun = Instant::now();
    // One that runs already, and one that starts meanwhile.
    let mut late = Console::open(&stage, &named(&stage, "late"));
    late.sees("the link of the other", |console| console.links() == 1);
    early.keys("2N3N");
    late.keys("4N5N");
    for console in [&mut early, &mut late] {
        console.until_shown(&["not saved: the history is busy"]);
        let own = 3;
        console.sees("both links", |console| console.links() == own);
        console.keys("y");
        console.until_shown(&["characters)"]);
    }
    let long = Duration::from_secs(times(6, 60) as u64);
    while begun.elapsed() < long {
        early.watch(long.saturating_sub(begun.elapsed()));
    }
    assert!(early.shows("not saved: the history is busy"), "{}", early.screen());
    outsider.execute_batch("ROLLBACK").unwrap();
    let free = Instant::now();
    for console in [&mut early, &mut late] {
        console
            .sees("all links and no notice", |console| console.links() == 5 && !console.shows("not saved"));
    }
    eprintln!("held for {:?}; all told {:?} after it was free", free - begun, free.elapsed());
    early.leave();
    late.leave();
    let step = Ledger::new().step(&stage);
    step.check(|_| 1, "afterwards");
    assert_eq!(step.with("created"), 5);
    is_sound(&stage);
}
