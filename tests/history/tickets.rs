//! A ticket that is given later: it changes itself and nothing else, and is there after the end.

use roomkey::domain::entry::{Entry, Outcome};
use roomkey::domain::text::DisplayText;
use roomkey::ports::history::{Report, Shelf};

use crate::house::{House, LIMIT};

fn with_ticket(mut entry: Entry, ticket: &str) -> Entry {
    entry.asked.ticket = Some(ticket.into());
    entry
}

#[test]
fn it_is_kept_though_nobody_waits_for_it() {
    let house = House::new();
    let run = house.open("one");
    run.first();
    run.keep(&house.entry("a1")).unwrap();
    run.history.note(with_ticket(house.entry("a1"), "T-1"));
    assert_eq!(run.history.leave(LIMIT), Vec::<String>::new());
    assert_eq!(house.entries(), [with_ticket(house.entry("a1"), "T-1")]);
}

#[test]
fn what_others_know_better_stays_and_they_are_told() {
    let house = House::new();
    let (one, other) = (house.open("one"), house.open("other"));
    one.first();
    other.first();
    let maybe = house.intent("a1");
    one.keep(&maybe).unwrap();
    assert_eq!(other.next(), Report::Others(vec![maybe.clone()]));
    one.keep(&house.entry("a1")).unwrap();
    // It still takes the entry for one that may exist.
    assert!(matches!(maybe.outcome, Outcome::MaybeCreated(_)));
    other.history.note(with_ticket(maybe, "T-2"));
    other.history.leave(LIMIT);
    assert_eq!(house.entries(), [with_ticket(house.entry("a1"), "T-2")]);
    let told = std::iter::from_fn(|| Some(one.next())).take(1).collect::<Vec<_>>();
    assert_eq!(told, [Report::Others(vec![with_ticket(house.entry("a1"), "T-2")])]);
}

/// Who completes a room does so with what it asked for at first.
#[test]
fn a_second_answer_keeps_the_ticket_and_the_mark_given_meanwhile() {
    let house = House::new();
    let (one, other) = (house.open("one"), house.open("other"));
    one.first();
    other.first();
    let lacking = Entry { warnings: vec![DisplayText::line("Host token is missing")], ..house.entry("a1") };
    one.keep(&lacking).unwrap();
    assert_eq!(other.next(), Report::Others(vec![lacking.clone()]));
    let gone = Entry { deleted: Some(house.clock.now()), ..with_ticket(lacking.clone(), "T-5") };
    other.history.note(gone.clone());
    other.mark(&gone).unwrap();
    one.keep(&house.entry("a1")).unwrap();
    let whole = Entry { deleted: gone.deleted, ..with_ticket(house.entry("a1"), "T-5") };
    assert_eq!(house.entries(), std::slice::from_ref(&whole));
    // Before its own answer or after it, the one that completed it is told of them too.
    let is_told = |report: Report| match report {
        Report::Others(all) => (all[0].deleted, &all[0].asked) == (whole.deleted, &whole.asked),
        _ => false,
    };
    while !is_told(one.next()) {}
}

#[test]
fn what_was_forgotten_does_not_come_back_by_a_ticket() {
    let house = House::new();
    let run = house.open("one");
    run.first();
    run.keep(&house.entry("a1")).unwrap();
    Shelf::open(&house.dir).unwrap().forget("a1").unwrap();
    run.history.note(with_ticket(house.entry("a1"), "T-3"));
    run.history.leave(LIMIT);
    assert_eq!(house.entries(), []);
}

#[test]
fn a_history_that_is_lost_is_written_anew_with_the_ticket() {
    let house = House::new();
    let run = house.open("one");
    run.first();
    run.keep(&house.entry("a1")).unwrap();
    run.history.note(with_ticket(house.entry("a1"), "T-4"));
    run.keep(&house.entry("a2")).unwrap();
    std::fs::remove_dir_all(&house.dir).unwrap();
    run.keep(&house.entry("a3")).unwrap();
    let ids: Vec<(String, Option<String>)> =
        house.entries().into_iter().map(|entry| (entry.id, entry.asked.ticket)).collect();
    let a1 = ids.iter().find(|(id, _)| id == "a1");
    assert_eq!(a1.and_then(|(_, ticket)| ticket.as_deref()), Some("T-4"), "{ids:?}");
}
