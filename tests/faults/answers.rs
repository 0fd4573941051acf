//! Answers that came whole: what they mean, whatever they say and however they say it.

use std::time::{Duration, Instant};

use roomkey::domain::link::{Audience, Ends};
use roomkey::sandbox::{Act, Fault, PROVIDERS};

use crate::bench::{Bench, answer, good, headed};

/// Providers that answer in JSON.
const JSON: [&str; 4] = ["bunch", "joinme", "metered", "whereby"];

/// The name of the field without which there is no link.
fn essential(provider: &str) -> &'static str {
    match provider {
        "bunch" => "joinUrl",
        "joinme" => "viewerLink",
        "metered" => "roomName",
        _ => "roomUrl",
    }
}

/// The good answer with another value for the essential field.
fn with(provider: &str, value: &str) -> String {
    let mut body: serde_json::Value = serde_json::from_str(good(provider)).unwrap();
    body[essential(provider)] = serde_json::from_str(value).unwrap();
    body.to_string()
}

#[test]
fn a_good_answer_is_good_under_any_success() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for status in [200, 201, 202] {
            let entry = bench.ends(provider, "good", answer(status, good(provider)), "created", "-");
            assert!(entry.links.iter().all(|link| link.warning.is_none()), "{:?}", entry.links);
            assert_eq!(entry.status, Some(status));
        }
        let bom = format!("\u{feff}{}", good(provider));
        bench.ends(provider, "byte order mark", answer(200, bom), "created", "-");
        for kind in ["text/html", "application/octet-stream", "%%%"] {
            let act = headed(200, "content-type", kind, good(provider));
            bench.ends(provider, kind, act, "created", "-");
        }
        let cookie = headed(200, "set-cookie", "session=CANARY; Path=/", good(provider));
        bench.ends(provider, "cookie", cookie, "created", "-");
        bench.create(provider);
        assert!(bench.sandbox.requests().last().unwrap().header("cookie").is_none(), "{provider}");
        for date in ["Sat, 21 Nov 2026 12:40:00 GMT", "yesterday", "Wed, 21 Oct 9999 07:28:00 GMT"] {
            bench.ends(provider, date, headed(200, "date", date, good(provider)), "created", "-");
        }
    }
}

#[test]
fn a_success_without_a_link_is_maybe() {
    let bench = Bench::new();
    for provider in JSON {
        let renamed = good(provider).replace(essential(provider), "room_link");
        for body in ["null", "\"\"", "{}", "[]", "[1]"].map(|value| with(provider, value)) {
            bench.ends(provider, &body, answer(200, &body), "maybe_created", "unclear");
        }
        for body in ["{}", "[]", "null", "42", "\"text\"", "", " ", &renamed] {
            bench.ends(provider, body, answer(200, body), "maybe_created", "unclear");
        }
    }
    // A number is no address; as the name of a room it can be read.
    for provider in ["bunch", "joinme", "whereby"] {
        for value in ["42", "true", "1e300"] {
            bench.ends(provider, value, answer(200, with(provider, value)), "maybe_created", "unclear");
        }
    }
}

#[test]
fn a_key_that_occurs_twice_gives_no_link() {
    let bench = Bench::new();
    for provider in JSON {
        let twice = good(provider).replacen('{', &format!("{{\"{}\":\"x\",", essential(provider)), 1);
        bench.ends(provider, "twice", answer(200, twice), "maybe_created", "unclear");
    }
}

#[test]
fn large_and_deep_answers_are_read_up_to_a_limit() {
    let bench = Bench::new();
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for provider in JSON {
        let more = |extra: &str| answer(200, good(provider).replacen('{', &format!("{{{extra},"), 1));
        let keys: Vec<String> = (0..5000).map(|n| format!("\"k{n}\":{n}")).collect();
        bench.ends(provider, "5000 keys", more(&keys.join(",")), "created", "-");
        bench.ends(provider, "deep", more(&format!("\"x\":{}", nested(126))), "created", "-");
        for depth in [128, 1000, 100_000] {
            let act = more(&format!("\"x\":{}", nested(depth)));
            bench.ends(provider, "too deep", act, "maybe_created", "unclear");
        }
        bench.ends(provider, "open", answer(200, "[".repeat(100_000)), "maybe_created", "unclear");
    }
}

