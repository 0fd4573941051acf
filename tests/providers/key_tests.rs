//! The call that tests a key: which request it is, and what its answer proves.

use roomkey::domain::request::{Failure, Response};
use roomkey::error::{Error, Kind};
use roomkey::provider::key_test::KeyTest;
use roomkey::provider::settings::{Setting, Settings};

use super::stage::{page, settings};

const NOW: &str = "2026-11-21T14:00:00Z";

fn test(provider: &str, given: &[(&str, &str)]) -> KeyTest {
    let page = page(provider);
    let given: Vec<(String, String)> =
        given.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
    let settings = settings(&page, &given);
    KeyTest::new(page, "mine", settings)
}

fn answer(status: u16, body: &str) -> Result<Response, Failure> {
    Ok(Response { status, headers: Vec::new(), body: body.into() })
}

/// As the vendors document these calls; the checksum is that of an empty query (`getMeetings` and the secret), made with
/// another program.
#[test]
fn the_requests_are_those_of_the_vendors() {
    for (provider, given, method, url, accept) in [
        ("whereby", &[("api_key", "k")][..], "GET", "https://api.whereby.dev/v1/meetings?limit=1", true),
        ("joinme", &[("access_token", "k")], "GET", "https://api.join.me/v1/user", true),
        (
            "metered",
            &[("app", "acme"), ("secret_key", "k")],
            "GET",
            "https://acme.metered.live/api/v1/rooms?secretKey=k",
            true,
        ),
        (
            "bigbluebutton",
            &[
                ("base_url", "https://bbb.example.com"),
                ("secret", "639259d4-9dd8-4b25-bf01-95f9567eaf4b"),
                ("checksum", "sha1"),
            ],
            "GET",
            "https://bbb.example.com/bigbluebutton/api/getMeetings?checksum=2027baa7771026e9e93392f55031535d1444c41f",
            false,
        ),
    ] {
        let request = test(provider, given).request().unwrap();
        assert_eq!(request.method, method, "{provider}");
        assert_eq!(request.url.expose(), url, "{provider}");
        assert!(request.body.is_none(), "{provider}");
        let accepts = request.headers.iter().any(|header| header.name == "Accept");
        assert_eq!(accepts, accept, "{provider}: only JSON is asked for by name");
    }
}

#[test]
fn the_secret_it_needs_is_known_before_it_is_there() {
    for (provider, key) in [
        ("whereby", "api_key"),
        ("bunch", "api_key"),
        ("joinme", "access_token"),
        ("metered", "secret_key"),
        ("bigbluebutton", "secret"),
    ] {
        let page = page(provider);
        let hidden = Settings::complete(&page, vec![(key.into(), Setting::Hidden)]);
        assert_eq!(KeyTest::new(page, "mine", hidden).secret_setting(), Some(key), "{provider}");
    }
    let error = test("whereby", &[]).request().unwrap_err();
    assert_eq!(error.kind, Kind::Config);
    assert!(error.message().contains("api_key of profile mine is not set"), "{error}");
}

#[test]
fn only_a_success_proves_a_key() {
    let now = NOW.parse().unwrap();
    let whereby = test("whereby", &[("api_key", "k")]);
    assert_eq!(whereby.judge(&answer(200, "{\"results\":[]}"), now), Ok(200));
    let bbb = test("bigbluebutton", &[("base_url", "https://bbb.example.com"), ("secret", "s")]);
    let xml = |code: &str, key: &str| {
        answer(
            200,
            &format!("<response><returncode>{code}</returncode><messageKey>{key}</messageKey></response>"),
        )
    };
    assert_eq!(bbb.judge(&xml("SUCCESS", "noMeetings"), now), Ok(200));
    assert_eq!(bbb.judge(&xml("FAILED", "checksumError"), now).unwrap_err().kind, Kind::Auth);
    let metered = test("metered", &[("app", "acme"), ("secret_key", "k")]);
    assert_eq!(metered.judge(&answer(200, "[]"), now), Ok(200));
    assert!(metered.judge(&answer(200, "{\"success\":false}"), now).is_err());
    let silence = Err(Failure::Unknown(Error::new(Kind::Timeout, "no answer").hint("check for rooms")));
    let error = whereby.judge(&silence, now).unwrap_err();
    assert_eq!((error.kind, error.next_step()), (Kind::Timeout, Some("try again")));
}

#[test]
fn a_page_may_say_that_a_refusal_proves_the_key() {
    let mut page = (*page("whereby")).clone();
    let test = page.test.as_mut().unwrap();
    test.also_ok.0.push(403);
    let settings = settings(&page, &[("api_key".into(), "k".into())]);
    let test = KeyTest::new(page.into(), "mine", settings);
    let now = NOW.parse().unwrap();
    assert_eq!(test.judge(&answer(403, "{}"), now), Ok(403));
    assert!(test.judge(&answer(401, "{}"), now).is_err());
}
