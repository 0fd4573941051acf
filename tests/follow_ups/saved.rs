//! What is found is in the history: after the end, for other consoles, and in rows of before.

use roomkey::domain::entry::State;
use roomkey::ports::clock::Clock;
use roomkey::ports::history::{History, Keep, Options, Report, Shelf};

use crate::support::live::Live;

const LIMIT: std::time::Duration = std::time::Duration::from_secs(30);

fn history(dir: &std::path::Path, run: &str, reads: bool) -> (History, std::sync::mpsc::Receiver<Report>) {
    let (give, take) = std::sync::mpsc::channel();
    let clock = Clock::fixed(crate::support::console::NOW.parse().unwrap(), jiff::tz::TimeZone::UTC);
    let (dir, run) = (dir.to_owned(), run.to_owned());
    let options = Options { dir, keep: Keep::All, keep_days: 90, clock, run, reads, at_once: true };
    (History::start(options, Box::new(move |report| drop(give.send(report)))).unwrap(), take)
}

#[test]
fn a_deletion_is_known_to_others_and_after_the_end_and_what_is_forgotten_is_in_no_file() {
    let home = tempfile::TempDir::new().unwrap();
    let dir = home.path().join("state");
    let (mine, _) = history(&dir, "mine", false);
    let mut live = Live::wide((80, 24), 1, Some(mine.clone()));
    live.keys("5N").settle();
    let (other, told) = history(&dir, "other", true);
    assert!(matches!(told.recv_timeout(LIMIT), Ok(Report::Entries(entries)) if entries.len() == 1));
    live.keys("d<Right><Enter>").settle();
    let now = live.console.now();
    let Ok(Report::Others(entries)) = told.recv_timeout(LIMIT) else { panic!("nothing told") };
    assert_eq!(entries[0].state(now), State::Deleted);
    assert_eq!(entries[0].links, live.entry().links, "the links are as they were");
    assert_eq!(Shelf::open(&dir).unwrap().entries[0].deleted, live.entry().deleted);

    let link = live.entry().links[0].url.expose().to_owned();
    live.keys("d<Right><Right><Enter>");
    assert!(matches!(told.recv_timeout(LIMIT), Ok(Report::Gone(ids)) if ids.len() == 1));
    mine.leave(LIMIT);
    other.leave(LIMIT);
    for file in std::fs::read_dir(&dir).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        assert!(!bytes.windows(link.len()).any(|window| window == link.as_bytes()), "{:?}", file.path());
    }
}

#[test]
fn rows_that_were_written_before_there_was_a_mark_are_read() {
    let home = tempfile::TempDir::new().unwrap();
    let dir = home.path().join("state");
    let (history, _) = history(&dir, "one", false);
    let mut live = Live::wide((80, 24), 1, Some(history.clone()));
    live.keys("5N").settle();
    history.leave(LIMIT);
    history.close(LIMIT);
    let file = rusqlite::Connection::open(dir.join("history.db")).unwrap();
    let row: String = file.query_row("SELECT entry FROM entry", [], |row| row.get(0)).unwrap();
    assert!(!row.contains("\"deleted\""), "a row without the mark is written as ever: {row}");
    assert_eq!(Shelf::open(&dir).unwrap().entries, [live.entry()]);
}