#[test]
fn what_is_no_text_is_maybe() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        let wide: Vec<u8> = good(provider).encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin = [good(provider).as_bytes(), b"\xE4"].concat();
        let mut cases = vec![("UTF-16", wide), ("Latin-1", latin), ("NUL", vec![0; 100])];
        cases.push(("random", (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()));
        for (name, body) in cases {
            bench.ends(provider, name, answer(200, body), "maybe_created", "unclear");
        }
    }
    for provider in JSON {
        let act = answer(200, with(provider, "\"x\"").replace("\"x\"", "\"\\ud800\""));
        bench.ends(provider, "lone surrogate", act, "maybe_created", "unclear");
    }
}

#[test]
fn a_portal_is_named_and_never_shown() {
    let bench = Bench::new();
    let page = format!(
        "<!DOCTYPE html><html><head><title>Login</title></head>{}</html>",
        "<p>Sign in</p>".repeat(2500)
    );
    for provider in PROVIDERS {
        let act = headed(200, "content-type", "text/html", &page);
        let entry = bench.ends(provider, "portal", act, "maybe_created", "unclear");
        let message = entry.outcome.error().unwrap().message();
        assert!(message.contains("web page (a proxy or portal?)"), "{message}");
        assert!(!message.contains("Login") && !message.contains('<'), "{message}");
    }
}

#[test]
fn packed_answers_stay_packed() {
    let bench = Bench::new();
    let gzip: Vec<u8> = [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".as_slice(), &[0x55; 10_000]].concat();
    for provider in PROVIDERS {
        for coding in ["gzip", "br", "zstd", "deflate", "gzip, gzip", "x-unknown"] {
            let act = headed(200, "content-encoding", coding, &gzip);
            bench.ends(provider, coding, act, "maybe_created", "unclear");
            let act = headed(200, "content-encoding", coding, good(provider));
            bench.ends(provider, coding, act, "maybe_created", "unclear");
        }
        let act = headed(200, "content-encoding", "identity", good(provider));
        bench.ends(provider, "identity", act, "created", "-");
        bench.ends(provider, "too large", Act::Huge(300 * 1024), "maybe_created", "unclear");
    }
}

#[test]
fn every_status_has_its_outcome() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        for status in (300..=308).chain(400..=431).chain(500..=511) {
            let (outcome, kind) = match status {
                307 | 308 => ("not_created", "redirected"),
                300..=399 => ("maybe_created", "unclear"),
                401 => ("not_created", "auth"),
                408 => ("maybe_created", "timeout"),
                429 => ("not_created", "rate_limited"),
                400..=499 => ("not_created", "refused"),
                _ => ("maybe_created", "server"),
            };
            let body = ["", "{}", "<html><b>no</b></html>"][usize::from(status % 3)];
            bench.ends(provider, &format!("{status} {body}"), answer(status, body), outcome, kind);
        }
        for status in [600, 999] {
            bench.ends(provider, "beyond", answer(status, "{}"), "maybe_created", "server");
        }
        // A success that carries nothing to read.
        for status in [204, 205] {
            bench.ends(provider, "empty", answer(status, ""), "maybe_created", "unclear");
        }
    }
}

#[test]
fn too_many_calls_say_how_long_to_wait() {
    let bench = Bench::new();
    let cases = [
        ("5", Some(5)),
        ("0", Some(0)),
        ("999999999", Some(3600)),
        ("-1", None),
        ("soon", None),
        ("99999999999999999999999999", None),
        ("1e3", None),
        ("", None),
    ];
    for provider in PROVIDERS {
        for (value, wait) in cases {
            let act = headed(429, "retry-after", value, "{}");
            let entry = bench.ends(provider, value, act, "not_created", "rate_limited");
            let error = entry.outcome.error().unwrap();
            assert!(error.wait.is_none_or(|seconds| seconds <= 3600), "{provider} {value}: {error:?}");
            if provider == "whereby" {
                assert_eq!(error.wait, wait, "{value}: {error:?}");
            }
        }
        let far = headed(429, "retry-after", "Wed, 21 Oct 2099 07:28:00 GMT", "{}");
        let entry = bench.ends(provider, "a date", far, "not_created", "rate_limited");
        assert!(entry.outcome.error().unwrap().wait.is_none_or(|seconds| seconds <= 3600));
    }
}

