//! The outcome table, row by row, for a creating call.

use roomkey::domain::request::{Failure, Response};
use roomkey::error::{Error, Kind};
use roomkey::provider::flow::Flow;

use super::stage::{page, plan, settings, understand};

fn outcome(result: Result<Response, Failure>) -> (String, &'static str, u8) {
    let page = page("whereby");
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let settings = settings(&page, &[("api_key".into(), "CANARY-key".into())]);
    let checked = understand(&page, "create", &vec![("endDate".into(), "in 2h".into())], &settings, now);
    let mut flow = Flow::new(plan(&page, "create", checked, now), settings);
    flow.next_request().expect("a request");
    flow.answered(result, now);
    assert!(flow.next_request().is_none());
    let entry = flow.finish();
    let error = entry.outcome.error().cloned();
    if let Some(error) = &error {
        assert!(!error.to_string().contains("CANARY"), "{error}");
    }
    let kind = error.as_ref().map_or("-", |e| e.kind.name());
    (entry.outcome.name().to_owned(), kind, error.map_or(0, |e| e.kind.exit_code()))
}

fn answer(status: u16, body: &str) -> Result<Response, Failure> {
    Ok(Response { status, headers: Vec::new(), body: body.as_bytes().to_vec() })
}

#[test]
fn the_outcome_table() {
    let good = r#"{"meetingId":"1","roomUrl":"https://a.whereby.com/r","hostRoomUrl":"https://a.whereby.com/r?roomKey=k","endDate":"2026-11-21T16:00:00Z"}"#;
    let row = |got: (String, &'static str, u8), outcome: &str, kind: &str, exit: u8| {
        assert_eq!((got.0.as_str(), got.1, got.2), (outcome, kind, exit));
    };
    for status in [200, 201, 202] {
        row(outcome(answer(status, good)), "created", "-", 0);
    }
    row(outcome(Err(Failure::NotSent(Error::new(Kind::Network, "x")))), "not_created", "network", 6);
    row(outcome(Err(Failure::Unknown(Error::new(Kind::Timeout, "x")))), "maybe_created", "timeout", 8);
    row(outcome(answer(401, "")), "not_created", "auth", 4);
    row(outcome(answer(429, "")), "not_created", "rate_limited", 5);
    for status in [400, 403, 404, 409, 418, 422] {
        row(outcome(answer(status, "<p>no</p>")), "not_created", "refused", 5);
    }
    for status in [307, 308] {
        row(outcome(answer(status, "")), "not_created", "redirected", 5);
    }
    for status in [301, 302, 303, 101] {
        row(outcome(answer(status, "")), "maybe_created", "unclear", 8);
    }
    row(outcome(answer(408, "")), "maybe_created", "timeout", 8);
    for status in [500, 502, 503, 599] {
        row(outcome(answer(status, "CANARY-key is broken")), "maybe_created", "server", 8);
    }
    for body in [
        "",
        "{}",
        "<html>Login</html>",
        "{\"roomUrl\":null}",
        "{\"roomUrl\":42}",
        "{\"roomUrl\":\"\"}",
        "{\"roomUrl\":\"javascript:alert(1)\",\"endDate\":\"2026-11-21T16:00:00Z\"}",
        "{\"roomUrl\":\"https://a.whereby.com/r\",\"roomUrl\":\"https://a.whereby.com/s\"}",
        "{\"roomUrl\":\"https://a.whereby.com/cut",
    ] {
        row(outcome(answer(200, body)), "maybe_created", "unclear", 8);
    }
}

#[test]
fn a_provider_that_repeats_the_key_does_not_leak_it() {
    let (name, kind, _) = outcome(answer(400, "{\"error\":\"bad key CANARY-key\"}"));
    assert_eq!((name.as_str(), kind), ("not_created", "refused"));
}

