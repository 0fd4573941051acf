//! Binding, announcing, listing requests, stopping.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::Duration;

use jiff::Timestamp;
use roomkey::sandbox::{PROVIDERS, Sandbox, World};
use serde_json::json;

use super::client::{House, Reply};

fn bound() -> Sandbox {
    Sandbox::bind(0, World::still(Timestamp::from_second(0).unwrap(), 3)).unwrap()
}

#[test]
fn a_caller_who_comes_before_serving_begins_is_answered() {
    let sandbox = bound();
    let address = sandbox.announce()["providers"]["bunch"]["base_url"].as_str().unwrap().to_owned();
    let host = address.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    let mut early = TcpStream::connect(host).unwrap();
    early.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let _running = sandbox.serve().unwrap();
    let mut answer = Vec::new();
    early.read_to_end(&mut answer).unwrap();
    assert_eq!(Reply::parse(&answer).status, 404);
}

#[test]
fn every_provider_is_announced_with_the_settings_of_a_profile() {
    let sandbox = bound();
    let said = sandbox.announce();
    assert_eq!(said["version"], 1);
    let names =
        |provider: &str| sandbox.settings(provider).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("bunch"), ["base_url", "api_key", "session_cookie"]);
    assert_eq!(names("joinme"), ["base_url", "access_token"]);
    assert_eq!(names("metered"), ["app", "base_url", "link_base", "secret_key"]);
    assert_eq!(names("bigbluebutton"), ["base_url", "secret"]);
    assert_eq!(names("whereby"), ["base_url", "api_key"]);
    assert!(names("zoom").is_empty());
    for provider in PROVIDERS {
        for (name, value) in sandbox.settings(provider) {
            assert_eq!(said["providers"][provider][name.as_str()], value);
        }
    }
}

#[test]
fn the_announced_settings_are_those_that_are_served() {
    let sandbox = bound();
    let said = sandbox.announce();
    assert_eq!(sandbox.serve().unwrap().announce(), said);
}

#[test]
fn an_onlooker_gets_a_line_without_the_query() {
    let (tell, told) = mpsc::channel();
    let running = bound().serve_watched(move |line| tell.send(line.to_owned()).unwrap()).unwrap();
    let mut stream = TcpStream::connect(running.origin().trim_start_matches("http://")).unwrap();
    stream.write_all(b"GET /metered/api/v1/rooms?secretKey=S HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let line = told.recv_timeout(Duration::from_secs(10)).unwrap();
    assert_eq!(line, "GET /metered/api/v1/rooms 401");
}

#[test]
fn requests_are_listed_byte_for_byte_in_the_order_of_arrival() {
    let house = House::open();
    house.get("/whereby/v1/meetings?limit=1&x=%2f+%20");
    house.ask("POST", "/bunch/api/jwt").header("X-Twice", "a").header("X-Twice", "b").body(b"\xff{").send();
    let seen = house.running.requests();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].provider, "whereby");
    assert_eq!(seen[0].target, "/whereby/v1/meetings?limit=1&x=%2f+%20");
    assert_eq!((seen[0].method.as_str(), seen[0].status), ("GET", Some(401)));
    assert_eq!(seen[1].body, b"\xff{");
    assert_eq!(seen[1].headers.iter().filter(|(name, _)| name == "x-twice").count(), 2);
    assert_eq!(seen[1].header("x-twice"), Some("a"));
}

#[test]
fn a_body_beyond_the_limit_is_refused() {
    let house = House::open();
    let body = vec![b' '; 1024 * 1024 + 1];
    assert_eq!(house.ask("POST", "/bunch/api/jwt").body(&body).send().status, 413);
    assert_eq!(house.ask("POST", "/bunch/api/jwt").body(&body[1..]).send().status, 401);
}

#[test]
fn the_server_stops_with_its_last_handle() {
    let house = House::open();
    let other = house.running.clone();
    let mut idle = house.connect();
    let House { running, .. } = house;
    drop(running);
    idle.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut start = [0; 12];
    idle.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 404");
    drop(other);
    // the connection ends with the server
    idle.read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn a_suspended_account_is_refused_in_the_way_of_its_service() {
    let house = House::open();
    for provider in PROVIDERS {
        house.running.suspend(provider, true);
    }
    let joinme = house.get("/joinme/v1/user");
    assert_eq!(joinme.status, 403);
    assert!(joinme.body.is_empty());
    assert_eq!(joinme.header("x-mashery-error-code"), Some("ERR_403_DEVELOPER_INACTIVE"));
    assert_eq!(joinme.header("x-error-detail-header"), Some("Account Inactive"));
    let bunch = house.ask("POST", "/bunch/api/jwt").send();
    assert_eq!((bunch.status, bunch.json()), (500, json!({"error": "Server misconfiguration"})));
    let key = house.setting("whereby", "api_key");
    assert_eq!(house.ask("GET", "/whereby/v1/meetings").bearer(&key).send().status, 403);
    assert_eq!(house.get("/metered/api/v1/rooms").status, 403);
    let bbb = house.get("/bbb/bigbluebutton/api/getMeetings");
    assert_eq!(bbb.element("messageKey").as_deref(), Some("apiNotEnabled"));
    house.running.suspend("whereby", false);
    assert_eq!(house.ask("GET", "/whereby/v1/meetings").bearer(&key).send().status, 200);
}

#[test]
fn whoever_asks_is_told_which_rooms_were_made_and_nothing_else() {
    let house = House::open();
    let empty = house.get("/sandbox").json();
    assert_eq!(empty, json!({"version": 1, "rooms": [], "requests": []}));
    let key = house.setting("metered", "secret_key");
    let made =
        house.ask("POST", &format!("/metered/api/v1/room?secretKey={key}")).json(&json!({"roomName": "r1"}));
    assert_eq!(made.send().status, 200);
    house.get("/metered/api/v1/rooms?secretKey=wrong");
    let told = house.get("/sandbox");
    assert!(!told.text().contains(&key) && !told.text().contains("wrong"), "{}", told.text());
    assert_eq!(
        told.json()["rooms"],
        json!([{"provider": "metered", "id": "r1", "name": "r1", "created": 1, "alive": true}])
    );
    assert_eq!(told.json()["requests"].as_array().unwrap().len(), 2);
    assert_eq!(
        told.json()["requests"][0],
        json!({"provider": "metered", "method": "POST", "path": "/metered/api/v1/room", "status": 200})
    );
    assert_eq!(house.ask("POST", "/sandbox").send().status, 405);
}
