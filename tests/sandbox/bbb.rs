//! BigBlueButton apart from joining: creating, asking, ending.

use super::checksum::signed;
use super::client::{House, Reply};

fn call(house: &House, name: &str, query: &str) -> Reply {
    let reply = house.get(&signed(house, name, query));
    assert_eq!(reply.status, 200);
    reply
}

/// `messageKey` of a refusal.
fn refused(house: &House, name: &str, query: &str) -> String {
    let reply = call(house, name, query);
    assert_eq!(reply.element("returncode").as_deref(), Some("FAILED"), "{query}: {}", reply.text());
    assert!(!reply.element("message").unwrap().is_empty());
    reply.element("messageKey").unwrap()
}

fn field(reply: &Reply, name: &str) -> String {
    reply.element(name).unwrap_or_else(|| panic!("no {name} in {}", reply.text()))
}

#[test]
fn the_bare_root_tells_the_version_without_a_checksum() {
    let house = House::open();
    for target in ["/bbb/bigbluebutton/api", "/bbb/bigbluebutton/api/", "/bigbluebutton/api/"] {
        let reply = house.get(target);
        assert_eq!((field(&reply, "returncode"), field(&reply, "version")), ("SUCCESS".into(), "2.0".into()));
    }
    assert_eq!(house.get("/bbb/bigbluebutton/api/getSecrets").status, 404);
    assert_eq!(house.ask("PUT", "/bbb/bigbluebutton/api/create").send().status, 405);
}

#[test]
fn a_meeting_is_answered_with_everything_documented() {
    let house = House::open();
    let reply = call(&house, "create", "name=Router+%3Chelp%3E+%26+more&meetingID=abc123&duration=60");
    assert_eq!(reply.header("content-type"), Some("text/xml;charset=utf-8"));
    let expected = [
        ("returncode", "SUCCESS"),
        ("meetingID", "abc123"),
        ("internalMeetingID", "6367c48dd193d56ea7b0baad25b19455e529f5ee-1795269600000"),
        ("parentMeetingID", "bbb-none"),
        ("createTime", "1795269600000"),
        ("dialNumber", "613-555-1234"),
        ("createDate", "Sat Nov 21 14:00:00 UTC 2026"),
        ("hasUserJoined", "false"),
        ("duration", "60"),
        ("hasBeenForciblyEnded", "false"),
        ("messageKey", ""),
        ("message", ""),
    ];
    for (name, value) in expected {
        assert_eq!(field(&reply, name), value, "{name}");
    }
    assert_eq!(field(&reply, "voiceBridge").len(), 5);
    assert!(!field(&reply, "moderatorPW").is_empty());
    let info = call(&house, "getMeetingInfo", "meetingID=abc123");
    assert_eq!(field(&info, "meetingName"), "Router <help> & more");
}

#[test]
fn repeating_a_create_finds_the_meeting_and_changes_nothing() {
    let house = House::open();
    let first = call(&house, "create", "name=One&meetingID=same");
    house.pass(5);
    let second = call(&house, "create", "name=Two&meetingID=same&duration=9");
    assert_eq!(field(&second, "returncode"), "SUCCESS");
    assert_eq!(field(&second, "messageKey"), "duplicateWarning");
    assert_eq!(field(&second, "createTime"), field(&first, "createTime"));
    assert_eq!(field(&second, "duration"), "0");
    assert_eq!(refused(&house, "create", "name=One&meetingID=same&moderatorPW=mp"), "idNotUnique");
    let rooms = house.running.rooms();
    assert_eq!((rooms.len(), rooms[0].created, rooms[0].name.as_str()), (1, 1, "One"));
    let passwords = "name=One&meetingID=pw&attendeePW=ap&moderatorPW=mp";
    call(&house, "create", passwords);
    assert_eq!(field(&call(&house, "create", passwords), "messageKey"), "duplicateWarning");
    assert_eq!(refused(&house, "create", "name=One&meetingID=pw"), "idNotUnique");
}

