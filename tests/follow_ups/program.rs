//! `check` and `delete` on the command line, with their exit codes.

use roomkey::sandbox::{Act, Fault};
use serde_json::Value;

use crate::stage::Stage;

/// Makes something; its id.
fn made(stage: &Stage, arguments: &[&str]) -> String {
    let ran = stage.run(&[&["create", "--json", "-p"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.json()["id"].as_str().unwrap().to_owned()
}

fn state(stage: &Stage, id: &str) -> String {
    let all = stage.run(&["links", "--all", "--json"]).json();
    let entry = all.as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap().clone();
    entry["state"].as_str().unwrap().to_owned()
}

fn answer(status: u16, body: &str) -> Act {
    Act::Answer { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
}

const MADE: [(&str, &[&str]); 4] = [
    ("joinme", &["-o", "schedule", "meetingName=Weekly", "meetingStart=in 1h", "meetingEnd=in 2h"]),
    ("metered", &[]),
    ("bigbluebutton", &["name=Router help"]),
    ("whereby", &["endDate=in 2h"]),
];

#[test]
fn made_checked_deleted_and_gone() {
    let stage = Stage::new();
    for (provider, values) in MADE {
        let id = made(&stage, &[&[provider], values].concat());
        let checked = stage.run(&["check", &id]);
        assert_eq!((checked.code, checked.err.as_str()), (0, ""), "{checked:?}");
        assert!(checked.out.starts_with("State") && checked.out.contains("+ live"), "{checked:?}");
        let json = stage.run(&["check", &id, "--json"]).json();
        assert_eq!((&json["found"], &json["state"]), (&Value::Bool(true), &"live".into()), "{json}");
        assert!(!json["facts"].as_array().unwrap().is_empty(), "{json}");

        stage.run(&["delete", &id]).failed(2, "write --yes to do it");
        assert_eq!(state(&stage, &id), "live", "{provider}");
        let deleted = stage.run(&["delete", &id, "--yes"]);
        assert_eq!((deleted.code, deleted.out.as_str()), (0, ""), "{deleted:?}");
        assert!(deleted.err.contains("is deleted at"), "{deleted:?}");
        assert_eq!(state(&stage, &id), "deleted", "{provider}");
        let gone = stage.run(&["check", &id, "--json"]).json();
        assert_eq!((&gone["found"], &gone["state"]), (&Value::Bool(false), &"deleted".into()), "{gone}");
        assert_eq!(stage.run(&["delete", &id, "--yes"]).code, 0, "{provider}");
        stage.run(&["copy", &id]).failed(1, "deleted");
        assert!(!stage.run(&["links"]).out.contains(&id), "{provider}");
    }
}

#[test]
fn ids_may_be_short_and_must_be_known() {
    let stage = Stage::new();
    let id = made(&stage, &["whereby", "endDate=in 2h"]);
    assert_eq!(stage.run(&["check", &id[..6]]).code, 0);
    for command in ["check", "delete"] {
        stage.run(&[command, "nosuch"]).failed(2, "there is no such entry");
    }
}

#[test]
fn every_answer_has_its_exit_code_and_only_a_gone_one_marks() {
    let stage = Stage::new();
    let cases = [
        (answer(401, "{}"), 4, false),
        (answer(403, "{}"), 5, false),
        (answer(429, "{}"), 5, false),
        (answer(404, "{}"), 0, true),
        (answer(410, ""), 0, true),
        (answer(500, "{}"), 1, false),
        (Act::CutAfter, 1, false),
        (Act::Reset { made: false }, 1, false),
    ];
    for (act, code, gone) in cases {
        let id = made(&stage, &["metered"]);
        stage.sandbox.order(Fault::new("metered", act.clone()));
        let ran = stage.run(&["delete", &id, "--yes"]);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{act:?}: {ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
        assert_eq!(state(&stage, &id) == "deleted", gone, "{act:?}");
        assert_eq!(ran.err.contains("it may be deleted: check it"), code == 1, "{ran:?}");
        for (name, key) in stage.sandbox.settings("metered").iter().filter(|(name, _)| name == "secret_key") {
            assert!(!ran.err.contains(key.as_str()), "{name} in {ran:?}");
        }
    }
}

#[test]
fn a_look_that_tells_nothing_leaves_nothing_open() {
    let stage = Stage::new();
    let id = made(&stage, &["metered"]);
    for (act, code) in
        [(answer(401, "{}"), 4), (answer(403, "{}"), 5), (answer(500, "{}"), 1), (Act::CutBefore, 1)]
    {
        stage.sandbox.order(Fault::new("metered", act.clone()));
        stage.run(&["check", &id]).failed(code, "error: ");
        assert_eq!(state(&stage, &id), "live", "{act:?}");
    }
    stage.sandbox.order(Fault::new("metered", answer(404, "<!doctype html>")));
    let ran = stage.run(&["check", &id]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.out, "Not found  Metered Video answered 404\nState      + live, as far as known here\n");
    assert_eq!(state(&stage, &id), "live", "a bare 404 proves nothing");
}

#[test]
fn a_meeting_that_never_was_is_not_said_to_be_found() {
    let stage = Stage::new();
    let values = ["bigbluebutton", "-o", "join-link", "meetingID=never", "fullName=Ada", "role=VIEWER"];
    let id = made(&stage, &values);
    let ran = stage.run(&["check", &id]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("Not found  BigBlueButton knows no such meeting\n"), "{ran:?}");
    assert!(ran.out.ends_with("State      + live, as far as known here\n"), "{ran:?}");
    let json = stage.run(&["check", &id, "--json"]).json();
    assert_eq!((&json["found"], &json["state"]), (&Value::Bool(false), &"live".into()), "{json}");
}

#[test]
fn an_answer_that_says_nothing_finds_nothing() {
    let stage = Stage::new();
    let id = made(&stage, &["whereby", "endDate=in 2h"]);
    for (status, body) in [(200, "{}"), (204, "")] {
        stage.sandbox.order(Fault::new("whereby", answer(status, body)));
        stage.run(&["check", &id]).failed(1, "the answer of Whereby says nothing about it");
        stage.sandbox.order(Fault::new("whereby", answer(status, body)));
        let json = stage.run(&["check", &id, "--json"]);
        assert_eq!((json.code, &json.json()["found"]), (1, &Value::Null), "{json:?}");
        assert_eq!(json.json()["error"]["kind"], "unclear");
    }
}

#[test]
fn nothing_is_sent_where_nobody_listens() {
    let stage = Stage::new();
    let id = made(&stage, &["whereby", "endDate=in 2h"]);
    stage.configure(&stage.profile("whereby", &[("base_url", "'http://127.0.0.1:9/v1'")]));
    for command in [&["delete", &id, "--yes"][..], &["check", &id]] {
        stage.run(command).failed(6, "error: ");
    }
    let json = stage.run(&["check", &id, "--json"]);
    assert_eq!(
        (json.code, &json.json()["found"], &json.json()["error"]["kind"]),
        (6, &Value::Null, &"network".into())
    );
    assert_eq!(state(&stage, &id), "live");
}

#[test]
fn what_cannot_be_asked_is_one_clear_sentence() {
    let stage = Stage::new();
    let bunch = made(&stage, &["bunch", "roomName=r", "userName=u"]);
    stage.run(&["check", &bunch]).failed(2, "there is no way to look up at Bunch what");
    stage.run(&["delete", &bunch, "--yes"]).failed(2, "there is no way to delete at Bunch what");
    stage.sandbox.order(Fault::new("whereby", Act::CutAfter));
    let maybe = stage.run(&["create", "-p", "whereby", "endDate=in 2h", "--json"]).json();
    let maybe = maybe["id"].as_str().unwrap();
    stage.run(&["check", maybe]).failed(2, "this entry does not hold “Meeting id”");
    let id = made(&stage, &["whereby", "endDate=in 2h"]);
    stage.configure(&stage.profile("bunch", &[]));
    stage
        .run(&["check", &id])
        .failed(3, "profile whereby of this entry is not in the configuration any more");
    stage.configure(&stage.profile("bunch", &[]).replace("[profiles.bunch]", "[profiles.whereby]"));
    stage.run(&["delete", &id, "--yes"]).failed(3, "another provider");
    stage.run(&["check", &id, "--json"]).failed(3, "another provider");
}

#[test]
fn what_was_maybe_made_can_be_looked_up_by_what_was_sent() {
    let stage = Stage::new();
    stage.sandbox.order(Fault::new("metered", Act::CutAfter));
    let there = stage.run(&["create", "-p", "metered", "--json"]).json();
    let id = there["id"].as_str().unwrap();
    let json = stage.run(&["check", id, "--json"]).json();
    assert_eq!((&json["found"], &json["state"]), (&Value::Bool(true), &"maybe".into()), "{json}");
    stage.sandbox.order(Fault::new("metered", Act::CutBefore));
    let not = stage.run(&["create", "-p", "metered", "--json"]).json();
    let json = stage.run(&["check", not["id"].as_str().unwrap(), "--json"]).json();
    // It may still come: only a deletion marks it.
    assert_eq!((&json["found"], &json["state"]), (&Value::Bool(false), &"maybe".into()), "{json}");
    assert_eq!(stage.run(&["delete", id, "--yes"]).code, 0);
    assert_eq!(state(&stage, id), "deleted");
    assert_eq!(stage.sandbox.created("metered"), 1);
}
