//! The same meeting at another provider: what carries over, in whose words, and what is named as left behind.

use std::sync::Arc;

use roomkey::domain::page::Page;
use roomkey::provider::catalog::Catalog;
use roomkey::provider::compose::Raw;
use roomkey::provider::elsewhere::carry;
use roomkey::provider::validate::{Context, Severity, validate};
use roomkey::sandbox::PROVIDERS;

fn page(provider: &str) -> Arc<Page> {
    Catalog::embedded().usable(provider).unwrap()
}

/// What comes of values at another operation, each named `provider/operation`: its values, and the labels left behind.
fn carried(from: &str, asked: &[(&str, &str)], to: &str) -> (Vec<String>, Vec<String>) {
    let ((from, first), (to, second)) = (from.split_once('/').unwrap(), to.split_once('/').unwrap());
    let asked: Raw = asked.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let (from, to) = (page(from), page(to));
    let carried = carry(from.operation(first).unwrap(), &asked, to.operation(second).unwrap());
    (carried.values.into_iter().map(|(name, value)| format!("{name}={value}")).collect(), carried.left)
}

#[test]
fn a_meeting_carries_over_in_the_words_of_the_other_provider() {
    let room = [
        ("endDate", "in 90m"),
        ("isLocked", "true"),
        ("roomMode", "group"),
        ("recording.type", "cloud"),
        ("recording.startTrigger", "automatic"),
        ("recording.destination.provider", "whereby"),
        ("roomNamePrefix", "acme-call"),
        ("roomNamePattern", "human-short"),
    ];
    let other_words = |to: &str| carried("whereby/create", &room, to);
    assert_eq!(
        other_words("metered/create-room"),
        (
            ["roomName=acme-call", "expireUnixSec=in 90m", "privacy=private", "recordRoom=true"]
                .map(String::from)
                .to_vec(),
            ["Room size", "Rest of the name"].map(String::from).to_vec()
        )
    );
    assert_eq!(
        other_words("bigbluebutton/meeting"),
        (
            ["name=acme-call", "guestPolicy=ASK_MODERATOR", "record=true"].map(String::from).to_vec(),
            ["Ends", "Room size", "Rest of the name"].map(String::from).to_vec()
        )
    );
    assert_eq!(
        other_words("bunch/join-link"),
        (
            vec!["roomName=acme-call".into()],
            ["Ends", "Locked", "Record", "Room size", "Rest of the name"].map(String::from).to_vec()
        )
    );
    assert_eq!(other_words("joinme/start").0, Vec::<String>::new());
}

#[test]
fn switches_and_tables_are_told_from_what_is_not_wanted() {
    let room = [("privacy", "private"), ("recordRoom", "false"), ("roomName", "desk")];
    let (values, left) = carried("metered/create-room", &room, "bigbluebutton/meeting");
    assert_eq!(values, ["name=desk", "guestPolicy=ASK_MODERATOR", "record=false"]);
    assert_eq!(left, Vec::<String>::new());
    let named = [("name", "Zoë & Max"), ("guestName", "Zoë"), ("guestPolicy", "ALWAYS_ACCEPT")];
    let (values, left) = carried("bigbluebutton/meeting", &named, "whereby/create");
    assert_eq!(values, ["roomNamePrefix=Zoe-Max"], "in the alphabet of the field");
    assert_eq!(left, ["Guest name"]);
    let recorded = [("recording.type", "none"), ("recording.startTrigger", "none")];
    let recorded = recorded.iter().chain([&("recording.destination.provider", "whereby")]);
    let recorded: Vec<(&str, &str)> = recorded.copied().collect();
    assert_eq!(carried("whereby/create", &recorded, "bigbluebutton/meeting").0, ["record=false"]);
    // Nobody is let in: no other word for it.
    let shut = [("guestPolicy", "ALWAYS_DENY")];
    let (values, left) = carried("bigbluebutton/meeting", &shut, "whereby/create");
    assert_eq!((values.len(), left.as_slice()), (0, ["Guests may enter".to_owned()].as_slice()));
    // What nobody wanted is no loss where it cannot be had.
    assert_eq!(
        carried("metered/create-room", &[("recordRoom", "false")], "bunch/join-link"),
        (vec![], vec![])
    );
}

#[test]
fn what_the_page_says_by_itself_is_no_loss() {
    let said = [("roomMode", "normal"), ("fields", "hostRoomUrl"), ("endDate", "")];
    assert_eq!(carried("whereby/create", &said, "metered/create-room").1, Vec::<String>::new());
}

#[test]
fn a_person_carries_over_with_name_mail_and_role() {
    let link = [
        ("roomName", "desk"),
        ("userName", "Ms Oshafi"),
        ("userEmail", "o@example.com"),
        ("moderator", "true"),
    ];
    let (values, left) = carried("bunch/join-link", &link, "metered/token");
    assert_eq!(values, ["roomName=desk", "name=Ms Oshafi", "email=o@example.com", "isAdmin=true"]);
    assert_eq!(left, Vec::<String>::new());
    let (values, _) = carried("bunch/join-link", &link, "bigbluebutton/join-link");
    assert_eq!(values, ["fullName=Ms Oshafi", "role=MODERATOR"]);
}

/// What is put there is a value the other page takes: no wish of a page leads to a problem of another.
#[test]
fn what_is_carried_over_is_taken_everywhere() {
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    for (from_id, to_id) in PROVIDERS.iter().flat_map(|from| PROVIDERS.map(|to| (*from, to))) {
        let (from, to) = (page(from_id), page(to_id));
        for ((first, one), (second, two)) in
            from.operations.iter().flat_map(|from| to.operations.iter().map(move |to| (from, to)))
        {
            let place = format!("{from_id}/{first} to {to_id}/{second}");
            let carried = carry(one, &full(one), two);
            let settings = Default::default();
            let context = Context { now, zone: &jiff::tz::TimeZone::UTC, settings: &settings };
            let checked = validate(two, &carried.values, &context);
            let given = |name: &str| carried.values.iter().any(|(known, _)| known == name);
            let wrong = checked.problems.iter().filter(|problem| problem.field.as_deref().is_some_and(given));
            let wrong: Vec<_> = wrong.filter(|problem| problem.severity == Severity::Error).collect();
            assert!(wrong.is_empty(), "{place}: {wrong:?} of {:?}", carried.values);
        }
    }
}

/// Something for every wish of an operation.
fn full(operation: &roomkey::domain::page::Operation) -> Raw {
    use roomkey::domain::literal::Literal;
    let mut raw = Raw::new();
    for (word, wish) in &operation.wish {
        match (&wish.field, &wish.yes) {
            (Some(field), None) => {
                let text = match word.as_str() {
                    "start" => "in 1h",
                    "end" => "in 2h",
                    "email" => "o@example.com",
                    "people"
                        if operation.field(field).unwrap().kind == roomkey::domain::page::Kind::Integer =>
                    {
                        "7"
                    }
                    "people" => "o@example.com",
                    _ => "acme",
                };
                raw.push((field.clone(), text.into()));
            }
            (Some(field), Some(yes)) => raw.push((field.clone(), yes.typed())),
            (None, Some(Literal::Table(table))) => {
                raw.extend(table.iter().map(|(name, one)| (name.as_str().to_owned(), one.typed())));
            }
            (None, _) => panic!("{word}"),
        }
    }
    raw
}