#[test]
fn a_later_step_that_fails_is_a_warning_and_only_it_is_repeated() {
    let page = page("metered");
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let given = [("app".to_owned(), "acme".to_owned()), ("secret_key".to_owned(), "CANARY-key".to_owned())];
    let settings = settings(&page, &given);
    let typed = vec![("roomName".to_owned(), "r".to_owned()), ("privacy".to_owned(), "private".to_owned())];
    let checked = understand(&page, "create-room", &typed, &settings, now);
    assert!(checked.is_ready(), "{:?}", checked.problems);
    let mut flow = Flow::new(plan(&page, "create-room", checked, now), settings);
    let mut sent = Vec::new();
    for (status, body) in [(200, "{\"roomName\":\"r\"}"), (500, ""), (200, "{\"token\":\"guest\"}")] {
        sent.push(flow.next_request().expect("a request").url.expose().to_owned());
        flow.answered(answer(status, body), now);
    }
    assert!(flow.next_request().is_none());
    let entry = flow.finish();
    assert_eq!(entry.outcome.name(), "created");
    assert_eq!(entry.warnings.len(), 1, "{:?}", entry.warnings);
    assert!(entry.incomplete);
    assert!(flow.retry());
    let again = flow.next_request().expect("the missing step");
    assert_eq!(again.url.expose(), sent[1]);
    flow.answered(answer(200, "{\"token\":\"host\"}"), now);
    assert!(flow.next_request().is_none());
    let entry = flow.finish();
    assert!(!entry.incomplete && entry.warnings.is_empty());
    let details: Vec<_> = entry.details.iter().map(|detail| detail.key.as_str()).collect();
    assert!(details.contains(&"hostToken") && details.contains(&"guestToken"), "{details:?}");
    assert!(!flow.retry());
}

/// A private room at Metered: the room, then a token for the host and one for the guest.
fn private_room() -> Flow {
    let page = page("metered");
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let given = [("app".to_owned(), "acme".to_owned()), ("secret_key".to_owned(), "CANARY-key".to_owned())];
    let settings = settings(&page, &given);
    let typed = vec![("roomName".to_owned(), "r".to_owned()), ("privacy".to_owned(), "private".to_owned())];
    let checked = understand(&page, "create-room", &typed, &settings, now);
    Flow::new(plan(&page, "create-room", checked, now), settings)
}

#[test]
fn what_is_stopped_between_the_steps_lacks_all_that_was_to_come() {
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let mut flow = private_room();
    flow.next_request().expect("the room");
    flow.answered(answer(200, "{\"roomName\":\"r\"}"), now);
    flow.next_request().expect("the host token");
    flow.stop(true, Error::new(Kind::Unclear, "stopped before the answer came"));
    let entry = flow.finish();
    let warnings: Vec<&str> = entry.warnings.iter().map(|warning| warning.as_str()).collect();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(warnings[0].starts_with("Host token is missing: stopped before the answer came"), "{warnings:?}");
    assert!(warnings[1].starts_with("Guest token is missing: "), "{warnings:?}");
    // Stopped once more while it is completed, nothing is forgotten either.
    assert!(flow.retry());
    flow.next_request().expect("the host token");
    flow.stop(false, Error::new(Kind::Other, "stopped before anything was sent"));
    assert_eq!((flow.finish().warnings.len(), flow.finish().incomplete), (2, true));
    assert!(flow.retry());
    for token in ["host", "guest"] {
        flow.next_request().unwrap_or_else(|| panic!("the {token} token"));
        flow.answered(answer(200, &format!("{{\"token\":\"{token}\"}}")), now);
    }
    assert!(flow.next_request().is_none());
    let entry = flow.finish();
    assert!(!entry.incomplete && entry.warnings.is_empty(), "{entry:?}");
    assert_eq!(entry.details.iter().filter(|detail| detail.secret).count(), 2);
}

