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
fn a_room_named_by_chance_is_one_room_for_everybody() {
    let stage = Stage::new();
    let profile = stage.profile("bunch", &[]);
    stage.configure(&format!("{profile}\n[profiles.bunch.defaults]\nroomName = \"call-{{rand}}\"\n"));
    let file = stage.home().join("people.csv");
    std::fs::write(&file, "name,roomName\nAda,\nBob,blue\nEve,\n").unwrap();
    let path = file.display().to_string();
    let ran = stage.run(&["create", "-p", "bunch", "--dry-run", "--json", "--people", &path]);
    let json = ran.json();
    let room = |n: usize| json["requests"][n]["body"]["roomName"].as_str().unwrap().to_owned();
    assert!(room(0).starts_with("call-"), "{ran:?}");
    assert_eq!([room(1), room(2)], ["blue".to_owned(), room(0)]);
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
    people(&stage, "userNaem\nAda\n", &[])
        .failed(2, "is no field of this operation: did you mean `userName`?");
    people(&stage, "", &[]).failed(2, "there is nobody in it");
    let skipping = people(&stage, table, &["--skip-bad"]);
    assert_eq!(skipping.code, 7, "{skipping:?}");
    assert_eq!(names(&skipping), ["Ada"]);
    assert!(skipping.err.contains("left out: line 3"), "{skipping:?}");
    let file = stage.home().join("none").display().to_string();
    stage.run(&[&BUNCH, &["--people", &file][..]].concat()).failed(2, "there is no file");
}

