//! Whereby, against its own description of the API.

use serde_json::{Value, json};

use super::client::{House, Reply};

fn call(house: &House, method: &str, path: &str) -> Reply {
    let target = format!("/whereby/v1{path}");
    house.ask(method, &target).bearer(&house.setting("whereby", "api_key")).send()
}

fn create(house: &House, body: &Value) -> Reply {
    house.ask("POST", "/whereby/v1/meetings").bearer(&house.setting("whereby", "api_key")).json(body).send()
}

/// A body with an end date and one more field.
fn with(name: &str, value: Value) -> Value {
    let mut body = json!({"endDate": "2099-02-18T14:23:00.000Z"});
    body[name] = value;
    body
}

#[test]
fn a_room_is_made_and_the_host_link_only_given_when_asked_for() {
    let house = House::open();
    let reply = create(&house, &json!({"endDate": "2099-08-11T07:56:01-05:00", "fields": ["hostRoomUrl"]}));
    assert_eq!(reply.status, 201);
    let body = reply.json();
    assert_eq!(body["startDate"], "2026-11-21T14:00:00.000Z");
    assert_eq!(body["endDate"], "2099-08-11T12:56:01.000Z");
    assert!(body.get("viewerRoomUrl").is_none());
    let guest = body["roomUrl"].as_str().unwrap();
    assert!(guest.ends_with(body["roomName"].as_str().unwrap()));
    let host = body["hostRoomUrl"].as_str().unwrap();
    assert!(host.starts_with(&format!("{guest}?roomKey=")));
    assert!(house.get(guest).text().contains("as guest"));
    assert!(house.get(host).text().contains("as host"));
    assert_eq!(house.get(&format!("{host}x")).status, 403);
    let plain = create(&house, &json!({"endDate": "2099-02-18T14:23:00"})).json();
    assert!(plain.get("hostRoomUrl").is_none());
    assert_eq!(house.running.created("whereby"), 2);
}

#[test]
fn the_template_locks_the_room_and_adds_both_links() {
    let house = House::open();
    let body = create(&house, &with("templateType", json!("viewerMode"))).json();
    assert!(house.get(body["roomUrl"].as_str().unwrap()).text().contains("knocking"));
    assert!(house.get(body["viewerRoomUrl"].as_str().unwrap()).text().contains("as viewer"));
    assert!(house.get(body["hostRoomUrl"].as_str().unwrap()).text().contains("as host"));
}

#[test]
fn names_are_made_from_the_prefix_and_the_pattern() {
    let house = House::open();
    let name = |body: Value| create(&house, &body).json()["roomName"].as_str().unwrap().to_owned();
    let prefixed = name(with("roomNamePrefix", json!("Customer 0348-")));
    assert!(prefixed.starts_with("/customer0348-"));
    assert_eq!(prefixed.len(), "/customer0348-".len() + 36);
    assert_eq!(name(with("roomNamePattern", json!("human-short"))).len(), 7);
}

#[test]
fn null_is_absence_where_a_field_is_optional() {
    let house = House::open();
    for name in [
        "startDate",
        "isLocked",
        "roomMode",
        "roomNamePrefix",
        "roomNamePattern",
        "templateType",
        "fields",
        "recording",
        "liveTranscription",
        "streaming",
    ] {
        assert_eq!(create(&house, &with(name, Value::Null)).status, 201, "{name}");
    }
    assert_eq!(create(&house, &with("startDate", json!("2026-11-21T14:00:00Z"))).status, 201);
    assert_eq!(create(&house, &json!({"endDate": null})).status, 400);
}

#[test]
fn what_does_not_fit_the_description_is_refused() {
    let house = House::open();
    let wrong = [
        json!({}),
        json!({"endDate": "2099-02-18"}),
        json!({"endDate": 4_074_675_780_i64}),
        json!({"endDate": "in 2h"}),
        json!({"endDate": "2026-11-21T13:59:59Z"}),
        json!({"endDate": "2026-11-21T14:30:00+01:00"}),
        with("isLocked", json!("true")),
        with("roomMode", json!("Group")),
        with("roomNamePrefix", json!("a".repeat(40))),
        with("roomNamePrefix", json!("käse")),
        with("roomNamePattern", json!("short")),
        with("templateType", json!("viewer")),
        with("fields", json!("hostRoomUrl")),
        with("fields", json!(["hostUrl"])),
        with("roomname", json!("x")),
        with("recording", json!({"type": "cloud", "startTrigger": "none"})),
        with("recording", json!({"type": "all", "destination": null, "startTrigger": "none"})),
        with("recording", json!({"type": "none", "destination": {}, "startTrigger": "none"})),
        with("streaming", json!({"destination": {"url": "https://x.example/"}, "startTrigger": "none"})),
        with("streaming", json!({"destination": {"url": "rtmp://x.example/k"}})),
        with("liveTranscription", json!({"destination": null, "startTrigger": "none", "language": "en,"})),
        with("liveTranscription", json!({"destination": {"provider": "s3"}, "startTrigger": "none"})),
        with(
            "liveTranscription",
            json!({"destination": {"provider": "s3", "bucket": "b", "authenticationType":
            "accessKey", "accessKeyId": "i", "accessKeySecret": "s"}, "startTrigger": "none"}),
        ),
    ];
    for body in wrong {
        let reply = create(&house, &body);
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.json()["error"].is_string());
    }
    assert_eq!(house.running.created("whereby"), 0);
}

