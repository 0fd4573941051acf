//! Entries this run did not make: they come in without disturbing what the user is doing.

use roomkey::app::message::Message;
use roomkey::domain::link::Audience;
use roomkey::domain::secret::Secret;

use crate::support::console::Console;
use crate::support::entries::{entry, hard, link};

fn named(name: &str, id: &str) -> roomkey::domain::entry::Entry {
    let mut entry = entry("whereby", "whereby", name, -60);
    entry.id = id.into();
    entry.links = vec![link(Audience::Guest, "https://a.example/r", hard(3600))];
    entry
}

fn names(console: &Console) -> Vec<String> {
    console.model.rows.iter().map(|row| row.name.to_string()).collect()
}

fn selected(console: &Console) -> String {
    console.model.rows.selected().unwrap().name.to_string()
}

#[test]
fn what_was_before_stands_under_what_is_made_now() {
    let mut console = Console::showing((80, 24), Vec::new());
    console.keys("5N");
    let mine = selected(&console);
    console.send(Message::Remembered(vec![named("old", "a1"), named("older", "a2")]));
    assert_eq!(names(&console), [mine.as_str(), "older", "old"]);
    assert_eq!(selected(&console), mine);
    let (job, plan) = console.call();
    console.finish(job, plan.entry(roomkey::domain::entry::Outcome::Created));
    console.send(Message::Others(vec![named("other", "b1")]));
    assert_eq!((names(&console)[0].as_str(), selected(&console)), ("other", mine));
    assert_eq!(console.model.rows.count(roomkey::domain::entry::State::Live), 4);
}

#[test]
fn a_list_of_old_entries_begins_at_the_newest_and_copies() {
    let mut console = Console::showing((80, 24), Vec::new());
    console.send(Message::Remembered(vec![named("old", "a1"), named("new", "a2")]));
    assert_eq!(selected(&console), "new");
    console.press("y");
    assert_eq!(console.clipboard.as_deref(), Some("https://a.example/r"));
    console.press("j");
    assert_eq!(selected(&console), "old");
}

#[test]
fn what_others_know_better_replaces_and_what_they_remove_goes() {
    let mut console =
        Console::showing((80, 24), vec![named("one", "a1"), named("two", "a2"), named("three", "a3")]);
    console.keys("j");
    console.send(Message::Others(vec![named("two, mended", "a2")]));
    assert_eq!((names(&console).len(), selected(&console)), (3, "two, mended".to_owned()));
    console.send(Message::Gone(vec!["a2".into(), "unknown".into()]));
    assert_eq!(
        (names(&console), selected(&console)),
        (vec!["three".to_owned(), "one".to_owned()], "one".to_owned())
    );
    console.send(Message::Gone(vec!["a1".into(), "a3".into()]));
    assert!(console.model.rows.is_empty() && console.model.rows.selected().is_none());
    console.screen();
}

#[test]
fn the_filter_holds_for_them_too() {
    let mut console = Console::showing((80, 24), vec![named("alpha", "a1")]);
    console.keys("/alp<enter>");
    console.send(Message::Remembered(vec![named("beta", "a2"), named("alpine", "a3")]));
    assert_eq!((console.model.rows.len(), console.model.rows.total()), (2, 3));
    assert!(!console.screen().contains("beta"));
}

#[test]
fn a_link_that_was_cleared_away_is_not_copied() {
    let mut console = Console::showing((80, 24), Vec::new());
    let mut over = named("over", "a1");
    over.links = vec![link(Audience::Guest, "", hard(-60))];
    over.links[0].url = Secret::new("");
    console.send(Message::Remembered(vec![over]));
    assert!(console.screen().contains("not kept any more"), "{}", console.screen());
    console.press("y");
    assert_eq!(console.clipboard, None);
    assert!(console.said().contains("not kept any more"), "{}", console.said());
}

#[test]
fn trouble_with_the_storage_stands_until_it_is_over() {
    let mut console = Console::showing((80, 24), vec![named("one", "a1")]);
    console.send(Message::Storage(Some("not saved: the disk is full".into())));
    assert!(console.screen().contains("not saved: the disk is full"));
    console.keys("N");
    assert!(console.screen().contains("not saved: the disk is full"));
    console.send(Message::Storage(None));
    assert!(!console.screen().contains("not saved"));
}
