//! A file that is damaged, foreign, taken away, or in which somebody has written: nothing is overwritten or deleted, and
//! what can be kept is kept.

use std::process::Command;

use roomkey::ports::history::{Report, Shelf};

use crate::house::{House, ids};

#[test]
fn a_damaged_file_is_set_aside_whole() {
    let garbage: Vec<u8> = (0..8192_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let house = House::new();
    std::fs::create_dir_all(&house.dir).unwrap();
    std::fs::write(house.db(), &garbage).unwrap();
    let run = house.open("one");
    assert!(run.notice().contains("damaged"));
    assert_eq!(run.first(), []);
    run.keep(&house.entry("a1")).unwrap();
    assert_eq!(ids(&house.entries()), ["a1"]);
    let names =
        std::fs::read_dir(&house.dir).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let aside: Vec<String> = names.filter(|name| name.starts_with("history.db.bad-")).collect();
    assert_eq!(aside, ["history.db.bad-20261121T140000Z"]);
    assert_eq!(std::fs::read(house.dir.join(&aside[0])).unwrap(), garbage);
}

#[test]
fn a_damage_found_later_is_set_aside_too() {
    let house = House::new();
    let run = house.open("one");
    for number in 0..200 {
        run.keep(&house.entry(&format!("a{number}"))).unwrap();
    }
    run.close();
    let mut bytes = std::fs::read(house.db()).unwrap();
    let whole = bytes.len();
    bytes[8192..whole - 4096].fill(0x5a);
    std::fs::write(house.db(), &bytes).unwrap();
    let run = house.open("two");
    assert!(run.notice().contains("damaged"));
    run.first();
    run.keep(&house.entry("b1")).unwrap();
    assert_eq!(ids(&house.entries()), ["b1"]);
}

#[test]
fn rows_that_make_no_sense_are_counted_and_hide_no_others() {
    let house = House::new();
    let run = house.open("one");
    for id in ["a1", "a2", "a3"] {
        run.keep(&house.entry(id)).unwrap();
    }
    run.close();
    let other = rusqlite::Connection::open(house.db()).unwrap();
    other.execute("UPDATE entry SET entry = 'not json' WHERE id = 'a1'", []).unwrap();
    other.execute("UPDATE entry SET entry = x'ff00' WHERE id = 'a3'", []).unwrap();
    other.close().unwrap();
    let shelf = Shelf::open(&house.dir).unwrap();
    assert_eq!((ids(&shelf.entries), shelf.unreadable), (vec!["a2"], 2));
    let run = house.open("two");
    assert_eq!(run.notice(), "2 entries of the history cannot be read");
    assert_eq!(ids(&run.first()), ["a2"]);
}

#[test]
fn a_newer_or_foreign_file_is_left_as_it_is() {
    for (sql, sentence) in [
        ("PRAGMA application_id = 1919905645; PRAGMA user_version = 2;", "newer"),
        ("PRAGMA application_id = 7;", "another program"),
        ("CREATE TABLE notes(text);", "another program"),
    ] {
        let house = House::new();
        std::fs::create_dir_all(&house.dir).unwrap();
        let conn = rusqlite::Connection::open(house.db()).unwrap();
        conn.execute_batch(sql).unwrap();
        conn.close().unwrap();
        let before = std::fs::read(house.db()).unwrap();
        let run = house.open("one");
        assert_eq!(run.first(), []);
        let trouble = run.trouble().unwrap();
        assert!(trouble.starts_with("not saved: ") && trouble.contains(sentence), "{trouble}");
        assert!(run.keep(&house.entry("a1")).unwrap_err().contains(sentence));
        assert_eq!(run.close(), ["Täglich 👩\u{200d}💻 (whereby)"]);
        assert_eq!(std::fs::read(house.db()).unwrap(), before);
    }
}

#[test]
fn a_file_that_is_taken_away_is_replaced_by_a_new_one() {
    let house = House::new();
    house.open("before").keep(&house.entry("a0")).unwrap();
    let run = house.open("one");
    run.intend(&house.intent("a1")).unwrap();
    run.keep(&house.entry("a1")).unwrap();
    run.intend(&house.intent("a2")).unwrap();
    std::fs::rename(house.db(), house.dir.join("elsewhere.db")).unwrap();
    run.keep(&house.entry("a3")).unwrap();
    assert_eq!(ids(&house.entries()), ["a1", "a3"], "what this run knows is written once more");
    run.close();
    assert_eq!(ids(&house.entries()), ["a1", "a2", "a3"], "what was under way as well");
}

#[test]
fn a_directory_that_is_taken_away_is_made_again_with_the_sign_of_life() {
    let house = House::new();
    let run = house.open("one");
    run.intend(&house.intent("a1")).unwrap();
    std::fs::remove_dir_all(&house.dir).unwrap();
    run.keep(&house.entry("a2")).unwrap();
    assert_eq!(ids(&house.entries()), ["a2"], "the call under way may still be answered");
    run.close();
    assert_eq!(ids(&house.entries()), ["a1", "a2"]);
}

#[test]
fn what_was_forgotten_does_not_come_back_with_a_new_file() {
    let house = House::new();
    let run = house.open("one");
    run.first();
    run.keep(&house.entry("a1")).unwrap();
    run.keep(&house.entry("a2")).unwrap();
    Shelf::open(&house.dir).unwrap().forget("a1").unwrap();
    assert_eq!(run.next(), Report::Gone(vec!["a1".into()]));
    std::fs::remove_file(house.db()).unwrap();
    run.keep(&house.entry("a3")).unwrap();
    assert_eq!(ids(&house.entries()), ["a2", "a3"]);
}

#[test]
fn a_damage_done_while_it_is_open_loses_nothing_of_this_run() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    let other = rusqlite::Connection::open(house.db()).unwrap();
    other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(other);
    let length = std::fs::metadata(house.db()).unwrap().len() as usize;
    // In place, as a disk that goes bad would do it.
    use std::os::unix::fs::FileExt;
    let file = std::fs::File::options().write(true).open(house.db()).unwrap();
    file.write_all_at(&vec![0x5a; length], 0).unwrap();
    // Until something has to be read again, all that was read is believed.
    let mut kept = vec!["a1".to_owned()];
    for number in 0..3 {
        let id = format!("b{number}");
        run.keep(&house.entry(&id)).unwrap();
        kept.push(id);
    }
    run.close();
    assert_eq!(ids(&house.open("two").first()), kept);
}