#[test]
fn a_refused_key_is_not_tried_again() {
    let bench = Bench::new();
    for provider in PROVIDERS {
        bench.create(provider);
        bench.ends(provider, "401 later", answer(401, "{}"), "not_created", "auth");
    }
}

#[test]
fn limits_of_the_plan_are_quoted() {
    let bench = Bench::new();
    for (provider, key) in [("bunch", "error"), ("metered", "message"), ("whereby", "error")] {
        for status in [402, 403] {
            let act = answer(status, format!("{{\"{key}\":\"The free plan ends at 3 rooms\"}}"));
            let entry = bench.ends(provider, "plan", act, "not_created", "refused");
            let message = entry.outcome.error().unwrap().message();
            assert!(message.contains("The free plan ends at 3 rooms"), "{message}");
        }
    }
}

#[test]
fn a_provider_that_repeats_the_key_is_not_quoted_with_it() {
    let bench = Bench::new();
    for provider in JSON {
        let (_, key) =
            bench.sandbox.settings(provider).into_iter().rfind(|(name, _)| name != "base_url").unwrap();
        let key = if provider == "bunch" { bench.sandbox.settings(provider)[1].1.clone() } else { key };
        for status in [400, 401, 403, 500] {
            let text = format!("key {key} is wrong");
            let body =
                serde_json::json!({"error": text, "message": text, "Message": text, "ErrorCode": text});
            bench.befallen(provider, "echo", answer(status, body.to_string()));
        }
    }
}

#[test]
fn xml_holds_no_traps() {
    let bench = Bench::new();
    let laughs = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                  <response><returncode>SUCCESS</returncode><meetingID>&b;</meetingID></response>";
    let external = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                    <response><returncode>SUCCESS</returncode><meetingID>&x;</meetingID></response>";
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let wide = format!("<response>{}<returncode>SUCCESS</returncode></response>", "<a/>".repeat(25_000));
    let unreadable = [
        laughs,
        external,
        &deep,
        &wide,
        "<response><returncode>SUCCESS",
        "<response><returncode>SUCCESS</response>",
        "<response><returncode>SUCCESS</returncode>&#0;</response>",
        "<response><returncode>SUCCESS</returncode><m>&#27;[2J</m></response>",
        "<response><returncode>SUCCESS</returncode>&unknown;</response>",
        "<response><ReturnCode>SUCCESS</ReturnCode></response>",
        "<response><returncode>SUCCESS</returncode><returncode>FAILED</returncode></response>",
        "<response><returncode/></response>",
        "<response/>",
        "",
        "SUCCESS",
    ];
    for body in unreadable {
        let begun = Instant::now();
        let act = answer(200, body);
        let name: String = body.chars().take(60).collect();
        bench.ends("bigbluebutton", &name, act, "maybe_created", "unclear");
        assert!(begun.elapsed() < Duration::from_secs(5), "{name}");
    }
    let cdata = "<response><returncode><![CDATA[SUCCESS]]></returncode><meetingID>m</meetingID></response>";
    bench.ends("bigbluebutton", "CDATA", answer(200, cdata), "created", "-");
    let failed =
        "<response><returncode>FAILED</returncode><messageKey>k</messageKey><message>no</message></response>";
    bench.ends("bigbluebutton", "FAILED", answer(200, failed), "not_created", "refused");
    let lower = "<response><returncode>success</returncode></response>";
    bench.befallen("bigbluebutton", "small", answer(200, lower));
}

