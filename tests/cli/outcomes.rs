//! What the provider answers, or does not: created, certainly not created, maybe created, with exit code, kind and
//! the truth of the sandbox about its rooms.

use roomkey::sandbox::{Act, Fault};
use serde_json::Value;

use crate::stage::{Ran, Stage};

fn whereby(stage: &Stage) -> Ran {
    stage.run(&["create", "-p", "whereby", "endDate=in 2h", "--json"])
}

fn answer(status: u16, body: &str) -> Act {
    Act::Answer {
        status,
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.as_bytes().to_vec(),
    }
}

#[test]
fn every_kind_of_trouble_has_its_outcome() {
    let to = "https://elsewhere.example/".to_owned();
    let redirect = |status| Act::Redirect { status, to: to.clone() };
    // What happens, exit code, kind, and whether the room exists.
    let cases = [
        (answer(401, "{}"), 4, "auth", 0),
        (answer(403, "{}"), 5, "refused", 0),
        (answer(404, "{}"), 5, "refused", 0),
        (answer(429, "{}"), 5, "rate_limited", 0),
        (redirect(307), 5, "redirected", 0),
        (redirect(308), 5, "redirected", 0),
        (redirect(302), 8, "unclear", 0),
        (answer(408, "{}"), 8, "timeout", 0),
        (answer(500, "{}"), 8, "server", 0),
        (answer(503, "<html>"), 8, "server", 0),
        (answer(200, "{}"), 8, "unclear", 0),
        (answer(201, "<!doctype html><p>Sign in"), 8, "unclear", 0),
        (Act::CutBefore, 8, "unclear", 0),
        (Act::CutAfter, 8, "unclear", 1),
        (Act::CutBody(10), 8, "unclear", 1),
        (Act::Reset { made: true }, 8, "unclear", 1),
        (Act::Huge(300 * 1024), 8, "unclear", 1),
        (Act::Raw(b"SSH-2.0-x\r\n".to_vec()), 8, "unclear", 0),
    ];
    for (act, code, kind, rooms) in cases {
        let stage = Stage::new();
        stage.sandbox.order(Fault::new("whereby", act.clone()));
        let ran = whereby(&stage);
        let json = ran.json();
        let outcome = if code == 8 { "maybe_created" } else { "not_created" };
        assert_eq!((ran.code, json["error"]["kind"].as_str()), (code, Some(kind)), "{act:?}: {ran:?}");
        assert_eq!(json["outcome"], outcome, "{act:?}");
        assert_eq!(
            (json["links"].as_array().unwrap().len(), stage.sandbox.created("whereby")),
            (0, rooms),
            "{act:?}"
        );
        assert_eq!(stage.sandbox.requests().len(), 1, "sent once: {act:?}");
        let error = ran.err.lines().last().unwrap();
        assert!(
            error.starts_with("error: ") && error.contains(json["error"]["message"].as_str().unwrap()),
            "{ran:?}"
        );
        for (name, key) in stage.sandbox.settings("whereby").iter().filter(|(name, _)| name != "base_url") {
            assert!(!ran.err.contains(key) && !ran.out.contains(key), "{name} in {ran:?}");
        }
    }
}

#[test]
fn a_wrong_key_is_refused_by_every_provider() {
    let stage = Stage::new();
    for (provider, setting, arguments) in [
        ("bunch", "api_key", &["roomName=r", "userName=u"][..]),
        ("joinme", "access_token", &["startWithPersonalUrl=false"]),
        ("metered", "secret_key", &[]),
        ("bigbluebutton", "secret", &["name=nn"]),
        ("whereby", "api_key", &["endDate=in 2h"]),
    ] {
        stage.configure(&stage.profile(provider, &[(setting, "'wrong-canary-key'")]));
        let run: Vec<&str> = ["create"].into_iter().chain(arguments.iter().copied()).collect();
        let ran = stage.run(&run);
        ran.failed(4, "error: ");
        assert!(!ran.err.contains("canary"), "{ran:?}");
        assert_eq!((stage.sandbox.created(provider), ran.err.lines().count()), (0, 1), "{ran:?}");
    }
}

#[test]
fn a_step_that_fails_later_is_a_warning() {
    let stage = Stage::new();
    stage.sandbox.order(Fault::new("metered", answer(500, "{}")).path("/token"));
    let ran = stage.run(&["create", "-p", "metered", "privacy=private", "--json"]);
    let json = ran.json();
    assert_eq!((ran.code, json["outcome"].as_str(), &json["error"]), (0, Some("created"), &Value::Null));
    assert_eq!(json["warnings"].as_array().unwrap().len(), 1, "{json}");
    assert!(ran.err.lines().any(|line| line.starts_with("warning: ")), "{ran:?}");
    assert_eq!(stage.sandbox.requests().len(), 3);
}

#[test]
fn only_the_secret_of_the_operation_is_fetched() {
    let stage = Stage::new();
    let not_there = ("session_cookie", "{ command = [\"false\"] }");
    stage.configure(&stage.profile("bunch", &[not_there]));
    assert_eq!(stage.run(&["create", "roomName=r", "userName=u"]).code, 0);
    stage.run(&["create", "-o", "session-join", "roomName=r"]).failed(3, "command false");
}

#[test]
fn trust_in_no_authority_at_all_does_not_stop_a_call() {
    let stage = Stage::new();
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(["create", "-p", "whereby", "endDate=in 2h"]);
    command.env("SSL_CERT_FILE", "/nowhere").env("SSL_CERT_DIR", "/nowhere");
    let ran = crate::stage::finish(&mut command);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn proxies_are_never_asked_for_this_machine() {
    let stage = Stage::new();
    let proxy = crate::listener::Listener::answering(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(["create", "-p", "whereby", "endDate=in 2h"]);
    command
        .env("HTTP_PROXY", proxy.origin())
        .env("http_proxy", proxy.origin())
        .env("ALL_PROXY", proxy.origin());
    let ran = crate::stage::finish(&mut command);
    assert_eq!((ran.code, proxy.connections()), (0, 0), "{ran:?}");
}

#[test]
fn a_proxy_that_gives_no_connection_sent_nothing() {
    let stage = Stage::new();
    let proxy = crate::listener::Listener::answering(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    stage.configure(&stage.profile("whereby", &[("base_url", "'https://proxied.invalid/v1'")]));
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(["create", "endDate=in 2h"]);
    let ran = crate::stage::finish(command.env("HTTPS_PROXY", proxy.origin()));
    ran.failed(6, "the proxy gave no connection to proxied.invalid");
    let heard = String::from_utf8(proxy.heard().remove(0)).unwrap();
    assert!(heard.starts_with("CONNECT proxied.invalid:443 "), "{heard}");
    assert!(!heard.to_lowercase().contains("authorization"), "{heard}");
}

#[test]
fn a_maybe_says_what_to_look_for() {
    let stage = Stage::new();
    stage.sandbox.order(Fault::new("metered", Act::CutAfter));
    let ran = stage.run(&["create", "-p", "metered"]);
    let room = stage.sandbox.rooms().remove(0);
    assert_eq!(ran.code, 8, "{ran:?}");
    assert!(ran.out.starts_with("Outcome  maybe_created\n"), "{ran:?}");
    assert!(ran.out.contains(&room.id) && !ran.out.contains("http:"), "{ran:?} and {room:?}");
    assert!(ran.err.starts_with("error: maybe created: "), "{ran:?}");
}
