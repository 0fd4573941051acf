//! Calls about what was made: exactly what is sent, judged by answers written by hand, and what of them may be told.

use std::sync::Arc;

use roomkey::domain::entry::{Asked, Detail, Entry, Outcome};
use roomkey::domain::finding::{Asking, Found};
use roomkey::domain::page::Page;
use roomkey::domain::request::Response;
use roomkey::domain::secret::{MASK, Secret};
use roomkey::domain::text::DisplayText;
use roomkey::error::{Error, Kind};
use roomkey::provider::follow_up::Question;
use roomkey::provider::load;
use roomkey::provider::settings::Settings;

use crate::stage::{page, settings};

/// An entry that holds this detail.
fn entry(page: &Page, operation: &str, (key, value): (&str, &str)) -> Entry {
    Entry {
        id: "k1".into(),
        created_at: "2026-11-21T14:00:00Z".parse().unwrap(),
        profile: "p".into(),
        provider: page.id.clone(),
        operation: operation.into(),
        name: DisplayText::line("Router help"),
        asked: Asked::default(),
        outcome: Outcome::Created,
        links: Vec::new(),
        details: vec![Detail {
            key: key.into(),
            label: key.into(),
            value: Secret::new(value),
            secret: false,
            copy: false,
            host: false,
        }],
        deleted: None,
        incomplete: false,
        warnings: Vec::new(),
        status: Some(200),
        took: 1,
    }
}

fn bbb() -> Settings {
    let given = [("base_url", "https://bbb.example.com/bigbluebutton/"), ("secret", "SECRET")];
    settings(&page("bigbluebutton"), &given.map(|(key, value)| (key.to_owned(), value.to_owned())))
}

fn response(status: u16, body: &str) -> Response {
    Response { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
}

/// What each page sends, as its vendor documents it.
#[test]
fn the_calls_are_those_of_the_vendors() {
    let given = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
    };
    for (id, operation, key, settings_of, base) in [
        (
            "joinme",
            "schedule",
            "meetingId",
            given(&[("access_token", "T")]),
            "https://api.join.me/v1/meetings/",
        ),
        (
            "joinme",
            "start-scheduled",
            "meetingId",
            given(&[("access_token", "T")]),
            "https://api.join.me/v1/meetings/",
        ),
        (
            "whereby",
            "create",
            "meetingId",
            given(&[("api_key", "K")]),
            "https://api.whereby.dev/v1/meetings/",
        ),
        (
            "metered",
            "create-room",
            "roomName",
            given(&[("app", "acme"), ("secret_key", "S")]),
            "https://acme.metered.live/api/v1/room/",
        ),
    ] {
        let page = page(id);
        let settings = settings(&page, &settings_of);
        let entry = entry(&page, operation, (key, "a b/c?d"));
        for (asking, method) in [(Asking::Check, "GET"), (Asking::Delete, "DELETE")] {
            let question = Question::new(asking, &entry, Arc::clone(&page)).unwrap();
            let request = question.request(&settings).unwrap();
            let url = request.url.expose().split("?secretKey=").next().unwrap().to_owned();
            assert_eq!((request.method.as_str(), url), (method, format!("{base}a%20b%2Fc%3Fd")), "{id}");
            assert!(request.body.is_none(), "{id}");
            let shown = question.shown(&settings).unwrap();
            assert!(!format!("{shown:?}").contains("secretKey=S"), "{shown:?}");
        }
    }
}

/// The vector V5 of the vendor's checksum, made by a foreign tool for this secret.
#[test]
fn ending_a_meeting_is_signed_and_asks_for_no_json() {
    let page = page("bigbluebutton");
    let entry = entry(&page, "meeting", ("meetingID", "abc123"));
    let question = Question::new(Asking::Delete, &entry, Arc::clone(&page)).unwrap();
    let given = [
        ("base_url", "https://bbb.example.com/bigbluebutton/"),
        ("secret", "639259d4-9dd8-4b25-bf01-95f9567eaf4b"),
    ];
    let settings = settings(&page, &given.map(|(key, value)| (key.to_owned(), value.to_owned())));
    let request = question.request(&settings).unwrap();
    assert_eq!(
        request.url.expose(),
        "https://bbb.example.com/bigbluebutton/api/end?meetingID=abc123&checksum=13a3a2f0c18c6fe1b4da6d56703bdabd2229956a0dc51a49ef0159df9d037a06"
    );
    assert!(request.headers.iter().all(|header| header.name != "Accept"));
}

#[test]
fn every_answer_means_what_the_vendor_says() {
    let page = page("bigbluebutton");
    let entry = entry(&page, "meeting", ("meetingID", "abc123"));
    let xml = |inner: &str| response(200, &format!("<response>{inner}</response>"));
    let failed = |key: &str| xml(&format!("<returncode>FAILED</returncode><messageKey>{key}</messageKey>"));
    let at = entry.created_at;
    let judge = |asking: Asking, response: Response| {
        let question = Question::new(asking, &entry, Arc::clone(&page)).unwrap();
        question.judge(&bbb(), &Ok(response), at).map(|finding| finding.found)
    };
    let ended = xml("<returncode>SUCCESS</returncode><messageKey>sentEndMeetingRequest</messageKey>");
    assert_eq!(judge(Asking::Delete, ended), Ok(Found::Deleted));
    for gone in ["notFound", "invalidMeetingId", "meetingForciblyEnded"] {
        for asking in [Asking::Check, Asking::Delete] {
            assert!(matches!(judge(asking, failed(gone)), Ok(Found::Gone { sure: true, .. })), "{gone}");
        }
    }
    let over = xml("<returncode>SUCCESS</returncode><hasBeenForciblyEnded>true</hasBeenForciblyEnded>");
    assert!(matches!(judge(Asking::Check, over), Ok(Found::Gone { sure: true, .. })));
    let kind = |result: Result<Found, Error>| result.unwrap_err().kind;
    assert_eq!(kind(judge(Asking::Delete, failed("checksumError"))), Kind::Auth);
    assert_eq!(kind(judge(Asking::Delete, xml("<returncode>?</returncode>"))), Kind::Unclear);
    assert_eq!(kind(judge(Asking::Check, response(502, "<html>"))), Kind::Server);
}

