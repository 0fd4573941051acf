//! join.me: both starts, the calendar, the gateway, and a presenter link that works once.

use serde_json::{Value, json};

use super::client::{Ask, House};

fn ask<'a>(house: &'a House, method: &str, path: &str) -> Ask<'a> {
    let target = format!("/joinme/v1{path}");
    house.ask(method, &target).bearer(&house.setting("joinme", "access_token"))
}

fn meeting() -> Value {
    json!({
        "meetingStart": "2026-11-22T09:00:00Z", "meetingEnd": "2026-11-22T10:00:00Z", "meetingName": "Weekly",
        "participants": ["ada@example.com"], "startWithPersonalUrl": false,
    })
}

#[test]
fn an_ad_hoc_start_gives_both_links_and_the_conference() {
    let house = House::open();
    let reply = ask(&house, "POST", "/meetings/start").json(&json!({"startWithPersonalUrl": true})).send();
    assert_eq!(reply.status, 201);
    let body = reply.json();
    assert!(body["viewerLink"].as_str().unwrap().ends_with("/joinme/SandboxAgent"));
    let audio = &body["audioConference"];
    assert_eq!(audio["conferenceId"].as_str().unwrap().len(), 9);
    assert_eq!(audio["organizerCode"].as_str().unwrap().len(), 4);
    assert!(body.get("webhooksStatus").is_none());
    let numbers = house.get(audio["conferenceCallNumbersUrl"].as_str().unwrap());
    assert!(numbers.text().contains(audio["conferenceId"].as_str().unwrap()));
    let again =
        ask(&house, "POST", "/meetings/start").json(&json!({"startWithPersonalUrl": true})).send().json();
    assert_eq!(again["viewerLink"], body["viewerLink"]);
    assert_ne!(again["presenterLink"], body["presenterLink"]);
    assert_eq!(house.running.created("joinme"), 2);
    let coded =
        ask(&house, "POST", "/meetings/start").json(&json!({"startWithPersonalUrl": false})).send().json();
    let code = coded["viewerLink"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    assert_eq!((code.len(), code.parse::<u32>().is_ok()), (9, true));
}

#[test]
fn the_presenter_link_works_once_and_for_ten_minutes() {
    let house = House::open();
    let start =
        || ask(&house, "POST", "/meetings/start").json(&json!({"startWithPersonalUrl": false})).send().json();
    let body = start();
    let presenter = body["presenterLink"].as_str().unwrap();
    assert!(house.get(presenter).text().contains("as host"));
    let second = house.get(presenter);
    assert_eq!(second.status, 410);
    assert!(second.text().contains("works once"));
    assert!(house.get(body["viewerLink"].as_str().unwrap()).text().contains("as guest"));
    let late = start();
    house.pass(600);
    let reply = house.get(late["presenterLink"].as_str().unwrap());
    assert_eq!(reply.status, 410);
    assert!(reply.text().contains("ten minutes"));
}

#[test]
fn webhooks_are_checked_and_answered_for() {
    let house = House::open();
    let send = |hooks: Value| {
        let body = json!({"startWithPersonalUrl": true, "webhooks": hooks});
        ask(&house, "POST", "/meetings/start").json(&body).send()
    };
    let good = json!({
        "meeting.start": {"callbackUrl": "https://example.com/a", "customCallbackData": {"a": [1]}},
        "meeting.end": {"callbackUrl": "http://example.com/b"},
    });
    let reply = send(good);
    assert_eq!(reply.status, 201);
    let status = reply.json()["webhooksStatus"].clone();
    assert_eq!(status.as_object().unwrap().keys().collect::<Vec<_>>(), ["meeting.start", "meeting.end"]);
    for wrong in [
        json!({}),
        json!([]),
        json!({"meeting.started": {"callbackUrl": "https://example.com/a"}}),
        json!({"meeting.start": {}}),
        json!({"meeting.start": {"callbackUrl": "/relative"}}),
        json!({"meeting.start": {"callbackUrl": "https://example.com", "customCallbackData": "text"}}),
        json!({"meeting": {"start": {"callbackUrl": "https://example.com/a"}}}),
    ] {
        let reply = send(wrong.clone());
        assert_eq!((reply.status, &reply.json()["ErrorCode"]), (400, &json!("invalid_request")), "{wrong}");
    }
}

#[test]
fn types_and_words_are_taken_strictly() {
    let house = House::open();
    let send = |body: Value| ask(&house, "POST", "/meetings/start").json(&body).send();
    for mode in [Value::Null, json!("default"), json!("headless")] {
        let body = json!({"startWithPersonalUrl": false, "viewerMode": mode, "viewerAppDetection": false});
        assert_eq!(send(body).status, 201);
    }
    for wrong in [
        json!({}),
        json!({"startWithPersonalUrl": "false"}),
        json!({"startWithPersonalUrl": null}),
        json!({"startWithPersonalUrl": true, "viewerMode": "NULL"}),
        json!({"startWithPersonalUrl": true, "viewerAppDetection": null}),
        json!({"startWithPersonalUrl": true, "meetingId": 7}),
    ] {
        let reply = send(wrong.clone());
        assert_eq!(reply.status, 400, "{wrong}");
        assert!(!reply.json()["Message"].as_str().unwrap().is_empty());
    }
    assert_eq!(house.running.created("joinme"), 3);
}

#[test]
fn the_gateway_refuses_a_wrong_token() {
    let house = House::open();
    for request in [house.ask("GET", "/joinme/v1/user"), house.ask("GET", "/joinme/v1/user").bearer("old")] {
        let reply = request.send();
        assert_eq!((reply.status, &reply.json()["ErrorCode"]), (401, &json!("invalid_token")));
        assert!(reply.header("www-authenticate").unwrap().contains("error=\"invalid_token\""));
    }
    assert_eq!(ask(&house, "GET", "/user").send().json()["fullName"], "Sandbox Agent");
    assert_eq!(ask(&house, "PUT", "/user").send().status, 405);
    assert_eq!(ask(&house, "GET", "/nothing").send().status, 404);
}

#[test]
fn a_scheduled_meeting_can_be_started_again_and_again() {
    let house = House::open();
    let reply = ask(&house, "POST", "/meetings").json(&meeting()).send();
    assert_eq!(reply.status, 201);
    let made = reply.json();
    let id = made["meetingId"].as_u64().unwrap();
    let viewer = made["viewerLink"].as_str().unwrap();
    assert_eq!(house.get(viewer).status, 403);
    let path = format!("/meetings/{id}/start");
    let started = ask(&house, "POST", &path).json(&json!({})).send();
    assert_eq!((started.status, started.json()["viewerLink"].as_str()), (200, Some(viewer)));
    assert_eq!(started.json()["audioConference"]["conferenceId"], made["conferenceId"]);
    assert_eq!(house.get(viewer).status, 200);
    let personal = ask(&house, "POST", &path).json(&json!({"startWithPersonalUrl": true})).send();
    assert_eq!(personal.status, 400);
    assert_eq!(ask(&house, "POST", "/meetings/1/start").json(&json!({})).send().status, 404);
    assert_eq!(ask(&house, "POST", &path).json(&json!({"viewerMode": null})).send().status, 200);
}

#[test]
fn the_calendar_is_read_changed_and_emptied() {
    let house = House::open();
    let made = ask(&house, "POST", "/meetings").json(&meeting()).send().json();
    let path = format!("/meetings/{}", made["meetingId"]);
    assert_eq!(ask(&house, "GET", &path).send().json(), made);
    let list =
        |until: &str| ask(&house, "GET", &format!("/meetings{until}")).send().json()["meetings"].clone();
    assert_eq!(list(""), json!([made]));
    assert_eq!(list("?endDate=2026-11-22T08:59:59Z"), json!([]));
    assert_eq!(list("?endDate=2026-11-22T09:00:00Z"), json!([made]));
    assert_eq!(ask(&house, "GET", "/meetings?endDate=tomorrow").send().status, 400);
    let changed = ask(&house, "PATCH", &path).json(&json!({"meetingName": "Monthly"})).send();
    assert_eq!((changed.status, &changed.json()["meetingName"]), (200, &json!("Monthly")));
    let backwards = json!({"meetingEnd": "2026-11-22T09:00:00Z"});
    assert_eq!(ask(&house, "PATCH", &path).json(&backwards).send().status, 400);
    assert_eq!(ask(&house, "GET", &path).send().json()["meetingEnd"], "2026-11-22T10:00:00Z");
    let gone = ask(&house, "DELETE", &path).send();
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    assert_eq!(ask(&house, "GET", &path).send().status, 404);
    assert_eq!(ask(&house, "DELETE", &path).send().status, 404);
    assert!(!house.running.rooms()[0].alive);
}

#[test]
fn a_schedule_wants_its_times_in_utc_and_in_order() {
    let house = House::open();
    let with = |name: &str, value: Value| {
        let mut body = meeting();
        body[name] = value;
        ask(&house, "POST", "/meetings").json(&body).send().status
    };
    assert_eq!(with("meetingStart", json!("2026-11-22T09:00:00+00:00")), 201);
    assert_eq!(with("meetingStart", json!("2026-11-22T09:00:00+01:00")), 400);
    assert_eq!(with("meetingStart", json!("2026-11-22T09:00:00")), 400);
    assert_eq!(with("meetingStart", json!("2026-11-22T11:00:00Z")), 400);
    assert_eq!(with("participants", json!("ada@example.com")), 400);
    assert_eq!(with("participants", json!(["ada"])), 400);
    assert_eq!(with("meetingName", Value::Null), 400);
}