#[test]
fn missing_and_malformed_parameters_are_named() {
    let house = House::open();
    assert_eq!(refused(&house, "create", "name=A+name"), "missingParamMeetingID");
    assert_eq!(refused(&house, "create", "name=A+name&meetingID="), "missingParamMeetingID");
    assert_eq!(refused(&house, "create", "meetingID=id"), "missingParamName");
    let long = "x".repeat(257);
    let wrong = [
        "meetingID=a&name=A+name",
        "meetingID=a%2Cb&name=A+name",
        &format!("meetingID={long}&name=A+name"),
        "meetingID=id&name=A",
        &format!("meetingID=id&name={long}"),
        "meetingID=id&name=AB&attendeePW=x",
        "meetingID=id&name=AB&record=True",
        "meetingID=id&name=AB&record=1",
        "meetingID=id&name=AB&duration=-1",
        "meetingID=id&name=AB&duration=1.5",
        "meetingID=id&name=AB&voiceBridge=12a45",
        "meetingID=id&name=AB&guestPolicy=ask_moderator",
        "meetingID=id&name=AB&meetingLayout=UNIFIED_LAYOUT",
        "meetingID=id&name=AB&bannerColor=red",
        "meetingID=id&name=AB&groups=%5B%7B",
        "meetingID=id&name=AB&logoutURL=example.com",
        "meetingID=id&name=AB&lockSettingsDisableCam=yes",
    ];
    for query in wrong {
        assert_eq!(refused(&house, "create", query), "validationError", "{query}");
    }
    assert_eq!(refused(&house, "isMeetingRunning", ""), "missingParamMeetingID");
    assert_eq!(refused(&house, "getMeetingInfo", "meetingID=none"), "notFound");
    assert_eq!(refused(&house, "end", "meetingID=none"), "notFound");
    assert_eq!(house.running.created("bigbluebutton"), 0);
}

#[test]
fn good_values_of_every_kind_are_taken_and_unknown_ones_ignored() {
    let house = House::open();
    let query = "meetingID=id&name=AB&record=true&duration=0&guestPolicy=ALWAYS_ACCEPT_AUTH&bannerColor=%23a0B1c2\
                 &meetingLayout=PARTICIPANTS_AND_CHAT_ONLY&groups=%5B%7B%22id%22%3A%221%22%2C%22roster%22%3A%5B%5D%7D%5D\
                 &logoutURL=https%3A%2F%2Fexample.com%2F%25%25CONFNAME%25%25&lockSettingsLockOnJoin=false&welcome=\
                 &recoord=maybe&sharedNotesEditor=etherpad&disabledFeatures=chat%2Cpolls";
    assert_eq!(field(&call(&house, "create", query), "returncode"), "SUCCESS");
}

#[test]
fn a_voice_bridge_belongs_to_one_meeting() {
    let house = House::open();
    call(&house, "create", "meetingID=one&name=AB&voiceBridge=12345");
    assert_eq!(refused(&house, "create", "meetingID=two&name=AB&voiceBridge=12345"), "nonUniqueVoiceBridge");
    call(&house, "end", "meetingID=one");
    let reply = call(&house, "create", "meetingID=two&name=AB&voiceBridge=12345");
    assert_eq!(field(&reply, "voiceBridge"), "12345");
}

#[test]
fn a_breakout_needs_a_living_parent() {
    let house = House::open();
    let breakout = "meetingID=child&name=AB&isBreakout=true&sequence=1";
    assert_eq!(refused(&house, "create", breakout), "parentMeetingIdMissing");
    let parent = call(&house, "create", "meetingID=parent&name=AB");
    let child = call(&house, "create", &format!("{breakout}&parentMeetingID=parent"));
    assert_eq!(field(&child, "parentMeetingID"), field(&parent, "internalMeetingID"));
}

