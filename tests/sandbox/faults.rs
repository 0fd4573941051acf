//! Misbehaviour on order: what the caller sees, and what was made all the same.

use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

use roomkey::sandbox::{Act, Fault, Gate};
use serde_json::{Value, json};

use super::checksum::signed;
use super::client::{Ask, House, Reply};

const LIMIT: Duration = Duration::from_secs(20);

fn create(house: &House) -> Ask<'_> {
    let body = json!({"endDate": "2099-01-01T00:00:00Z", "fields": ["hostRoomUrl"]});
    house.ask("POST", "/whereby/v1/meetings").bearer(&house.setting("whereby", "api_key")).json(&body)
}

fn order(house: &House, act: Act) {
    house.running.order(Fault::new("whereby", act));
}

fn made(house: &House) -> usize {
    house.running.created("whereby")
}

#[test]
fn an_order_befalls_its_provider_path_and_number_only() {
    let house = House::open();
    let answer =
        Act::Answer { status: 503, headers: vec![("X-Why".into(), "busy".into())], body: b"later".to_vec() };
    house.running.order(Fault::new("whereby", answer).path("POST /whereby/v1/meetings").times(2));
    assert_eq!(house.ask("GET", "/whereby/v1/meetings").send().status, 401);
    assert_eq!(house.ask("POST", "/bunch/api/jwt").send().status, 401);
    for _ in 0..2 {
        let reply = create(&house).send();
        assert_eq!(
            (reply.status, reply.text().as_str(), reply.header("x-why")),
            (503, "later", Some("busy"))
        );
    }
    assert_eq!(made(&house), 0);
    assert_eq!(create(&house).send().status, 201);
    order(&house, Act::CutBefore);
    house.running.behave();
    assert_eq!(create(&house).send().status, 201);
}

#[test]
fn a_held_answer_waits_for_its_gate_while_others_are_served() {
    let house = House::open();
    let gate = Gate::new();
    house.running.order(Fault::new("whereby", Act::Pass).hold(&gate).times(2));
    let (mut one, mut two) = (create(&house).begin(), create(&house).begin());
    assert!(
        house.running.wait_for(LIMIT, |seen| seen.iter().filter(|one| !one.body.is_empty()).count() == 2)
    );
    assert_eq!(create(&house).send().status, 201);
    let status: Vec<Option<u16>> = house.running.requests().iter().map(|seen| seen.status).collect();
    assert_eq!(status, [None, None, Some(201)]);
    assert_eq!(made(&house), 3);
    gate.release();
    for stream in [&mut one, &mut two] {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        assert_eq!(Reply::parse(&answer).status, 201);
    }
    assert!(house.running.wait_for(LIMIT, |seen| seen.iter().all(|one| one.status == Some(201))));
}

#[test]
fn a_delay_passes_before_the_answer() {
    let house = House::open();
    let delay = Duration::from_millis(60);
    house.running.order(Fault::new("whereby", Act::Pass).delay(delay));
    let start = Instant::now();
    assert_eq!(create(&house).send().status, 201);
    assert!(start.elapsed() >= delay);
}

#[test]
fn silence_says_nothing_and_makes_the_room() {
    let house = House::open();
    order(&house, Act::Silence);
    let mut stream = create(&house).begin();
    assert!(house.running.wait_for(LIMIT, |seen| seen.first().is_some_and(|one| !one.body.is_empty())));
    stream.set_nonblocking(true).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
    assert_eq!(made(&house), 1);
}

#[test]
fn a_cut_connection_says_nothing_with_or_without_a_room() {
    let house = House::open();
    order(&house, Act::CutBefore);
    assert_eq!(create(&house).raw().unwrap(), b"");
    assert_eq!(made(&house), 0);
    order(&house, Act::CutAfter);
    assert_eq!(create(&house).raw().unwrap(), b"");
    assert_eq!(made(&house), 1);
    assert_eq!(house.running.requests()[1].status, None);
}

#[test]
fn a_reset_breaks_the_connection() {
    let house = House::open();
    for (is_made, count) in [(false, 0), (true, 1)] {
        order(&house, Act::Reset { made: is_made });
        assert_eq!(create(&house).raw().unwrap_err().kind(), ErrorKind::ConnectionReset);
        assert_eq!(made(&house), count);
    }
}

#[test]
fn a_body_is_cut_short_of_its_promised_length() {
    let house = House::open();
    order(&house, Act::CutBody(15));
    let reply = Reply::parse(&create(&house).raw().unwrap());
    assert_eq!((reply.status, reply.body.len()), (201, 15));
    assert!(reply.header("content-length").unwrap().parse::<usize>().unwrap() > 15);
    assert_eq!(made(&house), 1);
}

#[test]
fn a_drip_arrives_whole_and_a_huge_body_too() {
    let house = House::open();
    order(&house, Act::Drip(Duration::ZERO));
    assert!(create(&house).send().json()["roomUrl"].is_string());
    order(&house, Act::Huge(3_000_000));
    let reply = create(&house).send();
    assert!(reply.body.len() > 3_000_000);
    assert!(reply.json()["roomUrl"].is_string());
}

#[test]
fn redirects_types_and_raw_bytes_are_sent_as_ordered() {
    let house = House::open();
    order(&house, Act::Redirect { status: 307, to: "http://127.0.0.1:9/x".into() });
    let reply = create(&house).send();
    assert_eq!((reply.status, reply.header("location")), (307, Some("http://127.0.0.1:9/x")));
    order(&house, Act::Raw(b"SSH-2.0-x\r\n".to_vec()));
    assert_eq!(create(&house).raw().unwrap(), b"SSH-2.0-x\r\n");
    assert_eq!(made(&house), 0);
    order(&house, Act::Type("text/html".into()));
    let reply = create(&house).send();
    assert_eq!(reply.header("content-type"), Some("text/html"));
    assert!(reply.json()["roomUrl"].is_string());
    assert_eq!(made(&house), 1);
}

#[test]
fn hostile_text_fills_every_string() {
    let house = House::open();
    let text = "\u{1b}]52;c;eA\u{7}\u{202e}<b>";
    order(&house, Act::Hostile { text: text.into(), links: false });
    let body = create(&house).send().json();
    assert_eq!(body["meetingId"], text);
    assert_eq!(body["endDate"], text);
    assert!(body["roomUrl"].as_str().unwrap().starts_with("http://127.0.0.1"));
    order(&house, Act::Hostile { text: text.into(), links: true });
    let body = create(&house).send().json();
    assert!(body.as_object().unwrap().values().all(|value: &Value| value == text));
    house.running.order(Fault::new("bigbluebutton", Act::Hostile { text: text.into(), links: false }));
    let xml = house.get(&signed(&house, "create", "meetingID=id&name=AB")).text();
    assert!(xml.contains("<returncode>SUCCESS</returncode>"));
    assert!(xml.contains(&format!("<meetingID>{}</meetingID>", text.replace("<b>", "&lt;b&gt;"))));
}
