//! Many people against the sandbox, through worker and history: every row is sent once, whatever happens in between.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

mod support;

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use roomkey::app::people::batch::Counts;
use roomkey::domain::entry::Outcome;
use roomkey::ports::clock::Clock;
use roomkey::ports::history::{History, Keep, Options, Shelf};
use roomkey::sandbox::{Act, Fault};
use support::console::NOW;
use support::live::Live;

const PEOPLE: usize = 1_000;
const AT_ONCE: usize = 16;

/// A console with a batch in its table and a history to keep it in.
struct Crowd {
    live: Live,
    home: TempDir,
    history: History,
}

impl Crowd {
    fn new() -> Crowd {
        let home = tempfile::tempdir().unwrap();
        let options = Options {
            dir: home.path().to_owned(),
            keep: Keep::All,
            keep_days: 90,
            clock: Clock::fixed(NOW.parse::<Timestamp>().unwrap(), TimeZone::UTC),
            run: "crowd".into(),
            reads: false,
            at_once: true,
        };
        let history = History::start(options, Box::new(|_| ())).unwrap();
        let mut live = Live::wide((100, 30), AT_ONCE, Some(history.clone()));
        let list: String = (0..PEOPLE).map(|n| format!("p{n}\n")).collect();
        live.keys("1 P").console.paste(&list);
        live.keys("<F2>");
        Crowd { live, home, history }
    }

    fn counts(&self) -> Counts {
        self.live.console.model.people.as_ref().unwrap().batch.as_ref().unwrap().counts()
    }

    /// Each person has one link, one row and one entry of the history, and no room was made beside those.
    #[track_caller]
    fn all_made_once(self) {
        assert_eq!(self.counts(), Counts { made: PEOPLE, ..Counts::default() });
        assert_eq!(self.live.sandbox.created("bunch"), PEOPLE);
        let rows = &self.live.console.model.rows;
        let names: HashSet<String> = rows.iter().map(|row| row.name.to_string()).collect();
        assert_eq!((rows.total(), names.len()), (PEOPLE, PEOPLE));
        let lost = self.history.close(Duration::from_secs(20));
        assert!(lost.is_empty(), "{lost:?}");
        let shelf = Shelf::open(self.home.path()).unwrap();
        let made = shelf.entries.iter().filter(|entry| entry.outcome == Outcome::Created);
        let names: HashSet<String> = made.clone().map(|entry| entry.name.to_string()).collect();
        assert_eq!((made.count(), names.len()), (PEOPLE, PEOPLE));
        assert_eq!(shelf.entries.len(), PEOPLE, "one row is one entry, however often it was sent");
    }
}

#[test]
fn everybody_gets_one_link() {
    let mut crowd = Crowd::new();
    crowd.live.keys("<F2>").settle();
    assert_eq!(crowd.live.sandbox.requests().len(), PEOPLE, "none is asked for twice");
    crowd.all_made_once();
}

#[test]
fn stop_and_restart_lose_and_double_nothing() {
    let mut crowd = Crowd::new();
    crowd.live.keys("<F2>");
    for stop_at in [5, 120, 640] {
        while crowd.counts().made < stop_at {
            crowd.live.hear();
        }
        crowd.live.keys("x").settle();
        let counts = crowd.counts();
        assert_eq!((counts.running, counts.failed, counts.maybe), (0, 0, 0));
        assert_eq!(counts.made, crowd.live.sandbox.created("bunch"), "what was under way came to its end");
        // Sixteen are under way and as many in line.
        assert!(stop_at > 5 || counts.waiting >= PEOPLE - 5 - 2 * AT_ONCE, "{counts:?}");
        crowd.live.keys("r");
    }
    crowd.live.settle();
    assert_eq!(crowd.live.sandbox.requests().len(), PEOPLE);
    crowd.all_made_once();
}

#[test]
fn too_many_calls_cost_only_the_wait() {
    let mut crowd = Crowd::new();
    let headers = vec![("retry-after".to_owned(), "5".to_owned())];
    crowd.live.keys("<F2>");
    while crowd.counts().made < PEOPLE / 2 {
        crowd.live.hear();
    }
    crowd.live.sandbox.order(Fault::new("bunch", Act::Answer { status: 429, headers, body: b"{}".to_vec() }));
    crowd.live.settle();
    let counts = crowd.counts();
    assert_eq!((counts.failed, counts.maybe), (0, 0));
    assert!(counts.waiting > 0 && counts.made < PEOPLE, "{counts:?}");
    crowd.live.console.wait(4_999);
    assert!(crowd.live.console.calls().is_empty(), "not before the time");
    crowd.live.console.wait(1);
    crowd.live.settle();
    assert_eq!(
        crowd.live.sandbox.requests().len(),
        PEOPLE + 1,
        "one was refused, and only that one came again"
    );
    crowd.all_made_once();
}
