//! Metered Video: rooms that are refused when their name is taken, and tokens.

use serde_json::{Value, json};

use super::client::{House, NOON, Reply};

fn call(house: &House, method: &str, path: &str, body: Option<&Value>) -> Reply {
    let target = format!("/metered/api/v1{path}?secretKey={}", house.setting("metered", "secret_key"));
    let ask = house.ask(method, &target);
    match body {
        Some(body) => ask.json(body).send(),
        None => ask.send(),
    }
}

fn create(house: &House, body: &Value) -> Reply {
    call(house, "POST", "/room", Some(body))
}

#[test]
fn a_room_is_answered_with_its_defaults_and_what_was_sent() {
    let house = House::open();
    let reply = create(&house, &json!({"roomName": "billing-0412", "privacy": "public", "enableChat": true}));
    assert_eq!(reply.status, 200);
    let room = reply.json();
    let id = room["_id"].as_str().unwrap();
    assert_eq!((id.len(), room["app"].as_str().unwrap().len()), (24, 24));
    assert_eq!(
        room,
        json!({
            "privacy": "public", "deleteOnExp": false, "autoJoin": false, "enableRequestToJoin": false,
            "enableChat": true, "enableScreenSharing": true, "joinVideoOn": true, "joinAudioOn": true,
            "ownerOnlyBroadcast": false, "recordRoom": false, "ejectAtRoomExp": false, "lang": "en",
            "archived": false, "_id": id, "roomName": "billing-0412", "app": room["app"],
            "created": "2026-11-21T14:00:00.000Z", "__v": 0,
        })
    );
    let unnamed = create(&house, &json!({})).json();
    assert_eq!((unnamed["roomName"].as_str().unwrap().len(), &unnamed["privacy"]), (10, &json!("public")));
    assert_eq!(house.running.created("metered"), 2);
}

#[test]
fn a_name_that_is_taken_is_refused_and_makes_nothing() {
    let house = House::open();
    let body = json!({"roomName": "r", "privacy": "public"});
    assert_eq!(create(&house, &body).status, 200);
    let again = create(&house, &body);
    assert_eq!(again.status, 400);
    assert_eq!(again.json(), json!({"success": false, "message": "roomName already exists"}));
    assert_eq!(house.running.created("metered"), 1);
}

#[test]
fn the_key_is_a_query_parameter_and_nothing_else() {
    let house = House::open();
    let key = house.setting("metered", "secret_key");
    let body = json!({"privacy": "public"});
    let wrong = [
        house.ask("POST", "/metered/api/v1/room"),
        house.ask("POST", "/metered/api/v1/room?secretKey=no"),
        house.ask("POST", "/metered/api/v1/room?secretkey=no").bearer(&key),
    ];
    for ask in wrong {
        let reply = ask.json(&body).send();
        assert_eq!((reply.status, &reply.json()["success"]), (401, &json!(false)));
    }
    assert_eq!(house.running.created("metered"), 0);
}

