//! Bunch, against its page for developers.

use serde_json::{Value, json};

use super::client::{House, Reply};

fn mint(house: &House, body: &Value) -> Reply {
    house.ask("POST", "/bunch/api/jwt").bearer(&house.setting("bunch", "api_key")).json(body).send()
}

fn full() -> Value {
    json!({
        "roomName": "team-standup", "userName": "Constance Oshafi", "userEmail": "constance@example.com",
        "userAvatar": "https://example.com/avatar.png", "moderator": true,
    })
}

#[test]
fn the_documented_request_gets_the_documented_answer() {
    let house = House::open();
    let reply = mint(&house, &full());
    assert_eq!(reply.status, 200);
    let body = reply.json();
    assert_eq!(body["roomName"], "team-standup");
    assert_eq!(body["expiresIn"], 7200);
    let link = body["joinUrl"].as_str().unwrap();
    let start = format!("{}/bunch/meet/team-standup?jwt=", house.running.origin());
    assert_eq!(link, format!("{start}{}", body["jwt"].as_str().unwrap()));
    assert_eq!(body.as_object().unwrap().len(), 4);
    let page = house.get(link);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("You would now be in room team-standup as Constance Oshafi, moderator."));
}

#[test]
fn the_key_goes_in_one_of_two_headers_and_never_in_both() {
    let house = House::open();
    let key = house.setting("bunch", "api_key");
    let ask = || house.ask("POST", "/bunch/api/jwt").json(&json!({"roomName": "r", "userName": "u"}));
    assert_eq!(ask().header("x-api-key", &key).send().status, 200);
    assert_eq!(ask().header("Authorization", &format!("bearer {key}")).send().status, 200);
    for refused in [
        ask(),
        ask().bearer("wrong"),
        ask().header("x-api-key", "wrong"),
        ask().header("Authorization", &key),
        ask().bearer(&key).header("x-api-key", &key),
        ask().bearer(&key).bearer(&key),
    ] {
        let reply = refused.send();
        assert_eq!(reply.status, 401);
        assert_eq!(reply.json(), json!({"error": "Missing or invalid API key"}));
    }
    assert_eq!(house.running.created("bunch"), 2);
}

#[test]
fn what_does_not_fit_the_table_is_refused() {
    let house = House::open();
    let with = |name: &str, value: Value| {
        let mut body = full();
        body[name] = value;
        body
    };
    let without = |name: &str| {
        let mut body = full();
        body.as_object_mut().unwrap().remove(name);
        body
    };
    let wrong = [
        (without("roomName"), "roomName is required"),
        (without("userName"), "userName is required"),
        (with("roomName", json!("")), "roomName must be a string of 1 to 200 characters"),
        (with("roomName", json!("r".repeat(201))), "roomName must be a string of 1 to 200 characters"),
        (with("roomName", json!(7)), "roomName must be a string of 1 to 200 characters"),
        (with("moderator", json!("true")), "moderator must be a boolean"),
        (with("moderator", Value::Null), "moderator must be a boolean"),
        (with("userEmail", json!("")), "Invalid email"),
        (with("userEmail", json!("constance")), "Invalid email"),
        (with("userAvatar", json!("avatar.png")), "Invalid avatar URL"),
        (with("userEMail", json!("a@b.example")), "unknown field userEMail"),
        (json!([]), "the body must be a JSON object"),
    ];
    for (body, message) in wrong {
        let reply = mint(&house, &body);
        assert_eq!((reply.status, reply.json()), (400, json!({"error": message})), "{body}");
    }
    assert_eq!(mint(&house, &with("roomName", json!("ü".repeat(200)))).status, 200);
    assert_eq!(house.running.created("bunch"), 1);
}

#[test]
fn broken_json_and_other_content_types_are_refused() {
    let house = House::open();
    let key = house.setting("bunch", "api_key");
    let ask = |kind: &str, body: &[u8]| {
        house.ask("POST", "/bunch/api/jwt").bearer(&key).header("Content-Type", kind).body(body).send()
    };
    let good = br#"{"roomName":"r","userName":"u"}"#;
    assert_eq!(ask("application/json", &good[1..]).json(), json!({"error": "malformed JSON"}));
    assert_eq!(ask("application/json", b"").status, 400);
    assert_eq!(ask("text/plain", good).status, 400);
    assert_eq!(ask("Application/JSON; charset=utf-8", good).status, 200);
    assert_eq!(house.ask("GET", "/bunch/api/jwt").send().status, 405);
}

#[test]
fn the_session_call_wants_its_cookie_and_says_only_the_link() {
    let house = House::open();
    let cookie = house.setting("bunch", "session_cookie");
    let ask = || house.ask("POST", "/bunch/api/meetings/join").json(&json!({"roomName": "a b/ü"}));
    assert_eq!(ask().send().status, 401);
    assert_eq!(ask().bearer(&house.setting("bunch", "api_key")).send().status, 401);
    let reply = ask().header("Cookie", &format!("theme=dark; {cookie}")).send();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json().as_object().unwrap().len(), 1);
    let link = reply.json()["joinUrl"].as_str().unwrap().to_owned();
    assert!(link.contains("/bunch/meet/a%20b%2F%C3%BC?jwt="), "{link}");
    assert!(house.get(&link).text().contains("in room a b/ü as"));
}

#[test]
fn every_call_mints_a_link_of_its_own_that_ends_after_two_hours() {
    let house = House::open();
    let body = json!({"roomName": "r<script>", "userName": "<b>O'Hara & Co"});
    let first = mint(&house, &body).json()["joinUrl"].as_str().unwrap().to_owned();
    let second = mint(&house, &body).json()["joinUrl"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    let rooms = house.running.rooms();
    assert_eq!((rooms.len(), rooms[0].created), (1, 2));
    house.pass(7199);
    let page = house.get(&first);
    assert!(page.text().contains("room r&lt;script&gt; as &lt;b&gt;O&#39;Hara &amp; Co, participant"));
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    house.pass(1);
    assert_eq!(house.get(&first).status, 410);
    let other_room = first.replace("/meet/r", "/meet/s");
    assert_eq!(house.get(&other_room).status, 403);
    assert_eq!(house.get(&first[..first.len() - 2]).status, 403);
}
