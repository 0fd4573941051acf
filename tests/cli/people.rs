//! A table of people on the command line: checked whole, sent a few at once, waited for where the provider says so.

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use roomkey::sandbox::{Act, Fault};

use crate::stage::{Ran, Stage};

const BUNCH: [&str; 5] = ["create", "-p", "bunch", "roomName=standup", "--json"];

fn people(stage: &Stage, table: &str, more: &[&str]) -> Ran {
    let file = stage.home().join("people.csv");
    std::fs::write(&file, table).unwrap();
    let file = file.display().to_string();
    stage.run(&[&BUNCH, &["--people", &file][..], more].concat())
}

fn names(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    json.as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

fn status(status: u16) -> Fault {
    Fault::new("bunch", Act::Answer { status, headers: Vec::new(), body: b"{}".to_vec() })
}

#[test]
fn one_link_per_line_in_the_order_of_the_table() {
    let stage = Stage::new();
    let table: String = (0..30).map(|n| format!("p{n},p{n}@example.com\n")).collect();
    let ran = people(&stage, &format!("userName,email\n{table}"), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert_eq!(names(&ran), (0..30).map(|n| format!("p{n}")).collect::<Vec<_>>());
    assert_eq!(stage.sandbox.created("bunch"), 30);
    let listed = stage.run(&["links", "--json"]).json();
    assert_eq!(listed.as_array().unwrap().len(), 30, "every line is in the history");
}

#[test]
fn bad_lines_are_named_and_nothing_is_sent() {
    let stage = Stage::new();
    let table = "name,role\nAda,host\nBob,boss\nAda,host\n";
    let ran = people(&stage, table, &[]);
    ran.failed(2, "line 3: `boss` is no role: host or guest");
    assert!(ran.err.contains("line 4: the same as line 2"), "{ran:?}");
    assert_eq!(stage.sandbox.requests().len(), 0);
    people(&stage, "Ada\nBob\n", &[]).failed(2, "column `Ada` is no field");
    people(&stage, "", &[]).failed(2, "there is nobody in it");
    let skipping = people(&stage, table, &["--skip-bad"]);
    assert_eq!(skipping.code, 7, "{skipping:?}");
    assert_eq!(names(&skipping), ["Ada"]);
    assert!(skipping.err.contains("left out: line 3"), "{skipping:?}");
    let file = stage.home().join("none").display().to_string();
    stage.run(&[&BUNCH, &["--people", &file][..]].concat()).failed(2, "there is no file");
}

#[test]
fn a_part_that_failed_ends_with_7_and_all_of_it_with_its_reason() {
    let stage = Stage::new();
    stage.sandbox.order(status(400));
    let ran = people(&stage, "name\nAda\nBob\nEve\n", &[]);
    assert_eq!((ran.code, names(&ran).len()), (7, 3), "{ran:?}");
    assert!(ran.err.contains("error: line "), "{ran:?}");
    stage.sandbox.order(status(400));
    stage.sandbox.order(status(400));
    assert_eq!(people(&stage, "name\nAda\nBob\n", &[]).code, 5);
}

#[test]
fn too_many_calls_cost_their_wait_and_nothing_else() {
    let stage = Stage::new();
    stage.sandbox.order(status(429));
    let begun = Instant::now();
    let ran = people(&stage, "name\nAda\nBob\nEve\n", &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(stage.sandbox.created("bunch"), 3, "none lost, none doubled");
    assert!(begun.elapsed() >= Duration::from_secs(2), "without a word of the provider it is two seconds");
    let kept = stage.run(&["links", "--all", "--json"]).json();
    let ids = |json: &serde_json::Value| -> Vec<String> {
        let mut ids: Vec<String> =
            json.as_array().unwrap().iter().map(|entry| entry["id"].to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&kept), ids(&ran.json()), "the refused attempt is no entry of its own");
    stage.sandbox.order(status(429));
    let single = stage.run(&[&BUNCH[..], &["userName=Ada"]].concat());
    assert_eq!((single.code, stage.sandbox.created("bunch")), (5, 3), "one creation is never sent again");
}

#[test]
fn the_table_comes_through_a_pipe_and_can_be_looked_at_first() {
    let stage = Stage::new();
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(BUNCH).args(["--people", "-", "--dry-run"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"name\nAda\nBob\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["requests"].as_array().unwrap().len(), 2);
    assert_eq!(stage.sandbox.requests().len(), 0);
}
