//! The history as users of the command line meet it: killed in the middle, many at once, and storage that fails.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use roomkey::sandbox::{Act, Fault, Gate};
use serde_json::Value;

use crate::stage::{Ran, Stage, finish};

const LIMIT: Duration = Duration::from_secs(30);
const CREATE: [&str; 5] = ["create", "-p", "whereby", "endDate=in 2h", "--json"];

fn dir(stage: &Stage) -> PathBuf {
    stage.home().join("state/roomkey")
}

fn links(stage: &Stage, more: &[&str]) -> Vec<Value> {
    let arguments = [&["links", "--all", "--json"], more].concat();
    let ran = stage.run(&arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.json().as_array().unwrap().clone()
}

/// Runs it in a shell that has set something up before.
fn run_after(stage: &Stage, setup: &str) -> Ran {
    let mut shell = Command::new("sh");
    shell.env_clear().env("HOME", stage.home()).env("XDG_STATE_HOME", stage.home().join("state"));
    shell.args(["-c", &format!("{setup}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_roomkey"), "--config"]);
    finish(shell.arg(stage.config()).args(CREATE).stdin(Stdio::null()))
}

#[test]
fn what_was_created_is_listed_copied_and_forgotten() {
    let stage = Stage::new();
    let file = stage.home().join("clipboard");
    let profile = stage.profile("whereby", &[]);
    stage.configure(&format!(
        "clipboard = {{ command = [\"/bin/sh\", \"-c\", \"/bin/cat > {}\"] }}\n{profile}",
        file.display()
    ));
    assert!(!dir(&stage).exists() && links(&stage, &[]).is_empty() && !dir(&stage).exists());
    let made = stage.run(&CREATE).json();
    assert_eq!(links(&stage, &["--reveal"]), std::slice::from_ref(&made));
    let (guest, host) =
        (made["links"][0]["url"].as_str().unwrap(), made["links"][1]["url"].as_str().unwrap());
    let listed = stage.run(&["links"]);
    assert!(listed.out.contains(guest) && !listed.out.contains(host), "{listed:?}");
    assert!(listed.out.contains("+ live"), "{listed:?}");
    assert!(stage.run(&["links", "--reveal"]).out.contains(host));
    let id = made["id"].as_str().unwrap();
    let copied = stage.run(&["copy", &id[..4]]);
    assert_eq!(copied.code, 0, "{copied:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), guest);
    assert_eq!(stage.run(&["copy", id, "--host"]).code, 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), host);
    assert_eq!(stage.run(&["copy", id, "--message", "phone"]).code, 0);
    let message = std::fs::read_to_string(&file).unwrap();
    assert!(message.starts_with(&format!("Please open {guest}\n")), "{message}");
    stage.run(&["copy", id, "--message", "phne"]).failed(2, "no template `phne`, did you mean `phone`?");
    stage.run(&["copy", "nosuch"]).failed(2, "there is no such entry");
    stage.run(&["copy", ""]).failed(2, "there is no such entry");
    stage.run(&["forget", id]).failed(2, "--yes");
    assert_eq!(links(&stage, &[]).len(), 1);
    assert_eq!(stage.run(&["forget", id, "--yes"]).code, 0);
    assert_eq!(links(&stage, &[]).len(), 0);
}

#[test]
fn what_could_not_be_copied_is_said_and_ends_with_1() {
    let stage = Stage::new();
    stage.configure(&format!("clipboard = \"none\"\n{}", stage.profile("bunch", &[])));
    let made = stage.run(&["create", "roomName=r", "userName=u", "moderator=true", "--json"]).json();
    let id = made["id"].as_str().unwrap();
    stage.run(&["copy", id]).failed(1, "this is a host link; --host copies it");
    stage.run(&["copy", id, "--host"]).failed(1, "nothing copied");
}

#[test]
fn killed_before_the_answer_it_is_maybe_created() {
    let stage = Stage::new();
    let calls: [(&str, &[&str]); 5] = [
        ("whereby", &["endDate=in 2h"]),
        ("metered", &[]),
        ("bigbluebutton", &["name=meeting"]),
        ("bunch", &["roomName=r", "userName=u"]),
        ("joinme", &["startWithPersonalUrl=false"]),
    ];
    for (provider, more) in calls {
        let gate = Gate::new();
        stage.sandbox.order(Fault::new(provider, Act::Pass).hold(&gate));
        let seen = stage.sandbox.requests().len();
        let mut command = stage.command();
        command.arg("--config").arg(stage.config()).args(["create", "-p", provider]).args(more);
        let mut child = command.spawn().unwrap();
        assert!(stage.sandbox.wait_for(LIMIT, |requests| requests.len() > seen));
        let under_way = links(&stage, &[]);
        assert!(under_way.iter().all(|entry| entry["profile"] != provider), "it may still be answered");
        child.kill().unwrap();
        child.wait().unwrap();
        gate.release();
        let entry = links(&stage, &[]).remove(0);
        assert_eq!(
            (entry["profile"].as_str(), entry["outcome"].as_str()),
            (Some(provider), Some("maybe_created"))
        );
        assert!(entry["error"]["hint"].as_str().unwrap().starts_with("check at "), "{entry}");
        assert_eq!(stage.sandbox.created(provider), 1);
    }
    assert_eq!(stage.sandbox.requests().len(), calls.len(), "nothing was sent twice");
}

#[test]
fn ten_at_once_lose_and_double_nothing() {
    let stage = Stage::new();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                for _ in 0..4 {
                    let ran = stage.run(&CREATE);
                    assert!(ran.code == 0 && ran.err.is_empty(), "{ran:?}");
                }
            });
        }
    });
    let entries = links(&stage, &[]);
    let ids: std::collections::HashSet<&str> =
        entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert_eq!((entries.len(), ids.len(), stage.sandbox.created("whereby")), (40, 40, 40));
}