#[test]
fn metadata_comes_back_in_lower_case_and_only_under_proper_names() {
    let house = House::open();
    let query = "meetingID=id&name=AB&meta_Ticket=INC+42&meta_bbb-origin=console&meta_1st=no&meta_a_b=no";
    call(&house, "create", query);
    let info = call(&house, "getMeetingInfo", "meetingID=id");
    assert_eq!(field(&info, "ticket"), "INC 42");
    assert_eq!(field(&info, "bbb-origin"), "console");
    assert_eq!((info.element("1st"), info.element("a_b")), (None, None));
}

#[test]
fn an_empty_meeting_is_not_running_and_vanishes_after_five_minutes() {
    let house = House::open();
    call(&house, "create", "meetingID=short&name=AB");
    call(&house, "create", "meetingID=long&name=AB&meetingExpireIfNoUserJoinedInMinutes=10");
    call(&house, "create", "meetingID=joined&name=AB");
    house.get(&signed(&house, "join", "meetingID=joined&fullName=Ada&role=VIEWER"));
    let running = |id: &str| field(&call(&house, "isMeetingRunning", &format!("meetingID={id}")), "running");
    assert_eq!(
        (running("short"), running("joined"), running("none")),
        ("false".into(), "true".into(), "false".into())
    );
    house.pass(299);
    assert_eq!(field(&call(&house, "getMeetingInfo", "meetingID=short"), "running"), "false");
    house.pass(1);
    assert_eq!(refused(&house, "getMeetingInfo", "meetingID=short"), "notFound");
    assert_eq!(field(&call(&house, "getMeetingInfo", "meetingID=long"), "participantCount"), "0");
    house.pass(3600);
    assert_eq!(refused(&house, "getMeetingInfo", "meetingID=long"), "notFound");
    assert_eq!(field(&call(&house, "getMeetingInfo", "meetingID=joined"), "participantCount"), "1");
    let alive: Vec<bool> = house.running.rooms().iter().map(|room| room.alive).collect();
    assert_eq!(alive, [false, false, true]);
    let again = call(&house, "create", "meetingID=short&name=AB");
    assert_eq!(field(&again, "messageKey"), "");
    assert_eq!(house.running.rooms()[0].created, 2);
}

#[test]
fn an_ended_meeting_is_remembered_and_can_be_made_anew() {
    let house = House::open();
    call(&house, "create", "meetingID=id&name=AB&moderatorPW=secret");
    assert_eq!(refused(&house, "end", "meetingID=id&password=wrong"), "invalidPassword");
    assert_eq!(
        field(&call(&house, "end", "meetingID=id&password=secret"), "messageKey"),
        "sentEndMeetingRequest"
    );
    let info = call(&house, "getMeetingInfo", "meetingID=id");
    assert_eq!(field(&info, "hasBeenForciblyEnded"), "true");
    assert_eq!(refused(&house, "end", "meetingID=id"), "notFound");
    house.pass(1);
    let again = call(&house, "create", "meetingID=id&name=AB");
    assert_eq!(
        (field(&again, "messageKey"), field(&again, "createTime")),
        (String::new(), "1795269601000".into())
    );
    assert_eq!(field(&call(&house, "getMeetingInfo", "meetingID=id"), "hasBeenForciblyEnded"), "false");
}

#[test]
fn meetings_are_listed() {
    let house = House::open();
    let none = call(&house, "getMeetings", "");
    assert_eq!(
        (field(&none, "returncode"), field(&none, "messageKey")),
        ("SUCCESS".into(), "noMeetings".into())
    );
    call(&house, "create", "meetingID=one&name=AB");
    call(&house, "create", "meetingID=two&name=CD");
    call(&house, "end", "meetingID=one");
    let list = call(&house, "getMeetings", "");
    assert_eq!(list.text().matches("<meeting>").count(), 1);
    assert_eq!(field(&list, "meetingID"), "two");
}