#[test]
fn an_id_that_is_taken_makes_nothing_new() {
    let bench = Bench::new();
    let taken = "<response><returncode>FAILED</returncode><messageKey>idNotUnique</messageKey>\
                 <message>A meeting already exists with that meeting ID.</message></response>";
    let entry = bench.ends("bigbluebutton", "taken", answer(200, taken), "not_created", "refused");
    let error = entry.outcome.error().unwrap();
    assert!(error.to_string().contains("exist"), "{error}");
}

#[test]
fn tokens_are_read_for_their_end_and_never_believed() {
    use base64::Engine;
    let bench = Bench::new();
    let part = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    let jwt = |claims: &str| format!("{}.{}.x", part(r#"{"alg":"none"}"#), part(claims));
    let tokens = [
        jwt(r#"{"exp":1}"#),
        jwt(r#"{"exp":253402300799}"#),
        jwt(r#"{"exp":99999999999999999999}"#),
        jwt(r#"{"exp":-1}"#),
        jwt(r#"{"exp":"soon"}"#),
        jwt(r#"{"exp":1e300}"#),
        jwt("no json"),
        "...".into(),
        "a.b.c.d".into(),
        "x".repeat(60 * 1024),
        String::new(),
    ];
    for token in tokens {
        for expires in ["7200", "-5", "0", "1e30", "9223372036854775807", "null", "\"x\"", "7200.5"] {
            let body = format!(
                r#"{{"joinUrl":"https://meet.bunch.community/r?jwt=x","roomName":"r","jwt":"{token}","expiresIn":{expires}}}"#
            );
            let name: String = token.chars().take(40).collect();
            let place = format!("{name} {expires}");
            let entry = bench.ends("bunch", &place, answer(200, body), "created", "-");
            if let Ends::At { time, .. } = entry.links[0].ends {
                assert!(time.as_second() < 253_402_300_800, "{place}: {time}");
            }
        }
    }
}

#[test]
fn join_me_links_that_are_swapped_or_equal_stay_with_their_audience() {
    let bench = Bench::new();
    let code = |code: &str| {
        format!(
            r#"{{"presenterLink":"https://join.me/h","viewerLink":"https://join.me/h","audioConference":{{"conferenceId":"12","organizerCode":{code}}}}}"#
        )
    };
    for (written, value) in [("\"0042\"", "0042"), ("\"abcd\"", "abcd"), ("12345", "12345")] {
        let entry = bench.ends("joinme", written, answer(200, code(written)), "created", "-");
        let detail = entry.details.iter().find(|detail| detail.key == "organizerCode");
        let Some(detail) = detail else { continue };
        assert!(detail.secret && detail.value.expose() == value, "{detail:?}");
        assert_eq!(entry.guest_link().unwrap().audience, Audience::Guest);
        assert_eq!(detail.shown().as_str(), "••••••••");
    }
}

#[test]
fn a_host_link_asked_for_in_vain_is_said() {
    let bench = Bench::new();
    let body = good("whereby").replace(r#""hostRoomUrl":"https://acme.whereby.com/r?roomKey=K","#, "");
    let entry = bench.ends("whereby", "no host link", answer(201, body), "created", "-");
    assert!(entry.host_link().is_none());
    let said: Vec<String> = entry.warnings.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|line| line.contains("no host link")), "{said:?}");
}

#[test]
fn steps_that_fail_later_leave_the_room_and_say_what_is_missing() {
    let bench = Bench::new();
    let profile = bench.profile("metered", &[]);
    let acts = [answer(500, "{}"), answer(200, "{}"), Act::CutAfter, answer(307, ""), answer(401, "{}")];
    for act in acts {
        bench.sandbox.order(Fault::new("metered", act.clone()).path("/token"));
        let plan = bench.plan(&profile, None, &[("privacy", "private")]);
        let entry = bench.perform(&profile, plan);
        bench.check(&entry, &format!("{act:?}"));
        assert_eq!(entry.outcome.name(), "created", "{act:?}");
        assert!(!entry.warnings.is_empty() || act_is_silent(&act), "{act:?}: {entry:?}");
    }
}

/// An answer without a token has nothing to warn of: the detail is simply not there.
fn act_is_silent(act: &Act) -> bool {
    matches!(act, Act::Answer { status: 200, .. })
}