#[test]
fn the_status_is_that_of_the_answer_that_decided() {
    let page = page("bigbluebutton");
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let given = [("base_url", "https://bbb.example.com/bigbluebutton/"), ("secret", "S")];
    let settings = settings(&page, &given.map(|(key, value)| (key.to_owned(), value.to_owned())));
    let typed = [("meetingID", "m-1"), ("fullName", "Bob"), ("role", "VIEWER"), ("redirect", "false")];
    let typed = typed.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
    let checked = understand(&page, "join-link", &typed, &settings, now);
    let mut flow = Flow::new(plan(&page, "join-link", checked, now), settings);
    flow.next_request().expect("a request");
    let to = ("Location".to_owned(), "https://node.example.com/bigbluebutton/api/join?x=1".to_owned());
    let hop = Response { status: 302, headers: vec![to], body: Vec::new() };
    flow.answered(Ok(hop), now).expect("the node is asked");
    let body =
        "<response><returncode>SUCCESS</returncode><url>https://node.example.com/c?s=1</url></response>";
    assert!(flow.answered(answer(200, body), now).is_none() && flow.next_request().is_none());
    let entry = flow.finish();
    assert_eq!((entry.outcome.name(), entry.status), ("created", Some(200)), "{:?}", entry.outcome);
}

#[test]
fn a_zero_for_an_end_is_no_end() {
    let page = page("metered");
    let now: jiff::Timestamp = "2026-11-21T14:00:00Z".parse().unwrap();
    let given = [("app".to_owned(), "acme".to_owned()), ("secret_key".to_owned(), "CANARY-key".to_owned())];
    let settings = settings(&page, &given);
    let end = |typed: &[(&str, &str)]| {
        let typed = typed.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let checked = understand(&page, "create-room", &typed, &settings, now);
        let mut flow = Flow::new(plan(&page, "create-room", checked, now), settings.clone());
        flow.next_request().expect("a request");
        flow.answered(answer(200, "{\"roomName\":\"r\",\"expireUnixSec\":0}"), now);
        assert!(flow.next_request().is_none());
        flow.finish().links[0].ends.time()
    };
    assert_eq!(end(&[("roomName", "r")]), None);
    let computed = end(&[("roomName", "r"), ("expireUnixSec", "in 2h")]);
    assert_eq!(computed, Some("2026-11-21T16:00:00Z".parse().unwrap()));
}

#[test]
fn what_may_exist_says_what_another_try_would_do() {
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let advice = |id: &str, operation: &str, given: &[(&str, &str)], typed: &[(&str, &str)]| {
        let page = page(id);
        let owned = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        };
        let settings = settings(&page, &owned(given));
        let checked = understand(&page, operation, &owned(typed), &settings, now);
        assert!(checked.is_ready(), "{:?}", checked.problems);
        let mut flow = Flow::new(plan(&page, operation, checked, now), settings);
        flow.next_request().expect("a request");
        flow.answered(answer(200, ""), now);
        let entry = flow.finish();
        assert_eq!(entry.outcome.name(), "maybe_created");
        entry.outcome.error().unwrap().next_step().unwrap().to_owned()
    };
    let metered = [("app", "acme"), ("secret_key", "S")];
    let named = advice("metered", "create-room", &metered, &[("roomName", "r")]);
    assert!(named.ends_with("before you try again: another try is refused if it is there"), "{named}");
    // Without a name Metered makes one up.
    let unnamed = advice("metered", "create-room", &metered, &[("roomName", "")]);
    assert!(unnamed.ends_with(": another try makes another one"), "{unnamed}");
    let whereby = advice("whereby", "create", &[("api_key", "K")], &[("endDate", "in 2h")]);
    assert!(whereby.ends_with(": another try makes another one"), "{whereby}");
    let bbb = [("base_url", "https://bbb.example.com/bigbluebutton/"), ("secret", "S")];
    let typed = [("name", "nn"), ("meetingID", "m-1"), ("hostName", "Ada"), ("guestName", "Bob")];
    let meeting = advice("bigbluebutton", "meeting", &bbb, &typed);
    assert!(meeting.ends_with(": the same once more makes no second one"), "{meeting}");
}