#[test]
fn what_does_not_fit_the_table_is_refused() {
    let house = House::open();
    let refused = |name: &str, value: Value| {
        let mut body = json!({"roomName": "r", "privacy": "public"});
        body[name] = value;
        let reply = create(&house, &body);
        assert_eq!((reply.status, &reply.json()["success"]), (400, &json!(false)), "{body}");
        reply.json()["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused("privacy", json!("Public")), "privacy must be one of public, private");
    refused("privacy", Value::Null);
    assert!(refused("roomName", json!("with space")).contains("URL friendly"));
    refused("roomName", json!(""));
    for name in ["expireUnixSec", "notBeforeUnixSec"] {
        refused(name, json!(0));
        refused(name, json!((NOON + 60) * 1000));
        refused(name, json!("2026-11-21T16:00:00Z"));
        refused(name, json!(1_795_269_600.5));
    }
    for name in ["maxParticipants", "ejectAfterElapsedTimeInSec", "endMeetingAfterNoActivityInSec"] {
        refused(name, json!(-1));
        refused(name, json!("10"));
    }
    for name in ["autoJoin", "enableChat", "audioOnlyRoom", "ejectAtRoomExp"] {
        refused(name, json!("true"));
        refused(name, Value::Null);
    }
    refused("meetingEndedWebhook", json!("string"));
    refused("compositionLayout", json!("speaker"));
    assert_eq!(refused("maxparticipants", json!(3)), "unknown field maxparticipants");
    assert_eq!(house.running.created("metered"), 0);
}

#[test]
fn fields_that_need_one_another_are_refused_alone() {
    let house = House::open();
    let message = |body: Value| create(&house, &body).json()["message"].as_str().unwrap_or("made").to_owned();
    let rtmp = json!({"privacy": "public", "enableComposition": true, "enableRTMPOut": true});
    assert!(message(rtmp.clone()).starts_with("rtmpOutURL is required"));
    let mut whole = rtmp;
    whole["rtmpOutURL"] = json!("rtmp://live.example.com/app/key");
    assert_eq!(message(whole), "made");
    let live = json!({"privacy": "public", "enableLiveStreaming": true});
    assert!(message(live).starts_with("enableComposition"));
    let backwards = json!({"privacy": "public", "notBeforeUnixSec": NOON + 9, "expireUnixSec": NOON + 9});
    assert!(message(backwards).starts_with("notBeforeUnixSec must be before"));
}

#[test]
fn a_room_is_read_changed_listed_and_archived() {
    let house = House::open();
    let made = create(&house, &json!({"roomName": "käse&co", "privacy": "public"})).json();
    let path = "/room/k%C3%A4se%26co";
    assert_eq!(call(&house, "GET", path, None).json(), made);
    assert_eq!(call(&house, "GET", "/rooms", None).json(), json!([made]));
    let changed = call(&house, "PUT", path, Some(&json!({"enableChat": true})));
    assert_eq!((changed.status, &changed.json()["enableChat"]), (200, &json!(true)));
    assert_eq!(call(&house, "PUT", path, Some(&json!({"enableChat": 1}))).status, 400);
    let gone = call(&house, "DELETE", path, None);
    assert_eq!(gone.json(), json!({"success": true, "message": "Room successfully archived"}));
    assert_eq!(call(&house, "GET", path, None).status, 404);
    assert_eq!(call(&house, "DELETE", path, None).status, 404);
    assert_eq!(house.get("/metered/k%C3%A4se%26co").status, 410);
    assert!(!house.running.rooms()[0].alive);
}

#[test]
fn the_room_opens_between_its_times_and_to_the_public_only() {
    let house = House::open();
    let link = |name: &str| format!("{}/{name}", house.setting("metered", "link_base"));
    let timed = json!({
        "roomName": "timed", "privacy": "public", "notBeforeUnixSec": NOON + 60, "expireUnixSec": NOON + 120,
    });
    assert_eq!(create(&house, &timed).status, 200);
    assert_eq!(house.get(&link("timed")).status, 403);
    house.pass(60);
    assert!(house.get(&link("timed")).text().contains("in room timed as guest"));
    house.pass(60);
    assert_eq!(house.get(&link("timed")).status, 410);
    create(&house, &json!({"roomName": "closed", "privacy": "private"}));
    let private = house.get(&link("closed"));
    assert_eq!(private.status, 403);
    assert!(private.text().contains("access token"));
    assert_eq!(house.get(&link("unknown")).status, 404);
}

#[test]
fn a_token_is_for_one_room_or_for_all() {
    let house = House::open();
    create(&house, &json!({"roomName": "r", "privacy": "private"}));
    let token = |body: Value| call(&house, "POST", "/token", Some(&body));
    let good = json!({
        "roomName": "r", "isAdmin": true, "name": "Ada", "email": "ada@example.com", "meta": "{}",
        "externalUserId": "7", "expireUnixSec": NOON + 60, "notBeforeUnixSec": NOON, "joinVideoOn": false,
        "joinAudioOn": true, "disableVideo": false, "disableAudio": false, "disableScreenSharing": true,
        "ejectAfterElapsedTimeInSec": 7200, "globalToken": false,
    });
    let reply = token(good);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["token"].as_str().unwrap().split('.').count(), 3);
    assert_eq!(token(json!({"globalToken": true})).status, 200);
    for wrong in [
        json!({}),
        json!({"globalToken": false}),
        json!({"roomName": "r", "globalToken": true}),
        json!({"roomName": "unknown"}),
        json!({"roomName": "r", "isAdmin": "yes"}),
        json!({"roomName": "r", "expireUnixSec": NOON, "notBeforeUnixSec": NOON}),
        json!({"roomName": "r", "privacy": "private"}),
    ] {
        let reply = token(wrong.clone());
        assert_eq!((reply.status, &reply.json()["success"]), (400, &json!(false)), "{wrong}");
    }
}
