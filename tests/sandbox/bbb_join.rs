//! Joining a BigBlueButton meeting: the page it leads to, the XML it can answer, and every refusal.

use serde_json::Value;
use url::Url;

use super::checksum::signed;
use super::client::{House, Reply};

fn house(create: &str) -> House {
    let house = House::open();
    let query = format!("meetingID=id&name=Room+%3C1%3E&{create}");
    assert_eq!(
        house.get(&signed(&house, "create", &query)).element("returncode").as_deref(),
        Some("SUCCESS")
    );
    house
}

fn xml(house: &House, query: &str) -> Reply {
    house.get(&signed(house, "join", &format!("{query}&redirect=false")))
}

fn key(house: &House, query: &str) -> String {
    xml(house, query).element("messageKey").unwrap()
}

/// Follows a redirecting join as a browser would, cookie included.
fn land(house: &House, query: &str) -> Reply {
    let reply = house.get(&signed(house, "join", query));
    assert_eq!(reply.status, 302);
    let cookie = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    house.ask("GET", reply.header("location").unwrap()).header("Cookie", &cookie).send()
}

#[test]
fn a_browser_lands_in_the_room_with_its_role() {
    let house = house("");
    let page = land(&house, "meetingID=id&fullName=Ada+%26+Co&role=moderator");
    assert!(
        page.text().contains("You would now be in room Room &lt;1&gt; as Ada &amp; Co, host."),
        "{}",
        page.text()
    );
    assert!(land(&house, "meetingID=id&fullName=Ms+O&role=VIEWER").text().contains("as Ms O, guest"));
}

#[test]
fn without_redirect_the_session_is_answered_and_belongs_to_the_caller() {
    let house = house("");
    let reply = xml(&house, "meetingID=id&fullName=Ada&role=VIEWER");
    assert_eq!(reply.status, 200);
    let field = |name: &str| reply.element(name).unwrap();
    assert_eq!((field("returncode"), field("messageKey")), ("SUCCESS".into(), "successfullyJoined".into()));
    assert!(field("meeting_id").ends_with("-1795269600000"));
    assert!(field("user_id").starts_with("w_"));
    assert!(!field("auth_token").is_empty());
    assert!(field("url").ends_with(&format!("?sessionToken={}", field("session_token"))));
    assert_eq!(house.get(&field("url")).status, 403);
    let free = self::house("allowRequestsWithoutSession=true");
    let reply = xml(&free, "meetingID=id&fullName=Ada&role=VIEWER");
    assert_eq!(free.get(&reply.element("url").unwrap()).status, 200);
}

#[test]
fn passwords_decide_only_where_the_role_does_not() {
    let house = house("attendeePW=ap&moderatorPW=mp");
    let page = |query: &str| land(&house, &format!("meetingID=id&fullName=Ada&{query}")).text();
    assert!(page("password=mp").contains("host"));
    assert!(page("password=ap").contains("guest"));
    assert!(page("role=VIEWER&password=mp").contains("guest"));
    assert!(page("role=KING&password=mp").contains("host"));
    assert_eq!(key(&house, "meetingID=id&fullName=Ada&password=xx"), "invalidPassword");
    assert_eq!(key(&house, "meetingID=id&fullName=Ada"), "Params required");
    assert_eq!(key(&house, "meetingID=id&fullName=Ada&role=KING"), "Params required");
}

#[test]
fn every_refusal_has_its_key() {
    let house = house("maxParticipants=1&guestPolicy=ALWAYS_DENY");
    let who = "fullName=Ada&role=VIEWER";
    assert_eq!(key(&house, who), "missingParamMeetingID");
    assert_eq!(key(&house, "meetingID=id&role=VIEWER"), "missingParamFullName");
    assert_eq!(key(&house, "meetingID=id&role=VIEWER&fullName=%07%1B"), "missingParamFullName");
    assert_eq!(key(&house, &format!("meetingID=other&{who}")), "invalidMeetingIdentifier");
    assert_eq!(key(&house, &format!("meetingID=id&{who}&guest=yes")), "validationError");
    assert_eq!(
        key(&house, &format!("meetingID=id&{who}&enforceLayout=PARTICIPANTS_CHAT_ONLY")),
        "validationError"
    );
    assert_eq!(key(&house, &format!("meetingID=id&{who}&createTime=1")), "mismatchCreateTimeParam");
    assert_eq!(key(&house, &format!("meetingID=id&{who}&createTime=soon")), "mismatchCreateTimeParam");
    assert_eq!(key(&house, &format!("meetingID=id&{who}&guest=true")), "guestDeniedAccess");
    assert_eq!(key(&house, &format!("meetingID=id&{who}&existingUserID=w_none")), "userNotFound");
    let first = format!("meetingID=id&{who}&userID=u1&createTime=1795269600000&enforceLayout=UNIFIED_LAYOUT");
    assert_eq!(key(&house, &first), "successfullyJoined");
    assert_eq!(key(&house, &first), "successfullyJoined");
    assert_eq!(key(&house, &format!("meetingID=id&{who}&userID=u2")), "maxParticipantsReached");
    house.get(&signed(&house, "end", "meetingID=id"));
    assert_eq!(key(&house, &format!("meetingID=id&{who}")), "meetingForciblyEnded");
    let unsigned = house.get("/bbb/bigbluebutton/api/join?redirect=false");
    assert_eq!(unsigned.element("messageKey").as_deref(), Some("checksumError"));
    assert_eq!(house.ask("POST", &signed(&house, "join", "meetingID=id")).send().status, 405);
}

