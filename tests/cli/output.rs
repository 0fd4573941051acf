//! What stands on standard output: JSON of a fixed shape, lines for people, links byte for byte, and never a
//! character that could move a cursor.

use roomkey::sandbox::{Act, Fault};
use serde_json::Value;

use crate::stage::{Stage, finish};

#[test]
fn the_json_of_an_entry_keeps_its_shape() {
    let stage = Stage::new();
    let ran = stage.run(&[
        "create",
        "-p",
        "whereby",
        "endDate=in 2h",
        "--title",
        "ACME",
        "--ticket",
        "T-1",
        "--json",
    ]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{ran:?}");
    let json = ran.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        keys(&json),
        "version id created_at profile provider operation name outcome state ticket links details warnings error"
    );
    assert!(
        keys(&json["links"][1]).starts_with("audience label url secret reuse ends_at end source"),
        "{json}"
    );
    assert_eq!(keys(&json["details"][0]), "key label value secret");
    assert_eq!((json["name"].as_str(), json["ticket"].as_str()), (Some("ACME"), Some("T-1")));
    assert_eq!((json["state"].as_str(), &json["error"]), (Some("live"), &Value::Null));
    let audience = |at: usize| json["links"][at]["audience"].as_str().unwrap();
    assert_eq!((audience(0), audience(1)), ("guest", "host"));
    let ends: jiff::Timestamp = json["links"][0]["ends_at"].as_str().unwrap().parse().unwrap();
    let left = ends.as_second() - jiff::Timestamp::now().as_second();
    assert!((7100..=7200).contains(&left), "{json}");
}

#[test]
fn people_read_one_line_per_link() {
    let stage = Stage::new();
    let ran = stage.run(&["create", "-p", "whereby", "endDate=in 2h"]);
    let room = &stage.sandbox.rooms()[0];
    let words: Vec<&str> = ran.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(words.starts_with(&["Guest", "Host"]), "{}", ran.out);
    let link = ran.out.lines().next().unwrap().split_whitespace().nth(1).unwrap();
    assert!(link.starts_with(&stage.sandbox.origin()), "{link} of {room:?}");
    assert_eq!(ran.err, "");
}

#[test]
fn what_a_hostile_answer_says_cannot_move_the_cursor() {
    let text = "\u{1b}]52;c;QQ==\u{7}\u{1b}[2J\u{202e}\u{e0041}\u{9b}31m\r\n";
    for json in [true, false] {
        let stage = Stage::new();
        let act = Act::Hostile { text: text.into(), links: false };
        stage.sandbox.order(Fault::new("whereby", act));
        let mut run = vec!["create", "-p", "whereby", "endDate=in 2h"];
        run.extend(json.then_some("--json"));
        let ran = stage.run(&run);
        let bad = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{e0041}');
        assert!(!ran.out.contains(bad) && !ran.err.contains(bad), "{ran:?}");
    }
}

#[test]
fn a_guest_copy_never_yields_a_host_link_and_a_failed_copy_changes_nothing() {
    let stage = Stage::new();
    let host = ["create", "-p", "bunch", "roomName=r", "userName=u", "moderator=true"];
    let ran = stage.run(&[&host[..], &["--copy", "guest"]].concat());
    assert_eq!((ran.code, ran.err.lines().count()), (0, 1), "{ran:?}");
    assert!(ran.err.starts_with("nothing copied: this is a host link"), "{ran:?}");
    assert!(ran.out.starts_with("Host"), "{ran:?}");
    stage.configure(&format!("clipboard = \"none\"\n{}", stage.profile("bunch", &[])));
    let ran = stage.run(&[&host[..], &["--copy", "host"]].concat());
    assert_eq!((ran.code, ran.err.lines().count()), (0, 1), "{ran:?}");
    assert!(ran.err.contains("nothing copied") && ran.out.contains("http://"), "{ran:?}");
}