#[test]
fn where_nothing_can_be_saved_the_link_is_there_all_the_same() {
    let stage = Stage::new();
    std::fs::create_dir(stage.home().join("state")).unwrap();
    std::fs::write(dir(&stage), "in the way").unwrap();
    let ran = stage.run(&CREATE);
    assert_eq!((ran.code, ran.json()["outcome"].as_str()), (0, Some("created")), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    assert!(ran.err.starts_with("warning: not saved: ") && ran.err.contains("is not a directory"), "{ran:?}");
    assert_eq!(std::fs::read_to_string(dir(&stage)).unwrap(), "in the way");
}

#[test]
fn a_full_disk_is_said_and_stops_nothing() {
    let stage = Stage::new();
    stage.run(&CREATE);
    let ran = run_after(&stage, "ulimit -f 8");
    assert_eq!((ran.code, ran.json()["outcome"].as_str()), (0, Some("created")), "{ran:?}");
    assert!(ran.err.starts_with("warning: not saved: "), "{ran:?}");
    assert_eq!(links(&stage, &[]).len(), 1);
}

#[test]
fn no_umask_opens_it_to_others() {
    for umask in ["000", "022", "777"] {
        let stage = Stage::new();
        let ran = run_after(&stage, &format!("umask {umask}"));
        assert!(ran.code == 0 && ran.err.is_empty(), "{ran:?}");
        let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(dir(&stage)), mode(dir(&stage).join("history.db"))), (0o700, 0o600), "{umask}");
    }
}

#[test]
fn keys_and_secret_fields_are_in_no_file() {
    let stage = Stage::new();
    let fields = ["name=meeting", "attendeePW=@env:A", "moderatorPW=@env:M", "--json"];
    let mut command = stage.command();
    command.env("A", "canary-attendee").env("M", "canary-moderator");
    let ran = finish(
        command.arg("--config").arg(stage.config()).args(["create", "-p", "bigbluebutton"]).args(fields),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut canaries = vec!["canary-attendee".to_owned(), "canary-moderator".to_owned()];
    for (provider, more) in [("whereby", &["endDate=in 2h"][..]), ("metered", &["privacy=private"])] {
        assert_eq!(stage.run(&[&["create", "-p", provider], more].concat()).code, 0);
        let settings = stage.sandbox.settings(provider).into_iter();
        canaries.extend(settings.filter(|(name, _)| name.ends_with("_key")).map(|(_, key)| key));
    }
    assert!(canaries.len() >= 4);
    let files: Vec<Vec<u8>> = std::fs::read_dir(dir(&stage))
        .unwrap()
        .flatten()
        .filter_map(|file| std::fs::read(file.path()).ok())
        .collect();
    for canary in canaries {
        let holds = |bytes: &Vec<u8>| bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(!files.iter().any(holds), "{canary}");
    }
    assert_eq!(links(&stage, &[]).len(), 3);
}

#[test]
fn the_configuration_says_what_is_kept() {
    let stage = Stage::new();
    let profile = stage.profile("whereby", &[]);
    stage.configure(&format!("history.store = \"off\"\n{profile}"));
    assert_eq!(stage.run(&CREATE).code, 0);
    assert!(!dir(&stage).exists());
    assert!(stage.run(&["links"]).err.contains("history.store is off"));
    stage.configure(&format!("history.store = \"guest\"\n{profile}"));
    assert_eq!(stage.run(&CREATE).json()["links"].as_array().unwrap().len(), 2);
    let kept = links(&stage, &["--reveal"]);
    assert_eq!(
        (kept[0]["links"].as_array().unwrap().len(), &kept[0]["links"][0]["audience"]),
        (1, &"guest".into())
    );
    let holds = |text: &str| {
        let bytes = std::fs::read(dir(&stage).join("history.db")).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    assert!(holds("/whereby/"));
    stage.configure(&format!("history.store = \"off\"\n{profile}"));
    stage.run(&["links"]);
    assert!(!holds("/whereby/"), "no links are wanted any more");
    stage.configure("");
    stage.run(&["links"]).failed(3, "no profile is configured");
}