#[test]
fn guests_wait_for_a_moderator_and_others_do_not() {
    let asking = house("guestPolicy=ASK_MODERATOR");
    let guest = "meetingID=id&fullName=Ms+O&role=VIEWER&guest=true";
    let reply = xml(&asking, guest);
    assert_eq!(reply.element("messageKey").as_deref(), Some("guestWait"));
    assert_eq!(reply.element("guestStatus").as_deref(), Some("WAIT"));
    assert!(land(&asking, guest).text().contains("waiting in the lobby of room Room &lt;1&gt; as Ms O"));
    assert_eq!(key(&asking, "meetingID=id&fullName=Ms+O&role=VIEWER"), "successfullyJoined");
    assert_eq!(key(&asking, "meetingID=id&fullName=A&role=MODERATOR&guest=true"), "successfullyJoined");
    let known = house("guestPolicy=ALWAYS_ACCEPT_AUTH");
    assert_eq!(key(&known, guest), "guestWait");
    assert_eq!(key(&known, &format!("{guest}&auth=true")), "successfullyJoined");
    let lobby = house("guestPolicy=ASK_MODERATOR");
    xml(&lobby, guest);
    let running = lobby.get(&signed(&lobby, "isMeetingRunning", "meetingID=id"));
    assert_eq!(running.element("running").as_deref(), Some("false"));
}

#[test]
fn a_known_user_comes_back_with_a_new_session() {
    let house = house("");
    let first = xml(&house, "meetingID=id&fullName=Ada&role=VIEWER");
    let user = first.element("user_id").unwrap();
    let again = xml(&house, &format!("meetingID=id&fullName=Ada&role=VIEWER&existingUserID={user}"));
    assert_eq!(again.element("user_id"), Some(user));
    assert_ne!(again.element("session_token"), first.element("session_token"));
}

#[test]
fn userdata_is_kept_when_its_name_has_exactly_two_parts() {
    let house = house("");
    let query = "meetingID=id&fullName=Ada&role=VIEWER&userdata-bbb_locale=de&userdata-bbb-locale=fr";
    xml(&house, query);
    let info = house.get(&signed(&house, "getMeetingInfo", "meetingID=id")).text();
    assert!(info.contains("<customdata><bbb_locale>de</bbb_locale></customdata>"), "{info}");
}

#[test]
fn a_refused_browser_is_sent_away_with_the_errors() {
    let house = house("logoutURL=https%3A%2F%2Fexample.com%2Fbye%3Fx%3D1");
    let refused = |query: &str| {
        let reply = house.get(&signed(&house, "join", query));
        assert_eq!(reply.status, 302);
        let url = Url::parse(reply.header("location").unwrap()).unwrap();
        let errors = url.query_pairs().find(|(name, _)| name == "errors").unwrap().1.into_owned();
        let errors: Value = serde_json::from_str(&errors).unwrap();
        assert!(errors[0]["message"].is_string());
        let place = format!("{}{}", url.host_str().unwrap(), url.path());
        (place, errors[0]["key"].as_str().unwrap().to_owned())
    };
    let bad = "meetingID=id&fullName=A&role=VIEWER&createTime=1";
    let mismatch = "mismatchCreateTimeParam".to_owned();
    assert_eq!(refused(bad), ("example.com/bye".into(), mismatch.clone()));
    let own = format!("{bad}&logoutURL=https%3A%2F%2Fown.example%2F");
    assert_eq!(refused(&own), ("own.example/".into(), mismatch.clone()));
    let first = format!("{own}&errorRedirectUrl=https%3A%2F%2Ferrors.example%2Fe");
    assert_eq!(refused(&first), ("errors.example/e".into(), mismatch));
    let unknown = refused("meetingID=none&fullName=A&role=VIEWER");
    assert_eq!(unknown, ("127.0.0.1/bbb/".into(), "invalidMeetingIdentifier".into()));
    let forged =
        house.get("/bbb/bigbluebutton/api/join?errorRedirectUrl=https%3A%2F%2Fevil.example%2F&checksum=00");
    let location = forged.header("location").unwrap();
    assert!(location.starts_with(&house.running.origin()), "{location}");
    assert!(house.get(location).text().contains("checksumError"));
}

#[test]
fn a_load_balancer_passes_the_call_from_node_to_node() {
    let house = house("");
    house.running.bbb_balance(307, 2);
    let query = "meetingID=id&fullName=Ada&role=VIEWER&redirect=false";
    let mut target = signed(&house, "join", query);
    for hop in 1..=2 {
        let reply = house.get(&target);
        assert_eq!(reply.status, 307);
        let location = reply.header("location").unwrap().to_owned();
        assert!(location.contains(&format!("/bbb/node/{hop}/bigbluebutton/api/join?{query}&checksum=")));
        target = location;
    }
    assert_eq!(house.get(&target).element("messageKey").as_deref(), Some("successfullyJoined"));
    let info = house.get(&signed(&house, "getMeetingInfo", "meetingID=id"));
    assert_eq!(info.element("participantCount").as_deref(), Some("1"));
    house.running.bbb_balance(302, 0);
    assert_eq!(key(&house, "meetingID=id&fullName=Ada&role=VIEWER"), "successfullyJoined");
}
