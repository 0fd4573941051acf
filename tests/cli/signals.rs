//! INT, TERM and HUP during a call: an entry is printed all the same, and it says whether anything was sent.

use std::io::Read;
use std::process::Child;
use std::time::Duration;

use roomkey::sandbox::{Act, Fault, Gate};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::listener::Listener;
use crate::stage::Stage;

pub fn send(child: &Child, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

fn start(stage: &Stage, arguments: &[&str]) -> Child {
    stage.command().arg("--config").arg(stage.config()).args(arguments).spawn().unwrap()
}

fn end(mut child: Child) -> (i32, String, String) {
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (child.wait().unwrap().code().unwrap_or(-1), out, err)
}

#[test]
fn after_the_request_has_left_it_is_maybe() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let stage = Stage::new();
        let gate = Gate::new();
        stage.sandbox.order(Fault::new("whereby", Act::Pass).hold(&gate));
        let child = start(&stage, &["create", "-p", "whereby", "endDate=in 2h", "--json"]);
        assert!(stage.sandbox.wait_for(Duration::from_secs(20), |seen| !seen.is_empty()));
        send(&child, signal);
        let (ended, out, err) = end(child);
        let json: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((ended, json["outcome"].as_str()), (code, Some("maybe_created")), "{err}");
        assert_eq!(
            (json["error"]["kind"].as_str(), json["state"].as_str()),
            (Some("interrupted"), Some("maybe"))
        );
        assert!(err.contains("stopped before the answer came: check at Whereby"), "{err}");
        gate.release();
    }
}

#[test]
fn people_read_the_outcome_too() {
    let stage = Stage::new();
    let gate = Gate::new();
    stage.sandbox.order(Fault::new("whereby", Act::Pass).hold(&gate));
    let child = start(&stage, &["create", "-p", "whereby", "endDate=in 2h"]);
    assert!(stage.sandbox.wait_for(Duration::from_secs(20), |seen| !seen.is_empty()));
    send(&child, Signal::TERM);
    let (ended, out, _) = end(child);
    assert!(ended == 143 && out.starts_with("Outcome  maybe_created\n"), "{ended} {out}");
    gate.release();
}

#[test]
fn while_connecting_nothing_was_created() {
    let stage = Stage::new();
    // The connection is taken and the handshake never answered.
    let silent = Listener::silent(b"");
    let base = format!("'{}/v1'", silent.origin().replace("http:", "https:"));
    stage.configure(&stage.profile("whereby", &[("base_url", &base)]));
    let child = start(&stage, &["create", "endDate=in 2h", "--json"]);
    assert!(silent.heard()[0].starts_with(&[0x16]), "a handshake began");
    send(&child, Signal::TERM);
    let (ended, out, err) = end(child);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((ended, json["outcome"].as_str()), (143, Some("not_created")), "{err}");
    assert_eq!(json["error"]["kind"], "interrupted");
    assert!(err.contains("stopped before anything was sent"), "{err}");
}

#[test]
fn once_the_room_exists_what_is_missing_is_a_warning() {
    let stage = Stage::new();
    let gate = Gate::new();
    stage.sandbox.order(Fault::new("metered", Act::Pass).path("/token").hold(&gate));
    let child = start(&stage, &["create", "-p", "metered", "privacy=private", "--json"]);
    assert!(stage.sandbox.wait_for(Duration::from_secs(20), |seen| seen.len() == 2));
    send(&child, Signal::INT);
    let (ended, out, _) = end(child);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((ended, json["outcome"].as_str()), (0, Some("created")), "{json}");
    assert!(!json["warnings"].as_array().unwrap().is_empty());
    gate.release();
}

/// Whether a process is there and not only waits to be reaped.
#[cfg(target_os = "linux")]
fn lives(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

#[cfg(target_os = "linux")]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = std::time::Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(std::time::Instant::now() < end, "never came: {what}");
        std::thread::yield_now();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn the_command_that_was_asked_for_the_key_ends_with_the_program() {
    for arguments in [&["create", "-p", "whereby", "endDate=in 2h"][..], &["profile", "test", "whereby"]] {
        for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
            let stage = Stage::new();
            let pids = stage.home().join("pids");
            let script = "sleep 300 & echo $$ $! > pids.new; mv pids.new pids; sleep 300";
            let command = format!("cd {}; {script}", stage.home().display());
            stage.configure(&stage.profile(
                "whereby",
                &[("api_key", &format!("{{ command = [\"sh\", \"-c\", \"{command}\"] }}"))],
            ));
            let child = start(&stage, arguments);
            until("the command", || pids.exists());
            let running = std::fs::read_to_string(&pids).unwrap();
            assert!(running.split_whitespace().all(lives), "{running}");
            send(&child, signal);
            let (ended, _, err) = end(child);
            assert_eq!(ended, code, "{arguments:?}: {err}");
            until("its end", || !running.split_whitespace().any(lives));
            assert!(stage.sandbox.requests().is_empty());
        }
    }
}