#[test]
fn two_lines_of_one_room_are_refused_and_others_of_one_kind_are_not() {
    let stage = Stage::new();
    let rooms = |table: &str| {
        let file = stage.home().join("rooms.csv");
        std::fs::write(&file, table).unwrap();
        stage.run(&["create", "-p", "metered", "--json", "--people", &file.display().to_string()])
    };
    let twice = rooms("privacy,roomName\npublic,red\nprivate,red\n");
    twice.failed(2, "line 3: the same room as line 2");
    assert_eq!(stage.sandbox.requests().len(), 0);
    let ran = rooms("privacy,roomName\npublic,red\npublic,blue\n");
    assert_eq!((ran.code, stage.sandbox.created("metered")), (0, 2), "{ran:?}");
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

#[test]
#[cfg(unix)]
fn a_command_for_the_secret_is_not_run_for_every_row() {
    let stage = Stage::new();
    let settings = stage.sandbox.settings("bunch");
    let key = &settings.iter().find(|(name, _)| name == "api_key").unwrap().1;
    let asked = stage.home().join("asked");
    let script = format!("echo asked >> '{}'; printf %s '{key}'", asked.display());
    let command = format!("{{ command = [\"sh\", \"-c\", \"{script}\"] }}");
    stage.configure(&stage.profile("bunch", &[("api_key", &command)]));
    let table: String = (0..30).map(|n| format!("p{n}\n")).collect();
    let ran = people(&stage, &format!("name\n{table}"), &[]);
    assert_eq!((ran.code, stage.sandbox.created("bunch")), (0, 30), "{ran:?}");
    let times = std::fs::read_to_string(asked).unwrap().lines().count();
    assert!(times <= 10, "asked {times} times for 30 rows");
}

#[test]
fn bytes_that_are_no_text_are_refused_with_a_sentence() {
    let stage = Stage::new();
    let file = stage.home().join("people.csv");
    let wide: Vec<u8> = "\u{FEFF}name\nAda\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let without_mark = wide[2..].to_vec();
    for (bytes, sentence) in [(wide, "UTF-8"), (without_mark, "no field"), (vec![0xFF; 9], "UTF-8")] {
        std::fs::write(&file, bytes).unwrap();
        let path = file.display().to_string();
        stage.run(&[&BUNCH, &["--people", &path][..]].concat()).failed(2, sentence);
    }
    people(&stage, "name\nAda\nB\0b\n\"Eve\nJoe\n", &[])
        .failed(2, "line 3: there are control characters in it");
    let skipping = people(&stage, "name\nAda\nB\0b\n\"Eve\nJoe\n", &["--skip-bad"]);
    assert_eq!((skipping.code, names(&skipping)), (7, vec!["Ada".into(), "Joe".into()]), "{skipping:?}");
}

/// One meeting for everybody.
fn meeting(stage: &Stage, table: &str, more: &[&str]) -> Ran {
    let file = stage.home().join("people.csv");
    std::fs::write(&file, table).unwrap();
    let file = file.display().to_string();
    let create = ["create", "-p", "bigbluebutton", "name=Standup", "--json", "--people", &file];
    stage.run(&[&create, more].concat())
}

#[test]
fn a_meeting_is_made_once_and_everybody_gets_a_link_to_it() {
    let stage = Stage::new();
    let ran = meeting(&stage, "name,role,record\nAda,host,true\nBob,,\nEve,,true\n", &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert_eq!(names(&ran), ["Standup", "Ada", "Bob", "Eve"]);
    assert_eq!(stage.sandbox.requests().len(), 1, "links are only signed");
    assert_eq!(stage.sandbox.created("bigbluebutton"), 1);
    let json = ran.json();
    let audiences: Vec<&str> = (json.as_array().unwrap()[1..].iter())
        .map(|entry| {
            assert_eq!(entry["links"].as_array().unwrap().len(), 1);
            assert_eq!(entry["operation"], "join-link");
            entry["links"][0]["audience"].as_str().unwrap()
        })
        .collect();
    assert_eq!(audiences, ["host", "personal", "personal"]);
    let meeting_of = |entry: &serde_json::Value| {
        let url: url::Url = entry["links"][0]["url"].as_str().unwrap().parse().unwrap();
        url.query_pairs().find(|(name, _)| name == "meetingID").unwrap().1.into_owned()
    };
    assert_eq!(
        json.as_array().unwrap().iter().map(meeting_of).collect::<std::collections::HashSet<_>>().len(),
        1
    );
    let asked = stage.sandbox.requests().remove(0);
    assert!(asked.target.contains("record=true"), "{asked:?}");
    assert_eq!(stage.run(&["links", "--json"]).json().as_array().unwrap().len(), 4);
}

#[test]
fn lines_of_one_meeting_cannot_want_two() {
    let stage = Stage::new();
    let table = "name,meetingID,record\nAda,a-1,true\nBob,a-1,false\nEve,b-2,\nJoe,a-1,true\n";
    let ran = meeting(&stage, table, &[]);
    ran.failed(2, "line 3: record is another one than in line 2, and all share one meeting");
    assert!(ran.err.contains("line 4: meetingID is another one than in line 2"), "{ran:?}");
    assert_eq!(stage.sandbox.requests().len(), 0);
    let skipping = meeting(&stage, table, &["--skip-bad"]);
    assert_eq!((skipping.code, names(&skipping)), (7, vec!["Standup".into(), "Ada".into(), "Joe".into()]));
    meeting(&stage, "name,colour\nAda,red\n", &[]).failed(2, "column `colour` is no field");
    meeting(&stage, "name\nAda\n", &["meetingID="]).failed(2, "meetingID: ");
}

#[test]
fn without_the_meeting_no_link_is_signed() {
    let stage = Stage::new();
    let fault =
        Fault::new("bigbluebutton", Act::Answer { status: 500, headers: Vec::new(), body: Vec::new() });
    stage.sandbox.order(fault);
    let ran = meeting(&stage, "name\nAda\nBob\n", &[]);
    assert_eq!((ran.code, names(&ran)), (8, vec!["Standup".into()]), "{ran:?}");
    assert!(
        ran.err.contains("the meeting: maybe created: ") && ran.err.contains("2 of 2 lines were not sent")
    );
    let headers = vec![("retry-after".to_owned(), "1".to_owned())];
    stage.sandbox.order(Fault::new("bigbluebutton", Act::Answer { status: 429, headers, body: Vec::new() }));
    let ran = meeting(&stage, "name\nAda\nBob\n", &[]);
    assert_eq!((ran.code, names(&ran).len()), (0, 3), "a meeting that is to wait is waited for: {ran:?}");
}