/// A page of the user's own may ask for more than it should.
#[test]
fn what_the_page_makes_a_secret_of_stays_hidden_and_the_rest_is_cleaned() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/providers/bigbluebutton.toml");
    let text = std::fs::read_to_string(file).unwrap();
    let text =
        text.replace(r#""Joined so far"    = "/hasUserJoined""#, r#""Joined so far"    = "/moderatorPW""#);
    let page = Arc::new(load::page(&text, "a page").unwrap());
    let entry = entry(&page, "meeting", ("meetingID", "abc123"));
    let body = "<response><returncode>SUCCESS</returncode><running>false</running>\
        <participantCount>SECRET \u{202e}2</participantCount><moderatorPW>canary</moderatorPW></response>";
    let question = Question::new(Asking::Check, &entry, page).unwrap();
    let found = question.judge(&bbb(), &Ok(response(200, body)), entry.created_at).unwrap().found;
    let Found::There(told) = found else { panic!("{found:?}") };
    let told: Vec<(&str, &str)> = told.iter().map(|one| (one.label.as_str(), one.value.as_str())).collect();
    assert_eq!(told[0], ("Somebody inside", "no"));
    assert!(
        told[1].0 == "Participants" && !told[1].1.contains("SECRET") && !told[1].1.contains('\u{202e}'),
        "{told:?}"
    );
    assert_eq!(told[2], ("Joined so far", MASK));
}

#[test]
fn seconds_are_a_time_where_the_field_is_one() {
    let page = page("metered");
    let entry = entry(&page, "create-room", ("roomName", "r"));
    let question = Question::new(Asking::Check, &entry, Arc::clone(&page)).unwrap();
    let given = [("app", "acme"), ("secret_key", "S3CRET")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    let settings = settings(&page, &given);
    let judge =
        |body: &str| question.judge(&settings, &Ok(response(200, body)), entry.created_at).unwrap().found;
    let Found::There(told) = judge(r#"{"privacy":"public","expireUnixSec":1795000000,"archived":false}"#)
    else {
        panic!("not there")
    };
    assert_eq!(told[1].time.map(|time| time.as_second()), Some(1_795_000_000));
    assert_eq!(told[2].value.as_str(), "no");
    assert!(matches!(judge(r#"{"archived":true}"#), Found::Gone { sure: true, .. }));
}

/// Of a deletion: gone where the provider itself says so, and open where nobody knows who has answered.
#[test]
fn a_404_counts_as_gone_only_where_it_is_the_providers_word() {
    let judge = |id: &str, operation: &str, given: &[(&str, &str)], response: Response| {
        let page = page(id);
        let key = if id == "metered" { "roomName" } else { "meetingId" };
        let key = if id == "bigbluebutton" { "meetingID" } else { key };
        let entry = entry(&page, operation, (key, "abc123"));
        let given: Vec<_> = given.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let settings = settings(&page, &given);
        let question = Question::new(Asking::Delete, &entry, Arc::clone(&page)).unwrap();
        question.judge(&settings, &Ok(response), entry.created_at).map(|finding| finding.found)
    };
    type Given<'a> = &'a [(&'a str, &'a str)];
    let providers: [(&str, &str, Given, &str); 3] = [
        (
            "metered",
            "create-room",
            &[("app", "acme"), ("secret_key", "S")],
            "{\"message\":\"Room not found\"}",
        ),
        ("whereby", "create", &[("api_key", "K")], "{\"error\":\"Meeting not found\"}"),
        (
            "joinme",
            "schedule",
            &[("access_token", "T")],
            "{\"Message\":\"none\",\"ErrorCode\":\"not_found\"}",
        ),
    ];
    for (id, operation, given, words) in providers {
        for body in [words, "{}", ""] {
            let found = judge(id, operation, given, response(404, body));
            assert!(matches!(found, Ok(Found::Gone { .. })), "{id}, {body:?}: {found:?}");
        }
        for body in ["<html><h1>404 Not Found</h1>", "404 page not found", "<?xml version=\"1.0\"?><e/>"] {
            let error = judge(id, operation, given, response(404, body)).expect_err(body);
            assert_eq!(error.kind, Kind::Unclear, "{id}, {body:?}");
            assert!(error.message().ends_with("was not found at this address"), "{error}");
            assert_eq!(error.next_step(), Some("check base_url of profile p"));
        }
        assert!(judge(id, operation, given, response(410, "<html>")).is_ok(), "{id}");
    }
    // It answers 200 to everything that reaches it.
    let given = [("base_url", "https://bbb.example.com/bigbluebutton/"), ("secret", "S")];
    for body in ["<html>404</html>", "", "{}"] {
        let error = judge("bigbluebutton", "meeting", &given, response(404, body)).expect_err(body);
        assert_eq!((error.kind, error.next_step()), (Kind::Unclear, Some("check base_url of profile p")));
        assert!(error.message().contains("no BigBlueButton API at this address"), "{error}");
    }
}