/// The vendor does not say what stands inside; what is plainly registered needs no warning.
#[test]
fn webhooks_are_warned_of_only_where_one_is_not_registered() {
    let stage = Stage::new();
    let create = ["create", "-p", "joinme", "startWithPersonalUrl=false", "--json"];
    let hook = "webhooks.meeting.start.callbackUrl=https://hooks.example/x";
    let ran = stage.run(&[&create[..], &[hook]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    for status in [r#"{"meeting.start":{"registered":false}}"#, r#"{"meeting.start":"failed"}"#, "\"failed\""]
    {
        let body = format!(
            r#"{{"viewerLink":"https://join.me/1","presenterLink":"https://secure.join.me/2","webhooksStatus":{status}}}"#
        );
        stage
            .sandbox
            .order(Fault::new("joinme", Act::Answer { status: 201, headers: Vec::new(), body: body.into() }));
        let ran = stage.run(&[&create[..], &[hook]].concat());
        assert_eq!(ran.json()["warnings"].as_array().unwrap().len(), 1, "{status}: {ran:?}");
        assert!(ran.err.contains("the call when it starts is registered"), "{ran:?}");
    }
}

#[test]
fn free_json_is_sent_as_it_is_written() {
    let stage = Stage::new();
    let data = r#"{"n":12345678901234567890123,"f":1.10,"a":1e5}"#;
    let ran = stage.run(&[
        "create",
        "-p",
        "joinme",
        "startWithPersonalUrl=false",
        "webhooks.meeting.start.callbackUrl=https://hooks.example/x",
        &format!("webhooks.meeting.start.customCallbackData={data}"),
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let body = String::from_utf8(stage.sandbox.requests()[0].body.clone()).unwrap();
    assert!(body.contains(r#"{"n":12345678901234567890123,"f":1.10,"a":1e"#), "{body}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_printed_is_named() {
    let stage = Stage::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(["create", "-p", "whereby", "endDate=in 2h"]);
    let ran = finish(command.stdout(full));
    let links = stage.run(&["links", "--json"]);
    let id = links.json()[0]["id"].as_str().unwrap().to_owned();
    assert!(ran.code == 1 && ran.err.contains(&id) && ran.err.contains("`roomkey links"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_copy_holds_the_link_and_nothing_else() {
    let stage = Stage::new();
    let file = stage.home().join("copied");
    let command = format!("clipboard = {{ command = ['sh', '-c', 'cat > {}'] }}\n", file.display());
    stage.configure(&format!("{command}{}", stage.profile("whereby", &[])));
    for (which, at) in [("guest", 0), ("host", 1)] {
        let ran = stage.run(&["create", "endDate=in 2h", "--json", "--copy", which]);
        let link = ran.json()["links"][at]["url"].as_str().unwrap().to_owned();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), link);
        let stays = if which == "host" { "; it stays until you copy something else" } else { "" };
        let sentence = format!(
            "sent the {which} link ({} characters) with sh: cannot be confirmed{stays}\n",
            link.len()
        );
        assert_eq!((ran.code, ran.err), (0, sentence));
    }
}

#[cfg(unix)]
#[test]
fn what_works_once_is_said_and_what_has_ended_is_refused() {
    let clipboard = "clipboard = { command = ['cat'] }\n";
    let stage = Stage::new();
    stage.configure(&format!("{clipboard}{}", stage.profile("joinme", &[])));
    let ran = stage.run(&["create", "startWithPersonalUrl=false", "--copy", "host"]);
    assert!(ran.err.starts_with("sent the host link (") && ran.err.contains("; it works once"), "{ran:?}");
    let ran = stage.run(&["create", "startWithPersonalUrl=false", "--copy", "guest"]);
    assert!(ran.err.starts_with("sent the guest link (") && !ran.err.contains("once"), "{ran:?}");
    let stage = Stage::whose_clock(|| jiff::Timestamp::now() - jiff::SignedDuration::from_hours(3));
    stage.configure(&format!("{clipboard}{}", stage.profile("bunch", &[])));
    let made = ["create", "roomName=r", "userName=u", "--json", "--copy"];
    for what in ["guest", "message"] {
        let ran = stage.run(&[&made[..], &[what]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, "nothing copied: the link has ended\n"), "{ran:?}");
        let id = ran.json()["id"].as_str().unwrap().to_owned();
        stage.run(&["copy", &id]).failed(1, "nothing copied: the link has ended");
    }
}

#[cfg(unix)]
#[test]
fn a_message_is_the_users_first_template_and_never_one_for_hosts() {
    let stage = Stage::new();
    let file = stage.home().join("copied");
    let command = format!("clipboard = {{ command = ['sh', '-c', 'cat > {}'] }}\n", file.display());
    let templates = "[templates.lead]\nfor = \"host\"\ntext = \"{host_link}\"\n\
                     [templates.kurz]\ntext = \"Ihr Link: {guest_link}\"\n";
    stage.configure(&format!("{command}{}{templates}", stage.profile("whereby", &[])));
    let ran = stage.run(&["create", "endDate=in 2h", "--json", "--copy", "message"]);
    let link = ran.json()["links"][0]["url"].as_str().unwrap().to_owned();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("Ihr Link: {link}"));
    assert!(ran.err.starts_with("sent the message kurz ("), "{ran:?}");
    let id = ran.json()["id"].as_str().unwrap().to_owned();
    for (wrong, named) in [("kruz", "did you mean `kurz`?"), ("x", "choose lead, kurz, chat, e-mail, phone")]
    {
        stage.run(&["copy", &id, "--message", wrong]).failed(2, named);
    }
    let host = ["create", "-p", "bunch", "roomName=r", "userName=u", "moderator=true"];
    stage.configure(&format!("{command}{}", stage.profile("bunch", &[])));
    let ran = stage.run(&[&host[..], &["--copy", "message"]].concat());
    assert_eq!(ran.code, 0);
    assert!(ran.err.starts_with("nothing copied: this is a host link"), "{ran:?}");
}

#[test]
fn generated_and_default_values_are_sent_and_can_be_left_out() {
    let stage = Stage::new();
    let body = |arguments: &[&str]| {
        let ran = stage.run(&[&["create", "--dry-run", "--json"], arguments].concat());
        ran.json()["requests"][0]["body"].clone()
    };
    let metered = body(&["-p", "metered"]);
    let name = metered["roomName"].as_str().unwrap();
    assert!(name.starts_with("room-") && name.len() == 15, "{metered}");
    assert_eq!(metered["privacy"], "public");
    assert_eq!(body(&["-p", "metered", "roomName=", "privacy="]), serde_json::json!({}));
    assert_eq!(body(&["-p", "whereby", "endDate=in 2h"])["fields"], serde_json::json!(["hostRoomUrl"]));
    assert_eq!(body(&["-p", "whereby", "endDate=in 2h", "fields="]).get("fields"), None);
    stage.run(&["create", "-p", "bigbluebutton", "name=nn", "meetingID="]).failed(2, "meetingID: ");
}

#[test]
fn a_dry_run_for_people_reads_like_a_request() {
    let stage = Stage::new();
    let ran = stage.run(&["create", "-p", "bunch", "roomName=r", "userName=Zoë", "--dry-run"]);
    let origin = stage.sandbox.origin();
    assert_eq!(
        ran.out,
        format!(
            "POST {origin}/bunch/api/jwt\nAuthorization: Bearer ••••••••\nAccept: application/json\n\
             Content-Type: application/json\n\n{{\"roomName\":\"r\",\"userName\":\"Zoë\"}}\n"
        )
    );
    let ran = stage.run(&[
        "create",
        "-p",
        "bigbluebutton",
        "-o",
        "join-link",
        "meetingID=mm",
        "fullName=Zoë",
        "role=MODERATOR",
        "--dry-run",
    ]);
    assert!(ran.out.starts_with("Host  ") && ran.out.ends_with("checksum=••••••••\n"), "{ran:?}");
    assert_eq!(stage.sandbox.requests().len(), 0);
}

#[test]
fn nobody_reading_is_told_and_the_room_stays_known() {
    let stage = Stage::new();
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(["create", "-p", "whereby", "endDate=in 2h"]);
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{err}");
    assert!(err.contains("the entry is created"), "{err}");
}