#[test]
fn links_and_other_things_in_its_place_are_refused() {
    let outside = House::new();
    std::fs::create_dir_all(&outside.dir).unwrap();
    std::fs::write(outside.dir.join("target"), b"").unwrap();
    for kind in ["link", "directory", "pipe"] {
        let house = House::new();
        std::fs::create_dir_all(&house.dir).unwrap();
        match kind {
            "link" => std::os::unix::fs::symlink(outside.dir.join("target"), house.db()).unwrap(),
            "directory" => std::fs::create_dir(house.db()).unwrap(),
            _ => assert!(Command::new("mkfifo").arg(house.db()).status().unwrap().success()),
        }
        let run = house.open("one");
        assert_eq!(run.first(), []);
        assert!(run.keep(&house.entry("a1")).is_err(), "{kind}");
        assert!(run.trouble().is_some());
    }
    assert_eq!(std::fs::read(outside.dir.join("target")).unwrap(), b"");
}

#[test]
fn hostile_rows_are_passed_over_or_made_harmless() {
    let house = House::new();
    let run = house.open("one");
    run.keep(&house.entry("a1")).unwrap();
    run.keep(&house.entry("a2")).unwrap();
    run.close();
    let conn = rusqlite::Connection::open(house.db()).unwrap();
    conn.execute_batch(
        "UPDATE entry SET entry = replace(entry, 'guest link', 'x\\u001b]0;PWN\\u0007\\u202e') WHERE id = 'a1';
         UPDATE entry SET entry = replace(entry, 'guest-a1', 'g\\n\\u001b[2J') WHERE id = 'a1';
         INSERT INTO entry SELECT 10, 'b\u{1b}[2J', run, created_at, 1, 1, NULL, entry FROM entry WHERE id = 'a2';
         INSERT INTO entry SELECT 11, 'b2', run, -9223372036854775807, 1, 1, NULL, entry FROM entry WHERE id = 'a2';
         INSERT INTO entry VALUES(12, 'b3', x'ff', 'soon', 'x', 'y', 'z', x'ff00fe');
         INSERT INTO entry VALUES(13, 'b4', '', 0, 1, 1, NULL, '{}');",
    )
    .unwrap();
    conn.close().unwrap();
    let run = house.open("two");
    assert_eq!(run.notice(), "4 entries of the history cannot be read");
    let entries = run.first();
    assert_eq!(ids(&entries), ["a1", "a2"]);
    assert_eq!(entries[0].links[0].label, "x\u{fffd}]0;PWN\u{fffd}\u{fffd}");
    assert!(entries[0].links[0].url.is_empty() && !entries[0].links[1].url.is_empty());
}