#[test]
fn every_leaf_of_the_body_is_known() {
    let house = House::open();
    let body = json!({
        "endDate": "2099-02-18T14:23:00Z", "startDate": "2026-11-21T14:00:00Z", "isLocked": true,
        "roomMode": "group", "roomNamePrefix": "acme-", "roomNamePattern": "uuid", "templateType": "viewerMode",
        "fields": ["hostRoomUrl", "viewerRoomUrl"],
        "recording": {"type": "cloud", "startTrigger": "automatic-2nd-participant", "destination": {
            "provider": "s3", "authenticationType": "accessKey", "bucket": "b/sub", "accessKeyId": "i",
            "accessKeySecret": "s", "fileFormat": "mkv", "oidcRoleArn": "arn"}},
        "liveTranscription": {"startTrigger": "manual", "language": "zh-TW", "liveCaptions": true, "destination": {
            "provider": "s3", "authenticationType": "roleBased", "bucket": "b", "accessKeyId": "i",
            "accessKeySecret": "s", "region": "eu-west-1", "oidcRoleArn": "arn"}},
        "streaming": {"startTrigger": "prompt", "destination": {"url": "rtmps://a.example/live/key"}},
    });
    assert_eq!(create(&house, &body).status, 201);
    assert_eq!(house.running.rooms()[0].details, body);
}

#[test]
fn a_wrong_key_is_refused_before_anything_is_read() {
    let house = House::open();
    for ask in
        [house.ask("POST", "/whereby/v1/meetings"), house.ask("POST", "/whereby/v1/meetings").bearer("no")]
    {
        let reply = ask.body(b"{").send();
        assert_eq!((reply.status, reply.json()), (401, json!({"error": "API key missing or invalid"})));
    }
}

#[test]
fn a_room_is_read_and_deleted_any_number_of_times() {
    let house = House::open();
    let made = create(&house, &with("fields", json!(["hostRoomUrl"]))).json();
    let path = format!("/meetings/{}", made["meetingId"].as_str().unwrap());
    let plain = call(&house, "GET", &path).json();
    assert_eq!(plain["roomUrl"], made["roomUrl"]);
    assert!(plain.get("hostRoomUrl").is_none());
    assert_eq!(call(&house, "GET", &format!("{path}?fields=hostRoomUrl")).json(), made);
    assert_eq!(call(&house, "GET", &format!("{path}?fields=key")).status, 400);
    for _ in 0..2 {
        let gone = call(&house, "DELETE", &path);
        assert_eq!((gone.status, gone.body.len()), (204, 0));
    }
    assert_eq!(call(&house, "GET", &path).status, 404);
    assert_eq!(house.get(made["roomUrl"].as_str().unwrap()).status, 404);
    assert!(!house.running.rooms()[0].alive);
}

#[test]
fn a_list_comes_in_pages() {
    let house = House::open();
    assert_eq!(call(&house, "GET", "/meetings").json(), json!({"results": [], "cursor": null}));
    let made: Vec<Value> = (0..3).map(|_| create(&house, &with("fields", json!([]))).json()).collect();
    let first = call(&house, "GET", "/meetings?limit=2&fields=hostRoomUrl,viewerRoomUrl").json();
    assert_eq!(first["results"].as_array().unwrap().len(), 2);
    assert!(first["results"][0]["viewerRoomUrl"].is_string());
    let next = format!("/meetings?cursor={}", first["cursor"].as_str().unwrap());
    assert_eq!(call(&house, "GET", &next).json(), json!({"results": [made[2]], "cursor": null}));
    assert_eq!(call(&house, "GET", "/meetings?cursor=nonsense").status, 404);
    for limit in ["0", "101", "x"] {
        assert_eq!(call(&house, "GET", &format!("/meetings?limit={limit}")).status, 400);
    }
}

#[test]
fn the_budget_runs_out_and_comes_back() {
    let house = House::open();
    house.running.whereby_budget(8);
    let first = create(&house, &with("isLocked", json!(false)));
    assert_eq!(first.header("x-ratelimit-limit"), Some("8"));
    assert_eq!(first.header("x-ratelimit-remaining"), Some("5"));
    assert_eq!(first.header("x-ratelimit-reset"), Some("2026-11-21T14:01:00.000Z"));
    assert_eq!(create(&house, &with("isLocked", json!(false))).status, 201);
    house.pass(20);
    let refused = create(&house, &with("isLocked", json!(false)));
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), Some("40"));
    assert_eq!(
        refused.json(),
        json!({"error": "Rate limit active for throttle key: organization:1", "data": {"msLeft": 40_000}})
    );
    assert_eq!(call(&house, "GET", "/meetings").status, 200);
    assert_eq!(call(&house, "GET", "/meetings").status, 200);
    assert_eq!(call(&house, "GET", "/meetings").status, 429);
    assert_eq!(house.running.created("whereby"), 2);
    house.pass(40);
    assert_eq!(create(&house, &with("isLocked", json!(false))).status, 201);
}

#[test]
fn host_rights_end_after_an_hour_and_the_room_after_a_day() {
    let house = House::open();
    let body = json!({"endDate": "2026-11-21T15:00:00Z", "fields": ["hostRoomUrl"]});
    let made = create(&house, &body).json();
    let (guest, host) = (made["roomUrl"].as_str().unwrap(), made["hostRoomUrl"].as_str().unwrap());
    house.pass(2 * 3600 - 1);
    assert_eq!(house.get(host).status, 200);
    house.pass(1);
    assert_eq!(house.get(host).status, 410);
    assert_eq!(house.get(guest).status, 200);
    house.pass(24 * 3600);
    assert_eq!(house.get(guest).status, 404);
    assert!(!house.running.rooms()[0].alive);
}
